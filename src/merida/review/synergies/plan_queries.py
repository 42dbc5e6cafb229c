"""Reading timetables as far as a reader may see them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor, may_see, visible_condition
from merida.foundation.registry.queries import groups_on
from merida.review.synergies.models import Visit
from merida.review.synergies.plan_instance import ToPlan, planned_of
from merida.review.synergies.plan_models import CyclePlan, PlannedReview
from merida.review.synergies.plan_records import as_they_stand, reviewers_of, reviews_of, rules_of
from merida.review.synergies.plan_rules import Rules
from merida.review.synergies.plan_view import Bar, MonthLoad, OtherBar, PlanView
from merida.rules.timetable.compare import officers_by_month, work_by_month

WEEK = timedelta(weeks=1)


def plans_list(actor: Actor) -> Any:
    """Timetables that ``actor`` may see, those in force first, then the newest, with mechanism, draw and origin."""
    found = CyclePlan.objects.visible_to(actor).select_related("mechanism", "draw", "based_on", "replaced_by")
    return found.defer("rest_days").order_by("-published_at", "-created_at", "pk")


def plan_by_uuid(actor: Actor, uuid: UUID) -> CyclePlan | None:
    """One timetable, None where there is none that ``actor`` may see. 1 query."""
    found: CyclePlan | None = plans_list(actor).filter(uuid=uuid).first()
    return found


def plan_named(actor: Actor, name: str) -> CyclePlan | None:
    """The newest timetable with this identifier, or of the draw with this address. 1 query."""
    found = CyclePlan.objects.visible_to(actor).select_related("mechanism", "draw")
    try:
        one: CyclePlan | None = found.filter(uuid=UUID(name)).first()
    except ValueError:
        one = found.filter(draw__slug=name).order_by("-created_at", "-pk").first()
    return one


def variants_of(actor: Actor, plan: CyclePlan) -> list[CyclePlan]:
    """Timetables made from this one, the newest first. 1 query."""
    found = CyclePlan.objects.visible_to(actor).filter(based_on=plan).defer("rest_days")
    return list(found.order_by("-created_at"))


def reviews_planned(plan: CyclePlan) -> list[PlannedReview]:
    """The reviews of a timetable by the day of the visit, those without a place last; 2 queries."""
    return sorted(reviews_of(plan), key=lambda one: (one.visit_first_date or date.max, one.code))


def plan_view(actor: Actor, uuid: UUID) -> PlanView | None:
    """Return one timetable as its page shows it; None where there is none that ``actor`` may see.

    Visits of other mechanisms are those that ``actor`` may see. Reviews without a place are left out.
    """
    found = CyclePlan.objects.visible_to(actor).select_related("mechanism").filter(uuid=uuid).first()
    if found is None:
        return None
    return _view(actor, found)


def _view(actor: Actor, plan: CyclePlan) -> PlanView:
    rules, groups = rules_of(plan), groups_on(plan.first_monday)
    # the page has names already, and of reviewers it needs the codes only
    found = reviews_of(plan).prefetch_related(None).defer("asked_moves", "state__names", "state__formal_names")
    placed = [one for one in found if one.visit_first_date is not None]
    plans = may(actor, Deed.PLAN_VISITS)
    reviews = [one for one in placed if _sees(actor, one)]
    stand = as_they_stand(reviews, reviewers=reviewers_of(plan))
    last = plan.first_monday + plan.weeks * WEEK - timedelta(days=1)
    return PlanView(
        title=str(plan),
        uuid=plan.uuid,
        first=plan.first_monday,
        last=last,
        bars=tuple(
            _bar(one, at.reviewers, plan.mechanism.code, groups, named=plans)
            for one, at in zip(reviews, stand, strict=True)
        ),
        others=tuple(_others(actor, plan, last)),
        holidays={state: tuple(map(date.fromisoformat, days)) for state, days in plan.rest_days.items()}
        if rules.with_holidays
        else {},
        blocked=tuple((one.first, one.last, one.reason) for one in rules.blocked),
        months=tuple(month_loads(stand, rules, plan.first_monday, plan.weeks)),
        cost=None if plan.cost is None else round(plan.cost),
        bound=None if plan.bound is None else round(plan.bound),
        gap=plan.gap,
        state=plan.state,
        published=plan.published_at is not None,
        is_sample=plan.is_sample,
        allowed={one.code: (one.earliest_date, one.latest_date) for one in reviews},
        distance_weeks=rules.distance_weeks,
        visits_at_once=rules.visits_at_once,
        visits_a_language=rules.visits_a_language,
        kept_back=len(placed) - len(reviews),
    )


def _sees(actor: Actor, one: PlannedReview) -> bool:
    return may_see(actor, audience=one.audience, workspace_id=one.workspace_id, published=one.published_at is not None)


def month_loads(reviews: Sequence[ToPlan], rules: Rules, first_monday: date, weeks: int) -> list[MonthLoad]:
    """Return the work of each month that a timetable touches; a week counts for the month of its Monday."""
    capacity = officers_by_month(first_monday, rules.capacity_by_week(first_monday, weeks))
    placed = planned_of(reviews, first_monday, rules)
    work, visits = work_by_month(first_monday, placed), Counter[date]()
    for one in placed:
        for after in (0, *one.mode.later):
            visits[(first_monday + (one.week + after) * WEEK).replace(day=1)] += 1
    return [MonthLoad(month, work[month], capacity[month], visits[month]) for month in sorted(capacity)]


def reviews_seen(actor: Actor) -> Any:
    """Every review with a place in the timetables that ``actor`` may see; 2 queries."""
    found = PlannedReview.objects.visible_to(actor)
    found = found.filter(visible_condition(actor, "plan__"), visit_first_date__isnull=False)
    return (
        found.select_related("plan__mechanism", "state")
        .defer("plan__rest_days", "plan__settings")
        .prefetch_related("reviewers")
        .order_by("plan_id", "code")
    )


def _bar(
    one: PlannedReview, reviewers: tuple[str, ...], mechanism: str, groups: Mapping[str, str], *, named: bool
) -> Bar:
    """Return a review's bar; its officer is ``named`` to those who plan only."""
    days = (one.desk_first_date, one.visit_first_date, one.visit_last_date, one.report_last_date)
    desk_first, visit_first, visit_last, report_last = (day or one.earliest_date for day in days)
    return Bar(
        code=one.code,
        state=one.state.iso3,
        group=groups.get(one.state.iso3, ""),
        mechanism=mechanism,
        reviewers=reviewers,
        officer=one.officer if named else "",
        language=one.language,
        desk_first=desk_first,
        visit_first=visit_first,
        visit_last=visit_last,
        report_last=report_last,
        locked=one.is_locked,
        form=one.form,
        later=tuple((visit_first + week * WEEK, visit_last + week * WEEK) for week in one.later_weeks),
    )


def _others(actor: Actor, plan: CyclePlan, last: date) -> list[OtherBar]:
    found = Visit.objects.visible_to(actor).filter(
        cancelled_at__isnull=True,
        state__in=plan.reviews.values("state"),
        first_date__lte=last,
        last_date__gte=plan.first_monday,
    )
    rows = found.exclude(mechanism=plan.mechanism_id).order_by("first_date", "pk")
    fields = ("state__iso3", "mechanism__code", "first_date", "last_date", "kind", "firmness")
    return [OtherBar(*one) for one in rows.values_list(*fields)]
