"""Words without which a pattern cannot match, and where a text says them: most patterns need not be tried at all.

:func:`needed` reads them off the pattern itself, so that no list of words can fall behind it.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from sys import maxsize
from typing import Any, Final

import ahocorasick

Words = frozenset[str]
NOTHING: Final[Words] = frozenset()  # no word is needed, or none could be read off: the pattern must be tried
_OPTIONAL = ("?", "*", "{0")
_HEX = {"x": 2, "u": 4, "U": 8}
_ESCAPED_CLASSES = "AbBdDsSwWZ"
_SHORTEST = 2  # signs; a single letter stands everywhere
_FIRST_HAN = "\u2e80"  # from here on a sign is a word
_PLAIN_CLASS = re.compile(r"[\u2e80-\uffff]{1,12}")


def needed(pattern: str) -> tuple[Words, ...]:
    """Sets of words in small letters: every match of the pattern holds a word of each. () where none could be told."""
    reader = _Reader(pattern)
    try:
        rows = reader.rows()
    except (IndexError, ValueError):  # a form that this reader does not know
        return ()
    sets = rows[0] if len(rows) == 1 else [_either(rows)]
    return tuple(dict.fromkeys(words for words in sets if words and all(map(_is_telling, words))))


def _either(rows: list[list[Words]]) -> Words:
    """The words of alternatives; none where one alternative needs none."""
    best = [max(sets, key=_weight) for sets in rows]
    return frozenset().union(*best) if all(best) else NOTHING


def _is_telling(word: str) -> bool:
    return len(word) >= _SHORTEST or word >= _FIRST_HAN


def _weight(words: Words) -> int:
    """How much a set of words tells: as much as its shortest word, of which a sign beyond ASCII counts three."""
    return min((sum(1 if sign.isascii() else 3 for sign in word) for word in words), default=0)


class _Reader:
    """One pass over a pattern, from its beginning."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0

    def rows(self) -> list[list[Words]]:
        """The sets of words of each alternative up to the closing bracket."""
        found = [self._row()]
        while self._at < len(self._pattern) and self._pattern[self._at] == "|":
            self._at += 1
            found.append(self._row())
        return found

    def _row(self) -> list[Words]:
        """The sets of words that a row of parts needs, one after the other."""
        sets, run = [NOTHING], ""
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            sign, words = self._part()
            optional, repeated = self._quantifier()
            if sign and not optional:
                run += sign
            if not sign or optional or repeated:
                sets.append(frozenset([run.lower()]) if run else NOTHING)
                run = ""
            if words and not optional:
                sets.append(words)
        sets.append(frozenset([run.lower()]) if run else NOTHING)
        return sets

    def _part(self) -> tuple[str, Words]:
        """The next part: a plain sign, or the words of a group; both empty for what says nothing."""
        sign = self._pattern[self._at]
        self._at += 1
        if sign == "(":
            return "", self._group()
        if sign == "[":
            return "", self._class()
        if sign == "\\":
            return self._escaped(), NOTHING
        return ("", NOTHING) if sign in ".^$" else (sign, NOTHING)

    def _group(self) -> Words:
        refused = self._pattern.startswith(("?!", "?<!", "?<="), self._at)
        if self._pattern.startswith("?P<", self._at):
            self._at = self._pattern.index(">", self._at) + 1
        elif self._pattern.startswith("?P=", self._at):
            raise ValueError(self._pattern)
        elif self._pattern.startswith("?", self._at):
            while self._pattern[self._at] not in ":=!":
                self._at += 1
            self._at += 1
        words = _either(self.rows())
        if self._pattern[self._at] != ")":
            raise ValueError(self._pattern)
        self._at += 1
        return NOTHING if refused else words

    def _class(self) -> Words:
        """The signs of a class that lists a few Chinese ones, nothing for another class."""
        start = self._at
        self._at += self._pattern[self._at] == "^"
        self._at += self._pattern[self._at] == "]"
        while self._pattern[self._at] != "]":
            self._at += 1 + (self._pattern[self._at] == "\\")
        self._at += 1
        signs = self._pattern[start : self._at - 1]
        return frozenset(signs) if _PLAIN_CLASS.fullmatch(signs) else NOTHING

    def _escaped(self) -> str:
        sign = self._pattern[self._at]
        self._at += 1 + _HEX.get(sign, 0)
        if sign.isdecimal():
            raise ValueError(self._pattern)
        if sign in _HEX:
            return chr(int(self._pattern[self._at - _HEX[sign] : self._at], 16))
        return "" if sign in _ESCAPED_CLASSES else sign

    def _quantifier(self) -> tuple[bool, bool]:
        """Whether the part just read may be left out, and whether it may stand more than once."""
        start = self._at
        if start >= len(self._pattern) or self._pattern[start] not in "?*+{":
            return False, False
        if self._pattern[start] == "{":
            self._at = self._pattern.index("}", start)
        self._at += 1
        if self._pattern.startswith(("?", "+"), self._at):
            self._at += 1
        return self._pattern.startswith(_OPTIONAL, start), True


