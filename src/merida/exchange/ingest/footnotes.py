"""Tying footnotes to their calls: superscripts glued to words, plain digits glued to nouns, stars in the masthead."""

import re
from collections.abc import Sequence

from merida.exchange.ingest import marks
from merida.exchange.ingest.assembly import FOOTNOTE, Assembly, Block

#: Raised figures, those of square and cubic units left alone.
_RAISED = re.compile(rf"[{marks.SUPERSCRIPTS}](?<![\d\s][mм].)(?<![kcdmкс][mм].)[{marks.SUPERSCRIPTS}]*")
_MARKED = re.compile(r"\ufdd0(\d{1,3}|\*+)\ufdd1")
#: Words after a number that make it a count, a date or a reference, not the call of a note.
_MEASURES = "年月日号条款项届次个份名种国万亿时分页段章节岁元美倍人所座位周世期类级起套件支吨场天批多余至"


#: How many parts before a note's text its call is looked for.
LONGEST_WAY = 300


def tie(parts: Assembly, text: str) -> None:
    """Take the calls out of all texts and tell every note where it is called.

    ``text`` is the document's own: where it has no raised figure the texts need not be looked through for one.
    """
    notes = {note.number: note for note in parts.footnotes}
    blocks = [block for block in parts.order if block.kind != FOOTNOTE]
    if "\ufdd0" in text:
        take_out(blocks, _MARKED, notes, strict=False)
    elif _RAISED.search(text):
        take_out(blocks, _RAISED, notes, strict=True)
    plain = [note for note in parts.footnotes if not note.called_in and note.number.isdigit()]
    if plain:
        tie_plain(parts.order, plain)


def take_out(blocks: Sequence[Block], pattern: re.Pattern[str], notes: dict[str, Block], *, strict: bool) -> None:
    """Take marked calls out. ``strict``: a raised figure counts only where it is a note's number or the next one."""
    expected = 1
    seen: set[str] = set()
    for block in blocks:
        pieces: list[str] = []
        done = size = 0
        for found in pattern.finditer(block.text):
            number = (found.group(1) if pattern.groups else found.group()).translate(marks.SUPERSCRIPT_DIGITS)
            if strict and (number in seen or (number not in notes and number != str(expected))):
                continue
            seen.add(number)
            pieces.append(block.text[done : found.start()])
            size += found.start() - done
            done = found.end()
            block.calls.append((number, size))
            expected = int(number) + 1 if number.isdigit() else expected
            if number in notes and not notes[number].called_in:
                notes[number].called_in = block.at
        if done:
            block.text = "".join(pieces) + block.text[done:]


def tie_plain(order: Sequence[Block], notes: Sequence[Block]) -> None:
    """Find calls printed as plain digits, page by page: before the note's text, after the last call."""
    begin, offset = 0, 0
    places = {id(block): index for index, block in enumerate(order)}
    for note in notes:
        end = places[id(note)]
        begin = max(begin, end - LONGEST_WAY)
        for index in range(begin, end):
            block = order[index]
            if block.kind == FOOTNOTE:
                continue
            at = plain_call(block.text, note.number, offset if index == begin else 0)
            if at >= 0:
                block.calls.append((note.number, at))
                block.text = block.text[:at] + block.text[at + len(note.number) :]
                note.called_in = block.at
                begin, offset = index, at
                break


def plain_call(text: str, number: str, start: int) -> int:
    """The offset of a note's number glued to a word, or -1."""
    pattern = (
        rf"(?:(?<=[^\W\d_])|(?<=[。，；”）;\"’)»])|(?<=[a-zà-ÿа-я]{{4}}[.,])){number}"
        rf"(?![\d_/%-])(?![.,]\d)(?!\s*[{_MEASURES}])(?=\W|[\u4e00-\u9fff]|$)"
    )
    for found in re.finditer(pattern, text[start:]):
        before = text[: start + found.start()]
        if before[-1:] not in "第至和与到自于在约共近逾达" and not re.search(r"\d[.,]$", before):
            return start + found.start()
    return -1
