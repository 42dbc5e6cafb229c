"""Themes of a passage, from a scheme of themes (SKOS) in six languages: which, where it is said, and by which rule.

The scheme is ``data/themes.csv``: a theme has at most one broader theme, stands beside concepts of the thesaurus and
provisions, and has one preferred label in each language. The words by which texts speak of it are
``data/extraction/theme_terms.csv``; a word may carry an ending, and of a term of several words each may.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import ahocorasick

from merida.rules.citations.mention import Mention
from merida.rules.extraction.word_lists import WordListError, rows_of

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
CONFIDENCES = ("SOURCED", "RECALLED", "UNVERIFIED")
TERM, PROVISION, HEADING = "theme.term", "theme.provision", "theme.heading"
_LISTS = ("exact_match", "close_match", "provisions")
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_CITED = frozenset({"PROVISION", "CHAPTER"})
_ENDING = {"en": r"\w{0,4}", "fr": r"\w{0,3}", "es": r"\w{0,3}", "ru": r"\w{0,5}", "ar": r"\w{0,3}"}
_RUSSIAN_ENDING = re.compile(r"(?:ость|ые|ие|ое|ая|яя|ий|ый|ой|ия|[аяоеёыийью])\Z")
_ARABIC_PREFIXES = "وفبلك"
_SHORT = 3  # letters; a word so short carries no ending, nor may it be the stem of another


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme. ``exact_match`` and ``close_match`` are concepts of the thesaurus, ``provisions`` keys of mentions."""

    code: str
    broader: str
    exact_match: tuple[str, ...]
    close_match: tuple[str, ...]
    provisions: tuple[str, ...]
    labels: Mapping[str, str]
    source: str
    confidence: str


class ThemeFound(NamedTuple):
    """A theme of a passage. ``start`` and ``end`` are offsets into its text, both 0 where a heading says it."""

    code: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Term:
    """A way to speak of a theme; ``rest`` matches from the term's beginning, ``blocked`` where it is another thing."""

    theme: str
    rest: re.Pattern[str] | None
    blocked: tuple[str, ...]


@cache
def themes() -> Mapping[str, Theme]:
    """The scheme that comes with merida, in its order. Raises WordListError."""
    text = (files("merida.data") / "themes.csv").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> dict[str, Theme]:
    """A scheme from CSV. Raises WordListError with line and field; a broader theme must stand in an earlier line."""
    found: dict[str, Theme] = {}
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        theme = _theme(row, f"themes.csv:{line}")
        if theme.code in found or (theme.broader and theme.broader not in found):
            raise WordListError(f"themes.csv:{line}: {theme.code} stands twice, or {theme.broader!r} not before it")
        found[theme.code] = theme
    return found


def _theme(row: Mapping[str, str], place: str) -> Theme:
    try:
        labels = {language: row[f"label_{language}"].strip() for language in LANGUAGES}
        exact, close, provisions = (tuple(filter(None, row[name].split(";"))) for name in _LISTS)
        code, broader, source, confidence = (row[name] for name in ("code", "broader", "source", "confidence"))
    except (KeyError, AttributeError) as error:
        raise WordListError(f"{place}: {error}: is missing") from error
    if not _CODE.fullmatch(code) or not all(labels.values()) or not source or confidence not in CONFIDENCES:
        raise WordListError(f"{place}: {code!r}: code, six labels, source and confidence are needed")
    return Theme(code, broader, exact, close, provisions, labels, source, confidence)


@cache
def broader_of(code: str) -> tuple[str, ...]:
    """The themes above one, the nearest first."""
    above: list[str] = []
    scheme = themes()
    while scheme[code].broader:
        code = scheme[code].broader
        above.append(code)
    return tuple(above)


def themes_of(
    text: str, mentions: Iterable[Mention] = (), headings: Sequence[str] = (), *, language: str
) -> tuple[ThemeFound, ...]:
    """The themes of a passage, each once: by its own words first, then by provisions it cites, then by its headings.

    Broader themes of those found are not repeated. An unknown language is read as English.
    """
    language = language if language in LANGUAGES else "en"
    found = {each.code: each for each in reversed(list(_by_terms(text, language)))}
    for mention in mentions:
        if mention.kind in _CITED:
            for code in _by_provision(mention.key):
                found.setdefault(code, ThemeFound(code, PROVISION, mention.start, mention.end))
    for heading in headings:
        for code in _of_heading(heading, language):
            found.setdefault(code, ThemeFound(code, HEADING, 0, 0))
    return tuple(found[code] for code in _narrowest(frozenset(found)))


