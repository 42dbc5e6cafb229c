"""Building a questionnaire in the browser: start one, its tree, what is unfinished, moving and copying parts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.figures import mechanisms_known
from merida.foundation.registry.queries import provision_keys
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.web.pieces import Fact, Link
from merida.interfaces.web.templatetags.words import language_name, number
from merida.interfaces.web.views.answer_words import KINDS, question_words
from merida.interfaces.web.views.building_fields import text_fields, texts_sent
from merida.interfaces.web.views.listing import numbered_page, pages_of
from merida.interfaces.web.views.naming import in_reader_language, short_mechanism
from merida.interfaces.web.views.questionnaire_writing import allowed
from merida.interfaces.web.views.questionnaires import asked_version
from merida.interfaces.web.views.refusals import told
from merida.review.questionnaires import building
from merida.review.questionnaires.form import Form, Question, Section
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Version
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.tree import numbers_of
from merida.review.questionnaires.unfinished import Lack, Unfinished, missing_languages, texts_of, unfinished
from merida.review.questionnaires.wellformed import visible

REFUSED: Final = 422
QUESTIONS_A_PAGE: Final = 60
LACKS_A_PAGE: Final = 100
LACKS: Mapping[Lack, Any] = {
    Lack.EMPTY_SECTION: pgettext_lazy("unfinished", "no questions yet"),
    Lack.UNKNOWN_PROVISION: pgettext_lazy("unfinished", "the provision is not in the register"),
    Lack.NEVER_ASKED: pgettext_lazy("unfinished", "its conditions exclude each other: it would never be asked"),
    Lack.LANGUAGES: pgettext_lazy("unfinished", "not in all languages"),
}


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in the tree."""

    identifier: str
    number: str
    words: str
    kind: str
    provision: str
    missing: int  # languages
    is_conditional: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class LackLine:
    """A thing that is unfinished, with the page that mends it."""

    place: str
    url: str
    words: str
    detail: str
    blocks: bool


def building_start(request: HttpRequest) -> HttpResponse:
    """Begin a new questionnaire: its code, title, mechanism and the first section."""
    actor, error, status = allowed(request), "", 200
    sent = request.POST
    if request.method == "POST":
        section = Section("section-1", texts_sent(sent, "section"), ())
        mechanism = visible(sent.get("mechanism", "")[:60])
        form = Form(sent.get("code", "").strip(), texts_sent(sent, "title"), (section,), mechanism)
        try:
            made = building.start_questionnaire(actor, form)
        except RefusedError as refused:
            error, status = told(refused), REFUSED
        else:
            messages.success(request, _("The draft is there. Add questions to its section."))
            return redirect("building", made.questionnaire.code)
    context = {
        "error": error,
        "code": visible(sent.get("code", "")[:100]),
        "titles": text_fields("title", texts_sent(sent, "title")),
        "section": text_fields("section", texts_sent(sent, "section")),
        "mechanisms": mechanisms_to_choose(sent.get("mechanism", "")),
        "breadcrumbs": [Link(_("Questionnaires"), reverse("questionnaires")), Link(_("New questionnaire"))],
    }
    return render(request, "pages/building_start.html", context, status=status)


def building_tree(request: HttpRequest, code: str, *, error: str = "", status: int = 200) -> HttpResponse:
    """Show the sections of a draft, and the questions of one of them."""
    allowed(request)
    version = asked_version(request, code)
    form = form_of(version)
    asked = request.GET.get("section") or request.POST.get("section", "")
    chosen = form.section_named.get(asked) or form.sections[0]
    at = form.sections.index(chosen)
    page = numbered_page(request, chosen.questions, per_page=QUESTIONS_A_PAGE)
    here = reverse("building", args=(code,))
    lacks = lacks_of(version)
    context = {
        **_frame(version, form),
        "error": error,
        "sections": [
            (
                number_of,
                in_reader_language(dict(each.title), each.identifier),
                f"{here}?{urlencode({'section': each.identifier})}",
                len(each.questions),
                each is chosen,
            )
            for number_of, each in enumerate(form.sections, start=1)
        ],
        "section": chosen,
        "section_number": at + 1,
        "section_title": in_reader_language(dict(chosen.title), chosen.identifier),
        "is_first": at == 0,
        "is_last": at + 1 == len(form.sections),
        "questions": _lines(form, chosen, page.object_list),
        "pages": pages_of(request, page),
        "kinds": [(kind, str(words)) for kind, words in KINDS.items()],
        "blocking": sum(one.blocks for one in lacks),
        "lacking": len(lacks),
        "breadcrumbs": [*way_to(version)[:-1], Link(_("Build"))],
    }
    return render(request, "pages/building.html", context, status=status)


