"""Plans keep every rule, are proven best, and say what must give where there is none."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merida.rules.timetable.checker import Clash, clashes, cost
from merida.rules.timetable.compare import compare
from merida.rules.timetable.instance import (
    JOINT_MEETING,
    VIRTUAL,
    Instance,
    Mode,
    OtherVisit,
    Planned,
    Review,
    TimetableError,
)
from merida.rules.timetable.model import build, undominated
from merida.rules.timetable.solving import explain, plan

MONDAY = date(2027, 1, 4)
LONG, HASTY = Mode(2, 3), Mode(1, 1, cost=5)


def review(code: str, state: str, *reviewers: str, release: int = 2, latest: int = 9, language: str = "en") -> Review:
    return Review(code, state, reviewers, language, release, latest, (LONG, HASTY))


def instance(*reviews: Review, capacity: int = 9, weeks: int = 14, **more: object) -> Instance:
    return replace(Instance(MONDAY, (capacity,) * weeks, reviews), **more)


def weeks_of(made: tuple[Planned, ...]) -> dict[str, int]:
    return {one.code: one.week for one in made}


def test_visits_take_the_first_weeks_that_nobody_else_needs():
    found = plan(instance(review("A", "AAA", "CCC"), review("B", "BBB", "CCC", language="fr")))
    assert sorted(weeks_of(found.plan).values()) == [2, 3]  # the reviewer CCC cannot be at both in one week
    assert (found.cost, found.gap, found.obstacles) == (1, 0.0, ())


def test_two_visits_in_one_language_need_two_weeks():
    found = plan(instance(review("A", "AAA"), review("B", "BBB")))
    assert sorted(weeks_of(found.plan).values()) == [2, 3]


def test_another_mechanism_is_kept_at_a_distance_or_joined():
    visited = OtherVisit("AAA", "GRECO", 4)
    apart = plan(instance(review("A", "AAA"), others=(visited,), distance=3))
    assert weeks_of(apart.plan) == {"A": 7}
    joined = plan(instance(review("A", "AAA"), others=(replace(visited, joint=True),), distance=3))
    assert weeks_of(joined.plan) == {"A": 4}


def test_holidays_of_the_reviewer_and_blocked_weeks_are_avoided():
    found = plan(instance(review("A", "AAA", "BBB"), blocked=frozenset({2}), closed={"BBB": frozenset({3})}))
    assert weeks_of(found.plan) == {"A": 4}


def test_officers_are_not_needed_twice():
    found = plan(instance(review("A", "AAA"), review("B", "BBB", language="fr"), capacity=2))
    assert found.plan
    assert clashes(instance(review("A", "AAA"), review("B", "BBB", language="fr"), capacity=2), found.plan) == []


def test_what_must_give_is_named_with_its_week():
    locked = instance(review("A", "AAA"), blocked=frozenset({5}), locks={"A": 5})
    assert [(one.rule, one.week, one.item) for one in plan(locked).obstacles] == [
        ("LOCK", 5, "A")
    ]  # an earlier week is cheaper
    crowded = instance(review("A", "AAA", latest=2), review("B", "BBB", latest=2))
    assert [(one.rule, one.week, one.item, one.amount) for one in plan(crowded).obstacles] == [("LANGUAGE", 2, "en", 1)]


def test_nothing_must_give_where_there_is_a_plan():
    assert explain(instance(review("A", "AAA"))).obstacles == ()


def test_replanning_moves_only_what_it_must():
    two = instance(review("A", "AAA"), review("B", "BBB"), review("C", "CCC"))
    before = plan(two).plan
    assert compare(two, before, plan(two, before=before).plan).moved == ()
    first = next(one.code for one in before if one.week == 2)
    after = plan(replace(two, closed={first * 3: frozenset({2})}), before=before).plan
    assert [one.code for one in compare(two, before, after).moved] == [first]


def test_a_cancelled_planning_keeps_the_best_plan_so_far():
    heard = []
    many = instance(*(review(f"R{place}", f"S{place}", latest=40) for place in range(12)), weeks=50, capacity=4)
    found = plan(many, told=heard.append, cancelled=lambda: bool(heard))
    assert clashes(many, found.plan) == []
    assert heard
    assert 0 <= found.bound <= found.cost
    assert 0 <= found.gap <= 1


def test_a_planning_cancelled_before_any_plan_says_so():
    with pytest.raises(TimetableError, match="cancelled before a plan was found"):
        plan(instance(review("A", "AAA")), cancelled=lambda: True)


def test_a_joint_visit_outside_the_weeks_of_a_review_costs_nothing():
    early = instance(review("A", "AAA"), others=(OtherVisit("AAA", "GRECO", 12, joint=True),), distance=1)
    found = plan(early)
    assert found.cost == cost(early, found.plan) == 0


def test_sessions_at_a_distance_need_an_hour_that_all_are_awake():
    # Six hours of the day in common in winter, five once Chicago has summer time (14 March 2027, the end of week 9)
    parted = {"AAA": "Asia/Tokyo", "BBB": "America/Chicago"}
    mode = Mode(1, 1, form=VIRTUAL)
    one = instance(replace(review("A", "AAA", "BBB", latest=12), modes=(mode,)), zones=parted, session_hours=6)
    assert {choice.planned.week for choice in build(one).choices} == set(range(2, 10))
    assert clashes(one, [Planned("A", 9, mode)]) == []
    assert {clash.rule for clash in clashes(one, [Planned("A", 10, mode)])} == {"HOURS"}
    unknown = replace(one, zones={"AAA": "Asia/Tokyo"})  # the other's hours stand against nothing
    assert clashes(unknown, [Planned("A", 10, mode)]) == []


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (Planned("A", 1, HASTY), "OUTSIDE_WINDOW"),
        (Planned("A", 3, Mode(4, 4)), "WRONG_LENGTHS"),
        (Planned("A", 5, LONG), "BLOCKED"),
        (Planned("A", 6, LONG), "CLOSED"),
        (Planned("A", 7, LONG), "TOO_CLOSE"),
        (Planned("Z", 3, LONG), "MISSING"),
    ],
)
def test_the_checker_names_what_is_wrong(broken: Planned, rule: str):
    one = instance(
        review("A", "AAA"),
        blocked=frozenset({5}),
        closed={"AAA": frozenset({6})},
        others=(OtherVisit("AAA", "MESICIC", 8),),
        distance=2,
    )
    assert rule in {clash.rule for clash in clashes(one, [broken])}


def test_the_checker_counts_what_reviews_share():
    both = instance(review("A", "AAA", "CCC"), review("B", "BBB", "CCC"), capacity=3, visits_at_once=1)
    found = clashes(both, [Planned("A", 4, LONG), Planned("B", 4, LONG)])
    assert found == [
        Clash("VISITS_AT_ONCE", 4, ("A", "B")),
        Clash("LANGUAGE", 4, ("en", "A", "B")),
        Clash("STATE_TWICE", 4, ("CCC",)),
        Clash("CAPACITY", 4, ("4", "3")),
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"first_monday": date(2027, 1, 5)}, "first_monday: 2027-01-05 is not a Monday"),
        ({"reviews": ()}, "reviews: there is none to plan"),
        ({"capacity": (0,) * 14}, "capacity: zero in every week, no review can be worked on"),
        ({"zones": {"AAA": "Moon/Base"}}, "AAA: time zone 'Moon/Base' does not exist (Europe/Vienna does)"),
        ({"session_hours": 0}, "session_hours: a session of 0 hours; from 1 to 12"),
        ({"visits_a_language": 0}, "visits_a_language: 0 allows no visit at all"),
        ({"locks": {"Q": 3}}, "locks: Q is no review of this plan"),
        ({"locks": {"A": 12}}, "locks: A in the week of 2027-03-29, outside its weeks, 2027-01-18 to 2027-03-08"),
        ({"locks": {"A": 3, "B": 3}}, "locks: A and B both take CCC in the week of 2027-01-25"),
        (
            {"others": (OtherVisit("AAA", "GRECO", 99),)},
            "others: GRECO visit to AAA in the week of 2028-11-27 lies outside the timetable, 2027-01-04 to 2027-04-11",
        ),
        ({"reviews": (review("A", "AAA"), review("A", "BBB"))}, "reviews: A stands twice"),
        (
            {"reviews": (review("A", "AAA", latest=20),)},
            "A: its weeks, 2027-01-18 to 2027-05-24, do not lie within the timetable, 2027-01-04 to 2027-04-11",
        ),
        ({"reviews": (review("A", "AAA", "AAA"),)}, "A: AAA reviews itself"),
        ({"reviews": (review("A", "AAA", "CCC", "CCC"),)}, "A: a reviewer stands twice among CCC, CCC"),
        ({"reviews": (replace(review("A", "AAA"), modes=(Mode(1, 1, 10**400),)),)}, "A: a cost above 10000"),
    ],
)
def test_an_instance_that_no_plan_could_use_is_refused_by_name(changed: dict[str, object], message: str):
    usual = instance(review("A", "AAA", "CCC"), review("B", "BBB", "CCC"))
    with pytest.raises(TimetableError) as refused:
        plan(replace(usual, **changed))
    assert str(refused.value) == message


STATES = ["AAA", "BBB", "CCC"]


MODES = [
    Mode(1, 1),
    Mode(0, 1, cost=2),
    Mode(1, 2, 1, VIRTUAL, (2,)),
    Mode(0, 1, 3, JOINT_MEETING),
    Mode(0, 2, 1, VIRTUAL, (1, 2)),
]
ZONES = ["UTC", "Pacific/Auckland", "America/Sao_Paulo", "Europe/Vienna", "Asia/Kathmandu"]
SUBJECTS = [
    frozenset[str](),
    frozenset({"asset recovery"}),
    frozenset({"bribery", "asset recovery"}),
    frozenset({"tax"}),
]


def by_week(least: int, most: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.tuples(*[st.integers(least, most)] * 8, st.just(2))  # not none in every week


@st.composite
def other_visits(draw: st.DrawFn) -> OtherVisit:
    week = draw(st.integers(0, 8))
    first, last = draw(st.sampled_from([(None, None), (max(0, week - 2), min(8, week + 1))]))
    state, mechanism = draw(st.sampled_from(STATES)), draw(st.sampled_from(["X", "Y"]))
    subjects = draw(st.sampled_from(SUBJECTS))
    return OtherVisit(state, mechanism, week, draw(st.booleans()), subjects, first, last, move_cost=1)


@st.composite
def small(draw: st.DrawFn) -> Instance:
    reviews = []
    for state in draw(st.lists(st.sampled_from(STATES), min_size=1, max_size=3, unique=True)):
        reviewers = draw(st.lists(st.sampled_from([one for one in STATES if one != state]), max_size=2, unique=True))
        release = draw(st.integers(1, 4))
        last = draw(st.integers(release, 6))
        modes = tuple(draw(st.lists(st.sampled_from(MODES), min_size=1, max_size=2, unique=True)))
        language, subjects = draw(st.sampled_from(["en", "fr"])), draw(st.sampled_from(SUBJECTS))
        joint = draw(st.booleans())
        reviews.append(
            Review(state, state, tuple(reviewers), language, release, last, modes, joint=joint, subjects=subjects)
        )
    others = draw(st.lists(other_visits(), max_size=2, unique_by=lambda one: (one.state, one.mechanism)))
    return instance(
        *reviews,
        capacity=draw(st.integers(2, 5)),
        weeks=9,
        others=tuple(others),
        blocked=draw(st.frozensets(st.integers(0, 8), max_size=2)),
        distance=draw(st.integers(0, 3)),
        visits_at_once=draw(st.integers(1, 2)),
        zones=draw(st.dictionaries(st.sampled_from(STATES), st.sampled_from(ZONES))),
        session_hours=draw(st.integers(1, 4)),
        busy=draw(st.dictionaries(st.sampled_from(STATES), st.frozensets(st.integers(0, 8), max_size=2), max_size=2)),
        distances=draw(st.dictionaries(st.just("X"), st.integers(0, 4))),
        interpreters=draw(st.dictionaries(st.just("fr"), by_week(0, 2))),
        officers=draw(st.dictionaries(st.just("fr"), by_week(1, 4))),
    )


ALONE = {"VISITS_AT_ONCE", "LANGUAGE", "STATE_TWICE", "CAPACITY", "OFFICERS"}


def alone(one: Instance, way: Planned) -> set[str]:
    """The rules that a choice breaks whatever the other reviews do."""
    mine = replace(one, reviews=tuple(each for each in one.reviews if each.code == way.code))
    return {clash.rule for clash in clashes(mine, [way])} - ALONE


def ways_to_move(one: Instance, state: str) -> list[tuple[tuple[OtherVisit, int], ...]]:
    mine = [other for other in one.others if other.state == state]
    return [
        tuple((other, week) for other, week in zip(mine, weeks, strict=True) if week != other.week)
        for weeks in itertools.product(*(other.weeks for other in mine))
    ]


def cheapest(one: Instance) -> int | None:
    """The cost of the best plan, found by trying every one of them."""
    ways = [
        [
            Planned(each.code, week, mode, moved)
            for week in range(each.release, each.latest + 1)
            for mode in each.modes
            for moved in ways_to_move(one, each.state)
        ]
        for each in one.reviews
    ]
    ways = [[way for way in mine if not alone(one, way)] for mine in ways]
    costs = [cost(one, tried) for tried in itertools.product(*ways) if not clashes(one, tried)]
    return min(costs, default=None)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small())
def test_the_plan_is_the_cheapest_of_all_or_none_exists(one: Instance):
    found = plan(one, gap=0.0)
    assert (found.cost if found.plan else None) == cheapest(one)
    assert bool(found.obstacles) != bool(found.plan)


@settings(deadline=None)
@given(small())
def test_model_and_checker_agree_on_every_single_choice(one: Instance):
    """What the model leaves out is just what the checker refuses for a review alone."""
    for each in one.reviews:
        mine = replace(one, reviews=(each,))
        offered = {choice.planned: choice.cost for choice in build(mine).choices}
        for week, mode in itertools.product(range(one.weeks), undominated(each.modes)):
            tried = [Planned(each.code, week, mode, moved) for moved in ways_to_move(one, each.state)]
            right = {cost(mine, [way]): way for way in tried if not alone(one, way)}
            mine_offered = [paid for planned, paid in offered.items() if (planned.week, planned.mode) == (week, mode)]
            assert mine_offered == ([min(right)] if right else []), (week, mode, right)
