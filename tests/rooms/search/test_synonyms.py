"""Synonyms of a term: in any order, near each other, with or without a hyphen."""

import pytest

from merida.exchange.search.entry import PARAGRAPH, EntryData
from merida.exchange.search.index import put_entries
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import search

pytestmark = pytest.mark.django_db


def test_a_synonym_is_met_in_any_order_with_words_between_but_not_across_a_whole_text():
    put_entries(
        EntryData(f"paragraph:near-{at}", PARAGRAPH, "en", "", text)
        for at, text in enumerate(
            [
                "Assets that had been stolen abroad were returned.",
                "The return of the assets took years.",
                "Assets were listed by the office; the list names forty houses, two farms and one boat on return.",
            ]
        )
    )
    found = {hit.ref for hit in search(parse_query("asset recovery", "en")).hits}
    assert found == {"paragraph:near-0", "paragraph:near-1"}
    marked = next(h for h in search(parse_query("asset recovery", "en")).hits if h.ref == "paragraph:near-1")
    assert [piece for piece, is_marked in marked.snippet.pieces() if is_marked] == ["return", "assets"]


def test_a_term_is_known_in_another_order_and_with_or_without_its_hyphen():
    for typed in ("protection of witnesses", "witness protection"):
        assert parse_query(typed, "en").clauses[0].concepts == ("witness_protection",)
    for typed in ("anticorruption agency", "anti-corruption agency", "anti corruption agency"):
        assert "anticorruption_body" in parse_query(typed, "en").clauses[0].concepts
