"""A paragraph laid out for reading: lead and lettered items, each drawn with what it names and the calls of its notes.

Pure: takes texts, spans and how they are drawn, returns blocks. Nothing of a text is drawn but through these functions.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol


class Span(Protocol):
    """Anything that covers the characters ``start`` to ``end`` of a text."""

    @property
    def start(self) -> int:
        """Return where it begins."""

    @property
    def end(self) -> int:
        """Return where it has ended."""


Item = Sequence[object]  # letter, start, end, place, depth: as documents keep it
Call = Sequence[object]  # mark, offset


class MarkedText(NamedTuple):
    """A text with the spans marked in it, its lettered items and the calls of its notes."""

    text: str
    spans: Sequence[Span] = ()
    items: Sequence[Item] = ()
    calls: Sequence[Call] = ()


# A page of the reader has a thousand stretches: they become text at once, without an object for each.
class Drawing(NamedTuple):
    """How a stretch of plain text is drawn, one that a span covers, and the call of a note."""

    plain: Callable[[str], str]
    marked: Callable[[str, Span], str]
    call: Callable[[str], str]


class Block(NamedTuple):
    """A lead, a lettered item or what follows the items, as it was drawn.

    ``letter`` is ``""`` outside items; ``depth`` counts from 0; ``place`` is how the item is cited, ``15(a)``.
    """

    letter: str
    drawn: str
    depth: int = 0
    place: str = ""


class Piece(NamedTuple):
    """A stretch of a paragraph that is laid out on its own."""

    start: int
    end: int
    letter: str = ""
    depth: int = 0
    place: str = ""


def outermost(spans: Sequence[Span], *, start: int, end: int) -> list[Span]:
    """Return the spans inside ``start`` to ``end`` that do not overlap an earlier or longer one, in order."""
    kept: list[Span] = []
    edge = start
    for span in sorted(spans, key=lambda one: (one.start, -one.end)) if len(spans) > 1 else spans:
        if span.start >= edge and span.end <= end:
            kept.append(span)
            edge = span.end
    return kept


def drawn_between(marked: MarkedText, drawing: Drawing, *, start: int, end: int) -> str:
    """Return ``text[start:end]`` drawn: every character of it once, in order. Calls inside a mention follow it."""
    text, spans, _items, calls = marked
    drawn: list[str] = []
    edge = start
    waiting = calls_between(calls, start, end) if calls else []
    for span in outermost(spans, start=start, end=end) if spans else ():
        if waiting:
            edge = draw_calls(waiting, drawn, text, drawing, edge=edge, end=span.start)
        if edge < span.start:
            drawn.append(drawing.plain(text[edge : span.start]))
        drawn.append(drawing.marked(text[span.start : span.end], span))
        edge = span.end
    edge = draw_calls(waiting, drawn, text, drawing, edge=edge, end=end) if waiting else edge
    if edge < end:
        drawn.append(drawing.plain(text[edge:end]))
    return "".join(drawn)


def calls_between(calls: Sequence[Call], start: int, end: int) -> list[tuple[int, str]]:
    """Return offset and mark of the calls of a stretch, in order."""
    return sorted((int(str(offset)), str(mark)) for mark, offset in calls if start <= int(str(offset)) <= end)


def draw_calls(
    waiting: list[tuple[int, str]], drawn: list[str], text: str, drawing: Drawing, *, edge: int, end: int
) -> int:
    """Draw the calls up to ``end``, each with the text before it, and return where the text goes on."""
    while waiting and waiting[0][0] <= end:
        offset, mark = waiting.pop(0)
        if edge < offset:
            drawn.append(drawing.plain(text[edge:offset]))
        drawn.append(drawing.call(mark))
        edge = max(edge, offset)
    return edge


def cuts(text: str, items: Sequence[Item]) -> list[Piece]:
    """Return lead, items and tail, trimmed of white space; empty pieces are left out.

    An item that holds others ends where the first of them begins.
    """
    if not items:  # nearly every paragraph
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


def lay_out(marked: MarkedText, drawing: Drawing) -> list[Block]:
    """Return the paragraph as blocks. Nothing of the text is lost but white space between blocks and letters."""
    return [
        Block(
            piece.letter,
            drawn_between(marked, drawing, start=words_begin(marked.text, piece), end=piece.end),
            piece.depth,
            piece.place,
        )
        for piece in cuts(marked.text, marked.items)
    ]
