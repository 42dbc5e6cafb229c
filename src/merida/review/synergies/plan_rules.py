"""The rules of a timetable as its planner chooses them: read from fields, checked one by one, kept as JSON. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any, Self

from merida.rules.timetable.instance import DISTANCE, FORMS, VIRTUAL, VISIT, Mode, TimetableError
from merida.rules.timetable.lengths import Form, Length, modes_between
from merida.rules.timetable.zones import zone

MOST_OFFICERS, MOST_VISITS, MOST_DISTANCE, MOST_STAGE, MOST_WINDOW, MOST_SECONDS = 1000, 100, 104, 104, 520, 3600
MOST_SESSION_HOURS = 12
MOST_MOVED = 52  # weeks that a visit of another mechanism may be asked to move
MOST_DAYS = 4  # Monday to Thursday: days of rest nowhere
CODE_LENGTH = 2  # of a language
THREE = 3  # least, usual, most
MAPPINGS = ("languages", "capacity_of_month", "officers_of_language", "interpreters", "distances", "zones")


class PlanError(ValueError):
    """The timetable cannot be so; the message names the item and what is wrong with it. Nothing was stored.

    ``template`` filled with ``values`` is the English message; readers are told the translated template.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values) if values else template)


class PlanClashesError(PlanError):
    """A timetable breaks rules as it stands; ``found`` holds for each the rule, the Monday and what is concerned."""

    def __init__(self, words: str, found: Sequence[tuple[str, date | None, Sequence[str]]]) -> None:
        super().__init__("{words}", words=words)
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class BlockedSpan:
    """Days during which no visit takes place, the last one included, and why."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class BusySpan:
    """Days on which a State cannot send its experts, the last one included, and why; it could be visited."""

    state: str
    first: date
    last: date
    reason: str


USUAL_LENGTHS = (Mode(12, 10, 0), Mode(9, 10, 2), Mode(9, 8, 4))  # weeks: desk review of three months, or hurried


@dataclass(frozen=True, slots=True)
class Rules:
    """What a timetable has to keep.

    ``capacity`` officers a week, ``capacity_of_month`` those of single months (``2027-08``); ``window_weeks`` from the
    beginning of its year within which a review's visit lies; ``visit_days`` from Monday on; ``languages`` by State,
    ``language`` where none is known; ``seconds`` for the solver. A visit never lies on a State's public holidays where
    ``with_holidays``.

    Stages take the ``stage_lengths``, or any length between the least and the most where ``desk_lengths`` and
    ``report_lengths`` give least, usual and most weeks. ``forms``: ways to hold the dialogue. ``officers_of_language``
    and ``interpreters`` (sessions) are by language, or by month and language (``2027-08 zh``), a week;
    ``interpreters`` take the place of ``visits_a_language``. ``distances`` are by mechanism, for ``distance_weeks``.
    ``movable_weeks``: how far a visit that another mechanism calls movable may be planned away from its week.
    ``zones`` are by State, for sessions at a distance of ``session_hours``. ``with_joint``: whether this side seeks
    joint visits with mechanisms that welcome them.
    """

    capacity: int = 20
    capacity_of_month: Mapping[str, int] = field(default_factory=dict)
    visits_at_once: int = 3
    visits_a_language: int = 2
    distance_weeks: int = DISTANCE
    window_weeks: int = 70
    visit_days: int = 3
    stage_lengths: tuple[Mode, ...] = USUAL_LENGTHS
    blocked: tuple[BlockedSpan, ...] = ()
    with_holidays: bool = True
    language: str = "en"
    languages: Mapping[str, str] = field(default_factory=dict)
    seconds: int = 60
    desk_lengths: tuple[int, ...] = ()
    report_lengths: tuple[int, ...] = ()
    forms: tuple[Form, ...] = (Form(),)
    officers_of_language: Mapping[str, int] = field(default_factory=dict)
    interpreters: Mapping[str, int] = field(default_factory=dict)
    distances: Mapping[str, int] = field(default_factory=dict)
    movable_weeks: int = 0
    busy: tuple[BusySpan, ...] = ()
    zones: Mapping[str, str] = field(default_factory=dict)
    session_hours: int = 2
    with_joint: bool = True

    def __post_init__(self) -> None:
        """Raise PlanError for the first rule that no plan could keep."""
        least = 2 if not self.capacity_of_month else 0
        _between("capacity", self.capacity, least, MOST_OFFICERS)
        for month, officers in self.capacity_of_month.items():
            _check_month(month)
            _between(f"capacity of {month}", officers, 0, MOST_OFFICERS)
        _between("visits_at_once", self.visits_at_once, 1, MOST_VISITS)
        _between("visits_a_language", self.visits_a_language, 1, MOST_VISITS)
        _between("distance_weeks", self.distance_weeks, 0, MOST_DISTANCE)
        _between("window_weeks", self.window_weeks, 1, MOST_WINDOW)
        _between("visit_days", self.visit_days, 1, MOST_DAYS)
        _between("seconds", self.seconds, 1, MOST_SECONDS)
        self._check_lengths()
        self._check_forms()
        self._check_by_language()
        self._check_elsewhere()
        self._check_days()

    def _check_days(self) -> None:
        for span in self.blocked:
            if span.last < span.first:
                what = span.reason or str(span.first)
                raise PlanError("blocked: {what} ends on {last}, before it begins", what=what, last=span.last)
        for state, code in {**self.languages, "": self.language}.items():
            if len(code) != CODE_LENGTH or not code.isascii() or not code.isalpha():
                raise PlanError("languages: {code!r} is no code of two letters", code=f"{state} {code}".strip())
        for one in self.busy:
            if one.last < one.first:
                raise PlanError("busy: {state} ends on {last}, before it begins", state=one.state, last=one.last)

    def _check_elsewhere(self) -> None:
        _between("movable_weeks", self.movable_weeks, 0, MOST_MOVED)
        _between("session_hours", self.session_hours, 1, MOST_SESSION_HOURS)
        for mechanism, weeks in self.distances.items():
            _between(f"distances: {mechanism}", weeks, 0, MOST_DISTANCE)
        for state, name in self.zones.items():
            try:
                zone(name)
            except TimetableError:
                raise PlanError("zones: {state}: there is no time zone {name!r}", state=state, name=name) from None

    def _check_lengths(self) -> None:
        if not self.stage_lengths and not self.desk_lengths:
            raise PlanError("stage_lengths: none are given")
        for mode in self.stage_lengths:
            _between("stage_lengths: desk review", mode.desk, 0, MOST_STAGE)
            _between("stage_lengths: reporting", mode.report, 0, MOST_STAGE)
            _between("stage_lengths: cost", mode.cost, 0, MOST_OFFICERS)
        if bool(self.desk_lengths) != bool(self.report_lengths):
            raise PlanError("desk_lengths: those of desk review and of reporting are given together, or neither")
        for name in ("desk_lengths", "report_lengths"):
            lengths = getattr(self, name)
            if lengths and (len(lengths) != THREE or sorted(lengths) != list(lengths)):
                given = " ".join(map(str, lengths))
                raise PlanError("{name}: {given} is not least, usual and most, in this order", name=name, given=given)
            for weeks in lengths:
                _between(name, weeks, 0, MOST_STAGE)

    def _check_forms(self) -> None:
        if not self.forms:
            raise PlanError("forms: none is given")
        for form in self.forms:
            if form.kind not in FORMS:
                raise PlanError("forms: {kind!r} is none of {known}", kind=form.kind, known=", ".join(FORMS))
            _between(f"forms: {form.kind}", form.cost, 0, MOST_OFFICERS)
            if form.kind == VISIT and form.later:
                raise PlanError("forms: a visit is held in one week; later sessions are those of other forms")
            if len(set(form.later)) < len(form.later) or any(week < 1 for week in form.later):
                raise PlanError("forms: {kind}: later sessions lie in different weeks, from 1 on", kind=form.kind)
        if not self.modes:
            latest = max(chain.from_iterable(form.later for form in self.forms), default=0)
            raise PlanError("forms: a session {latest} weeks later lies after every reporting stage", latest=latest)

    def _check_by_language(self) -> None:
        for name, most in (("officers_of_language", MOST_OFFICERS), ("interpreters", MOST_VISITS)):
            for key, count in getattr(self, name).items():
                *month, code = key.split() or [""]
                if month:
                    _check_month(month[0])
                if len(month) > 1 or len(code) != CODE_LENGTH or not code.isascii() or not code.isalpha():
                    raise PlanError("{name}: {key!r} is no language, and no month with one", name=name, key=key)
                _between(f"{name}: {key}", count, 0, most)

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The choices of lengths and forms that the solver has; those in which every later session finds room."""
        if self.desk_lengths:
            try:
                return modes_between(Length(*self.desk_lengths), Length(*self.report_lengths), forms=self.forms)
            except TimetableError:
                return ()
        return tuple(
            Mode(one.desk, one.report, one.cost + form.cost, form.kind, form.later)
            for form in self.forms
            for one in self.stage_lengths
            if all(week <= one.report for week in form.later)
        )

    def weeks_from(self, mechanism: str) -> int:
        """Return how many weeks lie at least between a visit and one of another mechanism."""
        return self.distances.get(mechanism, self.distance_weeks)

    @property
    def at_distance(self) -> bool:
        """Whether a dialogue may be held at a distance, so that the hours of the day matter."""
        return any(form.kind == VIRTUAL for form in self.forms)

    @property
    def longest_report(self) -> int:
        """Weeks of the longest reporting stage."""
        return max(mode.report for mode in self.modes)

    def by_language(self, name: str, code: str, day: date, otherwise: int) -> int:
        """Return how many ``officers_of_language`` or ``interpreters`` there are in the month of a day."""
        given: Mapping[str, int] = getattr(self, name)
        return given.get(f"{day:%Y-%m} {code}", given.get(code, otherwise))

    def kept(self) -> dict[str, Any]:
        """Return the rules as JSON holds them; ``read`` takes them back."""
        content = asdict(self)
        content["blocked"] = [[one.first.isoformat(), one.last.isoformat(), one.reason] for one in self.blocked]
        content["stage_lengths"] = [[one.desk, one.report, one.cost] for one in self.stage_lengths]
        content["forms"] = [[one.kind, list(one.later), one.cost] for one in self.forms]
        content["busy"] = [[one.state, one.first.isoformat(), one.last.isoformat(), one.reason] for one in self.busy]
        content |= {name: list(getattr(self, name)) for name in ("desk_lengths", "report_lengths")}
        return content | {name: dict(getattr(self, name)) for name in MAPPINGS}

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        """Return the rules that ``kept`` gave."""
        blocked = tuple(
            BlockedSpan(date.fromisoformat(first), date.fromisoformat(last), reason)
            for first, last, reason in content["blocked"]
        )
        read: dict[str, Any] = {**content, "blocked": blocked}
        read["stage_lengths"] = tuple(Mode(*one) for one in content["stage_lengths"])
        read |= {name: tuple(content[name]) for name in ("desk_lengths", "report_lengths") if name in content}
        if "forms" in content:
            read["forms"] = tuple(Form(kind, tuple(later), cost) for kind, later, cost in content["forms"])
        if "busy" in content:
            read["busy"] = tuple(
                BusySpan(state, date.fromisoformat(first), date.fromisoformat(last), reason)
                for state, first, last, reason in content["busy"]
            )
        return cls(**read)

    def changed(self, **values: Any) -> "Rules":
        """Return the rules with some of them changed. Raises PlanError."""
        return replace(self, **values)

    def capacity_by_week(self, first_monday: date, weeks: int) -> tuple[int, ...]:
        """Return how many officers there are in each week."""
        return tuple(self.officers(first_monday + timedelta(weeks=week)) for week in range(weeks))

    def officers(self, day: date) -> int:
        """Return how many officers there are in the month of a day."""
        return self.capacity_of_month.get(f"{day:%Y-%m}", self.capacity)


