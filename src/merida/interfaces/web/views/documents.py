"""The list of documents: latest first, narrowed by body, year, language or words of the symbol."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Actor
from merida.interfaces.web.exports import Table
from merida.interfaces.web.languages import OWN_NAMES
from merida.interfaces.web.pieces import Facet, FacetOption, Link
from merida.interfaces.web.templatetags.words import language_name, query_string
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.left_out import leave_out
from merida.interfaces.web.views.listing import language, numbered_page, pages_of
from merida.interfaces.web.views.naming import body_names, name_of_document
from merida.interfaces.web.views.reading_choices import whole_number
from merida.knowledge.documents.citing import cite, title_of
from merida.knowledge.documents.models import Document
from merida.knowledge.documents.queries import document_by_symbol, document_counts, documents_list

PER_PAGE = 25
COLUMNS = ("symbol", "slug", "title", "body", "document_date", "languages", "paragraphs", "source", "confidence")


@public_page
def documents(request: HttpRequest) -> HttpResponse:
    """Show documents; ``?symbol=`` leads straight to the one it names."""
    actor = actor_of(request.user)
    symbol = cleaned(request.GET.get("symbol", ""))
    named = document_by_symbol(actor, symbol) if symbol else None
    if named is not None and "format" not in request.GET:
        return HttpResponseRedirect(cite(named, named.current_versions[0]).address(language()))  # type: ignore[attr-defined]
    narrowed = narrowing(request)
    found = documents_list(actor, **narrowed)
    page = numbered_page(request, found, per_page=PER_PAGE)
    context = {
        "documents": [shown(one) for one in page.object_list],
        "pages": pages_of(request, page),
        "facets": facets(request, actor, narrowed),
        "words": narrowed["words"],
        "kept": [(name, value) for name, value in request.GET.items() if name in {"body", "year", "language"}],
        "breadcrumbs": [Link(_("Documents"))],
    }
    data = Table(name="documents", columns=COLUMNS, rows=lambda: rows(found))
    return answer(request, "pages/documents.html", context, data=data)


def cleaned(text: str) -> str:
    """Return the words of an address without signs that no database takes, cut to a symbol's length."""
    return "".join(sign for sign in text[:80] if sign.isprintable()).strip()


def narrowing(request: HttpRequest) -> dict[str, Any]:
    """Return what the address narrows the list by."""
    asked = request.GET
    year = whole_number(asked.get("year", "")) or None
    if year is None:
        leave_out(request, "year")
    return {
        "body": cleaned(asked.get("body", "")),
        "language": cleaned(asked.get("language", "")),
        "year": year,
        "words": cleaned(asked.get("words", "") or asked.get("symbol", "")),
    }


def shown(one: Document) -> dict[str, Any]:
    """Return a document as a line of the list."""
    versions = one.current_versions  # type: ignore[attr-defined]
    best = next((version for version in versions if version.language == language()), versions[0] if versions else None)
    return {
        "name": name_of_document(one, language()),
        "title": title_of(one, language()),
        "title_language": best.language if best else "",
        "date": one.document_date,
        "draft": one.published_at is None,
        "restricted": one.audience != "PUBLIC",
        "url": cite(one, best).address(language()) if best else "",
        "paragraphs": best.paragraph_count if best else 0,
        "languages": [
            Link(
                OWN_NAMES.get(version.language, version.language),
                cite(one, version).address(language()),
                language=version.language,
            )
            for version in versions
        ],
    }


def rows(found: Any) -> Iterator[dict[str, Any]]:
    """Yield every document of the list as data."""
    for one in found:
        versions = one.current_versions
        yield {
            "symbol": one.symbol,
            "slug": one.slug,
            "title": title_of(one, language()),
            "body": one.body,
            "document_date": one.document_date,
            "languages": [version.language for version in versions],
            "paragraphs": max((version.paragraph_count for version in versions), default=0),
            "source": "; ".join(version.file.name for version in versions),
            "confidence": "RECOGNISED",
        }


def facets(request: HttpRequest, actor: Actor, narrowed: dict[str, Any]) -> list[Facet]:
    """Return bodies, years and languages with the number of documents that each would leave."""
    counts = document_counts(actor, **narrowed)
    names = body_names()
    kinds = (
        (_("Body"), "body", {code: names.get(code, code) for code in counts["body"]}),
        (_("Year"), "year", {year: str(year) for year in counts["year"]}),
        (_("Language"), "language", {code: language_name(code) or code for code in counts["language"]}),
    )
    return [_facet(request, title, name, texts, counts[name]) for title, name, texts in kinds]


def _facet(request: HttpRequest, title: str, name: str, texts: dict[Any, str], counts: dict[Any, int]) -> Facet:
    chosen = request.GET.get(name, "")

    def option(value: Any, text: str) -> FacetOption:
        selected = str(value) == chosen
        changed = {name: None if selected else value}
        return FacetOption(text, counts[value], query_string(request, page=None, format=None, **changed), selected)

    options = [option(value, text) for value, text in texts.items() if value]
    clear = query_string(request, page=None, format=None, **{name: None}) if chosen else ""
    return Facet(title, options, clear)
