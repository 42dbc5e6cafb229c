"""What planners do with timetables: prepare, have solved, change, try with other rules, publish. And their list."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Link
from merida.interfaces.web.templatetags.words import long_date, percent
from merida.interfaces.web.views import plan_pieces as pieces
from merida.interfaces.web.views.draw_pieces import names_now
from merida.interfaces.web.views.draw_pieces import title_of as title_of_draw
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.lists import Head, Listed, by_name, list_page
from merida.interfaces.web.views.naming import short_mechanism
from merida.interfaces.web.views.plan_forms import (
    OfficerForm,
    OpenForm,
    PlanForm,
    ReasonForm,
    ReviewForm,
    RulesForm,
    SeenForm,
    WhatIfForm,
    rules_in,
)
from merida.interfaces.web.views.refusals import told
from merida.interfaces.web.views.states import today
from merida.review.draws.queries import draw_by_slug, draws_list, records_of
from merida.review.synergies import plan_actions as actions
from merida.review.synergies.actions import VisitError
from merida.review.synergies.plan_hours import best_hours
from merida.review.synergies.plan_models import CyclePlan, PlannedReview, PlanState
from merida.review.synergies.plan_moves import side_by_side
from merida.review.synergies.plan_officers import name_officer, officer_loads
from merida.review.synergies.plan_publishing import open_timeline, publish_plan
from merida.review.synergies.plan_queries import plan_by_uuid, plans_list, reviews_planned, variants_of
from merida.review.synergies.plan_records import rules_of
from merida.review.synergies.plan_rules import PlanError, Rules

COLUMNS = ("timetable", "title", "mechanism", "draw", "state", "first_monday", "weeks", "cost", "gap", "sample")
Answer = tuple[CyclePlan, str]  # whose desk comes next, and what to say
REFUSED = 422


@public_page
def timetables(request: HttpRequest) -> HttpResponse:
    """Show all timetables that the reader may see."""
    actor = actor_of(request.user)
    rows = list(plans_list(actor))
    heads = [
        Head("title", _("Timetable"), _title_cell, lambda one: by_name(pieces.title_of(one))),
        Head("first", _("from"), lambda one: Cell(long_date(one.first_monday)), lambda one: one.first_monday),
        Head("mechanism", _("Mechanism"), _mechanism_cell, lambda one: one.mechanism.code),
        Head("state", _("State of the timetable"), lambda one: Cell(_state(one)), lambda one: one.state),
        Head("gap", _("gap to the proven bound"), lambda one: Cell(_gap(one)), lambda one: one.gap, numeric=True),
    ]
    listed = Listed(
        title=_("Timetables"),
        lead=_("When each review takes place: planned without collisions, to a proven bound, checked independently."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="timetables", columns=COLUMNS, rows=lambda: map(_row, rows)),
        words_of=lambda one: " ".join((one.mechanism.code, *one.titles.values())),
    )
    return list_page(request, listed, context={"may_plan": may(actor, Deed.PLAN_VISITS)})


def timetable_new(request: HttpRequest) -> HttpResponse:
    """Prepare a timetable from a draw that was held."""
    actor = _allowed(request)
    draws = [(one.slug, title_of_draw(one)) for one in draws_list(actor) if records_of(one)]
    form = PlanForm(draws, request.POST or None, rules=Rules())
    rules = rules_in(form) if request.method == "POST" else None
    if rules is not None:
        draw = draw_by_slug(actor, form.cleaned_data["draw"])
        try:
            if draw is None:
                raise Http404(_("There is no draw with this address."))
            made = actions.prepare_plan(actor, draw, rules=rules, titles={language(): form.cleaned_data["title"]})
        except PlanError as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, _("The timetable is prepared; have it solved when its rules are right."))
            return redirect("timetable_desk", made.uuid)
    context = {
        "form": form,
        "breadcrumbs": [Link(_("Timetables"), reverse("timetables")), Link(_("Prepare a timetable"))],
    }
    return render(request, "pages/timetable_new.html", context, status=REFUSED if form.errors else 200)


def timetable_desk(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the desk of a timetable."""
    return _desk(request, _asked(request, _allowed(request), uuid))


