"""Days, months and years without a clock: what was read last, and the ISO 8601 key of what is read now."""

from calendar import monthrange
from datetime import date
from typing import Final, NamedTuple

YEARS: Final = range(1900, 2100)
_LAST_MONTH = 12


class Day(NamedTuple):
    """A date to the precision printed; 0 is "not printed"."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def key(self) -> str:
        """``2019``, ``2019-11`` or ``2019-12-09``; "" when there is no such day."""
        if self.year not in YEARS or not 0 <= self.month <= _LAST_MONTH or (self.day and not self.month):
            return ""
        if not self.month:
            return f"{self.year}"
        if not self.day:
            return f"{self.year}-{self.month:02}"
        if self.day > monthrange(self.year, self.month)[1]:
            return ""
        return f"{self.year}-{self.month:02}-{self.day:02}"

    def is_eve_of(self, other: "Day") -> bool:
        """Whether the other is the next day."""
        if not self.day or not other.day or not self.key or not other.key:
            return False
        return date(*self).toordinal() + 1 == date(*other).toordinal()


class Calendar:
    """The date last read in a document: what "12 月" or "the same month" leans on."""

    __slots__ = ("last",)

    def __init__(self) -> None:
        self.last = Day(0)

    def note(self, day: Day) -> None:
        """Remember the date read last."""
        self.last = day


def span_key(first: Day, last: Day) -> str:
    """Key of a stretch of time, ``2019-06-09/2019-06-10``; "" when it ends before it begins or is no date."""
    if not first.key or not last.key or first.key >= last.key:
        return ""
    return f"{first.key}/{last.key}"
