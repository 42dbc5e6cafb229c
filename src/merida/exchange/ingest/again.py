"""Reading held files again when the reader has improved: the same version, with what is read now.

Reads: the stored file. Writes: headings, texts and mentions of the version anew, its open proposals, what the masthead
says about the document, search entries and changes of the log, all in one transaction. Address and number of the
version stay.
"""

import dataclasses
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from merida.cooperation.meetings.actions import record_meeting
from merida.exchange.ingest import entries
from merida.exchange.ingest.bodies import body_of, is_part
from merida.exchange.ingest.confirmed import carry_over
from merida.exchange.ingest.identity import Identity, identity_of
from merida.exchange.ingest.indexing import index_resolutions
from merida.exchange.ingest.outcome import Outcome, Result
from merida.exchange.ingest.placed_facts import propose_facts
from merida.exchange.ingest.reading import read
from merida.exchange.ingest.record import Masthead, Notice, Record
from merida.exchange.ingest.release import reader_release
from merida.exchange.ingest.resolutions import note_resolutions
from merida.exchange.ingest.rows import Rows, rows_of
from merida.exchange.ingest.storing import (
    as_read,
    compare_with_other_languages,
    contradictions,
    insert_rows,
    outcome_of,
    record_rows,
)
from merida.exchange.ingest.unreadable import UnreadableDocument
from merida.foundation.access.models import Audience
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.files.queries import open_stored
from merida.knowledge.documents.models import Document, Mention, MentionKind, Version

#: Notices that the reading of a file does not give, but its filing: they stay true while no symbol is printed.
_OF_FILING = frozenset({"NO_SYMBOL", "SYMBOL_GIVEN", "LOOKS_LIKE"})


def held_versions(*, outdated: bool) -> list[int]:
    """Return the versions held, in the order they came; ``outdated``: those that another reader read."""
    versions = Version.objects.exclude(reader=reader_release()) if outdated else Version.objects.all()
    return list(versions.order_by("pk").values_list("pk", flat=True))


def versions_called(name: str) -> list[int]:
    """Return the versions that ``name`` means: the bytes of a file, else a stored name, a symbol or an address."""
    path = Path(name)
    if path.is_file():
        called = Q(text_digest=hashlib.sha256(path.read_bytes()).hexdigest())
    else:
        called = Q(file__name=name) | Q(document__symbol=name) | Q(document__slug=name)
    return list(Version.objects.filter(called).order_by("pk").values_list("pk", flat=True))


def read_again(actor: Actor, number: int) -> Outcome:
    """Read the file of the version with this key again and replace what was read of it; say what became of it.

    Confirmed mentions keep their confirmation; one that is not recognised any more stays, with a notice. A version
    whose file is missing, damaged or not readable stays as it is, and the outcome is REFUSED with the reason. Raises
    PermissionDenied.
    """
    version = Version.objects.select_related("document", "file").get(pk=number)
    restricted = version.document.audience != Audience.PUBLIC
    if not may(actor, Deed.HAND_IN_DOCUMENT) or (restricted and not may(actor, Deed.RESTRICT)):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} may not read this again")
    name = version.file.name
    try:
        record = read(_bytes_of(version), name)
    except UnreadableDocument as error:
        return Outcome(name, Result.REFUSED, reason=f"{error}; what was read before stays")
    with transaction.atomic():
        return _replace(actor, Version.objects.select_for_update().select_related("document").get(pk=number), record)


def _bytes_of(version: Version) -> bytes:
    """Return the bytes handed in. Raises UnreadableDocument where they are missing or others."""
    name = version.file.name
    try:
        with open_stored(version.file) as stored:
            content = stored.read()
    except OSError as error:
        raise UnreadableDocument("NOT_OPENED", "the stored file is missing or cannot be opened", name) from error
    if hashlib.sha256(content).hexdigest() != version.text_digest:
        raise UnreadableDocument("DAMAGED", "the stored file is not what was handed in (`merida check`)", name)
    return content


