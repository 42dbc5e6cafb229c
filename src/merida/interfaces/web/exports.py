"""Each page's data as CSV, workbook and JSON, beside the page: the same address with ``?format=csv`` (xlsx, json).

JSON names the page, its language and, for each row, its source and confidence where the row is a fact.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from merida.exchange.outputs import linked_data
from merida.exchange.outputs.tables import Row, csv_lines
from merida.exchange.outputs.workbook import TYPE, workbook
from merida.interfaces.web.languages import content_language, direction

FORMATS = ("csv", "xlsx", "json")
MORE_FORMATS = (*FORMATS, "jsonld")  # of pages whose rows are records of the observatory
TYPES = {"csv": "text/csv", "xlsx": TYPE, "json": "application/json", "jsonld": linked_data.MEDIA_TYPE}


@dataclass(frozen=True, slots=True)
class Table:
    """The data of one page: the file's name without ending, the columns in order, and how to get the rows.

    ``rows`` is called only when the data are asked for, so a page pays nothing for offering them.
    """

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]
    about: Mapping[str, Any] = field(default_factory=dict)
    formats: tuple[str, ...] = FORMATS


def as_csv(table: Table) -> str:
    """Return the table as CSV text, the byte order mark included."""
    return "".join(csv_lines(table.columns, table.rows()))


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
    if wanted not in table.formats:
        return None
    response: HttpResponse
    if wanted == "jsonld":
        response = JsonResponse(_linked(request, table), json_dumps_params={"ensure_ascii": False})
        response["Content-Type"] = TYPES[wanted]
    elif wanted == "csv":
        response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8; header=present")
    elif wanted == "xlsx":
        mirrored = direction(content_language()) == "rtl"
        made = workbook(table.name, table.columns, table.rows(), right_to_left=mirrored)
        response = HttpResponse(made, content_type=TYPE)
    else:
        document = as_document(table, address=request.build_absolute_uri(request.path))
        response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{wanted}"'
    patch_vary_headers(response, ["Cookie"])
    return response


def _linked(request: HttpRequest, table: Table) -> dict[str, Any]:
    address = request.build_absolute_uri(request.get_full_path())
    themes = request.build_absolute_uri(reverse("theme", args=["slug"])).replace("/slug/", "/{}/")
    language = (get_language() or "en")[:2]
    return linked_data.dataset(table.rows(), name=table.name, address=address, language=language, themes=themes)


def formats(request: HttpRequest, offered: tuple[str, ...] = FORMATS) -> list[dict[str, str]]:
    """Return the addresses of the page's data, for its links and ``link rel=alternate``."""
    links = []
    for name in offered:
        query = request.GET.copy()
        query.pop("page", None)
        query["format"] = name
        links.append({"name": name.upper(), "type": TYPES[name], "address": f"{request.path}?{query.urlencode()}"})
    return links
