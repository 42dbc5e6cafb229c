"""One question of a draft: its form, what others ask beside it, how a focal point will see it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.queries import provisions_matching
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.web.languages import internal_language
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.answer_forms import heads_of, options_of, rows_of
from merida.interfaces.web.views.answer_words import KINDS, OBLIGATIONS, question_words
from merida.interfaces.web.views.building_beside import asked_beside
from merida.interfaces.web.views.building_fields import (
    Line,
    Typed,
    able_to_decide,
    line_fields,
    question_of,
    text_fields,
    typed_from,
    typed_sent,
)
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.questionnaire_building import place_of, way_to
from merida.interfaces.web.views.questionnaire_parts import draft_asked, provisions_to_choose, refusal
from merida.review.questionnaires import building
from merida.review.questionnaires.choice_lists import FIRST_LISTS, choice_lists
from merida.review.questionnaires.form import WITH_CHOICES, WITH_COLUMNS, WITH_ROWS, Form, Part, Question
from merida.review.questionnaires.form_file import question_as_data
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Version
from merida.review.questionnaires.queries import published_identifiers
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.tree import free_identifier, numbers_of
from merida.review.questionnaires.wellformed import visible

NEAREST: Final = 6  # questions that a condition can ask about, offered without a search
MOST_FOUND: Final = 20
LISTS: Mapping[str, Any] = {
    "level": pgettext_lazy("list of choices", "Yes, in part, no"),
    "challenges": pgettext_lazy("list of choices", "Challenges"),
    "assistance-1": pgettext_lazy("list of choices", "Technical assistance, first cycle"),
    "assistance-2": pgettext_lazy("list of choices", "Technical assistance, second cycle"),
    "progress": pgettext_lazy("list of choices", "Progress"),
}


def building_question(request: HttpRequest, code: str, identifier: str = "") -> HttpResponse:
    """Change a question, or add one to ``?section=``; everything typed stays until it is kept."""
    actor, version, form = draft_asked(request, code)
    held = form.by_identifier.get(identifier)
    if identifier and held is None and request.method != "POST":
        raise Http404
    asked = request.POST or request.GET
    section = form.section_of.get(identifier) or asked.get("section", "")
    if section not in form.section_named:
        section = form.sections[-1].identifier
    before = asked.get("before", "")
    typed = _opened(form, held, section, asked.get("kind", ""))
    error, note, status, theirs = "", "", 200, None
    if request.method == "POST":
        typed = _worked_on(typed_sent(request.POST, identifier), request.POST.get("do", ""), request.POST)
        if request.POST.get("do") == "save":
            try:
                typed, note = _provision_taken(typed, request.POST.get("found", ""))
                if not note:
                    return _kept(request, actor, version, typed, (identifier, section, before))
            except RefusedError as refused:
                error, status, theirs = refusal(refused)
    context = {
        **_frame(version, form, typed, section, is_new=not identifier),
        **_fields(form, typed, (identifier, section, before)),
        "error": error,
        "note": note,
        "before": before,
        "seen": building.state_of(held),
        "theirs": _differing(theirs, typed) if isinstance(theirs, Question) else (),
        "is_gone": bool(identifier) and held is None,
        "rename": request.POST.get("rename", identifier)[:120],
        "keeps_name": bool(identifier) and identifier in published_identifiers(version.questionnaire),
        "beside": asked_beside(actor, typed.provisions, but=code),
        **_preview(request, typed),
    }
    return render(request, "pages/building_question.html", context, status=status)


def _opened(form: Form, held: Question | None, section: str, kind: str) -> Typed:
    if held is not None:
        return typed_from(held)
    made = Typed(identifier="", kind=kind if kind in KINDS else "NARRATIVE")
    wish = f"{section}.{made.kind.lower()}"
    provision = form.section_named[section].provision
    identifier = free_identifier(wish, form.by_identifier)
    return _with_first_list(replace(made, identifier=identifier, provisions=(provision,) if provision else ()))


def _worked_on(typed: Typed, deed: str, sent: Any) -> Typed:
    """Return what was typed after the button that was pressed: another kind, a list of choices."""
    if deed.startswith("list:") and deed[5:] in choice_lists():
        rows = choice_lists()[deed[5:]]
        return replace(typed, choices=tuple(Line(one.code, one.text) for one in rows))
    if deed == "kind" and sent.get("kind_before") != typed.kind and sent.get("kind_before") in FIRST_LISTS:
        was = choice_lists()[FIRST_LISTS[sent["kind_before"]]]
        if [one.code for one in typed.choices if one.code] == [one.code for one in was]:
            typed = replace(typed, choices=())  # the list came with the kind and goes with it
    return _with_first_list(typed)


def _with_first_list(typed: Typed) -> Typed:
    name = FIRST_LISTS.get(typed.known_kind)
    if name is None or any(one.code or one.texts for one in typed.choices):
        return typed
    return replace(typed, choices=tuple(Line(one.code, one.text) for one in choice_lists()[name]))


def _provision_taken(typed: Typed, found: str) -> tuple[Typed, str]:
    """Take the provision whose key was typed; words that name no single one are looked up first, not ignored."""
    if not typed.find or typed.find == found:
        return typed, ""
    named = next((one for one in provisions_matching(typed.find) if one.key.casefold() == typed.find.casefold()), None)
    if named is not None:
        return replace(typed, provisions=tuple(dict.fromkeys((*typed.provisions, named.key)))), ""
    return typed, _("Choose the provision among those found, then save again.")


def _kept(
    request: HttpRequest, actor: Actor, version: Version, typed: Typed, names: tuple[str, str, str]
) -> HttpResponse:
    identifier, section, before = names
    question, code = question_of(typed), version.questionnaire.code
    new = request.POST.get("rename", "").strip()
    with transaction.atomic():
        if not identifier:
            made = building.add_question(actor, version, question, section=section, before=before)
        else:
            made = building.change_question(actor, version, question, seen=request.POST.get("seen", ""))
        if identifier and new and new != identifier:
            made = building.rename_question(actor, version, identifier, new)
            question = replace(question, identifier=new)
    messages.success(request, _("Saved."))
    return redirect(place_of(code, form_of(made), question.identifier))


def _frame(version: Version, form: Form, typed: Typed, section: str, *, is_new: bool) -> dict[str, Any]:
    held = form.section_named[section]
    name = _("New question") if is_new else numbers_of(form).get(typed.identifier, typed.identifier)
    return {
        "version": version,
        "code": version.questionnaire.code,
        "may_change": version.frozen_at is None,
        "part": name,
        "is_new": is_new,
        "section": section,
        "section_title": in_reader_language(dict(held.title), section),
        "sections": [
            (each.identifier, in_reader_language(dict(each.title), each.identifier), each.identifier == section)
            for each in form.sections
        ],
        "breadcrumbs": [*way_to(version), Link(name)],
    }


def _fields(form: Form, typed: Typed, names: tuple[str, str, str]) -> dict[str, Any]:
    kind = typed.known_kind
    return {
        "typed": replace(typed, identifier=visible(typed.identifier), find=visible(typed.find)),
        "kinds": [(code, str(words), code == kind) for code, words in KINDS.items()],
        "kind": kind.value,
        "texts": text_fields("text", typed.text),
        "guidances": text_fields("guidance", typed.guidance),
        "obligations": [(code, str(words), code == typed.obligation) for code, words in OBLIGATIONS.items()],
        "provisions": provisions_to_choose(typed.provisions, typed.find),
        "choices": line_fields("choice", typed.choices) if kind in WITH_CHOICES else (),
        "lists": [(f"list:{name}", str(LISTS[name])) for name in choice_lists() if name in LISTS],
        "columns": line_fields("column", typed.columns) if kind in WITH_COLUMNS else (),
        "rows_asked": line_fields("row", typed.rows) if kind in WITH_ROWS else (),
        "deciding": _deciding(form, typed, names),
    }


def _deciding(form: Form, typed: Typed, names: tuple[str, str, str]) -> list[tuple[str, str, list[Any]]]:
    """Return the questions that a condition can ask about: those chosen, the nearest, those that words find."""
    identifier, section, before = names
    able, numbers = able_to_decide(form, identifier, section=section, before=before), numbers_of(form)
    words = typed.find_question.casefold().split()
    found = [one for one in able if all(word in _searched(one, numbers) for word in words)] if words else []
    kept = [form.by_identifier[each] for each in typed.conditions if each in form.by_identifier]
    shown = dict.fromkeys(one.identifier for one in (*kept, *found[:MOST_FOUND], *([] if words else able[:NEAREST])))
    return [
        (
            each,
            f"{numbers[each]} {question_words(form.by_identifier[each])}",
            [
                (one.code, in_reader_language(dict(one.text), one.code), one.code in typed.conditions.get(each, ()))
                for one in form.by_identifier[each].choices
            ],
        )
        for each in shown
    ]


def _searched(one: Question, numbers: Mapping[str, str]) -> str:
    return " ".join((numbers[one.identifier], one.identifier, *one.provisions, *one.text.values())).casefold()


def _differing(theirs: Question, typed: Typed) -> list[tuple[str, str, str]]:
    """Return each part in which the question that stands there now and the one typed differ, both in words."""
    try:
        mine = question_as_data(question_of(typed))
    except RefusedError:
        return [(theirs.identifier, _plain(question_as_data(theirs)), "")]
    there = question_as_data(theirs)
    found: list[tuple[str, str, str]] = []
    for name in dict.fromkeys((*there, *mine)):
        one, other = there.get(name, ""), mine.get(name, "")
        if one == other:
            continue
        if isinstance(one or {}, dict) and isinstance(other or {}, dict):
            one, other = one or {}, other or {}
            found += [
                (code, one.get(code, ""), other.get(code, ""))
                for code in dict.fromkeys((*one, *other))
                if one.get(code) != other.get(code)
            ]
        else:
            found.append((name, _plain(one), _plain(other)))
    return found


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _preview(request: HttpRequest, typed: Typed) -> dict[str, Any]:
    """Return the question as a focal point will see it, in the language that is chosen."""
    asked = request.POST.get("shown_in", "")
    shown_in = asked if asked in LANGUAGES else language()
    try:
        question = question_of(typed)
    except RefusedError:
        question = None
    with translation.override(internal_language(shown_in)):
        shown = render_to_string("pages/_building_preview.html", _as_answered(question), request) if question else ""
    return {"preview": shown, "shown_in": shown_in, "languages": LANGUAGES}


def _as_answered(question: Question) -> dict[str, Any]:
    return {
        "words": question_words(question),
        "guidance": in_reader_language(dict(question.guidance)),
        "kind": KINDS[question.kind],
        "question": question,
        "obligation": OBLIGATIONS.get(question.obligation, ""),
        "parts": {part.value: True for part in question.parts},
        "options": options_of(question, {}),
        "heads": heads_of(question),
        "rows": rows_of(question, {}) if Part.ROWS in question.parts else (),
        "language": language(),
        "value": {},
        "revision": 0,
        "laws": (),
    }
