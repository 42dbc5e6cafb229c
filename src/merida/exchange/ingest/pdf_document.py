"""The text of a PDF file in reading order, one line a paragraph, each with the page it begins on.

The text layer is read. A page that is a picture is a scan: its letters are recognised where Tesseract is installed, and
the reading says so; where it is not, the page is named, and nothing is guessed from it.
"""

import re
import statistics
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from merida.exchange.ingest.how_far import page_read
from merida.exchange.ingest.pdf_annotations import draw_into, files_carried, lying_over
from merida.exchange.ingest.pdf_layout import Row, rows_of
from merida.exchange.ingest.pdf_letters import text_of
from merida.exchange.ingest.pdf_paragraphs import Page, Text, paragraphs_of
from merida.exchange.ingest.recognised_pages import (
    DOTS,
    MOST_DOTS,
    POINTS,
    Picture,
    Recognised,
    picture_of,
    program,
    recognise,
    release,
)
from merida.exchange.ingest.record import LeftOut, Notice
from merida.exchange.ingest.unreadable import UnreadableDocument

MOST_PAGES = 3_000
#: A page with fewer letters than this and a picture on it is a scan.
FEWEST_LETTERS = 8
_MOST_UNKNOWN = 0.2
_TAIL = 2_048
_WRONG_PASSWORD = 4
_UNREAD_FORMS = (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)
# PDFium keeps state of its own and is not safe to call from two threads at once.
_ONE_AT_A_TIME = threading.Lock()
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
_NUMBER = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*/\s*\d{1,4})?[-–—\s]*")
_PAGE_NUMBER = re.compile(r"^\d{1,4}(?=\s)|(?<=\s)\d{1,4}(?=(?:\s*/\s*\d{1,4})?$)")
_TABLE_LINES = 6  # lines with wide gaps from which a page is taken to hold a table; a masthead has fewer
_ENDS = 2  # lines at head and foot of a page that can be running ones


class PdfText(NamedTuple):
    """What a PDF holds: its text, the page of every line (from 1), what was left out, and notices."""

    text: str
    pages: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    notices: tuple[Notice, ...]


@dataclass(slots=True)
class _Seen:
    """Pages by kind while a file is read."""

    pages: list[Page] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    letters: int = 0
    unknown: int = 0
    gutter: float | None = None  # where the columns of the last page part
    beside: list[LeftOut] = field(default_factory=list)
    forms: bool = False  # of a kind whose fields cannot be read
    recognised: dict[int, Recognised] = field(default_factory=dict)  # by page


def read_pdf(content: bytes, name: str) -> PdfText:
    """The text of a PDF. Raises UnreadableDocument: encrypted, broken, too long, a scan, letters without a meaning."""
    seen = _read(content, name)
    _refuse(seen, name)
    pages, left_out = without_running_lines(seen.pages)
    texts = paragraphs_of(pages)
    lines: list[str] = []
    numbers: list[int] = []
    for text in texts:
        lines += [text.text, ""]
        numbers += [text.page, text.page]
    return PdfText("\n".join(lines), tuple(numbers), (*left_out, *seen.beside), tuple(_notices(seen, content)))


def _read(content: bytes, name: str) -> _Seen:
    try:
        with _ONE_AT_A_TIME:
            document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise _refused(error, name) from error
    try:
        if len(document) > MOST_PAGES:
            what = f"the PDF has {len(document):,} pages; at most {MOST_PAGES:,} are read: hand it in in parts"
            raise UnreadableDocument("TOO_LONG", what, name)
        seen = _Seen()
        with _ONE_AT_A_TIME:
            document.init_forms()
            seen.forms = document.get_formtype() in _UNREAD_FORMS
            seen.beside += files_carried(document)
        page_read(0, len(document))
        for number in range(len(document)):
            with _ONE_AT_A_TIME:
                picture = _read_page(document, number, seen, name)
            if picture:  # outside of the lock: it takes seconds
                _recognise(picture, number + 1, seen)
            page_read(number + 1, len(document))
        return seen
    finally:
        with _ONE_AT_A_TIME:
            document.close()


def _refused(error: pdfium.PdfiumError, name: str) -> UnreadableDocument:
    if getattr(error, "err_code", None) == _WRONG_PASSWORD or "assword" in str(error):
        what = "the PDF is protected by a password; save it without one and hand that in"
        return UnreadableDocument("ENCRYPTED", what, name)
    return UnreadableDocument("BROKEN_PDF", "the PDF is broken or cut short; it must be fetched or saved again", name)


def _recognise(picture: Picture, number: int, seen: _Seen) -> None:
    """Put what is recognised in a page's place. The languages of the first such page are taken for all."""
    known = next(iter(seen.recognised.values()), None)
    found = recognise(picture, known.languages if known else "")
    if found is None:
        return
    rows, gutter = rows_of(found.pieces)
    seen.pages[-1] = Page(number, tuple(row for row in rows if row.text))
    seen.recognised[number] = found
    seen.scans.remove(number)
    if gutter is not None:
        seen.columns.append(number)


