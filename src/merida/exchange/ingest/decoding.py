"""From bytes to text."""

from typing import NamedTuple

from merida.exchange.ingest.record import Notice

LARGEST_FILE = 100 * 1024 * 1024


class UnreadableDocument(ValueError):  # noqa: N818 (a document is unreadable, not an error)
    """A file that cannot be read as a document: ``what`` is wrong and ``where`` (file, line or byte offset)."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{where}: {what}")
        self.what, self.where = what, where


class Source(NamedTuple):
    """A decoded document."""

    text: str
    encoding: str
    notices: tuple[Notice, ...]


def decode(content: bytes, name: str, *, largest: int = LARGEST_FILE) -> Source:
    return Source(content.decode("utf-8-sig").replace("\r\n", "\n"), "utf-8", ())
