"""Resolutions and decisions: those that documents a reader may see name, and those of the reference data."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.registry.models import Resolution
from merida.foundation.registry.queries import bodies_list
from merida.interfaces.web import exports
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import iso_date, long_date, number
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.lists import Head, Listed, choice, chosen, list_page
from merida.interfaces.web.views.naming import body_names, citation_of, in_reader_language, name_of_key, title_cell
from merida.interfaces.web.views.sourcing import COLUMNS, fact_row
from merida.interfaces.web.views.speaking import speaking_of, speaking_rows
from merida.knowledge.documents.citing import cite
from merida.knowledge.documents.models import Mention
from merida.knowledge.documents.queries import counts_by_key, mention_condition, mentions, resolutions_known_to

KIND = "RESOLUTION"
SHOWN_OPERATIVE = 200


def natural(key: str) -> tuple[Any, ...]:
    """Return a sort key that puts ``COSP 8/8`` before ``COSP 8/12``."""
    digits = "".join(sign if sign.isdigit() else " " for sign in key).split()
    return (key.rstrip("0123456789/() "), *(int(part[:9]) for part in digits))


@public_page
def resolutions(request: HttpRequest) -> HttpResponse:
    """Show resolutions with the number of documents that name each."""
    actor = actor_of(request.user)
    counts = counts_by_key(actor, KIND)
    bodies = body_names()
    adopting = {body.code: bodies[body.code] for body in bodies_list() if body.resolution_prefix}
    body = chosen(request, "body", list(adopting))
    rows = list(resolutions_known_to(actor, body=body))
    heads = [
        Head(
            "number", _("Resolution"), lambda one: Cell(name_of_key(one.key), _way(one)), lambda one: natural(one.key)
        ),
        Head(
            "title",
            _("Title"),
            lambda one: title_cell(one.titles),
            lambda one: in_reader_language(one.titles),
        ),
        Head("body", _("Body"), lambda one: Cell(_body(one, bodies)), lambda one: _body(one, bodies)),
        Head("kind", _("Kind"), lambda one: Cell(one.get_kind_display()), lambda one: one.kind),
        Head(
            "documents",
            _("Documents that name it"),
            lambda one: Cell(number(counts.get(one.key, 0))),
            lambda one: counts.get(one.key, 0),
            numeric=True,
        ),
    ]
    columns = ("key", "body", "number", "kind", "title", "adopted_date", "documents", "source", "confidence")
    listed = Listed(
        title=_("Resolutions"),
        lead=_("Resolutions and decisions that documents name, with the paragraphs that name them."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="resolutions", columns=columns, rows=lambda: (_row(one, counts) for one in rows)),
        words_of=lambda one: " ".join((one.key, *one.titles.values())),
        choices=[choice(request, "body", _("Body"), adopting)],
    )
    return list_page(request, listed)


def _way(one: Resolution) -> str:
    return reverse("resolution", args=[one.slug])


def _body(one: Resolution, bodies: dict[str, str]) -> str:
    return bodies.get(one.body.code, "") if one.body else ""


def _row(one: Resolution, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "key": one.key,
        "body": one.body.code if one.body else "",
        "number": one.number,
        "kind": one.kind,
        "title": in_reader_language(one.titles),
        "adopted_date": one.adopted_date,
        "documents": counts.get(one.key, 0),
        "source": one.source.citation,
        "confidence": one.confidence,
    }


@public_page
def resolution(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one resolution or decision."""
    actor = actor_of(request.user)
    found = resolutions_known_to(actor).filter(slug=slug).first()
    if found is None:
        raise Http404(_("No document here names such a resolution."))
    named = mention_condition(KIND, found.key)
    speaking = speaking_of(request, actor, named, only=f"{KIND}:{found.key}")
    title = title_cell(found.titles)
    context = {
        "resolution": found,
        "title": name_of_key(found.key),
        "subtitle": title.text,
        "subtitle_language": title.language,
        "facts": _facts(found),
        "texts": [(one.code, found.titles[one.code]) for one in LANGUAGES if found.titles.get(one.code)],
        "citation": citation_of(found),
        "operative": _operative_table(mentions(actor).filter(named, version__is_current=True).exclude(role="")),
        "speaking": speaking,
        "mandates": reverse("mandates", args=[found.slug]),
        "breadcrumbs": [Link(_("Resolutions"), reverse("resolutions")), Link(name_of_key(found.key))],
    }
    data = exports.Table(
        name=f"resolution-{found.slug}",
        columns=COLUMNS,
        rows=lambda: _rows(found, actor, named),
        about={"resolution": found.key, "title": title.text},
    )
    return answer(request, "pages/resolution.html", context, data=data)


def _facts(found: Resolution) -> list[Fact]:
    facts = [Fact("", found.get_kind_display())]
    if found.body is not None:
        facts.append(Fact(_("adopted by"), in_reader_language(found.body.names, found.body.code)))
    if found.adopted_date:
        facts.append(Fact(_("on"), long_date(found.adopted_date), citation=citation_of(found)))
    return facts


def _operative_table(named: Any) -> Table | None:
    """Return which operative paragraphs documents name, each with where; None where none is named."""
    where: dict[str, list[Mention]] = defaultdict(list)
    for mention in named[:SHOWN_OPERATIVE]:
        if mention.role.startswith("§"):
            where[mention.role.removeprefix("§")].append(mention)
    if not where:
        return None
    columns = (Column(_("Operative paragraph")), Column(_("Named in")), Column(_("Date")))
    rows = [
        (
            Cell(paragraph),
            _cell(mention),
            Cell(iso_date(mention.version.document.document_date)),
        )
        for paragraph, found in sorted(where.items(), key=lambda pair: natural(pair[0]))
        for mention in found
    ]
    return Table(_("Operative paragraphs that documents name"), columns, rows)


def _cell(mention: Mention) -> Cell:
    citation = cite(mention.version.document, mention.version, mention.place)
    return Cell(str(citation), citation.address(language()))


def _rows(found: Resolution, actor: Any, named: Any) -> Iterator[dict[str, Any]]:
    for code, text in found.titles.items():
        yield fact_row("TITLE", code, text, found, start=found.adopted_date)
    yield from speaking_rows(actor, named)