def _read_page(document: pdfium.PdfDocument, number: int, seen: _Seen, name: str) -> Picture | None:
    """Read one page; return it drawn where it is a picture whose letters can be recognised."""
    page = _opened(document, number, name)
    try:
        over = lying_over(document, page)
        if over.drawn:
            draw_into(page)
            page.close()
            page = _opened(document, number, name)
        pieces, turned = text_of(page)
        rows, seen.gutter = rows_of(pieces, seen.gutter)
        letters = sum(sum(map(str.isalnum, piece.text)) for piece in pieces)
        if letters < FEWEST_LETTERS and _has_picture(page):
            seen.scans.append(number + 1)
        if seen.gutter is not None:
            seen.columns.append(number + 1)
        if sum(row.split for row in rows) >= _TABLE_LINES:
            seen.tables.append(number + 1)
        seen.beside += [LeftOut("TURNED_TEXT", " ".join(text.split()), 0) for text in turned]
        seen.beside += over.unseen("".join(piece.text for piece in pieces))
        seen.letters += sum(len(piece.text) for piece in pieces)
        seen.unknown += sum(len(_UNKNOWN.findall(piece.text)) for piece in pieces)
        seen.pages.append(Page(number + 1, tuple(row for row in rows if row.text)))
        return _drawn(page) if number + 1 in seen.scans and program() else None
    finally:
        page.close()


def _opened(document: pdfium.PdfDocument, number: int, name: str) -> pdfium.PdfPage:
    try:
        return document[number]
    except pdfium.PdfiumError as error:
        where = f"{name}, page {number + 1}"
        raise UnreadableDocument("BROKEN_PDF", "this page of the PDF is broken", where) from error


def _drawn(page: pdfium.PdfPage) -> Picture:
    """Return the page in shades of grey; a very large one smaller, so that it fits into memory."""
    longest = max(*page.get_size(), 1.0) * DOTS / POINTS
    bitmap = page.render(scale=DOTS / POINTS * min(1.0, MOST_DOTS / longest), grayscale=True)
    try:
        size = {"width": bitmap.width, "height": bitmap.height, "stride": bitmap.stride}
        return picture_of(bytes(bitmap.buffer), **size, points=page.get_height())
    finally:
        bitmap.close()


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))


def _refuse(seen: _Seen, name: str) -> None:
    if seen.scans and not any(page.rows and page.number not in seen.scans for page in seen.pages):
        what = (
            f"this is a scan: {len(seen.scans)} of its {len(seen.pages)} pages are pictures, and no page has a text "
            "layer; install Tesseract beside merida, or put it through text recognition (OCR) and hand in the result"
        )
        raise UnreadableDocument("SCAN", what, name)
    if not any(page.rows for page in seen.pages):
        raise UnreadableDocument("EMPTY", "the PDF holds no text", name)
    if seen.unknown > _MOST_UNKNOWN * max(seen.letters, 1):
        what = (
            f"{seen.unknown:,} of {seen.letters:,} characters of its text layer have no meaning (the fonts do not say "
            "which letters they show); put it through text recognition (OCR) or hand in the source"
        )
        raise UnreadableDocument("NO_LETTERS", what, name)


def _notices(seen: _Seen, content: bytes) -> list[Notice]:
    found = [Notice("PAGES", f"Printed pages: {len(seen.pages)}; every paragraph knows the one it begins on.")]
    if seen.scans:
        found.append(Notice("SCANNED_PAGES", f"Pictures without a text layer, not read: page {_listed(seen.scans)}."))
    if seen.recognised:
        pages = sorted(seen.recognised)
        sure = statistics.fmean(one.confidence for one in seen.recognised.values())
        found.append(
            Notice(
                "RECOGNISED_PAGES",
                f"Pictures whose letters were recognised, not printed as text: page {_listed(pages)} "
                f"({release()}, {seen.recognised[pages[0]].languages}, confidence {sure:.0f} %). Check before citing.",
            )
        )
    if seen.columns:
        found.append(Notice("TWO_COLUMNS", f"Read as two columns: page {_listed(seen.columns)}."))
    if seen.tables:
        what = f"Tables are read line by line, straight across their cells: page {_listed(seen.tables)}."
        found.append(Notice("READ_ACROSS", what))
    if seen.forms:
        what = "The PDF is a form of a kind (XFA) whose fields are not read; print it to a PDF and hand that in."
        found.append(Notice("FORM_NOT_READ", what))
    if seen.unknown:
        found.append(Notice("UNKNOWN_LETTERS", f"{seen.unknown} characters whose font does not say what they are."))
    if b"%%EOF" not in content[-_TAIL:]:
        found.append(Notice("CUT_SHORT", "The file does not end as a PDF does; what could be repaired was read."))
    return found


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers, neighbours as a range: 1–3, 7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def without_running_lines(pages: Sequence[Page]) -> tuple[list[Page], list[LeftOut]]:
    """The pages without page numbers and the lines that head or foot them again and again, and those lines."""
    counts = Counter(key for page in pages for key in {_key(row, page) for row in _outer(page)})
    needed = max(3, len(pages) * 0.4)
    kept: list[Page] = []
    left_out: list[LeftOut] = []
    for page in pages:
        running = [row for row in _outer(page) if counts[_key(row, page)] >= needed or _is_number(row, page)]
        left_out += [LeftOut("PAGE_HEADER", row.text, 0) for row in running]
        kept.append(replace(page, rows=tuple(row for row in page.rows if row not in running)))
    return kept, left_out


def _outer(page: Page) -> list[Row]:
    rows = page.rows
    return list(rows) if len(rows) <= 2 * _ENDS else [*rows[:_ENDS], *rows[-_ENDS:]]


def _is_number(row: Row, page: Page) -> bool:
    return row in (page.rows[0], page.rows[-1]) and bool(_NUMBER.fullmatch(row.text)) and len(page.rows) > 1


def _key(row: Row, page: Page) -> tuple[str, int]:
    """What a running line is known by: its words, with the page's number told as such, and its height on the page."""
    words = _PAGE_NUMBER.sub(lambda found: f"#{int(found.group()) - page.number}", row.text.casefold())
    return words, round(row.base / 4)


__all__ = ["PdfText", "Text", "read_pdf", "without_running_lines"]
