"""A cycle's timetable as its readers see it: reviews, visits of other mechanisms, holidays, load by month. Pure.

Every span of days includes its last day. States are ISO codes of three letters, groups and mechanisms codes of the
registry; names and words of the reader's language are the page's matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from merida.rules.timetable.instance import VISIT


@dataclass(frozen=True, slots=True)
class Bar:
    """One review: desk review from ``desk_first`` until the visit, reporting from the visit to ``report_last``.

    ``group`` is ``""`` for a State without a regional group, ``officer`` ``""`` where nobody is named yet. A ``locked``
    review is agreed and stays where it is when the plan is made anew. ``form`` is the code of its dialogue's form,
    ``later`` the spans of sessions after the first.
    """

    code: str
    state: str
    group: str
    mechanism: str
    reviewers: tuple[str, ...]
    officer: str
    language: str
    desk_first: date
    visit_first: date
    visit_last: date
    report_last: date
    locked: bool = False
    form: str = VISIT
    later: tuple[tuple[date, date], ...] = ()

    @property
    def sessions(self) -> tuple[tuple[date, date], ...]:
        """The spans of all sessions; one for a visit."""
        return ((self.visit_first, self.visit_last), *self.later)


@dataclass(frozen=True, slots=True)
class OtherBar:
    """A visit of another mechanism to one of the States; ``kind`` and ``firmness`` are the codes of visits."""

    state: str
    mechanism: str
    first: date
    last: date
    kind: str
    firmness: str


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """The work of one month, ``month`` being its first day.

    ``load`` and ``capacity`` are counted in weeks of an officer's work, ``visits`` are those that begin in the month,
    each session of a dialogue for itself.
    """

    month: date
    load: int
    capacity: int
    visits: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan: ``first`` is the Monday of its first week, ``last`` the last day of its last week.

    ``holidays``: public holidays by State; ``blocked``: spans during which no visit takes place, with their reason.
    ``cost`` is the plan's, ``bound`` what no plan can fall below, ``gap`` the share between them (0.01 = 1 %); None
    where no solver made the plan. ``state`` is the code of where the plan stands. ``allowed``: by review the days
    between which the rules of the cycle let its visit fall; without an entry, the whole plan. ``distance_weeks`` is the
    least between two visits to one State; ``visits_at_once`` and ``visits_a_language`` the most in one week, 0 where
    no limit is set. ``kept_back`` counts the reviews that are left out because their States have not opened them.
    """

    title: str
    uuid: UUID
    first: date
    last: date
    bars: tuple[Bar, ...]
    others: tuple[OtherBar, ...] = ()
    holidays: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    blocked: tuple[tuple[date, date, str], ...] = ()
    months: tuple[MonthLoad, ...] = ()
    cost: int | None = None
    bound: int | None = None
    gap: float | None = None
    state: str = ""
    published: bool = False
    is_sample: bool = False
    allowed: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    distance_weeks: int = 8
    visits_at_once: int = 0
    visits_a_language: int = 0
    kept_back: int = 0
