"""Who in the secretariat looks after which review of a timetable, and how much work that is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.review.synergies.plan_actions import lock_for_publishing
from merida.review.synergies.plan_models import CyclePlan, PlannedReview
from merida.review.synergies.plan_records import reviews_of
from merida.review.synergies.plan_rules import PlanError

LONGEST_OFFICER = 200
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """What one officer has to do: reviews, weeks with work for any of them, and most reviews in one week.

    ``busiest`` is the Monday of the first such week; None where no review has a place.
    """

    officer: str
    reviews: int
    weeks: int
    most: int
    busiest: date | None


def name_officer(
    actor: Actor, plan: CyclePlan, codes: Sequence[str], *, officer: str, seen: int | None = None
) -> CyclePlan:
    """Give reviews of a timetable, published or not, an officer; ``""`` for nobody. The days stay as they are.

    Raises PlanError (unknown review, name too long), PlanChangedError, PermissionDenied.
    """
    name = " ".join(officer.split())
    if len(name) > LONGEST_OFFICER:
        raise PlanError("officer: {count} signs, more than {most}", count=len(name), most=LONGEST_OFFICER)
    with transaction.atomic():
        held = lock_for_publishing(actor, plan, seen)
        known = {one.code: one for one in reviews_of(held)}
        for code in dict.fromkeys(codes):
            if code not in known:
                raise PlanError("{code}: no review of this timetable has this code", code=code)
            review = known[code]
            if review.officer == name:
                continue
            before, review.officer = review.officer, name
            review.save(update_fields=["officer"])
            record_change(
                actor, "NAME_OFFICER", reference_to(review), before={"officer": before}, after={"officer": name}
            )
        held.sequence += 1
        held.save(update_fields=["sequence"])
    return held


def officer_loads(reviews: Iterable[PlannedReview]) -> list[OfficerLoad]:
    """Return the work of each officer named, by name. No query."""
    held: dict[str, list[PlannedReview]] = {}
    for one in reviews:
        if one.officer:
            held.setdefault(one.officer, []).append(one)
    return [_load(officer, theirs) for officer, theirs in sorted(held.items())]


def _load(officer: str, reviews: Sequence[PlannedReview]) -> OfficerLoad:
    busy = Counter[date]()
    for one in reviews:
        if one.desk_first_date is None or one.report_last_date is None:
            continue
        week = one.desk_first_date - timedelta(days=one.desk_first_date.weekday())
        while week <= one.report_last_date:
            busy[week] += 1
            week += WEEK
    most = max(busy.values(), default=0)
    first = min((week for week, count in busy.items() if count == most), default=None)
    return OfficerLoad(officer, len(reviews), len(busy), most, first)
