"""Workbooks of several protected sheets with lists to choose from (Office Open XML, ISO/IEC 29500).

``workbook`` writes plain tables; this writes forms that people fill in and send back. Text is stored as text, and a
text that begins like a formula carries the mark that keeps it a text when its cell is edited.
"""

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from merida.exchange.outputs.tables import FORMULA_STARTS
from merida.exchange.outputs.workbook import FIRST_DAY, LONGEST_CELL, LONGEST_NAME, TYPE

_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = f"{_OFFICE}/spreadsheetml/2006/main"
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # the programs read _x0041_ as a sign
_LISTS = "lists"


class Style(IntEnum):
    """How a cell looks and whether it can be written in; the order is that of the styles in the file."""

    PLAIN = 0
    HEAD = 1
    FIXED = 2
    FILL = 3  # to be written in
    FILL_QUOTED = 4  # the same, for a text that begins like a formula
    FILL_DAY = 5
    TITLE = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, figure or day."""

    value: str | int | dt.date = ""
    style: Style = Style.FIXED


@dataclass(frozen=True, slots=True)
class Choosing:
    """Cells (``F7``) in which one of ``options`` is chosen."""

    options: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. ``widths`` in signs, 0 hides the column; the first row is hidden; ``fixed_rows`` stay in sight."""

    name: str
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    choosing: tuple[Choosing, ...] = ()
    fixed_rows: int = 0
    hidden: bool = False


def sheets_workbook(sheets: Sequence[Sheet], *, right_to_left: bool = False) -> bytes:
    """Return the file."""
    lists: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        for one in sheet.choosing:
            lists.setdefault(one.options, letters(len(lists) + 1))
    every = [*sheets, *([_lists_sheet(list(lists))] if lists else [])]
    parts = {
        "[Content_Types].xml": _content_types(len(every)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(every),
        "xl/_rels/workbook.xml.rels": _relations(
            [*(("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(every) + 1)), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    for at, sheet in enumerate(every, start=1):
        parts[f"xl/worksheets/sheet{at}.xml"] = _sheet(sheet, lists, right_to_left=right_to_left)
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(ZipInfo(path, (1980, 1, 1, 0, 0, 0)), content.encode(), ZIP_DEFLATED)
    return held.getvalue()


def letters(number: int) -> str:
    """Return the name of a column counted from 1: A, B … Z, AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = f"{chr(ord('A') + rest)}{name}"
    return name or "A"


def _lists_sheet(lists: Sequence[tuple[str, ...]]) -> Sheet:
    longest = max(len(options) for options in lists)
    rows = [(Cell("merida:lists"),)] + [
        tuple(Cell(options[at] if at < len(options) else "") for options in lists) for at in range(longest)
    ]
    return Sheet(_LISTS, (20,) * len(lists), tuple(rows), hidden=True)


def _sheet(sheet: Sheet, lists: dict[tuple[str, ...], str], *, right_to_left: bool) -> str:
    pane = ""
    if sheet.fixed_rows:
        below = sheet.fixed_rows + 1
        pane = f'<pane ySplit="{sheet.fixed_rows}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/>'
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width or 1}" customWidth="1"{"" if width else _HIDDEN}/>'
        for at, width in enumerate(sheet.widths, start=1)
    )
    rows = "".join(
        f'<row r="{at}"{_HIDDEN if at == 1 else ""}>'
        f"{''.join(_cell(cell, f'{letters(place)}{at}') for place, cell in enumerate(row, start=1))}</row>"
        for at, row in enumerate(sheet.rows, start=1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"'
        f"{_TURNED if right_to_left else ''}>{pane}</sheetView></sheetViews><cols>{columns}</cols>"
        f"<sheetData>{rows}</sheetData>"
        '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
        f"{_validations(sheet.choosing, lists)}</worksheet>"
    )


_HIDDEN: Final = ' hidden="1"'
_TURNED: Final = ' rightToLeft="1"'


def _validations(choosing: Sequence[Choosing], lists: dict[tuple[str, ...], str]) -> str:
    if not choosing:
        return ""
    each = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{" ".join(one.cells)}">'
        f"<formula1>{_LISTS}!${lists[one.options]}$2:${lists[one.options]}${len(one.options) + 1}</formula1>"
        "</dataValidation>"
        for one in choosing
    )
    return f'<dataValidations count="{len(choosing)}">{each}</dataValidations>'


def _cell(cell: Cell, place: str) -> str:
    value, style = cell.value, cell.style
    if value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="{Style.FILL_DAY}"><v>{(value - FIRST_DAY).days}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    clean = _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("", value))[:LONGEST_CELL]
    if style is Style.FILL and clean.startswith(FORMULA_STARTS):
        style = Style.FILL_QUOTED
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(clean)}</t></is></c>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    names: list[str] = []
    for sheet in sheets:
        shown = _NOT_A_NAME.sub(" ", _NOT_XML.sub("", sheet.name)).strip()[:LONGEST_NAME] or "1"
        names.append(shown if shown not in names else f"{shown[: LONGEST_NAME - 2]} {len(names)}")
    each = "".join(
        f"<sheet name={quoteattr(name)} sheetId={quoteattr(str(at))}{_VERY_HIDDEN if sheet.hidden else ''}"
        f" r:id={quoteattr(f'rId{at}')}/>"
        for at, (name, sheet) in enumerate(zip(names, sheets, strict=True), start=1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><workbookProtection lockStructure="1"/>'
        f"<sheets>{each}</sheets></workbook>"
    )


_VERY_HIDDEN: Final = ' state="veryHidden"'


def _relations(found: Sequence[tuple[str, str]]) -> str:
    each = (
        f'<Relationship Id="rId{at}" Type="{_RELATION}/{kind}" Target="{to}"/>'
        for at, (kind, to) in enumerate(found, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(each)}</Relationships>'


def _content_types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for at in range(1, count + 1)
    )
    return (
        f'{_HEAD}<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    )


def _format(
    *, number: int = 0, font: int = 0, fill: int = 0, border: int = 0, locked: bool = True, more: str = ""
) -> str:
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"{more}'
        ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">'
        '<alignment vertical="top" wrapText="1"/>'
        f'<protection locked="{int(locked)}"/></xf>'
    )


_LINE = '<{0} style="thin"><color rgb="FF8090A0"/></{0}>'
_FORMATS: Final = (
    _format(),
    _format(font=1, fill=2, border=1),
    _format(border=1),
    _format(fill=3, border=1, locked=False),
    _format(fill=3, border=1, locked=False, more=' quotePrefix="1"'),
    _format(number=164, fill=3, border=1, locked=False),
    _format(font=2),
)
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/></font><font><b/><sz val="11"/></font><font><b/><sz val="14"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE4EAF0"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFBE6"/></patternFill></fill></fills>'
    '<borders count="2"><border/><border>'
    f"{''.join(_LINE.format(side) for side in ('left', 'right', 'top', 'bottom'))}</border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_FORMATS)}">{"".join(_FORMATS)}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
