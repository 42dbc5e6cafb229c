"""Instances as data: days and names from a file, turned into weeks, with errors that name the item."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeGuard

from merida.rules.timetable.instance import (
    DISTANCE,
    FORMS,
    MOVED_OTHER,
    VISIT,
    Instance,
    Mode,
    OtherVisit,
    Review,
    TimetableError,
    check_instance,
)
from merida.rules.timetable.lengths import DRAWN_OUT, HASTE, Form, Length, modes_between
from merida.rules.timetable.zones import check_zones

MOST_WEEKS = 1000
MOST_NUMBER = 100_000  # of any count; what is larger is a slip of the pen, and too large for the solver
MODE_FIELDS = frozenset({"desk", "report", "cost", "form", "later_sessions"})
STAGE_FIELDS = frozenset({"desk", "report", "forms", "haste", "drawn_out"})
FORM_FIELDS = frozenset({"form", "later_sessions", "cost"})
REVIEW_FIELDS = frozenset(
    {"code", "state", "reviewers", "language", "earliest", "latest", "stage_lengths", "stages", "joint", "subjects"}
)
VISIT_FIELDS = frozenset({"mechanism", "state", "day", "joint", "subjects", "earliest", "latest", "move_cost"})
FIELDS = frozenset(
    {
        *("first_monday", "weeks", "capacity", "stage_lengths", "reviews", "other_visits", "blocked", "closed"),
        *("distance_weeks", "visits_at_once", "visits_a_language", "locks", "stages", "busy", "distances"),
        *("interpreters", "officers", "zones", "session_hours"),
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
    modes = _modes(top)
    instance = Instance(
        first_monday=monday,
        capacity=_by_week(top.data.get("capacity"), "the instance: capacity", place),
        reviews=tuple(_review(one, place, modes) for one in top.entries("reviews", REVIEW_FIELDS)),
        others=tuple(_other(one, place) for one in top.entries("other_visits", VISIT_FIELDS, empty=True)),
        blocked=frozenset(place.of(day, "blocked") for day in top.values("blocked", empty=True)),
        closed=_by_state(top, "closed", place),
        busy=_by_state(top, "busy", place),
        distances=_distances(top),
        zones=_zones(top),
        session_hours=top.number("session_hours", 2),
        interpreters={
            one: _by_week(few, f"interpreters {one}", place) for one, few in top.object("interpreters").items()
        },
        officers={one: _by_week(few, f"officers {one}", place) for one, few in top.object("officers").items()},
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
            last = self.monday + timedelta(weeks=self.weeks, days=-1)
            raise TimetableError(f"{where}: {day} lies outside the timetable, {self.monday} to {last}")
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
        if not isinstance(value, kind) or (kind is int and not _is_count(value)):
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

    def truth(self, name: str, *, usual: bool) -> bool:
        value = self.data.get(name, usual)
        if not isinstance(value, bool):
            raise TimetableError(f"{self.where}: {name} is true or false, not {value!r:.80}")
        return value

    def form(self) -> str:
        value: str = self._get("form", str, VISIT)
        if value not in FORMS:
            raise TimetableError(f"{self.where}: form {value!r:.80} is none of {', '.join(FORMS)}")
        return value

    def sessions(self) -> tuple[int, ...]:
        found = self.values("later_sessions", empty=True)
        if any(not _is_count(one) or one < 1 for one in found):
            raise TimetableError(f"{self.where}: later_sessions are weeks after the first, from 1 on")
        return tuple(found)

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


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_NUMBER


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise TimetableError(f"{where}: {value!r} is not a day of the calendar (2027-03-01 is)") from None


def _by_state(top: _Entry, name: str, place: _Weeks) -> dict[str, frozenset[int]]:
    return {
        state: frozenset(place.of(day, f"{name} {state}") for day in days) for state, days in top.lists(name).items()
    }


def _zones(top: _Entry) -> dict[str, str]:
    found = top.object("zones")
    for state, name in found.items():
        if not isinstance(name, str):
            raise TimetableError(f"zones {state}: the name of a time zone is wanted, not {name!r:.80}")
    check_zones(found)
    return found


def _distances(top: _Entry) -> dict[str, int]:
    found = top.object("distances")
    for mechanism, weeks in found.items():
        if not _is_count(weeks):
            raise TimetableError(f"distances {mechanism}: a number of weeks is wanted, not {weeks!r:.80}")
    return found


def _by_week(value: object, where: str, place: _Weeks) -> tuple[int, ...]:
    """Return a number for each week, from one for all, one for each, or one for each month ("2027-01")."""
    many = _months(value, where, place) if isinstance(value, dict) else value
    many = [value] * place.weeks if isinstance(value, int) else many
    if not isinstance(many, list) or any(not _is_count(one) or one < 0 for one in many):
        raise TimetableError(f"{where} is a number, or one number for each week or month, from 0 to {MOST_NUMBER}")
    if len(many) != place.weeks:
        raise TimetableError(f"{where} has {len(many)} numbers for {place.weeks} weeks")
    return tuple(many)


def _months(value: Mapping[str, object], where: str, place: _Weeks) -> list[object]:
    mondays = [place.monday + timedelta(weeks=week) for week in range(place.weeks)]
    months = [f"{monday:%Y-%m}" for monday in mondays]
    odd = sorted(set(value) - set(months))
    if odd:
        raise TimetableError(
            f"{where}: {odd[0]!r} is no month of the {place.weeks} weeks planned (2027-01 is written so)"
        )
    missing = next((month for month in months if month not in value), None)
    if missing is not None:
        raise TimetableError(f"{where}: the month {missing} is missing")
    return [value[month] for month in months]


def _modes(entry: _Entry) -> tuple[Mode, ...]:
    """Return the choices of lengths of an entry, listed or between least and most; none where it has neither."""
    listed = tuple(_mode(one) for one in entry.entries("stage_lengths", MODE_FIELDS, empty=True))
    return listed + (_between(entry) if "stages" in entry.data else ())


def _mode(entry: _Entry) -> Mode:
    return Mode(entry.number("desk"), entry.number("report"), entry.number("cost", 0), entry.form(), entry.sessions())


def _between(entry: _Entry) -> tuple[Mode, ...]:
    stages = _Entry(entry.data["stages"], f"{entry.where}: stages", STAGE_FIELDS)
    forms = tuple(
        Form(one.form(), one.sessions(), one.number("cost", 0))
        for one in stages.entries("forms", FORM_FIELDS, empty=True)
    )
    haste, drawn_out = stages.number("haste", HASTE), stages.number("drawn_out", DRAWN_OUT)
    try:
        desk, report = _length(stages, "desk"), _length(stages, "report")
        return modes_between(desk, report, forms=forms or (Form(),), haste=haste, drawn_out=drawn_out)
    except TimetableError as error:
        raise TimetableError(f"{stages.where}: {error}") from None


def _length(stages: _Entry, name: str) -> Length:
    found = stages.values(name)
    if len(found) != 3 or not all(map(_is_count, found)):  # noqa: PLR2004
        raise TimetableError(f"{name}: three numbers of weeks are wanted (least, usual, most), not {found!r:.80}")
    return Length(*found)


def _review(entry: _Entry, place: _Weeks, usual: tuple[Mode, ...]) -> Review:
    code = entry.text("code")
    named = _Entry(entry.data, f"reviews {code}", REVIEW_FIELDS)
    return Review(
        code=code,
        state=named.text("state"),
        reviewers=named.texts("reviewers"),
        language=named.text("language"),
        release=place.of(named.day("earliest"), f"reviews {code}: earliest"),
        latest=place.of(named.day("latest"), f"reviews {code}: latest"),
        modes=_modes(named) or usual,
        joint=named.truth("joint", usual=True),
        subjects=frozenset(named.texts("subjects")),
    )


def _other(entry: _Entry, place: _Weeks) -> OtherVisit:
    first, last = (
        place.of(entry.day(name), f"{entry.where}: {name}") if name in entry.data else None
        for name in ("earliest", "latest")
    )
    return OtherVisit(
        entry.text("state"),
        entry.text("mechanism"),
        place.of(entry.day("day"), f"{entry.where}: day"),
        entry.truth("joint", usual=False),
        subjects=frozenset(entry.texts("subjects")),
        earliest=first,
        latest=last,
        move_cost=entry.number("move_cost", MOVED_OTHER),
    )
