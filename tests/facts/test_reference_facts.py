"""The reference files themselves: complete, consistent, honest about what is only recalled."""

from collections import Counter
from datetime import date
from functools import cache

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from merida.foundation.registry.reference import Reference, load_reference, name_entries

LANGUAGES = {"ar", "zh", "en", "fr", "ru", "es"}


@cache
def data() -> Reference:
    return load_reference()


def test_the_list_holds_193_members_2_observers_2_other_states_and_the_european_union() -> None:
    assert Counter(state.kind for state in data().states) == {
        "MEMBER_STATE": 193,
        "OBSERVER_STATE": 2,
        "STATE": 2,
        "REGIONAL_ORGANIZATION": 1,
    }


def test_codes_of_two_letters_are_those_of_cldr() -> None:
    known = {code for code in Locale("en").territories if len(code) == 2}
    assert sorted({state.iso2 for state in data().states} - known) == []
    assert len({state.iso2 for state in data().states}) == len(data().states)


def test_every_state_has_a_short_and_a_formal_name_in_six_languages_today() -> None:
    named = {(n.owner, n.kind, n.language) for n in data().state_names if n.until is None}
    wanted = {(s.iso3, kind, lang) for s in data().states for kind in ("SHORT", "FORMAL") for lang in LANGUAGES}
    assert sorted(wanted - named) == []


FIRST_DAY = date(1992, 4, 27)  # names before that are not collected for every State


@given(st.dates(FIRST_DAY, date(2030, 1, 1)), st.sampled_from(sorted(LANGUAGES)))
def test_on_any_day_every_state_has_one_short_name_in_every_language(day: date, language: str) -> None:
    names = Counter(
        name.owner
        for name in data().state_names
        if (name.kind, name.language) == ("SHORT", language)
        and (name.since is None or name.since.date <= day)
        and (name.until is None or day < name.until.date)
    )
    assert names == dict.fromkeys((state.iso3 for state in data().states), 1)


def test_every_territory_has_a_name_in_six_languages() -> None:
    named = {(n.owner, n.language) for n in data().territory_names if n.kind == "SHORT"}
    assert sorted({(t.code, lang) for t in data().territories for lang in LANGUAGES} - named) == []


def test_every_chapter_and_article_of_the_convention_has_a_title_in_six_languages() -> None:
    titled = [p for p in data().provisions if p.instrument == "UNCAC" and p.kind in {"CHAPTER", "ARTICLE"}]
    assert Counter(p.kind for p in titled) == {"CHAPTER": 8, "ARTICLE": 71}
    assert [p.key for p in titled if set(p.titles) != LANGUAGES] == []


def test_articles_of_the_other_instruments_are_there() -> None:
    counts = Counter(p.instrument for p in data().provisions if p.kind == "ARTICLE")
    assert counts == {"UNCAC": 71, "UNTOC": 41, "IACAC": 28, "OECD_ABC": 17, "AUCPCC": 28, "COE_ETS173": 42}


@pytest.mark.parametrize(
    "number", ["6(3)", "7(4)", "8(4)", "8(5)", "13(1)(c)", "14(5)", "46(13)", "63(7)", "9(1)", "52(2)(b)"]
)
def test_provisions_that_documents_cite_are_there(number: str) -> None:
    assert [p.number for p in data().provisions if p.key == f"UNCAC {number}"] == [number]


def test_cycles_cover_the_chapters_they_were_decided_for() -> None:
    cycles = {p.chapter: p.cycle for p in data().provisions if p.instrument == "UNCAC" and p.kind == "ARTICLE"}
    assert cycles == {"I": "", "II": "2", "III": "1", "IV": "1", "V": "2", "VI": "", "VII": "", "VIII": ""}


def test_nothing_recalled_is_marked_sourced() -> None:
    kinds = {source.code: source.kind for source in data().sources}
    facts = [row for rows in _facts() for row in rows]
    assert len(facts) > 4000
    assert {(kinds[row.source] == "RECOLLECTION", row.confidence) for row in facts} == {
        (False, "SOURCED"),
        (False, "UNVERIFIED"),
        (True, "RECALLED"),
        (True, "UNVERIFIED"),
    }


def _facts() -> list[tuple]:
    names = ("states", "state_names", "state_groups", "organisations", "instruments", "provisions", "treaty_actions")
    return [getattr(data(), name) for name in (*names, "memberships", "mechanisms", "bodies", "groups")]


def test_eight_mechanisms_are_described() -> None:
    assert [mechanism.code for mechanism in data().mechanisms] == [
        "ACN_IAP",
        "ARAB_REVIEW",
        "AU_REVIEW",
        "GRECO",
        "MESICIC",
        "OECD_WGB",
        "UNCAC_IRM",
        "UNTOC_REVIEW",
    ]


def test_the_european_union_is_in_no_group_and_never_matched_as_a_state() -> None:
    assert [g for g in data().state_groups if g.state == "EUE"] == []
    assert {n.kind for n in name_entries() if n.surface == "欧洲联盟"} == {"ORGANISATION"}


def test_no_surface_names_two_states_in_one_language() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for name in name_entries():
        if name.kind in {"STATE", "TERRITORY"}:
            owners.setdefault((name.language, name.surface), set()).add(name.code)
    assert {surface: codes for surface, codes in owners.items() if len(codes) > 1} == {}


def test_no_surface_names_two_organisations_in_one_language() -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for name in name_entries():
        if name.kind == "ORGANISATION":
            owners.setdefault((name.language, name.surface), set()).add(name.code)
    assert {surface: codes for surface, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("surface", "language", "code"),
    [
        ("Swaziland", "en", "SWZ"),
        ("former Yugoslav Republic of Macedonia", "en", "MKD"),
        ("前南斯拉夫的马其顿共和国", "zh", "MKD"),
        ("Turkey", "en", "TUR"),
        ("Turquie", "fr", "TUR"),
        ("Czech Republic", "en", "CZE"),
        ("捷克共和国", "zh", "CZE"),
        ("Cape Verde", "en", "CPV"),
        ("阿拉伯利比亚民众国", "zh", "LBY"),
        ("多米尼加共和国", "zh", "DOM"),
        ("科索沃", "zh", "XKX"),
        ("Республика Молдова", "ru", "MDA"),
        ("جمهورية إيران الإسلامية", "ar", "IRN"),
    ],
)
def test_earlier_and_other_names_are_recognised(surface: str, language: str, code: str) -> None:
    assert {n.code for n in name_entries() if (n.surface, n.language) == (surface, language)} == {code}
