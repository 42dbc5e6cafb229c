"""Participation as a pure rule: what holds for any memberships."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from merida.foundation.registry.participation import OTHERS, Stay, members_on, participation

DAYS = st.dates(date(1996, 1, 1), date(2030, 1, 1))
STATES = st.sampled_from(["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"])


@st.composite
def stays(draw: st.DrawFn) -> Stay:
    since = draw(st.none() | DAYS)
    until = draw(st.none() | DAYS.filter(lambda day: since is None or day > since))
    ended = until is not None or draw(st.booleans())
    return Stay(draw(STATES), draw(st.sampled_from(OTHERS)), since, until, ended=ended)


@given(st.sets(STATES), st.lists(stays()), DAYS)
def test_every_party_is_counted_exactly_once(parties: set[str], known: list[Stay], at: date) -> None:
    figure = participation(parties, known, at)
    counted = [state for states in figure.by_number.values() for state in states]
    assert sorted(counted) == sorted(parties)


@given(st.sets(STATES), st.lists(stays()), DAYS)
def test_the_readings_differ_by_the_members_that_are_no_parties(parties: set[str], known: list[Stay], at: date) -> None:
    figure = participation(parties, known, at)
    assert figure.wide.count - figure.by_wording.count == len(figure.members_not_parties)
    assert figure.by_wording.count == sum(len(figure.by_number[n]) for n in (2, 3, 4))


@given(st.lists(stays()), DAYS)
def test_order_and_repetition_of_memberships_do_not_matter(known: list[Stay], at: date) -> None:
    assert participation({"AAA", "BBB"}, known, at) == participation({"BBB", "AAA"}, [*reversed(known), *known], at)


@given(STATES, DAYS, st.integers(1, 4000))
def test_a_member_is_in_from_its_first_day_until_before_the_day_it_left(state: str, since: date, days: int) -> None:
    until = since + timedelta(days=days)
    known = [Stay(state, "GRECO", since, until, ended=True)]
    one = timedelta(days=1)
    assert [members_on(known, "GRECO", day) for day in (since - one, since, until - one, until)] == [
        frozenset(),
        {state},
        {state},
        frozenset(),
    ]


def test_an_unknown_start_counts_at_every_date_and_an_undated_end_at_none() -> None:
    known = [Stay("LCA", "MESICIC", None, None), Stay("RUS", "MESICIC", date(2003, 9, 1), None, ended=True)]
    assert members_on(known, "MESICIC", date(1999, 1, 1)) == {"LCA"}
    assert members_on(known, "MESICIC", date(2020, 1, 1)) == {"LCA"}


def test_no_parties_gives_no_share_instead_of_an_error() -> None:
    assert participation(set(), [], date(2020, 1, 1)).by_wording.per_cent == 0.0
