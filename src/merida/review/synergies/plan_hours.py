"""At what hour the sessions of a dialogue at a distance are best begun: everybody inside decent hours."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from merida.review.synergies.plan_models import CyclePlan, PlannedReview
from merida.review.synergies.plan_records import rules_of
from merida.review.synergies.plan_zones import zones_known
from merida.rules.timetable.instance import VIRTUAL
from merida.rules.timetable.zones import decent_hours, zone

WEDNESDAY = timedelta(days=2)  # the day of the week for which the rules look
NOON = time(12)


def best_hours(plan: CyclePlan, reviews: Iterable[PlannedReview]) -> dict[str, list[datetime]]:
    """Return by review the most convenient beginning (UTC) of each session, on the Wednesday of its week.

    Only for dialogues at a distance, and for States whose zones are known; a session without a decent hour is left out.
    """
    virtual = [one for one in reviews if one.form == VIRTUAL and one.visit_first_date is not None]
    if not virtual:
        return {}
    rules = rules_of(plan)
    zones, known = {**zones_known(plan), **rules.zones}, dict[tuple[str, ...], list[int]]()
    found = {}
    for one in virtual:
        taking_part = {one.state.iso3, *(reviewer.iso3 for reviewer in one.reviewers.all())}
        places = {state: zones[state] for state in sorted(taking_part & zones.keys())}
        first = one.visit_first_date
        if first is None or not places:
            continue
        starts = []
        for week in (0, *one.later_weeks):
            day = first + timedelta(weeks=week) + WEDNESDAY
            noon = datetime.combine(day, NOON, UTC)
            apart = tuple(sorted(str(noon.astimezone(zone(name)).utcoffset()) for name in places.values()))
            if apart not in known:
                known[apart] = [each.at.hour for each in decent_hours(day, places, length=rules.session_hours).starts]
            starts += [datetime.combine(day, time(hour), UTC) for hour in known[apart][:1]]
        found[one.code] = starts
    return found
