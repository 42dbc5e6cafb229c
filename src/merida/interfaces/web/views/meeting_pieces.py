"""Meetings on a page: their names, marks that lead to the report, agenda as a tree, tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from merida.cooperation.meetings.models import AgendaItem, Attendance, Meeting, Part
from merida.interfaces.web.pieces import Cell, Citation, Column, Link, Table
from merida.interfaces.web.templatetags.words import iso_date, long_dates
from merida.interfaces.web.views.activities import paragraph_address
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import in_reader_language, name_of_document
from merida.knowledge.documents.models import Document

CONFIRMED, RECOGNISED = "SOURCED", "UNVERIFIED"


@dataclass(slots=True)
class Branch:
    """An item of an agenda with its documents and the items below it."""

    number: str
    title: str
    language: str
    documents: list[Link]
    below: list["Branch"] = field(default_factory=list)


def title_of(one: Meeting) -> str:
    """Return what a meeting is called: the title of its report."""
    return name_of_document(one.document, language())


def title_cell(one: Meeting) -> Cell:
    """Return the way to a meeting."""
    said = "" if language() in one.document.titles else one.version.language
    return Cell(title_of(one), reverse("meeting", args=[one.slug]), language=said)


def days(one: Meeting) -> str:
    """Return the days of a meeting."""
    return long_dates(one.from_date, one.to_date)


def citation_of_part(meeting: Meeting, part: Part, *, text: str = "") -> Citation:
    """Return where a report tells a part, hollow until a person confirmed the meeting."""
    document, version = meeting.document, meeting.version
    return Citation(
        symbol=document.symbol or title_of(meeting),
        place=part.place,
        language=version.language,
        url=paragraph_address(version, part.place),
        text=text,
        confidence=CONFIRMED if meeting.confirmed_at else RECOGNISED,
    )


def tree(meeting: Meeting, items: Sequence[AgendaItem], held: Mapping[str, Document]) -> list[Branch]:
    """Return the agenda as a tree; a symbol leads to its document where we hold it."""
    roots: list[Branch] = []
    path: list[Branch] = []
    for item in items:
        documents = [Link(symbol, _address(held.get(symbol))) for symbol in item.symbols]
        branch = Branch(item.number, item.title, meeting.version.language, documents)
        del path[item.depth - 1 :]
        (path[-1].below if path else roots).append(branch)
        path.append(branch)
    return roots


def _address(document: Document | None) -> str:
    return reverse("document", args=[document.slug]) if document else ""


def attendance_table(found: Sequence[Attendance]) -> Table:
    """Return who attended."""
    rows = [
        [Cell(in_reader_language(one.state.names, one.state.iso3), reverse("state", args=[one.state.slug])),
         Cell(one.get_capacity_display())]
        for one in found
    ]  # fmt: skip
    return Table(_("States that the report lists"), [Column(_("State")), Column(_("Attended as"))], rows)


def observers_table(meeting: Meeting) -> Table:
    """Return the organisations that attended, in our name where we know one, else as printed."""
    rows = [
        [
            Cell(
                in_reader_language(one.organisation.names, one.name) if one.organisation else one.name,
                reverse("organisation", args=[one.organisation.slug]) if one.organisation else "",
                language="" if one.organisation else meeting.version.language,
                citation=citation_of_part(meeting, one, text=one.name),
            )
        ]
        for one in meeting.observers.all()
    ]
    return Table(_("Organizations that the report lists"), [Column(_("Organization"))], rows)


def officers_table(meeting: Meeting) -> Table:
    """Return who chaired or reported."""
    rows = [
        [
            Cell(one.name, citation=citation_of_part(meeting, one, text=one.name)),
            Cell(one.get_office_display()),
            Cell(in_reader_language(one.state.names, one.state.iso3), reverse("state", args=[one.state.slug]))
            if one.state
            else Cell(""),
        ]
        for one in meeting.officers.all()
    ]
    return Table(_("Officers"), [Column(_("Name")), Column(_("Office")), Column(_("State"))], rows)


def conclusions_table(meeting: Meeting) -> Table:
    """Return what was concluded, as printed."""
    said = meeting.version.language
    rows = [
        [
            Cell(one.words, language=said, citation=citation_of_part(meeting, one, text=one.words)),
            Cell(one.told.get_kind_display()),
            Cell(one.told.addressee, language=said),
            Cell(one.told.condition, language=said),
        ]
        for one in meeting.conclusions.all()
    ]
    columns = [Column(_("As printed")), Column(_("Kind")), Column(_("Addressee")), Column(_("Condition"))]
    return Table(_("Conclusions and recommendations"), columns, rows)


def topics_table(meeting: Meeting) -> Table:
    """Return the topics set for later years."""
    rows = [
        [
            Cell(str(one.year), citation=citation_of_part(meeting, one, text=one.words)),
            Cell(one.words, language=meeting.version.language),
            Cell(", ".join(one.provisions)),
        ]
        for one in meeting.topics.all()
    ]
    return Table(_("Plan of work"), [Column(_("Year")), Column(_("Topic")), Column(_("Articles"))], rows)


def met_table(found: Sequence[Attendance]) -> Table:
    """Return the meetings whose reports list a State."""
    rows = [
        [
            Cell(days(one.meeting), citation=citation_of_part(one.meeting, one)),
            title_cell(one.meeting),
            Cell(one.get_capacity_display()),
        ]
        for one in found
    ]
    columns = [Column(_("When")), Column(_("Meeting")), Column(_("Attended as"))]
    return Table(_("Meetings whose reports list the State"), columns, rows)


def met_row(one: Attendance) -> dict[str, Any]:
    """Return an attendance as a row of a State's data."""
    cited = citation_of_part(one.meeting, one)
    return {
        "section": "MEETING",
        "what": one.capacity,
        "value": title_of(one.meeting),
        "from": iso_date(one.meeting.from_date),
        "to": iso_date(one.meeting.to_date),
        "text": "",
        "source": f"{cited.symbol}, {one.place}",
        "address": cited.url,
        "confidence": cited.confidence,
        "note": "",
    }
