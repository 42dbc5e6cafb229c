"""Tables as CSV and JSON lines, written row by row so that a table of any size needs little memory.

CSV is UTF-8 with a byte order mark (spreadsheet programs read the six scripts rightly only with it), one header
line, RFC 4180 quoting. A cell that a spreadsheet would take for a formula is preceded by an apostrophe.
"""

import csv
import datetime as dt
import io
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
BYTE_ORDER_MARK = "\ufeff"

Row = Mapping[str, Any]


def as_text(value: object) -> str:
    """Return ``value`` as text: nothing as nothing, dates in ISO form, lists joined by ``; ``, mappings as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(str(part) for part in value)
    return str(value)


def as_cell(value: object) -> object:
    """Return ``value`` as a CSV cell: numbers as they are, all else as text with formulas made harmless."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = as_text(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield a table as CSV, byte order mark and header first."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(columns)
    yield BYTE_ORDER_MARK + line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([as_cell(row.get(column)) for column in columns])
        yield line.getvalue()


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a table as JSON lines: one object a row, UTF-8."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a table")
