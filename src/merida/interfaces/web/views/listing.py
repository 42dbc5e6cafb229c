"""Lists of pages: numbered pages, sorting and names in the order of the reader's language."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from merida.interfaces.web.pieces import Pages
from merida.interfaces.web.templatetags.words import query_string

PER_PAGE = 50
MOST_DIGITS = 9
NO_VALUES = (None, "", b"")


def numbered_page(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE, name: str = "page") -> Page[Any]:
    """Return the page of ``rows`` that ``?page=`` (or another name) asks for, the first one without it.

    Raises Http404 with a sentence for the reader where the number is no page of this list.
    """
    asked = request.GET.get(name, "1") or "1"
    paginator = Paginator(rows, per_page)
    try:
        return paginator.page(asked if len(asked) <= MOST_DIGITS and asked.isascii() else 0)
    except (EmptyPage, PageNotAnInteger):
        raise Http404(_("This list has no such page. It has %(count)s.") % {"count": paginator.num_pages}) from None


def language() -> str:
    """Return the reader's language as its two-letter code."""
    return (get_language() or "en")[:2]


def reading_order(name: str) -> Any:
    """Return a sort key for a name in the reader's language.

    Chinese sorts by pronunciation for the common characters (the order of GB 18030), the others by letter
    without accents.
    """
    if language() == "zh":
        return name.encode("gb18030", errors="replace")
    bare = "".join(mark for mark in unicodedata.normalize("NFD", name) if not unicodedata.combining(mark))
    return bare.casefold().removeprefix("ال").encode()


def sort_choice(request: HttpRequest, choices: Sequence[str]) -> tuple[str, bool]:
    """Return ``(column, descending)`` from ``?sort=name`` or ``?sort=-name``; the first choice where it is none."""
    asked = request.GET.get("sort", "")
    column = asked.removeprefix("-")
    return (column, asked.startswith("-")) if column in choices else (choices[0], False)


def sorted_rows(rows: Iterable[Any], key: Callable[[Any], Any], *, descending: bool) -> list[Any]:
    """Return the rows sorted by ``key``; rows without a value come last both ways."""
    rows = list(rows)
    known = [row for row in rows if key(row) not in NO_VALUES]
    unknown = [row for row in rows if key(row) in NO_VALUES]
    return sorted(known, key=key, reverse=descending) + unknown


def pages_of(request: HttpRequest, page: Page[Any], *, name: str = "page", part: str = "") -> Pages:
    """Return where a list stands, for the component under it."""

    def address(number: int) -> str:
        return query_string(request, **{name: number if number > 1 else None, "format": None}) + part

    return Pages(
        number=page.number,
        total=page.paginator.num_pages,
        count=page.paginator.count,
        previous_url=address(page.number - 1) if page.has_previous() else "",
        next_url=address(page.number + 1) if page.has_next() else "",
    )
