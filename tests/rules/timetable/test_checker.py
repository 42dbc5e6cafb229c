"""The checker believes nothing: it agrees with the model without sharing its code, and finds whatever damages a plan."""

import itertools
import sys
from dataclasses import replace
from subprocess import run

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.rules.timetable.test_timetable import small

from merida.rules.timetable.checker import clashes, cost
from merida.rules.timetable.instance import VISIT, Instance, Mode, OtherVisit, Planned, Review
from merida.rules.timetable.model import Model, build
from merida.rules.timetable.solving import plan

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def test_the_checker_loads_nothing_that_made_the_plan():
    """Only the plain values of an instance; so no fault of the model can hide itself here too."""
    words = "import sys, merida.rules.timetable.checker; print(*sorted(m for m in sys.modules if 'timetable.' in m))"
    loaded = run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == ["merida.rules.timetable.checker", "merida.rules.timetable.instance"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small())
def test_every_plan_of_the_solver_passes_and_costs_what_it_says(one: Instance):
    found = plan(one)
    if found.plan:
        assert clashes(one, found.plan) == []
        assert cost(one, found.plan) == found.cost


def kept_by_model(model: Model, taken: tuple[int, ...]) -> bool:
    """Whether the model's rows allow these choices together."""
    if any(sum(number in taken for number in row) > model.most[key] for key, row in model.rows.items()):
        return False
    for done in model.work.values():
        needed = [0] * len(done.most)
        for number in set(taken) & set(done.choices):
            made = model.choices[number].planned
            for week in range(made.week - made.mode.desk, made.week + made.mode.report + 1):
                held = week == made.week or week - made.week in made.mode.later
                needed[week] += 2 if held else 1
        if any(need > most for need, most in zip(needed, done.most, strict=True)):
            return False
    return True


@UNHURRIED
@given(small(), st.data())
def test_what_the_model_allows_together_is_just_what_the_checker_finds_nothing_in(one: Instance, data: st.DataObject):
    model = build(one)
    assume(all(model.of_review.values()))
    for _try in range(5):
        taken = tuple(data.draw(st.sampled_from(numbers)) for numbers in model.of_review.values())
        made = [model.choices[number].planned for number in taken]
        assert (clashes(one, made) == []) == kept_by_model(model, taken)


def some_plan(one: Instance) -> list[Planned] | None:
    """Return the first plan without a clash, found by trying."""
    model = build(one)
    for taken in itertools.islice(itertools.product(*model.of_review.values()), 500):
        made = [model.choices[number].planned for number in taken]
        if not clashes(one, made):
            return made
    return None


def damages(one: Instance, review: Review, made: Planned) -> list[tuple[str, Instance, Planned | None]]:
    """Return ways to break a plan at one review: the rule that must be named, the instance, what stands there now."""
    week = made.week
    met = OtherVisit(review.state, "MET", week)
    return [
        ("MISSING", one, None),
        ("UNKNOWN", one, replace(made, code="QQQ")),
        ("OUTSIDE_WINDOW", one, replace(made, week=review.latest + 1)),
        ("OUTSIDE_WINDOW", one, replace(made, week=review.release - 1)),
        ("WRONG_LENGTHS", one, replace(made, mode=Mode(made.mode.desk, made.mode.report + 1, form=VISIT))),
        ("BEFORE_START", one, replace(made, mode=replace(made.mode, desk=week + 1))),
        ("AFTER_END", one, replace(made, mode=replace(made.mode, report=one.weeks - week))),
        ("LOCK", replace(one, locks={review.code: week + 1}), made),
        ("BLOCKED", replace(one, blocked=one.blocked | {week}), made),
        ("CLOSED", replace(one, closed={review.state: frozenset({week})}), made),
        ("TOO_CLOSE", replace(one, others=(*one.others, met)), made),
        ("NOT_MOVABLE", one, replace(made, moved=((met, week + 1),))),
        ("CAPACITY", replace(one, capacity=(0,) * one.weeks), made),
        ("OFFICERS", replace(one, officers={review.language: (0,) * one.weeks}), made),
        ("LANGUAGE", replace(one, interpreters={review.language: (0,) * one.weeks}), made),
    ] + [
        (rule, replace(one, **{name: {other: frozenset({week})}}), made)
        for other in review.reviewers
        for rule, name in (("CLOSED", "closed"), ("BUSY", "busy"))
    ]


@UNHURRIED
@given(small(), st.data())
def test_whatever_damages_a_plan_is_named(one: Instance, data: st.DataObject):
    made = some_plan(one)
    assume(made is not None)
    place = data.draw(st.integers(0, len(made) - 1))
    review = next(each for each in one.reviews if each.code == made[place].code)
    rule, changed, now = data.draw(st.sampled_from(damages(one, review, made[place])))
    damaged = [*made[:place], *([now] if now else []), *made[place + 1 :]]
    assert rule in {clash.rule for clash in clashes(changed, damaged)}
    doubled = [*made, made[place]]
    assert {clash.rule for clash in clashes(one, doubled)} == {"TWICE"}
