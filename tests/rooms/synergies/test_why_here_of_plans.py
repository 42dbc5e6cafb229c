"""What a reader is told about weeks agrees with the independent checker of plans, week by week."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)
from tests.rooms.synergies.test_plans import solved

from merida.foundation.access.visibility import SYSTEM
from merida.review.synergies.actions import record_visit
from merida.review.synergies.plan_actions import instance_of
from merida.review.synergies.plan_instance import planned_of
from merida.review.synergies.plan_queries import plan_view
from merida.review.synergies.plan_records import rules_of, to_plan
from merida.review.synergies.why_here import Obstacle, why_here
from merida.rules.timetable.checker import clashes

pytestmark = pytest.mark.usefixtures("loaded_registry", "db")
LOOSE = {"CAPACITY"}  # officers are known by month to readers, by week to the checker


def test_a_week_is_said_to_be_open_exactly_where_the_checker_finds_no_clash():
    record_visit(SYSTEM, state="GHA", mechanism="MESICIC", first_date=date(2027, 2, 1), last_date=date(2027, 2, 12))
    plan = solved(rest_days={"KEN": [date(2027, 1, 6) + timedelta(weeks=at) for at in range(0, 12, 3)]})
    view, instance = plan_view(SYSTEM, plan.uuid), instance_of(plan)
    placed = {one.code: one for one in planned_of(to_plan(plan), plan.first_monday, rules_of(plan))}
    told = 0
    for code, now in placed.items():
        for week in why_here(view, code).weeks:
            kinds = {one.obstacle for one in week.hindrances} - {Obstacle.MONTH_FULL}
            if Obstacle.OUTSIDE in kinds:
                continue
            moved = replace(now, week=(week.monday - view.first).days // 7)
            found = clashes(instance, [*(one for one in placed.values() if one.code != code), moved])
            assert bool(kinds) == any(one.rule not in LOOSE for one in found), (code, week, found)
            told += 1

    assert told > len(placed) * 6
