"""What the secretariat does with draws: announce, hold, record what follows."""

from collections.abc import Callable
from dataclasses import replace
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
from merida.foundation.registry.queries import states_by_code
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.draw_forms import AnnounceForm, EventForm, HoldForm, Offered, YearForm
from merida.interfaces.web.views.draw_pieces import names_now, title_of
from merida.interfaces.web.views.draws import asked_draw, draw_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import short_instrument, short_mechanism
from merida.interfaces.web.views.refusals import told
from merida.review.draws.actions import Plan, announce_draw, hold_draw, redraw_reviewer
from merida.review.draws.events import (
    DrawError,
    announce_redraw,
    defer_review,
    postpone_year,
    record_acceptance,
    record_departure,
    record_refusal,
    record_reminder,
    request_redraw,
)
from merida.review.draws.models import EventKind, Pairing
from merida.review.draws.parts import RULES, check_part, instruments_of, reviews_of, rules_of
from merida.review.draws.queries import (
    draw_by_slug,
    draws_of_years,
    draws_to_continue,
    pairing_of,
    pairings_of,
    records_of,
)
from merida.review.draws.reading import read_record
from merida.review.draws.urns import UrnAsked, urn_on
from merida.rules.lots import LotsError, numbers_of

Record = Callable[[Actor, Pairing, dict[str, Any]], object]


def draw_new(request: HttpRequest) -> HttpResponse:
    """Announce a draw."""
    actor = _allowed(request)
    form = AnnounceForm(_offered(actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = announce_draw(actor, _plan(actor, form.cleaned_data))
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
            return redirect("draw_answers") if "answers" in request.POST else redirect("draw", slug)
    response = draw_page(request, found, event_form=form)
    response.status_code = 422
    return response


@require_POST
def draw_postpone(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a review whose year was drawn to the next year."""
    actor, found = _allowed(request), asked_draw(request, slug)
    records = records_of(found)
    years = read_record(records[0].text).years if records else {}
    form = YearForm(years, names_now(), request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            postpone_year(actor, found, states_by_code({said["state"]})[said["state"]], **_reasons(said))
        except LotsError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("Recorded."))
            return redirect("draw", slug)
    response = draw_page(request, found, year_form=form)
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


def _offered(actor: Actor) -> Offered:
    mechanisms = [one for one in mechanisms_list() if one.code in RULES]
    drawn_for = [each for one in mechanisms for each in instruments_of(one, rules_of(one))]
    return Offered(
        mechanisms=[(one.slug, short_mechanism(one.code, one.short_name)) for one in mechanisms],
        instrument=[(one.code, short_instrument(one.code, one.short_name)) for one in drawn_for],
        continues=[(one.slug, title_of(one)) for one in draws_to_continue(actor)],
        years_of=[(one.slug, title_of(one)) for one in draws_of_years(actor)],
    )


def _plan(actor: Actor, said: dict[str, Any]) -> Plan:
    mechanism = mechanism_by_slug(said["mechanism"])
    if mechanism is None:
        raise DrawError("there is no mechanism {mechanism}", mechanism=said["mechanism"])
    rules = replace(rules_of(mechanism), answer_days=said["answer_days"] or 0)
    instrument = next((one for one in instruments_of(mechanism, rules) if one.code == said["instrument"]), None)
    if said["instrument"] and instrument is None:
        raise DrawError(
            "{mechanism} does not draw for {instrument} by itself",
            mechanism=mechanism.short_name,
            instrument=said["instrument"],
        )
    continues = draw_by_slug(actor, said["continues"]) if said["continues"] else None
    check_part(mechanism, instrument, rules, continues=continues)
    of_years = draw_by_slug(actor, said["years_of"]) if said["years_of"] else None
    under_review = said["under_review"] or (reviews_of(of_years, said["year"]) if of_years else ())
    given = ("excluded", "declining", "participants", "systems", "minimum_due")
    urn = urn_on(
        mechanism,
        said["moment"].date(),
        UrnAsked(under_review=under_review, **{name: said[name] for name in given}),
        instrument=instrument,
        continues=continues,
    )
    return Plan(
        slug=said["slug"],
        titles={language(): said["title"]},
        mechanism=mechanism,
        rules=rules,
        urn=urn,
        sources=said["sources"],
        moment=said["moment"],
        year=said["year"],
        method=said["method"],
        instrument=instrument,
        continues=continues,
        urn_source=said["urn_source"] if said["participants"] else "",
    )


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.HOLD_DRAW):
        raise PermissionDenied
    return actor
