"""Draws of lots: the list, one with its urn, seed, pairs and events, and what is needed to check it."""

import io
import json
from collections.abc import Sequence
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Link
from merida.interfaces.web.templatetags.words import moment
from merida.interfaces.web.views import draw_pieces as pieces
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.draw_forms import EventForm, HoldForm, YearForm
from merida.interfaces.web.views.draw_years import YEAR_COLUMNS, shown_years, year_rows
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.lists import Head, Listed, by_name, choice, chosen, list_page
from merida.interfaces.web.views.naming import short_mechanism
from merida.review.draws.models import Draw, DrawRecord
from merida.review.draws.queries import (
    NewName,
    draw_by_slug,
    draws_list,
    events_of,
    pairings_of,
    record_numbered,
    records_of,
    renamed,
    state_of,
)
from merida.review.draws.reading import Announcement, read_announcement, read_record
from merida.rules.lots import verifier_text

COLUMNS = (
    "slug",
    "title",
    "mechanism",
    "year",
    "state",
    "announced_at",
    "moment_at",
    "announcement",
    "record",
    "sample",
)


@public_page
def draws(request: HttpRequest) -> HttpResponse:
    """Show all draws."""
    rows = list(draws_list(actor_of(request.user)))
    heads = [
        Head("moment", _("Moment"), lambda one: Cell(moment(one.moment_at)), lambda one: one.moment_at),
        Head("title", _("Draw"), _title_cell, lambda one: by_name(pieces.title_of(one))),
        Head("mechanism", _("Mechanism"), _mechanism_cell, lambda one: one.mechanism.code),
        Head("state", _("State of the draw"), lambda one: Cell(str(state_of(one).label)), state_of),
    ]
    listed = Listed(
        title=_("Drawing of lots"),
        lead=_("Who reviews whom, drawn so that anybody can check it: announced before, recorded after."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="draws", columns=COLUMNS, rows=lambda: map(_row, rows)),
        words_of=lambda one: " ".join((one.slug, one.mechanism.code, *one.titles.values())),
    )
    return list_page(request, listed, context={"may_hold": may(actor_of(request.user), Deed.HOLD_DRAW)})


def _title_cell(one: Draw) -> Cell:
    detail = _("Sample") if one.is_sample else ""
    return Cell(pieces.title_of(one), reverse("draw", args=[one.slug]), detail=detail)


def _mechanism_cell(one: Draw) -> Cell:
    found = one.mechanism
    return Cell(short_mechanism(found.code, found.short_name), reverse("mechanism", args=[found.slug]))


def _row(one: Draw) -> dict[str, Any]:
    records = records_of(one)
    return {
        "slug": one.slug,
        "title": pieces.title_of(one),
        "mechanism": one.mechanism.code,
        "year": one.year,
        "state": state_of(one),
        "announced_at": one.published_at,
        "moment_at": one.moment_at,
        "announcement": one.announcement_digest,
        "record": records[-1].digest if records else "",
        "sample": one.is_sample,
    }


