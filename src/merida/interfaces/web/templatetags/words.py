"""Dates, numbers and languages in the reader's words: ``{% load words %}``.

Digits: the six languages all use 0-9 here. Arabic documents of the organisations that this site shows print them
so, and symbols, dates in tables and files stay comparable (docs/decisions/0004).
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, get_datetime_format
from babel.numbers import format_decimal
from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.timezone import localtime

from merida.interfaces.web import languages
from merida.interfaces.web.pieces import MENTION_CLASSES
from merida.knowledge.documents import citing

register = template.Library()

# Arabic with the digits 0-9; the month names of the documents (كانون الثاني/يناير) are not CLDR's: see MONTHS_AR.
BABEL_LOCALES = {"ar": "ar", "zh": "zh_Hans", "en": "en_GB", "fr": "fr", "ru": "ru", "es": "es"}
# Where CLDR's long form is not how documents write a date: Russian has the word for year in full.
DATE_PATTERNS = {"ru": "d MMMM y 'года'"}
# What a date adds for its year; said once where two dates are of the same.
YEARS = {"ru": " {} года", "es": " de {}", "zh": "{}年"}
# Arabic documents write the sign out; French, Russian and Spanish ones set it off by a space that does not break.
PERCENT = {"ar": "{} في المائة", "fr": "{}\u00a0%", "ru": "{}\u00a0%", "es": "{}\u00a0%"}
FIRST_OF_MONTH_FR = "'1er' MMMM y"
# UN Arabic names months twice, in the Levantine and in the Western way.
MONTHS_AR = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)


# Of each kind of words, as many as pages ask for again and again are kept: making one takes as long as fifty look-ups.
KEPT = 4096


@lru_cache
def _locale_of(language: str) -> Locale:
    return Locale.parse(BABEL_LOCALES[language])


@register.filter
def long_date(value: date | None) -> str:
    """Return "3 August 2004" in the reader's language, ``""`` for an unknown date."""
    return long_date_in(value, languages.content_language())


def long_date_in(value: date | None, language: str) -> str:
    """Return a date as ``long_date`` does, in a language that the caller has asked for once."""
    return "" if value is None else _long_date(value.year, value.month, value.day, language)


@lru_cache(KEPT)
def _long_date(year: int, month: int, day: int, language: str) -> str:
    if language == "ar":
        return f"{day} {MONTHS_AR[month - 1]} {year}"
    pattern = FIRST_OF_MONTH_FR if language == "fr" and day == 1 else DATE_PATTERNS.get(language, "long")
    return format_date(date(year, month, day), pattern, locale=_locale_of(language))


def long_dates(first: date | None, last: date | None) -> str:
    """Return "7–9 June 2027" in the reader's language, a day alone where it is one; month and year stand once."""
    if first is None or last is None or first == last:
        return long_date(first or last)
    language = languages.content_language()
    begin, end = long_date(first), long_date(last)
    year = YEARS.get(language, " {}").format(first.year)
    if language == "zh":
        month = f"{year}{first.month}月"
        shared = month if end.startswith(month) and begin.startswith(month) else year if end.startswith(year) else ""
        return f"{begin}至{end.removeprefix(shared)}"
    if first.year != last.year:
        return f"{begin} – {end}"
    if first.month == last.month:
        return f"{begin.split(' ', 1)[0]}–{end}"
    return f"{begin.removesuffix(year)} – {end}"


@register.filter
def month_year(value: date | None) -> str:
    """Return "August 2004" in the reader's language, ``""`` for an unknown date."""
    if value is None:
        return ""
    language = languages.content_language()
    if language == "ar":
        return f"{MONTHS_AR[value.month - 1]} {value.year}"
    if language == "ru":
        return format_date(value, "LLLL y 'года'", locale=_locale_of(language))
    return format_skeleton("yMMMM", value, locale=_locale_of(language))


