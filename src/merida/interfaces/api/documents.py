"""Documents, their paragraphs and mentions."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from merida.foundation.access.actors import actor_of
from merida.interfaces.api.answers import PROBLEMS, REFUSALS, Limit, Offset, Page, Slug, Text, found_or_404, paged
from merida.knowledge.documents import queries
from merida.knowledge.documents.models import Document, Heading, Mention, MentionKind, Paragraph

router = Router(tags=["documents"])
Language = Annotated[str, Query(pattern="^(ar|zh|en|fr|ru|es)?$", description="A language version: ar zh en fr ru es.")]


class VersionOut(Schema):
    """A language version as it was read."""

    language: str
    number: int
    paragraphs: int
    file_digest: str
    encoding: str
    read_at: dt.datetime
    notices: list[Any]


class DocumentOut(Schema):
    """A document; what its text does not say is null or empty, never guessed."""

    slug: str
    symbol: str | None
    titles: dict[str, str]
    body: str | None
    session: str | None
    agenda_item: str | None
    distribution: str | None
    original_language: str | None
    date: dt.date | None
    meeting_from: dt.date | None
    meeting_to: dt.date | None
    versions: list[VersionOut]


class HeadingOut(Schema):
    """A heading in reading order; the level is 0 for a summary, then 1 to 4."""

    document: str
    language: str
    version: int
    position: int
    level: int
    number: str | None
    title: str
    place: str
    first_paragraph: str | None


class ParagraphOut(Schema):
    """A numbered paragraph or a note, with its place for citation."""

    document: str
    language: str
    place: str
    kind: str
    text: str
    items: list[Any]
    called_in: str | None


class MentionOut(Schema):
    """A span that names something: offsets count characters of the paragraph's or heading's text."""

    document: str
    language: str
    place: str
    kind: str
    key: str
    start: int
    end: int
    surface: str
    rule: str
    role: str | None
    confirmed: bool


def document_out(document: Document) -> dict[str, Any]:
    """Return a document with ``current_versions`` filled as the API shows it."""
    return {
        "slug": document.slug,
        "symbol": document.symbol or None,
        "titles": document.titles,
        "body": document.body or None,
        "session": document.session or None,
        "agenda_item": document.agenda_item or None,
        "distribution": document.distribution or None,
        "original_language": document.original_language or None,
        "date": document.document_date,
        "meeting_from": document.meeting_from_date,
        "meeting_to": document.meeting_to_date,
        "versions": [
            {
                "language": version.language,
                "number": version.number,
                "paragraphs": version.paragraph_count,
                "file_digest": version.file.digest,
                "encoding": version.encoding,
                "read_at": version.read_at,
                "notices": version.notices,
            }
            for version in getattr(document, "current_versions", [])
        ],
    }


def heading_out(heading: Heading) -> dict[str, Any]:
    """Return a heading as the API shows it."""
    return {
        "document": heading.version.document.slug,
        "language": heading.version.language,
        "version": heading.version.number,
        "position": heading.position,
        "level": heading.level,
        "number": heading.number or None,
        "title": heading.title,
        "place": heading.place,
        "first_paragraph": heading.first_paragraph or None,
    }


def paragraph_out(paragraph: Paragraph) -> dict[str, Any]:
    """Return a paragraph as the API shows it."""
    return {
        "document": paragraph.version.document.slug,
        "language": paragraph.version.language,
        "place": paragraph.place,
        "kind": paragraph.kind,
        "text": paragraph.text,
        "items": paragraph.items,
        "called_in": paragraph.called_in or None,
    }


def mention_out(mention: Mention) -> dict[str, Any]:
    """Return a mention as the API shows it."""
    return {
        "document": mention.version.document.slug,
        "language": mention.version.language,
        "place": mention.place,
        "kind": mention.kind,
        "key": mention.key,
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "rule": mention.rule,
        "role": mention.role or None,
        "confirmed": mention.confirmed_at is not None,
    }


@router.get("/documents", response={200: Page[DocumentOut], **REFUSALS}, summary="Documents, latest first")
def documents(
    request: HttpRequest,
    symbol: Text = "",
    body: Text = "",
    language: Language = "",
    year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> dict[str, Any]:
    """List documents; ``symbol`` is a part of the symbol, ``year`` that of the document's date."""
    found = queries.documents_list(actor_of(request.user), body=body, language=language, year=year, words=symbol)
    return paged(request, found, document_out, limit=limit, offset=offset)


@router.get("/documents/{slug}", response={200: DocumentOut, **PROBLEMS}, summary="One document")
def document(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """Return a document by its name in addresses."""
    return document_out(found_or_404(queries.document_by_slug(actor_of(request.user), slug), "document"))


@router.get("/documents/{slug}/paragraphs", response={200: Page[ParagraphOut], **PROBLEMS}, summary="Its paragraphs")
def paragraphs_of(
    request: HttpRequest, slug: Slug, language: Language = "", limit: Limit = 100, offset: Offset = 0
) -> dict[str, Any]:
    """List the paragraphs and notes of the current versions, in reading order."""
    actor = actor_of(request.user)
    found_or_404(queries.document_by_slug(actor, slug), "document")
    found = queries.paragraphs(actor).filter(version__document__slug=slug, version__is_current=True)
    if language:
        found = found.filter(version__language=language)
    return paged(request, found.order_by("version_id", "position"), paragraph_out, limit=limit, offset=offset)


@router.get("/mentions", response={200: Page[MentionOut], **REFUSALS}, summary="Where documents name a thing")
def mentions(
    request: HttpRequest,
    kind: Annotated[str, Query(pattern=f"^({'|'.join(MentionKind.values)})?$")] = "",
    key: Text = "",
    document: Annotated[str, Query(pattern=r"^[A-Za-z0-9._-]{0,120}$")] = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """List mentions of current versions by ``kind`` and ``key``: ``STATE`` ``TON``, ``RESOLUTION`` ``COSP 8/8``."""
    found = queries.mentions(actor_of(request.user)).filter(version__is_current=True)
    given = {"kind": kind, "key": key, "version__document__slug": document}
    found = found.filter(**{name: value for name, value in given.items() if value})
    return paged(request, found, mention_out, limit=limit, offset=offset)
