"""What if: what a new plan changes, weighted by how near it is, and what it asks of the officers each month."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from merida.rules.timetable.compare import Month, Move, compare
from merida.rules.timetable.instance import Instance, Mode, OtherVisit, Planned, Review

MODE, SHORT = Mode(2, 3), Mode(1, 3, cost=4)
CYCLE = Instance(
    date(2027, 1, 4),
    (4,) * 60,
    tuple(Review(code, code, (), "en", 2, 50, (MODE, SHORT)) for code in ("A", "B", "C")),
)


def test_moves_are_counted_and_near_ones_weigh_more():
    before = [Planned("A", 4, MODE), Planned("B", 40, MODE), Planned("C", 20, MODE)]
    after = [Planned("A", 6, MODE), Planned("B", 37, MODE), Planned("C", 20, SHORT)]
    found = compare(CYCLE, before, after)
    assert found.moved == (Move("A", 4, 6, weight=6), Move("B", 40, 37, weight=3))
    assert [one.weeks for one in found.moved] == [2, -3]
    assert (found.weight, found.relengthened) == (9, ("C",))
    assert (found.cost_before, found.cost_after) == (2 + 38 + 18, 4 + 35 + 18 + 4)


def test_what_was_far_when_the_plan_was_made_is_near_later():
    before, after = [Planned("B", 40, MODE)], [Planned("B", 41, MODE)]
    assert compare(CYCLE, before, after).weight == 1
    assert compare(CYCLE, before, after, today=30).weight == 3


def test_reviews_that_come_and_go_are_named_and_have_no_common_cost():
    found = compare(CYCLE, [Planned("A", 4, MODE)], [Planned("B", 9, MODE)])
    assert (found.added, found.gone, found.cost_before, found.cost_after) == (("B",), ("A",), None, None)
    assert {clash.rule for clash in found.clashes_before} == {"MISSING"}


def test_rules_that_the_old_plan_breaks_now_are_listed():
    closed = replace(CYCLE, reviews=CYCLE.reviews[:1], closed={"A": frozenset({4})})
    found = compare(closed, [Planned("A", 4, MODE)], [Planned("A", 5, MODE)])
    assert [(one.rule, one.week) for one in found.clashes_before] == [("CLOSED", 4)]
    assert found.clashes_after == ()


def test_the_load_of_each_month_stands_beside_what_there_is():
    one = replace(CYCLE, reviews=CYCLE.reviews[:1])
    months = compare(one, [Planned("A", 2, MODE)], [Planned("A", 9, MODE)]).months
    # Weeks 0 to 5 (2 of them desk review, 2 officers in week 2) are 4 January to 8 February; capacity 4 in 4 weeks
    assert months[:3] == (
        Month(date(2027, 1, 1), 5, 0, 16),
        Month(date(2027, 2, 1), 2, 1, 16),
        Month(date(2027, 3, 1), 0, 6, 20),
    )


def test_moved_visits_of_other_mechanisms_are_named():
    other = OtherVisit("A", "GRECO", 5, earliest=3, latest=9)
    one = replace(CYCLE, reviews=CYCLE.reviews[:1], others=(other,), distance=1)
    found = compare(one, [Planned("A", 4, MODE)], [Planned("A", 5, MODE, moved=((other, 6),))])
    assert found.others == (("A", "GRECO", 5, 6),)
    assert (found.clashes_after, found.cost_after) == ((), 3 + 20 + 1)


plans = st.lists(st.integers(2, 50), min_size=3, max_size=3).map(
    lambda weeks: [Planned(code, week, MODE) for code, week in zip("ABC", weeks, strict=True)]
)


@given(plans, plans)
def test_nothing_moves_within_one_plan_and_moves_turn_round(one: list[Planned], other: list[Planned]):
    assert compare(CYCLE, one, one).moved == ()
    there, back = compare(CYCLE, one, other), compare(CYCLE, other, one)
    assert {(move.code, move.weeks) for move in there.moved} == {(move.code, -move.weeks) for move in back.moved}
    assert there.weight == back.weight
    assert sum(month.before for month in there.months) == 3 * (2 + 2 + 3)
