"""Dates in languages that write the month as a word: 16 to 20 December 2019, 9 y 10 de junio de 2020, 9 и 10 июня."""

import re
from collections.abc import Iterator
from functools import lru_cache

from merida.rules.citations.by_language import ByLanguage
from merida.rules.citations.calendar_days import YEARS, Calendar, Day, span_key
from merida.rules.citations.dates_han import Stretch
from merida.rules.citations.spans import beginning_with, windows

# The two names of each month; documents print both, in either order.
_ARABIC_MONTHS = (
    ("كانون_الثاني", "يناير"),
    ("شباط", "فبراير"),
    ("آذار", "مارس"),
    ("نيسان", "أبريل"),
    ("أيار", "مايو"),
    ("حزيران", "يونيه يونيو"),
    ("تموز", "يوليه يوليو"),
    ("آب", "أغسطس"),
    ("أيلول", "سبتمبر"),
    ("تشرين_الأول", "أكتوبر"),
    ("تشرين_الثاني", "نوفمبر"),
    ("كانون_الأول", "ديسمبر"),
)
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "ru": "январ[ьяе] феврал[ьяе] март[ае]? апрел[ьяе] ма[йяе] июн[ьяе] июл[ьяе] август[ае]? сентябр[ьяе] октябр[ьяе] "
    "ноябр[ьяе] декабр[ьяе]",
    "ar": " ".join(
        "|".join((*(f"{levant}/{other}|{other}/{levant}" for other in others.split()), levant, *others.split()))
        for levant, others in _ARABIC_MONTHS
    ),
}
_TO = {"en": "to|through|until", "fr": "au|à", "es": "al|a|hasta", "ru": "по|до", "ar": "إلى|حتى"}
_AND = {"en": "and", "fr": "et", "es": "y|e", "ru": "и", "ar": "و"}
_ARTICLE = {"fr": "le ", "es": "el "}
_OF = {"en": "of ", "fr": "de ", "es": "de |del ", "ru": "", "ar": "من |عام |سنة "}
_BEFORE_YEAR = {
    "en": "[Ii]n|[Ss]ince|[Uu]ntil|of|[Dd]uring|[Bb]y|[Ff]rom|[Bb]efore|[Aa]fter|end|early|late|mid",
    "fr": "en|depuis|de|dès|fin|avant|année",
    "es": "en|desde|de|hasta|año",
    "ru": "в|с|до|по|за|к",
    "ar": "عام|سنة|العام|وعام",
}
_BEFORE_MONTH = {
    "en": "[Ii]n|[Ss]ince|until|of|during|[Bb]y|[Ff]rom|to|and",
    "fr": "en|depuis",
    "es": "en|desde",
    "ru": "в|с",
    "ar": "في",
}
_SAME = {
    "en": "[Tt]he same month|[Tt]hat month|[Tt]he following month",
    "fr": "le même mois|le mois suivant",
    "es": "el mismo mes|ese mismo mes|el mes siguiente",
    "ru": "том же месяце|следующем месяце",
    "ar": "الشهر نفسه|نفس الشهر|الشهر التالي",
}
_ANY_MONTH = {"en": "month", "fr": "mois", "es": "mes", "ru": "месяц", "ar": "شهر"}
_FOLLOWING = ("following", "suivant", "siguiente", "следующ", "التالي")
_YEAR = r"(?:19|20)\d{2}"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|-го)?"


def _month_pattern(language: str) -> str:
    months = _MONTHS[language].replace("|", " ").split()
    return "(?:" + "|".join(sorted((m.replace("_", r"\s") for m in months), key=len, reverse=True)) + ")"


def _first_signs(language: str) -> str:
    """What a date or the word before it begins with; elsewhere none of the many forms need be tried."""
    words = "|".join((_MONTHS[language].replace(" ", "|"), _BEFORE_MONTH[language], _BEFORE_YEAR[language]))
    words += "|" + _SAME[language]
    signs = {sign for word in words.split("|") for sign in (word[1:3] if word.startswith("[") else word[0])}
    both = signs if language == "en" else {case for sign in signs for case in (sign.lower(), sign.upper())}
    return rf"(?=[\d{''.join(sorted(both))}{'وفبل' if language == 'ar' else ''}])"


