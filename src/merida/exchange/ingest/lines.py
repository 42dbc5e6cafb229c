"""From text to lines that carry meaning: marks read, page furniture set aside, the layout of the file measured."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from merida.exchange.ingest import marks
from merida.exchange.ingest.record import LeftOut

#: A line that is full to this share of the wrapping width is taken to go on in the next one.
FULL = 0.86
#: Opens a line that the file itself calls a heading (a style of Word, a heading of HTML).
HEADED = "\ufdd3"
_TAIL = " \t\u3000\u00a0\"'”’»›」』】〉》）)]*⁰¹²³⁴⁵⁶⁷⁸⁹"
_STOPS = frozenset("。！？!?；;：:.…؟؛．")
_CALL_TAIL = frozenset("0123456789\ufdd1")
_NUMBERED_TAIL = re.compile(r"[。；;.:：”）)](?:\d{1,2}|\ufdd0[\d*]{1,3}\ufdd1)$")


@dataclass(slots=True)
class Line:
    """A line with text. ``gap`` counts the empty lines before it, ``text`` is what follows the mark.

    ``headed``: the file itself calls it a heading.
    """

    number: int
    raw: str
    text: str
    mark: marks.Mark | None
    gap: int
    broken: bool = False
    full: bool = False
    headed: bool = False


@dataclass(slots=True)
class Layout:
    """How the file is laid out: the wrapping width (0 where one line is one paragraph) and its usual gap."""

    width: int = 0
    gap: int = 0
    unit: str = "len"
    spaced: bool = False

    def is_full(self, raw: str) -> bool:
        """Whether a line reaches the wrapping width, so that its end need not be a paragraph's end."""
        return bool(self.width) and columns(raw, self.unit) >= self.width * FULL


@dataclass(slots=True)
class Flow:
    """The lines of a document in reading order, and what was set aside of it."""

    lines: list[Line] = field(default_factory=list)
    layout: Layout = field(default_factory=Layout)
    left_out: list[LeftOut] = field(default_factory=list)
    page_foot_urls: list[str] = field(default_factory=list)


def columns(text: str, unit: str) -> int:
    """The printed width of a line: Chinese characters count double."""
    return len(text.encode("gb18030", "replace")) if unit == "han" else len(text)


def ends_whole(text: str) -> bool:
    """Whether a text ends as a sentence or list entry does (closing quotes, brackets and note marks set aside)."""
    if text[-1:] in _STOPS:
        return True
    bare = text[-12:].rstrip(_TAIL)
    if bare[-1:] in _STOPS:
        return True
    return bare[-1:] in _CALL_TAIL and bool(_NUMBERED_TAIL.search(bare))


def scan(text: str) -> list[Line]:
    """Every line with text, its mark read."""
    found: list[Line] = []
    gap = 0
    classify = marks.classify
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        headed = line.startswith(HEADED)
        if headed:
            line = line.removeprefix(HEADED).strip()
        if not line:
            gap += 1
            continue
        mark = classify(line)
        found.append(Line(number, line, line[mark.end :] if mark else line, mark, gap, headed=headed))
        gap = 0
    return found


def measure(lines: Sequence[Line], *, han: bool) -> Layout:
    """The layout of the file, told from its first lines: wrapped where most lines reach one width in mid-sentence."""
    unit = "han" if han else "len"
    spaced = sum(line.gap > 0 for line in lines[:300]) > len(lines[:300]) * 0.2
    sample = [line for line in lines[:300] if len(line.raw) > 1]
    if len(sample) < 8:  # noqa: PLR2004 (too little to tell a habit from chance)
        return Layout(unit=unit, spaced=spaced)
    if sum(len(line.raw) > 130 for line in sample) > len(sample) * 0.15:  # noqa: PLR2004
        return Layout(unit=unit, spaced=spaced)
    widths = sorted(columns(line.raw, unit) for line in sample)
    width = widths[int(len(widths) * 0.95)]
    full = [line for line in sample if columns(line.raw, unit) >= width * FULL]
    cut = sum(not ends_whole(line.raw) for line in full)
    if width > 130 or len(full) < max(4, len(sample) * 0.15) or cut < len(full) * 0.6:  # noqa: PLR2004
        return Layout(unit=unit, spaced=spaced)
    gaps = [line.gap for line in lines[1:300]]
    return Layout(width, 1 if sum(g > 0 for g in gaps) > len(gaps) * 0.8 else 0, unit, spaced)


def set_aside_furniture(lines: list[Line], layout: Layout, start: int, *, contents: tuple[int, int] = (-1, -2)) -> Flow:
    """Take running heads, page numbers, rules, link residue and the table of contents out of the lines from ``start``.

    The line after something taken out knows that a page ended before it (``broken``).
    """
    flow = Flow(layout=layout, lines=lines[:start])
    broken = False
    after_rule = False
    for index in range(start, len(lines)):
        line = lines[index]
        kind = line.mark.kind if line.mark else marks.PLAIN
        if contents[0] <= index <= contents[1]:
            flow.left_out.append(LeftOut("CONTENTS", line.raw, line.number))
            broken = True
            continue
        if kind in (marks.RULE, marks.RUNNING) or (kind == marks.LINK and is_residue(lines, index, layout)):
            reason = {marks.RULE: "RULE", marks.RUNNING: "RUNNING_HEAD"}.get(kind, "LINK_RESIDUE")
            flow.left_out.append(LeftOut(reason, line.raw, line.number))
            if kind == marks.LINK:
                flow.page_foot_urls.append(line.raw.strip("<>"))
            broken, after_rule = True, kind == marks.RULE or (after_rule and kind == marks.RUNNING)
            continue
        if after_rule:
            after_rule = note_after_rule(line)
        line.broken, broken = broken, False
        flow.lines.append(line)
    return flow


_AFTER_RULE = re.compile(r"(\d{1,3})\s+(?=\S)")


def note_after_rule(line: Line) -> bool:
    """Below a rule, a line that opens with a bare number is a note; False where the notes are over."""
    if line.mark and line.mark.kind in (marks.NOTE, marks.STAR, marks.PLAIN_NOTE, marks.CALLED):
        return True
    found = _AFTER_RULE.match(line.raw)
    if not found:
        return False
    line.mark = marks.Mark(marks.PLAIN_NOTE, "plain_note", found.group(1), found.end(), dash=False)
    line.text = line.raw[found.end() :]
    return True


_LIBRARY = re.compile(r"<?https?://(?:www\.)?(?:undocs\.org|daccess|documents-dds|docs\.un\.org)")


def is_residue(lines: Sequence[Line], index: int, layout: Layout) -> bool:
    """Whether an address alone on its line is left over from links of the page, not part of a sentence."""
    line = lines[index]
    if _LIBRARY.match(line.raw):
        return True
    beside = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    if any(near.mark and near.mark.kind == marks.LINK for near in beside):
        return True
    return layout.gap == 1 and index + 1 < len(lines) and lines[index + 1].gap == 0


def ends_with_colon(text: str) -> bool:
    """Whether a list may follow a text."""
    return text[-2:].rstrip('”" ')[-1:] in (":", "：")


def mark_of(line: Line) -> str:
    """A line's mark as printed, without the dash that list converters put before it."""
    mark = line.raw[: len(line.raw) - len(line.text)].strip()
    return mark.lstrip("-–—•·●▪◦ ") if line.mark is not None and line.mark.dash else mark