class Heard:
    """Which sets of words a text says, and where: a bit stands for a set."""

    __slots__ = ("_hits", "_last", "likely", "mask")

    def __init__(self, hits: list[tuple[int, int]]) -> None:
        self._hits = hits  # where a word ends, and the sets that it belongs to
        self.likely: list[str] | None = None  # patterns that all of this text may hold, once somebody asked
        self.mask = 0
        for _, sets in hits:
            self.mask |= sets
        self._last = (0, maxsize, self.mask)  # the stretch asked for last: one value, as several threads may ask

    def within(self, start: int, end: int) -> int:
        """The sets of which a word ends in a stretch, so that no word inside it is missing."""
        low, high, there = self._last
        if (start, end) != (low, high):
            there, hits = 0, self._hits
            for _, sets in hits[bisect_left(hits, (start,)) : bisect_left(hits, (end,))]:
                there |= sets
            self._last = (start, end, there)
        return there


class Triggers:
    """The needed words of many patterns by name: one pass over a text tells which of them are worth trying where."""

    __slots__ = ("_automaton", "_last", "_masks")

    def __init__(self, patterns: Mapping[str, str]) -> None:
        numbers: dict[Words, int] = {}
        self._masks: dict[str, int] = {}
        for name, pattern in patterns.items():
            self._masks[name] = sum(1 << numbers.setdefault(words, len(numbers)) for words in _most_telling(pattern))
        sets_of: dict[str, int] = {}
        for words, number in numbers.items():
            for word in words:
                sets_of[word] = sets_of.get(word, 0) | 1 << number
        self._automaton: Any = ahocorasick.Automaton()
        for word, sets in sets_of.items():
            self._automaton.add_word(word, sets)
        self._automaton.make_automaton()
        self._last: tuple[str, Heard | None] = ("", None)  # one value, so that no thread sees half of it

    def may(self, name: str, text: str, start: int = 0, end: int = maxsize) -> bool:
        """Whether the pattern can match in this stretch of a text; False is certain, True is not.

        A name that was not given may always match.
        """
        needed_sets = self._masks.get(name)
        if not needed_sets:
            return True
        heard = self._heard(text)
        if heard is None:
            return True
        return heard.mask & needed_sets == needed_sets and heard.within(start, end) & needed_sets == needed_sets

    def names(self, text: str, start: int = 0, end: int = maxsize) -> list[str]:
        """The patterns that can match in this stretch of a text, in their order."""
        heard = self._heard(text)
        if heard is None:
            return list(self._masks)
        if heard.likely is None:
            heard.likely = [name for name, sets in self._masks.items() if heard.mask & sets == sets]
        there, masks = heard.within(start, end), self._masks
        return [name for name in heard.likely if there & masks[name] == masks[name]]

    def _heard(self, text: str) -> Heard | None:
        """What a text says of these words; None where its small letters stand elsewhere."""
        last = self._last
        if last[0] is not text:
            last = self._last = (text, _read(self, text))
        return last[1]

    def read(self, text: str) -> Heard | None:
        """What a text says of these words, without looking it up."""
        lowered = text.lower()
        if len(lowered) != len(text):
            return None
        return Heard(list(self._automaton.iter(lowered)) if len(self._automaton) else [])


def _most_telling(pattern: str) -> set[Words]:
    """Of the sets that a pattern needs those that tell half as much as the best: "at" stands in every text."""
    sets = needed(pattern)
    least = max(map(_weight, sets), default=0) / 2
    return {words for words in sets if _weight(words) >= least}


@lru_cache(maxsize=16)
def _read(triggers: Triggers, text: str) -> Heard | None:
    return triggers.read(text)
