"""Treaties and protocols: the list, and one with its parties on any day, its provisions and printed figures."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.registry.figures import count_series, parties_listed, party_count_at, support_of_parties
from merida.foundation.registry.models import Instrument
from merida.foundation.registry.queries import (
    instrument_by_slug,
    instruments_list,
    provisions_list,
    treaty_actions_list,
)
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import iso_date, long_date
from merida.interfaces.web.views import counting
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import numbered_page, pages_of
from merida.interfaces.web.views.lists import Head, Listed, by_name, list_page
from merida.interfaces.web.views.moments import moment_of
from merida.interfaces.web.views.naming import citation_of, in_reader_language, short_instrument
from merida.interfaces.web.views.provision_pieces import tree_of
from merida.interfaces.web.views.sourcing import COLUMNS, dated, fact_row
from merida.interfaces.web.views.speaking import speaking_of
from merida.knowledge.documents.queries import instrument_condition

LEVELS = ("CHAPTER", "ARTICLE")


def name_of(instrument: Instrument) -> str:
    """Return the name in the reader's language."""
    return in_reader_language(instrument.names, instrument.code)


def short_of(instrument: Instrument) -> str:
    """Return the short name in the reader's language."""
    return short_instrument(instrument.code, instrument.short_name)


def way(instrument: Instrument) -> str:
    """Return the address of an instrument's page."""
    return reverse("instrument", args=[instrument.slug])


@public_page
def instruments(request: HttpRequest) -> HttpResponse:
    """Show all instruments."""
    rows = list(instruments_list())
    heads = [
        Head("name", _("Instrument"), lambda one: Cell(name_of(one), way(one)), lambda one: by_name(name_of(one))),
        Head("code", _("Short"), lambda one: Cell(short_of(one)), short_of),
        Head("kind", _("Kind"), lambda one: Cell(one.get_kind_display()), lambda one: one.kind),
        Head(
            "adopted",
            _("Adopted"),
            lambda one: Cell(iso_date(one.adopted_date)),
            lambda one: iso_date(one.adopted_date),
        ),
        Head(
            "in_force",
            _("In force since"),
            lambda one: Cell(iso_date(one.in_force_date), citation=citation_of(one)),
            lambda one: iso_date(one.in_force_date),
        ),
    ]
    columns = ("code", "short_name", "kind", "name", "adopted_date", "in_force_date", "source", "confidence")
    listed = Listed(
        title=_("Treaties"),
        lead=_("Conventions and protocols against corruption and organized crime, with their parties on any day."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="instruments", columns=columns, rows=lambda: map(_row, rows)),
        words_of=lambda one: " ".join((one.code, one.short_name, *one.names.values())),
    )
    return list_page(request, listed)


def _row(one: Instrument) -> dict[str, Any]:
    return {
        "code": one.code,
        "short_name": one.short_name,
        "kind": one.kind,
        "name": name_of(one),
        "adopted_date": one.adopted_date,
        "in_force_date": one.in_force_date,
        "source": one.source.citation,
        "confidence": one.confidence,
    }


@public_page
def instrument(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one instrument."""
    found = instrument_by_slug(slug)
    if found is None:
        raise Http404(_("There is no instrument with this code."))
    moment = moment_of(request)
    series = count_series(found.code, until=moment.day)
    figures = counting.compared(instrument=found.code)
    acts = numbered_page(request, parties_listed(found.code, moment.day), name="parties")
    context = {
        "instrument": found,
        "title": name_of(found),
        "short": short_of(found),
        "facts": _facts(found),
        "moment": moment,
        "count": party_count_at(found.code, moment.day),
        "support": support_of_parties(found.code, moment.day),
        "bars": counting.bars(series),
        "figures": counting.compared_table(figures),
        "parties": _parties_table(acts.object_list, moment.day),
        "parties_pages": pages_of(request, acts, name="parties", part="#parties"),
        "tree": tree_of(provisions_list(instrument=found.code, kinds=LEVELS)),
        "speaking": speaking_of(request, actor_of(request.user), instrument_condition(found.code)),
        "contents": _contents(),
        "breadcrumbs": [Link(_("Treaties"), reverse("instruments")), Link(short_of(found))],
    }
    data = exports.Table(
        name=f"instrument-{found.slug}",
        columns=("state", *COLUMNS),
        rows=lambda: _rows(found, figures),
        about={"instrument": found.code, "name": name_of(found), "parties": context["count"], "at": moment.day},
    )
    return answer(request, "pages/instrument.html", context, data=data)


def _contents() -> list[Link]:
    return [
        Link(_("Parties on a day"), "#count"),
        Link(_("Printed figures"), "#figures"),
        Link(_("List of parties"), "#parties"),
        Link(_("Provisions"), "#provisions"),
        Link(_("In documents"), "#documents"),
    ]


def _facts(found: Instrument) -> list[Fact]:
    facts = []
    if found.parent is not None:
        facts.append(Fact(_("supplements"), name_of(found.parent), way(found.parent)))
    if found.adopted_date:
        facts.append(Fact(_("adopted"), long_date(found.adopted_date), citation=citation_of(found)))
    if found.in_force_date:
        facts.append(Fact(_("in force since"), long_date(found.in_force_date), citation=citation_of(found)))
    return facts


def _parties_table(acts: Any, day: date) -> Table:
    columns = (Column(_("State")), Column(_("What")), Column(_("Date")))
    rows = [
        (
            Cell(in_reader_language(act.state.names, act.state.iso3), reverse("state", args=[act.state.slug])),
            Cell(act.get_kind_display()),
            Cell(dated(act, "action") or _("day not known"), citation=citation_of(act)),
        )
        for act in acts
    ]
    caption = _("Parties on %(day)s, by date of their consent") % {"day": long_date(day)}
    return Table(caption, columns, rows, empty=_("No party is recorded on this day."))


def _rows(found: Instrument, figures: list[Any]) -> Iterator[dict[str, Any]]:
    for act in treaty_actions_list(instrument=found.code):
        row = fact_row("TREATY_ACTION", act.kind, "", act, start=dated(act, "action"))
        yield {**row, "state": act.state.iso3, "value": in_reader_language(act.state.names, act.state.iso3)}
    for one in provisions_list(instrument=found.code):
        yield fact_row("PROVISION", one.number, in_reader_language(one.titles), one)
    for one in figures:
        yield counting.compared_row(one)
