"""Folding and stemming of one word. Accents are folded after stemming: the stemmers of French and Spanish read them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

import Stemmer

from merida.rules.languages import arabic

_SNOWBALL = {"en": "english", "fr": "french", "ru": "russian", "es": "spanish"}
_MARKS = re.compile("[\u0300-\u036f]+")
_NOT_WORD = re.compile(r"[\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ё": "е"})
_SHORTEST_OUR = 6
_SHORTEST_ENT = 7
_SHORTEST_FLEETING = 5
_RUSSIAN_VOWELS = "аеиоуыэюяьй"
_DIGITS = {0x660 + i: str(i) for i in range(10)} | {0x6F0 + i: str(i) for i in range(10)}


def fold(word: str) -> str:
    """A casefolded word without accents, vowel marks, ligatures; й stays й and the digits are 0 to 9."""
    folded = word if word.isascii() else _fold_beyond_ascii(word)
    return _NOT_WORD.sub("", folded)


def _fold_beyond_ascii(word: str) -> str:
    plain = arabic.fold(word.translate(_DIGITS).translate(_LIGATURES))
    if any("\u0400" <= character <= "\u052f" for character in plain):
        return plain  # й is a letter of its own, not an accented и
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", plain)))


def stem(language: str, word: str) -> str:
    """The stem of a casefolded word, folded; "" for a small word of that language; the folded word when unknown.

    Words of one family (قانون and قوانين, bribe and bribery) have the stem of the first of them.
    """
    folded = fold(word)
    if folded in small_words().get(language, frozenset()):
        return ""
    found = _stem_alone(language, word, folded)
    known = families().get(language)
    if not known:
        return found
    if language == "ar" and found not in known:
        found = arabic.without_letters(folded, known) or found
    return known.get(found, found)


def _stem_alone(language: str, word: str, folded: str) -> str:
    if language == "ar":
        return arabic.stem(folded)
    if language not in _SNOWBALL or any(character.isdigit() for character in folded):
        return folded
    prepared = _prepared(language, word)
    stemmed: str = _snowball(language).stemWord(prepared)
    if language == "ru":
        stemmed = _one_vowel(_noun_kept(stemmed, prepared))
    elif language == "fr":
        stemmed = _third_plural(stemmed)
    return fold(stemmed) or folded


def _third_plural(stemmed: str) -> str:
    """A French stem without the ending of "ils adoptent", which the stemmer leaves for fear of nouns in -ment."""
    if len(stemmed) < _SHORTEST_ENT or not stemmed.endswith("ent") or stemmed.endswith("ment"):
        return stemmed
    return str(_snowball("fr").stemWord(stemmed[:-2]))


def _noun_kept(stemmed: str, word: str) -> str:
    """A Russian stem with the н or л that the stemmer takes for a verb's ending: органы, планы, материал, журнал.

    The nouns lose it in some cases only ("орга" beside "орган"); verbs lose it always, so for them nothing is lost
    but the link to the infinitive.
    """
    after = word[len(stemmed) : len(stemmed) + 1]
    return stemmed + after if stemmed.endswith(("а", "я")) and after in {"н", "л"} else stemmed


def _one_vowel(stemmed: str) -> str:
    """A Russian stem without the vowel that comes and goes: закупок and закупка, владелец and владельца."""
    if len(stemmed) < _SHORTEST_FLEETING or stemmed[-3] in _RUSSIAN_VOWELS:
        return stemmed
    if stemmed.endswith("лец"):
        return stemmed[:-2] + "ьц"
    return stemmed[:-2] + stemmed[-1] if stemmed.endswith(("ок", "ек", "ец")) else stemmed


def _prepared(language: str, word: str) -> str:
    if language == "en":
        return _one_spelling(word)
    if language == "es":
        return re.sub(r"([csx])ion$", r"\1ión", word)
    if language == "fr":
        return "travail" if word == "travaux" else re.sub(r"ite(s?)$", r"ité\1", word)
    return word.replace("ё", "е")


def _one_spelling(word: str) -> str:
    """British and American spellings of one English word made equal; what is read is never changed."""
    word = re.sub(r"is(e|es|ed|er|ers|ing|ation|ations|ational)$", r"iz\1", word)
    word = re.sub(r"ys(e|es|ed|ing)$", r"yz\1", word)
    word = re.sub(r"programme(?=s?$)", "program", word)
    word = re.sub(r"centre(?=s?$)", "center", word).replace("licence", "license")
    word = re.sub(r"(def|off|pret)ence", r"\1ense", word).replace("judgement", "judgment")
    word = re.sub(r"ogue(?=s?$)", "og", word)
    if len(word) >= _SHORTEST_OUR:
        word = re.sub(r"our(s|ed|ing|al|er|ers|able|ite)?$", r"or\1", word)
    return word


@cache
def _snowball(language: str) -> Stemmer.Stemmer:
    # Its own cache is off: the words are remembered one floor up, with their surface.
    return Stemmer.Stemmer(_SNOWBALL[language], 0)


def stemmer_version() -> str:
    """The version of the stemmers: another one may give other stems."""
    return str(Stemmer.version())


@cache
def small_words() -> dict[str, frozenset[str]]:
    """Words that carry no meaning alone, folded, by language; data/search/small_words.txt."""
    text = (files("merida.data") / "search" / "small_words.txt").read_text(encoding="utf-8")
    lines = (line.split(":", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {language: frozenset(fold(word.casefold()) for word in listed.split()) for language, listed in lines}


@cache
def families() -> dict[str, dict[str, str]]:
    """By language, the stem of each word of data/search/families.txt, and the stem of the first of its family.

    A stem stands in one family only; otherwise ValueError names the line.
    """
    text = (files("merida.data") / "search" / "families.txt").read_text(encoding="utf-8")
    return parse_families(text)


def parse_families(text: str) -> dict[str, dict[str, str]]:
    """The same from a text: one family a line, "ar: قانون قوانين"; a lone word is only made known."""
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        language, _, listed = line.partition(":")
        if not listed or line.startswith("#"):
            continue
        stems = list(dict.fromkeys(_stem_alone(language, word, fold(word)) for word in listed.casefold().split()))
        known = found.setdefault(language.strip(), {})
        for one in stems:
            if known.setdefault(one, stems[0]) != stems[0]:
                message = f"families.txt, line {number}: {one} stands in two families"
                raise ValueError(message)
    return found
