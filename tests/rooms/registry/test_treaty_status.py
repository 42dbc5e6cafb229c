"""Who is a party on a day, as a pure rule."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from merida.foundation.registry.days import parse_day
from merida.foundation.registry.treaty_status import CONSENT_KINDS, Act, parties, signatories, year_ends

DAYS = st.dates(date(1996, 1, 1), date(2030, 1, 1))
CONSENTS = st.builds(
    Act, st.sampled_from(["AAA", "BBB", "CCC"]), st.sampled_from(sorted(CONSENT_KINDS)), st.none() | DAYS
)


def test_a_signature_alone_makes_no_party() -> None:
    acts = [Act("JPN", "SIGNATURE", date(2003, 12, 9)), Act("JPN", "ACCEPTANCE", date(2017, 7, 11))]
    assert parties(acts, date(2017, 7, 10)) == frozenset()
    assert parties(acts, date(2017, 7, 11)) == {"JPN"}
    assert signatories(acts, date(2003, 12, 9)) == {"JPN"}


def test_a_withdrawal_ends_and_a_new_accession_begins_again() -> None:
    acts = [
        Act("AAA", "ACCESSION", date(2021, 1, 1)),
        Act("AAA", "RATIFICATION", date(2005, 1, 1)),
        Act("AAA", "WITHDRAWAL", date(2010, 1, 1)),
    ]
    days = [date(2004, 12, 31), date(2005, 1, 1), date(2010, 1, 1), date(2020, 1, 1), date(2021, 1, 1)]
    assert [len(parties(acts, day)) for day in days] == [0, 1, 0, 0, 1]


@given(st.lists(CONSENTS), DAYS, st.integers(0, 5000))
def test_without_withdrawals_the_number_never_falls(acts: list[Act], at: date, days: int) -> None:
    assert parties(acts, at) <= parties(acts, at + timedelta(days=days))


@given(st.lists(CONSENTS), DAYS)
def test_the_order_of_the_list_does_not_matter(acts: list[Act], at: date) -> None:
    assert parties(acts, at) == parties(list(reversed(acts)), at)


def test_the_series_counts_the_last_day_of_each_year() -> None:
    acts = [Act("AAA", "CONSENT", date(2005, 12, 31)), Act("BBB", "CONSENT", date(2007, 1, 1))]
    assert list(year_ends(acts, first=2005, last=2007)) == [(2005, 1), (2006, 1), (2007, 2)]


@given(DAYS)
def test_a_day_is_read_back_as_it_was_written(day: date) -> None:
    for length in (4, 7, 10):
        assert str(parse_day(day.isoformat()[:length])) == day.isoformat()[:length]
