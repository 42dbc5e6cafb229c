"""The words and patterns of extraction, read from ``data/extraction`` once: grammar, types, named days, cities."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from sys import maxsize

from merida.rules.extraction.arabic import plain_arabic
from merida.rules.extraction.triggers import Triggers

LANGUAGES = ("zh", "en", "fr", "es", "ru", "ar")
NEVER = r"\ufdd0(?!)"  # begins with a sign that no text holds, so that it is seldom tried, and quickly
PARTS = ("DEED", "EVENT", "HELP")
_DAY, _CITY = "a named day", "a city"
#: Rows that are looked for in every passage or sentence and seldom stand there: their words are listened for first.
_SELDOM = (
    "asks",
    "might",
    "asked_passive",
    "condition",
    "mandate_body",
    "same_day",
    "same_event",
    "purpose",
    "respectively",
    "event_gap",
    "programme",
    "agenda",
    "days_backwards",
    "whole_range",
    "observers_list",
    "measure",
    "outlook",
    "mandated",
    "decided",
    "report_covers",
    "asked_described",
    "and_that",
    "elected_by_name",
    "the_chair",
    "reporting_period",
    "time_words",
    "week_before",
    "more_than",
    "nearly",
    "at_least",
    "about",
    "summed",
    "supporter_before",
    "person_before",
)
#: Chinese patterns leap to their first signs: only in passages with dates, which ask for all types, listening pays.
_SELDOM_WHERE_DATED = ("same_day", "same_event", "event_gap", "programme", "respectively")


class WordListError(ValueError):
    """A row that cannot be read; the text names file, line and field."""


@dataclass(frozen=True, slots=True)
class TypeRule:
    """A way in which a type of activity is said. ``part`` is DEED, EVENT or HELP, in this order of weight."""

    code: str
    part: str
    rank: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that texts call by its name."""

    code: str
    month: int
    day: int
    pattern: re.Pattern[str]


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of ``data/extraction``."""
    text = (files("merida.data") / "extraction" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def compiled(pattern: str, place: str, language: str) -> re.Pattern[str]:
    """A pattern of a file; "" matches nothing. Raises WordListError."""
    try:
        return re.compile(pattern or NEVER, 0 if language == "zh" else re.IGNORECASE)
    except re.error as error:
        raise WordListError(f"{place}: {language}: {error}") from error


class Grammar:
    """The patterns of one language by name; ``before(name, …)`` asks whether one ends where a text stops."""

    __slots__ = (
        *("_ending", "_listened", "_literals", "_patterns", "_triggers", "_type_triggers", "_types", "_unknown"),
        *("language", "numbers"),
    )

    def __init__(self, language: str) -> None:
        self.language = language
        self.numbers = {row["word"]: row["value"] for row in rows_of("numbers.csv") if row["language"] == language}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._ending: dict[str, re.Pattern[str]] = {}
        self._literals: dict[str, tuple[str, ...]] = {}
        for line, row in enumerate(rows_of("grammar.csv"), start=2):
            name, place = row["code"], f"grammar.csv:{line}"
            self._literals[name] = tuple(filter(None, row[language].split("|")))
            self._patterns[name] = compiled(row[language], place, language)
            self._ending[name] = compiled(f"(?:{row[language] or NEVER})$", place, language)
        rows = _SELDOM_WHERE_DATED if language == "zh" else _SELDOM
        seldom = {name: self._patterns[name].pattern for name in rows}
        days_and_cities = {_DAY: any_named_day(language).pattern, _CITY: any_city(language).pattern}
        self._types = {str(number): rule for number, rule in enumerate(type_rules(language))}
        types = {number: rule.pattern.pattern for number, rule in self._types.items()}
        self._triggers = Triggers(seldom | days_and_cities)
        self._type_triggers = Triggers(types)  # asked only where a passage tells of a time
        self._listened = frozenset(rows)
        self._unknown = frozenset(name for name, words in self._literals.items() if not words)

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self._patterns[name]

    def search(self, name: str, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match of a row that seldom stands in a text."""
        if name in self._unknown or not self._triggers.may(name, text, start, end):
            return None
        return self._patterns[name].search(text, start, end)

    def every(self, name: str, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """All matches of a row that seldom stands in a text."""
        if name in self._unknown or not self._triggers.may(name, text, start, end):
            return iter(())
        return self._patterns[name].finditer(text, start, end)

    def says(self, name: str, text: str) -> bool:
        """Whether a text holds one of the words of a row that is a list of plain words: the quickest way to refuse."""
        for word in self._literals[name]:  # noqa: SIM110 - asked of every passage, and a loop takes half the time
            if word in text:
                return True
        return False

    def may(self, name: str, text: str) -> bool:
        """Whether a row can match in a text, by its words where they are listened for; False is certain."""
        if name in self._listened:
            return self._triggers.may(name, text)
        return self._patterns[name].search(text) is not None

    def types(self, text: str, start: int, end: int) -> list[TypeRule]:
        """The rules of types whose words stand in a stretch of a text, the weightiest first."""
        return [self._types[number] for number in self._type_triggers.names(text, start, end)]

    def may_name_day(self, text: str, start: int = 0, end: int = maxsize) -> bool:
        """Whether a stretch of a text can hold the name of a day; False is certain."""
        return self._triggers.may(_DAY, text, start, end)

    def may_name_city(self, text: str, start: int = 0, end: int = maxsize) -> bool:
        """Whether a stretch of a text can hold the name of a city; False is certain."""
        return self._triggers.may(_CITY, text, start, end)

    def before(self, name: str, text: str, end: int, *, start: int = 0, reach: int = 24) -> bool:
        """Whether the pattern ends at ``end``, looking back no further than ``reach`` characters or ``start``."""
        if name in self._unknown or not self._triggers.may(name, text, start, end):
            return False
        return self._ending[name].search(text[max(start, end - reach) : end]) is not None


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language; a language without one reads as English."""
    return Grammar(language if language in LANGUAGES else "en")


@cache
def type_rules(language: str) -> tuple[TypeRule, ...]:
    """The ways to say what kind of activity it was, the weightiest first. Raises WordListError."""
    rules = []
    for line, row in enumerate(rows_of("activity_types.csv"), start=2):
        place = f"activity_types.csv:{line}"
        if row["part"] not in PARTS or not row["rank"].isdecimal():
            raise WordListError(f"{place}: part is one of {', '.join(PARTS)}, rank a number")
        if row[language]:
            words = row[language].lower()  # searched for in lower-case text, which is faster than ignoring case
            rules.append(TypeRule(row["code"], row["part"], int(row["rank"]), compiled(words, place, "zh")))
    return tuple(sorted(rules, key=lambda rule: (PARTS.index(rule.part), rule.rank)))


@cache
def named_days(language: str) -> tuple[NamedDay, ...]:
    """Days with names."""
    return tuple(
        NamedDay(row["code"], int(row["month"]), int(row["day"]), compiled(row[language], "named_days.csv", language))
        for row in rows_of("named_days.csv")
        if row[language]
    )


@cache
def any_named_day(language: str) -> re.Pattern[str]:
    """One pattern for all of them: most passages name none."""
    return re.compile("|".join(f"(?:{day.pattern.pattern})" for day in named_days(language)) or NEVER, re.IGNORECASE)


@cache
def cities(language: str) -> dict[str, tuple[str, str]]:
    """Cities where meetings are held: name in a language → English name and the State it lies in."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows_of("cities.csv"):
        for name in row[language].split(";"):
            if name:
                found[plain_arabic(name) if language == "ar" else name] = (row["en"].split(";")[0], row["state"])
    return found


@cache
def any_city(language: str) -> re.Pattern[str]:
    """One pattern for all cities, the longest name first."""
    names = sorted(cities(language), key=len, reverse=True)
    inside = "|".join(map(re.escape, names)) or NEVER
    if language == "zh":
        return re.compile(inside)
    begins = r"(?:\b|(?<=\bب)|(?<=\bوب))" if language == "ar" else r"\b"  # "in" is a letter before the name in Arabic
    return re.compile(rf"{begins}(?:{inside})(?!\w)")
