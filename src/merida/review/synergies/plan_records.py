"""Stored timetables as the pure modules take them, and back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch

from merida.foundation.registry.models import State
from merida.review.synergies.models import Firmness, Visit
from merida.review.synergies.plan_instance import Elsewhere, Placed, ToPlan
from merida.review.synergies.plan_models import CyclePlan, PlannedReview
from merida.review.synergies.plan_rules import Rules
from merida.review.synergies.plan_subjects import subjects_met, subjects_of

DIALOGUE = ("form", "later_weeks", "asked_moves")
DATES = ("desk_first_date", "visit_first_date", "visit_last_date", "report_last_date")


def rules_of(plan: CyclePlan) -> Rules:
    """Return the rules of a timetable."""
    return Rules.read(plan.settings)


def reviews_of(plan: CyclePlan) -> Any:
    """Return the reviews of a timetable with their States, by code, and the codes of their reviewers; 2 queries."""
    reviewers = Prefetch("reviewers", State.objects.only("iso3"))
    return plan.reviews.select_related("state").prefetch_related(reviewers).order_by("code")


def to_plan(plan: CyclePlan) -> list[ToPlan]:
    """Return the reviews of a timetable as they stand; 3 queries."""
    return as_they_stand(reviews_of(plan), subjects_of(plan))


def reviewers_of(plan: CyclePlan) -> dict[int, tuple[str, ...]]:
    """Return the codes of the reviewing States of each review, by its key; 1 query, no State is made."""
    pairs = plan.reviews.filter(reviewers__isnull=False).order_by("reviewers__iso3")
    found = defaultdict[int, list[str]](list)
    for review, code in pairs.values_list("pk", "reviewers__iso3"):
        found[review].append(code)
    return {review: tuple(codes) for review, codes in found.items()}


def as_they_stand(
    reviews: Iterable[PlannedReview],
    subjects: frozenset[str] = frozenset(),
    reviewers: Mapping[int, tuple[str, ...]] | None = None,
) -> list[ToPlan]:
    """Return reviews as the pure modules take them, read as ``reviews_of`` reads them where no reviewers are given."""
    return [
        ToPlan(
            code=one.code,
            state=one.state.iso3,
            reviewers=_reviewers(one) if reviewers is None else reviewers.get(one.pk, ()),
            language=one.language,
            earliest=one.earliest_date,
            latest=one.latest_date,
            placed=_placed(one),
            locked=one.is_locked,
            subjects=subjects,
        )
        for one in reviews
    ]


def elsewhere(plan: CyclePlan) -> list[Elsewhere]:
    """Return the visits of other mechanisms to the States under review that stand, and what they are about."""
    held = Visit.objects.filter(cancelled_at__isnull=True, state__in=plan.reviews.values("state"))
    rows = held.exclude(mechanism=plan.mechanism_id).select_related("state", "mechanism")
    visits = list(rows.prefetch_related("provisions").order_by("first_date", "pk"))
    subjects = subjects_met(visits)
    return [
        Elsewhere(
            one.state.iso3,
            one.mechanism.code,
            one.first_date,
            one.last_date,
            joint=one.joint_allowed,
            movable=one.firmness == Firmness.MOVABLE,
            subjects=subjects[one.pk],
        )
        for one in visits
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


def _reviewers(one: PlannedReview) -> tuple[str, ...]:
    return tuple(sorted(reviewer.iso3 for reviewer in one.reviewers.all()))


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
