"""What the search page is made of: results, facets, suggestions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from merida.exchange.search import entry
from merida.exchange.search.explaining import Called
from merida.exchange.search.facets import Counted, Facets
from merida.exchange.search.nearest import Suggestion
from merida.exchange.search.queries import DEEPEST, Hit, Visible, search
from merida.exchange.search.query import Filters, Query
from merida.exchange.search.things import Thing, things
from merida.interfaces.web.languages import INTERNAL_CODES, internal_language, own_name
from merida.interfaces.web.pieces import Facet, FacetOption, Link, Result
from merida.interfaces.web.templatetags.words import language_name, query_string
from merida.interfaces.web.views.naming import names_of_keys
from merida.knowledge.documents.citing import place_in_words
from merida.knowledge.documents.places import UNKNOWN_LANGUAGE, anchor, on_first_page

FILTERS = ("state", "provision", "year", "kind", "language")
SHOWN_STATES = 8
LONGEST_FACET = 40
_ORDER = {code: place for place, code in enumerate(INTERNAL_CODES)}
KIND_NAMES = {
    entry.STATE: gettext_lazy("State"),
    entry.PROVISION: gettext_lazy("Provision"),
    entry.INSTRUMENT: gettext_lazy("Treaty"),
    entry.MECHANISM: gettext_lazy("Review mechanism"),
    entry.RESOLUTION: gettext_lazy("Resolution"),
    entry.ORGANISATION: gettext_lazy("Organization"),
    entry.DOCUMENT: gettext_lazy("Document"),
    entry.ANSWER: gettext_lazy("Answer of a State"),
    entry.PARAGRAPH: gettext_lazy("Paragraph"),
}


def kind_name(kind: str) -> str:
    """Return what a kind of thing is called."""
    return str(KIND_NAMES.get(kind, kind))


def way_to_hit(link: Sequence[str]) -> str:
    """Return the address of what was found, ``""`` where it has no page. Documents: slug, language, place."""
    page, *parts = link
    if page == "document":
        slug, code, *rest = parts
        place = rest[0] if rest else ""
        address = reverse("reader", args=[slug, code or UNKNOWN_LANGUAGE])
        query = "" if on_first_page(place) else f"?{urlencode({'at': place})}"
        return address + query + (f"#{anchor(place)}" if place else "")
    if page == "questionnaire_answers":
        code, question, number = parts
        return f"{reverse(page, args=[code, question])}?{urlencode({'number': number})}"
    try:
        return reverse(page, args=parts)
    except NoReverseMatch:
        return ""


def way_in(code: str, link: Sequence[str]) -> str:
    """Return the address of what was found on the pages in another language."""
    with override(internal_language(code)):
        return way_to_hit(link)


def results(query: Query, visible: Visible, total: int, *, top: int, offset: int = 0) -> tuple[list[Result], int]:
    """Return the best hits for their component, and how many can be paged through.

    ``query`` asks for one kind, of which ``total`` are found.
    """
    if query.filters.kinds[0] in entry.TEXTS:
        found = search(query, visible=visible, top=top, offset=offset, total=total)
        return [_result(hit) for hit in found.hits], min(total, DEEPEST)
    page = things(query, visible=visible, top=top, offset=offset)
    return [_thing(one) for one in page.shown], page.reached


def _thing(one: Thing) -> Result:
    same: list[Hit | entry.EntryData] = [*([one.hit] if one.named else []), *one.others]
    others = [
        Link(f"{each.title} ({own_name(each.language)})", way_in(each.language, each.link), language=each.language)
        for each in sorted(same, key=lambda each: _ORDER.get(each.language, 0))
        if each.title != (one.named or one.hit.title) and each.language in INTERNAL_CODES
    ]
    return _result(one.hit, title=one.named, others=others)


def _result(hit: Hit, *, title: str = "", others: Sequence[Link] = ()) -> Result:
    place = hit.link[3] if hit.kind == entry.PARAGRAPH and len(hit.link) > 3 else ""  # noqa: PLR2004 (its fourth part)
    return Result(
        kind=kind_name(hit.kind),
        title=title or (hit.title.rpartition(",")[0] or hit.title if place else hit.title),
        title_language="" if title else hit.language,
        url=way_to_hit(hit.link),
        place=place_in_words(place) if place else "",
        snippet=_snippet(hit),
        language=hit.language,
        details=[Link(str(hit.year))] if hit.year and hit.kind in {*entry.TEXTS, entry.DOCUMENT} else [],
        others=others,
    )


def _snippet(hit: Hit) -> tuple[tuple[str, bool], ...]:
    found = hit.snippet
    before = (("… ", False),) if found.cut_before else ()
    after = ((" …", False),) if found.cut_after else ()
    return (*before, *found.pieces(), *after) if found.text else ()


def facet_links(request: HttpRequest, query: Query, counted: Facets) -> list[Facet]:
    """Return kinds, States, articles, years and languages with counts, each a link that narrows or widens."""
    states, provisions = counted.states[:SHOWN_STATES], counted.provisions[:SHOWN_STATES]
    names = names_of_keys(
        [("STATE", code) for code, _count in states] + [("PROVISION", key) for key, _count in provisions]
    )
    shapes = (
        (_("Kind"), "kind", counted.kinds, kind_name, query.filters.kinds),
        (_("State"), "state", states, lambda code: names.get(("STATE", code), code), query.filters.states),
        (
            _("Article"),
            "provision",
            provisions,
            lambda key: Truncator(str(names.get(("PROVISION", key), key))).chars(LONGEST_FACET),
            query.filters.provisions,
        ),
        (_("Year"), "year", counted.years[:SHOWN_STATES], str, tuple(map(str, query.filters.years))),
        (_("Language of the text"), "language", counted.languages, language_name, query.filters.languages),
    )
    return [_facet(request, shape) for shape in shapes]


def _facet(request: HttpRequest, shape: tuple[str, str, Counted, Any, tuple[str, ...]]) -> Facet:
    title, name, values, text, selected = shape

    def option(value: str, count: int) -> FacetOption:
        here = value in selected
        changed = {name: None if here else value, "page": None, "format": None}
        return FacetOption(text(value), count, query_string(request, **changed), here)

    clear = query_string(request, **{name: None, "page": None, "format": None}) if selected else ""
    return Facet(title, [option(value, count) for value, count in values], clear)


def called(filters: Filters) -> Called:
    """Return the function that tells what the values of these filters are called."""
    keys = [("STATE", code) for code in filters.states] + [("PROVISION", key) for key in filters.provisions]
    names = names_of_keys(keys) if keys else {}
    by_list: dict[str, Callable[[str], str]] = {
        "kinds": kind_name,
        "states": lambda code: names.get(("STATE", code), code),
        "provisions": lambda key: names.get(("PROVISION", key), key),
        "languages": language_name,
    }
    return lambda listed, value: by_list.get(listed, str)(value)


def chosen_filters(request: HttpRequest, query: Query, called: Called) -> list[Link]:
    """Return the filters in force, each a link that lets it go."""
    return [
        Link(called(f"{name}s", str(value)), query_string(request, **{name: None, "page": None, "format": None}))
        for name in ("kind", "state", "provision", "year", "language")
        for value in getattr(query.filters, f"{name}s")
    ]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Another query with what changed in words and how many it finds."""

    text: str
    change: str
    url: str
    count: int
    language: str


