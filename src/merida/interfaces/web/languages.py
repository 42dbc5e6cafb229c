"""The six languages as addresses, pages and readers know them.

Django calls Chinese ``zh-hans``; addresses, documents and the registry call it ``zh``. This module is the only
place that knows both names.
"""

from dataclasses import dataclass

from django.utils import translation

INTERNAL_CODES = {"ar": "ar", "zh": "zh-hans", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}
OWN_NAMES = {"ar": "العربية", "zh": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}
RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: code in addresses, name in itself, direction of its script."""

    code: str
    name: str
    direction: str


LANGUAGES = tuple(Language(code, name, "rtl" if code in RIGHT_TO_LEFT else "ltr") for code, name in OWN_NAMES.items())


def content_language(internal_code: str | None = None) -> str:
    """Return the two-letter code (``zh``, ``ar`` …) of a Django language code, by default of the active one."""
    return (internal_code or translation.get_language() or "en")[:2]


def internal_language(code: str) -> str:
    """Return Django's name of a language of the site. Raises KeyError for any other."""
    return INTERNAL_CODES[code]


def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def own_name(code: str) -> str:
    """Return a language's name in itself; the code where the language is not one of the six."""
    return OWN_NAMES.get(code, code)


def in_language(texts: dict[str, str], code: str | None = None) -> str:
    """Return the reader's text of ``{"en": …, "zh": …}``, else the English one, else any, else ``""``."""
    wanted = texts.get(code or content_language()) or texts.get("en")
    return wanted or next((text for text in texts.values() if text), "")
