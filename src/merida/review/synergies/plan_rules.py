"""The rules of a timetable as its planner chooses them: read from fields, checked one by one, kept as JSON. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from merida.rules.timetable.instance import DISTANCE, Mode

MOST_OFFICERS, MOST_VISITS, MOST_DISTANCE, MOST_STAGE, MOST_WINDOW, MOST_SECONDS = 1000, 100, 104, 104, 520, 3600
MOST_DAYS = 4  # Monday to Thursday: days of rest nowhere
CODE_LENGTH = 2  # of a language


class PlanError(ValueError):
    """The timetable cannot be so; the message names the item and what is wrong with it. Nothing was stored.

    ``template`` filled with ``values`` is the English message; readers are told the translated template.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template, self.values = template, values
        super().__init__(template.format(**values) if values else template)


@dataclass(frozen=True, slots=True)
class BlockedSpan:
    """Days during which no visit takes place, the last one included, and why."""

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
        if not self.stage_lengths:
            raise PlanError("stage_lengths: none are given")
        for mode in self.stage_lengths:
            _between("stage_lengths: desk review", mode.desk, 0, MOST_STAGE)
            _between("stage_lengths: reporting", mode.report, 0, MOST_STAGE)
            _between("stage_lengths: cost", mode.cost, 0, MOST_OFFICERS)
        for span in self.blocked:
            if span.last < span.first:
                raise PlanError(f"blocked: {span.reason or span.first} ends on {span.last}, before it begins")
        for state, code in {**self.languages, "": self.language}.items():
            if len(code) != CODE_LENGTH or not code.isascii() or not code.isalpha():
                raise PlanError(f"languages: {state} {code!r} is no code of two letters".replace("  ", " "))

    def kept(self) -> dict[str, Any]:
        """Return the rules as JSON holds them; ``read`` takes them back."""
        content = asdict(self)
        content["blocked"] = [[one.first.isoformat(), one.last.isoformat(), one.reason] for one in self.blocked]
        content["stage_lengths"] = [[one.desk, one.report, one.cost] for one in self.stage_lengths]
        return content | {"languages": dict(self.languages), "capacity_of_month": dict(self.capacity_of_month)}

    @classmethod
    def read(cls, content: Mapping[str, Any]) -> Self:
        """Return the rules that ``kept`` gave."""
        blocked = tuple(
            BlockedSpan(date.fromisoformat(first), date.fromisoformat(last), reason)
            for first, last, reason in content["blocked"]
        )
        lengths = tuple(Mode(*one) for one in content["stage_lengths"])
        return cls(**{**content, "blocked": blocked, "stage_lengths": lengths})

    def changed(self, **values: Any) -> "Rules":
        """Return the rules with some of them changed. Raises PlanError."""
        return replace(self, **values)

    def officers(self, day: date) -> int:
        """Return how many officers there are in the month of a day."""
        return self.capacity_of_month.get(f"{day:%Y-%m}", self.capacity)


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
