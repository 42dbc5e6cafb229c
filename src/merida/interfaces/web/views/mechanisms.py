"""Review mechanisms: the list, and one with its versions, cycles and members on any day."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.registry.figures import cycles_of, mechanism_by_slug, mechanisms_list, members_at
from merida.foundation.registry.models import Mechanism
from merida.foundation.registry.queries import memberships_list, states_by_code
from merida.interfaces.web import exports
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.pictures.timeline import Event, Lane, draw_timeline
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import number
from merida.interfaces.web.views import counting
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language, reading_order
from merida.interfaces.web.views.lists import Head, Listed, by_name, list_page
from merida.interfaces.web.views.moments import moment_of
from merida.interfaces.web.views.naming import citation_of, in_reader_language, short_mechanism
from merida.interfaces.web.views.provision_pieces import number_in_words, way
from merida.interfaces.web.views.sourcing import COLUMNS, dated, span_row
from merida.interfaces.web.views.states import today


def name_of(one: Mechanism) -> str:
    """Return the name in the reader's language."""
    return in_reader_language(one.names, one.short_name)


def _short(one: Mechanism) -> str:
    return short_mechanism(one.code, one.short_name)


def address(one: Mechanism) -> str:
    """Return the address of a mechanism's page."""
    return reverse("mechanism", args=[one.slug])


@public_page
def mechanisms(request: HttpRequest) -> HttpResponse:
    """Show all mechanisms."""
    rows = list(mechanisms_list())
    heads = [
        Head("name", _("Mechanism"), lambda one: Cell(name_of(one), address(one)), lambda one: by_name(name_of(one))),
        Head("short", _("Short"), lambda one: Cell(_short(one)), _short),
        Head("organisation", _("Organization"), _organisation_cell, lambda one: one.organisation.code),
        Head("rule", _("Who takes part"), lambda one: Cell(one.get_rule_display()), lambda one: one.rule),
        Head(
            "cycles",
            _("Cycles"),
            lambda one: Cell(number(len(cycles_of(one)))),
            lambda one: len(cycles_of(one)),
            numeric=True,
        ),
    ]
    columns = ("code", "short_name", "name", "organisation", "instrument", "rule", "cycles", "source", "confidence")
    listed = Listed(
        title=_("Review mechanisms"),
        lead=_("Mechanisms in which States review each other, with their members on any day."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="mechanisms", columns=columns, rows=lambda: map(_row, rows)),
        words_of=lambda one: " ".join((one.code, one.short_name, *one.names.values())),
    )
    return list_page(request, listed)


def _organisation_cell(one: Mechanism) -> Cell:
    found = one.organisation
    return Cell(in_reader_language(found.names, found.code), reverse("organisation", args=[found.slug]))


def _row(one: Mechanism) -> dict[str, Any]:
    return {
        "code": one.code,
        "short_name": one.short_name,
        "name": name_of(one),
        "organisation": one.organisation.code,
        "instrument": one.instrument.code if one.instrument else "",
        "rule": one.rule,
        "cycles": len(cycles_of(one)),
        "source": one.source.citation,
        "confidence": one.confidence,
    }


