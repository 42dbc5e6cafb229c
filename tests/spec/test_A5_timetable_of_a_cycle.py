"""A5, timetable of a cycle: from the pairs drawn to a plan without collisions, replanned by moving little, published."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)

from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.review.draws.urns import make_sample_draw
from merida.review.synergies.models import CyclePlan, Visit
from merida.review.synergies.plan_actions import instance_of
from merida.review.synergies.plan_instance import (
    Elsewhere,
    Placed,
    ToPlan,
    first_monday_of,
    make_instance,
    monday_of,
    placed_at,
    planned_of,
)
from merida.review.synergies.plan_queries import plan_view, plans_list
from merida.review.synergies.plan_records import rules_of, to_plan
from merida.review.synergies.plan_rules import BlockedSpan, PlanError, Rules
from merida.review.synergies.sample_plan import make_sample_plan
from merida.rules.timetable.checker import clashes
from merida.rules.timetable.instance import Mode, Planned

MONDAY = date(2027, 1, 4)
RULES = Rules(capacity=6, window_weeks=40, stage_lengths=(Mode(4, 3), Mode(3, 2, 2)))
REVIEW = ToPlan("GHA-2027", "GHA", ("BEN", "KEN"), "en", MONDAY, MONDAY + timedelta(weeks=39))
days = some.dates(date(2026, 6, 1), date(2028, 6, 1))


@pytest.mark.usefixtures("loaded_registry", "db")
def test_the_sample_draw_leads_to_a_published_timetable_that_keeps_every_rule_and_is_made_once():
    draw = make_sample_draw(SYSTEM)
    made = make_sample_plan(SYSTEM)
    view = plan_view(ANYBODY, made.uuid)
    instance = instance_of(made)

    assert clashes(instance, planned_of(to_plan(made), made.first_monday, rules_of(made))) == []
    assert {bar.state for bar in view.bars} == {pair.state.iso3 for pair in draw.pairings.select_related("state")}
    assert (view.is_sample, view.published, view.gap) == (True, True, 0.0)
    assert Visit.objects.visible_to(ANYBODY).filter(is_sample=True).count() == len(view.bars)
    assert make_sample_plan(SYSTEM) is None
    assert list(plans_list(ANYBODY)) == list(CyclePlan.objects.all()) == [made]


@given(week=some.integers(4, 30), mode=some.sampled_from(RULES.stage_lengths))
def test_days_and_weeks_lead_to_each_other(week, mode):
    instance = make_instance(MONDAY, 60, RULES, reviews=[REVIEW])
    planned = Planned(REVIEW.code, week, mode)
    placed = placed_at(instance, planned, RULES)

    assert planned_of([replace(REVIEW, placed=placed)], MONDAY, RULES) == [planned]
    assert placed.desk_first.weekday() == placed.visit_first.weekday() == 0
    assert placed.report_last.weekday() == 6


@given(holidays=some.sets(days), visit_days=some.integers(1, 4))
def test_a_week_is_closed_exactly_where_a_holiday_falls_on_a_visiting_day(holidays, visit_days):
    rules = replace(RULES, visit_days=visit_days)
    instance = make_instance(MONDAY, 60, rules, reviews=[REVIEW], rest_days={"GHA": holidays})
    hit = {day for day in holidays if day.weekday() < visit_days}
    weeks = {(day - MONDAY).days // 7 for day in hit}

    assert instance.closed["GHA"] == frozenset(week for week in weeks if 0 <= week < 60)


@given(first=days, length=some.integers(0, 20))
def test_a_visit_elsewhere_keeps_its_distance_inside_the_timetable_and_around_it(first, length):
    last = first + timedelta(days=length)
    visit = Elsewhere("GHA", "GRECO", first, last)
    instance = make_instance(MONDAY, 60, RULES, reviews=[REVIEW], elsewhere=[visit])
    review = instance.reviews[0]
    for week in range(review.release, review.latest + 1):
        planned = Planned(review.code, week, RULES.stage_lengths[0])
        found = {one.rule for one in clashes(instance, [planned])}
        between = [abs(week - (monday_of(day) - MONDAY).days // 7) for day in (first, last)]
        inside = (monday_of(first) - MONDAY).days // 7 <= week <= (monday_of(last) - MONDAY).days // 7
        near = inside or min(between) < RULES.distance_weeks
        assert ("TOO_CLOSE" in found) == near


@given(
    rules=some.builds(
        Rules,
        capacity=some.integers(2, 50),
        visits_at_once=some.integers(1, 9),
        distance_weeks=some.integers(0, 20),
        with_holidays=some.booleans(),
        languages=some.dictionaries(some.sampled_from(["GHA", "BEN"]), some.sampled_from(["en", "fr"])),
        capacity_of_month=some.dictionaries(some.sampled_from(["2027-08", "2028-01"]), some.integers(0, 9)),
        blocked=some.lists(some.builds(BlockedSpan, some.just(MONDAY), some.just(MONDAY), some.text())).map(tuple),
    )
)
def test_rules_come_back_from_what_is_kept(rules):
    assert Rules.read(rules.kept()) == rules


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"capacity": 0}, "capacity: 0"),
        ({"visits_at_once": 0}, "visits_at_once: 0"),
        ({"distance_weeks": -1}, "distance_weeks: -1"),
        ({"stage_lengths": ()}, "stage_lengths: none"),
        ({"blocked": (BlockedSpan(MONDAY, date(2027, 1, 1), "Sample session"),)}, "Sample session ends on 2027-01-01"),
        ({"language": "english"}, "'english' is no code"),
        ({"capacity_of_month": {"2027-13": 3}}, "'2027-13' is no month"),
    ],
)
def test_rules_that_no_plan_could_keep_are_named(change, words):
    with pytest.raises(PlanError, match=words):
        replace(RULES, **change)


def test_a_lock_outside_the_weeks_of_a_review_is_named():
    visit = MONDAY + timedelta(weeks=50)
    placed = Placed(visit - timedelta(weeks=4), visit, visit + timedelta(days=2), visit + timedelta(weeks=4, days=-1))
    with pytest.raises(
        PlanError, match="locks: GHA-2027 in the week of 2027-12-20, outside its weeks, 2027-01-04 to 2027-10-04"
    ):
        make_instance(MONDAY, 60, RULES, reviews=[replace(REVIEW, placed=placed, locked=True)])


def test_visits_before_and_after_that_leave_no_week_are_named():
    around = [Elsewhere("GHA", "GRECO", day, day) for day in (MONDAY - timedelta(days=3),)]
    narrow = replace(REVIEW, latest=MONDAY + timedelta(weeks=5))
    with pytest.raises(PlanError, match="GHA-2027: no week is left"):
        make_instance(MONDAY, 60, RULES, reviews=[narrow], elsewhere=around)


@given(some.integers(1900, 2200))
def test_the_first_monday_of_a_year_is_within_its_first_week(year):
    first = first_monday_of(year)
    assert (first.year, first.weekday(), first.day <= 7) == (year, 0, True)
