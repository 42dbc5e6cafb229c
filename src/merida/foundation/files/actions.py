"""Keeping the bytes that somebody hands in."""

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import PermissionDenied

from merida.foundation.changes.actions import Acting
from merida.foundation.files.models import StoredFile
from merida.foundation.files.places import path_of
from merida.foundation.files.sniffing import NotAcceptedError, clean_name, media_type

CHUNK = 1024 * 1024  # bytes


class TooLargeError(NotAcceptedError):
    """The file is larger than ``settings.UPLOAD_LIMIT``. Nothing of it is kept."""


def store(actor: Acting, content: bytes | IO[bytes], name: str) -> StoredFile:
    """Keep ``content`` under its digest and return its row; the same content is kept once, under its first name.

    The bytes are on disk, whole, before the row is written. The caller's action keeps the reference to the file and
    records ONE change for it, with the digest (``changes.actions.record_bulk``); storing bytes alone records none.
    Raises NotAcceptedError (TooLargeError) saying what is wrong, PermissionDenied for somebody not signed in.
    """
    if not actor.role:
        raise PermissionDenied("only a signed-in person may hand in a file")
    directory = Path(settings.FILES_DIRECTORY)
    directory.mkdir(parents=True, exist_ok=True)
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    with tempfile.NamedTemporaryFile(dir=directory, prefix="incoming-") as incoming:
        digest, size = _copy(stream, incoming.file)
        kind = media_type(incoming.file)
        _keep(Path(incoming.name), path_of(digest), size)
    row, _ = StoredFile.objects.get_or_create(
        digest=digest, defaults={"size": size, "media_type": kind, "name": clean_name(name)}
    )
    return row


def _copy(stream: IO[bytes], target: IO[bytes]) -> tuple[str, int]:
    """Copy the stream to disk, counting and digesting; stop at the limit."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT:
            limit = settings.UPLOAD_LIMIT // (1024 * 1024)
            raise TooLargeError(
                "the file is larger than {limit} MB, the most that is taken in; nothing was kept", limit=limit
            )
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _keep(incoming: Path, path: Path, size: int) -> None:
    """Give the finished file its name in one step, unless the same content lies there already."""
    if path.exists() and path.stat().st_size == size:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # of another size: damaged
    try:
        os.link(incoming, path)
    except FileExistsError:  # another process was quicker with the same content
        return
    path.chmod(0o440)
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
