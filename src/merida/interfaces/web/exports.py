"""Each page's data as CSV and JSON, beside the page: the same address with ``?format=csv`` or ``?format=json``.

CSV is UTF-8 with a byte order mark (spreadsheet programs read the six scripts rightly only with it), one header
line, RFC 4180 quoting. A cell that a spreadsheet would take for a formula is preceded by an apostrophe.
JSON names the page, its language and, for each row, its source and confidence where the row is a fact.
"""

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

FORMATS = ("csv", "json")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
BYTE_ORDER_MARK = "\ufeff"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The data of one page: the file's name without ending, the columns in order, and how to get the rows.

    ``rows`` is called only when the data are asked for, so a page pays nothing for offering them.
    """

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]
    about: Mapping[str, Any] = field(default_factory=dict)


def as_cell(value: object) -> object:
    """Return ``value`` as a CSV cell: dates in ISO form, lists joined by ``; ``, formulas made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, int | float):
        return value
    text = "; ".join(str(part) for part in value) if isinstance(value, list | tuple | set | frozenset) else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_csv(table: Table) -> str:
    """Return the table as CSV text, the byte order mark included."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows():
        writer.writerow([as_cell(row.get(column)) for column in table.columns])
    return out.getvalue()


def as_document(table: Table, *, address: str) -> dict[str, Any]:
    """Return the table as one JSON object: address, language, what it is about, columns, rows."""
    rows = [{column: row.get(column) for column in table.columns} for row in table.rows()]
    about = dict(table.about)
    return {
        "address": address,
        "language": (get_language() or "en")[:2],
        **about,
        "columns": table.columns,
        "count": len(rows),
        "rows": rows,
    }


def export(request: HttpRequest, table: Table) -> HttpResponse | None:
    """Return the page's data when ``?format=`` asks for them, or None: then the page itself is wanted."""
    wanted = request.GET.get("format", "")
    if wanted not in FORMATS:
        return None
    response: HttpResponse
    if wanted == "csv":
        response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8; header=present")
    else:
        document = as_document(table, address=request.build_absolute_uri(request.path))
        response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{wanted}"'
    patch_vary_headers(response, ["Cookie"])
    return response


def formats(request: HttpRequest) -> list[dict[str, str]]:
    """Return the addresses of the page's data, for its links and ``link rel=alternate``."""
    types = {"csv": "text/csv", "json": "application/json"}
    links = []
    for name in FORMATS:
        query = request.GET.copy()
        query.pop("page", None)
        query["format"] = name
        links.append({"name": name.upper(), "type": types[name], "address": f"{request.path}?{query.urlencode()}"})
    return links
