"""Calendars of visits: of all mechanisms by month, of one State with its clashes and holidays, and one visit."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.registry.figures import mechanisms_known
from merida.foundation.registry.models import State
from merida.foundation.registry.queries import regional_groups, state_by_slug
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views import visit_pieces as pieces
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.lists import choice, chosen
from merida.interfaces.web.views.naming import in_reader_language, short_mechanism
from merida.interfaces.web.views.states import today
from merida.interfaces.web.views.visit_forms import desk_of, states_to_choose
from merida.interfaces.web.views.visit_history import history_table
from merida.review.synergies.models import Visit
from merida.review.synergies.queries import (
    clashes_among,
    rest_around,
    sessions_with,
    visit_by_uuid,
    visits_between,
    visits_of,
    years_with_visits,
)


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the visits of all mechanisms: the twelve months from this one on, or one year."""
    actor, now = actor_of(request.user), today()
    offered = {
        "mechanism": {one.code: short_mechanism(one.code, one.short_name) for one in mechanisms_known()},
        "group": {one.code: in_reader_language(one.names, one.code) for one in regional_groups()},
        "state": dict(states_to_choose()),
        "year": {str(year): str(year) for year in years_with_visits(actor)},
    }
    asked = {name: chosen(request, name, list(options)) for name, options in offered.items()}
    first, after = _span(asked["year"], now)
    narrowed = {name: asked[name] for name in ("mechanism", "group", "state")}
    visits = list(visits_between(actor, first, after - timedelta(days=1), **narrowed))
    labels = {"mechanism": _("Mechanism"), "group": _("Regional group"), "state": _("State"), "year": _("Year")}
    context = {
        "months": pieces.by_month(visits, first),
        "count": len(visits),
        "strip": pieces.strip_of(visits, (first, after), today=now, one_state=False),
        "choices": [choice(request, name, labels[name], options) for name, options in offered.items()],
        "has_sample": any(one.is_sample for one in visits),
        "may_plan": may(actor, Deed.PLAN_VISITS),
        "breadcrumbs": [Link(_("Calendar of visits"))],
    }
    return answer(request, "pages/calendar.html", context, data=_data("calendar", visits, asked))


def _span(year: str, now: date) -> tuple[date, date]:
    """Return the first day shown and the first one after: a year, or the twelve months from this one on."""
    first = date(int(year), 1, 1) if year else now.replace(day=1)
    return first, first.replace(year=first.year + 1)


def _data(name: str, visits: Sequence[Visit], about: dict[str, Any]) -> exports.Table:
    return exports.Table(name, pieces.COLUMNS, lambda: map(pieces.row_of, visits), about)


@public_page
def state_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the visits of all mechanisms to a State, what stands in their way, and its holidays."""
    found, actor, now = asked_state(slug), actor_of(request.user), today()
    visits = list(visits_of(actor, found))
    coming = [one for one in visits if one.last_date >= now]
    span = pieces.span_of(coming, now)
    rest = rest_around(found, coming, language())
    clashes = clashes_among(coming, holidays=rest.holidays, weekend=rest.weekend)
    title = in_reader_language(found.names, found.iso3)
    context = {
        "state": found,
        "title": title,
        "strip": pieces.strip_of(coming, span, today=now, one_state=True),
        "coming": pieces.visits_table(coming, _("Visits to come"), states=False),
        "past": pieces.visits_table([one for one in visits if one not in coming], _("Earlier visits"), states=False),
        "clashes": pieces.clashes_in_words(clashes, coming),
        "feed": request.build_absolute_uri(reverse("state_feed", args=[found.slug])),
        "holidays": pieces.holidays_table(rest, now, span[1]),
        "rest": rest,
        "unknown_years": ", ".join(map(str, rest.unknown_years)),
        "has_sample": any(one.is_sample for one in visits),
        "may_plan": may(actor, Deed.PLAN_VISITS),
        "breadcrumbs": [
            Link(_("States"), reverse("states")),
            Link(title, reverse("state", args=[found.slug])),
            Link(_("Calendar of visits")),
        ],
    }
    about = {"state": found.iso3, "clashes": [_clash_row(one) for one in clashes]}
    return answer(request, "pages/state_calendar.html", context, data=_data(f"calendar-{slug}", visits, about))


def _clash_row(clash: Any) -> dict[str, Any]:
    return {
        "code": str(clash.code),
        "visit": clash.visit,
        "other": clash.other,
        "first_date": clash.first.isoformat(),
        "last_date": clash.last.isoformat(),
        "days": clash.days,
        "name": clash.name,
    }


def asked_state(slug: str) -> State:
    """Return the State of an address. Raises Http404."""
    found = state_by_slug(slug)
    if found is None:
        raise Http404(_("There is no State with this code."))
    return found


@public_page
def visit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one visit."""
    return visit_page(request, asked_visit(request, uuid))


def asked_visit(request: HttpRequest, uuid: UUID) -> Visit:
    """Return the visit of an address as far as the reader may see it. Raises Http404."""
    found = visit_by_uuid(actor_of(request.user), uuid)
    if found is None:
        raise Http404(_("There is no visit with this address."))
    return found


def visit_page(request: HttpRequest, found: Visit, **more: Any) -> HttpResponse:
    """Render the page of a visit; ``more`` holds forms that were not taken and what was said about them."""
    actor = actor_of(request.user)
    others = [one for one in visits_of(actor, found.state) if one.cancelled_at is None]
    rest = rest_around(found.state, [found], language())
    key = str(found.uuid)
    clashes = clashes_among(others, holidays=rest.holidays, weekend=rest.weekend)
    concerned = [one for one in clashes if key in {one.visit, one.other}]
    context = {
        "visit": found,
        "title": pieces.title_of(found),
        "days": pieces.days_in_words(found),
        "facts": pieces.facts_of(found, sessions_with(actor, found)),
        "clashes": pieces.clashes_in_words(concerned, others, this=key, joint=found.joint_allowed),
        "may_plan": may(actor, Deed.PLAN_VISITS),
        "history": history_table(found, whole=may(actor, Deed.PLAN_VISITS)),
        **desk_of(found),
        "breadcrumbs": [
            Link(_("Calendar of visits"), reverse("calendar")),
            Link(pieces.state_name(found), reverse("state_calendar", args=[found.state.slug])),
            Link(pieces.in_brief(found)),
        ],
        **more,
    }
    return answer(request, "pages/visit.html", context, data=_data(f"visit-{key}", [found], {"visit": key}))
