"""Light stemming of Arabic: the family of rules known as light10, with the pronouns that hide a final ta marbuta.

Source of the idea: Larkey, Ballesteros, Connell, "Light stemming for Arabic information retrieval" (2007). Broken
plurals are not derived here; the thesaurus holds them.
"""

from __future__ import annotations

import re
from collections.abc import Container

MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
_MARKS = re.compile(f"[{MARKS}]")
_FOLDED = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "ء", "ئ": "ء", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"}
)
_SHORTEST = 2
_PREFIXES = ("وبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "ال", "لل")
_LETTERS = ("و", "ب", "ل", "ف", "ك", "وب", "ول", "وك", "فب", "فل", "س", "ولل")
_PRONOUNS = ("هما", "كما", "ته", "هم", "هن", "كم", "ها", "نا")
_ENDINGS = ("تين", "تان", "ات", "ون", "ين", "ان", "يه", "ه", "ي", "ت", "ا")


def fold(word: str) -> str:
    """Without vowel marks and tatweel; one alef, one hamza, final ya for alef maqsura, ha for ta marbuta."""
    return _MARKS.sub("", word).translate(_FOLDED)


def stem(folded: str) -> str:
    """The light stem of a folded word; at least two letters remain."""
    return _without_ending(_without_pronoun(_without_prefix(folded)))


def without_letters(folded: str, known: Container[str]) -> str:
    """The stem below one or two letters written together with the word (and, by, for, so), when it is a known stem."""
    for letters in _LETTERS:
        if folded.startswith(letters) and len(folded) - len(letters) > _SHORTEST:
            found = stem(folded[len(letters) :])
            if found in known:
                return found
    return ""


def _without_prefix(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > _SHORTEST:
            return word[len(prefix) :]
    # A lone "and" or "for" before the word; four letters must remain, since many roots begin with these two.
    if word[:1] in {"و", "ل"} and len(word) > _SHORTEST + 3:
        return word[1:]
    return word


def _without_pronoun(word: str) -> str:
    for pronoun in _PRONOUNS:
        if word.endswith(pronoun) and len(word) - len(pronoun) > _SHORTEST:
            return word[: -len(pronoun)]
    return word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST:
            return word[: -len(ending)]
    return word
