"""What if: two plans side by side. Pure; no solver."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from merida.rules.timetable.checker import Clash, clashes, cost
from merida.rules.timetable.instance import Instance, Planned
from merida.rules.timetable.model import load

NEAR = 26  # weeks ahead within which people have already made arrangements
WEIGHTS = {True: 3, False: 1}  # of a week by which a near and a distant dialogue moves


@dataclass(frozen=True, slots=True)
class Move:
    """A review that stands elsewhere in the new plan; ``weight``: weeks of the move, three times for near ones.

    ``relengthened``: the stages or the form changed too.
    """

    code: str
    before: int
    after: int
    weight: int
    relengthened: bool = False

    @property
    def weeks(self) -> int:
        """By how many weeks it moves; below 0 to an earlier one."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks of officers in a month under each plan, beside what there is; a week counts for the month of its Monday."""

    month: date
    before: int
    after: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Moves:
    """How a new plan differs: reviews that move, that only change their stages, that come and that go.

    Costs and clashes are those under the instance given, whose new rules the old plan may break; a cost is None where a
    plan does not hold all reviews.
    """

    moved: tuple[Move, ...]
    relengthened: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    others: tuple[tuple[str, str, int, int], ...]  # State, mechanism, week before, week after
    cost_before: int | None
    cost_after: int | None
    clashes_before: tuple[Clash, ...]
    clashes_after: tuple[Clash, ...]
    months: tuple[Month, ...]

    @property
    def weight(self) -> int:
        """All moves together."""
        return sum(one.weight for one in self.moved)


def compare(instance: Instance, before: Sequence[Planned], after: Sequence[Planned], *, today: int = 0) -> Moves:
    """Return what changes from one plan to the other; ``today`` is the week from which nearness counts."""
    old, new = {one.code: one for one in before}, {one.code: one for one in after}
    return Moves(
        moved=moves(before, after, today=today),
        relengthened=relengthened(before, after),
        added=tuple(sorted(set(new) - set(old))),
        gone=tuple(sorted(set(old) - set(new))),
        others=_others(before, after),
        cost_before=_cost(instance, before),
        cost_after=_cost(instance, after),
        clashes_before=tuple(clashes(instance, before)),
        clashes_after=tuple(clashes(instance, after)),
        months=months_of(instance.first_monday, instance.capacity, before, after),
    )


def moves(before: Sequence[Planned], after: Sequence[Planned], *, today: int = 0) -> tuple[Move, ...]:
    """Return the reviews of both plans that stand in another week, those that weigh most first."""
    new = {one.code: one for one in after}
    found = (_move(old, new[old.code], today) for old in before if old.code in new)
    return tuple(sorted((one for one in found if one.weeks), key=lambda one: (-one.weight, one.before, one.code)))


def relengthened(before: Sequence[Planned], after: Sequence[Planned]) -> tuple[str, ...]:
    """Return the reviews that stay in their week with other stages, or another form of their dialogue."""
    new = {one.code: one for one in after}
    both = [(old, new[old.code]) for old in before if old.code in new]
    return tuple(sorted(one.code for old, one in both if old.week == one.week and _shape(old) != _shape(one)))


def _shape(one: Planned) -> tuple[object, ...]:
    """Return what a review looks like, whatever the rules of its plan say that it costs."""
    return one.mode.desk, one.mode.report, one.mode.form, one.mode.later


def work_by_month(first_monday: date, plan: Sequence[Planned]) -> Counter[date]:
    """Return the weeks of officers that a plan takes, by the first day of the month; a week counts for its Monday."""
    by_week = Counter[int]()
    for one in plan:
        first, officers = load(one)
        for after, needed in enumerate(officers):
            by_week[first + after] += needed
    return _by_month(first_monday, by_week)


def officers_by_month(first_monday: date, capacity: Sequence[int]) -> Counter[date]:
    """Return the weeks of officers that there are, by the first day of the month."""
    return _by_month(first_monday, dict(enumerate(capacity)))


def months_of(
    first_monday: date, capacity: Sequence[int], before: Sequence[Planned], after: Sequence[Planned]
) -> tuple[Month, ...]:
    """Return the work of two plans by month, beside the officers that there are."""
    old, new = work_by_month(first_monday, before), work_by_month(first_monday, after)
    most = officers_by_month(first_monday, capacity)
    return tuple(Month(month, old[month], new[month], most[month]) for month in sorted({*most, *old, *new}))


def _by_month(first_monday: date, by_week: Mapping[int, int]) -> Counter[date]:
    found = Counter[date]()
    for week, officers in by_week.items():
        found[(first_monday + timedelta(weeks=week)).replace(day=1)] += officers
    return found


def _move(old: Planned, new: Planned, today: int) -> Move:
    near = min(old.week, new.week) - today < NEAR
    weight = abs(new.week - old.week) * WEIGHTS[near]
    return Move(old.code, old.week, new.week, weight, relengthened=_shape(old) != _shape(new))


def _others(before: Sequence[Planned], after: Sequence[Planned]) -> tuple[tuple[str, str, int, int], ...]:
    old = {other: week for one in before for other, week in one.moved}
    new = {other: week for one in after for other, week in one.moved}
    both = [(one.state, one.mechanism, old.get(one, one.week), new.get(one, one.week)) for one in {**old, **new}]
    return tuple(sorted(one for one in both if one[2] != one[3]))


def _cost(instance: Instance, plan: Sequence[Planned]) -> int | None:
    return cost(instance, plan) if {one.code for one in instance.reviews} <= {one.code for one in plan} else None