def _replace(actor: Actor, version: Version, record: Record) -> Outcome:
    document, masthead = version.document, record.structure.masthead
    rows = rows_of(record)
    confirmed = version.mentions.filter(confirmed_at__isnull=False).select_related("paragraph", "heading")
    carried = carry_over(confirmed.order_by("pk"), rows)
    named_before = set(_resolutions(version))
    notices = [*carried.notices, *_language(version, masthead)]
    if version.is_current:
        entries.withdraw_version(version)
        notices += _keep_identity(document, version, masthead)
    notices += contradictions(document, identity_of(masthead))
    rows.notices.extend([*_of_filing(version, masthead), *(dataclasses.asdict(each) for each in notices)])
    version.mentions.all().delete()
    version.paragraphs.all().delete()
    version.headings.all().delete()
    _update(version, record, rows)
    insert_rows(version, rows)
    told = propose_facts(actor, version, rows.facts)
    compare_with_other_languages(actor, version)
    if version.is_current:
        record_meeting(actor, version, rows.meeting)
    if document.audience == Audience.PUBLIC:
        note_resolutions(rows.mentions)
        index_resolutions(named_before - set(_resolutions(version)))
    entries.reindex_document(document)
    counts = record_rows(actor, "READ_AGAIN", document, rows, digest=version.text_digest)
    return outcome_of(version.file.name, version, Result.READ_AGAIN, {**counts, "proposals": told.new})


def _resolutions(version: Version) -> Iterable[str]:
    named = Mention.objects.filter(version=version, kind=MentionKind.RESOLUTION)
    return named.values_list("key", flat=True).distinct()


def _update(version: Version, record: Record, rows: Rows) -> None:
    for name, value in as_read(record, rows).items():
        setattr(version, name, value)
    version.read_at = timezone.now()
    version.save()


def _of_filing(version: Version, masthead: Masthead) -> list[dict[str, object]]:
    if masthead.symbol:
        return []
    return [notice for notice in version.notices if notice.get("code") in _OF_FILING]


def _language(version: Version, masthead: Masthead) -> list[Notice]:
    """Say where the language is read otherwise: it stands in the version's address, which does not change."""
    if masthead.language == version.language:
        return []
    now, filed = masthead.language or "unknown", version.language or "unknown"
    return [Notice("LANGUAGE_DIFFERS", f"The language is now read as {now}; the text stays filed under {filed}.")]


# ---------------------------------------------------------------- what is known of the document


def _keep_identity(document: Document, version: Version, masthead: Masthead) -> list[Notice]:
    """Correct what the document took from this very text; what another text or a person said stays."""
    before, now = identity_of(_masthead_of(version)), identity_of(masthead)
    notices = _symbol_taken(document, now)
    if notices:
        now = dataclasses.replace(now, symbol=document.symbol)
    others = [identity_of(_masthead_of(other)) for other in _other_texts(document, version)]
    for field in dataclasses.fields(Identity):
        held, read_now = getattr(document, field.name), getattr(now, field.name)
        said_here = held == getattr(before, field.name)
        said_elsewhere = any(getattr(other, field.name) == held for other in others)
        if not held or (said_here and not said_elsewhere and (read_now or field.name != "symbol")):
            setattr(document, field.name, read_now)
    body = body_of(document.symbol, masthead)
    was = body_of(before.symbol, _masthead_of(version))
    if body and (document.body in ("", was) or is_part(body, document.body)):
        document.body = body
    titles = {language: title for language, title in document.titles.items() if language != version.language}
    document.titles = titles | ({version.language: masthead.title} if masthead.title else {})
    document.save()
    return notices


def _symbol_taken(document: Document, now: Identity) -> list[Notice]:
    """Say that another document for the same readers has the symbol; the two are not joined in passing."""
    if now.symbol in ("", document.symbol):
        return []
    same = Document.objects.filter(symbol=now.symbol, audience=document.audience, workspace=document.workspace)
    twin = same.exclude(pk=document.pk).order_by("pk").first()
    return [Notice("LOOKS_LIKE", f"The text prints {now.symbol}, which is {twin.slug}; not joined.")] if twin else []


def _other_texts(document: Document, version: Version) -> Iterable[Version]:
    return Version.objects.filter(document=document, is_current=True).exclude(pk=version.pk)


def _masthead_of(version: Version) -> Masthead:
    """Return a stored masthead as a value."""
    known: dict[str, Any] = {}
    for field in dataclasses.fields(Masthead):
        value = version.masthead.get(field.name)
        if value:
            known[field.name] = tuple(value) if isinstance(value, list) else value
    return Masthead(**known)
