"""Texts in several languages as one value, and which of them to show."""

from collections.abc import Mapping
from typing import NamedTuple

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
# What is shown when the reader's language is missing: the language most records have comes first.
FALLBACK = ("en", "fr", "es", "ru", "zh", "ar")


class TextFound(NamedTuple):
    """A text and the language it is in; both empty where there is none."""

    text: str
    language: str


def text_in(value: Mapping[str, str], language: str) -> TextFound:
    """Return the text in ``language``, else in the first language of ``FALLBACK`` that has one."""
    for candidate in (language, *FALLBACK):
        if value.get(candidate):
            return TextFound(value[candidate], candidate)
    return TextFound("", "")


def problem_with_texts(value: object) -> str:
    """Say what keeps ``value`` from being a text in several languages; empty where nothing does."""
    if not isinstance(value, dict):
        return "is not a set of texts by language"
    for language, text in value.items():
        if language not in LANGUAGES:
            return f"unknown language {language!r}"
        if not isinstance(text, str):
            return f"the text in {language!r} is not a text"
    return ""
