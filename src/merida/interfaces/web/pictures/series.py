"""A chart of a series of figures: a dot a value, a line only where the definition stays, and the same as a table.

The axis begins at nought. In right-to-left pages time runs from right to left. Positions along time are percentages of
the width, so that the picture fits every screen without scaling its letters.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from merida.interfaces.web.pictures.timeline import year_ticks
from merida.interfaces.web.pieces import Table
from merida.interfaces.web.templatetags.words import number
from merida.knowledge.observatory.series import Point, runs, steps_to

TOP, BOTTOM = 12, 188  # of the drawing, in CSS pixels
INSET = 0.04  # of the width, so that no dot is cut


@dataclass(frozen=True, slots=True)
class Dot:
    """A value where it is drawn. ``hollow`` is one that its words do not give exactly."""

    x: str
    y: str
    words: str
    hollow: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """A line between two values counted alike."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """The picture: dots, lines, breaks of the definition, both axes, table twin."""

    caption: str
    dots: tuple[Dot, ...]
    segments: tuple[Segment, ...]
    breaks: tuple[str, ...]
    ticks: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, str], ...]
    table: Table


def draw_series(
    points: Sequence[Point],
    *,
    caption: str,
    words: Mapping[int, str],
    inexact: frozenset[int],
    table: Table,
    right_to_left: bool = False,
) -> SeriesChart | None:
    """Return the chart; None for fewer than two points, or where a value lies below nought.

    ``words`` say each point by its key; ``inexact`` are the keys of those given as "more than" or alike.
    """
    if len(points) < 2 or any(one.value < 0 for one in points):  # noqa: PLR2004 (two make a line)
        return None
    along, up = _along(points, right_to_left=right_to_left), _up(points)
    lines = runs(points)
    shares = [one for line in lines for one in line]
    return SeriesChart(
        caption=caption,
        dots=tuple(Dot(along(one.on_date), up(one.value), words[one.key], one.key in inexact) for one in shares),
        segments=tuple(
            Segment(along(one.on_date), up(one.value), along(other.on_date), up(other.value))
            for line in lines
            for one, other in itertools.pairwise(line)
        ),
        breaks=tuple(
            along(before[-1].on_date + (after[0].on_date - before[-1].on_date) / 2)
            for before, after in itertools.pairwise(lines)
        ),
        ticks=tuple((along(date(year, 1, 1)), year) for year in year_ticks(*_years(points))),
        levels=tuple((up(level), number(level)) for level in steps_to(max(one.value for one in points))),
        table=table,
    )


def _years(points: Sequence[Point]) -> tuple[int, int]:
    return min(one.on_date.year for one in points), max(one.on_date.year for one in points) + 1


def _along(points: Sequence[Point], *, right_to_left: bool) -> Callable[[date], str]:
    first, last = _years(points)
    begin, days = date(first, 1, 1), (date(last, 1, 1) - date(first, 1, 1)).days

    def place(when: date) -> str:
        share = INSET + (1 - 2 * INSET) * (when - begin).days / days
        return f"{1 - share if right_to_left else share:.2%}"

    return place


def _up(points: Sequence[Point]) -> Callable[[Decimal], str]:
    top = steps_to(max(one.value for one in points))[-1]

    def place(value: Decimal) -> str:
        return f"{BOTTOM - float(value / top) * (BOTTOM - TOP):.1f}"

    return place
