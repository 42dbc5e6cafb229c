"""What stands in the way of a State's visits: each clash as a code with parameters. Pure.

The holidays and the blocked meetings are arguments, so that the same visits give the same clashes everywhere.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

SHORTEST_GAP_WEEKS = 8  # a State that receives two visits prepares, hosts and recovers
SATURDAY, SUNDAY = 5, 6
WESTERN_WEEKEND = frozenset({SATURDAY, SUNDAY})  # as date.weekday() counts
DAYS_OF_WEEK = 7


class ClashCode(StrEnum):
    """What kind of clash it is."""

    OVERLAP = "OVERLAP"
    TOO_CLOSE = "TOO_CLOSE"
    HOLIDAY = "HOLIDAY"
    HOLIDAY_ESTIMATED = "HOLIDAY_ESTIMATED"
    WEEKEND = "WEEKEND"
    BLOCKED_MEETING = "BLOCKED_MEETING"


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit by its identifier and its days, the last one included. Raises ValueError where it ends too early.

    Sessions of one ``dialogue`` may follow each other closely. The shortest gap is one between stays in the country:
    where one of two is not ``in_country``, it is enough that they do not meet.
    """

    key: str
    first: date
    last: date
    dialogue: str = ""
    in_country: bool = True

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"visit {self.key}: it ends on {self.last}, before it begins on {self.first}")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of the State; ``estimated`` where a sighting of the moon may still move it."""

    day: date
    name: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class BlockedMeeting:
    """A meeting during which no visit takes place, its last day included. Raises ValueError as a visit does."""

    name: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"meeting {self.name}: it ends on {self.last}, before it begins on {self.first}")


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """One clash of the visit ``visit``.

    ``first`` and ``last`` are the days concerned (for TOO_CLOSE the gap between the visits, ``days`` its length in
    days without visit), ``other`` is the key of the other visit, ``name`` that of the holiday or meeting.
    """

    first: date
    last: date
    code: ClashCode
    visit: str
    other: str = ""
    name: str = ""
    days: int = 0


def clashes(
    visits: Sequence[PlannedVisit],
    *,
    blocked: Collection[BlockedMeeting] = (),
    holidays: Collection[Holiday] = (),
    weekend: frozenset[int] = WESTERN_WEEKEND,
    gap_weeks: int = SHORTEST_GAP_WEEKS,
) -> list[Clash]:
    """Return the clashes among the visits of ONE State, by day; each pair of visits clashes at most once.

    ``weekend`` holds the State's days of rest as ``date.weekday()`` counts them. A gap of exactly ``gap_weeks`` weeks
    is long enough. Raises ValueError for a negative gap or a key that stands for two visits.
    """
    if gap_weeks < 0:
        raise ValueError(f"the shortest gap is {gap_weeks} weeks: it cannot be negative")
    keys = [visit.key for visit in visits]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise ValueError(f"visit {twice[0]} is given twice")
    ordered = sorted(visits, key=lambda visit: (visit.first, visit.last, visit.key))
    found = [clash for one, two in combinations(ordered, 2) for clash in _between(one, two, gap_weeks)]
    for visit in ordered:
        found += _on_holidays(visit, holidays) + _on_weekends(visit, weekend) + _on_meetings(visit, blocked)
    return sorted(found)


def _between(earlier: PlannedVisit, later: PlannedVisit, gap_weeks: int) -> list[Clash]:
    if later.first <= earlier.last:
        last = min(earlier.last, later.last)
        return [Clash(later.first, last, ClashCode.OVERLAP, earlier.key, later.key, days=_length(later.first, last))]
    between = (later.first - earlier.last).days - 1
    together = earlier.dialogue and earlier.dialogue == later.dialogue
    if together or not (earlier.in_country and later.in_country) or between >= gap_weeks * DAYS_OF_WEEK:
        return []
    return [Clash(earlier.last, later.first, ClashCode.TOO_CLOSE, earlier.key, later.key, days=between)]


def _on_holidays(visit: PlannedVisit, holidays: Collection[Holiday]) -> list[Clash]:
    def code(holiday: Holiday) -> ClashCode:
        return ClashCode.HOLIDAY_ESTIMATED if holiday.estimated else ClashCode.HOLIDAY

    return [
        Clash(one.day, one.day, code(one), visit.key, name=one.name, days=1)
        for one in holidays
        if visit.first <= one.day <= visit.last
    ]


def _on_weekends(visit: PlannedVisit, weekend: frozenset[int]) -> list[Clash]:
    days = (visit.first + timedelta(days=at) for at in range(_length(visit.first, visit.last)))
    resting = [day for day in days if day.weekday() in weekend]
    if not resting:
        return []
    return [Clash(resting[0], resting[-1], ClashCode.WEEKEND, visit.key, days=len(resting))]


def _on_meetings(visit: PlannedVisit, blocked: Collection[BlockedMeeting]) -> list[Clash]:
    found = []
    for meeting in blocked:
        first, last = max(visit.first, meeting.first), min(visit.last, meeting.last)
        if first <= last:
            days = _length(first, last)
            found.append(Clash(first, last, ClashCode.BLOCKED_MEETING, visit.key, name=meeting.name, days=days))
    return found


def _length(first: date, last: date) -> int:
    return (last - first).days + 1
