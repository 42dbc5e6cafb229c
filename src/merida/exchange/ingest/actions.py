"""Taking documents in: a file becomes a language version of a document, or is refused with the reason.

Reads: bytes. Writes: the stored file, document, version, headings, texts, mentions, identities of the resolutions
named, proposals for the inbox, search entries and the changes of the log, all in one transaction.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from merida.exchange.ingest.outcome import Outcome, Result
from merida.exchange.ingest.reading import read
from merida.exchange.ingest.record import Record
from merida.exchange.ingest.storing import Filing, held_version, refuse_if_hidden, store_record
from merida.exchange.ingest.unreadable import UnreadableDocument
from merida.foundation.access.actions import create_workspace
from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.files.sniffing import NotAcceptedError

MEGABYTE = 1024 * 1024
SAMPLE_WORKSPACE = "sample-workspace"


def workspace_called(code: str) -> Workspace | None:
    """Return the workspace of this code, or None."""
    return Workspace.objects.filter(code=code).first()


def sample_workspace(actor: Actor) -> Workspace:
    """Return the workspace that the restricted sample is for, made on first use."""
    held = workspace_called(SAMPLE_WORKSPACE)
    return held or create_workspace(actor, code=SAMPLE_WORKSPACE, title="Sample workspace")


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
    nothing of the file was stored. Raises PermissionDenied.
    """
    if not may(actor, Deed.HAND_IN_DOCUMENT) or (audience != Audience.PUBLIC and not may(actor, Deed.RESTRICT)):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} may not hand this in")
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        content = _content(source, name)
        digest = hashlib.sha256(content).hexdigest()
        filing = Filing(name, content, digest, audience, workspace, symbol)
        held = held_version(actor, filing)
        if held is not None:
            return held
        return _store(actor, read(content, name), filing)
    except UnreadableDocument as error:  # says the file's name itself
        return Outcome(name, Result.REFUSED, reason=str(error), code=error.code)
    except NotAcceptedError as error:
        return Outcome(name, Result.REFUSED, reason=f"{name}: {error}", code="NOT_A_DOCUMENT")


def _content(source: Path | bytes, name: str) -> bytes:
    """Return the bytes of a source; one past the limit is refused before it is read into memory."""
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        if size > settings.UPLOAD_LIMIT:
            has, may = f"{size / MEGABYTE:.0f} MB", f"{settings.UPLOAD_LIMIT / MEGABYTE:.0f} MB"
            raise UnreadableDocument(
                "TOO_LARGE", f"the file has {has}, a document may have {may}; it was not read", name
            )
        return source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise UnreadableDocument("NOT_OPENED", f"the file cannot be opened ({error.strerror})", name) from error


def _store(actor: Actor, record: Record, filing: Filing) -> Outcome:
    """Store a record; a second reader of the same file at the same moment finds it held."""
    refuse_if_hidden(actor, filing)
    try:
        with transaction.atomic():
            return store_record(actor, record, filing)
    except IntegrityError:
        held = held_version(actor, filing)
        if held is not None:
            return held
        with transaction.atomic():  # another file took the address in the same moment; now its document is there
            return store_record(actor, record, filing)
