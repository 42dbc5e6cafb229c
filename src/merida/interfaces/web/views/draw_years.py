"""Which year each review falls in, as drawn and as moved since, with the seats of each year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from merida.interfaces.web.pieces import Cell, Column, Table
from merida.interfaces.web.templatetags.words import long_date, number
from merida.interfaces.web.views.draw_pieces import Names
from merida.interfaces.web.views.listing import reading_order
from merida.review.draws.models import Draw, DrawEvent, EventKind
from merida.review.draws.reading import Drawn


@dataclass(frozen=True, slots=True)
class ShownYears:
    """The two tables, and whether years or staggered groups were drawn."""

    title: str
    seats: Table
    reviews: Table


def year_of(draw: Draw, place: int) -> str:
    """Return the calendar year of the cycle's year ``place`` (from 1), its number where the first is not known."""
    return str(draw.year + place - 1) if draw.year else _("year %(number)s") % {"number": number(place)}


def shown_years(draw: Draw, drawn: Drawn, events: Sequence[DrawEvent], names: Names) -> ShownYears | None:
    """Return what was drawn about years; None where nothing was."""
    if not drawn.years:
        return None
    staggered = drawn.announcement.method != "YEARS"
    title = _("Staggered groups") if staggered else _("The year of each review")
    return ShownYears(title, _seats(draw, drawn, names), _reviews(draw, drawn, events, names))


YEAR_COLUMNS = ("state", "group", "year_drawn", "year", "latecomer", "reasons")


def year_rows(draw: Draw, drawn: Drawn, events: Sequence[DrawEvent]) -> Iterator[dict[str, Any]]:
    """Yield the years for files: calendar years, counted from 1 where the first is not known."""
    first, groups = (draw.year or 1) - 1, {one.code: one.group for one in drawn.announcement.lots}
    moved = _moved(events)
    for code, year in sorted(drawn.years.items()):
        since = moved.get(code, [])
        yield {
            "state": code,
            "group": groups.get(code, ""),
            "year_drawn": first + year,
            "year": first + year + len(since),
            "latecomer": code not in drawn.announcement.under_review,
            "reasons": "; ".join(one.reason for one in since),
        }


def _moved(events: Sequence[DrawEvent]) -> dict[str, list[DrawEvent]]:
    moved: dict[str, list[DrawEvent]] = {}
    for one in events:
        if one.kind == EventKind.DEFERRED and one.state is not None:
            moved.setdefault(one.state.iso3, []).append(one)
    return moved


def _seats(draw: Draw, drawn: Drawn, names: Names) -> Table:
    years = max(len(one) for one in drawn.seats.values())
    columns = [Column(_("Regional group"))]
    columns += [Column(year_of(draw, place), numeric=True) for place in range(1, years + 1)]
    order = sorted(drawn.seats, key=lambda code: (not code, reading_order(names.group(code))))
    rows = [[Cell(names.group(code)), *(Cell(number(seats)) for seats in drawn.seats[code])] for code in order]
    summed = [sum(each) for each in zip(*drawn.seats.values(), strict=True)]
    rows.append([Cell(_("all")), *(Cell(number(seats)) for seats in summed)])
    note = _("in proportion to the size of each group; latecomers come in the last year, beside these seats")
    return Table(_("Seats of each year"), columns, rows, note="" if drawn.announcement.method != "YEARS" else note)


def _reviews(draw: Draw, drawn: Drawn, events: Sequence[DrawEvent], names: Names) -> Table:
    moved = _moved(events)
    groups = {one.code: one.group for one in drawn.announcement.lots}
    under_review = set(drawn.announcement.under_review)

    def year(code: str) -> Cell:
        since = moved.get(code, [])
        first, now = drawn.years[code], drawn.years[code] + len(since)
        if not since:
            late = code not in under_review
            return Cell(year_of(draw, first), detail=_("latecomer") if late else "")
        said = "; ".join(f"{long_date(one.event_date)}: {one.reason}" for one in since)
        words = _("postponed from %(year)s (%(why)s)") % {"year": year_of(draw, first), "why": said}
        return Cell(year_of(draw, now), detail=words)

    order = sorted(drawn.years, key=lambda code: (drawn.years[code], reading_order(names.of(code))))
    rows = [
        (
            Cell(names.of(code), reverse("state", args=[code.lower()])),
            Cell(names.group(groups.get(code, ""))),
            year(code),
        )
        for code in order
    ]
    columns = (Column(_("State under review")), Column(_("Regional group")), Column(_("Year")))
    return Table(_("The year of each review"), columns, rows)
