"""What a reader is told about the place of a review, and what would have to move."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.review.synergies.plan_view import Bar, MonthLoad, OtherBar, PlanView
from merida.review.synergies.why_here import NEIGHBOURS, Obstacle, monday_of, why_here

FIRST = date(2029, 1, 1)  # a Monday
WEEK = timedelta(weeks=1)


def bar(code: str, week: int, **changes) -> Bar:
    monday = FIRST + week * WEEK
    values = {
        "code": code,
        "state": code,
        "group": "",
        "mechanism": "SAMPLE",
        "reviewers": (),
        "officer": "",
        "language": "en",
        "desk_first": monday - 4 * WEEK,
        "visit_first": monday,
        "visit_last": monday + timedelta(days=4),
        "report_last": monday + 6 * WEEK,
    }
    return Bar(**{**values, **changes})


def plan(*bars: Bar, **changes) -> PlanView:
    values = {"title": "Sample", "uuid": UUID(int=1), "first": FIRST, "last": FIRST + 52 * WEEK - timedelta(days=1)}
    return PlanView(**{**values, **changes}, bars=bars)


def told(view: PlanView, code: str, week: int) -> dict[Obstacle, tuple[str, ...]]:
    found = next(one for one in why_here(view, code).weeks if one.monday == FIRST + week * WEEK)
    return {one.obstacle: one.reviews for one in found.hindrances}


def test_alone_in_a_plan_every_week_is_open():
    found = why_here(plan(bar("XAA", 20)), "XAA")

    assert (found.allowed, found.earlier, found.later) == (52, 16, 25)  # four weeks of desk review, six of reporting
    assert [one.here for one in found.weeks].count(True) == 1
    assert not any(one.hindrances for one in found.weeks)


def test_stages_that_would_run_out_of_the_plan_stand_in_the_way():
    assert told(plan(bar("XAA", 4)), "XAA", 3) == {Obstacle.STAGES: ()}
    assert told(plan(bar("XAA", 44)), "XAA", 46) == {Obstacle.STAGES: ()}


def test_a_review_has_the_weeks_that_its_rules_leave():
    view = plan(bar("XAA", 10), allowed={"XAA": (FIRST + 9 * WEEK, FIRST + 12 * WEEK + timedelta(days=6))})
    found = why_here(view, "XAA")

    assert (found.first, found.last, found.allowed) == (FIRST + 9 * WEEK, FIRST + 12 * WEEK, 4)
    assert (found.earlier, found.later) == (1, 2)
    assert told(view, "XAA", 8) == {Obstacle.OUTSIDE: ()}


def test_a_state_busy_elsewhere_names_the_review_that_would_move():
    view = plan(bar("XAA", 10, reviewers=("XCC",)), bar("XBB", 11, reviewers=("XCC",)))
    found = why_here(view, "XAA").weeks

    assert told(view, "XAA", 11) == {Obstacle.STATE_BUSY: ("XBB",)}
    assert next(one for one in found if one.monday == FIRST + 11 * WEEK).movers == ("XBB",)


def test_a_review_already_agreed_is_not_asked_to_move():
    view = plan(bar("XAA", 10, reviewers=("XBB",)), bar("XBB", 11, locked=True))

    assert told(view, "XAA", 11) == {Obstacle.STATE_BUSY: ()}


def test_nothing_moves_for_a_week_that_a_meeting_blocks_too():
    monday = FIRST + 11 * WEEK
    view = plan(bar("XAA", 10, reviewers=("XBB",)), bar("XBB", 11), blocked=((monday, monday, "Sample Conference"),))
    found = next(one for one in why_here(view, "XAA").weeks if one.monday == monday)

    assert {one.obstacle for one in found.hindrances} == {Obstacle.BLOCKED, Obstacle.STATE_BUSY}
    assert found.movers == ()


def test_holidays_of_reviewers_count_as_those_of_the_state():
    day = FIRST + 9 * WEEK + timedelta(days=2)

    assert told(plan(bar("XAA", 10, reviewers=("XBB",)), holidays={"XBB": (day,)}), "XAA", 9) == {Obstacle.HOLIDAY: ()}
    assert told(plan(bar("XAA", 10), holidays={"XBB": (day,)}), "XAA", 9) == {}


def test_a_visit_of_another_mechanism_keeps_its_distance_but_may_be_joint():
    visit = OtherBar("XAA", "OTHER", FIRST + 10 * WEEK, FIRST + 10 * WEEK + timedelta(days=4), "VISIT", "FIXED")
    view = plan(bar("XAA", 10), others=(visit,), distance_weeks=3)

    assert told(view, "XAA", 10) == {}
    assert [bool(told(view, "XAA", week)) for week in (7, 8, 9, 11, 12, 13)] == [False, True, True, True, True, False]


def test_full_weeks_languages_and_months_stand_in_the_way():
    view = plan(
        bar("XAA", 10, language="fr"),
        bar("XBB", 11, language="fr"),
        bar("XCC", 12, locked=True),
        months=(MonthLoad(date(2029, 4, 1), 20, 21, 3),),
        visits_at_once=1,
        visits_a_language=1,
    )

    assert told(view, "XAA", 11) == {Obstacle.VISITS_AT_ONCE: ("XBB",), Obstacle.LANGUAGE: ("XBB",)}
    assert told(view, "XAA", 12) == {Obstacle.VISITS_AT_ONCE: ()}
    assert told(view, "XAA", 13) == {Obstacle.MONTH_FULL: ()}


def test_a_review_that_the_plan_does_not_hold_is_named():
    with pytest.raises(KeyError, match="XBB"):
        why_here(plan(bar("XAA", 10)), "XBB")


@given(st.lists(st.tuples(st.integers(0, 51), st.sampled_from(["en", "fr"]), st.booleans()), min_size=1, max_size=12))
def test_weeks_open_never_exceed_those_allowed_and_movers_are_other_reviews(rows):
    bars = [bar(f"X{at:02}", week, language=one, locked=fixed) for at, (week, one, fixed) in enumerate(rows)]
    view = plan(*bars, visits_at_once=2, visits_a_language=1)
    for one in bars:
        found = why_here(view, one.code)
        assert found.earlier + found.later < found.allowed
        assert len(found.weeks) <= 2 * NEIGHBOURS + 1
        assert all(one.code not in week.movers for week in found.weeks)
        assert all(week.monday == monday_of(week.monday) for week in found.weeks)


def test_what_a_plan_does_not_limit_is_no_obstacle():
    view = plan(bar("XAA", 10), bar("XBB", 11))

    assert told(view, "XAA", 11) == {}
    assert told(replace(view, visits_at_once=1), "XAA", 11) == {Obstacle.VISITS_AT_ONCE: ("XBB",)}


def test_each_session_of_a_dialogue_counts_and_one_at_a_distance_keeps_no_gap():
    def at(week: int) -> tuple[date, date]:
        monday = FIRST + week * WEEK
        return monday, monday + timedelta(days=4)

    apart = bar("XAA", 20, form="VIRTUAL", later=(at(22), at(24)), reviewers=("XCC",))
    other = bar("XBB", 30, reviewers=("XCC",))
    visited = OtherBar("XAA", "GRECO", *at(34), "VISIT", "FIXED")
    view = plan(apart, other, others=(visited,), visits_at_once=1)
    assert told(view, "XAA", 28) == {Obstacle.STATE_BUSY: ("XBB",)}  # its second session would meet XBB's visit
    assert told(view, "XAA", 27) == {}  # 27, 29 and 31
    assert told(replace(view, blocked=((*at(31), "Sample session"),)), "XAA", 27) == {Obstacle.BLOCKED: ()}
    met = OtherBar("XAA", "GRECO", *at(26), "VISIT", "FIXED")
    assert told(replace(view, others=(met,)), "XAA", 26) == {Obstacle.OTHER_VISIT: (), Obstacle.STATE_BUSY: ("XBB",)}
    assert told(replace(view, others=(met,)), "XAA", 27) == {}
    assert told(view, "XBB", 24) == {Obstacle.STATE_BUSY: ("XAA",)}
