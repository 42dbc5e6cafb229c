"""Visits as an iCalendar feed (RFC 5545): all-day events that calendars of all makers read.

An event keeps its UID when it moves and is replaced in the subscriber's calendar because SEQUENCE rises (RFC 5545,
3.8.7.4); a cancelled one stays with STATUS:CANCELLED, so that subscribers see it go. There is no METHOD: a feed is
fetched, not sent, and PUBLISH would ask for an ORGANIZER of every event (RFC 5546, 3.2.1). Days have no time zone.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event, vText

MAKER = "-//merida//calendar//EN"
AGAIN = dt.timedelta(hours=6)
LINE_ENDS = re.compile(r"\r\n?")
NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # control characters that a text may not hold (RFC 5545, 3.1)


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """An event of whole days, ``last_date`` included; ``uid`` and ``changed_at`` are the record's own.

    ``changed_at`` is an aware moment, ``sequence`` counts the changes since the first publication from 0. Raises
    ValueError, naming the event, for days out of order, a moment without time zone or a negative count.
    """

    uid: str
    title: str
    first_date: dt.date
    last_date: dt.date
    changed_at: dt.datetime
    sequence: int = 0
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    comment: str = ""
    tentative: bool = False
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.last_date < self.first_date:
            raise ValueError(f"event {self.uid}: it ends on {self.last_date}, before it begins on {self.first_date}")
        if self.changed_at.tzinfo is None:
            raise ValueError(f"event {self.uid}: its last change has no time zone")
        if self.sequence < 0:
            raise ValueError(f"event {self.uid}: its sequence is {self.sequence}, less than 0")


def calendar_feed(
    events: Iterable[CalendarEvent], *, name: str, language: str, description: str = "", source: str = ""
) -> bytes:
    """Return the feed called ``name``; its texts are marked as written in ``language`` (a code such as ``zh``).

    ``source`` is the address that it is fetched from. The same events give the same bytes, whatever their order and
    whenever it is asked for.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _text(name), parameters={"LANGUAGE": language})  # RFC 7986, 5.1
    calendar.add("x-wr-calname", _text(name))  # what older calendars show
    if description:
        calendar.add("description", _text(description), parameters={"LANGUAGE": language})  # RFC 7986, 5.2
        calendar.add("x-wr-caldesc", _text(description))
    if source:
        calendar.add("source", source, parameters={"VALUE": "URI"})  # RFC 7986, 5.8
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})  # RFC 7986, 5.7
    calendar.add("x-published-ttl", "PT6H")  # the same for older calendars
    for event in sorted(events, key=lambda event: (event.first_date, event.uid)):
        calendar.add_component(_component(event, language))
    return bytes(calendar.to_ical())


def _component(event: CalendarEvent, language: str) -> Event:
    in_language = {"LANGUAGE": language}
    changed_at = event.changed_at.astimezone(dt.UTC)
    component = Event()
    component.add("uid", event.uid)
    component.add("dtstamp", changed_at)  # of a published event: its last revision (RFC 5545, 3.8.7.2)
    component.add("last-modified", changed_at)
    component.add("sequence", event.sequence)
    component.add("dtstart", event.first_date)
    component.add("dtend", event.last_date + dt.timedelta(days=1))  # the end is not part of the event (3.6.1)
    component.add("summary", _text(event.title), parameters=in_language)
    if event.description:
        component.add("description", _text(event.description), parameters=in_language)
    if event.url:
        component.add("url", event.url)
    if event.categories:
        component.add("categories", list(event.categories), parameters=in_language)
    if event.comment:
        component.add("comment", _text(event.comment))
    component.add("status", _status(event))
    component.add("transp", "TRANSPARENT")
    return component


def _text(typed: str) -> vText:
    """Return a text as a feed may hold it; one sign from a keyboard must not break the calendars of everybody.

    Named as a text: of a property that the library does not know it would leave commas and line ends as they are.
    """
    return vText(NO_TEXT.sub("", LINE_ENDS.sub("\n", typed)))


def _status(event: CalendarEvent) -> str:
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"
