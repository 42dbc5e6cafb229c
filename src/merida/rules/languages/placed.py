"""The tokens of a text with their places, for many texts in which few words are looked for, as in snippets.

A text is cut into words by a simple pattern; what is no word of its own, or a compound, is looked for only where an
apostrophe or a hyphen stands. Where a token stands is worked out when it is asked for.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate

from merida.rules.languages import chinese
from merida.rules.languages.words import (
    COMPOUNDING,
    ELIDED,
    JOINERS,
    PATTERNS,
    Word,
    is_han,
    is_han_surface,
    joined,
    known_forms,
    remember,
    words,
)

_SURFACE, _STEM = 0, 1
# A word as `words` reads it, in a text without what follows.
_WORD = re.compile(f"(\\w++(?:[{JOINERS}]++\\w*+)*+)")
# An underscore, an s and an apostrophe that are none, Chinese; an 's that goes on.
_RARE = re.compile("[_\u017f\u02bc\u2e80-\ufaff\U00020000-\U0003ffff]")
_RARE_IN_ENGLISH = re.compile(f"['’][sS][{JOINERS}]")
_APOSTROPHES = frozenset("'’")
_HYPHENS = frozenset("-\u2010\u2011")
_UNREAD = "\0"  # holds the place of a token that is not looked for
Span = tuple[int, int]


class Placed:
    """The tokens of a text in order; ``span`` tells where in the text one of them starts and ends.

    slots are the tokens with "" for what is left out; a token has a number among the slots and one among the tokens.
    """

    def __init__(self, slots: Sequence[str], span_of_slot: Callable[[int], Span]) -> None:
        self._slots = slots
        self.span_of_slot = span_of_slot

    def among(self, wanted: AbstractSet[str]) -> Iterator[tuple[str, int]]:
        """Each token that is wanted, with the number of its slot."""
        if not wanted.isdisjoint(self._slots):
            yield from ((token, slot) for slot, token in enumerate(self._slots) if token in wanted)

    def beginning_with(self, begin: str) -> list[int]:
        """The slots of the tokens that begin so."""
        line = "\n" + "\n".join(self._slots)  # no token holds an end of line
        found = [match.start() for match in re.finditer("\n" + re.escape(begin), line)]
        slots, at, before = [], 0, 0
        for place in found:
            at += line.count("\n", before, place)
            slots.append(at)
            before = place
        return slots

    def number(self, slot: int) -> int:
        """The number among the tokens."""
        return bisect_left(self._filled, slot)

    def span(self, number: int) -> Span:
        """Where the token with this number starts and ends."""
        return self.span_of_slot(self._filled[number])

    @cached_property
    def tokens(self) -> Sequence[str]:
        """All tokens in order."""
        return [token for token in self._slots if token] if "" in self._slots else self._slots

    @cached_property
    def _filled(self) -> Sequence[int]:
        if "" in self._slots:
            return [slot for slot, token in enumerate(self._slots) if token]
        return range(len(self._slots))


def placed_surfaces(language: str, text: str, *, beginnings: AbstractSet[str] | None = None) -> Placed:
    """The surfaces of `surfaces_and_stems` with their places.

    ``beginnings`` are the first characters of the tokens that are looked for: of Chinese, other tokens may be left
    unread.
    """
    if language == "zh":
        return _placed_runs(text, beginnings)
    if _is_rare(language, text):
        return _listed([(word.surface, word.start, word.end) for word in words(language, text)])
    cuts = _Cuts(_WORD.split(text))
    slots = _slots(language, cuts, _SURFACE)
    for number in _no_words(language, text, cuts):
        slots[number] = ""
    return Placed(slots, cuts.span)


def placed_stems(language: str, text: str) -> Placed:
    """The stems of `surfaces_and_stems` with their places; a compound reaches to the end of its second word."""
    if language == "zh":
        return _placed_latin(text)
    if _is_rare(language, text):
        return _listed(_stems(words(language, text)))
    cuts = _Cuts(_WORD.split(text))
    slots, left_out = _slots(language, cuts, _STEM), _no_words(language, text, cuts)
    for number in left_out:
        slots[number] = ""
    if language not in COMPOUNDING or not _holds(text, _HYPHENS):
        return Placed(slots, cuts.span)
    return _with_compounds(language, text, cuts, slots, left_out)


def _is_rare(language: str, text: str) -> bool:
    if text.isascii():
        return "_" in text
    return bool(_RARE.search(text) or (language == "en" and _RARE_IN_ENGLISH.search(text)))


def _holds(text: str, characters: AbstractSet[str]) -> bool:
    return any(one in text for one in characters)  # a set would be held against each character of the text


class _Cuts:
    """A text in pieces: what is no word and a word by turns."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.words = pieces[1::2]
        self._ends: list[int] = []

    def after(self, number: int) -> str:
        """What stands between a word and the next."""
        return self.pieces[2 * number + 2]

    def parted_by(self, characters: AbstractSet[str]) -> list[int]:
        """The words that only one of these characters parts from the next word."""
        return [number for number, piece in enumerate(self.pieces[2:-1:2]) if piece in characters]

    def span(self, number: int) -> Span:
        """Where a word starts and ends."""
        if not self._ends:
            self._ends = list(accumulate(map(len, self.pieces)))
        return self._ends[2 * number], self._ends[2 * number + 1]


