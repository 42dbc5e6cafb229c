"""Solving the timetables that wait, one after the other, outside any page. What is stored passed the checker."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.review.synergies.plan_actions import instance_of
from merida.review.synergies.plan_instance import placed_at, planned_of, week_of
from merida.review.synergies.plan_models import CyclePlan, PlanState
from merida.review.synergies.plan_records import reviews_of, rules_of, store_place, to_plan
from merida.review.synergies.plan_rules import PlanError
from merida.rules.timetable.checker import clashes
from merida.rules.timetable.checker import cost as cost_of
from merida.rules.timetable.instance import Instance, TimetableError
from merida.rules.timetable.solving import GAP, Progress, Result, plan

DEAD_AFTER = timedelta(seconds=60)  # without a sign of life of who solves
LOOK_EVERY = 1.0  # seconds between two looks at the database while solving
ALMOST = 99  # per cent, until the plan is stored


Store = Callable[[CyclePlan], None]


def requeue_abandoned(actor: Actor, *, all_of_them: bool = False) -> int:
    """Put timetables back whose worker died; return how many.

    ``all_of_them``: when the only worker starts, whatever is said to be solved is not.
    """
    with transaction.atomic():
        dead = CyclePlan.objects.select_for_update().filter(state=PlanState.SOLVING)
        if not all_of_them:
            dead = dead.filter(worked_at__lt=timezone.now() - DEAD_AFTER)
        count = 0
        for held in dead:
            _put_back(actor, held, claim=held.claim)
            count += 1
    return count


def solve_next(actor: Actor, *, stopping: Callable[[], bool] = lambda: False) -> CyclePlan | None:
    """Solve the timetable that has waited longest and store what came of it; None where none waits.

    Once ``stopping`` says so, it waits again. A timetable whose plan the checker does not confirm is FAILED.
    """
    held = _claim()
    return None if held is None else _solve(actor, held, stopping)


def solve_one(actor: Actor, plan: CyclePlan) -> CyclePlan | None:
    """Solve this timetable at once, out of turn; None where it does not wait."""
    held = _claim(plan)
    return None if held is None else _solve(actor, held, lambda: False)


def _solve(actor: Actor, held: CyclePlan, stopping: Callable[[], bool]) -> CyclePlan | None:
    watch = _Watch(held, rules_of(held).seconds, stopping)
    store = _outcome(held, watch)
    if watch.stopped:
        with transaction.atomic():
            _put_back(actor, CyclePlan.objects.select_for_update().get(pk=held.pk), claim=held.claim)
        return held
    return _finish(actor, held, watch, store)


def _outcome(held: CyclePlan, watch: "_Watch") -> Store:
    """Solve, and return what is to be stored."""
    try:
        instance, rules = instance_of(held), rules_of(held)
        before = planned_of(to_plan(held), held.first_monday, rules) if held.based_on_id else []
        result = plan(
            instance,
            seconds=rules.seconds,
            gap=GAP,
            before=before,
            today=max(0, week_of(timezone.localdate(), held.first_monday)),
            told=watch.hear,
            cancelled=watch.is_cancelled,
        )
    except (TimetableError, PlanError) as error:
        said = str(error)
        return lambda one: _fail(one, said, cancelled=watch.cancelled)
    return lambda one: _keep(one, instance, result)


class _Watch:
    """What happens to a timetable while it is solved: progress kept, signs of life, whether to go on."""

    def __init__(self, held: CyclePlan, seconds: int, stopping: Callable[[], bool]) -> None:
        self.held, self.seconds, self.stopping = held, seconds, stopping
        self.began = self.looked = time.monotonic()
        self.latest: Progress | None = None
        self.cancelled = self.stopped = False

    def hear(self, progress: Progress) -> None:
        """Take progress; the next look keeps it."""
        self.latest = progress
        self.is_cancelled()

    def is_cancelled(self) -> bool:
        """Whether to stop; looks into the database once a second."""
        if self.stopping():
            self.stopped = True
        now = time.monotonic()
        if self.stopped or self.cancelled or now - self.looked < LOOK_EVERY:
            return self.stopped or self.cancelled
        self.looked = now
        fields: dict[str, Any] = {
            "worked_at": timezone.now(),
            "percent": min(ALMOST, int(100 * (now - self.began) / self.seconds)),
        }
        if self.latest is not None:
            fields |= {"cost": self.latest.cost, "bound": max(0.0, self.latest.bound)}
        mine = CyclePlan.objects.filter(pk=self.held.pk, claim=self.held.claim)
        if not mine.update(**fields):
            self.stopped = True  # another worker took it: nothing of this one may be stored
        elif mine.filter(cancel_asked_at__isnull=False).exists():
            self.cancelled = True
        return self.stopped or self.cancelled


def _claim(one: CyclePlan | None = None) -> CyclePlan | None:
    with transaction.atomic():
        waiting = CyclePlan.objects.select_for_update().filter(state=PlanState.QUEUED)
        if one is not None:
            waiting = waiting.filter(pk=one.pk)
        held: CyclePlan | None = waiting.order_by("asked_at", "pk").first()
        if held is None:
            return None
        held.state, held.claim, held.worked_at = PlanState.SOLVING, uuid.uuid4().hex, timezone.now()
        held.save(update_fields=["state", "claim", "worked_at"])
    return held


def _put_back(actor: Actor, held: CyclePlan, *, claim: str) -> None:
    if held.state != PlanState.SOLVING or held.claim != claim:
        return  # another worker has it by now
    held.state = PlanState.CANCELLED if held.cancel_asked_at else PlanState.QUEUED
    held.claim, held.percent, held.cost, held.bound = "", 0, None, None
    held.save(update_fields=["state", "claim", "percent", "cost", "bound"])
    after = {"state": held.state}
    record_change(actor, "REQUEUE_PLAN", reference_to(held), before={"state": PlanState.SOLVING}, after=after)


def _finish(actor: Actor, held: CyclePlan, watch: _Watch, store: Store) -> CyclePlan | None:
    """Store the outcome, unless another worker took the timetable over."""
    with transaction.atomic():
        mine = CyclePlan.objects.select_for_update().filter(pk=held.pk, claim=held.claim, state=PlanState.SOLVING)
        one: CyclePlan | None = mine.first()
        if one is None:
            return None
        store(one)
        one.claim, one.worked_at = "", timezone.now()
        one.was_stopped = one.was_stopped or watch.cancelled
        one.sequence += 1
        one.save()
        after = {
            "state": one.state,
            "cost": None if one.cost is None else round(one.cost),
            "bound": None if one.bound is None else round(one.bound),
            "obstacles": one.obstacles,
            "fault": one.fault_text,
        }
        record_change(actor, "SOLVE_PLAN", reference_to(one), before={"state": PlanState.SOLVING}, after=after)
    return one


def _keep(one: CyclePlan, instance: Instance, result: Result) -> None:
    if not result.plan:
        _keep_obstacles(one, instance, result)
        return
    wrong = clashes(instance, result.plan)  # once more, here, where it is stored
    if wrong:
        _fail(one, f"the plan breaks {wrong[0].rule}: not stored", cancelled=False)
        return
    rules, places = rules_of(one), {planned.code: planned for planned in result.plan}
    for review in reviews_of(one):
        store_place(review, placed_at(instance, places[review.code], rules))
    one.state, one.percent, one.obstacles, one.fault_text = PlanState.SOLVED, 100, [], ""
    alone = cost_of(instance, result.plan)
    # what moving costs is in the solver's cost and bound alike: the distance between them is what is proven
    one.cost, one.bound = alone, max(0.0, alone - max(0.0, result.cost - result.bound))
    one.was_stopped = result.stopped


def _keep_obstacles(one: CyclePlan, instance: Instance, result: Result) -> None:
    one.state, one.percent, one.cost, one.bound = PlanState.NO_PLAN, 100, None, None
    one.obstacles = [
        {
            "rule": gives.rule,
            "week_of": instance.monday(gives.week).isoformat(),
            "item": gives.item,
            "amount": gives.amount,
        }
        for gives in result.obstacles
    ]
    one.was_stopped = result.stopped


def _fail(one: CyclePlan, said: str, *, cancelled: bool) -> None:
    one.state = PlanState.CANCELLED if cancelled else PlanState.FAILED
    one.percent, one.cost, one.bound, one.fault_text = 0, None, None, said
