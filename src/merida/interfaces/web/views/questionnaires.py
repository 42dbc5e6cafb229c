"""Questionnaires as everybody reads them: what is asked, who answered, what States consented to publish."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import iso_date, long_date, number
from merida.interfaces.web.views.answer_told import registered_names, told_plainly
from merida.interfaces.web.views.answer_words import KINDS, question_words
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import numbered_page, pages_of, reading_order
from merida.interfaces.web.views.lists import Head, Listed, by_name, list_page
from merida.interfaces.web.views.naming import in_reader_language, short_mechanism
from merida.review.questionnaires.form_file import write_form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Questionnaire, Version
from merida.review.questionnaires.publications import answers_by_question, published_answers, synthesis
from merida.review.questionnaires.queries import questionnaires as seen_questionnaires
from merida.review.questionnaires.queries import version_seen

COLUMNS = ("questionnaire", "title", "mechanism", "version", "questions", "published", "due", "note_verbale")
QUESTIONS_A_PAGE = 100
PAPERS = ("docx", "pdf")  # what a State published, as a document


@public_page
def questionnaires(request: HttpRequest) -> HttpResponse:
    """Show all questionnaires that the reader may see."""
    actor = actor_of(request.user)
    known: Iterable[Any] = seen_questionnaires(actor)
    rows = [one for one in known if one.seen_versions]
    heads = [
        Head("title", _("Questionnaire"), _title_cell, lambda one: by_name(_title(one))),
        Head("mechanism", _("Mechanism"), _mechanism_cell, lambda one: one.mechanism.code if one.mechanism else ""),
        Head("questions", _("Questions"), _count_cell, lambda one: one.seen_versions[0].questions_count, numeric=True),
        Head(
            "due",
            _("Due"),
            lambda one: Cell(long_date(one.seen_versions[0].due_date)),
            lambda one: one.seen_versions[0].due_date or "",
        ),
    ]
    listed = Listed(
        title=_("Questionnaires"),
        lead=_("What States are asked, provision by provision, and the answers that they consented to publish."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="questionnaires", columns=COLUMNS, rows=lambda: map(_row, rows)),
        words_of=lambda one: " ".join((one.code, *one.titles.values())),
    )
    return list_page(request, listed, context={"may_ask": may(actor, Deed.ASK_STATES)})


@public_page
def questionnaire(request: HttpRequest, code: str) -> HttpResponse:
    """Show a questionnaire: its questions, and who answered."""
    version = asked_version(request, code)
    if request.GET.get("format") == "questionnaire":
        return _file(version)
    actor = actor_of(request.user)
    form, counted = form_of(version), answers_by_question(actor, version)
    page = numbered_page(request, form.order, per_page=QUESTIONS_A_PAGE)
    listed = synthesis(actor, version)
    held = version.questionnaire
    context: dict[str, Any] = {
        "title": _title(held),
        "version": version,
        "facts": [
            Fact(_("Version"), number(version.number)),
            Fact(_("Questions"), number(version.questions_count)),
            *([Fact(_("Due"), long_date(version.due_date))] if version.due_date else []),
            *([Fact(_("Note verbale"), version.note_verbale_text)] if version.note_verbale_text else []),
        ],
        "introduction": in_reader_language(dict(form.introduction)),
        "questions": _questions_table(version, page.object_list, counted),
        "pages": pages_of(request, page),
        "synthesis": _synthesis_table(version, listed),
        "may_ask": may(actor, Deed.ASK_STATES),
        "breadcrumbs": [Link(_("Questionnaires"), reverse("questionnaires")), Link(_title(held))],
    }
    data = exports.Table(
        name=f"questionnaire-{held.code}",
        columns=("state", "submitted_date", "late", "questions", "languages"),
        rows=lambda: (
            {
                "state": one.state,
                "submitted_date": iso_date(one.submitted_date),
                "late": one.late,
                "questions": one.questions,
                "languages": list(one.languages),
            }
            for one in listed
        ),
    )
    return answer(request, "pages/questionnaire.html", context, data=data)


@public_page
def questionnaire_answers(request: HttpRequest, code: str, identifier: str) -> HttpResponse:
    """Show what States published about one question."""
    version = asked_version(request, code)
    form = form_of(version)
    question = form.by_identifier.get(identifier)
    if question is None:
        raise Http404
    actor = actor_of(request.user)
    found = published_answers(actor, version).filter(question=identifier)
    page = numbered_page(request, found)
    names = registered_names(actor, [one.value for one in page.object_list])
    rows = [
        (
            in_reader_language(one.state.names, one.state.iso3),
            one.language,
            told_plainly(question, one.value, names),
            long_date(one.submitted_date),
            _in_time_or_late(one.is_late),
        )
        for one in page.object_list
    ]
    context = {
        "title": question_words(question),
        "kind": KINDS[question.kind],
        "provision": question.about,
        "guidance": in_reader_language(dict(question.guidance)),
        "answers": rows,
        "pages": pages_of(request, page),
        "breadcrumbs": [
            Link(_("Questionnaires"), reverse("questionnaires")),
            Link(_title(version.questionnaire), reverse("questionnaire", args=(code,))),
            Link(question.about or identifier),
        ],
    }
    data = exports.Table(
        name=f"answers-{identifier}",
        columns=("state", "language", "submitted_date", "late", "answer"),
        rows=lambda: (
            {
                "state": one.state.iso3,
                "language": one.language,
                "submitted_date": iso_date(one.submitted_date),
                "late": one.is_late,
                "answer": told_plainly(question, one.value, registered_names(actor, [one.value])),
            }
            for one in found
        ),
    )
    return answer(request, "pages/questionnaire_answers.html", context, data=data)


def asked_version(request: HttpRequest, code: str) -> Version:
    """Return the version that the address asks for, the newest without a number. Raises Http404."""
    asked = request.GET.get("number", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None  # noqa: PLR2004
    found = version_seen(actor_of(request.user), code, wanted)
    if found is None:
        raise Http404
    return found


def _file(version: Version) -> HttpResponse:
    response = HttpResponse(write_form(form_of(version)), content_type="application/json; charset=utf-8")
    name = f"{version.questionnaire.code}-{version.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _questions_table(version: Version, identifiers: Any, counted: Any) -> Table:
    form = form_of(version)
    columns = (
        Column(_("Question")),
        Column(_("Provision")),
        Column(_("Kind")),
        Column(_("States that published"), numeric=True),
    )
    rows = []
    for identifier in identifiers:
        one = form.by_identifier[identifier]
        address = reverse("questionnaire_answers", args=(version.questionnaire.code, identifier))
        rows.append(
            (
                Cell(question_words(one), address),
                Cell(one.about),
                Cell(str(KINDS[one.kind])),
                Cell(number(counted.get(identifier, 0))),
            )
        )
    return Table(_("Questions"), columns, rows)


def _synthesis_table(version: Version, listed: Any) -> Table:
    columns = (
        Column(_("State")),
        Column(_("Submitted")),
        Column(_("In time or late")),
        Column(_("Questions published"), numeric=True),
        *(Column(kind.upper()) for kind in PAPERS),
    )
    named = [(in_reader_language(one.names, one.state), one) for one in listed]
    rows = [
        (
            Cell(name),
            Cell(long_date(one.submitted_date)),
            Cell(_in_time_or_late(one.late)),
            Cell(number(one.questions)),
            *(Cell(kind.upper(), _paper(version, one.state, kind)) for kind in PAPERS),
        )
        for name, one in sorted(named, key=lambda pair: reading_order(pair[0]))
    ]
    return Table(_("Who answered"), columns, rows, empty=_("No State has published an answer."))


def _in_time_or_late(late: bool) -> str:
    return _("late") if late else _("in time")


def _paper(version: Version, state: str, kind: str) -> str:
    address = reverse("published_paper", args=(version.questionnaire.code, state.lower(), kind))
    return f"{address}?number={version.number}"


def _title(one: Questionnaire) -> str:
    return in_reader_language(one.titles, one.code)


def _title_cell(one: Any) -> Cell:
    draft = "" if one.seen_versions[0].frozen_at else _("Draft")
    return Cell(_title(one), reverse("questionnaire", args=(one.code,)), detail=draft)


def _mechanism_cell(one: Any) -> Cell:
    if one.mechanism is None:
        return Cell("")
    name = short_mechanism(one.mechanism.code, one.mechanism.short_name)
    return Cell(name, reverse("mechanism", args=(one.mechanism.slug,)))


def _count_cell(one: Any) -> Cell:
    return Cell(number(one.seen_versions[0].questions_count))


def _row(one: Any) -> dict[str, Any]:
    newest = one.seen_versions[0]
    return {
        "questionnaire": one.code,
        "title": _title(one),
        "mechanism": one.mechanism.code if one.mechanism else "",
        "version": newest.number,
        "questions": newest.questions_count,
        "published": newest.frozen_at,
        "due": newest.due_date,
        "note_verbale": newest.note_verbale_text,
    }
