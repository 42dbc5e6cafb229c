"""A8, shared timetable: visits as a feed that a calendar program takes in, changes included."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from icalendar import Calendar

from merida.exchange.outputs.calendar import CalendarEvent, calendar_feed

CHANGED = dt.datetime(2027, 1, 5, 12, tzinfo=dt.UTC)
VISIT = CalendarEvent("visit-1", "Visit to Sample State", dt.date(2027, 3, 1), dt.date(2027, 3, 3), CHANGED)


def read(*events: CalendarEvent, language: str = "en") -> list[Any]:
    return list(Calendar.from_ical(calendar_feed(events, name="Sample State", language=language)).walk("VEVENT"))


def test_a_visit_takes_whole_days_up_to_its_last() -> None:
    (event,) = read(VISIT)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2027, 3, 1), dt.date(2027, 3, 4))
    assert event["status"] == "CONFIRMED"


def test_a_moved_visit_is_the_same_event_changed() -> None:
    later = CHANGED + dt.timedelta(days=1)
    moved = replace(VISIT, first_date=dt.date(2027, 3, 2), changed_at=later, sequence=1)
    (before,), (after,) = read(VISIT), read(moved)
    assert before["uid"] == after["uid"] == "visit-1"
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("last-modified") == later


def test_a_cancelled_visit_says_so_and_stays() -> None:
    assert [one["status"] for one in read(replace(VISIT, cancelled=True))] == ["CANCELLED"]
    assert [one["status"] for one in read(replace(VISIT, tentative=True))] == ["TENTATIVE"]


@pytest.mark.parametrize(
    ("language", "title"), [("ar", "زيارة إلى دولة نموذجية"), ("zh", "对样本国的访问"), ("ru", "Визит; образец, \\ n")]
)
def test_the_title_arrives_whole_in_its_language(language: str, title: str) -> None:
    (event,) = read(replace(VISIT, title=title), language=language)
    assert str(event["summary"]) == title
    assert event["summary"].params["LANGUAGE"] == language


def test_no_line_is_longer_than_calendars_take() -> None:
    content = calendar_feed([replace(VISIT, title="对样本国的访问" * 40)], name="样本国", language="zh")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def value(line: bytes) -> str:
    """Read a text by the rules of RFC 5545, 3.3.11, without the library that wrote it."""
    written = line.split(b":", 1)[1].decode()
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", written)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], written)


@given(some.text(max_size=120) | some.text('\r\n\\;,:\x07\x7f国ي"', min_size=1, max_size=120))
@example("对样本国的访问; a, b\r\nc\rd\x07\x0b")
@example("بوليفيا (دولة, المتعددة; القوميات)" * 5)
def test_whatever_is_typed_the_lines_keep_the_rules_and_the_text_arrives(typed: str) -> None:
    content = calendar_feed([replace(VISIT, title=typed, comment=f"x{typed}")], name=typed, language="zh")
    lines = content.split(b"\r\n")
    kept = "".join(sign for sign in re.sub("\r\n?", "\n", typed) if sign in "\t\n" or (sign >= " " and sign != "\x7f"))

    assert lines.pop() == b""
    assert all(len(line) <= 75 and line.decode() for line in lines)  # no line ends within a sign
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", content)
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    unfolded = content.replace(b"\r\n ", b"").split(b"\r\n")
    texts = [value(one) for one in unfolded if one.startswith((b"SUMMARY", b"NAME", b"X-WR-CALNAME"))]
    assert texts == [kept] * 3
    assert [value(one) for one in unfolded if one.startswith(b"COMMENT")] == [f"x{kept}"]


@given(some.permutations([replace(VISIT, uid=f"visit-{at}") for at in range(5)]))
def test_the_same_events_give_the_same_bytes(events: list[CalendarEvent]) -> None:
    assert calendar_feed(events, name="a", language="en") == calendar_feed(events[::-1], name="a", language="en")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_date": dt.date(2027, 2, 1)}, "visit-1: it ends on 2027-02-01, before it begins on 2027-03-01"),
        ({"changed_at": CHANGED.replace(tzinfo=None)}, "visit-1: its last change has no time zone"),
        ({"sequence": -1}, "visit-1: its sequence is -1"),
    ],
)
def test_an_event_that_cannot_be_is_refused_by_name(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(VISIT, **changes)
