"""Dates as printed, with keys of ISO 8601: ``2019``, ``2019-11``, ``2019-12-09``, ``2019-06-09/2019-06-10``."""
from merida.rules.citations.mention import Mention, Passage


class Calendar:
    """The date last read."""


def dates(passage: Passage, *, language: str, calendar: Calendar) -> list[Mention]:
    """Dates."""
    return []
