"""Why visits of a timetable stand in another week than in the one it was made from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from merida.review.synergies.plan_actions import instance_of
from merida.review.synergies.plan_instance import DAYS, planned_of
from merida.review.synergies.plan_models import CyclePlan
from merida.review.synergies.plan_queries import Move, moves_between
from merida.review.synergies.plan_records import rules_of, to_plan
from merida.review.synergies.plan_rules import PlanError
from merida.rules.timetable.checker import Clash, clashes
from merida.rules.timetable.instance import Instance, Planned

EXPLAINED = 30  # moves; each takes a whole check


@dataclass(frozen=True, slots=True)
class MoveReason:
    """A move, and the first rule that its earlier week would break now; ``""`` where it would break none."""

    move: Move
    rule: str = ""
    item: str = ""


def moves_explained(before: CyclePlan, after: CyclePlan) -> list[MoveReason]:
    """Return what moved and why; those beyond the first thirty without a reason."""
    moved = moves_between(before, after)
    try:
        instance = instance_of(after)
        placed = planned_of(to_plan(after), instance, rules_of(after))
    except PlanError:  # against the visits of today it can no longer be planned: the moves are shown alone
        return [MoveReason(one) for one in moved]
    return [_explained(one, instance, placed) if at < EXPLAINED else MoveReason(one) for at, one in enumerate(moved)]


def _explained(move: Move, instance: Instance, placed: Sequence[Planned]) -> MoveReason:
    if move.before is None or move.after is None or move.locked:
        return MoveReason(move)
    week = (move.before - instance.first_monday).days // DAYS
    back = [replace(one, week=week) if one.code == move.code else one for one in placed]
    known = set(clashes(instance, placed))
    found: list[Clash] = [one for one in clashes(instance, back) if one not in known]
    if not found:
        return MoveReason(move)
    items = [item for item in found[0].items if item != move.code] or list(found[0].items)
    return MoveReason(move, found[0].rule, ", ".join(items))
