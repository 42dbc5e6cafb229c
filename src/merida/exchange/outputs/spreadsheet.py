"""A table as a spreadsheet (.xlsx, ECMA-376) of one sheet, the same bytes for the same rows. Pure.

Text is written as text, never as a formula: a cell that begins with ``=`` shows its sign and runs nothing.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from merida.exchange.outputs.tables import plain_cell

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL: Final = 32_767  # signs that a cell can hold; a longer text ends in …
MOST_ROWS: Final = 1_048_576  # of a sheet, its head included
_MOMENT = (1980, 1, 1, 0, 0, 0)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KINDS}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="data" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


class TooManyRowsError(ValueError):
    """A sheet cannot hold so many rows."""


def spreadsheet(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the table as a file. Raises TooManyRowsError beyond 1,048,575 rows."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _PARTS.items():
            package.writestr(zipfile.ZipInfo(name, _MOMENT), _HEAD + content, zipfile.ZIP_DEFLATED)
        sheet = "".join(_sheet(columns, rows))
        package.writestr(zipfile.ZipInfo("xl/worksheets/sheet1.xml", _MOMENT), sheet, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _sheet(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'
    yield _row(columns)
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise TooManyRowsError(f"a sheet holds {MOST_ROWS - 1} rows below its head")
        yield _row([plain_cell(row.get(column)) for column in columns])
    yield "</sheetData></worksheet>"


def _row(values: Sequence[object]) -> str:
    return f"<row>{''.join(map(_cell, values))}</row>"


def _cell(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(value))
    if len(text) > LONGEST_CELL:
        text = f"{text[: LONGEST_CELL - 1]}…"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
