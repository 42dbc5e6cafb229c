"""Dates of mastheads and titles in six languages: a full date, and the days of a meeting with its place."""

import re
from typing import NamedTuple

from merida.exchange.ingest.marks import DIGITS

_MONTH_WORDS = (
    "January|janvier|enero|января|январь|كانون الثاني/يناير|يناير/كانون الثاني|كانون الثاني|يناير",
    "February|février|febrero|февраля|февраль|شباط/فبراير|فبراير/شباط|شباط|فبراير",
    "March|mars|marzo|марта|март|آذار/مارس|مارس/آذار|آذار|مارس",
    "April|avril|abril|апреля|апрель|نيسان/أبريل|أبريل/نيسان|نيسان/ابريل|نيسان|أبريل",
    "May|mai|mayo|мая|май|أيار/مايو|مايو/أيار|أيار|مايو",
    "June|juin|junio|июня|июнь|حزيران/يونيه|يونيه/حزيران|حزيران/يونيو|يونيو/حزيران|حزيران|يونيه|يونيو",
    "July|juillet|julio|июля|июль|تموز/يوليه|يوليه/تموز|تموز/يوليو|يوليو/تموز|تموز|يوليه|يوليو",
    "August|août|agosto|августа|август|آب/أغسطس|أغسطس/آب|آب|أغسطس",
    "September|septembre|septiembre|setiembre|сентября|сентябрь|أيلول/سبتمبر|سبتمبر/أيلول|أيلول|سبتمبر",
    "October|octobre|octubre|октября|октябрь|تشرين الأول/أكتوبر|أكتوبر/تشرين الأول|تشرين الأول|أكتوبر",
    "November|novembre|noviembre|ноября|ноябрь|تشرين الثاني/نوفمبر|نوفمبر/تشرين الثاني|تشرين الثاني|نوفمبر",
    "December|décembre|diciembre|декабря|декабрь|كانون الأول/ديسمبر|ديسمبر/كانون الأول|كانون الأول|ديسمبر",
)
MONTHS = {word.casefold(): n for n, words in enumerate(_MONTH_WORDS, 1) for word in words.split("|")}
_MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + ")"
_DAY = r"[0-3]?\d(?:\s?er|º|st|nd|rd|th)?"
_JOIN = r"(?:\s*(?:[-–—]|and|to|et|au|y|al|a|и|по|-|إلى|و)\s*|\s*و\s*(?:إلى\s*)?)"
_OF = r"(?:\s+de|\s+of)?\s+"

_HAN_DATE = re.compile(r"^((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\**$")
_DATE = re.compile(rf"^({_DAY}){_OF}({_MONTH})(?:\s+de|,)?\s+((?:19|20)\d\d)(?:\s*(?:года|г\.))?\**$", re.IGNORECASE)
_HAN_RANGE = re.compile(
    r"(?:((?:19|20)\d\d)\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日?\s*(?:至|和|及|、|到|—|－|–|-)\s*"
    r"(?:((?:19|20)\d\d)\s*年\s*)?(?:(\d{1,2})\s*月\s*)?(\d{1,2})\s*日"
)
_RANGE = re.compile(
    rf"(?:du\s+|del\s+|с\s+|من\s+|from\s+)?({_DAY})(?:{_OF}({_MONTH})(?:(?:\s+de|,)?\s+((?:19|20)\d\d))?)?{_JOIN}(?:del\s+|le\s+)?"
    rf"({_DAY}){_OF}({_MONTH})(?:(?:\s+de|,)?\s+((?:19|20)\d\d))?(?:\s*года)?",
    re.IGNORECASE,
)
_ONE_HAN = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ONE = re.compile(rf"(?:le\s+|el\s+)?({_DAY}){_OF}({_MONTH})(?:\s+de|,)?\s+((?:19|20)\d\d)(?:\s*года)?", re.IGNORECASE)
LAST_MONTH, LAST_DAY = 12, 31


class DateRange(NamedTuple):
    """First and last day (ISO; year 0000 where none is printed) and the text around them."""

    first: str
    last: str
    rest: str


def iso(year: str | int, month: int, day: str) -> str:
    """An ISO date, "" where month or day cannot be."""
    number = int(re.sub(r"\D", "", day))
    return f"{int(year):04d}-{month:02d}-{number:02d}" if 1 <= month <= LAST_MONTH and 1 <= number <= LAST_DAY else ""


def full_date(line: str) -> str:
    """The date that a line of its own gives ("23 March 2020"), "" otherwise."""
    text = line.strip().translate(DIGITS)
    if not text[:1].isdigit():
        return ""
    found = _HAN_DATE.match(text)
    if found:
        return iso(found.group(1), int(found.group(2)), found.group(3))
    found = _DATE.match(text)
    return iso(found.group(3), MONTHS[found.group(2).casefold()], found.group(1)) if found else ""


def date_range(text: str) -> DateRange | None:
    """The days of a meeting that a text gives (a single day counts as first and last); None without any."""
    text = text.translate(DIGITS)
    if not re.search(r"\d", text):
        return None
    found = _HAN_RANGE.search(text)
    if found:
        year, month, day, year2, month2, day2 = found.groups()
        days = iso(year or 0, int(month), day), iso(year2 or year or 0, int(month2 or month), day2)
        return around(text, found, days)
    found = _RANGE.search(text)
    if found:
        day, word, year, day2, word2, year2 = found.groups()
        month2 = MONTHS[word2.casefold()]
        month = MONTHS[word.casefold()] if word else month2
        return around(text, found, (iso(year or year2 or 0, month, day), iso(year2 or 0, month2, day2)))
    return one_day(text)


def date_span(text: str, start: int, *, ranged: bool = False) -> tuple[int, int] | None:
    """Where the first full date from a place on stands, or the first range of days; None without one."""
    patterns = (_RANGE, _HAN_RANGE) if ranged else (_ONE, _ONE_HAN)
    found = sorted(match.span() for match in (each.search(text, start) for each in patterns) if match)
    return found[0] if found else None


def one_day(text: str) -> DateRange | None:
    """A meeting of one day."""
    found = _ONE_HAN.search(text)
    if found:
        day = iso(found.group(1), int(found.group(2)), found.group(3))
        return around(text, found, (day, day))
    found = _ONE.search(text)
    if found:
        day = iso(found.group(3), MONTHS[found.group(2).casefold()], found.group(1))
        return around(text, found, (day, day))
    return None


def around(text: str, found: re.Match[str], days: tuple[str, str]) -> DateRange | None:
    """The range with the rest of the text, None where a date cannot be."""
    return DateRange(*days, (text[: found.start()] + " " + text[found.end() :]).strip()) if all(days) else None
