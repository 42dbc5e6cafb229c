"""Paragraphs laid out for reading."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from merida.interfaces.web.views.marked_text import Block, Call, Marked, lay_out, outermost


@dataclass(frozen=True)
class Named:
    start: int
    end: int


def words(run):
    """Return what a run holds of the text itself."""
    return run if isinstance(run, str) else getattr(run, "text", "")


def test_a_mention_becomes_a_run_between_plain_text():
    tonga = Named(0, 5)
    assert lay_out("Tonga acceded.", [tonga]) == [Block("", [Marked("Tonga", tonga), " acceded."])]


def test_of_overlapping_mentions_the_longest_from_the_left_is_shown():
    inner, outer, crossing = Named(2, 4), Named(0, 6), Named(5, 8)
    assert outermost([inner, crossing, outer], start=0, end=10) == [outer]


def test_lettered_items_stand_apart_and_their_letter_is_printed_once():
    text = "The group: (a) reads; (b) writes. It ends."
    blocks = lay_out(text, [], items=[["(a)", 11, 21], ["(b)", 22, 33]])
    assert [(block.letter, block.runs[0]) for block in blocks] == [
        ("", "The group:"),
        ("(a)", "reads;"),
        ("(b)", "writes."),
        ("", "It ends."),
    ]


def test_the_mark_of_a_note_stands_where_the_text_had_it():
    assert lay_out("Ten long.", [], calls=[["1", 3], ["*", 9]])[0].runs == ["Ten", Call("1"), " long.", Call("*")]


def test_a_mark_inside_a_name_follows_the_name():
    tonga = Named(0, 5)
    assert lay_out("Tonga.", [tonga], calls=[["1", 3]])[0].runs == [Marked("Tonga", tonga), Call("1"), "."]


def test_deeper_items_keep_their_depth_and_place():
    text = "It: (a) one (i) two"
    items = [["(a)", 4, 19, "3(a)", 0], ["(i)", 12, 19, "3(a)(i)", 1]]
    assert [(block.letter, block.depth, block.place) for block in lay_out(text, [], items=items)] == [
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
    blocks = lay_out(text, named, items=items, calls=[["7", offset] for offset in offsets])
    shown = "".join(block.letter + "".join(map(words, block.runs)) for block in blocks)

    def squash(value):
        return sorted("".join(value.split()).replace("(c)", ""))

    assert squash(shown) == squash(text)
