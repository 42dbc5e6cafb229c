"""From the bytes of a file to clean text, or to a clear error: .docx, .pdf and .html are opened, the rest is text."""

from typing import NamedTuple

from merida.exchange.ingest.characters import cleaned
from merida.exchange.ingest.encodings import BYTE_ORDER_MARKS, decode_bytes
from merida.exchange.ingest.html_document import is_html, read_html
from merida.exchange.ingest.record import LeftOut, Notice
from merida.exchange.ingest.unreadable import UnreadableDocument, at_offset

__all__ = ["LARGEST_FILE", "Source", "UnreadableDocument", "decode"]

LARGEST_FILE = 100 * 1024 * 1024
_KINDS = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file (.doc, .xls); save it as .docx"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "an archive"), (b"7z\xbc\xaf", "an archive"), (b"{\\rtf", "an RTF file; save it as .docx"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"SQLite format 3", "a database"),
)  # fmt: skip


_HEAD = 1024  # a PDF may begin with so many bytes of something else
_GUARD = {0xFDD0 + n: 0xE0D0 + n for n in range(4)}
_RELEASE = {there: here for here, there in _GUARD.items()}


class Source(NamedTuple):
    """A decoded document: clean text, the encoding it came in, and what was taken out or should be known.

    ``pages`` has the printed page of every line, from 1; () where the file knows no pages.
    """

    text: str
    encoding: str
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[Notice, ...] = ()
    pages: tuple[int, ...] = ()


def decode(content: bytes, name: str, *, largest: int = LARGEST_FILE) -> Source:
    """Decode a file's bytes. Raises UnreadableDocument: empty, above ``largest`` bytes, binary, of mixed encoding."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocument("EMPTY", "the file is empty", name)
    if len(content) > largest:
        what = f"the file has {len(content) / 2**20:,.0f} MB; at most {largest / 2**20:,.0f} MB are read"
        raise UnreadableDocument("TOO_LARGE", what, name)
    if content.startswith(b"PK"):
        return opened(content, name)
    if b"%PDF-" in content[:_HEAD]:
        return printed(content, name)
    refuse_binary(content, name)
    if is_html(content, name):
        return hypertext(content, name)
    decoded = decode_bytes(content, name)
    text, left_out, notices = cleaned(decoded.text, name)
    if not text.strip():
        raise UnreadableDocument("EMPTY", "the file holds no text", name)
    if decoded.reason:
        notices.insert(0, Notice("ENCODING", decoded.reason))
    return Source(text, decoded.encoding, tuple(left_out), tuple(notices))


def opened(content: bytes, name: str) -> Source:
    """A Word document's text."""
    from merida.exchange.ingest.word_document import read_word  # noqa: PLC0415 (lxml loads only for Word files)

    text, left = read_word(content, name)
    text, left_out, notices = cleaned_word(text, name)
    if not text.strip():
        raise UnreadableDocument("EMPTY", "the document holds no text", name)
    return Source(text, "docx", (*left, *left_out), tuple(notices))


def printed(content: bytes, name: str) -> Source:
    """A PDF's text, with the page of every line."""
    from merida.exchange.ingest.pdf_document import read_pdf  # noqa: PLC0415 (PDFium loads only for PDF files)

    found = read_pdf(content, name)
    text, left_out, notices = cleaned(found.text, name)
    return Source(text, "pdf", (*found.left_out, *left_out), (*found.notices, *notices), found.pages)


def hypertext(content: bytes, name: str) -> Source:
    """An HTML page's text."""
    read, encoding, left, said = read_html(content, name)
    text, left_out, notices = cleaned_word(read, name)
    if not text.strip():
        raise UnreadableDocument("EMPTY", "the page holds no text", name)
    return Source(text, f"html {encoding}", (*left, *left_out), (*said, *notices))


def cleaned_word(text: str, name: str) -> tuple[str, list[LeftOut], list[Notice]]:
    """The text of a Word document without what is no text; the marks of notes stay."""
    clean, left_out, notices = cleaned(text.translate(_GUARD), name)
    return clean.translate(_RELEASE), left_out, notices


def refuse_binary(content: bytes, name: str) -> None:
    """Raise where the bytes are another kind of file, or hold a NUL outside UTF-16 and UTF-32."""
    for start, kind in _KINDS:
        if content.startswith(start):
            raise UnreadableDocument("BINARY", f"this is {kind}, not a text file", f"{name}, byte 0")
    marked = any(content.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)
    offset = -1 if marked else content.find(b"\x00")
    if offset >= 0:
        kind = utf16_without_mark(content)
        what = (
            f"looks like {kind} without a byte order mark; save it as UTF-8"
            if kind
            else "a NUL byte; this is not a text file"
        )
        raise UnreadableDocument("NUL", what, at_offset(name, content, offset))


def utf16_without_mark(content: bytes) -> str:
    """``UTF-16`` where every other byte of the beginning is NUL, else ""."""
    sample = content[:400]
    for start in (0, 1):
        if sample[start::2].count(0) > len(sample) * 0.35 and sample[1 - start :: 2].count(0) == 0:
            return "UTF-16"
    return ""
