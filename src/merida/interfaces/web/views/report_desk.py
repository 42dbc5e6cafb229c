"""What the secretariat does with reports: draft, edit paragraph by paragraph, draft again, publish."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from merida.cooperation.mandates import actions, report_actions
from merida.cooperation.mandates.actions import MandateError
from merida.cooperation.mandates.models import Report, ReportPart
from merida.cooperation.mandates.report_actions import PartChangedError, ReportError, headings_for_activities
from merida.cooperation.mandates.report_queries import part_by_uuid
from merida.cooperation.mandates.report_records import places_of
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import moment
from merida.interfaces.web.views.mandate_forms import refusal
from merida.interfaces.web.views.report_forms import AddForm, PartForm, PlaceForm, ReportForm
from merida.interfaces.web.views.reports import asked_report
from merida.rules.drafting.headings import scheme

REFUSED, CONFLICT = 422, 409
LONGEST_WORDS = 80


@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest) -> HttpResponse:
    """Draft a report of a period."""
    actor = _allowed(request)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = report_actions.draft_report(actor, **form.cleaned_data)
        except ReportError as error:
            form.add_error(error.field if error.field in form.fields else None, refusal(error.code, str(error)))
        else:
            messages.success(request, _("The report is drafted."))
            return redirect("report", made.uuid)
    context = {"form": form, "breadcrumbs": [Link(_("Reports"), reverse("reports")), Link(_("Draft a report"))]}
    return render(request, "pages/report_new.html", context, status=REFUSED if form.errors else 200)


@require_POST
def report_deed(request: HttpRequest, uuid: UUID, deed: str) -> HttpResponse:
    """Draft a report again, or publish it."""
    actor, found = _allowed(request), asked_report(request, uuid)
    if deed == "redraft":
        waiting = report_actions.redraft_report(actor, found)
        messages.success(request, _("Drafted again from the records of now; what people wrote stays."))
        if waiting:
            words = ngettext(
                "Beneath %d edited paragraph something changed.",
                "Beneath %d edited paragraphs something changed.",
                waiting,
            )
            messages.warning(request, words % waiting)
    elif deed == "publish":
        report_actions.publish_report(actor, found)
        messages.success(request, _("The report is public."))
    else:
        raise Http404
    return redirect("report", uuid)


@require_http_methods(["GET", "HEAD"])
def report_part(request: HttpRequest, uuid: UUID, part: UUID) -> HttpResponse:
    """Show a paragraph with its form, its records and its history."""
    _allowed(request)
    report = asked_report(request, uuid)
    return _part_page(request, report, _asked_part(report, part))


@require_POST
def part_deed(request: HttpRequest, uuid: UUID, part: UUID, deed: str) -> HttpResponse:
    """Edit a paragraph, keep it, take the draft, add one behind it, or put an activity elsewhere."""
    actor, report = _allowed(request), asked_report(request, uuid)
    found = _asked_part(report, part)
    if deed not in DEEDS:
        raise Http404
    return DEEDS[deed](request, actor, report, found)


def _edit(request: HttpRequest, actor: Actor, report: Report, found: ReportPart) -> HttpResponse:
    form = PartForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            report_actions.edit_part(actor, found, text=said["text"], seen_revision=said["seen"])
        except PartChangedError as changed:
            return _overtaken(request, report, changed, said["text"])
        except ReportError as error:
            form.add_error("text", refusal(error.code, str(error)))
        else:
            messages.success(request, _("The paragraph says what you wrote."))
            return _to_part(report, found)
    return _part_page(request, report, found, status=REFUSED, form=form)


def _overtaken(request: HttpRequest, report: Report, changed: PartChangedError, text: str) -> HttpResponse:
    """Show the paragraph as it is now, with what was typed still in the form."""
    if changed.part is None:
        raise Http404
    again = PartForm({"text": text, "seen": changed.part.revision})
    again.is_valid()
    return _part_page(request, report, changed.part, status=CONFLICT, form=again, overtaken=True)


def _settle(deed: Callable[..., ReportPart | None]) -> Callable[..., HttpResponse]:
    def done(request: HttpRequest, actor: Actor, report: Report, found: ReportPart) -> HttpResponse:
        seen = request.POST.get("seen", "")
        try:
            left = deed(actor, found, seen_revision=int(seen) if seen.isdecimal() else -1)
        except PartChangedError as changed:
            return _overtaken(request, report, changed, "\n".join(text for text, _traces in found.shown))
        messages.success(request, _("Settled."))
        return _to_part(report, found) if left else redirect("report", report.uuid)

    return done


def _add(request: HttpRequest, actor: Actor, report: Report, found: ReportPart) -> HttpResponse:
    form = AddForm(request.POST)
    if form.is_valid():
        made = report_actions.add_part(actor, report, after=found, text=form.cleaned_data["text"])
        messages.success(request, _("The paragraph is added."))
        return _to_part(report, made)
    return _part_page(request, report, found, status=REFUSED, add_form=form)


def _place(request: HttpRequest, actor: Actor, report: Report, found: ReportPart) -> HttpResponse:
    form = _place_form(actor, report, found, request.POST)
    if form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            actions.place_activity(actor, UUID(said["activity"].partition(":")[2]), heading=said["heading"])
        except MandateError as error:
            form.add_error(error.field if error.field in form.fields else None, refusal(error.code, str(error)))
        else:
            report_actions.redraft_report(actor, report)
            messages.success(request, _("The activity stands under the other heading in every draft."))
            return redirect("report", report.uuid)
    return _part_page(request, report, found, status=REFUSED, place_form=form)


DEEDS: dict[str, Callable[[HttpRequest, Actor, Report, ReportPart], HttpResponse]] = {
    "edit": _edit,
    "keep": _settle(report_actions.keep_part),
    "take": _settle(report_actions.take_draft),
    "add": _add,
    "place": _place,
}


def _part_page(
    request: HttpRequest, report: Report, found: ReportPart, *, status: int = 200, **more: Any
) -> HttpResponse:
    actor = actor_of(request.user)
    text = "\n".join(sentence for sentence, _traces in found.shown)
    title = scheme()[found.heading].titles[report.language] if found.heading in scheme() else found.heading
    context = {
        "report": report,
        "part": found,
        "title": title,
        "form": PartForm(initial={"text": text, "seen": found.revision}),
        "add_form": AddForm(),
        "place_form": _place_form(actor, report, found),
        "drafted": [sentence for sentence, _traces in found.drafted],
        "beneath": [sentence for sentence, _traces in found.beneath],
        "history": _history(found),
        "breadcrumbs": [
            Link(_("Reports"), reverse("reports")),
            Link(report.symbol or report.title, reverse("report", args=[report.uuid])),
            Link(title),
        ],
        **more,
    }
    return render(request, "pages/report_part.html", context, status=status)


def _place_form(actor: Actor, report: Report, found: ReportPart, posted: Any = None) -> PlaceForm | None:
    """Return the form that moves an activity of this paragraph; None where it states none."""
    keys = list(dict.fromkeys(key for _text, traces in found.shown for key in traces if key.startswith("activity:")))
    if not keys or found.level or found.heading not in headings_for_activities():
        return None
    places = places_of(actor, keys, language=report.language)
    activities = [
        (key, f"{places[key].name}, {places[key].place}: {places[key].words[:LONGEST_WORDS]}")
        for key in keys
        if key in places
    ]
    headings = [(code, scheme()[code].titles[report.language]) for code in headings_for_activities()]
    return PlaceForm(activities, headings, posted, initial={"heading": found.heading})


def _history(found: ReportPart) -> Table:
    entries = [one for one in reversed(history(reference_to(found))) if one.verb != "PUBLISH"]
    rows = [
        (
            Cell(moment(one.at)),
            Cell(one.who),
            Cell((one.before or {}).get("text", "") or "–", gone=True),
            Cell((one.after or {}).get("text", "") or _("struck out")),
        )
        for one in entries
    ]
    columns = (Column(_("Moment")), Column(_("Who")), Column(_("Before")), Column(_("After")))
    return Table(_("History"), columns, rows, empty=_("Nobody has changed it."))


def _asked_part(report: Report, uuid: UUID) -> ReportPart:
    found = part_by_uuid(report, uuid)
    if found is None:
        raise Http404(_("There is no paragraph with this address."))
    return found


def _to_part(report: Report, part: ReportPart) -> HttpResponse:
    return redirect("report_part", report.uuid, part.uuid)


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.DRAFT_REPORT):
        raise PermissionDenied
    return actor
