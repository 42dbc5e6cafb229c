"""One provision of a treaty: its words in six languages, what it binds to, where documents speak of it."""

from collections.abc import Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.registry.models import Provision
from merida.foundation.registry.queries import parts_of, provision_by_slug, provision_line
from merida.interfaces.web import exports
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.pieces import Fact, Link
from merida.interfaces.web.templatetags.words import long_date
from merida.interfaces.web.views.activities import activity_row
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.comparing import way_to_comparison
from merida.interfaces.web.views.crosswalk_pieces import mapped_rows, not_agreed, see_also_table
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.naming import choice_in_words, citation_of, in_reader_language, short_instrument
from merida.interfaces.web.views.provision_pieces import node_of, number_in_words, way
from merida.interfaces.web.views.sourcing import COLUMNS, fact_row
from merida.interfaces.web.views.speaking import speaking_of, speaking_rows
from merida.interfaces.web.views.told import told_parts, told_rows
from merida.knowledge.crosswalk.queries import mappings_of_provision
from merida.knowledge.documents.queries import provision_condition
from merida.knowledge.observatory.having import told_of_articles
from merida.knowledge.observatory.narrowing import Narrowing, narrowed_activities, with_names


@public_page
def provision(request: HttpRequest, instrument: str, number: str) -> HttpResponse:
    """Show one provision."""
    found = provision_by_slug(f"{instrument}/{number}")
    if found is None:
        raise Http404(_("There is no such provision in this instrument."))
    line = provision_line(found)
    parts = parts_of(found)
    siblings = parts_of(line[-2]) if len(line) > 1 else []
    articles = [part.key for part in parts] if found.kind == "CHAPTER" else []
    named = provision_condition(found.key, with_descendants=True, articles=articles)
    actor = actor_of(request.user)
    about = Narrowing(provisions=(found.key, *articles))
    address = f"{reverse('observatory')}?{urlencode({'provision': found.key})}" if not articles else ""
    kinds = told_of_articles(about.provisions)
    told = told_parts(request, actor, about, kinds=kinds, observatory=address, states=True)
    titled = next((one for one in reversed(line) if one.titles), found)
    title = in_reader_language(titled.titles)
    only = f"PROVISION:{found.key}" if found.kind != "CHAPTER" else ""
    mapped = [] if found.kind == "CHAPTER" else mappings_of_provision(found)
    context = {
        "provision": found,
        "title": number_in_words(found),
        "subtitle": title,
        "code": short_instrument(found.instrument.code, found.instrument.short_name),
        "facts": _facts(found),
        "texts": [(one.code, titled.titles[one.code]) for one in LANGUAGES if titled.titles.get(one.code)],
        "texts_citation": citation_of(titled),
        "texts_of": number_in_words(titled) if titled.pk != found.pk else "",
        "parts": [node_of(one) for one in parts],
        "before": _beside(found, siblings, -1),
        "after": _beside(found, siblings, +1),
        **told.context,
        "compared": way_to_comparison(by="provision", provision=found.key) if not articles else "",
        "speaking": speaking_of(request, actor, named, only=only if not parts else ""),
        "see_also": see_also_table(mapped) if mapped else None,
        "see_also_drafts": not_agreed(mapped),
        "breadcrumbs": _breadcrumbs(line),
    }
    data = exports.Table(
        name=f"provision-{found.slug.replace('/', '-')}",
        columns=COLUMNS,
        rows=lambda: chain(
            _rows(found, titled, parts, actor, named),
            map(activity_row, with_names(narrowed_activities(actor, about))),
            told_rows(actor, about),
            mapped_rows(mapped),
        ),
        about={"provision": found.key, "title": title},
    )
    return answer(request, "pages/provision.html", context, data=data)


def _facts(found: Provision) -> list[Fact]:
    """Return what the header says; only what is recorded."""
    facts = [Fact("", choice_in_words(found, "kind"))]
    if found.obligation:
        facts.append(Fact(_("how far it binds:"), choice_in_words(found, "obligation"), citation=citation_of(found)))
    if found.review_cycle:
        facts.append(Fact(_("review cycle:"), found.review_cycle, citation=citation_of(found)))
    if found.changed_date:
        facts.append(Fact(_("amended on"), long_date(found.changed_date), citation=citation_of(found)))
    return facts


def _beside(found: Provision, siblings: list[Provision], step: int) -> Link | None:
    """Return the provision of the same level before or after this one."""
    keys = [one.pk for one in siblings]
    at = keys.index(found.pk) + step if found.pk in keys else -1
    if not 0 <= at < len(siblings):
        return None
    one = siblings[at]
    return Link(f"{number_in_words(one)} {in_reader_language(one.titles)}".strip(), way(one))


def _breadcrumbs(line: list[Provision]) -> list[Link]:
    instrument = line[-1].instrument
    top = [
        Link(_("Treaties"), reverse("instruments")),
        Link(short_instrument(instrument.code, instrument.short_name), reverse("instrument", args=[instrument.slug])),
    ]
    return [*top, *(Link(number_in_words(one), way(one)) for one in line[:-1]), Link(number_in_words(line[-1]))]


def _rows(
    found: Provision, titled: Provision, parts: list[Provision], actor: Any, named: Any
) -> Iterator[dict[str, Any]]:
    for language, text in titled.titles.items():
        yield fact_row("TITLE", f"{titled.key} {language}", text, titled)
    if found.obligation:
        yield fact_row("OBLIGATION", found.key, found.obligation, found)
    if found.review_cycle:
        yield fact_row("REVIEW_CYCLE", found.key, found.review_cycle, found)
    if found.changed_date:
        yield fact_row("AMENDED", found.key, found.changed_date.isoformat(), found)
    for part in parts:
        yield fact_row("PART", part.key, in_reader_language(part.titles), part)
    yield from speaking_rows(actor, named)
