"""A record into the database. Every function here runs inside the transaction of its caller."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from merida.cooperation.meetings.actions import record_meeting
from merida.exchange.alignment.actions import compare_languages
from merida.exchange.ingest import entries
from merida.exchange.ingest.bodies import body_of
from merida.exchange.ingest.identity import Identity, identity_of, slug_of
from merida.exchange.ingest.outcome import Outcome, Result
from merida.exchange.ingest.placed_facts import propose_facts
from merida.exchange.ingest.record import Masthead, Notice, Record
from merida.exchange.ingest.release import reader_release
from merida.exchange.ingest.resolutions import note_resolutions
from merida.exchange.ingest.rows import Rows, rows_of
from merida.exchange.ingest.unreadable import UnreadableDocument
from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_bulk, reference_to
from merida.foundation.files.actions import store
from merida.knowledge.documents.models import Document, Heading, Mention, Paragraph, Version

LOOKED_AT = 200  # documents: of undated ones without a symbol there may be any number
BATCH = 400  # rows of one INSERT: SQLite takes some 32,000 values at a time


@dataclass(frozen=True, slots=True)
class Filing:
    """A file handed in, and for whom it is. ``symbol`` is what the person says, "" where nothing was said."""

    name: str
    content: bytes
    digest: str
    audience: str
    workspace: Workspace | None
    symbol: str


def held_version(actor: Actor, filing: Filing) -> Outcome | None:
    """Return UNCHANGED where this very file was taken in before, None where it was not or ``actor`` may not know.

    Raises UnreadableDocument where it is held for other readers: nothing is opened or closed in passing.
    """
    held = Version.objects.filter(text_digest=filing.digest).select_related("document").first()
    if held is None or not Document.objects.visible_to(actor).filter(pk=held.document_id).exists():
        return None
    if (held.document.audience, held.document.workspace) != (filing.audience, filing.workspace):
        raise UnreadableDocument(
            "OTHER_READERS",
            "this very file is already held, for other readers than now asked for; nothing was changed, because who "
            "may see a document is decided at the document, not by reading its file again",
            filing.name,
        )
    return outcome_of(filing.name, held, Result.UNCHANGED)


def refuse_if_hidden(actor: Actor, filing: Filing) -> None:
    """Raise UnreadableDocument where this very file is held for readers whom ``actor`` does not belong to.

    The bytes are kept once, and for one circle of readers, so the file cannot be taken in again; but whoever may not
    see a document must not learn that it is there. What is said is true of any file that only the secretariat may
    place: it names no document, no workspace and no state of things, and is said after the file was read, where an
    unknown file would be stored (a file that cannot be read is refused for that reason, known or not). Whoever hands
    a file in has its text already; the words send the person to those who can see both sides.
    """
    hidden = Version.objects.filter(text_digest=filing.digest).exclude(document__in=Document.objects.visible_to(actor))
    if hidden.exists():
        raise UnreadableDocument(
            "SECRETARIAT_PLACES",
            "it was not taken in and nothing was stored; who may see this file is for the secretariat to say: please "
            f"hand it to them (SHA-256 {filing.digest[:12]}…)",
            filing.name,
        )


def store_record(actor: Actor, record: Record, filing: Filing) -> Outcome:
    """Store a record as a version of its document; return what became of it."""
    masthead = record.structure.masthead
    identity = identity_of(masthead, symbol=filing.symbol)
    _wait_for_others_of(identity.symbol)
    document, notices = _document(identity, masthead, filing)
    notices += contradictions(document, identity)
    rows = rows_of(record)
    rows.notices.extend(_notice(each) for each in notices)
    version = _version(actor, document, record, rows, filing)
    _keep_identity(document, identity, masthead, version)
    insert_rows(version, rows)
    told = propose_facts(actor, version, rows.facts)
    compare_with_other_languages(actor, version)
    if version.is_current:
        record_meeting(actor, version, rows.meeting)
    if document.audience == Audience.PUBLIC:  # what only a restricted text names must not show up in a public list
        note_resolutions(rows.mentions)
    entries.index_version(document, version, rows)
    counts = record_rows(actor, "INGEST_DOCUMENT", document, rows, digest=filing.digest)
    result = Result.READ if version.number == 1 else Result.NEW_VERSION
    return outcome_of(filing.name, version, result, {**counts, "proposals": told.new})


def compare_with_other_languages(actor: Actor, version: Version) -> None:
    """Look where the document tells other things in other languages, if it is held in any."""
    others = Version.objects.filter(document=version.document_id, is_current=True).exclude(language=version.language)
    if version.is_current and others.exists():
        compare_languages(actor, version.document)


def outcome_of(name: str, version: Version, result: Result, counts: dict[str, int] | None = None) -> Outcome:
    """Say what became of a file; ``counts`` where its text was stored now."""
    return Outcome(
        name,
        result,
        digest=version.text_digest,
        slug=version.document.slug,
        symbol=version.document.symbol,
        language=version.language,
        number=version.number,
        counts=counts or {},
        notices=tuple(str(notice["message"]) for notice in version.notices) if counts else (),
    )


# ---------------------------------------------------------------- the document


def _wait_for_others_of(symbol: str) -> None:
    """Let files of one symbol in one after the other, until the end of the transaction, so that they find each other.

    On PostgreSQL two language versions arriving at once would each see no document yet; SQLite took its write lock at
    BEGIN IMMEDIATE.
    """
    if symbol and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"document {symbol}"])


def _document(identity: Identity, masthead: Masthead, filing: Filing) -> tuple[Document, list[Notice]]:
    """Return the document that the file is a version of, made where there is none yet, and what there is to say.

    Only a symbol ties two files together, and only among documents for the same readers: a restricted text never
    joins a public document, nor the other way round.
    """
    if identity.symbol:
        same = Document.objects.filter(symbol=identity.symbol, audience=filing.audience, workspace=filing.workspace)
        held = same.order_by("pk").first()
        if held is not None:
            return held, []
        return _new_document(identity, masthead, filing), _notices_of_symbol(masthead, filing)
    return _new_document(identity, masthead, filing), _notices_without_symbol(identity, masthead, filing)


def _new_document(identity: Identity, masthead: Masthead, filing: Filing) -> Document:
    body = body_of(identity.symbol, masthead)
    slug = slug_of(identity, title=masthead.title, body=body, digest=filing.digest)
    # A restricted document's address cannot be guessed, and never takes the one of a public document away.
    if filing.audience != Audience.PUBLIC or Document.objects.filter(slug=slug).exists():
        slug = f"{slug}-{filing.digest[:12]}"
    return Document.objects.create(
        slug=slug,
        audience=filing.audience,
        workspace=filing.workspace,
        published_at=timezone.now(),
        body=body,
        **dataclasses.asdict(identity),
    )


def _notices_of_symbol(masthead: Masthead, filing: Filing) -> list[Notice]:
    if masthead.symbol:
        return []
    return [Notice("SYMBOL_GIVEN", f"The text prints no symbol; {filing.symbol} was given by hand.")]


def _notices_without_symbol(identity: Identity, masthead: Masthead, filing: Filing) -> list[Notice]:
    """Say that no symbol is printed, and which document looks the same; the two are never joined by themselves."""
    notices = [Notice("NO_SYMBOL", "The text prints no symbol; it is filed as a document of its own.")]
    if twin := _twin(identity, masthead.title, filing):
        message = f"Body, date and title are those of {twin}; not joined, because neither prints a symbol."
        notices.append(Notice("LOOKS_LIKE", message))
    return notices


def _twin(identity: Identity, title: str, filing: Filing) -> str:
    """Return the slug of the first document that looks the same, among the newest few of that day, or of no day."""
    if not title:
        return ""
    same_day = Document.objects.filter(
        symbol="",
        body_printed=identity.body_printed,
        document_date=identity.document_date,
        audience=filing.audience,
        workspace=filing.workspace,
    )
    newest = list(same_day.order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT])
    titled = Paragraph.objects.filter(version__document__in=newest, kind="TITLE", text=title)
    return titled.order_by("version__document").values_list("version__document__slug", flat=True).first() or ""


def contradictions(document: Document, identity: Identity) -> list[Notice]:
    """Say where this masthead and what is known of the document differ."""
    pairs = ((name, getattr(document, name), value) for name, value in dataclasses.asdict(identity).items())
    return [
        Notice("MASTHEAD_DIFFERS", f"{name}: this text says {value}, another version of the document {held}.")
        for name, held, value in pairs
        if held and value and held != value and name not in ("symbol", "body_printed", "distribution", "agenda_item")
    ]


def _keep_identity(document: Document, identity: Identity, masthead: Masthead, version: Version) -> None:
    """Fill what the document did not know; a text that supersedes an earlier one also corrects it."""
    if not version.is_current:
        return
    supersedes = version.number > 1
    for name, value in dataclasses.asdict(identity).items():
        if value and (supersedes or not getattr(document, name)):
            setattr(document, name, value)
    if masthead.title:
        document.titles = {**document.titles, version.language: masthead.title}
    document.save()


# ---------------------------------------------------------------- the version


def _version(actor: Actor, document: Document, record: Record, rows: Rows, filing: Filing) -> Version:
    """Make the version; of several texts in one language the one with the latest date printed is current."""
    language = record.structure.masthead.language
    earlier = Version.objects.filter(document=document, language=language)
    current = earlier.filter(is_current=True).first()
    is_current = current is None or _supersedes(record.structure.masthead, current)
    if current is not None and is_current:
        earlier.filter(is_current=True).update(is_current=False)
        entries.withdraw_version(current)
    return Version.objects.create(
        document=document,
        language=language,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        file=store(actor, filing.content, filing.name),
        text_digest=filing.digest,
        is_current=is_current,
        **as_read(record, rows),
    )


def as_read(record: Record, rows: Rows) -> dict[str, Any]:
    """Return the fields of a version that its reading gives."""
    return {
        "reader": reader_release(),
        "encoding": record.encoding,
        "masthead": _plain(record.structure.masthead),
        "notices": rows.notices,
        "left_out": [dataclasses.asdict(each) for each in record.structure.left_out],
        "paragraph_count": _paragraph_count(record),
    }


def _paragraph_count(record: Record) -> int:
    """How many paragraphs people would say it has: the numbered ones; all where none is numbered."""
    paragraphs = record.structure.paragraphs
    return sum(bool(each.number) for each in paragraphs) or len(paragraphs)


def _supersedes(masthead: Masthead, current: Version) -> bool:
    """Whether a text takes the place of the current one: unless it says itself that it is older."""
    held = str(current.masthead.get("date") or "")
    return not (masthead.date and held) or masthead.date >= held


def _plain(masthead: Masthead) -> dict[str, Any]:
    """Return a masthead as JSON values, null where nothing is printed."""
    return {name: value or None for name, value in dataclasses.asdict(masthead).items()}


def _notice(notice: Notice) -> dict[str, object]:
    return dataclasses.asdict(notice)


def record_rows(actor: Actor, verb: str, document: Document, rows: Rows, *, digest: str) -> dict[str, int]:
    """Write down that a document was taken in, and return how many rows of which kind came of it.

    Where the document is not public the tags of public pages must not tell of it.
    """
    counts = {"headings": len(rows.headings), "texts": len(rows.texts), "mentions": len(rows.mentions)}
    closed = document.audience != Audience.PUBLIC
    record_bulk(actor, verb, reference_to(document), digest=digest, counts=counts, is_confined=closed)
    return counts


def insert_rows(version: Version, rows: Rows) -> None:
    """Write the rows in bulk: three INSERTs a batch, none a row."""
    all_rows: tuple[Heading | Paragraph | Mention, ...] = (*rows.headings, *rows.texts, *rows.mentions)
    for row in all_rows:
        row.version = version
    Heading.objects.bulk_create(rows.headings, batch_size=BATCH)
    Paragraph.objects.bulk_create(rows.texts, batch_size=BATCH)
    Mention.objects.bulk_create(rows.mentions, batch_size=BATCH)
