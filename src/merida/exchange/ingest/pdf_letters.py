"""The letters of a PDF page as pieces with their place, whichever way the page's text runs. Knows PDFium.

Most pages run from left to right and are asked word by word. Pages with Arabic letters and pages whose lines run from
top to bottom are asked letter by letter, because the order in which a file stores those is not the order of reading.
Text that is turned as a whole page is turned back; turned text beside upright text (a stamp across the page, a note up
the margin) is no part of a line: it is handed back apart.
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from merida.exchange.ingest.pdf_layout import APART, Piece
from merida.exchange.ingest.pdf_right_to_left import RIGHT_TO_LEFT, one_glyph

_REPLACED = str.maketrans({"\x02": "-", "\ufffe": "-"} | dict.fromkeys("\x0b\x0c\x85\u2028\u2029", " "))
_WORD = re.compile(r"(?P<space>[\s\x00]+)|(?P<word>[^\s\x00]+)")
_HALVES = range(0xD800, 0xE000)  # halves of characters beyond the basic plane
_MARKED = re.compile(r"[0-9*]")
_LINE = 1.15  # the height of a line of letters, in sizes of the letter
_QUARTER = math.pi / 2
_UPRIGHT, _DOWN, _OVER, _UP = range(4)  # quarters that a line is turned by, clockwise
_ASKEW = -1
_WITHIN_WORDS = 0.35  # a gap between letters of one word is narrower than this, in heights of a letter


class PageText(NamedTuple):
    """The pieces of a page, and what stands on it turned against the rest."""

    pieces: list[Piece]
    turned: list[str]


@dataclass(slots=True)
class _Letters:
    """A run of letters without a space; ``before`` is empty, a space, or a line feed where a line begins."""

    text: str
    before: str
    left: float
    right: float
    base: float
    size: float
    turn: int = _UPRIGHT
    foot: float = 0.0
    top: float = 0.0


class _Asking:
    """What PDFium tells of the letters of a page; the places it writes its answers to are made once."""

    def __init__(self, text_page: pdfium.PdfTextPage) -> None:
        self.page = text_page.raw
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._shapes: dict[tuple[float, float, float], tuple[float, int]] = {}

    def letter(self, text: str, index: int, before: str = "") -> _Letters:
        """One letter."""
        left, right, foot, top = self.box(index)
        height, turn = self._shape(index)
        return _Letters(
            text, before, left, right, self.origin(index)[1], height or max(top - foot, 1.0), turn, foot, top
        )

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, foot and top of a letter."""
        raw.FPDFText_GetLooseCharBox(self.page, index, self._box)
        return self._box.left, self._box.right, self._box.bottom, self._box.top

    def origin(self, index: int) -> tuple[float, float]:
        """Where the pen begins a letter, on its line."""
        raw.FPDFText_GetCharOrigin(self.page, index, self._x, self._y)
        return self._x.value, self._y.value

    def _shape(self, index: int) -> tuple[float, int]:
        """The height of a line of such letters (0 where not told), and the quarters that it is turned by."""
        matrix = self._matrix
        size = raw.FPDFText_GetFontSize(self.page, index)
        raw.FPDFText_GetMatrix(self.page, index, matrix)
        known = (size, matrix.c, matrix.d)
        if known not in self._shapes:
            quarters = raw.FPDFText_GetCharAngle(self.page, index) / _QUARTER
            near = round(quarters)
            askew = abs(quarters - near) > 0.1  # noqa: PLR2004 (nine degrees are no slip of a font)
            self._shapes[known] = size * math.hypot(matrix.c, matrix.d) * _LINE, _ASKEW if askew else near % 4
        return self._shapes[known]


def text_of(page: pdfium.PdfPage) -> PageText:
    """The pieces of a page in its own order: words of one size that follow each other on one baseline are one."""
    text_page = page.get_textpage()
    try:
        text, asking = _characters(text_page), _Asking(text_page)
        words = list(_words(asking, text))
        turn, vertical = _way(words)
        apart = [word for word in words if word.turn != turn and not vertical]
        turned = ["".join(word.before + word.text for word in apart)] if apart else []
        kept = [word for word in words if word.turn == turn or vertical]
        by_letter = vertical or bool(RIGHT_TO_LEFT.search(text))
        if by_letter:
            kept = list(_each(asking, text, turn=None if vertical else turn))
        kept = _turned_back(kept, _DOWN if vertical else turn, size=page.get_size(), vertical=vertical)
        if by_letter:
            return PageText([_piece([letter]) for letter in _on_their_letters(kept)], turned)
        return PageText(_in_runs(kept), turned)
    finally:
        text_page.close()


def _in_runs(words: Sequence[_Letters]) -> list[Piece]:
    pieces: list[Piece] = []
    run: list[_Letters] = []
    for word in words:
        if run and not _follows(run[-1], word):
            pieces.append(_piece(run))
            run = []
        run.append(word)
    return [*pieces, _piece(run)] if run else pieces


