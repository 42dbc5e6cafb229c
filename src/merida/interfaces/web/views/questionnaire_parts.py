"""The parts of a draft, each with its form: heading, section, question; and what is lost where one is removed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.queries import provisions_matching
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.answer_words import question_words
from merida.interfaces.web.views.building_fields import LONGEST_SEARCH, text_fields, texts_sent
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.questionnaire_building import (
    REFUSED,
    mechanisms_to_choose,
    place_of,
    way_to,
)
from merida.interfaces.web.views.questionnaire_writing import allowed
from merida.interfaces.web.views.questionnaires import asked_version
from merida.interfaces.web.views.refusals import told
from merida.review.questionnaires import building
from merida.review.questionnaires.form import Form, Section
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Version
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.tree import asking_about, free_identifier, numbers_of
from merida.review.questionnaires.wellformed import visible

CONFLICT: Final = 409


def draft_asked(request: HttpRequest, code: str) -> tuple[Actor, Version, Form]:
    """Return who asks, the newest version of a questionnaire and its form."""
    actor, version = allowed(request), asked_version(request, code)
    return actor, version, form_of(version)


def refusal(refused: RefusedError) -> tuple[str, int, Any]:
    """Return the words, the status and, where somebody else changed the part meanwhile, what stands there now."""
    meantime = isinstance(refused, building.MeantimeError)
    return told(refused), CONFLICT if meantime else REFUSED, getattr(refused, "theirs", None)


def building_heading(request: HttpRequest, code: str) -> HttpResponse:
    """Change title, introduction and mechanism of a draft."""
    actor, version, form = draft_asked(request, code)
    error, status, theirs, seen = "", 200, None, building.state_of(form)
    title, introduction, mechanism = dict(form.title), dict(form.introduction), form.mechanism
    if request.method == "POST":
        sent = request.POST
        title, introduction = texts_sent(sent, "title"), texts_sent(sent, "introduction")
        mechanism = visible(sent.get("mechanism", "")[:60])
        wanted = replace(form, title=title, introduction=introduction, mechanism=mechanism)
        try:
            building.change_heading(actor, version, wanted, seen=sent.get("seen", ""))
        except RefusedError as refused:
            error, status, theirs = refusal(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("building", code)
    context = {
        **_part(version, error, _("Title and introduction")),
        "seen": seen,
        "theirs": _theirs((theirs.title, title), (theirs.introduction, introduction)) if theirs else (),
        "titles": text_fields("title", title),
        "introductions": text_fields("introduction", introduction),
        "mechanisms": mechanisms_to_choose(mechanism),
    }
    return render(request, "pages/building_heading.html", context, status=status)


def building_section(request: HttpRequest, code: str, identifier: str = "") -> HttpResponse:
    """Change a section, or add one; before another with ``?before=``, else at the end."""
    actor, version, form = draft_asked(request, code)
    held = form.section_named.get(identifier)
    if identifier and held is None and request.method != "POST":
        raise Http404
    sent = request.POST
    before = (sent or request.GET).get("before", "")
    name = identifier or sent.get("identifier", "") or _next_section(form)
    title, provision = (dict(held.title), held.provision) if held else ({}, "")
    error, status, theirs = "", 200, None
    find = visible(sent.get("find", "")[:LONGEST_SEARCH]).strip()
    if request.method == "POST":
        title, provision = texts_sent(sent, "title"), visible(sent.get("provision", "")[:200])
        if sent.get("do") != "find":
            try:
                _keep_section(actor, version, request, (identifier, name, before), (title, provision))
            except RefusedError as refused:
                error, status, theirs = refusal(refused)
            else:
                messages.success(request, _("Saved."))
                kept = identifier and sent.get("rename", "").strip()
                return redirect(f"{reverse('building', args=(code,))}?{urlencode({'section': kept or name})}")
    context = {
        **_part(version, error, _("Section") if identifier else _("New section")),
        "seen": building.state_of(held),
        "theirs": _theirs((theirs.title, title)) if isinstance(theirs, Section) else (),
        "is_new": not identifier,
        "identifier": name,
        "rename": sent.get("rename", name)[:120],
        "before": before,
        "titles": text_fields("title", title),
        "provisions": provisions_to_choose((provision,) if provision else (), find),
        "find": find,
        "chosen": provision,
    }
    return render(request, "pages/building_section.html", context, status=status)


def building_remove(request: HttpRequest, code: str, what: str, identifier: str) -> HttpResponse:
    """Say what is lost with a section or a question, and remove it once that is confirmed."""
    actor, version, form = draft_asked(request, code)
    is_section = what == "section"
    held: Any = form.section_named.get(identifier) if is_section else form.by_identifier.get(identifier)
    if held is None or what not in {"section", "question"}:
        raise Http404
    gone = [one.identifier for one in held.questions] if is_section else [identifier]
    back = f"{reverse('building', args=(code,))}?{urlencode({'section': identifier})}"
    if not is_section:
        back = place_of(code, form, identifier)
    error, status = "", 200
    if request.method == "POST":
        work = building.remove_section if is_section else building.remove_question
        try:
            work(actor, version, identifier, seen=request.POST.get("seen", ""))
        except RefusedError as refused:
            error, status, _now = refusal(refused)
        else:
            messages.success(request, _("Removed. What was removed stays in the record of changes."))
            left = "" if is_section else f"?{urlencode({'section': form.section_of[identifier]})}"
            return redirect(f"{reverse('building', args=(code,))}{left}")
    numbers = numbers_of(form)
    context = {
        **_part(version, error, _("Remove")),
        "seen": building.whole_state_of(held) if is_section else building.state_of(held),
        "words": in_reader_language(dict(held.title), identifier) if is_section else question_words(held),
        "lost": [(numbers[each], question_words(form.by_identifier[each])) for each in gone],
        "freed": [(numbers[one.identifier], question_words(one)) for one in asking_about(form, gone)],
        "back": back,
    }
    return render(request, "pages/building_remove.html", context, status=status)


def provisions_to_choose(chosen: Sequence[str], find: str) -> list[tuple[str, str, bool]]:
    """Return key, title and whether chosen: those that stand now in their order, then those that words find."""
    found = {one.key: in_reader_language(one.titles) for one in provisions_matching(find)}
    held = [(key, found.get(key, ""), True) for key in chosen]
    return held + [(key, title, False) for key, title in found.items() if key not in chosen]


def _keep_section(
    actor: Actor,
    version: Version,
    request: HttpRequest,
    names: tuple[str, str, str],
    values: tuple[dict[str, str], str],
) -> None:
    (identifier, name, before), (title, provision) = names, values
    if not identifier:
        building.add_section(actor, version, Section(name, title, (), provision), before=before)
        return
    seen, new = request.POST.get("seen", ""), request.POST.get("rename", "").strip()
    with transaction.atomic():
        building.change_section(actor, version, identifier, title=title, provision=provision, seen=seen)
        if new and new != identifier:
            building.rename_section(actor, version, identifier, new)


def _next_section(form: Form) -> str:
    return free_identifier(f"section-{len(form.sections) + 1}", form.section_named)


def _part(version: Version, error: str, name: str) -> dict[str, Any]:
    return {
        "version": version,
        "code": version.questionnaire.code,
        "error": error,
        "part": name,
        "tree": reverse("building", args=(version.questionnaire.code,)),
        "breadcrumbs": [*way_to(version), Link(name)],
    }


def _theirs(*pairs: tuple[Any, Any]) -> list[tuple[str, str, str]]:
    """Return language, the text there now and the own, where the two differ."""
    return [
        (code, there.get(code, ""), mine.get(code, ""))
        for there, mine in pairs
        for code in dict.fromkeys((*there, *mine))
        if there.get(code, "") != mine.get(code, "")
    ]
