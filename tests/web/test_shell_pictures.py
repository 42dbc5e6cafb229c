"""Pictures made on the server: nothing leaves its frame, right-to-left is a mirror, every picture has its table."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.interfaces.web.pictures.heat import Count, draw_heat_table, step_of
from merida.interfaces.web.pictures.strip import Part, draw_strip
from merida.interfaces.web.pictures.tiles import Tile, draw_tile_map
from merida.interfaces.web.pictures.timeline import Event, Lane, draw_timeline
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.rows import table_rows

DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))
TODAY = date(2030, 6, 1)


def share(text: str) -> float:
    return float(text.rstrip("%"))


@st.composite
def events(draw: st.DrawFn) -> Event:
    begin, end = sorted((draw(DAYS), draw(DAYS)))
    open_ended = draw(st.booleans())
    return Event("signed", begin, end if draw(st.booleans()) and not open_ended else None, open_ended)


@given(st.lists(events(), max_size=8), st.booleans())
def test_no_event_leaves_the_timeline(found, mirrored):
    picture = draw_timeline([Lane("Sample Convention", found)], caption="", today=TODAY, right_to_left=mirrored)
    marks = picture.lanes[0].marks

    assert len(marks) == len(picture.table.rows) == len(found)
    for mark in marks:
        assert 0 <= share(mark.x) <= 100
        assert share(mark.x) + (share(mark.width) if mark.width else 0) <= 100.41  # a span is drawn 0.4 % wide at least


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_right_to_left_is_the_mirror(days):
    lanes = [Lane("Sample Convention", [Event("signed", day) for day in days])]
    straight = draw_timeline(lanes, caption="", today=TODAY)
    mirrored = draw_timeline(lanes, caption="", today=TODAY, right_to_left=True)

    for one, other in zip(straight.lanes[0].marks, mirrored.lanes[0].marks, strict=True):
        assert share(one.x) + share(other.x) == pytest.approx(100, abs=0.02)


def test_years_on_the_axis_are_round_and_few():
    picture = draw_timeline([Lane("", [Event("", date(1996, 3, 1))])], caption="", today=TODAY)

    assert [year for _, year in picture.ticks] == [2000, 2005, 2010, 2015, 2020, 2025, 2030]


def test_a_timeline_of_nothing_is_drawn():
    picture = draw_timeline([], caption="Nothing", today=TODAY)

    assert (picture.lanes, list(picture.table.rows)) == ((), [])


def test_the_table_of_a_timeline_is_in_the_order_of_time():
    late, early = Event("ratified", date(2004, 8, 3)), Event("signed", date(2003, 12, 9))
    picture = draw_timeline([Lane("Sample Convention", [late, early])], caption="", today=TODAY)

    assert [[cell.text for cell in row] for row in picture.table.rows] == [
        ["Sample Convention", "signed", "2003-12-09", ""],
        ["Sample Convention", "ratified", "2004-08-03", ""],
    ]


def test_no_state_vanishes_from_the_map():
    stray = Tile("XAA", "Sample State", "/", "ELSEWHERE", "0")

    with pytest.raises(KeyError):
        draw_tile_map([stray], caption="", groups={"AFRICAN": "African States"}, legend={"0": "not a party"})


def test_the_legend_counts_the_tiles():
    tiles = [Tile(f"XA{at}", "Sample State", "/", "AFRICAN", "4" if at else "0") for at in range(3)]
    picture = draw_tile_map(tiles, caption="", groups={"AFRICAN": "", "OTHER": ""}, legend={"4": "party", "0": "none"})

    assert [(entry.text, entry.count) for entry in picture.legend] == [("party", 2), ("none", 1)]
    assert len(picture.groups) == 1
    assert [row[3].text for row in picture.table.rows] == ["none", "party", "party"]


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_shade_says_none_only_for_none_and_grows_with_the_count(number, largest):
    number = min(number, largest)

    assert (step_of(number, largest) == 0) == (number == 0)
    assert step_of(number, largest) <= step_of(largest, largest) <= 4


def test_a_heat_table_keeps_every_count():
    picture = draw_heat_table([(Link("5"), [Count(0), Count(4)])], caption="", columns=[Link("a"), Link("b")])

    assert [(shade.count.number, shade.step) for shade in picture.rows[0][1]] == [(0, 0), (4, 4)]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=5), st.booleans())
def test_a_strip_is_filled_exactly(counts, mirrored):
    parts = [Part("", count, 1) for count in counts]
    picture = draw_strip(parts, caption="", right_to_left=mirrored)
    filled = sum(share(stretch.width) for stretch in picture.stretches)

    assert picture.total == sum(counts)
    assert filled == pytest.approx(100 if sum(counts) else 0, abs=0.05)
    assert all(0 <= share(stretch.x) <= 100 for stretch in picture.stretches)


def test_a_row_that_does_not_fit_its_table_is_refused():
    table = Table("", [Column("a"), Column("b")], [[Cell("only one")]])

    with pytest.raises(ValueError, match="shorter"):
        table_rows(table)
