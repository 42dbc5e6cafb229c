"""The public holidays of the States that a timetable concerns."""

from datetime import date, timedelta

from merida.foundation.registry.models import State
from merida.review.synergies.holidays import holidays_of
from merida.review.synergies.plan_models import CyclePlan


def rest_days_of(plan: CyclePlan) -> dict[str, list[date]]:
    """Return the public holidays within a timetable by State, estimated ones too; States of none known are left out."""
    last = plan.first_monday + timedelta(weeks=plan.weeks) - timedelta(days=1)
    years = range(plan.first_monday.year, last.year + 1)
    concerned = set(plan.reviews.values_list("state", flat=True)) | set(
        plan.reviews.values_list("reviewers", flat=True)
    )
    codes = State.objects.filter(pk__in=concerned - {None}).exclude(iso2="").values_list("iso3", "iso2")
    found = holidays_of(dict(codes.order_by("iso3")), years)
    days = {state: sorted({one.day for one in rest.between(plan.first_monday, last)}) for state, rest in found.items()}
    return {state: held for state, held in days.items() if held}
