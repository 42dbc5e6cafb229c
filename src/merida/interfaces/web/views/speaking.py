"""Where documents speak of a thing, as the pages of States, articles, resolutions and organisations show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from merida.foundation.access.visibility import Actor
from merida.interfaces.web.pieces import Pages
from merida.interfaces.web.templatetags.words import query_string
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import name_of_document
from merida.interfaces.web.views.reading_choices import whole_number
from merida.knowledge.documents.citing import place_in_words, title_of
from merida.knowledge.documents.queries import Speaking, SpeakingDocument, SpokenPlace, mentions_of

DOCUMENTS = 10
EXCERPTS = 3
EXPORTED = 200  # documents read at once for a file


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A paragraph that names the thing, with the words around it."""

    label: str
    url: str
    before: str
    hit: str
    after: str
    confirmed: bool
    rule: str


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document that names the thing; ``more`` is the number of places not shown, ``more_url`` shows them all."""

    name: str
    title: str
    url: str
    language: str
    date: Any
    places: list[ShownPlace]
    place_count: int
    more: int
    more_url: str


@dataclass(frozen=True, slots=True)
class ShownSpeaking:
    """One page of documents; the counts are over all of them."""

    documents: list[ShownDocument]
    document_count: int
    place_count: int
    pages: Pages


def speaking_of(
    request: HttpRequest, actor: Actor, named: Q, *, only: str = "", part: str = "#documents"
) -> ShownSpeaking:
    """Return the page of documents that ``?page=`` asks for; Http404 where there is no such page.

    ``only`` is ``KIND:key`` for the reader's "only paragraphs that mention"; ``part`` the anchor of the section.
    """
    asked = request.GET.get("page", "")
    number = whole_number(asked) if asked else 1
    found = mentions_of(actor, named, language=language(), page=number, page_size=DOCUMENTS, excerpts=EXCERPTS)
    if found.page != number:
        raise Http404(_("This list has no such page. It has %(count)s.") % {"count": found.pages})
    return ShownSpeaking(
        documents=[_shown(one, only) for one in found.documents],
        document_count=found.document_count,
        place_count=found.place_count,
        pages=_pages(request, found, part),
    )


def _pages(request: HttpRequest, found: Speaking, part: str) -> Pages:
    def address(number: int) -> str:
        inside = 1 <= number <= found.pages
        return query_string(request, page=number if number > 1 else None, format=None) + part if inside else ""

    return Pages(
        number=found.page,
        total=found.pages,
        count=found.document_count,
        previous_url=address(found.page - 1),
        next_url=address(found.page + 1),
    )


def _shown(one: SpeakingDocument, only: str) -> ShownDocument:
    code = language()
    address = one.places[0].citation.address(code).partition("#")[0].partition("?")[0] if one.places else ""
    return ShownDocument(
        name=name_of_document(one.document, code),
        title=title_of(one.document, code),
        url=address,
        language=one.version.language,
        date=one.document.document_date,
        places=[_shown_place(place, code) for place in one.places],
        place_count=one.place_count,
        more=max(0, one.place_count - len(one.places)),
        more_url=f"{address}?only={only}" if only else address,
    )


def _shown_place(place: SpokenPlace, code: str) -> ShownPlace:
    words = place.excerpt
    return ShownPlace(
        label=place_in_words(place.place),
        url=place.citation.address(code),
        before=("… " if words.cut_before else "") + words.before,
        hit=words.hit,
        after=words.after + (" …" if words.cut_after else ""),
        confirmed=place.confirmed,
        rule=place.rule,
    )


def speaking_rows(actor: Actor, named: Q) -> Iterator[dict[str, Any]]:
    """Yield one row a place in which documents name the thing, for files."""
    number, last = 1, 1
    while number <= last:
        found = mentions_of(actor, named, language=language(), page=number, page_size=EXPORTED, excerpts=100_000)
        last = found.pages
        for one in found.documents:
            for place in one.places:
                yield {
                    "section": "DOCUMENT",
                    "what": one.document.symbol or one.document.slug,
                    "value": place.excerpt.hit,
                    "from": one.document.document_date,
                    "text": place.excerpt.before + place.excerpt.hit + place.excerpt.after,
                    "source": str(place.citation),
                    "address": place.citation.address(language()),
                    "confidence": "CONFIRMED" if place.confirmed else "RECOGNISED",
                }
        number += 1
