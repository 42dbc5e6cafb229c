"""Days of which sometimes only the month or the year is known."""

import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_PRECISIONS = ("YEAR", "MONTH", "DAY")


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A date with the precision it is known to: DAY, MONTH or YEAR.

    A month or year stands for its first day where dates are compared.
    """

    date: date
    precision: str

    def __str__(self) -> str:
        return self.date.isoformat()[: {"YEAR": 4, "MONTH": 7, "DAY": 10}[self.precision]]


def parse_day(text: str) -> Day:
    """Read ``2019``, ``2019-11`` or ``2019-11-30``; ValueError says what is wrong with anything else."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        message = f"{text!r} is not a date (write 2019, 2019-11 or 2019-11-30)"
        raise ValueError(message)
    year, month, day = match.groups()
    try:
        value = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        message = f"there is no day {text}"
        raise ValueError(message) from None
    return Day(value, _PRECISIONS[bool(month) + bool(day)])