@require_POST
def timetable_deed(request: HttpRequest, uuid: UUID, deed: str) -> HttpResponse:
    """Do one thing with a timetable; what was typed stays on the page where it is refused."""
    actor = _allowed(request)
    plan = _asked(request, actor, uuid)
    if deed not in DEEDS:
        raise Http404(_("There is no such page."))
    form, act = DEEDS[deed](plan, request.POST)
    if form.is_valid():
        try:
            then, said = act(actor, form)
        except (PlanError, VisitError) as error:
            form.add_error(None, told(error))
        else:
            messages.success(request, said)
            return redirect("timetable_desk", then.uuid)
    response = _desk(request, _asked(request, actor, uuid), **{f"{deed}_form": form})
    response.status_code = REFUSED
    return response


def _desk(request: HttpRequest, plan: CyclePlan, **refused: Any) -> HttpResponse:
    actor, names, reviews = actor_of(request.user), names_now(), reviews_planned(plan)
    initial = {"seen": plan.sequence}
    waiting = plan.state in actions.WAITING
    shown = {
        "rules_form": RulesForm(rules=rules_of(plan), initial=initial),
        "review_form": ReviewForm(reviews, initial=initial),
        "whatif_form": WhatIfForm(reviews, initial=initial),
        "officer_form": OfficerForm(reviews, initial=initial, prefix="officer"),
        "replan_form": ReasonForm(initial=initial, prefix="replan"),
        "publish_form": ReasonForm(initial=initial, prefix="publish"),
        "open_form": OpenForm(_closed(reviews), initial=initial, prefix="open") if _closed(reviews) else None,
        "run_form": None,
        "cancel_form": None,
    }
    before = plan.based_on
    unplanned = waiting or bool(plan.obstacles)  # where it was made from another, that one's visits stand in it
    beside = side_by_side(before, plan, today=today()) if before and not unplanned else None
    context = {
        **shown,
        **refused,
        "plan": plan,
        "title": pieces.title_of(plan),
        "facts": pieces.facts_of(plan),
        "waiting": waiting,
        "placed": any(one.visit_first_date for one in reviews),
        "is_published": plan.state == PlanState.PUBLISHED,
        "obstacles": pieces.obstacles_table(plan, names) if plan.obstacles else None,
        "enough": pieces.enough(plan),
        "visits_of_other": bool(before) and unplanned,
        "visits": pieces.reviews_table(reviews, names, best_hours(plan, reviews)),
        "officers": pieces.officers_table(officer_loads(reviews)),
        "asked_moves": pieces.asked_moves_table(reviews, names),
        "comparison": pieces.comparison(before, plan, beside) if before else None,
        "moves": pieces.moves_table(beside.moves, names) if beside else None,
        "months": pieces.months_table(beside) if beside else None,
        "variants": pieces.variant_links(variants_of(actor, plan)),
        "errors": [str(one) for form in refused.values() for one in form.non_field_errors()],
        "breadcrumbs": [
            Link(_("Timetables"), reverse("timetables")),
            Link(pieces.title_of(plan), reverse("timetable", args=[plan.uuid])),
            Link(_("Desk of planners")),
        ],
    }
    return render(request, "pages/timetable_desk.html", context)


Act = Callable[[Actor, Any], Answer]


def _rules_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    form = RulesForm(posted, rules=rules_of(plan))

    def act(actor: Actor, form: RulesForm) -> Answer:
        changed = actions.change_rules(actor, plan, form.rules(), seen=form.cleaned_data["seen"])
        return changed, _("The rules are changed; have the timetable solved to see what follows.")

    return form, act


def _run_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    return SeenForm(posted), lambda actor, form: (
        actions.queue_plan(actor, plan, seen=form.cleaned_data["seen"]),
        _("The timetable waits for the solver; this page follows it."),
    )


def _cancel_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    return SeenForm(posted), lambda actor, _form: (
        actions.cancel_plan(actor, plan),
        _("The solver is asked to stop; the best plan so far is kept."),
    )


