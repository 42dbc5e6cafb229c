"""Reading what a person typed: never an error, and nothing dropped without a word."""

import sqlite3
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.exchange.search import fts5, postgresql
from merida.exchange.search.parsing import LONGEST_QUERY, MOST_CLAUSES, parse_query
from merida.exchange.search.query import CONTROL_CHARACTERS, NO_WORDS, ODD_QUOTES, SMALL_WORDS, TOO_LONG, TOO_MANY_WORDS
from merida.exchange.search.snippets import marks, snippet, sought

PAGES = st.sampled_from(("ar", "zh", "en", "fr", "ru", "es"))


def codes(text, language="en"):
    return [notice.code for notice in parse_query(text, language).notices]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("corruption", []),
        ("cor\x00ruption", [CONTROL_CHARACTERS]),
        ('"public sector', [ODD_QUOTES]),
        ("***", [NO_WORDS]),
        ("", []),
        ("the act of", [SMALL_WORDS, SMALL_WORDS]),
        ("the of", []),
        ("word " * 3000, [TOO_LONG, TOO_MANY_WORDS]),
        ("a" * 10_000, [TOO_LONG]),
        ("\ud800", [CONTROL_CHARACTERS]),
        ("🙂", [NO_WORDS]),
    ],
)
def test_the_reader_is_told_what_was_not_used(text, expected):
    assert codes(text) == expected


def test_the_kinds_of_demand():
    query = parse_query("bribery “public sector” proc* «mise en œuvre»", "fr")
    assert [(clause.kind, clause.typed) for clause in query.clauses] == [
        ("EXACT", "public sector"), ("PREFIX", "proc"), ("EXACT", "mise en œuvre"), ("WORDS", "bribery"),
    ]  # fmt: skip


def test_a_direction_mark_from_a_copied_text_does_not_hide_a_word():
    assert (
        parse_query("\u202bالفساد\u202c", "ar").clauses[0].alternatives
        == parse_query("الفساد", "ar").clauses[0].alternatives
    )


@given(st.text(max_size=700), PAGES)
def test_any_text_gives_a_query_that_both_back_ends_can_be_asked(text, language):
    query = parse_query(text, language)
    assert len(query.text) <= LONGEST_QUERY
    assert len(query.clauses) <= MOST_CLAUSES
    assert fts5.match(query, frozenset({"PUBLIC", "R1"})).count('"') % 2 == 0
    assert postgresql.match(query, None)


@given(st.text(alphabet="ab \"*“”«»'()&|!:-\\\x00é腐败国会 ال", max_size=40), PAGES)
def test_sqlite_accepts_every_query(text, language):
    asked = fts5.match(parse_query(text, language), None)
    found = SQLITE.execute("SELECT rowid FROM search_tokens WHERE search_tokens MATCH ?", [asked]).fetchall()
    assert found == [], "the table is empty; what counts is that the engine takes the question"


def _sqlite():
    memory = sqlite3.connect(":memory:")
    memory.execute(fts5.CREATE)
    return memory


SQLITE = _sqlite()


def test_an_endless_query_takes_no_time():
    started = time.perf_counter()
    parse_query('“"' * 100_000 + "a-" * 100_000, "en")
    assert time.perf_counter() - started < 1


def test_a_snippet_shows_the_place_that_meets_most_of_the_query_and_marks_it():
    text = "Nothing here. " * 30 + "The anti-corruption bodies of two States met. " + "Nothing there. " * 30
    shown = snippet(sought(parse_query("anti-corruption body", "en")), "en", text)
    assert [piece for piece, marked in shown.pieces() if marked] == ["anti-corruption", "bodies"]
    assert (shown.cut_before, shown.cut_after, len(shown.text) <= 240) == (True, True, True)
    assert "".join(piece for piece, _ in shown.pieces()) == shown.text


@pytest.mark.parametrize(
    ("query", "language", "text", "marked"),
    [
        ("采购", "zh", "公共采购法", ["采购"]),
        ("法", "zh", "公共采购法与法官", ["法", "法"]),
        ("国会", "zh", "缔约国会议", []),
        ("integrite", "fr", "L’intégrité des juges", ["intégrité"]),
        ("مكافحة", "ar", "هيئة لِمُكافحة الفساد", ["لِمُكافحة"]),
        ('"recovery of assets"', "en", "the recovery of assets", ["recovery of assets"]),
        ("recov*", "en", "recovered, recovery, cover", ["recovered", "recovery"]),
        ("<b>&", "en", "a <b> b", ["b", "b"]),
    ],
)
def test_marks_are_offsets_into_the_text_as_it_stands(query, language, text, marked):
    assert [text[start:end] for start, end in marks(sought(parse_query(query, language)), language, text)] == marked


@given(st.text(max_size=200), st.text(max_size=20), PAGES)
def test_pieces_of_a_snippet_make_up_its_text(text, typed, language):
    shown = snippet(sought(parse_query(typed, language)), language, text)
    assert "".join(piece for piece, _ in shown.pieces()) == shown.text
    assert shown.text in text
