"""From lines to the structure of a document: headings, numbered paragraphs, items, notes.

Every line is asked in turn what it is, given what came before it and the numbers that come after it. Nothing is thrown
away: what is no passage goes to ``left_out`` with a reason.
"""

from bisect import bisect
from collections.abc import Callable, Sequence
from functools import cache
from typing import ClassVar

from merida.exchange.ingest import headings, marks, numbering
from merida.exchange.ingest.assembly import (
    CAPTION,
    FOOTNOTE,
    HEADING,
    ITEM,
    PARAGRAPH,
    Assembly,
    Block,
    begun,
    headings_place,
)
from merida.exchange.ingest.lines import Flow, Line, ends_whole, ends_with_colon, mark_of
from merida.exchange.ingest.record import LeftOut, Notice

#: Lengths of a line that a wrap may have ended, in files that wrap only some of their lines.
SHORTEST_WRAP, LONGEST_WRAP = 40, 130
#: A heading's line of this share of the wrapping width may go on in a short line below it.
LONG_TITLE = 0.7
#: How much of a document is asked whether a word stands in it, and how long a text may grow from lines without marks.
KNOWN_TEXT, LONGEST_TEXT = 200_000, 60_000


class Reading:
    """The state of one pass over the lines of a document."""

    def __init__(self, flow: Flow, start: int, text: str, *, numbered: bool) -> None:
        self.flow, self.lines, self.start, self.numbered = flow, flow.lines, start, numbered
        known = text[:KNOWN_TEXT]
        self.parts = Assembly(known, cache(known.__contains__))
        self.expected = 1
        self.path: list[tuple[int, str]] = []
        self.last = {"letter": 0, "roman": 0}
        self.row: dict[int, int] = {}
        self.in_list: set[int] = set()
        self.unnumbered = 0
        self.summary = False
        self.annex = ""
        self.outside: tuple[str, int] | None = None  # where the numbers go on after the text of a resolution
        self.digits = [
            (index, int(line.mark.value.translate(marks.DIGITS)))
            for index, line in enumerate(self.lines)
            if line.mark and line.mark.form == "digit" and not line.headed
        ]
        self.next_digit = 0
        self.titles = [index for index, line in enumerate(self.lines) if headings.opens_section(line)]
        self.item_forms: list[str] = []
        self.parents: list[Block] = []  # the paragraph and the items down to the open one
        self.counts: dict[str, int] = {}

    # What a line is -------------------------------------------------------------------------------------------

    def read(self) -> Assembly:
        """Read every line."""
        for index in range(self.start, len(self.lines)):
            line = self.lines[index]
            if line.mark is None:
                self.read_plain(index, line)
            else:
                self.READERS[line.mark.kind](self, index, line, line.mark)
        return self.parts.settle()

    def read_digit(self, index: int, line: Line, mark: marks.Mark) -> None:
        """A paragraph, an agenda item inside one, or a heading of the third level."""
        number = int(mark.value.translate(marks.DIGITS))
        block = self.parts.open
        if number == 1 and block is not None and block.kind in (PARAGRAPH, ITEM) and ends_with_colon(block.tail):
            self.note_list(index)
        if index in self.in_list:
            self.add_item(line, mark)
        elif not line.headed and self.is_paragraph(index, line, number):
            self.add_paragraph(line, number)
        elif self.mid_sentence(line):
            self.go_on(line)
        elif headings.looks_like_title(line.text) and self.closed(line):
            self.add_heading(line, mark, "digit")
        elif self.parts.paragraphs:
            self.add_item(line, mark)
        else:
            self.add_unnumbered(line)

    def read_numeral(self, index: int, line: Line, mark: marks.Mark) -> None:
        """A heading of the first or second level, or a line that only looks like one."""
        form = headings.mark_form(mark, self.last["letter"], self.last["roman"])
        value = mark.value
        level = headings.LEVELS[form]
        row = headings.is_next(form, value, self.row.get(level, 0))
        title = headings.looks_like_title(line.text) or (not line.text and row)
        if title and row and (self.closed(line) or self.apart(line) or self.after_list()):
            self.add_heading(line, mark, form)
        elif self.mid_sentence(line):
            self.go_on(line)
        elif title and line.text and self.closed(line):
            self.add_heading(line, mark, form)
        elif self.parts.paragraphs and form in ("han", "ordinal", "alif"):
            self.add_item(line, mark)
        else:
            self.read_plain(index, line)

    def read_section(self, index: int, line: Line, mark: marks.Mark) -> None:
        """A heading 2 or 2.1 of a document that numbers its headings so."""
        if self.closed(line) or self.apart(line) or self.after_list():
            self.add_heading(line, mark, mark.form)
        else:
            self.read_plain(index, line)

    def read_parenthesis(self, index: int, line: Line, mark: marks.Mark) -> None:
        """A lettered item, or a heading of the fourth level."""
        if self.is_lettered_heading(index, line, mark):
            self.add_heading(line, mark, mark.form)
        elif self.parts.paragraphs and self.parts.open is not None and self.parts.open.kind in (PARAGRAPH, ITEM):
            if self.mid_sentence(line) and not self.continues_items(mark):
                self.go_on(line)
            else:
                self.add_item(line, mark)
        else:
            self.add_unnumbered(line)

    def read_bullet(self, _index: int, line: Line, _mark: marks.Mark) -> None:
        """An entry of a list without numbers: a line of its own in the text it belongs to."""
        block = self.parts.open
        if self.mid_sentence(line) and block is not None and not block.listed:
            self.go_on(line)
        elif block is None or block.kind not in (PARAGRAPH, ITEM):
            self.add_unnumbered(line)
        else:
            self.parts.new_line(block, line, f"- {line.text}")
            block.listed = True

    def read_note(self, _index: int, line: Line, mark: marks.Mark) -> None:
        """A footnote, in the middle of the text or at its end."""
        number = mark.value.translate(marks.SUPERSCRIPT_DIGITS)
        self.add_footnote(line, number, mark)

    def read_star(self, _index: int, line: Line, mark: marks.Mark) -> None:
        """A star note."""
        self.add_footnote(line, mark.value, mark)

    def read_row(self, _index: int, line: Line, _mark: marks.Mark) -> None:
        """A row of a table, which is a text of its own."""
        last = self.parts.order[-1] if self.parts.order else None
        if last is not None and last.form == "row" and line.gap == 0:
            self.parts.new_line(last, line, line.text)
            return
        block = self.begin(PARAGRAPH, self.parts.place(f"t{self.parts.places.get('t', 0) + 1}"), "", "", line)
        self.parts.places["t"] = self.parts.places.get("t", 0) + 1
        block.form, block.heading, self.parts.open = "row", headings_place(self.parts), None
        self.item_forms, self.parents = [], [block]

    def read_aside(self, index: int, line: Line, _mark: marks.Mark) -> None:
        """An address or a number alone on its line that is part of the text after all."""
        self.read_plain(index, line)

    def read_plain(self, index: int, line: Line) -> None:
        """A line without a mark: the rest of what was cut, an unnumbered heading, a caption, or a text of its own."""
        note = self.parts.footnotes[-1] if self.parts.footnotes else None
        block = self.parts.open
        if note is not None and self.goes_on_with_note(note, line):
            self.parts.extend(note, line)
        elif block is None:
            self.open_plain(index, line)
        elif block.size > LONGEST_TEXT:
            self.add_unnumbered(line)
        elif block.kind == HEADING:
            if self.title_goes_on(block, line) or (block.form and headings.looks_like_title(line.raw)):
                self.parts.extend(block, line)
                block.form = ""
            else:
                self.open_plain(index, line)
        elif not block.whole and not (block.kind == CAPTION and self.apart(line)):
            self.go_on_or_close(index, line, block)
        elif self.sentence_ended_at_line_end(block, line) and not self.is_unnumbered_heading(index, line):
            self.parts.extend(block, line)
        else:
            self.open_plain(index, line)

    def sentence_ended_at_line_end(self, block: Block, line: Line) -> bool:
        """Whether a line goes on with a paragraph although the line before ends with a full stop."""
        if self.flow.layout.width:
            return self.flow.layout.is_full(block.last.raw) and line.gap <= self.flow.layout.gap
        return line.gap == 0 and self.flow.layout.spaced and SHORTEST_WRAP <= len(block.last.raw) <= LONGEST_WRAP

    # How lines stand to each other --------------------------------------------------------------------------

    def coming_numbers(self, index: int) -> list[int]:
        """The digit marks after a line, in order (the next hundred)."""
        while self.next_digit < len(self.digits) and self.digits[self.next_digit][0] <= index:
            self.next_digit += 1
        return [number for _, number in self.digits[self.next_digit : self.next_digit + 100]]

    def is_paragraph(self, index: int, line: Line, number: int) -> bool:
        """Whether a line with this number is the next paragraph."""
        if number == self.expected:
            return not (
                headings.looks_like_title(line.text) and numbering.comes_again(self.coming_numbers(index), number)
            )
        if number < self.expected or headings.looks_like_title(line.text, longest=80) or self.mid_sentence(line):
            return False
        if numbering.believable_gap(number, self.expected, self.coming_numbers(index)):
            missing = ", ".join(str(n) for n in range(self.expected, number))
            self.parts.notices.append(Notice("PARAGRAPH_MISSING", f"No paragraph {missing} was found.", line.number))
            return True
        return False

    def mid_sentence(self, line: Line) -> bool:
        """Whether the text before a line was cut by the end of a wrapped line."""
        block = self.parts.open
        return (
            block is not None
            and block.kind in (PARAGRAPH, ITEM)
            and not block.whole
            and bool(block.size)
            and not line.broken
            and self.flow.layout.is_full(block.last.raw)
        )

    def closed(self, line: Line) -> bool:
        """Whether what is open has come to its end, so that a heading may follow."""
        block = self.parts.open
        return line.headed or block is None or block.kind not in (PARAGRAPH, ITEM) or block.whole or self.apart(line)

    def after_list(self) -> bool:
        """Whether the open text ends with a list whose entries have no full stop, in a line that is not full."""
        block = self.parts.open
        return block is not None and block.listed and not self.flow.layout.is_full(block.last.raw)

    def apart(self, line: Line) -> bool:
        """Whether a line stands apart from the one before (an empty line more than usual)."""
        block = self.parts.open
        return line.gap > self.flow.layout.gap and not self.flow.layout.is_full(block.last.raw if block else "")

    def title_goes_on(self, block: Block, line: Line) -> bool:
        """Whether a line is the second half of a heading."""
        if not block.size:
            return True
        if self.flow.layout.width:
            tail = line.gap == 0 == self.flow.layout.gap and not ends_whole(line.raw)
            if tail and len(block.last.raw) > self.flow.layout.width * LONG_TITLE:
                return True
            return self.flow.layout.is_full(block.last.raw) and line.gap <= max(self.flow.layout.gap, 1)
        return line.gap == 0 and not ends_whole(line.raw)

    def goes_on_with_note(self, note: Block, line: Line) -> bool:
        """Whether a line is the rest of the footnote before it."""
        if note is not self.parts.order[-1] or line.broken or (note.whole and note.tail[-1:] not in ";；:："):
            return False
        if self.flow.layout.width:
            return self.flow.layout.is_full(note.last.raw)
        return line.gap == 0

    def go_on_or_close(self, index: int, line: Line, block: Block) -> None:
        """After a text without a full stop: its rest, or a heading below a list whose entries have none."""
        cut = self.flow.layout.is_full(block.last.raw)
        if block.listed and not cut and self.is_unnumbered_heading(index, line):
            self.open_plain(index, line)
        elif ends_with_colon(block.tail):
            self.parts.new_line(block, line, line.raw)
        else:
            self.parts.extend(block, line)

    def go_on(self, line: Line) -> None:
        """Go on with the open text, mark included."""
        if self.parts.open is not None:
            self.parts.extend(self.parts.open, line)

    def continues_items(self, mark: marks.Mark) -> bool:
        """Whether a mark is the next of the list that is open."""
        return bool(self.parts.paragraphs[-1].items) and mark.form in self.item_forms

    def is_lettered_heading(self, index: int, line: Line, mark: marks.Mark) -> bool:
        """Whether (a) or ㈠ opens a heading: no list is open, no full stop, and a paragraph comes next."""
        block = self.parts.open
        if not headings.looks_like_title(line.text) or mark.dash or (block is not None and ends_with_colon(block.tail)):
            return False
        if block is not None and block.kind in (PARAGRAPH, ITEM) and not block.whole:
            return False
        if (
            block is not None
            and block.kind == ITEM
            and block.form == mark.form
            and not block.tail.endswith(("。", "."))
        ):
            return False
        return self.next_is(index, (marks.DIGIT, marks.PAREN))

    def next_is(self, index: int, kinds: Sequence[int]) -> bool:
        """Whether the next marked line (past the rest of this one) opens a paragraph or heading of these kinds."""
        for line in self.lines[index + 1 : index + 4]:
            if line.mark is not None and line.mark.kind not in (marks.NOTE, marks.PLAIN_NOTE, marks.STAR):
                return line.mark.kind in kinds
            if line.mark is None and not self.flow.layout.is_full(self.lines[index].raw):
                return False
        return False

    def is_unnumbered_heading(self, index: int, line: Line) -> bool:
        """Whether a line without a mark is a heading: short, no full stop, and something to stand above."""
        if not self.numbered and headings.of_articles(self.title_from(index)):
            return True
        if not headings.looks_like_title(line.raw, longest=headings.LONGEST_UNNUMBERED):
            return False
        if self.flow.layout.width and self.flow.layout.is_full(line.raw):
            return False
        if self.numbered:
            return self.next_is(index, (marks.DIGIT, marks.NUMERAL, marks.LETTER, marks.PAREN))
        return index + 1 < len(self.lines) and (line.gap > 0 or index == self.start)

    def title_from(self, index: int) -> str:
        """The title that a line begins, with the lines below it that its wrapping cut off."""
        last = index
        while last < index + 3 and last + 1 < len(self.lines) and self.flow.layout.is_full(self.lines[last].raw):
            last += 1
        return " ".join(line.raw for line in self.lines[index : last + 1])

    # Adding parts -------------------------------------------------------------------------------------------

    def open_plain(self, index: int, line: Line) -> None:
        """Begin something with a line that has no mark."""
        text = line.raw
        if headings.SUMMARY.match(text) or headings.ANNEX.match(text):
            self.add_division(line)
        elif self.numbered and headings.RESOLUTION.fullmatch(text):
            self.add_resolution(line)
        elif headings.CAPTION.match(text) and not ends_whole(text) and len(text) < headings.LONGEST_UNNUMBERED:
            self.add_caption(line)
        elif self.caption_open() and (headings.looks_like_title(text, longest=200) or line.gap == 0):
            self.parts.new_line(self.parts.captions[-1], line, text)
        elif self.is_unnumbered_heading(index, line):
            self.add_unnumbered_heading(line)
        elif self.numbered and self.belongs_to_paragraph():
            self.parts.new_line(self.parts.open or self.parts.paragraphs[-1], line, text)
        else:
            self.add_unnumbered(line)

    def caption_open(self) -> bool:
        """Whether the last part is a caption, whose title and data may follow."""
        return bool(self.parts.captions) and self.parts.order[-1] is self.parts.captions[-1]

    def belongs_to_paragraph(self) -> bool:
        """Whether text without a mark is a further part of the numbered paragraph before it."""
        block = self.parts.open
        return block is not None and block.kind in (PARAGRAPH, ITEM) and bool(self.parts.paragraphs[-1].number)

    def add_paragraph(self, line: Line, number: int) -> None:
        """A numbered paragraph."""
        at = self.parts.place(f"{self.annex}{number}")
        mark = line.raw[: len(line.raw) - len(line.text)].strip()
        block = self.begin(PARAGRAPH, at, str(number), mark, line)
        block.heading = headings_place(self.parts)
        self.claim(at)
        self.expected, self.summary, self.item_forms, self.parents = number + 1, False, [], [block]

    def note_list(self, index: int) -> None:
        """Set apart the numbered list (an agenda) that opens with the line ``index`` after a colon."""
        self.coming_numbers(index)
        ahead = [(index, 1), *self.digits[self.next_digit : self.next_digit + 100]]
        heading = bisect(self.titles, index)
        end = self.titles[heading] if heading < len(self.titles) else len(self.lines)
        limit = sum(1 for i, _ in ahead if i < end)
        run = numbering.list_run([number for _, number in ahead], self.expected, limit=limit)
        self.in_list.update(i for i, _ in ahead[:run])

    def add_unnumbered(self, line: Line) -> None:
        """A paragraph that prints no number."""
        if self.summary:
            at = self.parts.place("summary")
        else:
            self.unnumbered += 1
            at = f"u{self.unnumbered}"
        block = self.begin(PARAGRAPH, at, "", "", line, text=line.raw)
        block.heading = headings_place(self.parts)
        if not self.numbered or self.outside:
            self.claim(at)
        self.item_forms, self.parents = [], [block]

    def claim(self, at: str) -> None:
        """Make a paragraph the first one of the headings that wait for theirs."""
        for heading in reversed(self.parts.headings):
            if heading.first_paragraph:
                break
            if heading.level > 0 or not self.numbered:
                heading.first_paragraph = at

    def add_item(self, line: Line, mark: marks.Mark) -> None:
        """An item of the paragraph that is open, at the depth its form of mark has in this list."""
        form = self.item_form(mark)
        if form in self.item_forms:
            del self.item_forms[self.item_forms.index(form) + 1 :]
        else:
            self.item_forms.append(form)
        depth = len(self.item_forms)
        del self.parents[depth:]
        parent = self.parents[-1]
        at = self.parts.place(f"{parent.at}({mark.value})")
        block = self.begin(ITEM, at, mark.value, mark_of(line), line)
        if mark.dash:
            self.parts.left_out.append(LeftOut("LIST_DASH", line.raw[0], line.number))
        block.level, block.form = depth, mark.form
        self.parents.append(block)

    def item_form(self, mark: marks.Mark) -> str:
        """The form of an item's mark: digits, letters, Chinese or small Roman numerals."""
        if mark.form == "digit":
            return "digit"
        if mark.value[0] in marks.HAN or mark.form == "enclosed":
            return "han"
        if set(mark.value) <= set("ivx") and not (mark.value == "i" and self.last_item() == "h"):
            return "roman"
        return "letter" if not mark.value.isdigit() else "bracketed"

    def last_item(self) -> str:
        """The mark of the last item."""
        items = self.parts.paragraphs[-1].items
        return items[-1].number if items else ""

    def add_heading(self, line: Line, mark: marks.Mark, form: str) -> None:
        """A numbered heading."""
        if self.outside and headings.LEVELS[form] < headings.LEVELS["digit"]:
            self.annex, self.expected = self.outside
            self.outside = None
        level = headings.level_of(mark, form)
        number = headings.printed_number(mark, form)
        self.path = [step for step in self.path if step[0] < level] + [(level, number.rpartition(".")[2])]
        self.row = {k: v for k, v in self.row.items() if k <= level}
        ordinal = marks.ordinal_of("letter" if form == "roman" else form, mark.value.translate(marks.CYRILLIC_TWINS))
        self.row[level] = ordinal
        if form == "roman":
            self.last.update(roman=ordinal, letter=0)
        elif form == "letter":
            self.last["letter"] = ordinal
        at = self.parts.place(self.annex_place(headings.path_text(self.path)))
        self.begin(HEADING, at, number, line.raw[: len(line.raw) - len(line.text)].strip(), line).level = level
        self.summary = False

    def annex_place(self, place: str) -> str:
        """A heading's place, with the annex it stands in."""
        return f"h:{self.annex}{place[2:]}" if self.annex else place

    def add_unnumbered_heading(self, line: Line) -> None:
        """A heading without a number, one level below the last numbered one."""
        level = min(4, (self.path[-1][0] + 1) if self.path else 1)
        base = self.annex_place(headings.path_text(self.path))
        count = self.counts.get(base, 0) + 1
        self.counts[base] = count
        at = self.parts.place(f"{base}(u{count})" if self.path else f"{base}u{count}")
        self.begin(HEADING, at, "", "", line, text=line.raw).level = level
        self.summary = False

    def add_division(self, line: Line) -> None:
        """A summary or an annex: outside the numbers of the text before."""
        self.summary = bool(headings.SUMMARY.match(line.raw))
        self.path, self.row, self.last = [], {}, {"letter": 0, "roman": 0}
        level = 0 if self.summary else 1
        self.begin(
            HEADING, self.parts.place("h:summary" if self.summary else "h:annex"), "", "", line, text=line.raw
        ).level = level
        if not self.summary:
            self.expected = 1
            count = self.parts.places["h:annex"]
            self.annex = f"annex{count if count > 1 else ''}:"

    def add_resolution(self, line: Line) -> None:
        """The text of a resolution inside a report: its paragraphs count from 1, the report's go on after it."""
        number = headings.resolution_number(line.raw)
        self.outside = self.outside or (self.annex, self.expected)
        self.annex, self.expected = f"{number}:", 1
        block = self.begin(HEADING, self.parts.place(f"h:{number}"), "", "", line, text=line.raw)
        block.level, block.form = min(4, self.path[-1][0] + 1 if self.path else 1), "resolution"

    def add_footnote(self, line: Line, number: str, mark: marks.Mark) -> None:
        """A note; the text before it stays open."""
        block = self.begin(FOOTNOTE, self.parts.place(f"fn{number}"), number, "", line)
        block.mark = line.raw[: mark.end].strip()

    def add_caption(self, line: Line) -> None:
        """The caption of a figure or table."""
        number = len(self.parts.captions) + 1
        after = self.parts.order[-1].at if self.parts.order else ""
        self.begin(CAPTION, f"fig{number}", str(number), "", line, text=line.raw).called_in = after

    def begin(self, kind: str, at: str, number: str, mark: str, line: Line, *, text: str | None = None) -> Block:
        """Begin a part with a line: with what follows its mark, or with ``text``."""
        return self.parts.add(begun(kind, at, number, mark=mark, line=line, text=line.text if text is None else text))

    READERS: ClassVar[dict[int, Callable[["Reading", int, Line, marks.Mark], None]]] = {
        marks.DIGIT: read_digit, marks.NUMERAL: read_numeral, marks.LETTER: read_numeral,
        marks.PAREN: read_parenthesis, marks.BULLET: read_bullet, marks.NOTE: read_note, marks.CALLED: read_note,
        marks.PLAIN_NOTE: read_note, marks.STAR: read_star, marks.LINK: read_aside, marks.RUNNING: read_aside,
        marks.RULE: read_aside, marks.ROW: read_row, marks.SECTION: read_section,
    }  # fmt: skip
