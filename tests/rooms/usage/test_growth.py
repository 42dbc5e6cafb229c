"""Growth is told only where there is something whole to compare with."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.exchange.usage.growth import Span, growth, month_after, months, year_before

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
COUNTS = st.lists(st.tuples(DAYS, st.sampled_from(["PAGE", "SEARCH"]), st.integers(1, 10_000)), max_size=60)


def test_a_month_is_compared_with_the_same_month_of_the_year_before():
    told = [(date(2024, 12, 31), "PAGE", 1), (date(2025, 3, 9), "PAGE", 40), (date(2026, 3, 30), "PAGE", 50)]
    by_month = {one.first: one for one in months(told, date(2026, 5, 2))}
    assert by_month[date(2026, 3, 1)].growth("PAGE") == 0.25
    assert by_month[date(2026, 4, 1)].growth("PAGE") is None  # nothing was read a year before
    assert len(by_month) == 18  # months without a reader stand there too


def test_the_running_month_is_held_against_the_same_days():
    told = [(date(2025, 1, 1), "PAGE", 1), (date(2025, 5, 2), "PAGE", 10), (date(2025, 5, 3), "PAGE", 900)]
    newest = months([*told, (date(2026, 5, 1), "PAGE", 20)], date(2026, 5, 2))[0]
    assert (newest.running, newest.growth("PAGE")) == (True, 1.0)


def test_the_month_in_which_counting_began_is_no_measure():
    begun = [(date(2025, 5, 20), "PAGE", 10), (date(2026, 5, 1), "PAGE", 500)]
    assert months(begun, date(2026, 6, 1))[1].growth("PAGE") is None


@pytest.mark.parametrize(
    ("now", "before", "share"), [(0, 5, -1.0), (5, 5, 0.0), (15, 5, 2.0), (5, 0, None), (5, None, None)]
)
def test_growth_is_a_share_of_what_was_before(now, before, share):
    assert growth(now, before) == share


def test_the_29th_of_february_follows_the_28th():
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)


@given(COUNTS, DAYS)
def test_nothing_counted_is_lost_or_told_twice_and_months_follow_one_another(told, today):
    found = months(told, today)
    for kind in ("PAGE", "SEARCH"):
        expected = sum(count for day, which, count in told if which == kind and day <= today)
        assert sum(one.counts.get(kind, 0) for one in found) == expected
    assert all(month_after(later.first) == earlier.first for earlier, later in pairwise(found))
    assert [one.running for one in found] == [index == 0 for index in range(len(found))]


@given(COUNTS, DAYS)
def test_what_is_compared_never_exceeds_the_month_before(told, today):
    found = {one.first: one for one in months(told, today)}
    for one in found.values():
        if one.before is not None:
            whole = found[year_before(one.first)].counts
            assert all(one.before.get(kind, 0) <= whole.get(kind, 0) for kind in ("PAGE", "SEARCH"))


@given(DAYS)
def test_two_years_of_days_touch_and_are_equally_long(today):
    span = Span(today)
    assert span.earlier_last + timedelta(1) == span.first
    assert span.last - span.first == span.earlier_last - span.earlier_first == timedelta(364)
