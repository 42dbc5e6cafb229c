"""A newer version of a questionnaire: what changed, which States still answer an older one, carrying them over."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import number
from merida.interfaces.web.views.answer_desk import asked_desk
from merida.interfaces.web.views.answer_words import question_words, short_question
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.questionnaire_writing import allowed
from merida.interfaces.web.views.questionnaires import asked_version
from merida.interfaces.web.views.refusals import told
from merida.review.questionnaires.asking import move_all
from merida.review.questionnaires.carrying import Report, compare
from merida.review.questionnaires.form import Form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.moving import left_behind, moved_from
from merida.review.questionnaires.refusing import RefusedError

REFUSED = 422


def questionnaire_move(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the newest version changes for those who answer an older one; carry chosen States over."""
    actor, version = allowed(request), asked_version(request, code)
    error, status = "", 200
    waiting = left_behind(actor, version)
    if request.method == "POST":
        chosen = set(request.POST.getlist("response"))
        try:
            count = move_all(actor, [one.response for one in waiting if str(one.response.uuid) in chosen], version)
        except RefusedError as refused:
            error, status, waiting = told(refused), REFUSED, left_behind(actor, version)
        else:
            words = ngettext("%(count)s State is carried over.", "%(count)s States are carried over.", count)
            messages.success(request, words % {"count": count})
            return redirect("questionnaire_move", code)
    new = form_of(version)
    groups = []
    for old in {one.response.version_id: one.response.version for one in waiting}.values():
        report = compare(form_of(old), new)
        states = [
            (one.response, in_reader_language(one.response.state.names, one.response.state.iso3), one.lost)
            for one in waiting
            if one.response.version_id == old.pk
        ]
        groups.append({"number": old.number, "tables": _tables(report, form_of(old), new), "states": states})
    title = in_reader_language(version.questionnaire.titles, code)
    context = {
        "version": version,
        "title": title,
        "groups": groups,
        "error": error,
        "breadcrumbs": [
            Link(_("Questionnaires"), reverse("questionnaires")),
            Link(title, reverse("questionnaire_desk", args=(code,))),
            Link(_("Carry answers over")),
        ],
    }
    return render(request, "pages/questionnaire_move.html", context, status=status)


def answer_moved(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the people of a State what changed when their answers were carried over to a newer version."""
    desk = asked_desk(request, uuid)
    old = moved_from(desk)
    here, seen = reverse("answer_desk", args=(uuid,)), set(desk.order())
    tables = _tables(compare(form_of(old), desk.form), form_of(old), desk.form, here, seen=seen) if old else []
    held = desk.response.version.questionnaire
    context: dict[str, Any] = {
        "desk": desk,
        "old": old,
        "tables": tables,
        "breadcrumbs": [
            Link(_("My desk"), reverse("answer_desks")),
            Link(in_reader_language(held.titles, held.code), here),
            Link(_("What changed with the new version")),
        ],
    }
    return render(request, "pages/answer_moved.html", context)


def _tables(report: Report, old: Form, new: Form, here: str = "", *, seen: set[str] | None = None) -> list[Table]:
    """Return a table for each thing that became of questions; what stayed as it was is only counted."""
    kinds = (
        (_("Reworded: answers are kept as drafts, to be looked at again"), report.reworded, new),
        (_("Asked in another way: earlier answers stay in the history only"), report.changed, new),
        (_("New"), report.new, new),
        (_("No longer asked: answers stay in the history only"), report.gone, old),
    )
    tables = []
    for caption, identifiers, form in kinds:
        shown = [each for each in identifiers if seen is None or form is old or each in seen]
        if seen is not None and form is old:
            shown = []  # questions that are gone may have been somebody else's
        tables.append(_table(caption, shown, form, here))
    return tables


def _table(caption: str, identifiers: Iterable[str], form: Form, here: str) -> Table:
    rows = [
        (
            Cell(short_question(form, each), f"{here}{each}/" if here else ""),
            Cell(question_words(form.by_identifier[each])),
        )
        for each in identifiers
    ]
    columns = (Column(_("Provision")), Column(_("Question")))
    return Table(f"{caption} ({number(len(rows))})", columns, rows, empty=_("None."))
