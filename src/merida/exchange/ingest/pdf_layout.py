"""From pieces of text with their place on a page to lines in reading order. Pure geometry, in points, y upwards."""

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from merida.exchange.ingest.pdf_right_to_left import RIGHT_TO_LEFT, as_read, is_right_to_left, with_brackets

#: Pieces of one line with a wider gap than this (in heights of a letter) stand in different columns.
APART = 0.9
_WIDE = 2.5  # a gap as between the two halves of a masthead, or the cells of a table
_ALIKE = 0.3  # points by which the gaps of a justified line differ
_JUSTIFIED = 2.4  # a gap between justified words is narrower than this
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CALL = re.compile(r"[0-9]{1,3}|\*{1,3}")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_FEWEST_LINES = 6  # each of two columns has at least so many
_FILLED = 0.55  # the usual line of a column fills so much of it; cells of a table do not


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters of one size on one baseline."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line as printed. ``edges`` are those of the column it stands in; ``split`` where wide gaps part its words."""

    text: str
    left: float
    right: float
    base: float
    size: float
    edges: tuple[float, float] = (0.0, 0.0)
    split: bool = False

    @property
    def is_full(self) -> bool:
        """Whether the line reaches the end of its column, so that the sentence may go on in the next."""
        start, end = self.edges
        slack = max(0.12 * (end - start), 2 * self.size)
        return self.left <= start + slack if is_right_to_left(self.text) else self.right >= end - slack


def rows_of(pieces: Sequence[Piece], beside: float | None = None) -> tuple[list[Row], float | None]:
    """The lines of a page in reading order, and where its two columns part, None on a page of one column.

    ``beside`` is where those of the page before part: a page with few lines left over is read as that one was.
    """
    rows = list(_baselines(pieces))
    runs = [run for row in rows for run in _runs(row)]
    gutter = _gutter(runs)
    if gutter is None and beside is not None and _leaves_free(runs, beside):
        gutter = beside
    if gutter is None:
        return _bracketed(_with_edges([_joined(row) for row in rows])), None
    return _bracketed(_two_columns(rows, gutter)), gutter


def _leaves_free(runs: Sequence[Sequence[Piece]], gutter: float) -> bool:
    """Whether lines stand on both sides of a gutter and hardly any over it."""
    sides = [(run[0].left < gutter, max(piece.right for piece in run) > gutter) for run in runs]
    over = sum(left and right for left, right in sides)
    return over <= 1 and any(not right for _, right in sides) and any(not left for left, _ in sides)


def _bracketed(rows: Sequence[Row]) -> list[Row]:
    if not any(RIGHT_TO_LEFT.search(row.text) for row in rows):
        return list(rows)
    return [replace(row, text=text) for row, text in zip(rows, with_brackets([row.text for row in rows]), strict=True)]


