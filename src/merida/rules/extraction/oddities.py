"""What is printed and cannot be: 31 February, the year 20180, an end before its beginning, a State before its time.

It is told to the reader instead of being dropped.
"""

from calendar import isleap
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from merida.rules.extraction.facts import Activity, Oddity
from merida.rules.extraction.text import Text, within
from merida.rules.extraction.word_lists import Grammar, rows_of

IMPOSSIBLE_DATE, ENDS_BEFORE, STATE_NOT_YET = "IMPOSSIBLE_DATE", "ENDS_BEFORE", "STATE_NOT_YET"
_LAST = "9999-12-31"
_LONGEST_DATE = 40  # signs
_PART_OF_A_NUMBER = frozenset("0123456789/.")


def oddities(text: Text, grammar: Grammar, told: Iterable[Activity] = ()) -> Iterator[Oddity]:
    """What a passage prints that cannot be; ``told`` are the activities read in it, which stay as they are."""
    yield from _impossible_dates(text, grammar)
    yield from _backwards(text, grammar)
    for activity in told:
        yield from _states_not_yet(activity)


def _impossible_dates(text: Text, grammar: Grammar) -> Iterator[Oddity]:
    """Dates that no calendar has; they are looked for only around numbers that could be those of one."""
    words, past = text.text, 0
    for near in grammar["impossible_trigger"].finditer(words):
        start, end = max(past, near.start() - _LONGEST_DATE), near.end() + _LONGEST_DATE
        for match in grammar["impossible_date"].finditer(words, start, end):
            past = match.end()
            year = match["leap"]
            if not (year and isleap(int(year))):
                yield Oddity(IMPOSSIBLE_DATE, text.at, match.group(), match.start())


def _backwards(text: Text, grammar: Grammar) -> Iterator[Oddity]:
    """Ranges that end before they begin: of days in one month, else of two whole dates."""
    seen: list[int] = []
    for match in grammar.every("days_backwards", text.text):
        start = match.start("a")
        if int(match["a"]) > int(match["b"]) and text.text[start - 1 : start] not in _PART_OF_A_NUMBER:
            seen.append(start)
            yield Oddity(ENDS_BEFORE, text.at, text.text[start : match.end()], start)
    for match in grammar.every("whole_range", text.text):
        if not within(text.dates, match.span()):  # no reader of dates could make a range of it
            yield Oddity(ENDS_BEFORE, text.at, match.group(), match.start())
    for before, after in pairwise(text.dates):
        wrong = len(before.key) == len(after.key) and after.key < before.key
        named = any(before.start <= start < after.end for start in seen)
        if wrong and not named and grammar["until_gap"].fullmatch(text.text, before.end, after.start):
            yield Oddity(ENDS_BEFORE, text.at, text.text[before.start : after.end], before.start)


@cache
def beginnings() -> dict[str, str]:
    """States that began within living memory of these texts: code → ISO date from which each is a State."""
    return {row["state"]: row["since_date"] for row in rows_of("state_beginnings.csv")}


def _states_not_yet(activity: Activity) -> Iterator[Oddity]:
    last = activity.date_to or activity.date_from
    for state in states_not_yet((activity.country, *activity.participants), last):
        yield Oddity(STATE_NOT_YET, activity.at, f"{state}, {last}", activity.start)


def states_not_yet(states: Iterable[str], last: str) -> list[str]:
    """Those of some States that began after a time, which is given by its last day, month or year."""
    if not last:
        return []
    ended = last + _LAST[len(last) :]  # a month or year counts to its end
    return [state for state in dict.fromkeys(states) if ended < beginnings().get(state, "")]
