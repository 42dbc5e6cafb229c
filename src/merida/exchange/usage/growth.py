"""Growth against the year before. Pure.

A number is compared only with a time that was counted whole: the month in which counting began has no successor to
compare a year later, and the running month is held against the same days of the year before.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DECEMBER = 12
YEAR = 365  # days


@dataclass(frozen=True, slots=True)
class Month:
    """The counts of a month by kind; ``before`` those of the same days a year earlier, None where not counted whole."""

    first: date
    counts: Mapping[str, int]
    before: Mapping[str, int] | None
    running: bool

    def growth(self, kind: str) -> float | None:
        """Return the growth of one kind as a share (0.5: half as many again), None where nothing can be compared."""
        return growth(self.counts.get(kind, 0), None if self.before is None else self.before.get(kind, 0))


def growth(now: int, before: int | None) -> float | None:
    """Return by what share ``now`` is more than ``before``; None where there is no number before, or it is 0."""
    return (now - before) / before if before else None


def year_before(day: date) -> date:
    """Return the same day a year earlier; 28 February for a 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def month_after(first: date) -> date:
    """Return the first day of the next month."""
    return date(first.year + 1, 1, 1) if first.month == DECEMBER else date(first.year, first.month + 1, 1)


def months(daily: Iterable[tuple[date, str, int]], today: date) -> list[Month]:
    """Return every month from the first day counted to ``today``, the newest first.

    ``daily`` holds day, kind and count; days after ``today`` are left out.
    """
    known = [one for one in daily if one[0] <= today]
    if not known:
        return []
    begun = min(day for day, _kind, _count in known)
    whole: dict[date, Counter[str]] = {}
    until_today: Counter[str] = Counter()  # of the same days as the running month, a year ago
    limit = year_before(today)
    for day, kind, count in known:
        whole.setdefault(day.replace(day=1), Counter())[kind] += count
        if limit.replace(day=1) <= day <= limit:
            until_today[kind] += count
    found, first = [], begun.replace(day=1)
    while first <= today:
        earlier, running = year_before(first), first == today.replace(day=1)
        before = None if begun > earlier else until_today if running else whole.get(earlier, Counter())
        found.append(Month(first, whole.get(first, Counter()), before, running))
        first = month_after(first)
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Span:
    """A year of days that ends with ``last``, and the one before it."""

    last: date

    @property
    def first(self) -> date:
        """The first day of the year."""
        return self.last - timedelta(YEAR - 1)

    @property
    def earlier_first(self) -> date:
        """The first day of the year before."""
        return self.first - timedelta(YEAR)

    @property
    def earlier_last(self) -> date:
        """The last day of the year before."""
        return self.first - timedelta(1)
