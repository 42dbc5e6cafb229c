"""Reads of the registry: what they give and how many queries they take."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.loaded_registry import loaded_registry  # noqa: F401

from merida.foundation.registry import figures, queries
from merida.foundation.sources.languages import text_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]


def state(slug: str) -> queries.State:
    found = queries.state_by_slug(slug)
    assert found is not None
    return found


def groups_of(number: int) -> list[object]:
    return [
        (s.source.citation, queries.group_among(s.groups.all(), date(2020, 1, 1)))
        for s in queries.states_list()[:number]
    ]


def actions(number: int) -> list[object]:
    return [(a.state.names, a.source) for a in queries.treaty_actions_list(instrument="UNCAC")[:number]]


def provisions(number: int) -> list[object]:
    return [(p.instrument.slug, p.parent) for p in queries.provisions_list(instrument="UNCAC")[:number]]


def memberships(number: int) -> list[object]:
    return [(m.mechanism.names, m.state) for m in queries.memberships_list(mechanism="GRECO")[:number]]


def cycles(number: int) -> list[object]:
    found = [figures.cycles_of(mechanism) for mechanism in figures.mechanisms_list()[:number]]
    return [[p.key for p in cycle.provisions.all()] for listed in found for cycle in listed]


def compared(number: int) -> list[object]:
    return [f.difference for f in figures.printed_figures_compared()[:number]]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("read", "expected"),
    [(groups_of, 2), (actions, 1), (provisions, 1), (memberships, 1), (cycles, 4), (compared, 3)],
)
def test_lists_take_the_same_queries_at_any_length(read: Callable[[int], object], expected: int, number: int) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert read(number)
    assert len(captured) == expected


def test_a_state_is_named_as_it_was_named_on_the_day() -> None:
    short = [n for n in queries.names_of(state("swz")) if (n.language, n.kind) == ("en", "SHORT")]
    assert [(n.name, n.since_date, n.until_date) for n in short if n.name in ("Eswatini", "Swaziland")] == [
        ("Eswatini", date(2018, 4, 19), None),
        ("Swaziland", None, date(2018, 4, 19)),
    ]


def test_earlier_names_come_with_the_day_of_their_end_and_a_mark() -> None:
    earlier = {
        (n.name, str(n.until_date), n.is_unverified)
        for n in queries.names_of(state("mkd"))
        if n.language == "en" and n.until_date and n.kind != "ALIAS"
    }
    assert earlier == {("the former Yugoslav Republic of Macedonia", "2019-02-14", True)}


def test_a_name_falls_back_to_a_language_that_has_one_and_says_which() -> None:
    names = {"fr": "Fidji", "zh": "斐济"}
    assert text_in(names, "zh") == ("斐济", "zh")
    assert text_in(names, "ru") == ("Fidji", "fr")
    assert text_in({}, "ru") == ("", "")


def test_groups_have_the_sizes_of_the_united_nations() -> None:
    sizes = {
        group.code: queries.states_list(group=group.code, kinds=["MEMBER_STATE"]).count()
        for group in queries.regional_groups()
    }
    assert sizes == {
        "AFRICAN": 54,
        "ASIA_PACIFIC": 54,
        "EASTERN_EUROPEAN": 23,
        "LATIN_AMERICAN_AND_CARIBBEAN": 33,
        "WESTERN_EUROPEAN_AND_OTHERS": 29,
    }


def test_the_european_union_is_a_party_without_a_group() -> None:
    assert queries.group_among(state("eue").groups.all(), date(2020, 1, 1)) is None
    assert "EUE" in figures.parties_at("UNCAC", date(2020, 2, 29))


def test_a_provision_stands_in_its_line() -> None:
    provision = queries.provision_by_slug("uncac/13-1-c")
    assert provision is not None
    assert [p.key for p in queries.provision_line(provision)] == [
        "UNCAC chapter II",
        "UNCAC 13",
        "UNCAC 13(1)",
        "UNCAC 13(1)(c)",
    ]
    paragraph = queries.provision_by_slug("uncac/13-1")
    assert paragraph is not None
    assert [p.number for p in queries.parts_of(paragraph)] == ["13(1)(a)", "13(1)(b)", "13(1)(c)", "13(1)(d)"]


def test_treaty_actions_of_a_state_come_by_date_with_source() -> None:
    actions = queries.treaty_actions_of(state("nam"))
    assert [(a.instrument.code, a.kind, str(a.action_date)) for a in actions if a.instrument.code == "UNCAC"] == [
        ("UNCAC", "SIGNATURE", "2003-12-09"),
        ("UNCAC", "RATIFICATION", "2004-08-03"),
    ]
    assert {a.source.code for a in actions if a.instrument.code == "UNCAC"} == {"UNTC_2014"}


def test_memberships_of_a_state_on_a_day() -> None:
    codes = {
        day.year: [membership.mechanism.code for membership in queries.memberships_of(state("rus"), day)]
        for day in (date(2021, 3, 29), date(2024, 1, 1))
    }
    assert codes == {2021: ["GRECO", "OECD_WGB"], 2024: ["OECD_WGB"]}


def test_mechanisms_of_all_states_in_three_queries() -> None:
    with CaptureQueriesContext(connection) as captured:
        found = figures.mechanisms_of_states(date(2021, 3, 29))
    assert len(captured) == 3
    assert found["USA"] == ("GRECO", "MESICIC", "OECD_WGB", "UNCAC_IRM", "UNTOC_REVIEW")
    assert found["NAM"] == ("AU_REVIEW", "UNCAC_IRM", "UNTOC_REVIEW")


def test_members_of_a_treaty_review_are_its_parties() -> None:
    mechanism = figures.mechanism_by_slug("uncac-irm")
    assert mechanism is not None
    assert len(figures.members_at(mechanism, date(2020, 2, 29))) == 187


def test_the_series_ends_on_the_day_asked_for() -> None:
    series = figures.count_series("UNCAC", until=date(2020, 2, 29))
    assert (series[0].year, series[-1].year, series[-1].count) == (2003, 2020, 187)  # Kenya deposited in 2003
    assert figures.count_series("UNTOC_TIP", until=date(2020, 2, 29)) == ()


def test_a_count_says_how_far_it_is_sourced() -> None:
    support = figures.support_of_parties("UNCAC", date(2014, 4, 2))
    assert (support.count, support.sourced, support.is_unverified) == (171, 171, False)
    later = figures.support_of_parties("UNCAC", date(2020, 2, 29))
    assert (later.count, later.sourced, later.is_unverified) == (187, 173, True)


def test_the_keys_of_mentions_lead_to_names_and_addresses() -> None:
    keys = [
        ("STATE", "TON"),
        ("PROVISION", "UNCAC 13(1)(c)"),
        ("CHAPTER", "UNCAC chapter II"),
        ("STATE", "XXX"),
        ("DATE", "2019-11"),
    ]
    found = queries.named(keys)
    assert {key: (one.slug, one.names.get("en", "")) for key, one in found.items()} == {
        ("STATE", "TON"): ("ton", "Tonga"),
        ("PROVISION", "UNCAC 13(1)(c)"): ("uncac/13-1-c", ""),
        ("CHAPTER", "UNCAC chapter II"): ("uncac/chapter-ii", "Preventive measures"),
    }