def _slots(language: str, cuts: _Cuts, which: int) -> list[str]:
    known = known_forms(language)
    try:
        return [known[raw][which] for raw in cuts.words]
    except KeyError:
        return [_forms(language, raw)[which] for raw in cuts.words]


def _forms(language: str, raw: str) -> tuple[str, str]:
    return known_forms(language).get(raw) or remember(language, raw)


def _no_words(language: str, text: str, cuts: _Cuts) -> set[int]:
    """The words that `words` takes for none: the s of "reviewer's", the l of "l'État"."""
    left_out: set[int] = set()
    if language not in {"en", "fr"} or not _holds(text, _APOSTROPHES):
        return left_out
    for number in cuts.parted_by(_APOSTROPHES):
        if language == "en" and number not in left_out and cuts.words[number + 1].casefold() == "s":
            left_out.add(number + 1)
        elif language == "fr" and number - 1 not in left_out and cuts.words[number].casefold() in ELIDED:
            left_out.add(number)
    return left_out


def _with_compounds(language: str, text: str, cuts: _Cuts, slots: list[str], left_out: set[int]) -> Placed:
    """With the stem of each compound before that of its first word."""
    numbers = list(range(len(slots)))  # of the word of each slot; of a compound that of its first word, below zero
    for number in reversed(cuts.parted_by(_HYPHENS)):
        if number in left_out or cuts.pieces[2 * number][-1:] in _HYPHENS or cuts.after(number + 1)[:1] in _HYPHENS:
            continue
        one, other = cuts.words[number : number + 2]
        if number + 1 in left_out or not (_forms(language, one)[_SURFACE] and _forms(language, other)[_SURFACE]):
            return _listed(_stems(words(language, text)))
        slots.insert(number, joined(language, one + other))
        numbers.insert(number, ~number)

    def span(slot: int) -> Span:
        number = numbers[slot]
        return cuts.span(number) if number >= 0 else (cuts.span(~number)[0], cuts.span(~number + 1)[1])

    return Placed(slots, span)


def _stems(found: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    for at, word in enumerate(found):
        if word.joined:
            yield word.joined, word.start, found[min(at + 1, len(found) - 1)].end
        if word.stem and not is_han(word):
            yield word.stem, word.start, word.end


def _listed(found: Iterable[tuple[str, int, int]]) -> Placed:
    kept = list(found)
    return Placed([token for token, _, _ in kept], lambda slot: kept[slot][1:])


def _placed_latin(text: str) -> Placed:
    """The stems of the few words in a Chinese text that are no Chinese."""
    found = [match for match in PATTERNS[""].finditer(text) if match["word"]]
    read = [_forms("zh", match["word"]) for match in found]
    slots = ["" if surface and is_han_surface(surface) else stem for surface, stem in read]
    return Placed(slots, lambda slot: found[slot].span())


def _placed_runs(text: str, beginnings: AbstractSet[str] | None) -> Placed:
    slots: list[str] = []
    parts: list[tuple[int, int]] = []  # first slot and place of each word or run
    ends: list[int] = []
    for match in PATTERNS[""].finditer(text):
        word, run = match.groups()
        found = [_forms("zh", word)[_SURFACE]] if run is None else _run(run, beginnings)
        if run is not None and len(found) != len(run):  # some character became several
            return _listed((one.surface, one.start, one.end) for one in words("zh", text))
        parts.append((len(slots), match.start()))
        ends.append(match.end())
        slots += found

    def span(slot: int) -> Span:
        part = bisect_right(parts, (slot, len(text))) - 1
        first, begin = parts[part]
        alone = (part + 1 < len(parts) and parts[part + 1][0] == first + 1) or len(slots) == first + 1
        start = begin + slot - first
        return start, ends[part] if alone else min(start + 2, ends[part])

    return Placed(slots, span)


def _run(run: str, beginnings: AbstractSet[str] | None) -> list[str]:
    """The tokens of a run of Chinese characters, one for each."""
    plain = unicodedata.normalize("NFKC", run)
    apart = beginnings is not None and len(plain) == len(run) and beginnings.isdisjoint(plain)
    return [_UNREAD] * len(run) if apart else chinese.pairs(plain)
