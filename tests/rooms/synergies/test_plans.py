"""Timetables: prepared from a draw, solved by the worker, changed by hand, tried with other rules, published."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)
from tests.rooms.draws.test_draws import ANNOUNCED
from tests.rooms.draws.test_draws import held as held_draw
from tests.rooms.draws.test_draws import plan as drawn_plan

from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.models import Change
from merida.review.draws.actions import announce_draw
from merida.review.draws.events import defer_review
from merida.review.synergies import plan_solving
from merida.review.synergies.actions import record_visit
from merida.review.synergies.models import CyclePlan, PlannedReview, Visit
from merida.review.synergies.plan_actions import (
    PlanChangedError,
    cancel_plan,
    change_rules,
    instance_of,
    lock_review,
    move_review,
    prepare_plan,
    queue_plan,
    replan,
    unlock_review,
    what_if,
)
from merida.review.synergies.plan_instance import planned_of
from merida.review.synergies.plan_models import PlanState
from merida.review.synergies.plan_moves import moves_between
from merida.review.synergies.plan_publishing import publish_plan
from merida.review.synergies.plan_queries import plan_view, plans_list
from merida.review.synergies.plan_records import rules_of, to_plan
from merida.review.synergies.plan_rules import PlanError, Rules
from merida.review.synergies.plan_solving import requeue_abandoned, solve_next
from merida.rules.timetable.checker import clashes
from merida.rules.timetable.instance import Mode

pytestmark = pytest.mark.usefixtures("loaded_registry", "db")
STAFF = Actor(name="Sample officer", role="SECRETARIAT")
RULES = Rules(capacity=8, visits_at_once=2, window_weeks=26, stage_lengths=(Mode(4, 3),), seconds=20)
WEEK = timedelta(weeks=1)
TODAY = date(2027, 1, 4)


NO_HOLIDAYS = {}


def prepared(rules=RULES, rest_days=NO_HOLIDAYS):
    return prepare_plan(STAFF, held_draw(), rules=rules, rest_days=rest_days)


def solved(rules=RULES, **given):
    made = queue_plan(STAFF, prepared(rules, **given))
    assert solve_next(SYSTEM) is not None
    made.refresh_from_db()
    return made


def again(plan):
    plan.refresh_from_db()
    return plan


def found_clashes(plan):
    return clashes(instance_of(plan), planned_of(to_plan(plan), plan.first_monday, rules_of(plan)))


def test_a_timetable_is_solved_from_the_pairs_of_a_draw_and_its_plan_keeps_every_rule():
    made = solved(rest_days=None)  # those that are computed
    reviews = list(made.reviews.all())

    assert (made.state, made.percent, made.gap) == (PlanState.SOLVED, 100, 0.0)
    assert len(reviews) == 6
    assert found_clashes(made) == []
    assert all(one.visit_last_date - one.visit_first_date == timedelta(days=2) for one in reviews)
    assert all(one.visit_first_date - one.desk_first_date == 4 * WEEK for one in reviews)
    assert made.rest_days["GHA"] != []
    written = Change.objects.filter(verb__endswith="_PLAN").order_by("pk").values_list("verb", flat=True)
    assert list(written) == ["PREPARE_PLAN", "QUEUE_PLAN", "SOLVE_PLAN"]


def test_no_visit_lies_on_a_holiday_in_a_blocked_week_or_near_a_visit_of_another_mechanism():
    record_visit(SYSTEM, state="GHA", mechanism="MESICIC", first_date=date(2027, 2, 1), last_date=date(2027, 2, 3))
    made = solved(rest_days={"KEN": [date(2027, 1, 4) + 7 * timedelta(days=n) for n in range(10)]})
    weeks = {one.state.iso3: one.visit_first_date for one in made.reviews.select_related("state")}
    reviewed_by_kenya = made.reviews.filter(reviewers__iso3="KEN").values_list("visit_first_date", flat=True)

    assert abs(weeks["GHA"] - date(2027, 2, 1)) >= 8 * WEEK
    assert all(day >= date(2027, 3, 15) for day in [weeks["KEN"], *reviewed_by_kenya])


def test_where_no_plan_keeps_every_rule_what_must_give_is_kept_in_words_and_no_place_is():
    made = solved(replace(RULES, window_weeks=7))

    assert made.state == PlanState.NO_PLAN
    assert made.obstacles != []
    assert {one["rule"] for one in made.obstacles} <= {
        "CAPACITY",
        "STATE_TWICE",
        "VISITS_AT_ONCE",
        "LANGUAGE",
        "CLOSED",
    }
    assert not made.reviews.filter(visit_first_date__isnull=False).exists()
    assert plan_view(SYSTEM, made.uuid).bars == ()


def test_two_timetables_wait_for_their_turn_and_one_that_nobody_works_on_waits_again():
    first = queue_plan(STAFF, prepared())
    second = queue_plan(STAFF, what_if(STAFF, solve_and_return(first)))
    CyclePlan.objects.filter(pk=second.pk).update(
        state=PlanState.SOLVING, claim="a worker that died", worked_at=timezone.now() - timedelta(minutes=5)
    )

    assert solve_next(SYSTEM) is None
    assert requeue_abandoned(SYSTEM) == 1
    assert again(second).state == PlanState.QUEUED
    assert solve_next(SYSTEM).pk == second.pk
    assert again(second).state == PlanState.SOLVED
    assert requeue_abandoned(SYSTEM) == 0


def test_what_a_killed_worker_left_waits_again_as_soon_as_the_next_one_starts():
    made = queue_plan(STAFF, prepared())
    CyclePlan.objects.update(state=PlanState.SOLVING, claim="killed a second ago", worked_at=timezone.now())

    assert requeue_abandoned(SYSTEM) == 0
    assert requeue_abandoned(SYSTEM, all_of_them=True) == 1
    assert (again(made).state, made.claim) == (PlanState.QUEUED, "")


def solve_and_return(plan):
    solve_next(SYSTEM)
    return again(plan)


def test_a_worker_that_is_asked_to_end_puts_the_timetable_back():
    made = queue_plan(STAFF, prepared())

    solve_next(SYSTEM, stopping=lambda: True)
    assert (again(made).state, made.claim, made.cost) == (PlanState.QUEUED, "", None)


def test_a_worker_that_was_taken_for_dead_stores_nothing(monkeypatch):
    made = queue_plan(STAFF, prepared())
    original = plan_solving.plan

    def slow(*given, **named):
        CyclePlan.objects.filter(pk=made.pk).update(claim="another worker")
        return original(*given, **named)

    monkeypatch.setattr(plan_solving, "plan", slow)
    solve_next(SYSTEM)
    assert (again(made).state, made.claim) == (PlanState.SOLVING, "another worker")
    assert not made.reviews.filter(visit_first_date__isnull=False).exists()


def test_a_plan_that_the_checker_does_not_confirm_is_not_stored(monkeypatch):
    made = queue_plan(STAFF, prepared())
    original = plan_solving.plan

    def wrong(*given, **named):
        result = original(*given, **named)
        week = result.plan[0].week
        return replace(result, plan=tuple(replace(one, week=week) for one in result.plan))

    monkeypatch.setattr(plan_solving, "plan", wrong)
    solve_next(SYSTEM)
    assert again(made).state == PlanState.FAILED
    assert "not stored" in made.fault_text
    assert not made.reviews.filter(visit_first_date__isnull=False).exists()


def test_cancelling_keeps_the_best_plan_so_far(monkeypatch):
    made = queue_plan(STAFF, prepared())
    original = plan_solving.plan

    def cancelled_after_the_first(instance, *, told, cancelled, **named):
        result = original(instance, told=told, cancelled=lambda: False, **named)
        cancel_plan(STAFF, made)
        monkeypatch.setattr(plan_solving, "LOOK_EVERY", 0)
        assert cancelled()
        return replace(result, stopped=True)

    monkeypatch.setattr(plan_solving, "plan", cancelled_after_the_first)
    solve_next(SYSTEM)
    assert (again(made).state, made.was_stopped) == (PlanState.SOLVED, True)
    assert found_clashes(made) == []


def test_a_timetable_cancelled_before_its_turn_is_never_solved():
    made = queue_plan(STAFF, prepared())
    cancel_plan(STAFF, made)

    assert again(made).state == PlanState.CANCELLED
    assert solve_next(SYSTEM) is None
    with pytest.raises(PlanError, match="nothing is being solved"):
        cancel_plan(STAFF, made)


def test_a_visit_moved_by_hand_is_locked_and_stays_when_it_is_solved_again():
    made = solved()
    review = made.reviews.order_by("visit_first_date").first()
    other = made.reviews.order_by("-visit_first_date").first()
    day = other.visit_first_date + 4 * WEEK + timedelta(days=2)
    moved = move_review(STAFF, made, review.code, day=day)

    assert (moved.visit_first_date, moved.is_locked) == (other.visit_first_date + 4 * WEEK, True)
    queue_plan(STAFF, made)
    solve_next(SYSTEM)
    assert made.reviews.get(code=review.code).visit_first_date == other.visit_first_date + 4 * WEEK
    assert found_clashes(again(made)) == []


def test_bad_changes_by_hand_are_refused_by_name_and_nothing_is_kept():
    made = solved()
    before = list(made.reviews.order_by("code").values())
    logged = Change.objects.count()
    review = made.reviews.order_by("visit_first_date").first()
    shared = [one.iso3 for one in review.reviewers.all()]
    busy = made.reviews.filter(state__iso3=shared[0]).get()

    for change, words in (
        (lambda: move_review(STAFF, made, review.code, day=date(2031, 1, 6)), "outside the weeks of its review"),
        (lambda: move_review(STAFF, made, "QQQ-2027", day=date(2027, 3, 1)), "QQQ-2027: no review"),
        (
            lambda: move_review(STAFF, made, review.code, day=busy.visit_first_date),
            f"{shared[0]} would be needed twice",
        ),
        (lambda: lock_review(STAFF, made, "QQQ-2027"), "QQQ-2027: no review"),
        (lambda: change_rules(STAFF, made, replace(RULES, window_weeks=0)), "window_weeks"),
        (lambda: move_review(ANYBODY, made, review.code, day=busy.visit_first_date), "does not allow"),
    ):
        with pytest.raises((PlanError, PermissionDenied), match=words):
            change()
    assert list(made.reviews.order_by("code").values()) == before
    assert Change.objects.count() == logged


def test_locks_that_contradict_each_other_are_refused_before_anything_is_solved():
    made = solved()
    review = made.reviews.order_by("visit_first_date").first()
    partner = made.reviews.filter(state__in=review.reviewers.all()).first()
    with pytest.raises(PlanError, match=r"locks: .* both take"):
        what_if(STAFF, made, lock={review.code: date(2027, 5, 3), partner.code: date(2027, 5, 5)})
    with pytest.raises(PlanError, match=f"locks: {review.code} in the week of 2028-05-01, outside"):
        what_if(STAFF, made, lock={review.code: date(2028, 5, 3)})
    assert CyclePlan.objects.count() == 1


def test_of_two_people_the_second_is_told_and_changes_nothing():
    made = solved()
    code = made.reviews.first().code
    seen = made.sequence
    lock_review(STAFF, made, code, seen=seen)
    with pytest.raises(PlanChangedError, match="somebody changed it"):
        unlock_review(STAFF, made, code, seen=seen)
    assert made.reviews.get(code=code).is_locked


def test_a_what_if_leaves_the_original_and_moves_as_little_as_possible():
    made = solved()
    locked = made.reviews.order_by("visit_first_date").first()
    other = what_if(STAFF, made, rules=rules_of(made).changed(capacity=7), reason="Sample: one officer less")
    assert [one.code for one in moves_between(made, other, today=TODAY)] == []
    queue_plan(STAFF, other)
    solve_next(SYSTEM)

    assert again(other).state == PlanState.SOLVED
    assert found_clashes(other) == []
    assert again(made).settings["capacity"] == 8
    agreed = what_if(STAFF, made, lock={locked.code: locked.visit_first_date + 3 * WEEK})
    queue_plan(STAFF, agreed)
    solve_next(SYSTEM)
    moved = moves_between(made, again(agreed), today=TODAY)
    assert (locked.code, 3, True) in {(one.code, one.weeks, one.locked) for one in moved}
    assert len(moved) <= 3


def test_what_has_begun_stays_and_nothing_is_planned_into_the_past():
    made = solved()
    today = sorted(one.visit_first_date for one in made.reviews.all())[2] + timedelta(days=1)
    later = what_if(STAFF, made, rules=rules_of(made).changed(distance_weeks=9), today=today)
    held, coming = later.reviews.filter(visit_first_date__lte=today), later.reviews.filter(visit_first_date__gt=today)
    assert [one.is_locked for one in held] == [True] * held.count() != []
    assert {one.earliest_date > today for one in coming} == {True}
    queue_plan(STAFF, later)
    solve_next(SYSTEM)
    assert {one.code for one in moves_between(made, again(later), today=today)} <= {one.code for one in coming}
    with pytest.raises(PlanError, match="no week is left between 2040"):
        what_if(STAFF, prepare_plan(STAFF, made.draw, rules=RULES, rest_days={}), today=date(2040, 1, 2))


def test_planning_again_takes_over_what_happened_since():
    made = solved()
    publish_plan(STAFF, made, reason="Sample: first timetable")
    pairing = made.draw.pairings.filter(replaced_by__isnull=True).first()
    defer_review(SYSTEM, pairing, day=date(2026, 6, 20), reason="Sample: elections")
    newer = replan(STAFF, made, reason="Sample: one review postponed")
    solve_next(SYSTEM)

    assert again(newer).state == PlanState.SOLVED
    later = newer.reviews.get(state=pairing.state)
    assert later.visit_first_date >= date(2028, 1, 3)
    assert [one.state for one in moves_between(made, newer, today=TODAY)] == [pairing.state.iso3]


def test_publishing_makes_visits_and_a_later_timetable_moves_them_with_its_reason():
    made = solved()
    assert list(plans_list(ANYBODY)) == []
    publish_plan(STAFF, made, reason="Sample: first timetable")
    visits = {one.uuid: one.first_date for one in Visit.objects.visible_to(ANYBODY)}
    assert len(visits) == 6
    assert plan_view(ANYBODY, made.uuid).published

    review = made.reviews.order_by("visit_first_date").first()
    newer = what_if(STAFF, made, lock={review.code: review.visit_first_date + 3 * WEEK})
    assert plan_view(ANYBODY, newer.uuid) is None
    queue_plan(STAFF, newer)
    solve_next(SYSTEM)
    publish_plan(STAFF, newer, reason="Sample: a ministry moved its visit")
    changed = {one.uuid for one in Visit.objects.all() if one.first_date != visits[one.uuid]}
    assert (
        changed
        == {newer.reviews.get(code=one.code).visit_uuid for one in moves_between(made, newer, today=TODAY)}
        != set()
    )
    assert again(made).replaced_by == newer
    assert Visit.objects.count() == 6
    for act in (queue_plan, lambda actor, plan: lock_review(actor, plan, review.code)):
        with pytest.raises(PlanError, match="it is published"):
            act(STAFF, newer)


def test_a_timetable_that_clashes_with_a_visit_of_today_is_not_published():
    made = solved()
    review = made.reviews.select_related("state").first()
    first = review.visit_first_date
    record_visit(SYSTEM, state=review.state.iso3, mechanism="MESICIC", first_date=first, last_date=first)
    with pytest.raises(PlanError, match="too close to a visit of another mechanism"):
        publish_plan(STAFF, made, reason="Sample")
    with pytest.raises(PlanError, match="reason: say why"):
        publish_plan(STAFF, made, reason="  ")
    assert again(made).published_at is None
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("role", ["", "READER", "CURATOR"])
def test_only_the_staff_plans(role):
    actor, made = Actor(name="Sample", role=role), prepared()
    code = made.reviews.first().code
    for act in (
        lambda: prepare_plan(actor, made.draw, rules=RULES),
        lambda: change_rules(actor, made, replace(RULES, capacity=9)),
        lambda: queue_plan(actor, made),
        lambda: cancel_plan(actor, made),
        lambda: lock_review(actor, made, code),
        lambda: move_review(actor, made, code, day=date(2027, 3, 1)),
        lambda: what_if(actor, made),
        lambda: replan(actor, made, reason="Sample"),
        lambda: publish_plan(actor, made, reason="Sample"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_draw_that_was_not_held_has_nothing_to_plan():
    announced = announce_draw(SYSTEM, drawn_plan("waiting"), announced_at=ANNOUNCED)
    with pytest.raises(PlanError, match="nothing has been drawn yet"):
        prepare_plan(STAFF, announced, rules=RULES)
    assert PlannedReview.objects.count() == 0


def test_the_load_of_the_months_counts_every_week_of_every_review():
    made = solved()
    view = plan_view(SYSTEM, made.uuid)

    assert sum(one.load for one in view.months) == 6 * (4 + 2 + 3)
    assert sum(one.visits for one in view.months) == 6
    assert sum(one.capacity for one in view.months) == 8 * made.weeks
    assert view.first.weekday() == 0
    assert max(bar.report_last for bar in view.bars) <= view.last
