"""Places and excerpts: what an anchor is called, what stands around a span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.knowledge.documents.places import anchor, article_of, excerpt, paragraph_of


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("15", "p15"),
        ("101(a)", "p101"),
        ("fn3", "fn3"),
        ("fn**", "fn-star2"),
        ("title", "title"),
        ("u2", "u2"),
        ("fn1-2", "fn1-2"),
    ],
)
def test_every_place_has_an_anchor_that_html_accepts(place: str, expected: str) -> None:
    assert anchor(place) == expected


def test_an_item_belongs_to_its_paragraph() -> None:
    assert [paragraph_of(place) for place in ("101(a)(ii)", "7", "fn3", "h:I.A")] == ["101", "7", "fn3", "h:I.A"]


@pytest.mark.parametrize(
    ("key", "article"), [("UNCAC 13(1)", "UNCAC 13"), ("UNCAC 13", "UNCAC 13"), ("UNCAC 130", "UNCAC 130")]
)
def test_a_provision_belongs_to_its_article_only(key: str, article: str) -> None:
    assert article_of(key) == article


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 50), st.integers(0, 100))
def test_an_excerpt_is_a_piece_of_the_text_with_the_span_whole(text: str, start: int, length: int, width: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    found = excerpt(text, start=start, end=end, width=width)
    assert found.hit == text[start:end]
    assert f"{found.before}{found.hit}{found.after}" in text
    assert max(len(found.before), len(found.after)) <= width
    assert found.cut_before == (not text.startswith(found.before + found.hit) or len(found.before) < start)