def building_unfinished(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is missing in a draft, with the way to each place; what blocks publishing comes first."""
    allowed(request)
    version = asked_version(request, code)
    form = form_of(version)
    found = sorted(lacks_of(version), key=lambda one: not one.blocks)
    page = numbered_page(request, found, per_page=LACKS_A_PAGE)
    numbers = numbers_of(form)
    context = {
        **_frame(version, form),
        "lacks": [_lack_line(code, form, numbers, one) for one in page.object_list],
        "pages": pages_of(request, page),
        "blocking": sum(one.blocks for one in found),
        "breadcrumbs": [*way_to(version), Link(_("What is unfinished"))],
    }
    return render(request, "pages/building_unfinished.html", context)


@require_POST
def building_deed(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Move or copy a section or a question, or begin the next version."""
    actor, version = allowed(request), asked_version(request, code)
    work = _DEEDS.get(deed)
    if work is None:
        raise Http404
    item, section = request.POST.get("item", ""), request.POST.get("section", "")
    try:
        made = work(actor, version, item, request.POST.get("into", ""))
    except RefusedError as refused:
        return building_tree(request, code, error=told(refused), status=REFUSED)
    form = form_of(made)
    if item in form.section_of and "section" not in deed:
        return redirect(place_of(code, form, item))
    return redirect(f"{reverse('building', args=(code,))}?{urlencode({'section': item or section})}")


_DEEDS: Mapping[str, Callable[[Actor, Version, str, str], Version]] = {
    "up": lambda actor, version, item, _into: building.move_question(actor, version, item, -1),
    "down": lambda actor, version, item, _into: building.move_question(actor, version, item, 1),
    "into": building.move_into,
    "copy": lambda actor, version, item, _into: building.copy_question(actor, version, item),
    "section-up": lambda actor, version, item, _into: building.move_section(actor, version, item, -1),
    "section-down": lambda actor, version, item, _into: building.move_section(actor, version, item, 1),
    "section-copy": lambda actor, version, item, _into: building.copy_section(actor, version, item),
    "next-version": lambda actor, version, _item, _into: building.start_next_version(actor, version.questionnaire),
}


def place_of(code: str, form: Form, identifier: str) -> str:
    """Return the address of a question in the tree."""
    section = form.section_named[form.section_of[identifier]]
    at = next(place for place, one in enumerate(section.questions) if one.identifier == identifier)
    wanted = {"section": section.identifier}
    if at >= QUESTIONS_A_PAGE:
        wanted["page"] = str(at // QUESTIONS_A_PAGE + 1)
    return f"{reverse('building', args=(code,))}?{urlencode(wanted)}#q-{identifier}"


def way_to(version: Version) -> list[Link]:
    """Return the breadcrumbs of a page under the tree."""
    asked = version.questionnaire
    return [
        Link(_("Questionnaires"), reverse("questionnaires")),
        Link(in_reader_language(asked.titles, asked.code), reverse("questionnaire", args=(asked.code,))),
        Link(_("Build"), reverse("building", args=(asked.code,))),
    ]


def mechanisms_to_choose(chosen: str) -> list[tuple[str, str, bool]]:
    """Return code, name and whether chosen of each mechanism."""
    return [(one.code, short_mechanism(one.code, one.short_name), one.code == chosen) for one in mechanisms_known()]


def lacks_of(version: Version) -> list[Unfinished]:
    """Return what is unfinished in a version; nothing is missing in a published one."""
    return _lacks(version.digest, version.pk, provision_keys()) if version.frozen_at is None else []


@lru_cache(maxsize=16)
def _lacks(_digest: str, pk: int, keys: frozenset[str]) -> list[Unfinished]:
    return unfinished(form_of(Version(pk=pk, digest=_digest)), provisions=keys)


def lack_words(one: Unfinished) -> tuple[str, str]:
    """Return what is missing in words, and which languages or provision."""
    detail = ", ".join(language_name(each) for each in one.languages) if one.languages else one.detail
    if len(one.languages) == len(LANGUAGES):
        detail = ""
    return str(LACKS[one.lack]), detail


def _lack_line(code: str, form: Form, numbers: Mapping[str, str], one: Unfinished) -> LackLine:
    words, detail = lack_words(one)
    if one.question:
        place = f"{numbers[one.question]} {question_words(form.by_identifier[one.question])}"
        url = reverse("building_question", args=(code, one.question))
    elif one.section:
        section = form.section_named[one.section]
        place = f"{form.sections.index(section) + 1}. {in_reader_language(dict(section.title), one.section)}"
        url = reverse("building_section", args=(code, one.section))
        if one.lack is Lack.EMPTY_SECTION:
            url = f"{reverse('building', args=(code,))}?{urlencode({'section': one.section})}"
    else:
        place, url = _("Title and introduction"), reverse("building_heading", args=(code,))
    return LackLine(place, url, words, detail, one.blocks)


def _frame(version: Version, form: Form) -> dict[str, Any]:
    return {
        "version": version,
        "code": version.questionnaire.code,
        "may_change": version.frozen_at is None,
        "title": in_reader_language(dict(form.title), form.code),
        "facts": [
            Fact(_("Version"), number(version.number)),
            Fact(_("Questions"), number(len(form.order))),
            Fact(_("Published") if version.frozen_at else _("Draft")),
        ],
    }


def _lines(form: Form, section: Section, questions: Any) -> list[QuestionLine]:
    at = form.sections.index(section) + 1
    places = {one.identifier: place for place, one in enumerate(section.questions, start=1)}
    return [_line(one, f"{at}.{places[one.identifier]}") for one in questions]


def _line(one: Question, number_of: str) -> QuestionLine:
    return QuestionLine(
        identifier=one.identifier,
        number=number_of,
        words=question_words(one),
        kind=str(KINDS[one.kind]),
        provision=one.about,
        missing=len(missing_languages(texts_of(one))),
        is_conditional=bool(one.conditions),
        is_required=one.required,
    )
