"""The lower bound of a rule's precision: against published values, and what holds for any counts."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from merida.exchange.curation.precision import RuleRecord, family_of, wilson_lower_bound

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
counts = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("right", "decided", "bound"),
    [(81, 263, 0.2553), (15, 148, 0.0624), (0, 20, 0.0), (29, 29, 0.8830), (1, 29, 0.0061)],
)
def test_the_bound_is_that_of_the_literature(right, decided, bound):
    """R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872, table I, method 3; the fourth by symmetry."""
    assert wilson_lower_bound(right, decided) == pytest.approx(bound, abs=0.0001)


@calm
@given(counts, counts)
def test_the_bound_lies_between_nothing_and_the_share(right, wrong):
    bound = wilson_lower_bound(right, right + wrong)
    assert 0.0 <= bound <= 1.0
    assert bound <= (right / (right + wrong) if right + wrong else 0.0) + 1e-12


@calm
@given(counts, counts)
def test_one_more_right_raises_the_bound_and_one_more_wrong_lowers_it(right, wrong):
    assume(right)
    here = wilson_lower_bound(right, right + wrong)
    assert wilson_lower_bound(right + 1, right + wrong + 1) > here
    assert wilson_lower_bound(right, right + wrong + 1) < here


@pytest.mark.parametrize(("right", "decided"), [(2, 1), (-1, 3), (0, -1)])
def test_counts_that_cannot_be_are_refused(right, decided):
    with pytest.raises(ValueError, match="cannot be"):
        wilson_lower_bound(right, decided)


@pytest.mark.parametrize(
    ("accepted", "wrong", "sure"),
    [(0, 0, False), (29, 0, False), (30, 0, False), (72, 0, False), (73, 0, True), (73, 1, False), (250, 4, True)],
)
def test_thirty_decisions_are_needed_and_a_bound_of_95_per_cent(accepted, wrong, sure):
    assert RuleRecord("ACTIVITY", "rule", accepted=accepted, rejected=wrong).is_sure is sure
    assert RuleRecord("ACTIVITY", "rule", accepted=accepted, corrected=wrong).is_sure is sure
    assert RuleRecord("ACTIVITY", "rule", accepted=accepted, split=wrong).is_sure is sure


@pytest.mark.parametrize(
    ("rule", "family"),
    [
        ("moment.month type.event.workshop place.city", "moment.month type.event"),
        ("moment.month type.event.meeting", "moment.month type.event"),
        ("moment.day type.event.meeting place.place", "moment.day type.event"),
        ("figure.digits", "figure.digits"),
        ("place.city", "place.city"),
        ("practice.heading", "practice.heading"),
    ],
)
def test_rules_of_one_kind_of_date_and_deed_are_judged_together(rule, family):
    assert family_of(rule) == family
