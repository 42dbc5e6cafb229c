"""From printed lines to paragraphs: what goes on in the next line, over columns and pages; notes after their text."""

import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from merida.exchange.ingest.joining import join_hyphenated
from merida.exchange.ingest.lines import ends_whole
from merida.exchange.ingest.pdf_layout import Row
from merida.exchange.ingest.pdf_right_to_left import is_right_to_left

_LOOSE = 1.35  # a distance of lines above the usual one by this factor parts paragraphs
_SMALL = 0.93  # letters of notes are at most so large beside those of the text
_NOTE = re.compile(r"[⁰¹²³⁴-⁹]{1,3}|\*{1,3}|\d{1,3}\s")
_BEGINS = re.compile(
    r"\(?\d{1,3}[.)]\s|\([a-z0-9ivx]{1,4}\)|[•·▪●–—-]\s|[IVXL]{1,6}\.\s|[A-Z]\.\s|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十\d]+[章条]"
)
_HYPHENS = frozenset("-\u00ad\u2010")
_KNOWN_PAGES = 60
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order."""

    number: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph and the page that it begins on."""

    text: str
    page: int


def paragraphs_of(pages: Sequence[Page]) -> list[Text]:
    """The paragraphs of a document in order; a sentence cut by the end of a page is whole, notes stand after it."""
    size = _usual_size(pages)
    occurs = _known(pages)
    found: list[Text] = []
    notes: list[Text] = []
    open_ended = False
    for page in pages:
        body, foot = _without_notes(page.rows, size)
        texts = list(_grouped(body, occurs))
        if texts and open_ended and found and not _BEGINS.match(texts[0]):
            found[-1] = Text(_glued(found[-1].text, texts.pop(0), occurs), found[-1].page)
        found += [*notes, *(Text(text, page.number) for text in texts)] if texts else []
        notes = ([] if texts else notes) + [Text(text, page.number) for text in _grouped(foot, occurs)]
        if body:
            open_ended = not body[-1].split and not ends_whole(body[-1].text)
        if not open_ended:
            found += notes
            notes = []
    return [*found, *notes]


def _known(pages: Sequence[Page]) -> Callable[[str], bool]:
    """Whether a word stands in the first lines of a document, so many that its usual words are among them."""
    text = "\n".join(row.text for page in pages[:_KNOWN_PAGES] for row in page.rows)
    return cache(text.__contains__)


def _usual_size(pages: Sequence[Page]) -> float:
    """The size of the letters that most of the text is set in."""
    weights: dict[float, int] = {}
    for row in (row for page in pages for row in page.rows):
        weights[round(row.size, 1)] = weights.get(round(row.size, 1), 0) + len(row.text)
    return max(weights, key=lambda size: weights[size], default=0.0)


def _without_notes(rows: Sequence[Row], size: float) -> tuple[Sequence[Row], Sequence[Row]]:
    """The text of a page, and the notes at its foot: smaller letters from a line on that opens with a mark."""
    start = len(rows)
    while start > 0 and rows[start - 1].size < _SMALL * size:
        start -= 1
    first = next((at for at in range(start, len(rows)) if _NOTE.match(rows[at].text)), len(rows))
    return rows[:first], rows[first:]


def _grouped(rows: Sequence[Row], occurs: Callable[[str], bool]) -> Iterator[str]:
    """The texts of lines that belong together."""
    steps = [before.base - row.base for before, row in pairwise(rows) if before.base > row.base]
    usual = statistics.median(steps) if steps else 0.0
    text = ""
    previous: Row | None = None
    for row in rows:
        if previous is not None and not _goes_on(previous, row, usual):
            yield text
            text = ""
        text = _glued(text, row.text, occurs)
        previous = row
    if text:
        yield text


def _goes_on(previous: Row, row: Row, usual: float) -> bool:
    if previous.split or row.split or not (previous.is_full or _had_no_room(previous, row) or row.text[:1].islower()):
        return False
    if _BEGINS.match(row.text) or (_NOTE.match(row.text) and not row.text[0].isascii()) or row.text[0] == "*":
        return False
    if abs(previous.size - row.size) > 0.1 * max(previous.size, row.size):
        return False
    step = previous.base - row.base
    return step <= _LOOSE * usual if step > 0 else not ends_whole(previous.text)


def _had_no_room(previous: Row, row: Row) -> bool:
    """Whether the first word of a line would not have fitted on the line before."""
    letter = (row.right - row.left) / max(len(row.text), 1)
    first = row.text[:1] if _HAN.match(row.text) else row.text.split(" ", 1)[0]
    room = previous.left - previous.edges[0] if is_right_to_left(row.text) else previous.edges[1] - previous.right
    return room < (len(first) + 1) * letter


def _glued(text: str, more: str, occurs: Callable[[str], bool]) -> str:
    if not text or not more:
        return text or more
    if text[-1] in _HYPHENS:
        return join_hyphenated(text, more, occurs=occurs)
    if _HAN.match(text[-1]) and _HAN.match(more[0]):
        return text + more
    return f"{text} {more}"
