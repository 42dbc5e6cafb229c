"""Reading stored bytes, and whether all of them are still what was handed in."""

import hashlib
from collections.abc import Iterator
from io import BufferedReader

from merida.foundation.files.models import StoredFile
from merida.foundation.files.places import path_of


class StoredFileMissingError(FileNotFoundError):
    """The row is there but its bytes are not."""


def open_stored(file: StoredFile) -> BufferedReader:
    """Open the bytes of ``file`` for reading. Raises StoredFileMissingError.

    Whoever calls this has checked that the reader may see the record that the file belongs to.
    """
    try:
        return path_of(file.digest).open("rb")
    except FileNotFoundError as error:
        raise StoredFileMissingError(f"the bytes of {file} are missing") from error


def damaged_files() -> Iterator[tuple[StoredFile, str]]:
    """Yield every stored file whose bytes are missing or not what was handed in, with what is wrong."""
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        if problem := _problem(file):
            yield file, problem


def _problem(file: StoredFile) -> str:
    try:
        with open_stored(file) as stored:
            digest = hashlib.file_digest(stored, "sha256").hexdigest()
    except StoredFileMissingError:
        return "its bytes are missing"
    except OSError as error:
        return f"its bytes cannot be read: {error.strerror}"
    return "" if digest == file.digest else f"its bytes have changed: their SHA-256 is {digest}"
