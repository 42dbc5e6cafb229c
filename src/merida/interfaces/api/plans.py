"""Reviews as timetables place them, as rows of the bulk tables."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema

from merida.review.synergies.models import PlannedReview


class PlannedReviewOut(Schema):
    """A review in a timetable, all last days included; ``in_force`` until another timetable takes its place.

    ``further_sessions``: the first days of sessions after the visit or first session.
    """

    timetable: UUID
    review: str
    state: str
    mechanism: str
    reviewers: list[str]
    language: str
    desk_first_date: dt.date
    visit_first_date: dt.date
    visit_last_date: dt.date
    report_last_date: dt.date
    agreed: bool
    form: str
    further_sessions: list[dt.date]
    in_force: bool
    is_sample: bool


def planned_review_out(one: PlannedReview) -> dict[str, Any]:
    """Show a planned review."""
    return {
        "timetable": one.plan.uuid,
        "review": one.code,
        "state": one.state.iso3,
        "mechanism": one.plan.mechanism.code,
        "reviewers": sorted(reviewer.iso3 for reviewer in one.reviewers.all()),
        "language": one.language,
        "desk_first_date": one.desk_first_date,
        "visit_first_date": one.visit_first_date,
        "visit_last_date": one.visit_last_date,
        "report_last_date": one.report_last_date,
        "agreed": one.is_locked,
        "form": one.form,
        "further_sessions": [one.visit_first_date + dt.timedelta(weeks=week) for week in one.later_weeks]
        if one.visit_first_date
        else [],
        "in_force": one.plan.published_at is not None and one.plan.replaced_by_id is None,
        "is_sample": one.plan.is_sample,
    }
