"""A timeline: one lane a treaty or mechanism, points and spans on one axis, and the same as a table.

Positions are percentages of the width, so that the picture fits every screen without scaling its letters. In
right-to-left pages time runs from right to left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from merida.interfaces.web.pieces import Cell, Citation, Column, Link, Table
from merida.interfaces.web.templatetags.words import iso_date

DAYS_OF_YEAR = 365.2425
TICK_STEPS = (1, 2, 5, 10, 20, 50)
MOST_TICKS = 7
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class Event:
    """A point on a lane, or a span where ``end`` is given; ``open_ended`` spans last until today.

    ``tone`` says what it is by form as well as by colour: POINT, HOLLOW (unverified), STEP (signature), WORK, DONE.
    """

    label: str
    begin: date
    end: date | None = None
    open_ended: bool = False
    tone: str = "POINT"
    url: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the timeline with its events in any order."""

    title: str
    events: Sequence[Event]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event where it is drawn: ``x`` and ``width`` such as ``12.50%``; ``width`` is ``""`` for a point."""

    event: Event
    x: str
    width: str
    words: str


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane with its events drawn."""

    title: str
    url: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: lanes, year ticks, today's line, table twin."""

    caption: str
    lanes: tuple[DrawnLane, ...]
    ticks: tuple[tuple[str, int | str], ...]
    today_x: str
    table: Table


def draw_timeline(
    lanes: Sequence[Lane],
    *,
    caption: str,
    today: date,
    right_to_left: bool = False,
    downloads: Sequence[Link] = (),
    span: tuple[date, date] | None = None,
) -> Timeline:
    """Return the picture of ``lanes``; its axis runs from the first event's year to the end of this one or later.

    With ``span`` it runs over just those days, the second not included, and its ticks are months; what lies outside
    is not drawn.
    """
    if span is not None:
        return Timeline(
            caption=caption,
            lanes=_lanes_within(lanes, span, right_to_left=right_to_left),
            ticks=tuple((_x(_share(month, span), right_to_left), f"{month:%Y-%m}") for month in _months(*span)),
            today_x=_x(_share(today, span), right_to_left) if span[0] <= today < span[1] else "",
            table=_table(lanes, caption, downloads),
        )
    events = [event for lane in lanes for event in lane.events]
    first = min([event.begin.year for event in events], default=today.year)
    last = max([(event.end or event.begin).year for event in events] + [today.year]) + 1

    def place(when: date) -> float:
        share = (when - date(first, 1, 1)).days / DAYS_OF_YEAR / (last - first)
        return min(1.0, max(0.0, share))

    def drawn(event: Event) -> Mark:
        return _mark(event, place(event.begin), _end(event, place, today), right_to_left=right_to_left)

    return Timeline(
        caption=caption,
        lanes=tuple(DrawnLane(lane.title, lane.url, tuple(map(drawn, lane.events))) for lane in lanes),
        ticks=tuple((_x(place(date(year, 1, 1)), right_to_left), year) for year in year_ticks(first, last)),
        today_x=_x(place(today), right_to_left),
        table=_table(lanes, caption, downloads),
    )


def _share(when: date, span: tuple[date, date]) -> float:
    first, last = span
    return min(1.0, max(0.0, (when - first).days / (last - first).days))


def _lanes_within(lanes: Sequence[Lane], span: tuple[date, date], *, right_to_left: bool) -> tuple[DrawnLane, ...]:
    def drawn(event: Event) -> Mark:
        # The last day is part of an event: it ends where the next day begins.
        end = None if event.end is None else _share(event.end + timedelta(days=1), span)
        return _mark(event, _share(event.begin, span), end, right_to_left=right_to_left)

    def within(event: Event) -> bool:
        return event.begin < span[1] and (event.end or event.begin) >= span[0]

    return tuple(DrawnLane(lane.title, lane.url, tuple(map(drawn, filter(within, lane.events)))) for lane in lanes)


def _months(first: date, last: date) -> list[date]:
    """Return the months whose first day is marked: as many as can be read."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    step = next((step for step in MONTH_STEPS if (end - begin) / step <= MOST_TICKS), MONTH_STEPS[-1])
    marked = (date(number // 12, number % 12 + 1, 1) for number in range(begin, end) if number % step == 0)
    return [month for month in marked if month >= first]


def _end(event: Event, place: Callable[[date], float], today: date) -> float | None:
    end = today if event.open_ended else event.end
    return None if end is None else place(end)


def _mark(event: Event, begin: float, end: float | None, *, right_to_left: bool) -> Mark:
    words = f"{event.label}: {iso_date(event.begin)}" + (f" – {iso_date(event.end)}" if event.end else "")
    if end is None:
        return Mark(event, _x(begin, right_to_left), "", words)
    left = 1 - end if right_to_left else begin
    return Mark(event, f"{left:.2%}", f"{max(end - begin, 0.004):.2%}", words)


def _x(share: float, right_to_left: bool) -> str:
    return f"{1 - share if right_to_left else share:.2%}"


def year_ticks(first: int, last: int) -> list[int]:
    """Return the years to mark on an axis from ``first`` until ``last`` begins: as many as can be read."""
    step = next((step for step in TICK_STEPS if (last - first) / step <= MOST_TICKS), TICK_STEPS[-1])
    return [year for year in range(first, last) if year % step == 0]


def _table(lanes: Sequence[Lane], caption: str, downloads: Sequence[Link]) -> Table:
    rows = [
        (
            Cell(lane.title, lane.url),
            Cell(event.label, event.url, citation=event.citation),
            Cell(iso_date(event.begin)),
            Cell(_("until today") if event.open_ended else iso_date(event.end)),
        )
        for lane in lanes
        for event in sorted(lane.events, key=lambda event: event.begin)
    ]
    columns = (Column(_("Lane")), Column(_("Event")), Column(_("From")), Column(_("To")))
    return Table(caption, columns, rows, downloads)
