"""Draws of lots with their records, pairs and events: each at its address, and as rows of the bulk tables."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Schema

from merida.foundation.access.actors import actor_of
from merida.interfaces.api.answers import PROBLEMS, REFUSALS, Limit, Offset, Page, Slug, found_or_404, paged
from merida.review.draws import queries
from merida.review.draws.models import Draw, DrawEvent, DrawRecord, Pairing

router = Router()
RecordNumber = Annotated[int, Path(ge=1, le=32_767, description="The record's number; the first draw is 1.")]


class DrawOut(Schema):
    """A draw: what was announced, and the moment of it."""

    slug: str
    titles: dict[str, str]
    mechanism: str
    instrument: str
    continues: str
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
    """What happened on a day to a pair, or without a reviewer to the year of a review."""

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
        "instrument": one.instrument.code if one.instrument else "",
        "continues": one.continues.slug if one.continues else "",
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
        "state": one.state_concerned.iso3,
        "reviewer": one.reviewer.iso3 if one.reviewer else "",
        "kind": one.kind,
        "event_date": one.event_date,
        "reason": one.reason,
        "approved_by": one.approved_by,
        "source_name": one.source_name,
        "source_public_at": one.source_public_at,
    }


@router.get("/draws", response={200: Page[DrawOut], **REFUSALS}, tags=["draws"], summary="Draws of lots")
def draws(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List the draws, the latest moment first."""
    return paged(request, queries.draws_list(actor_of(request.user)), draw_out, limit=limit, offset=offset)


@router.get("/draws/{slug}", response={200: DrawOut, **PROBLEMS}, tags=["draws"], summary="One draw")
def draw(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Return a draw with its announcement, canonical text of which the digest is taken."""
    return draw_out(asked(request, slug))


@router.get("/draws/{slug}/records", response={200: Page[DrawRecordOut], **PROBLEMS}, tags=["draws"])
def records(request: HttpRequest, slug: Slug, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """List the records of a draw: the first draw, then one for each reviewer drawn anew."""
    return paged(request, queries.records_of(asked(request, slug)), record_out, limit=limit, offset=offset)


@router.get("/draws/{slug}/records/{number}", response={200: DrawRecordOut, **PROBLEMS}, tags=["draws"])
def record(request: HttpRequest, slug: Slug, number: RecordNumber) -> dict[str, Any]:
    """Return one record of a draw, as ``merida draw verify`` and the stand-alone verifier check it."""
    return record_out(found_or_404(queries.record_numbered(asked(request, slug), number), "record"))


@router.get("/draws/{slug}/pairs", response={200: Page[PairingOut], **PROBLEMS}, tags=["draws"])
def pairs(request: HttpRequest, slug: Slug, limit: Limit = 500, offset: Offset = 0) -> dict[str, Any]:
    """List who reviews whom after a draw, those replaced too."""
    found = queries.all_pairings(actor_of(request.user)).filter(draw=asked(request, slug))
    return paged(request, found, pairing_out, limit=limit, offset=offset)


@router.get("/draws/{slug}/events", response={200: Page[DrawEventOut], **PROBLEMS}, tags=["draws"])
def events(request: HttpRequest, slug: Slug, limit: Limit = 500, offset: Offset = 0) -> dict[str, Any]:
    """List what happened to the pairs of a draw."""
    found = queries.all_events(actor_of(request.user)).filter(draw=asked(request, slug))
    return paged(request, found, event_out, limit=limit, offset=offset)


def asked(request: HttpRequest, slug: str) -> Draw:
    """Return the draw of an address as far as the reader may see it; 404 otherwise."""
    return found_or_404(queries.draw_by_slug(actor_of(request.user), slug), "draw")