def _pattern(language: str) -> re.Pattern[str]:
    """All forms of one language: day ranges, single days, month ranges, months, years, "the same month"."""
    month, of, article = _month_pattern(language), f"(?:{_OF[language]})?", _ARTICLE.get(language, "")
    to = rf"(?:\s{{0,6}}[-–—]\s{{0,6}}|\s{{1,6}}(?:{_TO[language]})\s{{1,6}})"
    both = rf"(?:(?P<to>{to})|\s{{0,6}},?\s{{0,6}}(?:{_AND[language]})\s{{0,6}})"
    year = {
        name: rf"(?:,?\s{{1,6}}{of}(?P<{name}>{_YEAR})(?!\d))" for name in ("y", "y1", "y2", "ya", "yb", "ym", "yl")
    }
    tail, in_month = r"(?!\w)", rf"(?:{_BEFORE_MONTH[language]})\s{{1,2}}"  # "en avril et en mai 2022"
    return re.compile(
        rf"{_first_signs(language)}(?:(?<!\w)(?:(?<![/.])(?P<d1>{_DAY})(?:\s{{1,6}}{of}(?P<m1>{month}){year['y1']}?)?{both}(?:{article})?(?P<d2>{_DAY})\s{{1,6}}{of}(?P<m2>{month}){tail}{year['y2']}?"
        rf"|(?<![/.])(?P<d>{_DAY})\s{{1,6}}{of}(?P<m>{month}){tail}{year['y']}?"
        rf"|(?P<mus>{month})\s{{1,6}}(?P<dus>\d{{1,2}})(?:(?:\s?[-–]\s?|\s{{1,6}}(?:to|and)\s{{1,6}})(?P<dus2>\d{{1,2}}))?,\s{{1,6}}(?P<yus>{_YEAR})\b"
        rf"|(?P<ma>{month}){year['ya']}?{to}(?P<mb>{month}){year['yb']}"
        rf"|{'[وفبل]?' if language == 'ar' else ''}(?P<mm>{month}){year['ym']}"
        rf"|(?:(?:{_BEFORE_MONTH[language]})\s{{1,6}})?(?P<ml>{month})(?=(?:\s?[,،]\s{month}){{0,4}}\s?,?\s?(?:{_AND[language]})\s{{0,2}}(?:{in_month})?{month}{year['yl']})"
        rf"|(?:{_BEFORE_MONTH[language]})\s{{1,6}}(?P<mo>{month})(?![\w/])(?!,?\s{{1,6}}{of}{_YEAR}|{to}{month})"
        rf"|(?<![/.-])(?P<ra>{_YEAR})\s?[-–]\s?(?P<rb>{_YEAR})(?![\w/-])"
        rf"|(?:{_BEFORE_YEAR[language]})\s{{1,6}}(?P<yo>{_YEAR})(?![\w/-]|\.\d))"
        rf"|(?P<same>{_SAME[language]}){tail})",
        0 if language == "en" else re.IGNORECASE,  # "may" and "march" are verbs
    )


_PATTERNS = ByLanguage(_MONTHS, _pattern)
_BEFORE, _AFTER = 48, 20  # a date ends with its month or year, or a day behind it
_WRONG_YEAR = re.compile(r",?\s{1,6}(?:de\s)?[0-9]{5}")
_JOINED = re.compile(
    r"\s{0,2}[,،]?\s{0,2}(?:(?:and|et|y|e|и|و)\s{0,2})?(?:(?:from|on|du|le|del|el|с|من|يومي|في)\s{0,2})?", re.IGNORECASE
)
# A year told from the day of writing; the date read before says nothing about it.
_TOLD_YEAR = re.compile(
    r",?\s{1,6}(?:(?:of )?(?:this|last|next|the (?:current|following)) year\b"
    r"|de (?:cette|la même) année\b|de l[’']année"
    r"|de este año\b"
    r"|del (?:presente|próximo|pasado|corriente|año en curso)"
    r"|(?:текущего|этого|нынешнего|следующего|прошлого) года|с\. ?г\."
    r"|(?:من )?(?:هذا العام|العام (?:الجاري|الحالي|المقبل|القادم|الماضي)|السنة الجارية|الجاري|المقبل|القادم|الماضي))"
)


def _trigger(language: str) -> re.Pattern[str]:
    """A month, a year or "the same month": without one of them there is no date."""
    stems = {re.sub(r"\[.*|_.*|/.*", "", month) for month in _MONTHS[language].replace("|", " ").split()}
    words = stems | {stem.capitalize() for stem in stems} | {_ANY_MONTH[language]}  # "the same month" by its noun
    return beginning_with(words, [("1", r"(?<![/\d].)9\d{2}"), ("2", r"(?<![/\d].)0\d{2}")])


def _names_of_months(language: str) -> list[re.Pattern[str]]:
    return [re.compile(month.replace("_", r"\s"), re.IGNORECASE) for month in _MONTHS[language].split()]