@public_page
def draw(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one draw."""
    return draw_page(request, asked_draw(request, slug))


def draw_page(request: HttpRequest, found: Draw, **forms: Any) -> HttpResponse:
    """Render the page of a draw; ``forms`` replaces forms by those that were not understood."""
    announcement, records, names = read_announcement(found.announcement_text), records_of(found), pieces.names_now()
    record = records[-1] if records else None
    first = read_record(records[0].text) if records else None
    groups = {one.code: one.group for one in announcement.lots}
    offered = {code: names.group(code) for code in sorted({groups[code] for code in announcement.under_review}) if code}
    pairings, events = pairings_of(found), events_of(found)
    group = chosen(request, "group", list(offered))
    shown = [one for one in pairings if not group or groups.get(one.state.iso3, "") == group]
    holds = may(actor_of(request.user), Deed.HOLD_DRAW)
    context = {
        "draw": found,
        "title": pieces.title_of(found),
        "scope": found.scope,
        "facts": pieces.facts_of(found, announcement),
        "urn": pieces.urn_of(announcement, names),
        "sources": pieces.sources_table(first.sources if first else announcement.sources),
        "walks": pieces.walks_facts(first.walks) if first and first.walks else (),
        "record": record,
        "records": pieces.record_links(found, records),
        "verifiers": pieces.verifier_links(found, records),
        "checked": [(one.number, one.digest) for one in records],
        "digests": pieces.digests_of(found, record),
        "remarks": pieces.remarks_of(announcement),
        "years": shown_years(found, first, events, names) if first else None,
        "pairs": pieces.pairs_table(shown, names, groups, days=announcement.answer_days) if pairings else None,
        "choice": choice(request, "group", _("Regional group"), offered),
        "events": pieces.events_table(events, _renamed(announcement, records), names),
        "may_hold": holds,
        "breadcrumbs": [Link(_("Drawing of lots"), reverse("draws")), Link(pieces.title_of(found))],
    }
    if holds:
        context |= {
            "event_form": forms.get("event_form") or (EventForm(pairings, names) if pairings else None),
            "year_form": forms.get("year_form")
            or (YearForm(first.years, names) if first and announcement.method == "YEARS" else None),
            "hold_form": forms.get("hold_form") or (None if record else HoldForm()),
        }
    of_years = first if first and announcement.method == "YEARS" else None
    data = exports.Table(
        name=f"draw-{found.slug}",
        columns=YEAR_COLUMNS if of_years else pieces.PAIR_COLUMNS,
        rows=lambda: year_rows(found, of_years, events) if of_years else pieces.pair_rows(shown, groups, record),
        about={
            "draw": found.slug,
            "sample": found.is_sample,
            "method": announcement.method,
            "announcement": found.announcement_digest,
            "urn": [{"state": one.code, "group": one.group, "excluded": one.excluded} for one in announcement.lots],
        },
    )
    return answer(request, "pages/draw.html", context, data=data)


def _renamed(announcement: Announcement, records: Sequence[DrawRecord]) -> list[NewName]:
    """Return the States of the urn whose name changed after the draw; their codes stand in the record."""
    codes = [one.code for one in announcement.lots]
    return renamed(codes, after=records[0].drawn_at.date(), language=language()) if records else []


def asked_draw(request: HttpRequest, slug: str) -> Draw:
    """Return the draw of an address as far as the reader may see it. Raises Http404."""
    found = draw_by_slug(actor_of(request.user), slug)
    if found is None:
        raise Http404(_("There is no draw with this address."))
    return found


@public_page
def draw_record(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand out a record, byte for byte as its digest was taken from."""
    found = record_numbered(asked_draw(request, slug), number)
    if found is None:
        raise Http404(_("This draw has no such record."))
    return _file(found.text.encode(), "application/json; charset=utf-8", f"draw-{slug}-{number}.json")


@public_page
def draw_announcement(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the announcement, byte for byte."""
    found = asked_draw(request, slug)
    return _file(found.announcement_text.encode(), "application/json; charset=utf-8", f"draw-{slug}-announcement.json")


LONGEST_NUMBER = 6


@public_page
def draw_verifier(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the file that checks a record: the first, or the one asked for with ``record``."""
    found = asked_draw(request, slug)
    asked = request.GET.get("record", "1")
    record = (
        record_numbered(found, int(asked))
        if asked.isascii() and asked.isdigit() and len(asked) < LONGEST_NUMBER
        else None
    )
    if record is None and "record" in request.GET:
        raise Http404(_("This draw has no such record."))
    content = json.loads(record.text) if record else None
    announcement = content["announcement"] if content else json.loads(found.announcement_text)
    text = verifier_text(announcement, [content] if content else [])
    return _file(text.encode(), "text/x-python; charset=utf-8", "verify_draw.py")


@public_page
def draw_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the QR code that leads to the page of a draw."""
    found = asked_draw(request, slug)
    address = request.build_absolute_uri(reverse("draw", args=[found.slug]) + "#record")
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=8, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
