"""Dates that cannot be: 31 February, the year 20180. They are told to the reader instead of being dropped."""

from calendar import isleap
from collections.abc import Iterator

from merida.rules.extraction.facts import Oddity
from merida.rules.extraction.text import Text
from merida.rules.extraction.word_lists import Grammar

IMPOSSIBLE_DATE = "IMPOSSIBLE_DATE"


def oddities(text: Text, grammar: Grammar) -> Iterator[Oddity]:
    """What a passage prints that cannot be."""
    if not grammar["impossible_trigger"].search(text.text):
        return
    for match in grammar["impossible_date"].finditer(text.text):
        year = match["leap"]
        if year and isleap(int(year)):
            continue
        yield Oddity(IMPOSSIBLE_DATE, text.at, match.group(), match.start())
