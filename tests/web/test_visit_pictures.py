"""The strip of months, months in words, and what is struck out in a table."""

import re
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from merida.interfaces.web.pictures.timeline import Event, Lane, draw_timeline
from merida.interfaces.web.pieces import Cell, Column, Table
from merida.interfaces.web.templatetags import words

FIRST = date(2027, 1, 1)
DAYS = some.dates(date(2025, 1, 1), date(2031, 12, 31))


def share(text):
    return float(text.rstrip("%"))


@given(
    some.lists(some.tuples(DAYS, some.integers(0, 59)), max_size=8),
    some.integers(1, 60),
    DAYS,
    some.booleans(),
)
def test_only_what_touches_the_months_shown_is_drawn_and_nothing_leaves_the_frame(spans, months, today, mirrored):
    number = FIRST.year * 12 + months
    last = date(number // 12, number % 12 + 1, 1)
    events = [Event("visit", begin, begin + timedelta(days=more)) for begin, more in spans]
    picture = draw_timeline([Lane("A", events)], caption="", today=today, right_to_left=mirrored, span=(FIRST, last))
    marks = picture.lanes[0].marks

    assert len(marks) == sum(one.begin < last and one.end >= FIRST for one in events)
    assert len(picture.table.rows) == len(events)
    for mark in marks:
        assert 0 <= share(mark.x) <= 100
        assert share(mark.x) + share(mark.width) <= 100.41
    assert 1 <= len(picture.ticks) <= 8
    assert all(re.fullmatch(r"\d{4}-\d\d", text) for _x, text in picture.ticks)
    assert bool(picture.today_x) == (FIRST <= today < last)


def test_right_to_left_is_a_mirror():
    event = Event("visit", date(2027, 7, 1), date(2027, 7, 31))
    lanes, span = [Lane("A", [event])], (FIRST, date(2028, 1, 1))
    left, right = (
        draw_timeline(lanes, caption="", today=FIRST, right_to_left=mirrored, span=span).lanes[0].marks[0]
        for mirrored in (False, True)
    )

    assert share(left.x) + share(left.width) + share(right.x) == pytest.approx(100, abs=0.02)
    assert share(left.width) == pytest.approx(100 * 31 / 365, abs=0.01)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "آب/أغسطس 2004"),
        ("zh-hans", "2004年8月"),
        ("en", "August 2004"),
        ("fr", "août 2004"),
        ("ru", "август 2004 года"),
        ("es", "agosto de 2004"),
    ],
)
def test_a_month_is_written_out(language, text):
    with translation.override(language):
        assert words.month_year(date(2004, 8, 3)) == text


def test_what_is_gone_is_struck_out_and_its_link_stays():
    table = Table("", [Column("a")], [[Cell("2027-03-01", "/en/", "why", gone=True)]])
    drawn = Template("{% load rows %}{% table_rows table %}").render(Context({"table": table}))

    assert '<a href="/en/"><del><bdi class="date">2027-03-01</bdi></del></a> <span class="quiet">why</span>' in drawn
