"""What is to be planned: reviews, the weeks they may take, and everything they must not collide with.

Weeks are counted from 0, the week of ``first_monday``. All values are whole numbers; costs have no unit but one
week of delay, which costs 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DISTANCE = 8  # weeks between two visits to one State, unless an instance says otherwise
MISSED_JOINT = 12
MOST_COST = 10_000  # of one choice of lengths; far below what breaking a rule is priced at
DESK_LOAD, VISIT_LOAD, REPORT_LOAD = 1, 2, 1  # officers that a review binds in a week


class TimetableError(ValueError):
    """The instance or the plan cannot be used; the message names the item and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Mode:
    """Lengths that the stages may take together: weeks of desk review before the visit, of reporting after it."""

    desk: int
    report: int
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """A review to be planned; its visit falls into one week from ``release`` to ``latest``, both included."""

    code: str
    state: str
    reviewers: tuple[str, ...]
    language: str
    release: int
    latest: int
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class OtherVisit:
    """A visit of another mechanism to a State; where ``joint`` the same week is welcome, else it is a clash."""

    state: str
    mechanism: str
    week: int
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Instance:
    """Everything a plan depends on.

    ``capacity`` officers by week; ``closed`` weeks by State (public holidays); ``blocked`` weeks for all (meetings,
    year end); ``visits_at_once`` and ``visits_a_language`` per week; ``locks`` review code → week already agreed.
    """

    first_monday: date
    capacity: tuple[int, ...]
    reviews: tuple[Review, ...]
    others: tuple[OtherVisit, ...] = ()
    blocked: frozenset[int] = frozenset()
    closed: Mapping[str, frozenset[int]] = field(default_factory=dict)
    visits_at_once: int = 3
    visits_a_language: int = 1
    distance: int = DISTANCE
    locks: Mapping[str, int] = field(default_factory=dict)

    @property
    def weeks(self) -> int:
        """How many weeks the plan spans."""
        return len(self.capacity)

    def monday(self, week: int) -> date:
        """Return the first day of a week."""
        return self.first_monday + timedelta(weeks=week)


@dataclass(frozen=True, slots=True)
class Planned:
    """Where one review stands in a plan: the week of its visit and the lengths of its stages."""

    code: str
    week: int
    mode: Mode


def unused(instance: Instance) -> list[str]:
    """Return States with holidays or visits that no review of the instance concerns: right, or a code misspelt."""
    under_review = {one.state for one in instance.reviews}
    concerned = under_review | {state for one in instance.reviews for state in one.reviewers}
    visited = {one.state for one in instance.others} - under_review
    return [f"closed {state}" for state in sorted(set(instance.closed) - concerned)] + [
        f"other_visits {state}" for state in sorted(visited)
    ]


def check_instance(instance: Instance) -> None:
    """Raise TimetableError naming the first item that no plan could use."""
    if instance.first_monday.weekday() != 0:
        raise TimetableError(f"first_monday: {instance.first_monday.isoformat()} is not a Monday")
    if not instance.reviews:
        raise TimetableError("reviews: there is none to plan")
    if not any(instance.capacity):
        raise TimetableError("capacity: zero in every week, no review can be worked on")
    for name in ("visits_at_once", "visits_a_language"):
        if getattr(instance, name) < 1:
            raise TimetableError(f"{name}: {getattr(instance, name)} allows no visit at all")
    if instance.distance < 0:
        raise TimetableError(f"distance: {instance.distance} weeks; from 0 on")
    _check_reviews(instance)
    for other in instance.others:
        if not 0 <= other.week < instance.weeks:
            where = f"{other.mechanism} visit to {other.state}"
            raise TimetableError(f"others: {where} in week {other.week}, outside the {instance.weeks} weeks planned")
    for code, week in instance.locks.items():
        _check_lock(instance, code, week)
    _check_locks_together(instance)


def _check_reviews(instance: Instance) -> None:
    seen = set[str]()
    for review in instance.reviews:
        if review.code in seen:
            raise TimetableError(f"reviews: {review.code} stands twice")
        seen.add(review.code)
        if not 0 <= review.release <= review.latest < instance.weeks:
            span = f"weeks {review.release} to {review.latest}"
            raise TimetableError(f"{review.code}: {span} do not lie within the {instance.weeks} weeks planned")
        if review.state in review.reviewers:
            raise TimetableError(f"{review.code}: {review.state} reviews itself")
        if len(set(review.reviewers)) < len(review.reviewers):
            raise TimetableError(f"{review.code}: a reviewer stands twice among {', '.join(review.reviewers)}")
        if not review.modes:
            raise TimetableError(f"{review.code}: no lengths of stages are given")
        if any(mode.desk < 0 or mode.report < 0 or mode.cost < 0 for mode in review.modes):
            raise TimetableError(f"{review.code}: a stage is shorter than nothing")
        if any(mode.cost > MOST_COST for mode in review.modes):
            raise TimetableError(f"{review.code}: a cost above {MOST_COST}")


def _check_lock(instance: Instance, code: str, week: int) -> None:
    review = next((one for one in instance.reviews if one.code == code), None)
    if review is None:
        raise TimetableError(f"locks: {code} is no review of this plan")
    if not review.release <= week <= review.latest:
        raise TimetableError(f"locks: {code} in week {week}, outside its weeks {review.release} to {review.latest}")


def _check_locks_together(instance: Instance) -> None:
    busy = dict[tuple[int, str], str]()
    for review in instance.reviews:
        week = instance.locks.get(review.code)
        for state in (review.state, *review.reviewers) if week is not None else ():
            first = busy.setdefault((week or 0, state), review.code)
            if first != review.code:
                raise TimetableError(f"locks: {first} and {review.code} both take {state} in week {week}")
