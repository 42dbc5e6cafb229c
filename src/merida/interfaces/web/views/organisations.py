"""Organisations that documents name: the list, and one with its names and where documents speak of it."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.registry.models.organisations import Organisation, OrganisationKind
from merida.foundation.registry.queries import organisation_by_slug, organisations_list
from merida.interfaces.web import exports
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.pieces import Cell, Fact, Link
from merida.interfaces.web.templatetags.words import number
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.lists import Head, Listed, by_name, choice, chosen, list_page
from merida.interfaces.web.views.naming import citation_of, in_reader_language
from merida.interfaces.web.views.sourcing import COLUMNS, fact_row
from merida.interfaces.web.views.speaking import speaking_of, speaking_rows
from merida.knowledge.documents.queries import counts_by_key, mention_condition


def name_of(one: Organisation) -> str:
    """Return the name in the reader's language."""
    return in_reader_language(one.names, one.acronym or one.code)


@public_page
def organisations(request: HttpRequest) -> HttpResponse:
    """Show organisations with the number of documents that name each."""
    kinds = {code: str(label) for code, label in OrganisationKind.choices}
    rows = list(organisations_list(kind=chosen(request, "kind", list(kinds))))
    counts = counts_by_key(actor_of(request.user), "ORGANISATION")
    heads = [
        Head("name", _("Organization"), lambda one: Cell(name_of(one), _way(one)), lambda one: by_name(name_of(one))),
        Head("acronym", _("Acronym"), lambda one: Cell(one.acronym), lambda one: one.acronym),
        Head("kind", _("Kind"), lambda one: Cell(one.get_kind_display()), lambda one: one.get_kind_display()),
        Head(
            "documents",
            _("Documents that name it"),
            lambda one: Cell(number(counts.get(one.code, 0))),
            lambda one: counts.get(one.code, 0),
            numeric=True,
        ),
    ]
    columns = ("code", "acronym", "name", "kind", "documents", "source", "confidence")
    listed = Listed(
        title=_("Organizations"),
        lead=_("Organizations, networks and initiatives that documents name."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="organisations", columns=columns, rows=lambda: (_row(one, counts) for one in rows)),
        words_of=lambda one: " ".join((one.code, one.acronym, *one.names.values())),
        choices=[choice(request, "kind", _("Kind"), kinds)],
    )
    return list_page(request, listed)


def _way(one: Organisation) -> str:
    return reverse("organisation", args=[one.slug])


def _row(one: Organisation, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "code": one.code,
        "acronym": one.acronym,
        "name": name_of(one),
        "kind": one.kind,
        "documents": counts.get(one.code, 0),
        "source": one.source.citation,
        "confidence": one.confidence,
    }


@public_page
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organisation."""
    found = organisation_by_slug(slug)
    if found is None:
        raise Http404(_("There is no organization with this code."))
    actor = actor_of(request.user)
    named = mention_condition("ORGANISATION", found.code)
    context = {
        "organisation": found,
        "title": name_of(found),
        "facts": [Fact("", found.get_kind_display(), citation=citation_of(found))],
        "texts": [(one.code, found.names[one.code]) for one in LANGUAGES if found.names.get(one.code)],
        "citation": citation_of(found),
        "speaking": speaking_of(request, actor, named, only=f"ORGANISATION:{found.code}"),
        "breadcrumbs": [Link(_("Organizations"), reverse("organisations")), Link(found.acronym or name_of(found))],
    }
    data = exports.Table(
        name=f"organisation-{found.slug}",
        columns=COLUMNS,
        rows=lambda: _rows(found, actor, named),
        about={"organisation": found.code, "name": name_of(found)},
    )
    return answer(request, "pages/organisation.html", context, data=data)


def _rows(found: Organisation, actor: Any, named: Any) -> Iterator[dict[str, Any]]:
    for code, text in found.names.items():
        yield fact_row("NAME", code, text, found)
    yield from speaking_rows(actor, named)
