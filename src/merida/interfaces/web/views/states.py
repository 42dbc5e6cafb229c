"""States: the list, and one State with what it signed, where it takes part and where documents speak of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from merida.cooperation.meetings.queries import attendances_at
from merida.foundation.access.actors import actor_of
from merida.foundation.registry.figures import mechanisms_known, mechanisms_of_states
from merida.foundation.registry.models import State
from merida.foundation.registry.queries import (
    group_among,
    memberships_of,
    names_of,
    regional_groups,
    state_by_slug,
    states_list,
    stays_in_groups,
    treaty_actions_list,
    treaty_actions_of,
)
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Link
from merida.interfaces.web.templatetags.words import number
from merida.interfaces.web.views import state_pieces as pieces
from merida.interfaces.web.views.activities import activity_row
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.comparing import way_to_comparison
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.lists import Head, Listed, by_name, choice, chosen, list_page
from merida.interfaces.web.views.meeting_pieces import met_row, met_table
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.sourcing import COLUMNS, dated, fact_row, span_row
from merida.interfaces.web.views.speaking import speaking_of, speaking_rows
from merida.interfaces.web.views.submission_pieces import submissions_table
from merida.interfaces.web.views.told import told_parts, told_rows
from merida.interfaces.web.views.visit_lines import visit_lines
from merida.knowledge.documents.queries import mention_condition
from merida.knowledge.observatory.having import SUBMISSIONS, told_of_state
from merida.knowledge.observatory.models import Submission
from merida.knowledge.observatory.narrowing import Narrowing
from merida.knowledge.observatory.queries import activities_of_state
from merida.knowledge.observatory.submissions import submissions
from merida.review.synergies.queries import coming_visits

CONVENTION = "UNCAC"
COMING = 3  # visits named on a State's page; the others stand in its calendar


def today() -> date:
    """Return the day on which the page is made, in universal time."""
    return timezone.now().date()


@public_page
def states(request: HttpRequest) -> HttpResponse:
    """Show all States by name, narrowed by regional group or words."""
    groups = {group.code: in_reader_language(group.names, group.code) for group in regional_groups()}
    group = chosen(request, "group", list(groups))
    part = mechanisms_of_states(today())
    since = pieces.consent_dates(treaty_actions_list(instrument=CONVENTION))
    rows = [
        pieces.StateLine(one, groups, since.get(one.iso3), part.get(one.iso3, ())) for one in states_list(group=group)
    ]
    return list_page(request, _states_listed(request, rows, groups))


def _states_listed(request: HttpRequest, rows: list[pieces.StateLine], groups: dict[str, str]) -> Listed:
    heads = [
        Head("name", _("State"), lambda one: Cell(one.name, one.url), lambda one: by_name(one.name)),
        Head("code", _("Code"), lambda one: Cell(one.state.iso3), lambda one: one.state.iso3),
        Head(
            "group",
            _("Regional group"),
            lambda one: Cell(one.group),
            lambda one: by_name(one.group) if one.group else "",
        ),
        Head("since", _("Party to the Convention since"), pieces.since_cell, lambda one: one.since_text),
        Head(
            "mechanisms",
            _("Mechanisms"),
            lambda one: Cell(number(len(one.mechanisms))),
            lambda one: len(one.mechanisms),
            numeric=True,
        ),
    ]
    data = exports.Table(
        name="states",
        columns=(
            "iso3",
            "iso2",
            "m49",
            "kind",
            "name",
            "formal_name",
            "group",
            "party_since",
            "mechanisms",
            "source",
            "confidence",
        ),
        rows=lambda: (one.as_row() for one in rows),
    )
    lead = _(
        "States and the European Union by name, with the day on which each became a party "
        "to the Convention against Corruption."
    )
    return Listed(
        title=_("States"),
        lead=lead,
        rows=rows,
        heads=heads,
        data=data,
        words_of=lambda one: f"{one.name} {one.state.iso3} {one.state}",
        choices=[choice(request, "group", _("Regional group"), groups)],
    )


@public_page
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one State."""
    found = state_by_slug(slug)
    if found is None:
        raise Http404(_("There is no State with this code."))
    actor = actor_of(request.user)
    named = mention_condition("STATE", found.iso3)
    actions = treaty_actions_of(found)
    stays = pieces.stays(mechanisms_known(), actions, memberships_of(found))
    names = names_of(found)
    speaking = speaking_of(request, actor, named, only=f"STATE:{found.iso3}")
    kinds = told_of_state(found.iso3)
    everything = f"{reverse('observatory')}?state={found.iso3}"
    told = told_parts(request, actor, Narrowing(state=found.iso3), kinds=kinds, observatory=everything)
    met = attendances_at(actor, found)
    handed_in = list(submissions(actor, state=found.iso3)) if SUBMISSIONS in kinds else []
    title = in_reader_language(found.names, found.iso3)
    stay = group_among(stays_in_groups(found), today())
    formal = in_reader_language(found.formal_names)
    context = {
        "state": found,
        "title": title,
        "subtitle": formal if formal != title else "",
        "facts": pieces.header_facts(found, stay, actions),
        "chips": pieces.chips(stays),
        "contents": pieces.contents(
            actions, stays, speaking.place_count, told=[*told.contents, *_to_submissions(handed_in)], meetings=len(met)
        ),
        "timeline": pieces.timeline(actions, stays, today=today(), right_to_left=language() == "ar"),
        "actions": pieces.actions_table(actions),
        "stays": pieces.stays_table(stays),
        "coming": visit_lines(coming_visits(actor, today(), count=COMING, state=found)),
        **told.context,
        "submissions": submissions_table(handed_in, states=False),
        "all_submissions": f"{reverse('submissions')}?state={found.iso3}",
        "compared": way_to_comparison(state=found.iso3),
        "meetings": met_table(met) if met else None,
        "names": pieces.names_table(names),
        "codes": pieces.code_facts(found, stay),
        "speaking": speaking,
        "breadcrumbs": [Link(_("States"), reverse("states")), Link(title)],
    }
    data = exports.Table(
        name=f"state-{found.slug}",
        columns=COLUMNS,
        rows=lambda: _rows(found, actions=actions, stays=stays, names=names, actor=actor, named=named),
        about={"state": found.iso3, "name": title},
    )
    return answer(request, "pages/state.html", context, data=data)


def _to_submissions(found: list[Submission]) -> list[Link]:
    return [Link(_("Submissions by States"), "#submissions", detail=number(len(found)))] if found else []


def _rows(
    found: State,
    *,
    actions: list[Any],
    stays: list[pieces.Stay],
    names: list[Any],
    actor: Any,
    named: Any,
) -> Iterator[dict[str, Any]]:
    yield fact_row("CODE", "iso3", found.iso3, found)
    yield fact_row("CODE", "m49", found.m49, found)
    for stay in stays_in_groups(found):
        yield span_row("GROUP", stay.group.code, in_reader_language(stay.group.names), stay)
    for name in names:
        yield span_row("NAME", f"{name.kind} {name.language}", name.name, name)
    for action in actions:
        yield fact_row("TREATY_ACTION", action.instrument.code, action.kind, action, start=dated(action, "action"))
    for one in stays:
        yield one.as_row()
    yield from map(activity_row, activities_of_state(actor, found))
    yield from told_rows(actor, Narrowing(state=found.iso3))
    yield from map(met_row, attendances_at(actor, found))
    yield from speaking_rows(actor, named)
