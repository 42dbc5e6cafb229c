"""The piece of a text that shows why it was found, with the places to mark as offsets: no HTML is made here. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from merida.exchange.search.analysis import read_as
from merida.exchange.search.query import STEM, Phrase, Query
from merida.rules.languages.placed import Placed, placed_stems, placed_surfaces

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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Phrases to look for in one field, each with the number of its clause: by first token, or by its beginning.

    characters are those that any of their tokens begins with.
    """

    by_first: dict[str, list[tuple[int, Phrase]]] = field(default_factory=dict)
    beginnings: list[tuple[int, Phrase]] = field(default_factory=list)
    characters: set[str] = field(default_factory=set)

    def add(self, number: int, phrase: Phrase) -> None:
        """One more phrase of a clause."""
        self.characters.update(token[0] for token in phrase.tokens)
        if phrase.prefix and len(phrase.tokens) == 1:
            self.beginnings.append((number, phrase))
        else:
            self.by_first.setdefault(phrase.tokens[0], []).append((number, phrase))

    def __bool__(self) -> bool:
        return bool(self.by_first or self.beginnings)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a query looks for in texts; made once for all the texts of a page."""

    surfaces: _Wanted
    stems: _Wanted


def sought(query: Query) -> Sought:
    """The phrases of a query, sorted for being looked for in many texts."""
    found = Sought(_Wanted(), _Wanted())
    for number, clause in enumerate(query.clauses):
        for phrase in {phrase for alternative in clause.alternatives for phrase in alternative}:
            (found.stems if phrase.field == STEM else found.surfaces).add(number, phrase)
    return found


def snippet(wanted: Sought, language: str, text: str, *, length: int = 0) -> Snippet:
    """The stretch of `length` characters (fewer in Chinese) that meets most of the query, or the beginning."""
    length = length or (_LENGTH_HAN if language == "zh" else LENGTH)
    found = matches(wanted, language, text)
    start = _best_start(found, length)
    first, last = _between_words(text, start, length)
    marks = [(a - first, min(b, last) - first) for _, a, b in found if first <= a < last]
    return Snippet(text[first:last], _merged(marks), cut_before=first > 0, cut_after=last < len(text))


def marks(wanted: Sought, language: str, text: str) -> tuple[Span, ...]:
    """Where a whole text meets a query; for a title, or for the reader's page."""
    return _merged([(start, end) for _, start, end in matches(wanted, language, text)])


def matches(wanted: Sought, language: str, text: str) -> list[tuple[int, int, int]]:
    """(number of the clause, start, end) for each place where a clause is met, in order of the text."""
    spoken = read_as(language, text)
    places: set[tuple[int, int, int]] = set()
    if wanted.stems:
        places.update(_found(wanted.stems, placed_stems(spoken, text)))
    if wanted.surfaces:
        places.update(_found(wanted.surfaces, placed_surfaces(spoken, text, beginnings=wanted.surfaces.characters)))
    return sorted(places, key=lambda place: (place[1], place[2]))


def _found(wanted: _Wanted, line: Placed) -> Iterator[tuple[int, int, int]]:
    longer: defaultdict[tuple[int, Phrase], list[int]] = defaultdict(list)
    for token, slot in line.among(wanted.by_first.keys()):
        for number, phrase in wanted.by_first[token]:
            if len(phrase.tokens) == 1:
                yield number, *line.span_of_slot(slot)
            else:
                longer[number, phrase].append(line.number(slot))
    for number, phrase in wanted.beginnings:
        for slot in line.beginning_with(phrase.tokens[0]):
            yield number, *_shown(phrase, line.span_of_slot(slot))
    for (number, phrase), places in longer.items():
        yield from ((number, start, end) for start, end in _spans(phrase, line, places))


def _places(line: Placed, token: str) -> list[int]:
    return [at for at, one in enumerate(line.tokens) if one == token]


def _spans(phrase: Phrase, line: Placed, places: Sequence[int]) -> Iterator[Span]:
    """Where a phrase stands; its first token stands at these places."""
    if phrase.near:
        yield from _near_spans(phrase, line, places)
        return
    *before, last = phrase.tokens
    for at in places:
        end = at + len(before)
        if end < len(line.tokens) and line.tokens[at:end] == before and _goes_on(phrase, line.tokens[end], last):
            yield line.span(at)[0], _shown(phrase, line.span(end))[1]


def _goes_on(phrase: Phrase, token: str, last: str) -> bool:
    return token.startswith(last) if phrase.prefix else token == last


def _near_spans(phrase: Phrase, line: Placed, places: Sequence[int]) -> Iterator[Span]:
    """Both words of each pair that stands near enough; what is between them is not marked."""
    others = _places(line, phrase.tokens[1])
    for at in places:
        for place in others:
            if at != place and abs(place - at) <= phrase.near + 1:
                yield line.span(at)
                yield line.span(place)


def _shown(phrase: Phrase, span: Span) -> Span:
    """A lone Chinese character is asked for as the beginning of a pair, but only itself was found."""
    lone = phrase.prefix and len(phrase.tokens[-1]) == 1 and phrase.tokens[-1] >= "\u2e80"
    return (span[0], span[0] + 1) if lone else span


def _best_start(found: Sequence[tuple[int, int, int]], length: int) -> int:
    """Where an excerpt begins that meets most clauses, and among those most places; a little room before the first."""
    best, chosen = (0, 0), 0
    starts = [start for _, start, _ in found]
    for at, start in enumerate(starts):
        last = start + length
        inside = [clause for clause, _, end in found[at : bisect_left(starts, last)] if end <= last]
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
