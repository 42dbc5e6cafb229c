"""Dates as printed, with keys of ISO 8601: ``2019``, ``2019-11``, ``2019-12-09``, ``2019-06-09/2019-06-10``."""

from merida.rules.citations.calendar_days import Calendar
from merida.rules.citations.dates_han import han_dates
from merida.rules.citations.dates_words import word_dates
from merida.rules.citations.mention import Mention, Passage
from merida.rules.citations.numerals import WESTERN

_WORDS = ("ar", "en", "es", "fr", "ru")


def dates(passage: Passage, *, language: str, calendar: Calendar) -> list[Mention]:
    """Dates of a passage; ``calendar`` carries the last date from passage to passage (12 月, the same month)."""
    text = passage.text.translate(WESTERN) if language == "ar" else passage.text
    if language == "zh":
        stretches = han_dates(text, calendar)
    else:
        stretches = word_dates(text, calendar, language if language in _WORDS else "en")
    return [
        Mention("DATE", each.key, passage.at, each.start, each.end, passage.text[each.start : each.end], each.rule)
        for each in stretches
    ]
