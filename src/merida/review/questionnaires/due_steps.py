"""On which days people are reminded of a due date. Pure."""

import datetime as dt
from typing import Final

STEPS: Final = (-28, -7, -1, 1, 14)  # days from the due date; nothing is said on the day itself


def step_reached(due: dt.date, today: dt.date, *, since: dt.date) -> dt.date | None:
    """Return the day of the newest step that has come, None before the first one.

    Steps before ``since``, the day somebody was asked or entrusted, are nobody's. Where a day was missed only the
    newest step counts: nobody gets two letters at once.
    """
    days = (due + dt.timedelta(days=step) for step in STEPS)
    return max((day for day in days if since <= day <= today), default=None)