_TRIGGERS = ByLanguage(_MONTHS, _trigger)
_NUMBERS = ByLanguage(_MONTHS, _names_of_months)
_FORMS = (("d", "m", "y"), ("dus", "mus", "yus"), ("", "mm", "ym"), ("", "ml", "yl"), ("", "mo", ""), ("", "", "yo"))


@lru_cache(maxsize=512)
def _month(text: str | None, language: str) -> int:
    for index, pattern in enumerate(_NUMBERS[language], start=1):
        if text and pattern.fullmatch(text):
            return index
    return 0


def _number(text: str | None) -> int:
    digits = re.match(r"\d+", text or "")
    return int(digits.group()) if digits else 0


def _same_or_following(said: str, before: Day) -> Day:
    if before.month and any(word in said for word in _FOLLOWING):
        return Day(before.year + before.month // 12, before.month % 12 + 1)
    return Day(before.year, before.month)


def _days(match: re.Match[str], language: str, before: Day) -> tuple[Day, Day | None]:
    """The first and, in a range or pair, the second date; a missing year comes from the date before."""
    if match["same"]:
        return _same_or_following(match["same"], before), None
    if match["d2"]:
        month, year = _month(match["m2"], language), _number(match["y2"]) or before.year
        first = Day(_number(match["y1"]) or year, _month(match["m1"], language) or month, _number(match["d1"]))
        return first, Day(year, month, _number(match["d2"]))
    if match["mb"]:
        year = _number(match["yb"])
        return Day(_number(match["ya"]) or year, _month(match["ma"], language)), Day(
            year, _month(match["mb"], language)
        )
    if match["rb"]:
        return Day(_number(match["ra"])), Day(_number(match["rb"]))
    last = _number(match["dus2"])
    for day, month_group, year_group in _FORMS:
        if (month_group and match[month_group]) or (year_group and match[year_group]):
            month = _month(match[month_group], language) if month_group else 0
            year = (_number(match[year_group]) if year_group else 0) or before.year
            return Day(year, month, _number(match[day]) if day else 0), Day(year, month, last) if last else None
    return before, None


def _start(match: re.Match[str]) -> int:
    """Where the date itself begins, the preposition that proved it left out."""
    for group in ("mo", "ml", "yo", "mm"):
        if match[group]:
            return match.start(group)
    return match.start()


def _stretches(match: re.Match[str], language: str, first: Day, second: Day | None) -> Iterator[Stretch]:
    start, end, rule = _start(match), match.end(), f"date.{language}"
    if second is None:
        if first.key and first.year in YEARS and not (match["same"] and not first.month):
            yield Stretch(first.key, start, end, f"{rule}.same_month" if match["same"] else rule)
        return
    ranged = match["to"] or match["mb"] or match["rb"] or match["dus2"] or first.is_eve_of(second)
    key = span_key(first, second) if ranged else ""
    if key:
        yield Stretch(key, start, end, f"{rule}.range")
    elif match["d2"] and not match["to"]:
        middle = match.end("m1") if match["m1"] else match.end("d1")
        if first.key:
            yield Stretch(first.key, start, middle, rule)
        if second.key:
            yield Stretch(second.key, match.start("d2"), end, rule)


def _coming_years(text: str, matches: list[re.Match[str]]) -> dict[int, int]:
    """The years of days without one that the next day has: from 2 to 4 March and from 8 to 9 May 2017."""
    years: dict[int, int] = {}
    for match, following in zip(reversed(matches[:-1]), reversed(matches[1:]), strict=True):
        day = match["d2"] or match["d"]
        if not day or match["y2"] or match["y"] or not _JOINED.fullmatch(text, match.end(), following.start()):
            continue
        year = _number(following["y2"] or following["y"]) or years.get(following.start(), 0)
        if year:
            years[match.start()] = year
    return years


def word_dates(text: str, calendar: Calendar, language: str) -> Iterator[Stretch]:
    """Dates of a text in ar, en, es, fr or ru; the calendar keeps the last one for the text that follows."""
    spans = windows(text, _TRIGGERS[language], before=_BEFORE, after=_AFTER)
    matches = [match for span in spans for match in _PATTERNS[language].finditer(text, *span)]
    coming = _coming_years(text, matches)
    for match in matches:
        if _WRONG_YEAR.match(text, match.end()) or _TOLD_YEAR.match(text, match.end()):
            continue
        year = coming.get(match.start(), 0)
        first, second = _days(match, language, Day(year) if year else calendar.last)
        for stretch in _stretches(match, language, first, second):
            calendar.note(second or first)
            yield stretch