def _baselines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that stand on one line, from the top down; raised marks belong to the line they are raised from."""
    current: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: -one.base):
        reference = max(current, key=lambda one: one.size, default=None)
        if reference and not _on_line(piece, reference):
            yield current
            current = []
        current.append(piece)
    if current:
        yield current


def _on_line(piece: Piece, reference: Piece) -> bool:
    return reference.base - piece.base < 0.45 * max(piece.size, reference.size)


def _runs(row: Sequence[Piece]) -> Iterator[list[Piece]]:
    """What stands together in a line: no wide gap parts it, or gaps all alike, as justified words have."""
    ordered = sorted(row, key=lambda one: one.left)
    gaps = [piece.left - before.right for before, piece in pairwise(ordered)]
    run = ordered[:1]
    for at, (before, piece) in enumerate(pairwise(ordered)):
        size = max(before.size, piece.size)
        alike = any(abs(gaps[at] - gap) < _ALIKE for gap in (*gaps[max(at - 1, 0) : at], *gaps[at + 1 : at + 2]))
        if gaps[at] > APART * size and not (alike and gaps[at] < _JUSTIFIED * size):
            yield run
            run = []
        run.append(piece)
    yield run


def _joined(row: Sequence[Piece]) -> Row:
    """The pieces of a line as one text, in the direction in which it is read."""
    size = max(piece.size for piece in row)
    base = min(piece.base for piece in row if piece.size == size)
    whole = "".join(piece.text for piece in row)
    from_right = is_right_to_left(whole)
    shown: list[str] = []
    split = False
    previous: Piece | None = None
    for piece in sorted(row, key=lambda one: one.left + one.right):
        if previous is not None:
            gap = piece.left - previous.right
            split = split or gap > _WIDE * size
            shown.append(_between(previous.text, piece.text, gap, size))
        shown.append(_raised(piece, base, size))
        previous = piece
    shown = [text for text in shown if text]
    text = as_read(shown, from_right=from_right) if RIGHT_TO_LEFT.search(whole) else "".join(shown)
    left, right = min(piece.left for piece in row), max(piece.right for piece in row)
    return Row(text.strip(), left, right, base, size, split=split)


def _between(before: str, after: str, gap: float, size: float) -> str:
    if gap > _WIDE * size:
        return "   "
    if before.endswith(" ") or after.startswith(" ") or gap <= 0.15 * size:
        return ""
    return "" if _HAN.match(before[-1:]) and _HAN.match(after) else " "


def _raised(piece: Piece, base: float, size: float) -> str:
    """The text of a piece; a small raised number is the call of a note."""
    small = piece.size < 0.8 * size and piece.base > base + 0.15 * size
    return piece.text.translate(_RAISED) if small and _CALL.fullmatch(piece.text.strip()) else piece.text


def _gutter(runs: Sequence[Sequence[Piece]]) -> float | None:
    """Where two columns part, None on a page of one column. Mastheads and tables are not columns."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    spans = [(run[0].left, max(piece.right for piece in run), run[0].base) for run in runs]
    start, end = min(left for left, _, _ in spans), max(right for _, right, _ in spans)
    width = end - start
    tries = [start + width * step / 60 for step in range(21, 40)]
    at = min(tries, key=lambda x: (sum(left < x < right for left, right, _ in spans), abs(x - start - width / 2)))
    lefts, rights = [s for s in spans if s[1] <= at], [s for s in spans if s[0] >= at]
    if len(spans) - len(lefts) - len(rights) > 0.4 * len(spans):
        return None
    if not _is_column(lefts, start, at) or not _is_column(rights, at, end):
        return None
    overlap = min(max(s[2] for s in lefts), max(s[2] for s in rights)) - max(
        min(s[2] for s in lefts), min(s[2] for s in rights)
    )
    return at if overlap > 0 else None


def _is_column(spans: Sequence[tuple[float, float, float]], start: float, end: float) -> bool:
    if len(spans) < _FEWEST_LINES:
        return False
    return statistics.median(right - left for left, right, _ in spans) >= _FILLED * (end - start)


def _two_columns(lines: Sequence[Sequence[Piece]], gutter: float) -> list[Row]:
    """Bands from the top down, each closed by a line over both columns: the first column, then the second."""
    rows = [row for line in lines for row in _halves(line, gutter)]
    arabic = is_right_to_left("".join(row.text for row in rows))
    found: list[Row] = []
    waiting: list[Row] = []
    for row in sorted(rows, key=lambda one: -one.base):
        if row.left < gutter < row.right:
            found += [*_band(waiting, gutter, arabic=arabic), row]
            waiting = []
        else:
            waiting.append(row)
    return [
        row if any(row.edges) else _edged(row, (row.left, row.right))
        for row in (*found, *_band(waiting, gutter, arabic=arabic))
    ]


def _halves(line: Sequence[Piece], gutter: float) -> Iterator[Row]:
    """A line over both columns as one, else what stands in each; justified words can be far apart in either."""
    runs = list(_runs(line))
    if any(run[0].left < gutter < max(piece.right for piece in run) for run in runs):
        yield _joined(line)
        return
    for side in ([run for run in runs if run[0].left < gutter], [run for run in runs if run[0].left >= gutter]):
        if side:
            yield _joined([piece for run in side for piece in run])


def _band(rows: Sequence[Row], gutter: float, *, arabic: bool) -> list[Row]:
    sides = [[row for row in rows if row.right <= gutter], [row for row in rows if row.right > gutter]]
    return [row for side in (reversed(sides) if arabic else sides) for row in _with_edges(side)]


def _with_edges(rows: Sequence[Row]) -> list[Row]:
    if not rows:
        return []
    edges = (min(row.left for row in rows), max(row.right for row in rows))
    return [_edged(row, edges) for row in rows]


def _edged(row: Row, edges: tuple[float, float]) -> Row:
    return Row(row.text, row.left, row.right, row.base, row.size, edges, row.split)
