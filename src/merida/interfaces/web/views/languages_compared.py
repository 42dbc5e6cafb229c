"""Where language versions of a document tell different things: the list of documents, and each place side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from merida.exchange.alignment import queries
from merida.exchange.alignment.actions import LONGEST_NOTE, DifferenceError
from merida.exchange.alignment.actions import settle as settle_difference
from merida.exchange.alignment.comparing import MISSING
from merida.exchange.alignment.models import Finding, LanguageDifference
from merida.exchange.alignment.queries import ComparedDocument
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import moment, number
from merida.interfaces.web.views.listing import language, numbered_page, pages_of
from merida.interfaces.web.views.naming import Names, name_of_document, name_of_key, names_of_keys
from merida.interfaces.web.views.refusals import told
from merida.interfaces.web.views.ways import way_to
from merida.knowledge.documents.citing import language_name, place_in_words, title_of
from merida.knowledge.documents.models import Document, MentionKind
from merida.knowledge.documents.places import anchor
from merida.knowledge.observatory.models import ActivityType

REGISTERED = ("STATE", "TERRITORY", "ORGANISATION", "PROVISION", "CHAPTER", "RESOLUTION")


@dataclass(frozen=True, slots=True)
class ShownSide:
    """The paragraph in one language; without an address there is none."""

    language: str
    name: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """A difference ready for its template; ``only`` is what a language alone tells, by its name."""

    one: LanguageDifference
    kind: str
    only: list[tuple[str, list[Link]]]
    settled: str


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A paragraph in all languages, and what these tell differently in it."""

    title: str
    sides: list[ShownSide]
    differences: list[ShownDifference]


@never_cache
def languages_compared(request: HttpRequest) -> HttpResponse:
    """List the documents whose language versions tell different things."""
    page = numbered_page(request, queries.compared_documents(_allowed(request)))
    context = {
        "table": _documents_table(list(page.object_list)),
        "pages": pages_of(request, page),
        "waiting": sum(one.waiting for one in page.paginator.object_list),
        "breadcrumbs": [Link(_("Proposals"), reverse("curation")), Link(_("Languages compared"))],
    }
    return render(request, "pages/languages_compared.html", context)


@never_cache
def document_compared(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the places in which the language versions of one document tell different things."""
    return _document(request, _allowed(request), slug)


@require_POST
def settle(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Take what a person found about a difference."""
    actor = _allowed(request)
    held = queries.difference_of(actor, identifier)
    if held is None:
        raise Http404(_("There is no such difference. The texts may agree now."))
    slug, typed = held.document.slug, request.POST.get("note", "")
    try:
        settle_difference(actor, identifier, request.POST.get("finding", ""), typed)
    except DifferenceError as error:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _document(request, actor, slug, refused=(identifier, told(error), typed), status=status)
    asked = request.GET.get("page", "")
    query = f"?page={asked}" if asked.isascii() and asked.isdigit() else ""
    return redirect(f"{reverse('document_compared', args=[slug])}{query}#d-{identifier}")


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied
    return actor


def _documents_table(found: list[ComparedDocument]) -> Table:
    columns = [
        Column(_("Document")),
        Column(_("To look at"), numeric=True),
        Column(_("Looked at"), numeric=True),
    ]
    rows = [
        (
            Cell(name_of_document(one.document, language()), reverse("document_compared", args=[one.document.slug])),
            Cell(number(one.waiting)),
            Cell(number(one.settled)),
        )
        for one in found
    ]
    return Table(_("Documents whose language versions tell different things"), columns, rows)


def _document(
    request: HttpRequest,
    actor: Actor,
    slug: str,
    *,
    refused: tuple[UUID, str, str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = queries.differences_in(actor, slug)
    if found is None:
        raise Http404(_("There is no such document here."))
    document, differences = found
    page = numbered_page(request, differences)
    shown = list(page.object_list)
    texts = queries.texts_at(document, shown)
    names = names_of_keys(
        {(one.kind, key) for one in shown if one.kind in REGISTERED for keys in one.told.values() for key in keys}
    )
    context = {
        "document": document,
        "name": name_of_document(document, language()),
        "title": title_of(document, language()),
        "places": [
            ShownPlace(
                place_in_words(found[0].place),
                _sides(document, found[0], texts),
                [_shown(one, names) for one in found],
            )
            for found in _by_place(shown)
        ],
        "findings": Finding.choices,
        "longest": LONGEST_NOTE,
        "refused": refused[0] if refused else None,
        "problem": refused[1] if refused else "",
        "typed": refused[2] if refused else "",
        "waiting": sum(one.settled_at is None for one in differences),
        "pages": pages_of(request, page),
        "page_number": page.number,
        "breadcrumbs": [
            Link(_("Proposals"), reverse("curation")),
            Link(_("Languages compared"), reverse("languages_compared")),
            Link(name_of_document(document, language())),
        ],
    }
    return render(request, "pages/document_compared.html", context, status=status)


def _by_place(found: Iterable[LanguageDifference]) -> list[list[LanguageDifference]]:
    return [list(group) for _place, group in groupby(found, key=lambda one: sorted(one.places.items()))]


def _sides(document: Document, one: LanguageDifference, texts: Mapping[tuple[str, str], str]) -> list[ShownSide]:
    return [
        ShownSide(
            language=code,
            name=language_name(code) or code,
            text=texts.get((code, place), ""),
            url=f"{reverse('reader', args=[document.slug, code])}?at={place}#{anchor(place)}" if place else "",
        )
        for code, place in sorted(one.places.items())
    ]


def _shown(one: LanguageDifference, names: Names) -> ShownDifference:
    settled = ""
    if one.settled_at is not None:
        who = one.settled_by.full_name if one.settled_by else _("a person whose account is gone")
        settled = _("%(who)s, %(when)s") % {"who": who, "when": moment(one.settled_at)}
    told = sorted(one.told.items())
    only = [(language_name(code) or code, list(_links(one.kind, keys, names))) for code, keys in told if keys]
    return ShownDifference(one, _kind(one.kind), only, settled)


def _links(kind: str, keys: Iterable[str], names: Names) -> Iterable[Link]:
    for key in keys:
        held = (kind, key) in names
        named = _activity(key) if kind == "ACTIVITY" else names.get((kind, key)) or name_of_key(key)
        yield Link(named, way_to(kind, key) if held else "")


def _activity(key: str) -> str:
    """What was done and when, of a key as ``TRAINING 2030-05-03``."""
    code, _space, when = key.partition(" ")
    return f"{ActivityType(code).label} {when}" if code in ActivityType.values else key


def _kind(kind: str) -> str:
    others: dict[str, Any] = {
        MISSING: _("Paragraph missing"),
        "FIGURE": _("Figures"),
        "ACTIVITY": _("Activities"),
    }
    return str(others[kind] if kind in others else MentionKind(kind).label)
