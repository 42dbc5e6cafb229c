"""A table as a workbook of spreadsheet programs (Office Open XML, ISO/IEC 29500).

Numbers and days are typed cells. Text is stored as text, so that no program takes it for a formula. The same table
gives the same bytes.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from merida.exchange.outputs.tables import Row, as_text

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # signs that the programs read; what is longer is cut, with a mark
LONGEST_NAME = 31
MOST_DIGITS = 10**15  # whole numbers above lose digits in the programs: they are kept as text
FIRST_DAY = dt.date(1899, 12, 30)  # day 0 of the programs
LEAP_FAULT = dt.date(1900, 3, 1)  # days before are counted wrongly by the programs: they are kept as text
NARROW, WIDE = 9, 60  # signs of a column
LOOKED_AT = 200  # rows, for the widths
DAY_STYLE, HEAD_STYLE = 1, 2

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_A_NAME = re.compile(r"[\[\]:*?/\\']")
_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = f"{_OFFICE}/spreadsheetml/2006/main"
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_HEAD}<Types xmlns="{_OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(name: str, columns: Sequence[str], rows: Iterable[Row], *, right_to_left: bool = False) -> bytes:
    """Return a workbook of one sheet: a header that stays in sight and can be filtered, then the rows.

    ``name`` of the sheet; ``right_to_left``: the first column stands on the right.
    """
    lines = [[row.get(column) for column in columns] for row in rows]
    last = f"{_letters(len(columns))}{len(lines) + 1}"
    widths = [_width([column, *(line[at] for line in lines[:LOOKED_AT])]) for at, column in enumerate(columns)]
    sheet = [
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"',
        ' rightToLeft="1"' if right_to_left else "",
        '><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>',
        *(f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)),
        "</cols><sheetData>",
        _row([(_text(column, HEAD_STYLE)) for column in columns], 1),
        *(_row([_cell(value) for value in line], at) for at, line in enumerate(lines, 2)),
        f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>',
    ]
    shown = _NOT_A_NAME.sub(" ", _NOT_XML.sub("", name)).strip()[:LONGEST_NAME] or "1"
    return _packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
            f'<sheet name={quoteattr(shown)} sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(
                {"rId1": ("worksheet", "worksheets/sheet1.xml"), "rId2": ("styles", "styles.xml")}
            ),
            "xl/styles.xml": _STYLES,
            "xl/worksheets/sheet1.xml": "".join(sheet),
        }
    )


def _packed(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            about = ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            about.compress_type = ZIP_DEFLATED
            archive.writestr(about, content.encode())
    return held.getvalue()


def _relations(held: dict[str, tuple[str, str]]) -> str:
    each = (f'<Relationship Id="{key}" Type="{_RELATION}/{kind}" Target="{to}"/>' for key, (kind, to) in held.items())
    return f'{_HEAD}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(each)}</Relationships>'


def _row(cells: Sequence[str], at: int) -> str:
    return f'<row r="{at}">{"".join(cells)}</row>'


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float) and abs(value) < MOST_DIGITS:  # also leaves out what is no number
        return f"<c><v>{value}</v></c>"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= LEAP_FAULT:
        return f'<c s="{DAY_STYLE}"><v>{(value - FIRST_DAY).days}</v></c>'
    return _text(as_text(value))


def _text(value: str, style: int = 0) -> str:
    clean = _NOT_XML.sub("", value)
    if len(clean) > LONGEST_CELL:
        clean = f"{clean[: LONGEST_CELL - 1]}…"
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(clean)}</t></is></c>'


def _width(values: Iterable[Any]) -> int:
    longest = max(len(as_text(value)) for value in values)
    return min(max(longest + 2, NARROW), WIDE)


def _letters(number: int) -> str:
    """Return the name of a column counted from 1: A, B … Z, AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = f"{chr(ord('A') + rest)}{name}"
    return name or "A"
