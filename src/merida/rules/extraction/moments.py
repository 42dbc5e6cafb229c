"""Which dates of a sentence are the time of something done: days, months, ranges, named days, "the same day".

Dates that only bound a period or a count ("as of", "until", the reporting period) are no moments.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from merida.rules.citations.mention import Mention
from merida.rules.extraction.text import Span, Text, within
from merida.rules.extraction.word_lists import Grammar, any_named_day, named_days

_YEAR, _MONTH, _TWO_DAYS = len("2019"), len("2019-11"), len("2019-11-02/2019-11-06")
_ONE_DAY = len("2019-11-02")
_OPEN_TITLE = re.compile(r"[《「][^》」]*$|“[^”]*$")
_HALF_A_YEAR = 6
PERIOD = "PERIOD"
_WITHOUT_DATE = ("same_day", "same_event", "reporting_period")
_FIRM_REACH, _PLANNED_REACH = 100, 40
_RECEIVED_REACH = 160
_TITLE_REACH = 160
_BESIDE = 8
_BETWEEN_REACH = 160
_PAPER_REACH = 60


class Moment(NamedTuple):
    """When something was done, and where it is printed. ``rule`` says how it was told."""

    start: int
    end: int
    date_from: str
    date_to: str
    precision: str
    rule: str


class Diary:
    """What a document said so far of time: the month read last, the moment used last, the period that it reports on.

    Named days and "the same day" lean on the first two; ``period`` is () until the document says which it is.
    """

    __slots__ = ("last", "month", "period")

    def __init__(self) -> None:
        self.month = (0, 0)
        self.last: Moment | None = None
        self.period: tuple[str, str] | tuple[()] = ()

    def note(self, key: str) -> None:
        """Remember the month of a date."""
        first = key.partition("/")[0]
        self.month = (int(first[:4]), int(first[5:7] or 0))

    def year_of(self, month: int) -> int:
        """The year in which a named day lies nearest to the month read last; 0 when none was read."""
        year, last = self.month
        if not year or not last:
            return year
        gap = month - last
        return year + (gap < -_HALF_A_YEAR) - (gap > _HALF_A_YEAR)


def speaks_of_time(text: Text, grammar: Grammar, diary: Diary) -> bool:
    """Whether a passage can hold a moment at all."""
    if text.dates:
        return True
    if not grammar.search("time_words", text.text):
        return bool(diary.period) and grammar.search("reporting_period", text.text) is not None
    if any(grammar.search(code, text.text) for code in _WITHOUT_DATE):
        return True
    return _names_day(text.text, (0, len(text.text)), grammar)


def _names_day(text: str, span: Span, grammar: Grammar) -> bool:
    return grammar.may_name_day(text, *span) and any_named_day(grammar.language).search(text, *span) is not None


def moments(text: Text, span: Span, grammar: Grammar, diary: Diary) -> list[Moment]:
    """The moments of a sentence in order."""
    dated = within(text.dates, span)
    found = list(_in_the_period(text, span, diary, grammar))
    for date in dated:
        moment = _moment(text, span, date, grammar)
        if moment:
            found.append(moment)
        diary.note(date.key)
    days = list(_named_days(text, span, diary, grammar))
    found = [moment for moment in found if not _is_year_of(moment, days)] + days
    found.extend(_same(text, span, grammar, [*found, *([diary.last] if diary.last else [])]))
    if found:
        found.sort(key=lambda moment: moment.start)
        diary.last = next((moment for moment in reversed(found) if moment.precision != PERIOD), diary.last)
    return found


def _is_year_of(moment: Moment, days: list[Moment]) -> bool:
    """Whether a year only says of which year a named day is ("on International Youth Day 2022")."""
    return moment.precision == "YEAR" and any(
        0 <= day.start - moment.end <= _BESIDE or 0 <= moment.start - day.end <= _BESIDE for day in days
    )


def _in_the_period(text: Text, span: Span, diary: Diary, grammar: Grammar) -> Iterator[Moment]:
    """Times told as "in the reporting period"; the sentence that says which period that is tells none."""
    if not diary.period:
        if grammar.search("report_covers", text.text, *span):
            diary.period = _period_named(text, span, grammar)
        return
    for match in grammar.every("reporting_period", text.text, *span):
        yield Moment(match.start(), match.end(), *diary.period, PERIOD, "moment.period")


def _period_named(text: Text, span: Span, grammar: Grammar) -> tuple[str, str] | tuple[()]:
    """The first stretch of months or days of a sentence that speaks of the report; () where it names none."""
    for date in within(text.dates, span):
        first, _, last = date.key.partition("/")
        if last and len(first) >= _MONTH and _is_period(text.text, span, date, grammar):
            return first, last
    return ()


def _is_period(text: str, span: Span, date: Mention, grammar: Grammar) -> bool:
    """Whether a stretch of time is called a period, before it or behind it."""
    behind = grammar["period_after"].match(text, date.end)
    return bool(behind) or grammar.before("period_before", text, date.start, start=span[0], reach=36)


def _moment(text: Text, span: Span, date: Mention, grammar: Grammar) -> Moment | None:
    first, _, last = date.key.partition("/")
    precision = _precision(first, last)
    if not precision or _bounds_only(text.text, span, date, grammar):
        return None
    if precision == "YEAR" and not _firm(text.text, span, date, grammar):
        return None
    if grammar.before("as_of_before", text.text, date.start, start=span[0], reach=32):
        received = precision == "DAY" and grammar["received"].search(
            text.text, date.end, min(span[1], date.end + _RECEIVED_REACH)
        )
        return Moment(date.start, date.end, first, last, "DAY", "moment.received_by") if received else None
    if precision == "DAY" and not last and _is_week(text.text, span, date, grammar):
        return Moment(date.start, date.end, first[:_MONTH], "", "MONTH", "moment.week")
    if date.rule.endswith("same_month") and precision == "MONTH":
        precision = "INHERITED"
    return Moment(date.start, date.end, first, last, precision, f"moment.{precision.lower()}")


def _is_week(text: str, span: Span, date: Mention, grammar: Grammar) -> bool:
    """Whether a day only says which week it was ("the week of 10 March"): its month is certain, no day is."""
    return grammar.before("week_before", text, date.start, start=span[0], reach=32) or bool(
        grammar["week_after"].match(text, date.end)
    )


def _precision(first: str, last: str) -> str:
    if len(first) == _YEAR:
        return "" if last else "YEAR"
    if len(first) == _MONTH:
        return "RANGE" if last else "MONTH"
    return "DAY"


def _bounds_only(text: str, span: Span, date: Mention, grammar: Grammar) -> bool:
    """Whether a date stands in a title, is that of a law or letter, or only says from when, until when, how long."""
    if _OPEN_TITLE.search(text, max(span[0], date.start - _TITLE_REACH), date.start):
        return True
    if grammar.before("until_before", text, date.start, start=span[0], reach=16) or _of_paper_or_between(
        text, span, date, grammar
    ):
        return True
    if grammar["since_after"].match(text, date.end):
        return True
    if len(date.key) >= _TWO_DAYS:
        return False
    if grammar["period_after"].match(text, date.end):
        return "/" in date.key  # "during 2018", "during May 2018" are times like "in 2018"
    return "/" in date.key and grammar.before("period_before", text, date.start, start=span[0], reach=36)


def _of_paper_or_between(text: str, span: Span, date: Mention, grammar: Grammar) -> bool:
    """Whether a day is that of a law or letter ("Law No. 12 of 3 May"), or a date is the end of "between … and"."""
    if len(date.key) == _ONE_DAY and grammar.before(
        "paper_before", text, date.start, start=span[0], reach=_PAPER_REACH
    ):
        return True
    return grammar.says("between_words", text) and grammar.before(
        "between_before", text, date.start, start=span[0], reach=_BETWEEN_REACH
    )


def _firm(text: str, span: Span, date: Mention, grammar: Grammar) -> bool:
    """Whether a bare year is the time of something held, published or joined, not part of a plan or a name."""
    if grammar["year_refused_after"].match(text, date.end):
        return False
    if grammar.before("year_refused_before", text, date.start, start=span[0]):
        return False
    if grammar["planned"].search(text, max(span[0], date.start - _PLANNED_REACH), date.start):
        return False
    if grammar["firm"].search(text, date.end, min(span[1], date.end + _FIRM_REACH)):
        return True
    if not grammar["year_closes"].match(text, date.end):
        return False
    return grammar["firm"].search(text, max(span[0], date.start - _FIRM_REACH), date.start) is not None


def _named_days(text: Text, span: Span, diary: Diary, grammar: Grammar) -> Iterator[Moment]:
    if not _names_day(text.text, span, grammar):
        return
    for day in named_days(grammar.language):
        for match in day.pattern.finditer(text.text, *span):
            near = within(text.dates, (match.start() - _TITLE_REACH, match.start()))
            beside = any(abs(date.end - match.start()) <= _BESIDE for date in near if len(date.key) > _MONTH)
            said = grammar["day_of_year"].match(text.text, match.end())
            year = int(said["year"]) if said else diary.year_of(day.month)
            if not year or beside or grammar.before("not_an_event_before", text.text, match.start(), start=span[0]):
                continue
            date = f"{year}-{day.month:02}-{day.day:02}"
            diary.note(date)
            yield Moment(match.start(), match.end(), date, "", "NAMED_DAY", f"moment.named_day.{day.code}")


def _same(text: Text, span: Span, grammar: Grammar, told: list[Moment]) -> Iterator[Moment]:
    """A moment once more: "on the same day", "at the same event".

    Of ``told`` it is the one just before in the sentence, else the last, which the sentences before used.
    """
    if not told:
        return
    for code in ("same_day", "same_event"):
        for match in grammar.every(code, text.text, *span):
            near = [moment for moment in told if span[0] <= moment.start < match.start()]
            last = max(near, key=lambda moment: moment.start) if near else told[-1]
            named = code == "same_day" and last.precision == "NAMED_DAY"
            precision = "NAMED_DAY" if named else "INHERITED"
            yield last._replace(start=match.start(), end=match.end(), precision=precision, rule=f"moment.{code}")