#: By what would have to give: the number among the rules that says how much there may be.
LIMITS = {"VISITS_AT_ONCE": "visits_at_once", "LANGUAGE": "visits_a_language", "CAPACITY": "capacity"}


def relaxed(rules: Rules, obstacles: Sequence[Mapping[str, Any]]) -> Rules:
    """Return the rules with their numbers so much larger that the obstacles are gone; the same where no number does it.

    ``obstacles`` are those kept with a plan: rule, item, amount. A number that holds for single months or languages
    only is nobody's to enlarge here.
    """
    most: dict[str, int] = {}
    for one in obstacles:
        name = LIMITS.get(one["rule"], "")
        if not name or (name == "capacity" and rules.capacity_of_month) or one["item"] in rules.interpreters:
            return rules
        most[name] = max(most.get(name, 0), int(one["amount"]))
    larger: dict[str, Any] = {name: getattr(rules, name) + more for name, more in most.items()}
    return replace(rules, **larger)


def differences(before: Rules, after: Rules) -> list[str]:
    """Return the names of the rules that differ, in their order."""
    old, new = before.kept(), after.kept()
    return [name for name in old if old[name] != new[name]]


def _between(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise PlanError(
            "{name}: {value} does not lie between {least} and {most}", name=name, value=value, least=least, most=most
        )


def _check_month(month: str) -> None:
    try:
        date.fromisoformat(f"{month}-01")
    except ValueError:
        raise PlanError("capacity_of_month: {month!r} is no month such as 2027-08", month=month) from None
