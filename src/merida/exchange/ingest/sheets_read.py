"""Opening a workbook safely: a bounded archive, no macros, XML without entities; cells as text with their kind."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from lxml import etree

from merida.exchange.ingest.unreadable import UnreadableDocument
from merida.exchange.ingest.word_archive import kind_of_archive, parse, part_of, refuse_bomb

LARGEST_WORKBOOK: Final = 20 * 1024 * 1024  # bytes
MOST_CELLS: Final = 1_000_000
MOST_SHEETS: Final = 100
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_OLD = b"\xd0\xcf\x11\xe0"


class CellRead(NamedTuple):
    """A cell: its text, and whether it is a figure, a formula or an error of one."""

    text: str
    numeric: bool = False
    formula: bool = False


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet: cells by row and column, both counted from 1; empty cells are left out."""

    name: str
    rows: Mapping[int, Mapping[int, CellRead]]

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, "" for an empty one."""
        cell = self.rows.get(row, {}).get(column)
        return cell.text if cell else ""


def read_workbook(content: bytes, name: str = "") -> list[SheetRead]:
    """Return the sheets of an .xlsx file. Raises UnreadableDocument: another kind of file, macros, a bomb, broken."""
    if len(content) > LARGEST_WORKBOOK:
        raise UnreadableDocument("TOO_LARGE", f"the file is larger than {LARGEST_WORKBOOK // 2**20} MB", name)
    if content.startswith(_OLD):
        what = "this is an old or encrypted Office file: save it as .xlsx without a password"
        raise UnreadableDocument("NOT_A_DOCUMENT", what, name)
    if not content.startswith(b"PK"):
        raise UnreadableDocument("NOT_A_DOCUMENT", "this is no .xlsx file", name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument("BROKEN_ARCHIVE", "the file is broken or cut short: save it again", name) from error
    with archive:
        return list(_sheets(archive, name))


def _sheets(archive: zipfile.ZipFile, name: str) -> Iterator[SheetRead]:
    members = {info.filename: info for info in archive.infolist()}
    refuse_bomb(members, name)
    if any(member.lower().endswith(("vbaproject.bin", "vbadata.xml")) for member in members):
        raise UnreadableDocument("MACROS", "this workbook has macros in it: save it as .xlsx without them", name)
    if "xl/workbook.xml" not in members:
        what = "a binary workbook (.xlsb)" if "xl/workbook.bin" in members else kind_of_archive(members)
        what = "a Word document" if "word/document.xml" in members else what
        raise UnreadableDocument("NOT_A_DOCUMENT", f"this is {what}, not an .xlsx workbook", name)
    shared = _shared(archive, members, name)
    targets = _targets(archive, members, name)
    left = MOST_CELLS
    for number, one in enumerate(_tree(archive, "xl/workbook.xml", name).iter(f"{_MAIN}sheet")):
        path = targets.get(one.get(f"{_RELATION}id", ""), "")
        if path not in members or number >= MOST_SHEETS:
            continue
        sheet = _sheet(_tree(archive, path, name), one.get("name", ""), shared, left=left, file=name)
        left -= sum(map(len, sheet.rows.values()))
        yield sheet


def _tree(archive: zipfile.ZipFile, member: str, name: str) -> Any:
    return parse(part_of(archive, member, name), member, name)


def _targets(archive: zipfile.ZipFile, members: Mapping[str, Any], name: str) -> dict[str, str]:
    path = "xl/_rels/workbook.xml.rels"
    if path not in members:
        raise UnreadableDocument("BROKEN_ARCHIVE", "the workbook does not name its sheets", name)
    found = {}
    for one in _tree(archive, path, name).iter("{*}Relationship"):
        target = one.get("Target", "")
        found[one.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _shared(archive: zipfile.ZipFile, members: Mapping[str, Any], name: str) -> list[str]:
    if "xl/sharedStrings.xml" not in members:
        return []
    return [_words(one) for one in _tree(archive, "xl/sharedStrings.xml", name).iter(f"{_MAIN}si")]


def _words(node: Any) -> str:
    """The text of a string: its runs, without the guide to pronunciation that some programs add."""
    runs = (
        one.text or ""
        for one in node.iter(f"{_MAIN}t")
        if one.getparent() is None or etree.QName(one.getparent()).localname != "rPh"
    )
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(runs))


def _sheet(tree: Any, title: str, shared: list[str], *, left: int, file: str) -> SheetRead:
    rows: dict[int, dict[int, CellRead]] = {}
    count, row_before = 0, 0
    for row in tree.iter(f"{_MAIN}row"):
        number = _number(row.get("r")) or row_before + 1
        row_before, column = number, 0
        for cell in row.iter(f"{_MAIN}c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            read = _cell(cell, shared)
            if read.text or read.formula:
                rows.setdefault(number, {})[column] = read
                count += 1
        if count > left:
            raise UnreadableDocument("TOO_LARGE", f"the workbook has more than {MOST_CELLS:,} cells", file)
    return SheetRead(title, rows)


def _cell(cell: Any, shared: list[str]) -> CellRead:
    kind, formula = cell.get("t", "n"), cell.find(f"{_MAIN}f") is not None
    held = cell.find(f"{_MAIN}v")
    text = (held.text or "") if held is not None else ""
    if kind == "inlineStr":
        return CellRead("".join(_words(one) for one in cell.iter(f"{_MAIN}is")), formula=formula)
    if kind == "s":
        at = _number(text)
        return CellRead(shared[at] if at is not None and at < len(shared) else "", formula=formula)
    if kind == "str":
        return CellRead(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text), formula=formula)
    return CellRead(text, numeric=kind == "n" and bool(text), formula=formula or kind == "e")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
