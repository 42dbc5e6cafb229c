"""Taking documents in: a file becomes a language version of a document, or is refused with the reason.

Reads: bytes. Writes: the stored file, document, version, headings, texts, mentions, identities of the resolutions
named, search entries and one change of the log, all in one transaction.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from merida.exchange.ingest.outcome import Outcome, Result
from merida.exchange.ingest.reading import UnreadableError, read
from merida.exchange.ingest.record import Record
from merida.exchange.ingest.storing import Filing, held_version, store_record
from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.visibility import Actor


def ingest_file(
    actor: Actor,
    source: Path | bytes,
    name: str = "",
    *,
    audience: str = Audience.PUBLIC,
    workspace: Workspace | None = None,
    symbol: str = "",
) -> Outcome:
    """Take one document in and say what became of it; a file that was taken in before changes nothing.

    ``source`` is a path or the bytes; ``name`` the file's name (of a path: its own). ``symbol`` names the document
    where it does not print its symbol itself. Nothing is raised for bad input: a REFUSED outcome has the reason, and
    nothing of the file was stored.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        content = _content(source)
        digest = hashlib.sha256(content).hexdigest()
        filing = Filing(name, content, digest, audience, workspace, symbol)
        held = held_version(filing)
        if held is not None:
            return held
        return _store(actor, read(content, name), filing)
    except UnreadableError as error:
        return Outcome(name, Result.REFUSED, reason=str(error))


def _content(source: Path | bytes) -> bytes:
    """Return the bytes of a source; one past the limit is refused before it is read into memory."""
    size = len(source) if isinstance(source, bytes) else _size(source)
    if size > settings.UPLOAD_LIMIT:
        limit, megabyte = settings.UPLOAD_LIMIT, 1024 * 1024
        raise UnreadableError(
            f"{size / megabyte:.0f} MB: a document may have up to {limit / megabyte:.0f} MB. Split it, or raise the limit."
        )
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise UnreadableError(f"The file cannot be opened: {error.strerror}.") from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise UnreadableError(f"The file cannot be opened: {error.strerror}.") from error


def _store(actor: Actor, record: Record, filing: Filing) -> Outcome:
    """Store a record; a second reader of the same file at the same moment finds it held."""
    try:
        with transaction.atomic():
            return store_record(actor, record, filing)
    except IntegrityError:
        held = held_version(filing)
        if held is not None:
            return held
        with transaction.atomic():  # another file took the address in the same moment; now its document is there
            return store_record(actor, record, filing)
