"""A paragraph laid out for reading: lead and lettered items, each cut into runs of plain and mentioned text.

Pure: takes texts and spans, returns values. Templates turn them into elements, so no text is ever trusted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

CALL = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
PLAIN_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


class Span(Protocol):
    """Anything that covers the characters ``start`` to ``end`` of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is plain, named by ``mention``, or the call of footnote ``note``."""

    text: str
    mention: Span | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A lead, a lettered item or what follows the items. ``letter`` is ``""`` outside items."""

    letter: str
    runs: tuple[Run, ...]


def outermost(spans: Iterable[Span], *, start: int, end: int) -> list[Span]:
    """Return the spans inside ``start`` to ``end`` that do not overlap an earlier or longer one, in order."""
    kept: list[Span] = []
    edge = start
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if span.start >= edge and span.end <= end:
            kept.append(span)
            edge = span.end
    return kept


def plain_runs(text: str, notes: frozenset[str]) -> Iterator[Run]:
    """Yield plain text, with each raised number that is one of ``notes`` as a run of its own."""
    edge = 0
    for call in CALL.finditer(text):
        number = call.group().translate(PLAIN_DIGITS)
        if number in notes:
            if call.start() > edge:
                yield Run(text[edge : call.start()])
            yield Run(number, note=number)
            edge = call.end()
    if edge < len(text):
        yield Run(text[edge:])


def runs_between(text: str, spans: Sequence[Span], *, start: int, end: int, notes: frozenset[str]) -> tuple[Run, ...]:
    """Return ``text[start:end]`` as runs; the pieces joined give the text again, but for raised numbers."""
    runs: list[Run] = []
    edge = start
    for span in outermost(spans, start=start, end=end):
        runs.extend(plain_runs(text[edge : span.start], notes))
        runs.append(Run(text[span.start : span.end], mention=span))
        edge = span.end
    runs.extend(plain_runs(text[edge:end], notes))
    return tuple(runs)


def cuts(text: str, items: Sequence[Sequence[object]]) -> list[tuple[str, int, int]]:
    """Return ``(letter, start, end)`` for lead, items and tail, trimmed of white space; empty pieces are left out."""
    starts = sorted((int(str(start)), str(letter)) for letter, start, _end in items)
    last = max((int(str(end)) for _letter, _start, end in items), default=0)
    pieces = [("", 0, starts[0][0] if starts else len(text))]
    for place, (start, letter) in enumerate(starts):
        following = starts[place + 1][0] if place + 1 < len(starts) else max(start, last)
        pieces.append((letter, start, following))
    if starts:
        pieces.append(("", last, len(text)))
    trimmed = [(letter, *trim(text, start, end)) for letter, start, end in pieces]
    return [(letter, start, end) for letter, start, end in trimmed if end > start]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def without_letter(text: str, letter: str, start: int) -> int:
    """Return where the item's own words begin: after its printed letter, if the text prints it there."""
    if letter and text.startswith(letter, start):
        after = start + len(letter)
        while after < len(text) and text[after].isspace():
            after += 1
        return after
    return start


def lay_out(
    text: str, spans: Sequence[Span], *, items: Sequence[Sequence[object]] = (), notes: frozenset[str] = frozenset()
) -> list[Block]:
    """Return the paragraph as blocks. Nothing of the text is lost but white space between blocks and letters."""
    return [
        Block(letter, runs_between(text, spans, start=without_letter(text, letter, start), end=end, notes=notes))
        for letter, start, end in cuts(text, items)
    ]
