"""Draws of lots with their records, pairs and events, as rows of the bulk tables."""

import datetime as dt
from typing import Any

from ninja import Schema

from merida.review.draws.models import Draw, DrawEvent, DrawRecord, Pairing


class DrawOut(Schema):
    """A draw: what was announced, and the moment of it."""

    slug: str
    titles: dict[str, str]
    mechanism: str
    cycle: int | None
    scope: str
    announced_at: dt.datetime | None
    moment_at: dt.datetime
    announcement_digest: str
    announcement: str
    is_sample: bool


class DrawRecordOut(Schema):
    """A record: the canonical text that anybody can check again."""

    draw: str
    number: int
    drawn_at: dt.datetime
    digest: str
    earlier_digest: str
    record: str


class PairingOut(Schema):
    """A reviewer of a State; a pair that was replaced says so and stays."""

    draw: str
    record: int
    state: str
    reviewer: str
    position: int
    year: int | None
    replaced: bool


class DrawEventOut(Schema):
    """What happened to a pair on a day."""

    draw: str
    state: str
    reviewer: str
    kind: str
    event_date: dt.date
    reason: str
    approved_by: str
    source_name: str
    source_public_at: dt.datetime | None


def draw_out(one: Draw) -> dict[str, Any]:
    """Show a draw."""
    return {
        "slug": one.slug,
        "titles": one.titles,
        "mechanism": one.mechanism.code,
        "cycle": one.cycle.number if one.cycle else None,
        "scope": one.scope,
        "announced_at": one.published_at,
        "moment_at": one.moment_at,
        "announcement_digest": one.announcement_digest,
        "announcement": one.announcement_text,
        "is_sample": one.is_sample,
    }


def record_out(one: DrawRecord) -> dict[str, Any]:
    """Show a record."""
    return {
        "draw": one.draw.slug,
        "number": one.number,
        "drawn_at": one.drawn_at,
        "digest": one.digest,
        "earlier_digest": one.earlier_digest,
        "record": one.text,
    }


def pairing_out(one: Pairing) -> dict[str, Any]:
    """Show a pair."""
    return {
        "draw": one.draw.slug,
        "record": one.record.number,
        "state": one.state.iso3,
        "reviewer": one.reviewer.iso3,
        "position": one.position,
        "year": one.year,
        "replaced": one.replaced_by_id is not None,
    }


def event_out(one: DrawEvent) -> dict[str, Any]:
    """Show an event."""
    return {
        "draw": one.draw.slug,
        "state": one.pairing.state.iso3,
        "reviewer": one.pairing.reviewer.iso3,
        "kind": one.kind,
        "event_date": one.event_date,
        "reason": one.reason,
        "approved_by": one.approved_by,
        "source_name": one.source_name,
        "source_public_at": one.source_public_at,
    }
