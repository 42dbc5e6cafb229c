"""Paragraphs laid out for reading."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from merida.interfaces.web.views.marked_text import Block, Drawing, MarkedText, lay_out, outermost

DRAWING = Drawing(plain=str, marked=lambda text, _span: f"[{text}]", call=lambda mark: f"^{mark}")


@dataclass(frozen=True)
class Named:
    start: int
    end: int


def drawn(text, spans=(), items=(), calls=()):
    return lay_out(MarkedText(text, spans, items, calls), DRAWING)


def test_a_mention_is_marked_between_plain_text():
    tonga = Named(0, 5)
    assert drawn("Tonga acceded.", [tonga]) == [Block("", "[Tonga] acceded.")]


def test_of_overlapping_mentions_the_longest_from_the_left_is_shown():
    inner, outer, crossing = Named(2, 4), Named(0, 6), Named(5, 8)
    assert outermost([inner, crossing, outer], start=0, end=10) == [outer]


def test_lettered_items_stand_apart_and_their_letter_is_printed_once():
    text = "The group: (a) reads; (b) writes. It ends."
    blocks = drawn(text, items=[["(a)", 11, 21], ["(b)", 22, 33]])
    assert [(block.letter, block.drawn) for block in blocks] == [
        ("", "The group:"),
        ("(a)", "reads;"),
        ("(b)", "writes."),
        ("", "It ends."),
    ]


def test_the_mark_of_a_note_stands_where_the_text_had_it():
    assert drawn("Ten long.", calls=[["1", 3], ["*", 9]]) == [Block("", "Ten^1 long.^*")]


def test_a_mark_inside_a_name_follows_the_name():
    tonga = Named(0, 5)
    assert drawn("Tonga.", [tonga], calls=[["1", 3]]) == [Block("", "[Tonga]^1.")]


def test_deeper_items_keep_their_depth_and_place():
    text = "It: (a) one (i) two"
    items = [["(a)", 4, 19, "3(a)", 0], ["(i)", 12, 19, "3(a)(i)", 1]]
    assert [(block.letter, block.depth, block.place) for block in drawn(text, items=items)] == [
        ("", 0, ""),
        ("(a)", 0, "3(a)"),
        ("(i)", 1, "3(a)(i)"),
    ]


@given(
    st.text(alphabet="ab ¹(c)\n汤ف", max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(1, 9)), max_size=8),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4),
    st.lists(st.integers(0, 60), max_size=3),
)
def test_no_letter_of_the_text_is_lost_whatever_the_spans(text, spans, places, offsets):
    named = [Named(start, start + length) for start, length in spans]
    items = [["(c)", start, min(start + length, len(text))] for start, length in places if start < len(text)]
    plain = Drawing(plain=str, marked=lambda text, _span: text, call=lambda _mark: "")
    blocks = lay_out(MarkedText(text, named, items, [["7", offset] for offset in offsets]), plain)
    shown = "".join(block.letter + block.drawn for block in blocks)

    def squash(value):
        return sorted("".join(value.split()).replace("(c)", ""))

    assert squash(shown) == squash(text)
