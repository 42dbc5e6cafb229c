"""The piece of a text that shows why it was found, with the places to mark as offsets: no HTML is made here. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from merida.exchange.search.analysis import read_as
from merida.exchange.search.query import STEM, Phrase, Query
from merida.rules.languages.words import Word, words

LENGTH = 240
_LENGTH_HAN = 110
# How far a cut may move to fall between two words.
_SLACK = 24
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt; marks are (start, end) into it, in order, never overlapping; more text may stand before and after."""

    text: str
    marks: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False

    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """(text, marked?) in order, ready to be printed one after the other."""
        found, at = [], 0
        for start, end in self.marks:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return tuple(piece for piece in (*found, (self.text[at:], False)) if piece[0])


def snippet(query: Query, language: str, text: str, *, length: int = 0) -> Snippet:
    """The stretch of `length` characters (fewer in Chinese) that meets most of the query, or the beginning."""
    length = length or (_LENGTH_HAN if language == "zh" else LENGTH)
    found = matches(query, language, text)
    start = _best_start(found, length)
    first, last = _between_words(text, start, length)
    marks = [(a - first, min(b, last) - first) for _, a, b in found if first <= a < last]
    return Snippet(text[first:last], _merged(marks), cut_before=first > 0, cut_after=last < len(text))


def marks(query: Query, language: str, text: str) -> tuple[Span, ...]:
    """Where a whole text meets a query; for a title, or for the reader's page."""
    return _merged([(start, end) for _, start, end in matches(query, language, text)])


def matches(query: Query, language: str, text: str) -> list[tuple[int, int, int]]:
    """(number of the clause, start, end) for each place where a clause is met, in order of the text."""
    found = words(read_as(language, text), text)
    surfaces = _Sequence([(word.surface, word.start, word.end) for word in found])
    stems = _Sequence(list(_stems(found)))
    places: set[tuple[int, int, int]] = set()
    for number, clause in enumerate(query.clauses):
        for phrase in {phrase for alternative in clause.alternatives for phrase in alternative}:
            sequence = stems if phrase.field == STEM else surfaces
            places.update((number, start, end) for start, end in _spans(phrase, sequence))
    return sorted(places, key=lambda place: (place[1], place[2]))


class _Sequence:
    """The tokens of a text in order, and where each of them stands: most phrases asked for stand nowhere."""

    def __init__(self, tokens: list[tuple[str, int, int]]) -> None:
        self.tokens = tokens
        self.places: dict[str, list[int]] = {}
        for at, (token, _start, _end) in enumerate(tokens):
            self.places.setdefault(token, []).append(at)


def _stems(found: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    for at, word in enumerate(found):
        if word.joined:
            yield word.joined, word.start, found[at + 1].end if at + 1 < len(found) else word.end
        if word.stem:
            yield word.stem, word.start, word.end


def _spans(phrase: Phrase, sequence: _Sequence) -> Iterator[Span]:
    if phrase.near:
        yield from _near_spans(phrase, sequence)
        return
    *before, last = phrase.tokens
    tokens = sequence.tokens
    starts = range(len(tokens)) if phrase.prefix and not before else sequence.places.get(phrase.tokens[0], ())
    for at in starts:
        piece = tokens[at : at + len(phrase.tokens)]
        begins = len(piece) == len(phrase.tokens) and all(
            token == one[0] for token, one in zip(before, piece, strict=False)
        )
        if begins and (piece[-1][0].startswith(last) if phrase.prefix else piece[-1][0] == last):
            yield piece[0][1], _end(phrase, piece[-1])


def _near_spans(phrase: Phrase, sequence: _Sequence) -> Iterator[Span]:
    """Both words of each pair that stands near enough; what is between them is not marked."""
    one, other = phrase.tokens
    for at in sequence.places.get(one, ()):
        for place in sequence.places.get(other, ()):
            if at != place and abs(place - at) <= phrase.near + 1:
                yield sequence.tokens[at][1:]
                yield sequence.tokens[place][1:]


def _end(phrase: Phrase, piece: tuple[str, int, int]) -> int:
    """A lone Chinese character is asked for as the beginning of a pair, but only itself was found."""
    lone = phrase.prefix and len(phrase.tokens[-1]) == 1 and phrase.tokens[-1] >= "\u2e80"
    return piece[1] + 1 if lone else piece[2]


def _best_start(found: Sequence[tuple[int, int, int]], length: int) -> int:
    """Where an excerpt begins that meets most clauses, and among those most places; a little room before the first."""
    best, chosen = (0, 0), 0
    for at, (_, start, _) in enumerate(found):
        inside = [clause for clause, first, end in found[at:] if first >= start and end <= start + length]
        worth = (len(set(inside)), len(inside))
        if worth > best:
            best, chosen = worth, start
    return max(0, chosen - length // 4)


def _between_words(text: str, start: int, length: int) -> Span:
    start = max(0, min(start, len(text) - length))
    end = min(len(text), start + length)
    if start > 0 and (space := text.find(" ", start, start + _SLACK)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - _SLACK, end)) > start:
        end = space
    return start, end


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
