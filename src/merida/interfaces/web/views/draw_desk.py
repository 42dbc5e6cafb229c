"""What the secretariat does with draws: announce, hold, record what follows."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.registry.figures import mechanism_by_slug, mechanisms_list
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.draw_forms import AnnounceForm, EventForm, HoldForm
from merida.interfaces.web.views.draw_pieces import names_now
from merida.interfaces.web.views.draws import asked_draw, draw_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import short_mechanism
from merida.interfaces.web.views.refusals import told
from merida.review.draws.actions import Plan, announce_draw, hold_draw, redraw_reviewer
from merida.review.draws.events import (
    DrawError,
    announce_redraw,
    defer_review,
    record_acceptance,
    record_departure,
    record_refusal,
    record_reminder,
    request_redraw,
)
from merida.review.draws.models import EventKind, Pairing
from merida.review.draws.queries import pairing_of, pairings_of
from merida.review.draws.urns import urn_on, usual_rules
from merida.rules.lots import LotsError, numbers_of

Record = Callable[[Actor, Pairing, dict[str, Any]], object]


def draw_new(request: HttpRequest) -> HttpResponse:
    """Announce a draw."""
    actor = _allowed(request)
    mechanisms = [(one.slug, short_mechanism(one.code, one.short_name)) for one in mechanisms_list()]
    form = AnnounceForm(mechanisms, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = announce_draw(actor, _plan(form.cleaned_data))
        except LotsError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("The draw is announced."))
            return redirect("draw", made.slug)
    context = {"form": form, "breadcrumbs": [Link(_("Drawing of lots"), "../"), Link(_("Announce a draw"))]}
    return render(request, "pages/draw_new.html", context, status=422 if form.errors else 200)


@require_POST
def draw_hold(request: HttpRequest, slug: str) -> HttpResponse:
    """Hold a draw with the numbers of its sources."""
    actor, found = _allowed(request), asked_draw(request, slug)
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            hold_draw(actor, found, numbers_of(form.cleaned_data["numbers"]))
        except LotsError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("The draw was held; its record is public."))
            return redirect("draw", slug)
    response = draw_page(request, found, hold_form=form)
    response.status_code = 422
    return response


@require_POST
def draw_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what happened to a pair."""
    actor, found = _allowed(request), asked_draw(request, slug)
    form = EventForm(pairings_of(found), names_now(), request.POST)
    if form.is_valid():
        pairing = pairing_of(found, form.cleaned_data["pairing"])
        try:
            _record(actor, pairing, form.cleaned_data)
        except LotsError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Recorded."))
            return redirect("draw", slug)
    response = draw_page(request, found, event_form=form)
    response.status_code = 422
    return response


RECORDS: dict[EventKind, Record] = {
    EventKind.ACCEPTED: lambda actor, pairing, said: record_acceptance(actor, pairing, day=said["event_date"]),
    EventKind.REFUSED: lambda actor, pairing, said: record_refusal(
        actor, pairing, day=said["event_date"], reason=said["reason"]
    ),
    EventKind.REMINDED: lambda actor, pairing, said: record_reminder(actor, pairing, day=said["event_date"]),
    EventKind.REDRAW_REQUESTED: lambda actor, pairing, said: request_redraw(actor, pairing, **_reasons(said)),
    EventKind.REVIEWER_LEFT: lambda actor, pairing, said: record_departure(
        actor, pairing, day=said["event_date"], reason=said["reason"]
    ),
    EventKind.DEFERRED: lambda actor, pairing, said: defer_review(actor, pairing, **_reasons(said)),
    EventKind.REDRAW_ANNOUNCED: lambda actor, pairing, said: announce_redraw(
        actor, pairing, source=said["source"], reason=said["reason"], approved_by=said["approved_by"]
    ),
    EventKind.REDRAWN: lambda actor, pairing, said: redraw_reviewer(actor, pairing, values=numbers_of(said["numbers"])),
}


def _record(actor: Actor, pairing: Pairing | None, said: dict[str, Any]) -> None:
    if pairing is None:
        raise DrawError("this pair was replaced in the meantime")
    RECORDS[EventKind(said["kind"])](actor, pairing, said)


def _reasons(said: dict[str, Any]) -> dict[str, Any]:
    return {"day": said["event_date"], "reason": said["reason"], "approved_by": said["approved_by"]}


def _plan(said: dict[str, Any]) -> Plan:
    mechanism = mechanism_by_slug(said["mechanism"])
    if mechanism is None:
        raise DrawError("there is no mechanism {mechanism}", mechanism=said["mechanism"])
    urn = urn_on(
        mechanism,
        said["moment"].date(),
        under_review=said["under_review"],
        excluded=said["excluded"],
        minimum_due=said["minimum_due"],
    )
    return Plan(
        slug=said["slug"],
        titles={language(): said["title"]},
        mechanism=mechanism,
        rules=usual_rules(),
        urn=urn,
        sources=said["sources"],
        moment=said["moment"],
        year=said["year"],
        method=said["method"],
    )


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.HOLD_DRAW):
        raise PermissionDenied
    return actor