@register.filter
def iso_date(value: date | None) -> str:
    """Return "2004-08-03" for tables, ``""`` for an unknown date."""
    return "" if value is None else f"{value.year:04}-{value.month:02}-{value.day:02}"


@register.filter
def moment(value: datetime | None) -> str:
    """Return date, time and zone in the reader's language, ``""`` for an unknown moment."""
    if value is None:
        return ""
    there = localtime(value)
    day, time = long_date(there.date()), format_datetime(there, "HH:mm z", tzinfo=there.tzinfo, locale="en")
    return _day_and_time(languages.content_language()).replace("{1}", day).replace("{0}", time)


@lru_cache
def _day_and_time(language: str) -> str:
    """How a language sets a day {1} and a time {0} beside each other: its own comma, or none."""
    return str(get_datetime_format("medium", locale=_locale_of(language)))


@register.filter
def number(value: float | Decimal | None) -> str:
    """Return a number grouped as the reader's language does, ``""`` for an unknown one."""
    return "" if value is None else number_in(value, languages.content_language())


@lru_cache(KEPT)
def number_in(value: float | Decimal, language: str) -> str:
    """Return a number as a language groups it."""
    return format_decimal(value, locale=_locale_of(language), numbering_system="latn")


@register.filter
def percent(value: float | Decimal | None) -> str:
    """Return a share (0.5) as "50%" in the reader's language, ``""`` for an unknown one."""
    if value is None:
        return ""
    language = languages.content_language()
    shown = format_decimal(value * 100, "#,##0.#", locale=_locale_of(language), numbering_system="latn")
    return PERCENT.get(language, "{}%").format(shown)


@register.filter
def own_name(code: str) -> str:
    """Return the name of a language in itself."""
    return languages.own_name(code)


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the reader's language; the code where nobody knows it."""
    return _language_name(code, languages.content_language())


@lru_cache(KEPT)
def _language_name(code: str, language: str) -> str:
    if not code:
        return ""
    if code in citing.LANGUAGE_NAMES:
        return citing.language_name(code)
    try:
        named = Locale.parse("zh_Hans" if code == "zh" else code).get_language_name(_locale_of(language))
    except (UnknownLocaleError, ValueError):
        return code
    return named or code


@register.filter
def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr`` of a language; ``auto`` where there is none."""
    return languages.direction(code) if code else "auto"


@register.filter
def in_language(texts: dict[str, str]) -> str:
    """Return the reader's text of a value in six languages."""
    return languages.in_language(texts or {})


@register.filter
def mention_class(kind: str) -> str:
    """Return the class that underlines a kind of mention."""
    return MENTION_CLASSES.get(kind, "other")


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """Return the query of this address with some values changed, ``?`` in front; ``None`` drops one."""
    return query_string(context["request"], **changes)


def query_string(request: HttpRequest, **changes: object) -> str:
    """Return the query of ``request`` with some values changed, ``?`` in front; ``None`` drops one."""
    pairs = {key: request.GET.getlist(key) for key in request.GET if key not in changes}
    kept = {**pairs, **{key: [str(value)] for key, value in changes.items() if value is not None}}
    return "?" + urlencode(kept, doseq=True)


def query_of(choices: Mapping[str, str]) -> str:
    """Return choices as the query of an address, ``?`` in front; ``""`` for none."""
    return f"?{urlencode(choices)}" if choices else ""


def query_strings(request: HttpRequest, *names: str, without: tuple[str, ...] = ()) -> Callable[..., str]:
    """Return what makes ``query_string`` for hundreds of values of ``names``, the rest worked out once."""
    kept = urlencode(
        {key: request.GET.getlist(key) for key in request.GET if key not in {*names, *without}}, doseq=True
    )
    before = f"?{kept}&" if kept else "?"

    def query(*values: object) -> str:
        return before + "&".join(f"{name}={_quoted(str(value))}" for name, value in zip(names, values, strict=True))

    return query


@lru_cache(KEPT)
def _quoted(value: str) -> str:
    return quote_plus(value)