CHANGES = {
    "WITHOUT_FILTER": gettext_lazy("without one choice"),
    "WITHOUT_QUOTES": gettext_lazy("the same words, not side by side"),
    "WITHOUT_WORD": gettext_lazy("without one word"),
    "BEGINNING": gettext_lazy("words that begin so"),
    "SPELLING": gettext_lazy("spelt another way"),
    "OTHER_LANGUAGE": gettext_lazy("in another language"),
    "PIECES": gettext_lazy("in pieces"),
    "FILTERS_ONLY": gettext_lazy("the choices without the words"),
    "EVERYTHING": gettext_lazy("everything of a kind"),
}


def suggested(suggestions: Iterable[Suggestion]) -> list[Suggested]:
    """Return other queries as links."""
    return [
        Suggested(
            text=one.text or _("everything"),
            change=str(CHANGES.get(one.how, "")),
            url=f"?{urlencode(_parameters(one.text, one.filters))}",
            count=one.total,
            language=one.language,
        )
        for one in suggestions
    ]


def _parameters(text: str, filters: Filters) -> dict[str, str]:
    values = {
        "q": text,
        "kind": filters.kinds,
        "state": filters.states,
        "provision": filters.provisions,
        "year": tuple(map(str, filters.years)),
        "language": filters.languages,
    }
    return {name: value if isinstance(value, str) else value[0] for name, value in values.items() if value}


def examples() -> list[Link]:
    """Return queries to begin with, in several scripts."""
    queries = ("asset recovery", '"technical assistance"', "corrup*", "资产申报", "مكافحة الفساد", "конфискация")
    return [Link(text, f"?{urlencode({'q': text})}") for text in queries]


def rows(query: Query, visible: Visible, most: int) -> Iterator[dict[str, Any]]:
    """Yield the best hits as data."""
    for hit in search(query, visible=visible, top=most).hits:
        yield {
            "kind": hit.kind,
            "title": hit.title,
            "language": hit.language,
            "snippet": hit.snippet.text,
            "states": list(hit.states),
            "provisions": list(hit.provisions),
            "year": hit.year,
            "address": way_to_hit(hit.link),
            "source": hit.title,
            "confidence": "RECOGNISED" if hit.kind == entry.PARAGRAPH else "",
        }
