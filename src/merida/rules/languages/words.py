"""Words of a text with their offsets: the surface (folded, for exact phrases) and the stem (for terms).

Offsets always count characters of the text as handed in, whatever folding did to the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from merida.rules.languages import arabic, chinese, stemming
from merida.rules.languages.scripts import HAN_RANGES, SCRIPT_OF_LANGUAGE, script_of

# Marks that belong to a word though they are no letters: combining accents, Arabic vowels, and the invisible
# joiners and direction marks that a copied text is full of.
JOINERS = f"\u0300-\u036f{arabic.MARKS}\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LETTER = f"[^\\W_{HAN_RANGES}]"
# Runs of letters, then runs of joiners: one set at a time is read a third faster than a choice at each character.
_WORD = f"{_LETTER}++(?:[{JOINERS}]++{_LETTER}*+)*+"
ELIDED = frozenset(("lorsqu", "puisqu", "jusqu", "quoiqu", "presqu", "qu", *"ldjmtsnc"))
_ELISION = f"(?:(?<![^\\W_])(?i:{'|'.join(sorted(ELIDED))})['’ʼ])?"
_HYPHEN = "[-\u2010\u2011]"

# Group 1 is the word, group 2 a run of Chinese characters.
_HAN = f"|(?P<han>[{HAN_RANGES}]+)"
PATTERNS = {
    "": re.compile(f"(?P<word>{_WORD}){_HAN}"),
    "en": re.compile(f"(?P<word>{_WORD})(?:['’ʼ](?i:s)(?![^\\W_]))?{_HAN}"),
    "fr": re.compile(f"{_ELISION}(?P<word>{_WORD}){_HAN}"),
}
# Two words with one hyphen: "anti-corruption" also answers to "anticorruption".
_COMPOUND = re.compile(f"(?<![^\\W_])(?<!{_HYPHEN}){_WORD}{_HYPHEN}{_WORD}(?!{_HYPHEN})")
COMPOUNDING = ("en", "fr", "es")
_KEPT = 200_000
# No word is longer; what is, is a run of characters without spaces, and a database refuses it as a token.
_LONGEST = 64
_EAST = "\u2e80"  # no Chinese character stands before it


class Word(NamedTuple):
    """One word (or two-character token) of a text.

    stem begins with the language that it was stemmed in ("en_asset"), so that equal stems of two languages do not
    meet; it is "" for a word that carries no meaning alone (the, de, и). joined is the stem of the compound that
    begins here, "" when there is none. start and end are offsets into the text.
    """

    surface: str
    stem: str
    joined: str
    start: int
    end: int


def words(language: str, text: str) -> list[Word]:
    """The words of a text in one of the six languages ("" when unknown: folded, not stemmed)."""
    compounds = _compounds(language, text)
    known = known_forms(language)
    found: list[Word] = []
    for match in PATTERNS.get(language, PATTERNS[""]).finditer(text):
        raw = match["word"]
        if raw is None:
            found += han_words(match["han"], match.start())
            continue
        forms = known.get(raw) or remember(language, raw)
        if forms[0]:
            start = match.start("word")
            found.append(Word(forms[0], forms[1], compounds.get(start, ""), start, start + len(raw)))
    return found


def tokens(language: str, text: str) -> list[tuple[str, int, int]]:
    """(token, start, end): stems where there are stems, two-character tokens for Chinese; small words left out."""
    return [(word.stem or word.surface, word.start, word.end) for word in words(language, text) if is_indexed(word)]


def surfaces_and_stems(language: str, text: str) -> tuple[list[str], list[str]]:
    """What an index keeps of a text, in order: every surface, and every stem (the stem of a compound before its parts).

    The same as reading it from `words`, without the offsets and in a third of the time.
    """
    compounds = _compounds(language, text)
    known, surfaces, stems = known_forms(language), [], []
    for match in PATTERNS.get(language, PATTERNS[""]).finditer(text):
        raw = match["word"]
        if raw is None:
            surfaces += chinese.pairs(unicodedata.normalize("NFKC", match["han"]))
            continue
        surface, stem = known.get(raw) or remember(language, raw)
        if surface:
            surfaces.append(surface)
            if compounds and (joined := compounds.get(match.start("word"), "")):
                stems.append(joined)
            if stem and not is_han_surface(surface):
                stems.append(stem)
    return surfaces, stems


def is_indexed(word: Word) -> bool:
    """Whether a word is found by its stem or as a Chinese token (small words are found in exact phrases only)."""
    return bool(word.stem) or is_han(word)


def is_han(word: Word) -> bool:
    """Whether a word is a two-character token: such a token has no stem of its own."""
    return is_han_surface(word.surface)


def is_han_surface(surface: str) -> bool:
    """Whether a surface is made of Chinese characters (an enclosed ㈠ becomes one by folding)."""
    return surface[0] >= _EAST and script_of(surface) == "HAN"


def han_words(run: str, start: int) -> Iterator[Word]:
    """The two-character tokens of a run of Chinese characters that begins at ``start``."""
    last = len(run) - 1
    for at, pair in enumerate(chinese.pairs(unicodedata.normalize("NFKC", run))):
        yield Word(pair, "", "", start + at, start + min(at, last) + len(pair.replace(chinese.BAR, "")))


def _compounds(language: str, text: str) -> dict[int, str]:
    if language not in COMPOUNDING or not ("-" in text or "\u2010" in text or "\u2011" in text):
        return {}
    return {match.start(): joined(language, match.group()) for match in _COMPOUND.finditer(text)}


@cache
def known_forms(language: str) -> dict[str, tuple[str, str]]:
    """Surface and stem of the words met before: a text repeats its words, and stemming is the slow part."""
    del language
    return {}


def remember(language: str, raw: str) -> tuple[str, str]:
    """The forms of a word, from now on known."""
    known = known_forms(language)
    if len(known) > _KEPT:
        known.clear()
    known[raw] = forms(language, raw)
    return known[raw]


def forms(language: str, raw: str) -> tuple[str, str]:
    """Surface and stem of one word; the surface is "" when nothing searchable remains."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", raw)).casefold()
    surface = stemming.fold(plain)[:_LONGEST]
    spoken = _language_of(language, plain)
    stem = stemming.stem(spoken, plain)[:_LONGEST] if surface else ""
    return surface, f"{spoken}_{stem}" if stem else ""


@cache
def _joined_known(language: str) -> dict[str, str]:
    del language
    return {}


def joined(language: str, compound: str) -> str:
    """The stem of a compound, with or without its hyphen; "" for none."""
    known = _joined_known(language)
    if compound not in known:
        if len(known) > _KEPT:
            known.clear()
        known[compound] = forms(language, re.sub(_HYPHEN, "", compound))[1]
    return known[compound]


def _language_of(language: str, word: str) -> str:
    """The language to stem in: a Latin name inside a Chinese text is taken as English, Cyrillic as Russian."""
    script = script_of(word)
    if not language or SCRIPT_OF_LANGUAGE.get(language) == script:
        return language
    return {"LATIN": "en", "CYRILLIC": "ru", "ARABIC": "ar"}.get(script, "")
