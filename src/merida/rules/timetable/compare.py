"""What if: two plans side by side. Pure; no solver."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from merida.rules.timetable.checker import Clash, clashes, cost
from merida.rules.timetable.instance import DESK_LOAD, REPORT_LOAD, VISIT_LOAD, Instance, Mode, Planned

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
    both = [code for code in old if code in new]
    moved = sorted(
        (_move(old[code], new[code], today) for code in both if old[code].week != new[code].week),
        key=lambda one: (-one.weight, one.before, one.code),
    )
    changed = [code for code in both if old[code].week == new[code].week and old[code].mode != new[code].mode]
    return Moves(
        moved=tuple(moved),
        relengthened=tuple(sorted(changed)),
        added=tuple(sorted(set(new) - set(old))),
        gone=tuple(sorted(set(old) - set(new))),
        others=_others(before, after),
        cost_before=_cost(instance, before),
        cost_after=_cost(instance, after),
        clashes_before=tuple(clashes(instance, before)),
        clashes_after=tuple(clashes(instance, after)),
        months=_months(instance, before, after),
    )


def _move(old: Planned, new: Planned, today: int) -> Move:
    near = min(old.week, new.week) - today < NEAR
    weight = abs(new.week - old.week) * WEIGHTS[near]
    return Move(old.code, old.week, new.week, weight, relengthened=old.mode != new.mode)


def _others(before: Sequence[Planned], after: Sequence[Planned]) -> tuple[tuple[str, str, int, int], ...]:
    old = {other: week for one in before for other, week in one.moved}
    new = {other: week for one in after for other, week in one.moved}
    both = [(one.state, one.mechanism, old.get(one, one.week), new.get(one, one.week)) for one in {**old, **new}]
    return tuple(sorted(one for one in both if one[2] != one[3]))


def _cost(instance: Instance, plan: Sequence[Planned]) -> int | None:
    return cost(instance, plan) if {one.code for one in instance.reviews} <= {one.code for one in plan} else None


def _months(instance: Instance, before: Sequence[Planned], after: Sequence[Planned]) -> tuple[Month, ...]:
    old, new, most = _by_month(instance, before), _by_month(instance, after), Counter[date]()
    for week, officers in enumerate(instance.capacity):
        most[instance.monday(week).replace(day=1)] += officers
    return tuple(Month(month, old[month], new[month], most[month]) for month in sorted({*most, *old, *new}))


def _by_month(instance: Instance, plan: Sequence[Planned]) -> Counter[date]:
    found = Counter[date]()
    for one in plan:
        for week in range(one.week - one.mode.desk, one.week + one.mode.report + 1):
            monday = instance.first_monday + timedelta(weeks=week)
            found[monday.replace(day=1)] += _officers(one.mode, week - one.week)
    return found


def _officers(mode: Mode, after: int) -> int:
    if after == 0 or after in mode.later:
        return VISIT_LOAD
    return DESK_LOAD if after < 0 else REPORT_LOAD
