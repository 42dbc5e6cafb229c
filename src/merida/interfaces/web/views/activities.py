"""Activities on a page: a timeline by what was done, and a table in which each cites its paragraph."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from merida.interfaces.web.pictures.timeline import Event, Lane, Timeline, draw_timeline
from merida.interfaces.web.pieces import Cell, Citation, Column, Table
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.ways import way_to
from merida.knowledge.documents.citing import title_of
from merida.knowledge.documents.models import Version
from merida.knowledge.documents.places import anchor, paragraph_of
from merida.knowledge.observatory.lines import ActivityLine
from merida.knowledge.observatory.models import Activity, ActivityType, DatePrecision, Told
from merida.knowledge.observatory.values import span_in_iso


def paragraph_address(version: Version, place: str) -> str:
    """Return the address of a paragraph in the reader."""
    page = _reader_page(version.document.slug, version.language_in_address, get_language())
    return f"{page}?{urlencode({'at': paragraph_of(place)})}#{anchor(place)}"


@lru_cache(1024)
def _reader_page(slug: str, code: str, _language: str | None) -> str:
    """Return the address of a text, which begins with the reader's language."""
    return reverse("reader", args=[slug, code])


def told_citation(one: Told | ActivityLine) -> Citation:
    """Return where a fact is told."""
    document, version = one.version.document, one.version
    return Citation(
        symbol=document.symbol or title_of(document, language()) or document.slug,
        place=one.place,
        language=version.language,
        url=paragraph_address(version, one.place),
        text=one.words,
    )


def activity_row(one: Activity) -> dict[str, Any]:
    """Return an activity as a row of a State's data."""
    cited = told_citation(one)
    begin, end = span_in_iso(one.from_date, one.to_date) if one.from_date and one.to_date else ("", "")
    return {
        "section": "ACTIVITY",
        "what": one.type,
        "value": one.town,
        "from": begin,
        "to": end,
        "text": one.words,
        "source": f"{cited.symbol}, {one.place}",
        "address": cited.url,
        "confidence": cited.confidence,
        "note": "",
    }


def activities_table(found: Sequence[ActivityLine], *, states: bool = False) -> Table:
    """Return activities as a table, those with a date first; with the ``states`` in or for which each was."""
    labels = [_("When"), _("What was done"), *([_("States")] if states else []), _("Place"), _("Organizations")]
    columns = [Column(label) for label in labels]
    rows = [
        [
            Cell(when(one), citation=told_citation(one)),
            Cell(type_name(one.type)),
            *([_states_of(one)] if states else []),
            Cell(one.town, language="en" if one.town.isascii() else ""),
            Cell(", ".join(in_reader_language(each.names, each.code) for each in one.organisations)),
        ]
        for one in found
    ]
    return Table(_("Activities told in documents"), columns, rows)


def _states_of(one: ActivityLine) -> Cell:
    names = sorted(in_reader_language(each.names, each.iso3) for each in one.states)
    address = way_to("STATE", one.states[0].iso3) if len(names) == 1 else ""
    return Cell(", ".join(names), address)


def activities_timeline(found: Sequence[ActivityLine], *, today: date) -> Timeline | None:
    """Return one lane for each type of activity; None where none has a date."""
    lanes: dict[str, list[Event]] = {}
    for one in found:
        if one.from_date is not None and one.to_date is not None:
            end = one.to_date if one.to_date > one.from_date else None
            event = Event(when(one), one.from_date, end, tone="DONE", citation=told_citation(one))
            lanes.setdefault(type_name(one.type), []).append(event)
    if not lanes:
        return None
    drawn = [Lane(title, events) for title, events in sorted(lanes.items())]
    return draw_timeline(drawn, caption=_("Activities over time"), today=today, right_to_left=language() == "ar")


def type_name(code: str) -> str:
    """Return what was done in the reader's language; Django's own way translates all the types for each record."""
    return str(ActivityType(code).label)


def when(one: Activity | ActivityLine) -> str:
    """Return the date as precisely as it is known, ISO 8601."""
    if one.from_date is None or one.to_date is None:
        return str(DatePrecision(one.precision).label)
    begin, end = span_in_iso(one.from_date, one.to_date)
    return f"\N{LEFT-TO-RIGHT ISOLATE}{begin} – {end}\N{POP DIRECTIONAL ISOLATE}" if end else begin
