"""Reports on resolutions: published ones for everybody, with every sentence led back to its records."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.cooperation.mandates.models import Report
from merida.cooperation.mandates.report_queries import parts_of, report_by_uuid, reports_list
from merida.exchange.outputs.report_docx import MEDIA_TYPE
from merida.exchange.outputs.report_sheet import Shown, report_file, shown_report
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Fact, Link
from merida.interfaces.web.templatetags.words import language_name, long_dates
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.lists import Head, Listed, list_page
from merida.interfaces.web.views.naming import name_of_key

COLUMNS = ("part", "level", "number", "heading", "text", "records")


@public_page
def reports(request: HttpRequest) -> HttpResponse:
    """Show the reports."""
    actor = actor_of(request.user)
    rows = list(reports_list(actor))
    heads = [
        Head(
            "title",
            _("Report"),
            lambda one: Cell(one.title, reverse("report", args=[one.uuid]), language=one.language),
            lambda one: one.title,
        ),
        Head("period", _("Period"), lambda one: Cell(_period(one)), lambda one: one.first_date.isoformat()),
        Head("resolutions", _("Resolutions"), lambda one: Cell(_on(one))),
        Head("language", _("Language"), lambda one: Cell(language_name(one.language)), lambda one: one.language),
        Head("state", _("State of work"), lambda one: Cell(_published(one)), lambda one: bool(one.published_at)),
    ]
    columns = ("report", "title", "language", "first_date", "last_date", "symbol", "resolutions", "published_at")
    listed = Listed(
        title=_("Reports"),
        lead=_("Reports on the implementation of resolutions, drafted from the records and edited by the secretariat."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="reports", columns=columns, rows=lambda: map(_row, rows)),
        words_of=lambda one: f"{one.title} {one.symbol}",
    )
    return list_page(request, listed, context={"way_on": _way_on(may(actor, Deed.DRAFT_REPORT))})


def _way_on(allowed: bool) -> Link | None:
    return Link(_("Draft a report"), reverse("report_new")) if allowed else None


def _period(one: Report) -> str:
    return long_dates(one.first_date, one.last_date)


def _on(one: Report) -> str:
    return ", ".join(name_of_key(each.key) for each in one.resolutions.all())


def _published(one: Report) -> str:
    return _("published") if one.published_at else _("Draft, not published")


def _row(one: Report) -> dict[str, Any]:
    return {
        "report": one.uuid,
        "title": one.title,
        "language": one.language,
        "first_date": one.first_date,
        "last_date": one.last_date,
        "symbol": one.symbol,
        "resolutions": [each.key for each in one.resolutions.all()],
        "published_at": one.published_at,
    }


def asked_report(request: HttpRequest, uuid: UUID) -> Report:
    """Return the report of an address as far as the reader may see it. Raises Http404."""
    found = report_by_uuid(actor_of(request.user), uuid)
    if found is None:
        raise Http404(_("There is no report with this address."))
    return found


@public_page
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a report as a page."""
    found = asked_report(request, uuid)
    actor = actor_of(request.user)
    shown = shown_report(actor, found, parts_of(found))
    may_draft = may(actor, Deed.DRAFT_REPORT)
    context = {
        "report": found,
        "title": found.title,
        "title_language": found.language,
        "facts": _facts(found),
        "parts": [one for one in shown.parts if one.said or may_draft],
        "notes": shown.notes,
        "file": reverse("report_docx", args=[found.uuid]),
        "may_draft": may_draft,
        "waiting": sum(one.part.gone or bool(one.part.beneath) for one in shown.parts),
        "breadcrumbs": [Link(_("Reports"), reverse("reports")), Link(found.symbol or found.title)],
    }
    data = exports.Table(f"report-{found.uuid}", COLUMNS, lambda: _sentences(shown.parts), _row(found))
    return answer(request, "pages/report.html", context, data=data)


def _facts(found: Report) -> list[Fact]:
    lines = [(found.symbol, ""), (_("Period"), _period(found)), (_("Resolutions"), _on(found))]
    return [Fact(label, value) for label, value in lines if label and (value or label == found.symbol)]


def _sentences(parts: Iterable[Shown]) -> Iterator[dict[str, Any]]:
    for one in parts:
        for text, traces in one.part.shown:
            yield {
                "part": one.part.key,
                "level": one.part.level,
                "number": one.number,
                "heading": one.part.heading,
                "text": text,
                "records": traces,
            }


@public_page
def report_docx(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a report as .docx."""
    found = asked_report(request, uuid)
    content = report_file(actor_of(request.user), found, parts_of(found))
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="report-{found.last_date}-{found.language}.docx"'
    return response
