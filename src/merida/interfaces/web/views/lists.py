"""A list of records as one table: words to narrow it by, choices, sorted columns, pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import query_string
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.left_out import leave_out
from merida.interfaces.web.views.listing import numbered_page, pages_of, reading_order, sort_choice, sorted_rows

LONGEST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a list: its name in files and in ``?sort=``, its label, how a row shows in it, what it sorts by."""

    name: str
    label: str
    cell: Callable[[Any], Cell]
    key: Callable[[Any], Any] | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A select that narrows the list: its name in the address, label and options (``url`` is the value)."""

    name: str
    label: str
    options: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Listed:
    """All that a list page shows. ``words_of`` gives the text that words of the reader are looked for in."""

    title: str
    lead: str
    rows: Sequence[Any]
    heads: Sequence[Head]
    data: exports.Table
    words_of: Callable[[Any], str]
    choices: Sequence[Choice] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def chosen(request: HttpRequest, name: str, values: Sequence[str]) -> str:
    """Return the value that the address chooses of those that exist, ``""`` for none; others are said on the page."""
    asked = request.GET.get(name, "")
    if asked in values:
        return asked
    leave_out(request, name)
    return ""


def choice(request: HttpRequest, name: str, label: str, options: Mapping[str, str]) -> Choice:
    """Return a select with the address's value chosen."""
    value = chosen(request, name, list(options))
    return Choice(name, label, [Link(text, code, current=code == value) for code, text in options.items()])


def words_asked(request: HttpRequest) -> str:
    """Return the reader's words without signs that mean nothing."""
    return "".join(sign for sign in request.GET.get("words", "")[:LONGEST_WORDS] if sign.isprintable()).strip()


def list_page(request: HttpRequest, listed: Listed, *, context: Mapping[str, Any] | None = None) -> HttpResponse:
    """Render a list, or return all of it as a file."""
    words = words_asked(request).casefold()
    rows = [row for row in listed.rows if not words or words in listed.words_of(row).casefold()]
    sortable = {head.name: head for head in listed.heads if head.key is not None}
    column, descending = sort_choice(request, list(sortable))
    key = sortable[column].key or str
    page = numbered_page(request, sorted_rows(rows, key, descending=descending))
    shown = {
        "listed": listed,
        "words": words_asked(request),
        "table": _table(request, listed, list(page.object_list), column, descending),
        "pages": pages_of(request, page),
        "breadcrumbs": [Link(listed.title)],
    }
    return answer(request, "pages/list.html", {**shown, **(context or {})}, data=listed.data)


def _table(request: HttpRequest, listed: Listed, rows: Sequence[Any], column: str, descending: bool) -> Table:
    def head(one: Head) -> Column:
        if one.key is None:
            return Column(one.label, one.numeric)
        here = one.name == column
        ordered = ("descending" if descending else "ascending") if here else ""
        value = f"-{one.name}" if here and not descending else one.name
        return Column(one.label, one.numeric, query_string(request, sort=value, page=None, format=None), ordered)

    cells = [[one.cell(row) for one in listed.heads] for row in rows]
    return Table(listed.title, [head(one) for one in listed.heads], cells, note=listed.note)


def by_name(name: str) -> Any:
    """Return the key that sorts by a name in the reader's language."""
    return reading_order(name)
