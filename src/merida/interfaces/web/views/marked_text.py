"""A paragraph laid out for reading: lead and lettered items, each cut into runs of plain and mentioned text.

Pure: takes texts and spans, returns values. Templates turn them into elements, so no text is ever trusted.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Span(Protocol):
    """Anything that covers the characters ``start`` to ``end`` of a text."""

    @property
    def start(self) -> int:
        """Return where it begins."""

    @property
    def end(self) -> int:
        """Return where it has ended."""


# A page of the reader has a thousand stretches: named tuples are made in a quarter of the time of frozen dataclasses,
# and plain text, which most of them are, is left as it is.
class Marked(NamedTuple):
    """A stretch of text that ``mention`` names."""

    text: str
    mention: Span


class Call(NamedTuple):
    """The call of footnote ``note``, as the text prints it."""

    note: str


Run = str | Marked | Call


class Block(NamedTuple):
    """A lead, a lettered item or what follows the items.

    ``letter`` is ``""`` outside items; ``depth`` counts from 0; ``place`` is how the item is cited, ``15(a)``.
    """

    letter: str
    runs: Sequence[Run]
    depth: int = 0
    place: str = ""


class Piece(NamedTuple):
    """A stretch of a paragraph that is laid out on its own."""

    start: int
    end: int
    letter: str = ""
    depth: int = 0
    place: str = ""


Item = Sequence[object]  # letter, start, end, place, depth: as documents keep it
PrintedCall = Sequence[object]  # mark, offset


def outermost(spans: Sequence[Span], *, start: int, end: int) -> list[Span]:
    """Return the spans inside ``start`` to ``end`` that do not overlap an earlier or longer one, in order."""
    kept: list[Span] = []
    edge = start
    for span in sorted(spans, key=lambda one: (one.start, -one.end)) if len(spans) > 1 else spans:
        if span.start >= edge and span.end <= end:
            kept.append(span)
            edge = span.end
    return kept


def runs_between(
    text: str, spans: Sequence[Span], *, start: int, end: int, calls: Sequence[PrintedCall] = ()
) -> list[Run]:
    """Return ``text[start:end]`` as runs; the pieces joined give the text again. Calls inside a mention follow it."""
    runs: list[Run] = []
    edge = start
    waiting = calls_between(calls, start, end) if calls else []
    for span in outermost(spans, start=start, end=end) if spans else ():
        if waiting:
            edge = take_calls(waiting, runs, text, edge, span.start)
        if edge < span.start:
            runs.append(text[edge : span.start])
        runs.append(Marked(text[span.start : span.end], span))
        edge = span.end
    edge = take_calls(waiting, runs, text, edge, end) if waiting else edge
    if edge < end:
        runs.append(text[edge:end])
    return runs


def calls_between(calls: Sequence[PrintedCall], start: int, end: int) -> list[tuple[int, str]]:
    """Return offset and mark of the calls of a stretch, in order."""
    return sorted((int(str(offset)), str(mark)) for mark, offset in calls if start <= int(str(offset)) <= end)


def take_calls(waiting: list[tuple[int, str]], runs: list[Run], text: str, edge: int, end: int) -> int:
    """Move the calls up to ``end`` to ``runs``, each with the text before it; return where the text goes on."""
    while waiting and waiting[0][0] <= end:
        offset, mark = waiting.pop(0)
        if edge < offset:
            runs.append(text[edge:offset])
        runs.append(Call(mark))
        edge = max(edge, offset)
    return edge


def cuts(text: str, items: Sequence[Item]) -> list[Piece]:
    """Return lead, items and tail, trimmed of white space; empty pieces are left out.

    An item that holds others ends where the first of them begins.
    """
    if not items:
        start, end = trim(text, 0, len(text))
        return [Piece(start, end)] if end > start else []
    found = sorted((int(str(item[1])), int(str(item[2])), item) for item in items)
    edges = [start for start, _end, _item in found]
    pieces = [Piece(0, edges[0])]
    last = max(end for _start, end, _item in found)
    for number, (start, _end, item) in enumerate(found):
        end = edges[number + 1] if number + 1 < len(edges) else max(start, last)
        place, depth = (str(item[3]), int(str(item[4]))) if len(item) > 4 else ("", 0)  # noqa: PLR2004 (five parts)
        pieces.append(Piece(start, end, str(item[0]), max(0, depth), place))
    pieces.append(Piece(last, len(text)))
    trimmed = [trimmed_piece(text, piece) for piece in pieces]
    return [piece for piece in trimmed if piece.end > piece.start]


def trimmed_piece(text: str, piece: Piece) -> Piece:
    """Return a piece without white space at its ends."""
    start, end = trim(text, piece.start, piece.end)
    return piece if (start, end) == (piece.start, piece.end) else piece._replace(start=start, end=end)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def words_begin(text: str, piece: Piece) -> int:
    """Return where the item's own words begin: after its printed letter, if the text prints it there."""
    if not piece.letter or not text.startswith(piece.letter, piece.start):
        return piece.start
    return trim(text, piece.start + len(piece.letter), piece.end)[0]


def lay_out(
    text: str, spans: Sequence[Span], *, items: Sequence[Item] = (), calls: Sequence[PrintedCall] = ()
) -> list[Block]:
    """Return the paragraph as blocks. Nothing of the text is lost but white space between blocks and letters."""
    if not items:  # nearly every paragraph
        start, end = trim(text, 0, len(text))
        return [Block("", runs_between(text, spans, start=start, end=end, calls=calls))] if end > start else []
    return [
        Block(
            piece.letter,
            runs_between(text, spans, start=words_begin(text, piece), end=piece.end, calls=calls),
            piece.depth,
            piece.place,
        )
        for piece in cuts(text, items)
    ]
