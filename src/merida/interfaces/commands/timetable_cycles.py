"""What ``merida timetable plan`` plans where it is given no file: a timetable, or the reviews of a draw."""

from django.db import DatabaseError

from merida.foundation.access.visibility import SYSTEM
from merida.review.draws.queries import draw_by_slug
from merida.review.synergies.plan_actions import instance_of, trial_instance
from merida.review.synergies.plan_queries import plan_named
from merida.review.synergies.plan_rules import PlanError
from merida.rules.timetable.instance import Instance, TimetableError


def instance_named(name: str) -> Instance:
    """Return the instance of a timetable, or of a draw by the usual rules. Raises TimetableError for neither."""
    try:
        found = plan_named(SYSTEM, name)
        if found is not None:
            return instance_of(found)
        draw = draw_by_slug(SYSTEM, name)
        if draw is None:
            raise TimetableError("no file, no timetable and no draw has this name")
        return trial_instance(SYSTEM, draw)
    except PlanError as error:
        raise TimetableError(str(error)) from error
    except DatabaseError as error:
        raise TimetableError("no such file, and the database is not set up") from error