@public_page
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one mechanism."""
    found = mechanism_by_slug(slug)
    if found is None:
        raise Http404(_("There is no mechanism with this code."))
    moment = moment_of(request)
    codes = members_at(found, moment.day)
    members = sorted(states_by_code(codes).values(), key=lambda one: reading_order(in_reader_language(one.names)))
    listed = list(memberships_list(mechanism=found.code))
    figures = counting.compared(mechanism=found.code)
    context = {
        "mechanism": found,
        "short": _short(found),
        "title": name_of(found),
        "facts": _facts(found),
        "moment": moment,
        "count": len(codes),
        "members": [(in_reader_language(one.names, one.iso3), reverse("state", args=[one.slug])) for one in members],
        "timeline": _timeline(found),
        "cycles": _cycles_table(found),
        "listed": _listed_table(listed) if listed else None,
        "figures": counting.compared_table(figures) if figures else None,
        "texts": [(one.code, found.names[one.code]) for one in LANGUAGES if found.names.get(one.code)],
        "citation": citation_of(found),
        "breadcrumbs": [Link(_("Mechanisms"), reverse("mechanisms")), Link(_short(found))],
    }
    data = exports.Table(
        name=f"mechanism-{found.slug}",
        columns=("state", *COLUMNS),
        rows=lambda: _rows(found, listed, figures),
        about={"mechanism": found.code, "at": moment.day, "members": sorted(codes)},
    )
    return answer(request, "pages/mechanism.html", context, data=data)


def _facts(found: Mechanism) -> list[Fact]:
    one = found.organisation
    facts = [Fact(_("run by"), in_reader_language(one.names, one.code), reverse("organisation", args=[one.slug]))]
    if found.instrument is not None:
        url = reverse("instrument", args=[found.instrument.slug])
        facts.append(Fact(_("reviews"), found.instrument.short_name or found.instrument.code, url))
    facts.append(Fact(_("who takes part:"), found.get_rule_display(), citation=citation_of(found)))
    return facts


def _timeline(found: Mechanism) -> Any:
    """Return one lane a version with its cycles; None where no cycle has a date."""
    lanes = [_lane(version) for version in found.versions.all() if version.since_date]
    lanes = [lane for lane in lanes if lane.events]
    if not lanes:
        return None
    caption = _("Cycles over time")
    return draw_timeline(lanes, caption=caption, today=today(), right_to_left=language() == "ar")


def _lane(version: Any) -> Lane:
    def event(cycle: Any) -> Event:
        running = cycle.until_date is None
        label = f"{version.get_term_display()} {cycle.number}"
        tone = "WORK" if running else "DONE"
        citation = citation_of(cycle)
        return Event(label, cycle.since_date, cycle.until_date, open_ended=running, tone=tone, citation=citation)

    title = _("Rules of %(year)s") % {"year": dated(version, "since")[:4]}
    return Lane(title, [event(cycle) for cycle in version.cycles.all() if cycle.since_date])


def _cycles_table(found: Mechanism) -> Table:
    columns = (Column(_("Cycle")), Column(_("Since")), Column(_("Until")), Column(_("Provisions under review")))
    rows = [
        (
            Cell(f"{cycle.version.get_term_display()} {cycle.number}"),
            Cell(dated(cycle, "since") or _("not recorded"), citation=citation_of(cycle)),
            Cell(dated(cycle, "until")),
            _provisions_cell(list(cycle.provisions.all())),
        )
        for cycle in cycles_of(found)
    ]
    return Table(_("Cycles"), columns, rows, empty=_("No cycle is recorded yet."))


def _provisions_cell(provisions: list[Any]) -> Cell:
    text = ", ".join(number_in_words(one) for one in provisions)
    return Cell(text, way(provisions[0]) if len(provisions) == 1 else "")


def _listed_table(listed: list[Any]) -> Table:
    columns = (Column(_("State")), Column(_("Since")), Column(_("Kind of date")), Column(_("Until")))
    rows = [
        (
            Cell(in_reader_language(one.state.names, one.state.iso3), reverse("state", args=[one.state.slug])),
            Cell(dated(one, "since") or _("day not known"), citation=citation_of(one)),
            Cell(one.get_since_kind_display()),
            Cell((dated(one, "until") or _("day not known")) if one.until_kind else ""),
        )
        for one in listed
    ]
    return Table(_("Every membership recorded, with its time"), columns, rows)


def _rows(found: Mechanism, listed: list[Any], figures: list[Any]) -> Iterator[dict[str, Any]]:
    for version in found.versions.all():
        yield span_row("VERSION", f"{found.code} {version.number}", version.term, version)
    for cycle in cycles_of(found):
        provisions = [one.key for one in cycle.provisions.all()]
        yield span_row("CYCLE", f"{cycle.version.number}.{cycle.number}", provisions, cycle)
    for one in listed:
        yield {
            **span_row("MEMBERSHIP", one.since_kind, in_reader_language(one.state.names), one),
            "state": one.state.iso3,
        }
    for one in figures:
        yield counting.compared_row(one)
