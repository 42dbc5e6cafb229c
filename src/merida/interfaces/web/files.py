"""Tables as files: the rows a page shows, as CSV or JSON, under the page's own address with ``?format=``."""

import csv
import io
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse

from merida.interfaces.web.pieces import Link, Table
from merida.interfaces.web.templatetags.words import query_string

FORMATS = ("csv", "json")
FORMULA_STARTS = ("=", "+", "@", "\t", "\r")


def downloads(request: HttpRequest, formats: Sequence[str] = FORMATS) -> tuple[Link, ...]:
    """Return the links to this page's table as files, its filters kept."""
    return tuple(Link(form.upper(), query_string(request, format=form, page=None, density=None)) for form in formats)


def wanted_format(request: HttpRequest) -> str:
    """Return ``csv`` or ``json`` where the address asks for a file, else ``""``."""
    asked = request.GET.get("format", "")
    return asked if asked in FORMATS else ""


def table_file(table: Table, form: str, *, name: str) -> HttpResponse:
    """Return ``table`` as a file called ``name``; ``form`` is ``csv`` or ``json``."""
    heads = [column.label for column in table.columns]
    rows = [[cell.text for cell in row] for row in table.rows]
    if form == "json":
        response: HttpResponse = JsonResponse(
            {"title": table.caption, "rows": [dict(zip(heads, row, strict=True)) for row in rows]},
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        response = HttpResponse(_csv([heads, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _csv(rows: list[list[str]]) -> bytes:
    """Return rows as spreadsheet programs expect them: with a byte-order mark, and no cell that runs as a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([[_harmless(text) for text in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