def _words(asking: _Asking, text: str) -> Iterator[_Letters]:
    """Every word with its place. The place of each letter is asked for only where raised numbers may hide in a word."""
    before = "\n"
    for found in _WORD.finditer(text):
        if found["space"]:
            before = "\n" if "\r" in found["space"] or "\n" in found["space"] else " "
            continue
        word, start, last = found["word"], found.start(), found.end() - 1
        first = asking.letter(word[0], start, before)
        uneven = start != last and abs(asking.origin(last)[1] - first.base) > 0.1 * first.size
        if start != last and (uneven or _MARKED.search(word)):
            yield first
            yield from (asking.letter(letter, start + shift) for shift, letter in enumerate(word) if shift)
        else:
            left, right, foot, top = asking.box(last)
            yield _Letters(
                word,
                before,
                min(first.left, left),
                max(first.right, right),
                first.base,
                first.size,
                first.turn,
                min(first.foot, foot),
                max(first.top, top),
            )
        before = ""


def _each(asking: _Asking, text: str, *, turn: int | None) -> Iterator[_Letters]:
    """Every letter; those that one sign shows together, together. ``turn`` leaves out what is turned otherwise."""
    letters: list[_Letters] = []
    place: tuple[float, float] | None = None
    for index, character in enumerate(text):
        if not character.strip("\x00 \t\r\n\u00a0"):
            place = None
            continue
        letter = asking.letter(character, index)
        if turn is not None and letter.turn != turn:
            continue
        if letters and RIGHT_TO_LEFT.match(character) and RIGHT_TO_LEFT.match(text[index - 1]):
            letter = _beside(letter, letters[-1])
        here = (round(letter.left, 1), round(letter.right, 1)) if RIGHT_TO_LEFT.match(character) else None
        if letters and here and place and _same_sign(asking, index):
            letters[-1] = replace(letters[-1], text=one_glyph(letters[-1].text + character))
        else:
            letters.append(letter)
        place = here
    yield from letters


def _beside(letter: _Letters, before: _Letters) -> _Letters:
    """A letter of the same word, as wide as to touch the one before it; some fonts tell too little of their width."""
    most = _WITHIN_WORDS * letter.size
    if 0 < before.left - letter.right < most:
        return replace(letter, right=before.left)
    return replace(letter, left=before.right) if 0 < letter.left - before.right < most else letter


def _same_sign(asking: _Asking, index: int) -> bool:
    """Whether a letter stands where the one before it does, because one sign shows both."""
    return math.dist(asking.origin(index), asking.origin(index - 1)) < 0.01  # noqa: PLR2004 (points)


def _characters(text_page: pdfium.PdfTextPage) -> str:
    """One character for each that PDFium counts; those beyond the basic plane are read one by one."""
    count = text_page.count_chars()
    text = str(text_page.get_text_range(errors="replace")) if count else ""
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(count))
    return "".join(chr(code) if code and code not in _HALVES else "\ufffd" for code in codes)


def _way(words: Sequence[_Letters]) -> tuple[int, bool]:
    """By how many quarters the text of a page is turned, and whether its upright letters stand below each other."""
    turns = Counter[int]()
    down = across = 0
    for word in words:
        turns[word.turn] += len(word.text)
    for before, word in pairwise(words):
        if word.turn == before.turn == _UPRIGHT and not word.before:
            below = abs(word.top - before.top) > abs(word.left - before.left)
            down, across = down + below, across + (not below)
        across += word.turn == _UPRIGHT and len(word.text) > 1
    straight = {turn: count for turn, count in turns.items() if turn != _ASKEW}
    turn = max(straight, key=lambda one: straight[one], default=_UPRIGHT)
    return turn, turn in (_UPRIGHT, _DOWN) and down > across


def _turned_back(words: list[_Letters], turn: int, *, size: tuple[float, float], vertical: bool) -> list[_Letters]:
    """The words as if the page had been turned so that its lines run from left to right."""
    if turn == _UPRIGHT:
        return words
    width, height = size
    turned = []
    for word in words:
        middle = (word.left + word.right) / 2
        if turn == _DOWN:
            left, right, base = height - word.top, height - word.foot, middle
        elif turn == _UP:
            left, right, base = word.foot, word.top, width - middle
        else:
            left, right, base = width - word.right, width - word.left, height - word.base
        if vertical or turn != _OVER:  # the middle of the line is known, not where its letters stand
            base -= word.size / 2
        turned.append(replace(word, left=left, right=right, base=base))
    return turned


def _on_their_letters(letters: Sequence[_Letters]) -> list[_Letters]:
    """The letters, each with the signs above or below it."""
    carriers = [letter for letter in letters if not unicodedata.combining(letter.text[0])]
    signs: dict[int, str] = {}
    for sign in (letter for letter in letters if unicodedata.combining(letter.text[0])):
        middle = (sign.left + sign.right) / 2
        near = [at for at, one in enumerate(carriers) if abs(one.base - sign.base) < one.size]
        if near:
            at = min(near, key=lambda one: abs((carriers[one].left + carriers[one].right) / 2 - middle))
            signs[at] = signs.get(at, "") + sign.text
    return [replace(one, text=one.text + signs[at]) if at in signs else one for at, one in enumerate(carriers)]


def _follows(before: _Letters, word: _Letters) -> bool:
    size = max(before.size, word.size, 1.0)
    if word.before == "\n" or abs(before.base - word.base) > 0.1 * size or abs(before.size - word.size) > 0.1 * size:
        return False
    return max(word.left - before.right, before.left - word.right) <= APART * size


def _piece(run: Sequence[_Letters]) -> Piece:
    text = "".join((" " if at and word.before == " " else "") + word.text for at, word in enumerate(run))
    left, right = min(word.left for word in run), max(word.right for word in run)
    return Piece(text.translate(_REPLACED), left, right, run[0].base, max(run[0].size, 1.0))
