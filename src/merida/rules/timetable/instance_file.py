"""Instances as data: days and names from a file, turned into weeks, with errors that name the item."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from merida.rules.timetable.instance import DISTANCE, Instance, Mode, OtherVisit, Review, TimetableError, check_instance

MOST_WEEKS = 1000
MODE_FIELDS = frozenset({"desk", "report", "cost"})
REVIEW_FIELDS = frozenset({"code", "state", "reviewers", "language", "earliest", "latest", "stage_lengths"})
VISIT_FIELDS = frozenset({"mechanism", "state", "day", "joint"})
FIELDS = frozenset(
    {
        *("first_monday", "weeks", "capacity", "stage_lengths", "reviews", "other_visits", "blocked", "closed"),
        *("distance_weeks", "visits_at_once", "visits_a_language", "locks"),
    }
)


def read_instance(data: object) -> Instance:
    """Return the instance that a JSON object describes (docs/reference/timetable-instance.md).

    Raises TimetableError naming the entry and the field that is missing, of the wrong kind or impossible.
    """
    top = _Entry(data, "the instance", FIELDS)
    monday = top.day("first_monday")
    weeks = top.number("weeks")
    if not 0 < weeks <= MOST_WEEKS:
        raise TimetableError(f"the instance: weeks must be from 1 to {MOST_WEEKS}, not {weeks}")
    place = _Weeks(monday, weeks)
    modes = tuple(_mode(one) for one in top.entries("stage_lengths", MODE_FIELDS))
    closed = {
        state: frozenset(place.of(day, f"closed {state}") for day in days)
        for state, days in top.lists("closed").items()
    }
    instance = Instance(
        first_monday=monday,
        capacity=_capacity(top, weeks),
        reviews=tuple(_review(one, place, modes) for one in top.entries("reviews", REVIEW_FIELDS)),
        others=tuple(_other(one, place) for one in top.entries("other_visits", VISIT_FIELDS, empty=True)),
        blocked=frozenset(place.of(day, "blocked") for day in top.values("blocked", empty=True)),
        closed=closed,
        visits_at_once=top.number("visits_at_once", 3),
        visits_a_language=top.number("visits_a_language", 1),
        distance=top.number("distance_weeks", DISTANCE),
        locks={code: place.of(day, f"locks {code}") for code, day in top.object("locks").items()},
    )
    check_instance(instance)
    return instance


class _Weeks:
    """Days as weeks of the plan."""

    def __init__(self, monday: date, weeks: int) -> None:
        self.monday, self.weeks = monday, weeks

    def of(self, day: object, where: str) -> int:
        """Return the week of a day. Raises TimetableError for no day and for one outside the plan."""
        week = (_day(day, where) - self.monday).days // 7
        if not 0 <= week < self.weeks:
            raise TimetableError(f"{where}: {day} lies outside the {self.weeks} weeks planned")
        return week


class _Entry:
    """One JSON object, read field by field."""

    def __init__(self, data: object, where: str, fields: frozenset[str]) -> None:
        if not isinstance(data, dict):
            raise TimetableError(f"{where}: an object with fields is wanted, not {data!r:.80}")
        odd = sorted(set(data) - fields)
        if odd:
            raise TimetableError(f"{where}: {odd[0]!r} is no field of it; {', '.join(sorted(fields))} are")
        self.data: Mapping[str, Any] = data
        self.where = where

    def _get(self, name: str, kind: type[Any], default: Any = None) -> Any:
        value = self.data.get(name, default)
        if value is None:
            raise TimetableError(f"{self.where}: {name} is missing")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TimetableError(f"{self.where}: {name} cannot be {value!r:.80}")
        return value

    def text(self, name: str) -> str:
        value: str = self._get(name, str)
        if not value.strip():
            raise TimetableError(f"{self.where}: {name} is empty")
        return value

    def number(self, name: str, default: int | None = None) -> int:
        value: int = self._get(name, int, default)
        return value

    def day(self, name: str) -> date:
        return _day(self._get(name, str), f"{self.where}: {name}")

    def values(self, name: str, *, empty: bool = False) -> list[Any]:
        value: list[Any] = self._get(name, list, [] if empty else None)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.values(name, empty=True)
        for one in found:
            if not isinstance(one, str) or not one.strip():
                raise TimetableError(f"{self.where}: {name} holds {one!r:.80}, which is no code")
        return tuple(found)

    def entries(self, name: str, fields: frozenset[str], *, empty: bool = False) -> list["_Entry"]:
        return [
            _Entry(one, f"{name} {place}", fields) for place, one in enumerate(self.values(name, empty=empty), start=1)
        ]

    def object(self, name: str) -> dict[str, Any]:
        value: dict[str, Any] = self._get(name, dict, {})
        return value

    def lists(self, name: str) -> dict[str, list[Any]]:
        found = self.object(name)
        for key, value in found.items():
            if not isinstance(value, list):
                raise TimetableError(f"{name} {key}: a list of days is wanted, not {value!r:.80}")
        return found


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise TimetableError(f"{where}: {value!r} is not a day of the calendar (2027-03-01 is)") from None


def _capacity(top: _Entry, weeks: int) -> tuple[int, ...]:
    value = top.data.get("capacity")
    many = [value] * weeks if isinstance(value, int) else value
    if not isinstance(many, list) or any(isinstance(one, bool) or not isinstance(one, int) or one < 0 for one in many):
        raise TimetableError("the instance: capacity is a number of officers, or one number for each week")
    if len(many) != weeks:
        raise TimetableError(f"the instance: capacity has {len(many)} numbers for {weeks} weeks")
    return tuple(many)


def _mode(entry: _Entry) -> Mode:
    return Mode(entry.number("desk"), entry.number("report"), entry.number("cost", 0))


def _review(entry: _Entry, place: _Weeks, usual: tuple[Mode, ...]) -> Review:
    code = entry.text("code")
    named = _Entry(entry.data, f"reviews {code}", REVIEW_FIELDS)
    own = tuple(_mode(one) for one in named.entries("stage_lengths", MODE_FIELDS, empty=True))
    return Review(
        code=code,
        state=named.text("state"),
        reviewers=named.texts("reviewers"),
        language=named.text("language"),
        release=place.of(named.day("earliest"), f"reviews {code}: earliest"),
        latest=place.of(named.day("latest"), f"reviews {code}: latest"),
        modes=own or usual,
    )


def _other(entry: _Entry, place: _Weeks) -> OtherVisit:
    state, joint = entry.text("state"), entry.data.get("joint", False)
    if not isinstance(joint, bool):
        raise TimetableError(f"{entry.where}: joint is true or false, not {joint!r}")
    return OtherVisit(state, entry.text("mechanism"), place.of(entry.day("day"), f"{entry.where}: day"), joint)
