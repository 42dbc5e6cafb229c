"""Lanes of a timetable: nothing leaves its frame, right-to-left is a mirror, no State vanishes, texts are escaped."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st
from tests.web.sample_plan import FIRST, WEEKS, sample_plan

from merida.interfaces.web.pictures.lanes import Lanes, Window, Words, draw_lanes

HOSTILE = "\"><script>alert('1')</script>&"
STATES = [("XAA", "AFRICAN"), ("XBB", "AFRICAN"), ("XCC", "OTHER"), ("XDD", ""), ("XEE", "UNKNOWN")]
PLAN = sample_plan(STATES)
WORDS = Words({"XAA": "Sample State"}, {"AFRICAN": "African States", "OTHER": "Other States"}, {})
DAYS = st.integers(0, 7 * WEEKS - 1).map(lambda at: FIRST + timedelta(days=at))


def drawn(window: Window, plan=PLAN, words=WORDS, **more) -> Lanes:
    values = {"caption": "Sample", "today": date(2029, 6, 1), "address": lambda bar: f"?why={bar.code}"}
    return draw_lanes(plan, window, words=words, **{**values, **more})


def share(text: str) -> float:
    return float(text.rstrip("%"))


def blocks(found: Lanes):
    for group in found.groups:
        for lane in group.lanes:
            yield from lane.others
            for review in lane.reviews:
                yield from (one for one in (review.desk, review.report) if one is not None)
    yield from found.blocked
    yield from (one.block for one in found.months)


@given(st.tuples(DAYS, DAYS).map(sorted), st.booleans())
def test_nothing_leaves_the_picture(days, mirrored):
    found = drawn(Window(*days), right_to_left=mirrored)

    assert all(share(one.x) >= -0.01 and share(one.x) + share(one.width) <= 100.02 for one in blocks(found))
    visits = [x for group in found.groups for lane in group.lanes for review in lane.reviews for x in review.visits]
    assert all(0 <= share(x) <= 100 for x in visits if x)
    assert all(0 <= share(tick.x) <= 100 for tick in found.ticks)
    assert all(0 <= one.y <= found.height and 0 <= one.capacity_y <= found.height for one in found.months)


@given(st.tuples(DAYS, DAYS).map(sorted))
def test_right_to_left_is_the_mirror(days):
    straight, mirrored = drawn(Window(*days)), drawn(Window(*days), right_to_left=True)

    for one, other in zip(blocks(straight), blocks(mirrored), strict=True):
        assert share(one.x) + share(one.width) + share(other.x) == pytest.approx(100, abs=0.03)
        assert one.width == other.width
    assert len(straight.ticks) == len(mirrored.ticks)


def test_every_state_has_a_lane_in_its_group_those_without_a_known_one_last():
    found = drawn(Window(PLAN.first, PLAN.last))

    assert [(one.title, [lane.name for lane in one.lanes]) for one in found.groups] == [
        ("African States", ["Sample State", "XBB"]),
        ("Other States", ["XCC"]),
        ("Without group", ["XDD", "XEE"]),
    ]


def test_a_lane_that_has_nothing_in_the_window_is_left_out_and_an_empty_picture_is_drawn():
    bar = PLAN.bars[0]
    assert drawn(Window(bar.visit_first, bar.visit_last), replace(PLAN, bars=(bar,), others=())).count == 1
    assert drawn(Window(PLAN.first, PLAN.first), replace(PLAN, bars=(bar,), others=())).count == 0


def test_stages_meet_at_the_visit():
    bar = PLAN.bars[0]
    lane = drawn(Window(bar.desk_first, bar.report_last), replace(PLAN, bars=(bar,))).groups[0].lanes[0]
    review = lane.reviews[0]

    assert share(review.desk.x) == 0
    assert share(review.desk.width) < share(review.visits[0]) < share(review.report.x)
    assert share(review.report.x) + share(review.report.width) == pytest.approx(100, abs=0.02)


def test_holidays_are_ground_within_a_year_and_left_out_over_several():
    year = drawn(Window(date(2029, 1, 1), date(2029, 12, 31)))
    whole = drawn(Window(PLAN.first, PLAN.last))

    assert year.holidays_shown
    assert all(lane.holidays.count("h1v1h-1z") == 12 for group in year.groups for lane in group.lanes)
    assert not whole.holidays_shown
    assert not any(lane.holidays for group in whole.groups for lane in group.lanes)


def test_the_axis_names_years_months_or_weeks():
    def names(first: date, last: date) -> list[str]:
        return [tick.label for tick in drawn(Window(first, last)).ticks if tick.label]

    assert names(PLAN.first, PLAN.last) == ["2027", "2028", "2029", "2030", "2031"]
    assert names(date(2029, 1, 1), date(2029, 12, 31)) == ["2029", *(f"{month:02}" for month in range(3, 13))]
    assert names(date(2029, 1, 4), date(2030, 2, 6)) == ["2029", *(f"{month:02}" for month in range(3, 13))]
    assert names(date(2027, 11, 1), date(2031, 12, 31)) == ["2028", "2029", "2030", "2031"]
    assert names(date(2028, 11, 15), date(2029, 9, 30)) == ["2028", "2029", *(f"{month:02}" for month in range(3, 10))]
    assert names(date(2029, 4, 1), date(2029, 6, 30)) == ["2029-04", "2029-05", "2029-06"]


def test_a_month_above_its_capacity_is_told_apart():
    tones = {one.block.words[:7]: one.block.tone for one in drawn(Window(PLAN.first, PLAN.last)).months}

    assert {one.month.strftime("%Y-%m"): one.load > one.capacity for one in PLAN.months} == {
        month: tone == "over" for month, tone in tones.items()
    }


def test_today_is_drawn_where_it_is_shown_only():
    assert drawn(Window(PLAN.first, PLAN.last)).today_x
    assert not drawn(Window(PLAN.first, PLAN.last), today=date(2040, 1, 1)).today_x


def test_no_text_becomes_an_element():
    plan = sample_plan([("XAA", HOSTILE)])
    bars = tuple(replace(one, code=HOSTILE) for one in plan.bars)
    plan = replace(plan, bars=bars, others=tuple(replace(one, mechanism=HOSTILE) for one in plan.others))
    words = Words({"XAA": HOSTILE}, {HOSTILE: HOSTILE}, {HOSTILE: HOSTILE})
    lanes = drawn(Window(plan.first, plan.last), plan, words, caption=HOSTILE)
    page = Template('{% include "components/lanes.html" with twin="x" %}').render(Context({"lanes": lanes}))

    assert HOSTILE not in page
    assert "<script" not in page
    assert len(re.findall("&lt;script&gt;", page)) >= 6
