"""When a digest is due. Pure."""

from datetime import datetime, timedelta
from typing import Final

# A little less than a day and a week, so that a run a few minutes early does not leave a day or a week out.
PERIODS: Final = {"DAILY": timedelta(hours=23), "WEEKLY": timedelta(days=6, hours=23)}


def due(rhythm: str, *, told_until: datetime, at: datetime) -> bool:
    """Whether a digest that told everything until ``told_until`` is due at ``at``. Raises KeyError for no rhythm."""
    return at - told_until >= PERIODS[rhythm]
