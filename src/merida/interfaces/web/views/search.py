"""The search: one box, hits by kind, facets, the query in words, and never a dead end."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from merida.exchange.search.entry import KINDS, LANGUAGES, PARAGRAPH
from merida.exchange.search.explaining import explain
from merida.exchange.search.facets import facets
from merida.exchange.search.nearest import in_other_languages, nearest
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import Visible
from merida.exchange.search.query import Filters, Query
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import visibility_tags
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Link, Pages
from merida.interfaces.web.templatetags.words import query_string
from merida.interfaces.web.usage import IN_VAIN
from merida.interfaces.web.views import search_pieces as pieces
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.left_out import leave_out
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.reading_choices import whole_number

STATE_CODE = re.compile(r"[A-Za-z]{3}")
PROVISION_KEY = re.compile(r"[A-Z0-9_]{2,20} [A-Za-z0-9() ]{1,40}")
YEARS = range(1900, 2201)
PER_PAGE = 20
FEW = 4  # things of a kind on the first page
FEW_PARAGRAPHS = 10
EXPORTED = 500
COLUMNS = ("kind", "title", "language", "snippet", "states", "provisions", "year", "address", "source", "confidence")


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind; ``more_url`` leads to all of them."""

    kind: str
    label: str
    results: list[Any]
    count: int
    more_url: str


def query_of(request: HttpRequest) -> Query:
    """Return what the address asks for; filters that cannot exist are left out, and said so."""
    asked = request.GET

    def kept(name: str, known: Any) -> tuple[str, ...]:
        value = asked.get(name, "")
        if value and known(value):
            return (value,)
        leave_out(request, name)
        return ()

    year = whole_number(asked.get("year", ""))
    if year not in YEARS:
        leave_out(request, "year")
    filters = Filters(
        kinds=kept("kind", KINDS.__contains__),
        states=tuple(code.upper() for code in kept("state", STATE_CODE.fullmatch)),
        provisions=kept("provision", PROVISION_KEY.fullmatch),
        years=(year,) if year in YEARS else (),
        languages=kept("language", LANGUAGES.__contains__),
    )
    return parse_query(asked.get("q", ""), language(), filters=filters)


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found, whole or, for HTMX, the results alone."""
    query = query_of(request)
    visible = visibility_tags(actor_of(request.user))
    context = {
        "query": query.text,
        "kept": [(name, value) for name in pieces.FILTERS if (value := request.GET.get(name))],
        "breadcrumbs": [Link(_("Search"))],
        **(_asked(request, query, visible) if not query.is_empty else {"examples": pieces.examples()}),
    }
    data = exports.Table("search", COLUMNS, lambda: pieces.rows(query, visible, EXPORTED), {"query": query.text})
    fragment = request.htmx  # type: ignore[attr-defined]
    response = answer(request, "pages/_results.html" if fragment else "pages/search.html", context, data=data)
    setattr(response, IN_VAIN, not query.is_empty and not context["total"])
    return response


def _asked(request: HttpRequest, query: Query, visible: Visible) -> dict[str, Any]:
    counted, called = facets(query, visible=visible, by_thing=True), pieces.called(query.filters)
    shown = {
        "explained": explain(query, language(), called=called),
        "total": counted.total,
        "facets": pieces.facet_links(request, query, counted),
        "chosen": pieces.chosen_filters(request, query, called),
    }
    if not counted.total:
        return {**shown, "suggestions": pieces.suggested(nearest(query, visible=visible, by_thing=True))}
    others = pieces.suggested(in_other_languages(query, visible=visible)) if query.clauses else []
    one_kind = _one_kind(request, query, visible, counted.total) if query.filters.kinds else {}
    groups = [] if one_kind else _groups(request, query, visible, dict(counted.kinds))
    return {**shown, "others": others, "groups": groups, **one_kind}


def _groups(request: HttpRequest, query: Query, visible: Visible, counts: dict[str, int]) -> list[Group]:
    """Return the first few of each kind."""
    groups = []
    for kind in (kind for kind in KINDS if counts.get(kind)):
        few = FEW_PARAGRAPHS if kind == PARAGRAPH else FEW
        shown, _reached = pieces.results(query.narrowed(kinds=(kind,)), visible, counts[kind], top=few)
        more = query_string(request, kind=kind, page=None, format=None) if counts[kind] > few else ""
        groups.append(Group(kind, pieces.kind_name(kind), shown, counts[kind], more))
    return groups


def _one_kind(request: HttpRequest, query: Query, visible: Visible, count: int) -> dict[str, Any]:
    """Return one page of the hits of one kind, of which there are ``count``. Raises Http404 for a page past the end."""
    asked = request.GET.get("page", "")
    number = whole_number(asked) if asked else 1
    found, reached = pieces.results(query, visible, count, top=PER_PAGE, offset=((number or 1) - 1) * PER_PAGE)
    total = -(-reached // PER_PAGE) or 1
    if not number or not 1 <= number <= total:
        raise Http404(_("This list has no such page. It has %(count)s.") % {"count": total})

    def address(page: int) -> str:
        return query_string(request, page=page if page > 1 else None, format=None) if 1 <= page <= total else ""

    return {
        "results": found,
        "pages": Pages(number, total, count, address(number - 1), address(number + 1)),
    }
