"""Which script a text is written in, and which of the six languages are written in it."""

from __future__ import annotations

import re
from collections import Counter

LATIN, CYRILLIC, ARABIC, HAN, OTHER = "LATIN", "CYRILLIC", "ARABIC", "HAN", "OTHER"

LANGUAGES_OF_SCRIPT = {LATIN: ("en", "fr", "es"), CYRILLIC: ("ru",), ARABIC: ("ar",), HAN: ("zh",), OTHER: ()}
SCRIPT_OF_LANGUAGE = {language: script for script, group in LANGUAGES_OF_SCRIPT.items() for language in group}

HAN_RANGES = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTERS = re.compile(
    f"(?P<HAN>[{HAN_RANGES}])"
    "|(?P<ARABIC>[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdff\ufe70-\ufefc])"
    "|(?P<CYRILLIC>[\u0400-\u052f])"
    "|(?P<LATIN>[a-zA-Z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a])"
)


def script_of(word: str) -> str:
    """The script of the first letter of a word; OTHER when it has no letter of the four."""
    found = _LETTERS.search(word)
    return str(found.lastgroup) if found else OTHER


def guess_script(text: str) -> str:
    """The script in which most letters of a text are written; OTHER when there are none.

    A Han character weighs three letters: it stands for a syllable, and a Chinese query often carries a Latin acronym.
    """
    counts = Counter(str(found.lastgroup) for found in _LETTERS.finditer(text))
    counts[HAN] *= 3
    script, weight = max(counts.items(), key=lambda pair: pair[1], default=(OTHER, 0))
    return script if weight else OTHER


def languages_of(text: str, preferred: str = "") -> tuple[str, ...]:
    """The languages that a query may be meant in, the preferred one first when it is written in that script."""
    group = LANGUAGES_OF_SCRIPT[guess_script(text)]
    return tuple(sorted(group, key=lambda language: (language != preferred, group.index(language))))
