"""A heat table: counts by row and column, shaded in five steps. The numbers stay readable: it is its own table twin."""

from collections.abc import Sequence
from dataclasses import dataclass

from merida.interfaces.web.pieces import Link

STEPS = 4


@dataclass(frozen=True, slots=True)
class Count:
    """A count that can be opened."""

    number: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shade:
    """A count with its step: 0 for none, 1 to 4 by share of the largest."""

    count: Count
    step: int


@dataclass(frozen=True, slots=True)
class HeatTable:
    """The picture: columns, and for each row its heading and shades."""

    caption: str
    corner: str
    columns: tuple[Link, ...]
    rows: tuple[tuple[Link, tuple[Shade, ...]], ...]


def draw_heat_table(
    rows: Sequence[tuple[Link, Sequence[Count]]], *, caption: str, columns: Sequence[Link], corner: str = ""
) -> HeatTable:
    """Return the picture of ``rows``; every row has one count a column."""
    largest = max((count.number for _, counts in rows for count in counts), default=0)

    def shade(count: Count) -> Shade:
        return Shade(count, step_of(count.number, largest))

    return HeatTable(caption, corner, tuple(columns), tuple((head, tuple(map(shade, counts))) for head, counts in rows))


def step_of(number: int, largest: int) -> int:
    """Return the shade of a count: 0 for none, else 1 to 4 by its share of the largest."""
    if number <= 0 or largest <= 0:
        return 0
    return min(STEPS, 1 + (number * STEPS - 1) // largest)
