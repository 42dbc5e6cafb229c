"""Clashes in a State's calendar: worked cases, and every day counted one by one as an oracle."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from merida.review.synergies.clashes import (
    BlockedMeeting,
    Clash,
    ClashCode,
    Holiday,
    PlannedVisit,
    clashes,
)

MONDAY = date(2027, 3, 1)
NO_WEEKEND: frozenset[int] = frozenset()


def visit(key: str, first: int, days: int = 3) -> PlannedVisit:
    begin = MONDAY + timedelta(days=first)
    return PlannedVisit(key, begin, begin + timedelta(days=days - 1))


def test_visits_that_share_a_day_overlap() -> None:
    found = clashes([visit("B", 2), visit("A", 0)], weekend=NO_WEEKEND)
    shared = MONDAY + timedelta(days=2)
    assert found == [Clash(shared, shared, ClashCode.OVERLAP, "A", "B", days=1)]


@pytest.mark.parametrize(("between", "clashing"), [(0, True), (55, True), (56, False)])
def test_eight_whole_weeks_between_two_visits_are_enough(between: int, clashing: bool) -> None:
    found = clashes([visit("A", 0), visit("B", 3 + between)], weekend=NO_WEEKEND)
    assert [(one.code, one.days) for one in found] == ([(ClashCode.TOO_CLOSE, between)] if clashing else [])


def test_the_shortest_gap_can_be_chosen() -> None:
    assert clashes([visit("A", 0), visit("B", 10)], gap_weeks=1, weekend=NO_WEEKEND) == []


def test_a_holiday_set_by_the_moon_is_told_apart() -> None:
    days = [Holiday(MONDAY, "Sample day"), Holiday(MONDAY + timedelta(days=1), "Sample feast", estimated=True)]
    found = clashes([visit("A", 0)], holidays=days)
    assert [(one.code, one.name) for one in found] == [
        (ClashCode.HOLIDAY, "Sample day"),
        (ClashCode.HOLIDAY_ESTIMATED, "Sample feast"),
    ]


def test_the_weekend_is_the_one_of_the_state() -> None:
    week = [visit("A", 0, days=5)]  # Monday to Friday
    assert clashes(week) == []
    friday = MONDAY + timedelta(days=4)
    assert clashes(week, weekend=frozenset({4, 5})) == [Clash(friday, friday, ClashCode.WEEKEND, "A", days=1)]


def test_a_blocked_meeting_is_named_with_the_days_shared() -> None:
    meeting = BlockedMeeting("Sample session", MONDAY + timedelta(days=1), MONDAY + timedelta(days=9))
    found = clashes([visit("A", 0)], blocked=[meeting])
    assert found == [
        Clash(meeting.first, visit("A", 0).last, ClashCode.BLOCKED_MEETING, "A", name="Sample session", days=2)
    ]


def test_what_cannot_be_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="visit A: it ends on 2027-02-28, before it begins on 2027-03-01"):
        PlannedVisit("A", MONDAY, MONDAY - timedelta(days=1))
    with pytest.raises(ValueError, match="meeting Sample session"):
        BlockedMeeting("Sample session", MONDAY, MONDAY - timedelta(days=1))
    with pytest.raises(ValueError, match="visit A is given twice"):
        clashes([visit("A", 0), visit("A", 90)])
    with pytest.raises(ValueError, match="cannot be negative"):
        clashes([], gap_weeks=-1)


spans = some.tuples(some.integers(0, 150), some.integers(1, 20))


@given(
    some.lists(spans, max_size=6),
    some.lists(spans, max_size=3),
    some.lists(some.integers(0, 170), max_size=4),
    some.sets(some.integers(0, 6)),
    some.integers(0, 10),
)
def test_every_clash_is_found_and_no_other(
    held: list[tuple[int, int]], met: list[tuple[int, int]], rest: list[int], weekend: set[int], weeks: int
) -> None:
    visits = [visit(str(at), *span) for at, span in enumerate(held)]
    blocked = [
        BlockedMeeting(str(at), one.first, one.last) for at, span in enumerate(met) for one in [visit("", *span)]
    ]
    holidays = [Holiday(MONDAY + timedelta(days=day), str(at)) for at, day in enumerate(rest)]
    found = clashes(visits, blocked=blocked, holidays=holidays, weekend=frozenset(weekend), gap_weeks=weeks)
    assert (
        clashes(visits[::-1], blocked=blocked, holidays=holidays, weekend=frozenset(weekend), gap_weeks=weeks) == found
    )
    days = {
        one.key: {one.first + timedelta(days=at) for at in range((one.last - one.first).days + 1)} for one in visits
    }
    pairs = {(a, b) for a in days for b in days if a < b}
    nearest = {pair: min(abs((x - y).days) for x in days[pair[0]] for y in days[pair[1]]) for pair in pairs}

    def seen(code: ClashCode) -> set[tuple[str, ...]]:
        return {tuple(sorted((one.visit, one.other))) for one in found if one.code == code}

    assert seen(ClashCode.OVERLAP) == {pair for pair in pairs if nearest[pair] == 0}
    assert seen(ClashCode.TOO_CLOSE) == {pair for pair in pairs if 0 < nearest[pair] <= weeks * 7}
    assert {(one.visit, one.name) for one in found if one.code == ClashCode.HOLIDAY} == {
        (key, one.name) for key in days for one in holidays if one.day in days[key]
    }
    assert {(one.visit, one.days) for one in found if one.code == ClashCode.WEEKEND} == {
        (key, count) for key in days if (count := sum(day.weekday() in weekend for day in days[key]))
    }
    meeting_days = {
        one.name: {one.first + timedelta(days=at) for at in range((one.last - one.first).days + 1)} for one in blocked
    }
    assert {(one.visit, one.name, one.days) for one in found if one.code == ClashCode.BLOCKED_MEETING} == {
        (key, name, len(days[key] & taken)) for key in days for name, taken in meeting_days.items() if days[key] & taken
    }


def test_sessions_of_one_dialogue_may_follow_closely_and_only_stays_in_the_country_need_a_gap():
    first, second = visit("A", 0), visit("B", 7)
    assert [one.code for one in clashes([first, second])] == [ClashCode.TOO_CLOSE]
    assert clashes([replace(first, dialogue="1"), replace(second, dialogue="1")]) == []
    assert [one.code for one in clashes([replace(first, dialogue="1"), replace(second, dialogue="2")])] == [
        ClashCode.TOO_CLOSE
    ]
    assert clashes([first, replace(second, in_country=False)]) == []
    meeting = replace(first, key="C", in_country=False)
    assert [one.code for one in clashes([first, meeting])] == [ClashCode.OVERLAP]
