"""Meetings and what their reports tell, as rows of the bulk tables."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema

from merida.cooperation.meetings.models import (
    AgendaItem,
    Attendance,
    Conclusion,
    Meeting,
    Observer,
    Officer,
    PlannedTopic,
)


class MeetingOut(Schema):
    """A meeting; ``confirmed`` where a person compared it with its report."""

    meeting: UUID
    slug: str
    document: str
    language: str
    body: str
    session: str
    from_date: dt.date
    to_date: dt.date
    town: str
    states: int
    confirmed: bool


class PartOut(Schema):
    """A part of a meeting with the place in the report that tells it."""

    meeting: str
    place: str
    rule: str


class AttendanceOut(PartOut):
    """A State that the report lists."""

    state: str
    capacity: str


class ObserverOut(PartOut):
    """An organisation that the report lists, as printed."""

    name: str
    organisation: str


class OfficerOut(PartOut):
    """Somebody who chaired or reported, as printed."""

    name: str
    state: str
    office: str


class AgendaItemOut(PartOut):
    """An item of the agenda with the documents named where the report speaks of it."""

    number: str
    depth: int
    title: str
    symbols: list[str]


class ConclusionOut(PartOut):
    """Something concluded or recommended, as printed."""

    kind: str
    addressee: str
    condition: str
    words: str


class PlannedTopicOut(PartOut):
    """A topic set for a later year, as printed."""

    year: int
    words: str
    provisions: list[str]


def meeting_out(one: Meeting) -> dict[str, Any]:
    """Show a meeting."""
    return {
        "meeting": one.uuid,
        "slug": one.slug,
        "document": one.document.slug,
        "language": one.version.language,
        "body": one.document.body,
        "session": one.session,
        "from_date": one.from_date,
        "to_date": one.to_date,
        "town": one.town,
        "states": getattr(one, "states_count", 0),
        "confirmed": one.confirmed_at is not None,
    }


def attendance_out(one: Attendance) -> dict[str, Any]:
    """Show an attendance."""
    return {**_part(one), "state": one.state.iso3, "capacity": one.capacity}


def observer_out(one: Observer) -> dict[str, Any]:
    """Show an organisation that attended."""
    return {**_part(one), "name": one.name, "organisation": one.organisation.code if one.organisation else ""}


def officer_out(one: Officer) -> dict[str, Any]:
    """Show an officer."""
    return {**_part(one), "name": one.name, "state": one.state.iso3 if one.state else "", "office": one.office}


def agenda_item_out(one: AgendaItem) -> dict[str, Any]:
    """Show an item of an agenda."""
    return {**_part(one), "number": one.number, "depth": one.depth, "title": one.title, "symbols": one.symbols}


def conclusion_out(one: Conclusion) -> dict[str, Any]:
    """Show a conclusion."""
    told = {"kind": one.told.kind, "addressee": one.told.addressee, "condition": one.told.condition}
    return {**_part(one), **told, "words": one.words}


def planned_topic_out(one: PlannedTopic) -> dict[str, Any]:
    """Show a topic of a later year."""
    return {**_part(one), "year": one.year, "words": one.words, "provisions": one.provisions}


def _part(one: Any) -> dict[str, Any]:
    return {"meeting": one.meeting.slug, "place": one.place, "rule": one.rule}
