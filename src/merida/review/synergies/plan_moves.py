"""What stands in another week than in the timetable that it was made from: how far, how near, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from merida.review.synergies.plan_actions import instance_of
from merida.review.synergies.plan_instance import planned_of, week_of
from merida.review.synergies.plan_models import CyclePlan, PlannedReview
from merida.review.synergies.plan_records import as_they_stand, reviews_of, rules_of
from merida.review.synergies.plan_rules import PlanError
from merida.rules.timetable.checker import Clash, clashes
from merida.rules.timetable.compare import Month, months_of, moves, relengthened
from merida.rules.timetable.instance import Instance, Planned

EXPLAINED = 30  # moves; each takes a whole check


@dataclass(frozen=True, slots=True)
class Move:
    """A review that stands in another week than before: Mondays of both, None where it has no place.

    ``weight``: weeks of the move, three times where one of the two is near (``compare.NEAR``).
    """

    code: str
    state: str
    before: date | None
    after: date | None
    locked: bool
    weeks: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True)
class MoveReason:
    """A move, and the first rule that its earlier week would break now; ``""`` where it would break none."""

    move: Move
    rule: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two timetables: what moved and why, the weight of all moves, what changed in its week, the work by month."""

    moves: tuple[MoveReason, ...]
    weight: int
    relengthened: tuple[str, ...]
    months: tuple[Month, ...]


def side_by_side(before: CyclePlan, after: CyclePlan, *, today: date) -> SideBySide:
    """Return what moved from one timetable to the other, with reasons for the first thirty; 4 queries and a check."""
    was, now = _Standing.of(before), _Standing.of(after)
    moved, new = _moves(was, now, today), now.placed
    capacity = rules_of(after).capacity_by_week(after.first_monday, after.weeks)
    weight, months = sum(one.weight for one in moved), months_of(after.first_monday, capacity, was.placed, new)
    changed = relengthened(was.placed, new)
    try:
        instance = instance_of(after)
    except PlanError:  # against the visits of today it can no longer be planned: the moves are shown alone
        return SideBySide(tuple(MoveReason(one) for one in moved), weight, changed, months)
    known = frozenset(clashes(instance, new))
    told = [
        _explained(one, instance, new, known) if at < EXPLAINED else MoveReason(one) for at, one in enumerate(moved)
    ]
    return SideBySide(tuple(told), weight, changed, months)


def moves_between(before: CyclePlan, after: CyclePlan, *, today: date) -> list[Move]:
    """Return the reviews that stand elsewhere in ``after``, those that weigh most first; 4 queries.

    ``today`` is the day from which nearness counts.
    """
    return _moves(_Standing.of(before), _Standing.of(after), today)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A timetable as it stands: its records by code, and the places as the rules take them."""

    first_monday: date
    reviews: dict[str, PlannedReview]
    placed: list[Planned]

    @classmethod
    def of(cls, plan: CyclePlan) -> "_Standing":
        held = list(reviews_of(plan))
        placed = planned_of(as_they_stand(held), plan.first_monday, rules_of(plan))
        return cls(plan.first_monday, {one.code: one for one in held}, placed)


def _moves(before: _Standing, after: _Standing, today: date) -> list[Move]:
    by_code = {one.code: one for one in moves(before.placed, after.placed, today=week_of(today, after.first_monday))}
    found = []
    for code in before.reviews.keys() | after.reviews.keys():
        was, now = before.reviews.get(code), after.reviews.get(code)
        first, second = (one.visit_first_date if one else None for one in (was, now))
        if first != second:
            state = (now or was).state.iso3  # type: ignore[union-attr]
            move = by_code.get(code)
            weeks, weight = (move.weeks, move.weight) if move else (0, 0)
            found.append(Move(code, state, first, second, bool(now and now.is_locked), weeks, weight))
    return sorted(found, key=lambda one: (-one.weight, one.code))


def _explained(move: Move, instance: Instance, placed: Sequence[Planned], known: frozenset[Clash]) -> MoveReason:
    if move.before is None or move.after is None or move.locked:
        return MoveReason(move)
    week = week_of(move.before, instance.first_monday)
    back = [replace(one, week=week) if one.code == move.code else one for one in placed]
    found = [one for one in clashes(instance, back) if one not in known]
    if not found:
        return MoveReason(move)
    items = [item for item in found[0].items if item != move.code] or list(found[0].items)
    return MoveReason(move, found[0].rule, ", ".join(items))
