"""Stored timetables as the pure modules take them, and back."""

from datetime import date
from typing import Any

from merida.review.synergies.models import Firmness, Visit
from merida.review.synergies.plan_instance import Elsewhere, Placed, ToPlan
from merida.review.synergies.plan_models import CyclePlan, PlannedReview
from merida.review.synergies.plan_rules import Rules

DIALOGUE = ("form", "later_weeks", "asked_moves")
DATES = ("desk_first_date", "visit_first_date", "visit_last_date", "report_last_date")


def rules_of(plan: CyclePlan) -> Rules:
    """Return the rules of a timetable."""
    return Rules.read(plan.settings)


def reviews_of(plan: CyclePlan) -> Any:
    """Return the reviews of a timetable with their States, by code; 2 queries."""
    return plan.reviews.select_related("state").prefetch_related("reviewers").order_by("code")


def to_plan(plan: CyclePlan) -> list[ToPlan]:
    """Return the reviews of a timetable as they stand; 2 queries."""
    return [
        ToPlan(
            code=one.code,
            state=one.state.iso3,
            reviewers=tuple(sorted(reviewer.iso3 for reviewer in one.reviewers.all())),
            language=one.language,
            earliest=one.earliest_date,
            latest=one.latest_date,
            placed=_placed(one),
            locked=one.is_locked,
        )
        for one in reviews_of(plan)
    ]


def elsewhere(plan: CyclePlan) -> list[Elsewhere]:
    """Return the visits of other mechanisms to the States under review that stand; 1 query."""
    held = Visit.objects.filter(cancelled_at__isnull=True, state__in=plan.reviews.values("state"))
    return [
        Elsewhere(
            one.state.iso3,
            one.mechanism.code,
            one.first_date,
            one.last_date,
            joint=one.joint_allowed,
            movable=one.firmness == Firmness.MOVABLE,
        )
        for one in held.exclude(mechanism=plan.mechanism_id)
        .select_related("state", "mechanism")
        .order_by("first_date", "pk")
    ]


def placed_dates(review: PlannedReview) -> dict[str, date | None]:
    """Return the days of a review by field."""
    return {name: getattr(review, name) for name in DATES}


def store_place(review: PlannedReview, placed: Placed) -> None:
    """Give a review its days."""
    review.desk_first_date, review.visit_first_date = placed.desk_first, placed.visit_first
    review.visit_last_date, review.report_last_date = placed.visit_last, placed.report_last
    review.form, review.later_weeks = placed.form, list(placed.later)
    review.asked_moves = [
        [mechanism, before.isoformat(), after.isoformat()] for mechanism, before, after in placed.moved
    ]
    review.save(update_fields=[*DATES, *DIALOGUE])


def _placed(one: PlannedReview) -> Placed | None:
    if not (one.desk_first_date and one.visit_first_date and one.visit_last_date and one.report_last_date):
        return None
    return Placed(
        one.desk_first_date,
        one.visit_first_date,
        one.visit_last_date,
        one.report_last_date,
        form=one.form,
        later=tuple(one.later_weeks),
    )
