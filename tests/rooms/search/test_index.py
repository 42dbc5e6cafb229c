"""Putting in, taking out, rebuilding, checking: index and entries agree at any moment."""

import hashlib

import pytest
from django.db import connection, transaction

from merida.exchange.search import analysis
from merida.exchange.search.backend import backend
from merida.exchange.search.checking import problems
from merida.exchange.search.entry import PARAGRAPH, RESOLUTION, EntryData, EntryError
from merida.exchange.search.index import FEW_PIECES, data, delete_entries, put_entries, put_together, rebuild
from merida.exchange.search.models import Entry, IndexState
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import count
from merida.rules.languages.words import surfaces_and_stems

pytestmark = pytest.mark.django_db


def entry(key="p1", text="Assets were recovered.", **more):
    return EntryData(
        **{"ref": f"paragraph:{key}", "kind": PARAGRAPH, "language": "en", "title": "sample", "text": text} | more
    )


def total(text):
    return count(parse_query(text, "en"))


def test_what_was_put_in_comes_back_whole():
    given = entry(
        states=("GHA", "KEN"),
        provisions=("UNCAC 13(1)(c)",),
        year=2020,
        document="d",
        link=("document", "", "en"),
        visibility="R7",
    )
    put_entries([given])
    assert data(Entry.objects.get()) == given


def test_the_same_entries_again_change_nothing():
    assert put_entries([entry(), entry("p2")]) == 2
    keys = set(Entry.objects.values_list("pk", flat=True))
    assert put_entries([entry(), entry("p2")]) == 0
    assert set(Entry.objects.values_list("pk", flat=True)) == keys


def test_a_changed_entry_gets_a_new_number_so_that_a_number_never_changes_its_meaning():
    put_entries([entry()])
    before = Entry.objects.get().pk
    put_entries([entry(text="Customs.")])
    assert Entry.objects.get().pk > before
    assert (total("assets"), total("customs"), problems()) == (0, 1, [])


def test_of_two_values_for_one_thing_in_one_call_the_later_counts():
    assert put_entries([entry(), entry(text="Customs.")]) == 1
    assert (total("assets"), total("customs")) == (0, 1)


def test_a_rolled_back_change_leaves_neither_entry_nor_tokens():
    put_entries([entry()])
    with transaction.atomic():
        put_entries([entry(text="Customs."), entry("p2", "Customs.")])
        transaction.set_rollback(True)
    assert (total("assets"), total("customs"), problems()) == (1, 0, [])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ref": "p1"}, "ref 'p1': expected kind:key"),
        ({"kind": "PAGE"}, "paragraph:p1: kind 'PAGE' is none of"),
        ({"language": "de"}, "paragraph:p1: language 'de' is none of"),
        ({"visibility": ""}, "paragraph:p1: visibility is empty"),
        ({"states": ("A;B",)}, "semicolon"),
    ],
)
def test_an_entry_that_cannot_be_indexed_is_refused_and_nothing_is_stored(change, message):
    with pytest.raises(EntryError, match=message):
        put_entries([entry("p0"), entry(**change)])
    assert Entry.objects.count() == 0


def test_odd_texts_are_indexed_and_found():
    texts = [
        "",
        "NUL\0inside",
        "x" * 300_000,
        "word " * 20_000 + "beyond",
        "\u202eright to left\u202c",
        'a\'b\\c "q" & | ! :*',
    ]
    put_entries(entry(str(number), text) for number, text in enumerate(texts))
    assert (total("inside"), total("right left"), total("word"), total("x" * 70), problems()) == (1, 1, 1, 1, [])


def test_a_title_is_searched_and_no_phrase_reaches_from_it_into_the_text():
    put_entries(
        [entry("r", "marked by dignity", ref="resolution:8/8", kind=RESOLUTION, title="Prevention of corruption")]
    )
    assert (total("prevention dignity"), total('"of corruption"'), total('"corruption marked"')) == (1, 1, 0)


def test_rebuilding_finds_the_same_as_before():
    put_entries([entry(), entry("p2", "Customs.")])
    delete_entries(["paragraph:p2"])
    assert rebuild() == 1
    assert (total("assets"), total("customs"), problems()) == (1, 0, [])


def test_an_index_made_by_another_analysis_is_told_and_then_rebuilt():
    put_entries([entry()])
    IndexState.objects.update(analysis="older")
    assert len(problems()) == 1
    put_entries([entry("p2", "Customs.")])
    assert (total("assets"), total("customs"), problems()) == (1, 1, [])


def test_the_check_names_entries_without_tokens():
    put_entries([entry(), entry("p2", "Customs.")])
    backend().clear(connection)
    found = problems()
    assert found[0].startswith("search index: 2 entries are not indexed (numbers ")
    assert "search index: entry paragraph:p1 is not found by its own words" in found


def test_the_check_names_an_entry_whose_text_was_changed_behind_the_index():
    put_entries([entry()])
    Entry.objects.update(text="Something else entirely.")
    assert problems() == ["search index: entry paragraph:p1 is not found by its own words"]


def test_a_changed_analysis_must_raise_its_number():
    """Old entries are taken out with the tokens that went in: when these change, analysis.ANALYSIS must too."""
    text = (
        "L’État's anti-corruption adoptent les travaux d’organisation органы учёт المُكافَحة缔约国会议第8/8号"
        " declaración œuvre programme ß ﬁn"
    )
    every = [surfaces_and_stems(language, text) for language in ("ar", "zh", "en", "fr", "ru", "es", "")]
    assert (analysis.ANALYSIS, hashlib.sha256(repr(every).encode()).hexdigest()[:16]) == (4, "264fc018191dbc28")


def test_tags_are_plain_tokens_that_never_meet():
    assert analysis.tag("p", "UNCAC 13(1)(c)") == "p:uncac%2013(1)(c)"
    assert analysis.tag("s", 'x" OR "y') == "s:x%22%20or%20%22y"
    assert analysis.with_parents(["UNCAC 13(1)(c)", "UNCAC 13"]) == ("UNCAC 13(1)(c)", "UNCAC 13(1)", "UNCAC 13")
    assert [analysis.article(one) for one in ("UNCAC 13(1)(c)", "UNCAC chapter II")] == ["UNCAC 13", "UNCAC chapter II"]


def came_in_one_by_one(number: int) -> None:
    for at in range(number):
        put_entries([entry(f"p{at}", text=f"Assets were recovered {at} times.")])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL tidies by itself")
def test_an_index_in_many_pieces_is_put_together_and_finds_the_same():
    came_in_one_by_one(12)
    delete_entries(["paragraph:p3"])
    before = backend().pieces(connection), total("assets"), total("7")

    assert put_together() >= 1
    assert (backend().pieces(connection), total("assets"), total("7"), problems()) == (1, *before[1:], [])
    assert before == (13, 11, 1)


def test_an_index_in_few_pieces_is_left_as_it_is():
    came_in_one_by_one(FEW_PIECES)
    assert put_together() == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL tidies by itself")
def test_whoever_stops_the_putting_together_loses_nothing():
    came_in_one_by_one(12)
    assert put_together(lambda: True) == 1
    assert (total("assets"), problems()) == (12, [])
