"""Sessions at a distance: the hours of a day in which everybody who takes part is inside decent hours. Pure.

Hours are whole and in UTC, counted from midnight at the start of the date in UTC; a session is looked at to its end, so
that somebody half an hour off Greenwich has all of it inside their own day. Summer time follows the time zone database
of the system, or that of ``tzdata`` where the system has none.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from merida.rules.timetable.instance import TimetableError

DECENT = (7, 22)  # local hours; from, to
PREFERRED = (9, 18)
HOURS = 24
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """Local hours of a day in which somebody may be asked to attend: from ``first`` to before ``last``."""

    first: int = DECENT[0]
    last: int = DECENT[1]


@dataclass(frozen=True, slots=True)
class Start:
    """A session that begins at ``at`` (UTC): minutes outside the preferred and outside the decent hours, over all.

    ``worst`` is whoever is furthest outside decent hours, with the local time at which it begins for them; empty where
    everybody is inside.
    """

    at: datetime
    unpreferred: int
    indecent: int
    worst: str = ""
    worst_local: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """When a session of so many hours may begin on a date.

    ``starts`` are those with everybody inside decent hours, the most convenient first. Where there is none, ``apart``
    holds the pairs of participants without a common slot (none where only all together have none) and ``compromise`` is
    the start with the fewest minutes outside decent hours.
    """

    starts: tuple[Start, ...]
    apart: tuple[tuple[str, str], ...] = ()
    compromise: Start | None = None


def zone(name: str) -> ZoneInfo:
    """Return a time zone by its name in the IANA database. Raises TimetableError naming one that does not exist."""
    with suppress(ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder
        if name:
            return ZoneInfo(name)
    raise TimetableError("time zone {name} does not exist (Europe/Vienna does)", name=repr(name))


def decent_hours(
    day: date, zones: Mapping[str, str], *, length: int = 1, decent: Hours = Hours(), preferred: Hours | None = None
) -> Session:
    """Return when a session of ``length`` hours may begin on a date (UTC); ``zones``: participant → name of a zone.

    Raises TimetableError for an unknown zone, naming the participant, for nobody, and for hours that are none.
    """
    places = _places(zones)
    liked = preferred or Hours(*PREFERRED)
    for kind, hours in (("decent", decent), ("preferred", liked)):
        if not 0 <= hours.first < hours.last <= HOURS:
            raise TimetableError(
                "{kind} hours: {first} to {last} is no part of a day", kind=kind, first=hours.first, last=hours.last
            )
    if not 1 <= length <= HOURS:
        raise TimetableError("length: a session of {hours} hours; from 1 to {most}", hours=length, most=HOURS)
    every = [_start(day, hour, places, length, (decent, liked)) for hour in range(HOURS)]
    good = sorted((one for one in every if not one.indecent), key=lambda one: (one.unpreferred, one.at))
    if good:
        return Session(tuple(good))
    apart = tuple(
        pair
        for pair in combinations(sorted(places), 2)
        if all(_start(day, hour, _some(places, pair), length, (decent, liked)).indecent for hour in range(HOURS))
    )
    return Session((), apart, min(every, key=lambda one: (one.indecent, one.unpreferred, one.at)))


def in_words(session: Session) -> str:
    """Return what is the matter where a session has no common slot, in a sentence; empty where it has one."""
    if session.compromise is None:
        return ""
    pairs = ", ".join(f"{first} and {second}" for first, second in session.apart)
    best = session.compromise
    why = f"{pairs} have no hour in common" if pairs else "any two have an hour in common, all together have none"
    hours = f"{best.at:%H:%M} UTC is {best.indecent} minutes outside decent hours"
    return f"{why}; least bad: {hours}, for {best.worst} it begins at {best.worst_local}"


def meets(day: date, zones: Mapping[str, str], *, length: int, known: dict[tuple[object, ...], bool]) -> bool:
    """Whether the participants have a common slot on a date; ``known`` keeps answers by how far apart they are."""
    if not zones:
        return True
    noon = datetime.combine(day, time(HOURS // 2), UTC)
    key = (length, *sorted({str(noon.astimezone(zone(name)).utcoffset()) for name in zones.values()}))
    if key not in known:
        known[key] = bool(decent_hours(day, zones, length=length).starts)
    return known[key]


def check_zones(zones: Mapping[str, str]) -> None:
    """Raise TimetableError naming the first participant whose zone does not exist."""
    if zones:
        _places(zones)


def _places(zones: Mapping[str, str]) -> dict[str, ZoneInfo]:
    if not zones:
        raise TimetableError("session: nobody takes part")
    places = {}
    for who, name in zones.items():
        try:
            places[who] = zone(name)
        except TimetableError:
            raise TimetableError(
                "{who}: time zone {name} does not exist (Europe/Vienna does)", who=who, name=repr(name)
            ) from None
    return places


def _some(places: Mapping[str, ZoneInfo], who: Sequence[str]) -> dict[str, ZoneInfo]:
    return {one: places[one] for one in who}


def _start(day: date, hour: int, places: Mapping[str, ZoneInfo], length: int, hours: tuple[Hours, Hours]) -> Start:
    begins = datetime.combine(day, time(hour), UTC)
    decent, liked = hours
    outside = {who: _outside(begins, place, length, decent) for who, place in places.items()}
    unliked = sum(_outside(begins, place, length, liked) for place in places.values())
    worst = max(sorted(outside), key=lambda who: outside[who])
    if not outside[worst]:
        return Start(begins, unliked, 0)
    local = f"{begins.astimezone(places[worst]):%H:%M}"
    return Start(begins, unliked, sum(outside.values()), worst, local)


def _outside(begins: datetime, place: ZoneInfo, length: int, hours: Hours) -> int:
    """Return how many minutes of a session lie outside somebody's hours; each quarter of an hour is looked at."""
    quarter = 15  # offsets from UTC are whole quarters of an hour today
    return sum(
        quarter
        for minute in range(0, length * MINUTES, quarter)
        if not hours.first <= (begins + timedelta(minutes=minute)).astimezone(place).hour < hours.last
    )
