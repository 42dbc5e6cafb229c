"""The tokens of a text with their places, for many texts in which few words are looked for, as in snippets.

A text repeats its words, so each stretch between spaces is read once and kept; where a token stands is worked out when
it is asked for. Chinese has no spaces: of its runs of characters only those are cut that can hold what is looked for.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property, lru_cache, partial
from itertools import accumulate, chain
from operator import add
from typing import NamedTuple

from merida.rules.languages import chinese
from merida.rules.languages.words import PATTERNS, Word, han_words, is_han, surface_of, words

_KEPT = 8192  # stretches of a language, some 400 bytes each; most of a text is among the commonest few thousand
_LONGEST_KEPT = 40
Span = tuple[int, int]
_Spans = tuple[Span, ...]


class _Stretch(NamedTuple):
    """What stands between two spaces, as written and as stems: the tokens, and where they stand within it."""

    surfaces: Sequence[str]
    surface_spans: _Spans
    stems: Sequence[str]
    stem_spans: _Spans


class Placed:
    """The tokens of a text in order; ``span`` tells where in the text one of them starts and ends."""

    def __init__(
        self, parts: Sequence[Sequence[str]], spans: Sequence[_Spans], begins: Callable[[], list[int]]
    ) -> None:
        self.tokens = list(chain.from_iterable(parts))
        self._parts, self._spans, self._find = parts, spans, begins

    def span(self, at: int) -> Span:
        """Where the token with this number starts and ends."""
        number = bisect_right(self._counts, at)
        begin = self._begins[number]
        start, end = self._spans[number][at - self._counts[number]]  # counted from the end
        return begin + start, begin + end

    @cached_property
    def _counts(self) -> list[int]:
        """How many tokens there are up to and with each part."""
        return list(accumulate(map(len, self._parts)))

    @cached_property
    def _begins(self) -> list[int]:
        return self._find()


def placed_surfaces(language: str, text: str, *, beginnings: AbstractSet[str] | None = None) -> Placed:
    """The surfaces of `surfaces_and_stems` with their places.

    ``beginnings`` are the first characters of the tokens that are looked for: Chinese tokens may be left empty where no
    other can stand.
    """
    if language == "zh":
        return _placed_runs(text, beginnings)
    written = text.split()
    read = _read_all(language, written)
    return Placed([one[0] for one in read], [one[1] for one in read], partial(_found_begins, text, written))


def placed_stems(language: str, text: str) -> Placed:
    """The stems of `surfaces_and_stems` with their places; a compound reaches to the end of its second word."""
    if language == "zh":
        return _placed_latin(text)
    written = text.split()
    read = _read_all(language, written)
    return Placed([one[2] for one in read], [one[3] for one in read], partial(_found_begins, text, written))


def _found_begins(text: str, written: Sequence[str]) -> list[int]:
    """Where the stretches between spaces begin."""
    lengths = list(map(len, written))
    if sum(lengths) + len(lengths) - 1 == len(text):  # one space between any two
        return list(map(add, accumulate(lengths, initial=0), range(len(lengths))))
    begins, end = [], 0
    for stretch in written:
        begins.append(text.find(stretch, end))
        end = begins[-1] + len(stretch)
    return begins


def _read_all(language: str, written: Iterable[str]) -> list[_Stretch]:
    known = _known(language)
    return [known.get(stretch) or _remember(known, language, stretch) for stretch in written]


@cache
def _known(language: str) -> dict[str, _Stretch]:
    """Stretches met before, by language."""
    del language
    return {}


def _remember(known: dict[str, _Stretch], language: str, stretch: str) -> _Stretch:
    read = _read(language, stretch)
    if len(stretch) <= _LONGEST_KEPT:
        if len(known) >= _KEPT:
            known.clear()
        known[stretch] = read
    return read


def _read(language: str, stretch: str) -> _Stretch:
    found = words(language, stretch)
    places, stems = _stems(found)
    spans = _shared(tuple((word.start, word.end) for word in found))
    return _Stretch(tuple(word.surface for word in found), spans, stems, _shared(places))


def _stems(found: Sequence[Word]) -> tuple[_Spans, tuple[str, ...]]:
    stems: list[str] = []
    spans: list[Span] = []
    for at, word in enumerate(found):
        if word.joined:
            stems.append(word.joined)
            spans.append((word.start, found[min(at + 1, len(found) - 1)].end))
        if word.stem and not is_han(word):
            stems.append(word.stem)
            spans.append((word.start, word.end))
    return tuple(spans), tuple(stems)


@lru_cache(1024)
def _shared(spans: _Spans) -> _Spans:
    """The same spans, held once: most stretches are one word of some few letters."""
    return spans


def _placed_runs(text: str, beginnings: AbstractSet[str] | None) -> Placed:
    parts: list[Sequence[str]] = []
    spans: list[_Spans] = []
    begins: list[int] = []
    for match in PATTERNS[""].finditer(text):
        word, run = match.groups()
        tokens, places = _word(word) if run is None else _run(run, beginnings)
        parts.append(tokens)
        spans.append(places)
        begins.append(match.start())
    return Placed(parts, spans, lambda: begins)


def _placed_latin(text: str) -> Placed:
    """The stems of the few words in a Chinese text that are no Chinese."""
    found = [match for match in PATTERNS[""].finditer(text) if match["word"]]
    read = _read_all("zh", (match["word"] for match in found))
    return Placed([one[2] for one in read], [one[3] for one in read], lambda: [match.start() for match in found])


def _word(raw: str) -> tuple[Sequence[str], _Spans]:
    surface = surface_of("zh", raw)
    return ((surface,), ((0, len(raw)),)) if surface else ((), ())


def _run(run: str, beginnings: AbstractSet[str] | None) -> tuple[Sequence[str], _Spans]:
    """The tokens of a run of Chinese characters; empty ones where nothing looked for can begin."""
    plain = unicodedata.normalize("NFKC", run)
    if len(plain) != len(run):  # some character became several
        folded = list(han_words(run, 0))
        return [word.surface for word in folded], tuple((word.start, word.end) for word in folded)
    apart = beginnings is not None and beginnings.isdisjoint(plain)
    return [""] * len(run) if apart else chinese.pairs(plain), _pairs_of(len(run))


@lru_cache(128)
def _pairs_of(length: int) -> _Spans:
    return tuple((at, min(at + 2, length)) for at in range(length))