def _review_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    def act(actor: Actor, form: ReviewForm) -> Answer:
        said = form.cleaned_data
        if said["deed"] == "move":
            actions.move_review(actor, plan, said["review"], day=said["day"], seen=said["seen"])
        else:
            change = actions.lock_review if said["deed"] == "lock" else actions.unlock_review
            change(actor, plan, said["review"], seen=said["seen"])
        return plan, _("Recorded.")

    return ReviewForm(reviews_planned(plan), posted), act


def _officer_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    return OfficerForm(reviews_planned(plan), posted, prefix="officer"), lambda actor, form: (
        name_officer(
            actor,
            plan,
            form.cleaned_data["reviews"],
            officer=form.cleaned_data["officer"],
            seen=form.cleaned_data["seen"],
        ),
        _("Recorded."),
    )


def _whatif_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    def act(actor: Actor, form: WhatIfForm) -> Answer:
        said = form.cleaned_data
        rules = rules_of(plan).changed(**{said["rule"]: said["value"]}) if said["rule"] else None
        lock = {said["review"]: said["day"]} if said["review"] else None
        made = actions.try_out(actor, plan, rules=rules, lock=lock, reason=said["reason"])
        return made, _("A copy is being solved beside the timetable; nothing of the timetable itself changes.")

    return WhatIfForm(reviews_planned(plan), posted), act


def _replan_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    return ReasonForm(posted, prefix="replan"), lambda actor, form: (
        actions.replan(actor, plan, reason=form.cleaned_data["reason"]),
        _("It is planned again, moving as little as possible; the timetable in force stays until you publish."),
    )


def _publish_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    return ReasonForm(posted, prefix="publish"), lambda actor, form: (
        publish_plan(actor, plan, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]),
        _("The timetable is published; its visits stand in the calendars."),
    )


def _open_deed(plan: CyclePlan, posted: Any) -> tuple[Any, Act]:
    return OpenForm(_closed(reviews_planned(plan)), posted, prefix="open"), lambda actor, form: (
        open_timeline(
            actor, plan, form.cleaned_data["review"], source=form.cleaned_data["note"], seen=form.cleaned_data["seen"]
        ),
        _("Everybody may see the days of this review now."),
    )


def _closed(reviews: list[PlannedReview]) -> list[PlannedReview]:
    return [one for one in reviews if one.published_at is None]


DEEDS: dict[str, Callable[[CyclePlan, Any], tuple[Any, Act]]] = {
    "rules": _rules_deed,
    "run": _run_deed,
    "cancel": _cancel_deed,
    "review": _review_deed,
    "officer": _officer_deed,
    "whatif": _whatif_deed,
    "replan": _replan_deed,
    "publish": _publish_deed,
    "open": _open_deed,
}


def _asked(request: HttpRequest, actor: Actor, uuid: UUID) -> CyclePlan:  # noqa: ARG001 (as every page asks)
    found = plan_by_uuid(actor, uuid)
    if found is None:
        raise Http404(_("There is no timetable with this address."))
    return found


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.PLAN_VISITS):
        raise PermissionDenied
    return actor


def _title_cell(one: CyclePlan) -> Cell:
    details = [_("Sample")] if one.is_sample else []
    if one.replaced_by_id:
        details.append(_("replaced"))
    return Cell(pieces.title_of(one), reverse("timetable", args=[one.uuid]), detail=" · ".join(details))


def _mechanism_cell(one: CyclePlan) -> Cell:
    found = one.mechanism
    return Cell(short_mechanism(found.code, found.short_name), reverse("mechanism", args=[found.slug]))


def _state(one: CyclePlan) -> str:
    return str(PlanState(one.state).label)


def _gap(one: CyclePlan) -> str:
    return "" if one.gap is None else percent(one.gap)


def _row(one: CyclePlan) -> dict[str, Any]:
    return {
        "timetable": str(one.uuid),
        "title": pieces.title_of(one),
        "mechanism": one.mechanism.code,
        "draw": one.draw.slug if one.draw else "",
        "state": one.state,
        "first_monday": one.first_monday,
        "weeks": one.weeks,
        "cost": one.cost,
        "gap": one.gap,
        "sample": one.is_sample,
    }
