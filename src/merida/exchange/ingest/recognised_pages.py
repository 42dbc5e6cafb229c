"""Letters recognised in the picture of a page by Tesseract, where that program is installed.

What it reads is a guess: the reading says on which pages, in which languages and how sure the program was.
"""

import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

from merida.exchange.ingest.pdf_layout import APART, Piece

DOTS = 300  # to the inch: what the program is made for
LONGEST = 120  # seconds for one page
POINTS = 72  # to the inch
MOST_DOTS = 6_000  # along a side: a page of half a metre
_LANGUAGES = {"Latin": "eng+fra+spa", "Cyrillic": "rus", "Arabic": "ara", "Han": "chi_sim", "HanS": "chi_sim"}
_ALL = "eng+fra+spa+rus+ara+chi_sim"
_SCRIPT = re.compile(r"^Script: (\w+)$", re.MULTILINE)
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_WORD_ROW, _LINE_ROW = "5", "4"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in shades of grey, a byte a dot, row by row from above; ``scale`` is dots to a point."""

    dots: bytes
    width: int
    height: int
    scale: float

    def as_file(self) -> bytes:
        """Return the picture as a portable grey map, which needs no library."""
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + self.dots


class Recognised(NamedTuple):
    """What was recognised on a page: its pieces, the languages tried, and how sure the program is, 0 to 100."""

    pieces: list[Piece]
    languages: str
    confidence: float


class _Box(NamedTuple):
    block: tuple[str, ...]
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str


@cache
def program() -> str:
    """Return the path of the program, "" where it is not installed."""
    return shutil.which("tesseract") or ""


@cache
def _installed() -> frozenset[str]:
    return frozenset(_run(["--list-langs"], b"", LONGEST).split())


@cache
def release() -> str:
    """Return the name and number of the program, as ``tesseract 5.3.0``."""
    return _run(["--version"], b"", LONGEST).partition("\n")[0].strip()


def recognise(picture: Picture, languages: str = "") -> Recognised | None:
    """Return what stands in a picture; None where the program is missing, fails or takes too long.

    ``languages`` in the program's own codes, as ``eng+fra``; without them the script of the page decides.
    """
    if not program():
        return None
    file = picture.as_file()
    languages = languages or _languages(file)
    if not languages:
        return None
    table = _run(["stdin", "stdout", "--dpi", str(DOTS), "-l", languages, "--psm", "3", "tsv"], file, LONGEST)
    pieces, sure = pieces_of(table, picture)
    return Recognised(pieces, languages, sure) if pieces else None


def _languages(file: bytes) -> str:
    found = _SCRIPT.search(_run(["stdin", "stdout", "--psm", "0"], file, LONGEST))
    wanted = _LANGUAGES.get(found[1], _ALL) if found else _ALL
    return "+".join(code for code in wanted.split("+") if code in _installed())


def _run(arguments: Sequence[str], given: bytes, seconds: int) -> str:
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 (a program of the system, arguments of our own, the picture by its input)
            [program(), *arguments], input=given, capture_output=True, timeout=seconds, check=True, env=alone
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def pieces_of(table: str, picture: Picture) -> tuple[list[Piece], float]:
    """Return the pieces of a table of words as the program prints it, and the mean confidence.

    A line is one piece, or several where wide gaps part its words, as in a masthead.
    """
    rows = [_box(line.split("\t")) for line in table.splitlines() if line[:1] in (_WORD_ROW, _LINE_ROW)]
    boxes = [box for box in rows if box]
    lines = {box.block: box for box in boxes if not box.text}
    words = [box for box in boxes if box.text]
    pieces: list[Piece] = []
    for block, found in groupby(words, key=lambda box: box.block):
        pieces += _pieces(list(found), lines.get(block), picture)
    return pieces, statistics.fmean(word.confidence for word in words) if words else 0.0


def _box(cells: Sequence[str]) -> _Box | None:
    if len(cells) != 12 or (cells[0] == _WORD_ROW and not cells[11].strip()):  # noqa: PLR2004 (columns of its table)
        return None
    text = cells[11].strip() if cells[0] == _WORD_ROW else ""
    left, top, width, height = map(int, cells[6:10])
    return _Box(tuple(cells[1:5]), left, top, width, height, float(cells[10]), text)


def _pieces(words: Sequence[_Box], line: _Box | None, picture: Picture) -> Iterator[Piece]:
    top, height = (line.top, line.height) if line else (words[0].top, max(word.height for word in words))
    size = max(height / picture.scale, 1.0)
    base = (picture.height - top - height) / picture.scale
    for run in _runs(words, APART * height):
        left, right = min(word.left for word in run), max(word.left + word.width for word in run)
        yield Piece(_joined(word.text for word in run), left / picture.scale, right / picture.scale, base, size)


def _runs(words: Sequence[_Box], widest: float) -> Iterator[list[_Box]]:
    run: list[_Box] = []
    for word in words:
        if run:
            before = run[-1]
            gap = max(word.left - before.left - before.width, before.left - word.left - word.width)
            if gap > widest:
                yield run
                run = []
        run.append(word)
    yield run


def _joined(texts: Iterable[str]) -> str:
    joined = ""
    for text in texts:
        apart = joined and not (_HAN.match(joined[-1]) and _HAN.match(text[0]))
        joined += f" {text}" if apart else text
    return joined


def picture_of(dots: bytes, *, width: int, height: int, stride: int, points: float) -> Picture:
    """Return a drawn page of ``points`` height without what fills its rows up to ``stride`` bytes."""
    if stride != width:
        dots = b"".join(dots[row * stride : row * stride + width] for row in range(height))
    return Picture(dots[: width * height], width, height, height / max(points, 1.0))
