"""Dates in Chinese text: 2019年12月16日至20日, 6月9日和10日, 12月 (year as before), 同月, 2018-2019 年."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from merida.rules.citations.calendar_days import YEARS, Calendar, Day, span_key
from merida.rules.citations.numerals import chinese_number
from merida.rules.citations.spans import windows

_Y = r"(?:(?:19|20)[0-9]{2}|[一二][九〇零○][〇零○一二三四五六七八九]{2})"
_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_ATOM = re.compile(
    r"(?=[0-9一二三四五六七八九十\s同当])(?:"
    rf"(?<![0-9/])(?:(?P<from>{_Y})\s{{0,6}}[-–—~至]\s{{0,6}})?(?P<year>{_Y})\s{{0,6}}年(?:\s{{0,6}}(?P<month>{_N})\s{{0,6}}月(?:份)?(?:\s{{0,6}}(?P<day>{_N})\s{{0,6}}[日号])?)?"
    rf"|(?<![0-9个第/])(?P<month2>{_N})\s{{0,6}}月(?:份|(?=[^亮球底]|$))(?:\s{{0,6}}(?P<day2>{_N})\s{{0,6}}[日号])?"
    rf"|(?<=[至到和及、—–-])\s{{0,6}}(?P<day3>{_N})\s{{0,6}}日"
    r"|(?P<same>同月|同年同月|当月)(?:\s{0,6}(?P<day4>[0-9]{1,2})\s{0,6}日)?)"
)
_WORDS = re.compile("[年月日]")
_BEFORE, _AFTER = 40, 48  # more than the longest date has before and after the first of these words
_RANGE = re.compile(r"\s{0,6}(?:至|到|[-–—~])\s{0,6}")
_AND = re.compile(r"\s{0,6}(?:和|及|、|以及|与)\s{0,6}")
_WRONG_YEAR = re.compile(r"[0-9]{5}\s{0,6}年\s{0,6}$")
_REACH_OF_YEAR = 16
_NAME_OF_YEAR = re.compile(
    r"\s{0,6}(?:可持续发展|发展|联合国)?\s{0,6}议程|\s{0,6}[^，。；、《》]{0,8}愿景|\s{0,6}《[^》]*公约|\s{0,6}公约"
)


class Stretch(NamedTuple):
    """A date or a stretch of time and where it is printed."""

    key: str
    start: int
    end: int
    rule: str


class _Atom(NamedTuple):
    day: Day
    start: int
    end: int
    rule: str
    since: int = 0


def _value(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdecimal() else (chinese_number(text.replace("○", "〇")) or 0)


def _atom(match: re.Match[str], before: Day) -> _Atom | None:
    """The date of one printed piece, missing parts taken from the date before; None when nothing supplies them."""
    year, month, day = (
        _value(match["year"]),
        _value(match["month"] or match["month2"]),
        _value(match["day"] or match["day2"]),
    )
    rule = "date.zh"
    if match["same"]:
        year, month, day, rule = before.year, before.month, _value(match["day4"]), "date.zh.same_month"
    elif match["day3"]:
        year, month, day = before.year, before.month, _value(match["day3"])
    elif not year:
        if _WRONG_YEAR.search(match.string, max(0, match.start() - _REACH_OF_YEAR), match.start()):
            return None
        year, rule = before.year, "date.zh.year_before"
    if match["year"] and not month and _NAME_OF_YEAR.match(match.string, match.end()):
        return None
    if year not in YEARS or (match["same"] and not month) or (match["day3"] and not before.day):
        return None
    return _Atom(Day(year, month, day), match.start(), match.end(), rule, _value(match["from"]))


def _joined(text: str, first: _Atom, second: _Atom) -> Stretch | None:
    """One stretch for two pieces that 至 joins, or 和 for days that follow each other."""
    gap = (first.end, second.start)
    ranged = _RANGE.fullmatch(text, *gap)
    if not ranged and not (_AND.fullmatch(text, *gap) and first.day.is_eve_of(second.day)):
        return None
    key = span_key(first.day, second.day)
    return Stretch(key, first.start, second.end, "date.zh.range") if key else None


def _atoms(text: str, calendar: Calendar) -> Iterator[_Atom]:
    ended = -1
    stretches = windows(text, _WORDS, before=_BEFORE, after=_AFTER)
    for match in (match for stretch in stretches for match in _ATOM.finditer(text, *stretch)):
        before = calendar.last
        if match["day3"] and text[ended : match.start()].strip() not in ("", *"至到和及、—–-"):
            continue
        atom = _atom(match, before)
        if atom is None or not atom.day.key:
            continue
        lead = len(match.group()) - len(match.group().lstrip())
        yield atom._replace(start=atom.start + lead) if lead else atom
        calendar.note(atom.day)
        ended = match.end()


def han_dates(text: str, calendar: Calendar) -> Iterator[Stretch]:
    """Dates of a Chinese text in order; the calendar keeps the last one for the text that follows."""
    if "月" not in text and "年" not in text:
        return
    waiting: _Atom | None = None
    for atom in _atoms(text, calendar):
        if atom.since:
            key = span_key(Day(atom.since), Day(atom.day.year))
            if waiting:
                yield Stretch(waiting.day.key, waiting.start, waiting.end, waiting.rule)
            waiting = None
            if key:
                yield Stretch(key, atom.start, atom.end, "date.zh.years")
            continue
        stretch = _joined(text, waiting, atom) if waiting else None
        if stretch:
            yield stretch
            waiting = None
            continue
        if waiting:
            yield Stretch(waiting.day.key, waiting.start, waiting.end, waiting.rule)
        waiting = atom
    if waiting:
        yield Stretch(waiting.day.key, waiting.start, waiting.end, waiting.rule)
