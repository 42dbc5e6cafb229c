"""What resolutions ask, evidence, and paragraphs of reports, as rows of the bulk tables."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema

from merida.cooperation.mandates.models import Evidence, Mandate, ReportPart
from merida.foundation.changes.actions import reference_to


class MandateOut(Schema):
    """An operative paragraph as far as it asks one addressee; ``document`` and ``place`` where it was read."""

    mandate: UUID
    resolution: str
    number: str
    addressee: str
    condition: str
    condition_words: str
    due_date: dt.date | None
    due_words: str
    text: str
    language: str
    document: str
    place: str
    rule: str
    confirmed_at: dt.datetime | None


class EvidenceOut(Schema):
    """A record linked to a mandate, as ``activity:…``, ``figure:…`` or ``document:…``."""

    mandate: UUID
    resolution: str
    number: str
    record: str
    linked_at: dt.datetime


class ReportParagraphOut(Schema):
    """A paragraph of a report; ``sentences`` are pairs of text and records."""

    report: UUID
    language: str
    heading: str
    part: str
    position: int
    edited: bool
    sentences: list[Any]


def mandate_out(one: Mandate) -> dict[str, Any]:
    """Show a mandate."""
    return {
        "mandate": one.uuid,
        "resolution": one.resolution.key,
        "number": one.number,
        "addressee": one.addressee,
        "condition": one.condition,
        "condition_words": one.condition_words,
        "due_date": one.due_date,
        "due_words": one.due_words,
        "text": one.text,
        "language": one.language,
        "document": one.version.document.slug if one.version else "",
        "place": one.place,
        "rule": one.rule,
        "confirmed_at": one.confirmed_at,
    }


def evidence_out(one: Evidence) -> dict[str, Any]:
    """Show a link."""
    linked = one.activity or one.figure or one.document
    return {
        "mandate": one.mandate.uuid,
        "resolution": one.mandate.resolution.key,
        "number": one.mandate.number,
        "record": reference_to(linked) if linked else "",
        "linked_at": one.linked_at,
    }


def report_paragraph_out(one: ReportPart) -> dict[str, Any]:
    """Show a paragraph."""
    return {
        "report": one.report.uuid,
        "language": one.report.language,
        "heading": one.heading,
        "part": one.key,
        "position": one.position,
        "edited": one.edited,
        "sentences": one.shown,
    }