def codes_of(
    text: str, mentions: Iterable[Mention], headings: Sequence[str] = (), *, span: tuple[int, int], language: str
) -> tuple[str, ...]:
    """The codes that :func:`themes_of` finds in a stretch of a text, to which the mentions belong; quicker for many."""
    language = language if language in LANGUAGES else "en"
    folded, heard = _heard(text, language)
    low, high = span
    codes = {
        term.theme
        for start, end, term in heard
        if start >= low and end <= high and _stands(folded, (start, end), term, language, span)
    }
    for mention in mentions:
        if mention.kind in _CITED:
            codes.update(_by_provision(mention.key))
    for heading in headings:
        codes.update(_of_heading(heading, language))
    return _narrowest(frozenset(codes)) if codes else ()


@lru_cache(maxsize=1024)
def _narrowest(codes: frozenset[str]) -> tuple[str, ...]:
    """Codes in the order of the scheme, without those that are broader than another."""
    above = {code for each in codes for code in broader_of(each)}
    return tuple(sorted(codes - above, key=_positions().__getitem__))


@cache
def _positions() -> Mapping[str, int]:
    return {code: position for position, code in enumerate(themes())}


@lru_cache(maxsize=1024)
def _of_heading(heading: str, language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.code for each in _by_terms(heading, language)))


@lru_cache(maxsize=1024)
def _by_provision(key: str) -> tuple[str, ...]:
    """The themes of a provision, of one it is part of where it has none of its own."""
    while key:
        found = tuple(theme.code for theme in themes().values() if key in theme.provisions)
        if found or "(" not in key:
            return found
        key = key[: key.rindex("(")]
    return ()


def _by_terms(text: str, language: str) -> Iterator[ThemeFound]:
    folded, heard = _heard(text, language)
    for start, end, term in heard:
        last = _stands(folded, (start, end), term, language, (0, len(folded)))
        if last:
            yield ThemeFound(term.theme, TERM, start, last)


@lru_cache(maxsize=8)
def _heard(text: str, language: str) -> tuple[str, list[tuple[int, int, _Term]]]:
    """A text in small letters, and where it says the beginnings of terms."""
    folded = text.lower().replace("’", "'")
    if len(folded) != len(text):
        folded = text  # a letter whose small form is two: offsets must hold
    return folded, [
        (end + 1 - length, end + 1, term) for end, terms in _automaton(language).iter(folded) for length, term in terms
    ]


def _stands(text: str, span: tuple[int, int], term: _Term, language: str, whole: tuple[int, int]) -> int:
    """Where the term that begins at ``span`` ends; 0 where it does not stand there as words of its own.

    Nothing outside ``whole`` counts.
    """
    start, end = span
    if term.blocked and any(_inside(text, span, word, whole) for word in term.blocked):
        return 0
    if term.rest is None:
        return end
    if start > whole[0]:
        before = text[start - 1]
        if before.isalnum() and not (language == "ar" and before in _ARABIC_PREFIXES):
            return 0
    match = term.rest.match(text, start, whole[1])
    return match.end() if match else 0


def _inside(text: str, span: tuple[int, int], word: str, whole: tuple[int, int]) -> bool:
    """Whether a stretch lies in a longer word that means another thing."""
    at = text.find(word, max(whole[0], span[1] - len(word)), min(whole[1], span[0] + len(word)))
    return 0 <= at <= span[0]


@cache
def _automaton(language: str) -> Any:
    """All terms of a language by their first word, or whole in Chinese."""
    keys: dict[str, list[tuple[int, _Term]]] = {}
    for line, row in enumerate(rows_of("theme_terms.csv"), start=2):
        if row["theme"] not in themes():
            raise WordListError(f"theme_terms.csv:{line}: theme: unknown theme {row['theme']!r}")
        blocked = tuple(filter(None, row["blocked_zh"].split(";"))) if language == "zh" else ()
        for term in filter(None, row[language].split(";")):
            words = (
                [term]
                if language == "zh"
                else [_stem(word, language) for word in term.lower().replace("’", "'").split()]
            )
            rest = None if language == "zh" else _pattern(words, language)
            keys.setdefault(words[0], []).append((len(words[0]), _Term(row["theme"], rest, blocked)))
    automaton = ahocorasick.Automaton()
    for key, terms in keys.items():
        automaton.add_word(key, tuple(terms))
    automaton.make_automaton()
    return automaton


def _stem(word: str, language: str) -> str:
    return _RUSSIAN_ENDING.sub("", word) if language == "ru" and len(word) > _SHORT + 1 else word


def _pattern(words: Sequence[str], language: str) -> re.Pattern[str]:
    parts = [re.escape(word) + (_ENDING[language] if len(word) > _SHORT else "") for word in words]
    return re.compile(r"[\s-]{1,3}".join(parts) + r"\b")
