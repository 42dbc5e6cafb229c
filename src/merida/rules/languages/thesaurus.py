"""Terms of the Convention that mean the same, within a language and across the six."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from merida.rules.languages.words import is_indexed, words

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
Key = tuple[str, ...]


class ThesaurusError(ValueError):
    """A row of the thesaurus that cannot be read; the text names the line and the field."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea: its forms by language, the usual one first, and where they come from."""

    code: str
    forms: Mapping[str, tuple[str, ...]]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Concepts by code, and by the key of each of their forms in each language."""

    concepts: Mapping[str, Concept]
    by_key: Mapping[tuple[str, Key], tuple[str, ...]]
    by_words: Mapping[tuple[str, Key], tuple[str, ...]]
    longest: int

    def codes(self, language: str, key: Key) -> tuple[str, ...]:
        """The concepts that a key names in a language, failing that its words in another order; () when none does."""
        return self.by_key.get((language, key)) or self.by_words.get((language, _sorted(language, key)), ())

    def same(self, language: str, code: str) -> tuple[str, ...]:
        """The forms of a concept in a language, the usual one first."""
        return self.concepts[code].forms[language]


def key_of(language: str, form: str) -> Key:
    """What a form is known by: its stems without small words, so that number, case and accents do not matter."""
    return tuple(word.stem or word.surface for word in words(language, form) if is_indexed(word))


def keys_of(language: str, form: str) -> tuple[Key, ...]:
    """All keys of a form: a compound ("anti-corruption") is known apart and written together."""
    found = words(language, form)
    apart = tuple(word.stem or word.surface for word in found if is_indexed(word))
    if not any(word.joined for word in found):
        return (apart,)
    together = [
        word.joined or word.stem or word.surface
        for before, word in zip((None, *found), found, strict=False)
        if (word.joined or is_indexed(word)) and not (before and before.joined)
    ]
    return tuple(dict.fromkeys((apart, tuple(together))))


@cache
def known_keys() -> dict[str, dict[str, tuple[Key, ...]]]:
    """Keys of forms by language, as they were found; who kept them puts them here before the thesaurus is read."""
    return {language: {} for language in LANGUAGES}


def _sorted(language: str, key: Key) -> Key:
    """The key of the same words in any order; in Chinese the order is the word."""
    return key if language == "zh" else tuple(sorted(key))


def parse(text: str) -> Thesaurus:
    """A thesaurus from CSV with the columns concept, en … zh (forms split by ";"), source, confidence.

    Raises ThesaurusError with line and field.
    """
    concepts: dict[str, Concept] = {}
    keys: dict[str, dict[str, tuple[Key, ...]]] = {}
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        concept = _concept(line, row)
        if concept.code in concepts:
            raise ThesaurusError(f"line {line}, field concept: {concept.code} stands there twice")
        concepts[concept.code] = concept
        keys[concept.code] = {language: _keys(line, language, concept) for language in LANGUAGES}
    return _indexed(concepts, keys)


def _concept(line: int, row: dict[str, str]) -> Concept:
    for field in ("concept", *LANGUAGES, "source", "confidence"):
        if not (row.get(field) or "").strip():
            raise ThesaurusError(f"line {line}, field {field}: empty")
    forms = {language: tuple(form.strip() for form in row[language].split(";")) for language in LANGUAGES}
    return Concept(row["concept"].strip(), forms, row["source"].strip(), row["confidence"].strip())


def _keys(line: int, language: str, concept: Concept) -> tuple[Key, ...]:
    found: list[Key] = []
    known = known_keys()[language]
    for form in concept.forms[language]:
        keys = known[form] = known.get(form) or keys_of(language, form)
        if not all(keys):
            raise ThesaurusError(f"line {line}, field {language}: a form without any word")
        found += keys
    return tuple(dict.fromkeys(found))


def _indexed(concepts: dict[str, Concept], keys: dict[str, dict[str, tuple[Key, ...]]]) -> Thesaurus:
    by_key: dict[tuple[str, Key], tuple[str, ...]] = {}
    by_words: dict[tuple[str, Key], tuple[str, ...]] = {}
    for code, by_language in keys.items():
        for language, key in ((language, key) for language, listed in by_language.items() for key in listed):
            for places, place in ((by_key, (language, key)), (by_words, (language, _sorted(language, key)))):
                before = places.get(place, ())
                if code not in before:
                    places[place] = (*before, code)
    return Thesaurus(concepts, by_key, by_words, max((len(key) for _, key in by_key), default=0))


@cache
def thesaurus() -> Thesaurus:
    """The thesaurus of the package, data/thesaurus.csv."""
    return parse((files("merida.data") / "thesaurus.csv").read_text(encoding="utf-8"))
