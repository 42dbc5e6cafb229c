"""Series of figures: one thing counted by one reporter; a line never joins what was not counted alike."""

import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.knowledge.observatory.series import Point, runs, series_of, steps_to

POINTS = st.lists(
    st.builds(
        Point,
        key=st.integers(0, 10_000),
        on_date=st.dates(date(1990, 1, 1), date(2030, 12, 31)),
        value=st.integers(0, 10**9).map(Decimal),
        counted=st.sampled_from(["trained", "Trained", "trained (judges too)"]),
        unit=st.sampled_from(["", "%"]),
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Officials trained", "UNODC"), ("officials  trained.", "unodc"), True),
        (("officials trained (excluding judges)", ""), ("officials trained, all", ""), True),
        (("متدربون، دون القضاة", ""), ("متدربون", ""), True),
        (("受训官员（不含法官）", ""), ("受训官员", ""), True),
        (("officials trained", "UNODC"), ("officials trained", "OSCE"), False),
        (("officials trained", ""), ("judges trained", ""), False),
        (("(a)", ""), ("(b)", ""), False),
    ],
)
def test_a_series_is_one_thing_counted_by_one_reporter(one, other, same):
    assert (series_of(*one) == series_of(*other)) == same


def test_a_detail_or_unit_that_changes_breaks_the_series_and_case_does_not():
    told = [
        ("2015", "trained", ""),
        ("2016", "Trained", ""),
        ("2017", "trained (judges too)", ""),
        ("2018", "trained", "%"),
    ]
    points = [
        Point(at, date(int(year), 12, 31), Decimal(at), counted, unit) for at, (year, counted, unit) in enumerate(told)
    ]
    assert [[one.key for one in run] for run in runs(reversed(points))] == [[0, 1], [2], [3]]


@given(POINTS)
def test_runs_hold_every_point_once_in_time_and_one_definition_each(points):
    found = runs(points)
    assert [one for run in found for one in run] == sorted(points, key=lambda one: (one.on_date, one.key))
    assert all(len({one.definition for one in run}) == 1 for run in found)
    assert all(run[-1].definition != after[0].definition for run, after in itertools.pairwise(found))


@given(st.decimals(0, 10**15, allow_nan=False, places=2))
def test_an_axis_begins_at_nought_reaches_the_largest_and_has_few_equal_steps(largest):
    steps = steps_to(largest)
    assert (steps[0], steps[-1] >= largest, 2 <= len(steps) <= 6) == (0, True, True)
    assert len({after - before for before, after in itertools.pairwise(steps)}) == 1
