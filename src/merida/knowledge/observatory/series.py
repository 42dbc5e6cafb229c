"""Figures over time: which belong to one series, and where their definition breaks. Pure.

A series is what one reporter says of one thing counted: the words before the first bracket, comma or colon, compared
without case, spacing and punctuation. Within it a run lasts as long as the whole definition stays, the words that
follow ("excluding judges") and the unit among them. What lies on two sides of a break was not counted alike, so that
no line may join it.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

SIGNS = 16  # of the name of a series: 64 bits, so that no two of a million share one
_APART = re.compile(r"[\W_]+")
_FOLLOWS = re.compile(r"[(\[,;:（【，；：،؛]")


@dataclass(frozen=True, slots=True)
class Point:
    """A value on the last day it counts to; ``key`` tells which record it is of."""

    key: int
    on_date: date
    value: Decimal
    counted: str
    unit: str

    @property
    def definition(self) -> tuple[str, str]:
        """What the value means, compared as a series is."""
        return _plain(self.counted), self.unit.strip().casefold()


def series_of(counted: str, reported_by: str) -> str:
    """Return the name of the series of a figure: the same for the same thing counted and the same reporter."""
    thing = _plain(_FOLLOWS.split(counted.strip(), maxsplit=1)[0]) or _plain(counted) or counted
    return hashlib.sha256(f"{thing}\n{_plain(reported_by)}".encode()).hexdigest()[:SIGNS]


def _plain(words: str) -> str:
    return _APART.sub(" ", words).strip().casefold()


def runs(points: Iterable[Point]) -> list[list[Point]]:
    """Return the points in order of time, a new list wherever the definition differs from that of the point before."""
    found: list[list[Point]] = []
    for point in sorted(points, key=lambda one: (one.on_date, one.key)):
        if not found or found[-1][-1].definition != point.definition:
            found.append([])
        found[-1].append(point)
    return found


def steps_to(largest: Decimal, *, most: int = 5) -> Sequence[Decimal]:
    """Return the values to mark on an axis from nought to ``largest`` or more: equal steps of 1, 2 or 5 times ten."""
    if largest <= 0:
        return (Decimal(0), Decimal(1))
    size = Decimal(10) ** (largest.adjusted() - 1)
    step = next(size * times for times in (1, 2, 5, 10, 20, 50, 100) if largest <= size * times * most)
    count = int((largest / step).to_integral_value(ROUND_CEILING))
    return tuple(step * number for number in range(count + 1))
