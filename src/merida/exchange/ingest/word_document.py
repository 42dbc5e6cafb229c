"""The text of a Word file in reading order, as lines for the same reading as plain text.

Paragraphs, tables and text boxes of the body; list numbers written out; footnotes at the end, tied to their calls by
the marks U+FDD0 … U+FDD1. Left out and listed: tracked deletions, page headers, comments, hidden text, pictures, parts
that the file only carries along.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from merida.exchange.ingest.lines import HEADED
from merida.exchange.ingest.record import LeftOut
from merida.exchange.ingest.word_archive import Tree, open_word
from merida.exchange.ingest.word_headings import Headings, headings_of
from merida.exchange.ingest.word_numbering import Numbering, W, numbering_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CALL, CALL_END, ROW = "\ufdd0", "\ufdd1", "\ufdd2"
_SKIPPED = frozenset((f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}fldChar", f"{W}tblPr", f"{W}sectPr", f"{MC}Fallback"))
_DELETED = frozenset((f"{W}del", f"{W}moveFrom", f"{W}delText"))
_AROUND = frozenset(
    f"{W}{tag}" for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)  # what may stand around paragraphs, tables, rows and cells
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@dataclass(slots=True)
class Word:
    """A Word file while it is read."""

    numbering: Numbering
    headings: Headings
    lines: list[str] = field(default_factory=list)
    calls: list[tuple[str, str, bool]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    boxes: list[Tree] = field(default_factory=list)
    body_began: bool = False

    def leave_out(self, reason: str, text: str, *, line: int | None = None) -> None:
        """List what is no part of the text, at the line that it would have stood in."""
        if text.strip():
            at = len(self.lines) + 1 if line is None else line
            self.left_out.append(LeftOut(reason, text, at))


def read_word(content: bytes, name: str) -> tuple[str, list[LeftOut]]:
    """The text of a .docx, and what was left out of it. Raises UnreadableDocument."""
    parts = open_word(content, name)
    styles = parts.get("word/styles.xml")
    word = Word(numbering_of(parts.get("word/numbering.xml"), styles), headings_of(styles))
    body = parts["word/document.xml"].find(f"{W}body")
    if body is not None:
        read_blocks(word, body)
    add_notes(word, parts.get("word/footnotes.xml"), "footnote")
    add_notes(word, parts.get("word/endnotes.xml"), "endnote")
    for member, root in parts.items():
        if member.startswith(("word/header", "word/footer")):
            word.leave_out("PAGE_HEADER", " ".join(written_in(root).split()), line=0)
    comments = parts.get("word/comments.xml")
    for comment in () if comments is None else comments.iterfind(f"{W}comment"):
        word.leave_out("COMMENT", f"{comment.get(f'{W}author', '')}: {written_in(comment)}", line=0)
    return "\n".join(word.lines), word.left_out


def written_in(element: Tree) -> str:
    """Everything that is written in an element, deleted or not."""
    paragraphs = list(element.iter(f"{W}p")) or [element]
    return " ".join("".join(t.text or "" for t in one.iter(f"{W}t", f"{W}delText")) for one in paragraphs)


def read_blocks(word: Word, parent: Tree) -> None:
    """Paragraphs and tables in order; content controls and revisions are looked into."""
    for element in parent:
        if element.tag == f"{W}p":
            read_paragraph(word, element)
        elif element.tag == f"{W}tbl":
            read_table(word, element)
        elif element.tag in _DELETED:
            word.leave_out("TRACKED_DELETION", written_in(element))
        elif element.tag == f"{W}altChunk":
            word.leave_out("CARRIED_PART", "A part in another format, which Word would put here.")
        elif element.tag in _AROUND:
            read_blocks(word, element)


def within(parent: Tree, tag: str) -> Iterator[Tree]:
    """The rows of a table or the cells of a row, also those that content controls and revisions stand around."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _AROUND:
            yield from within(element, tag)


def read_paragraph(word: Word, paragraph: Tree) -> None:
    """A paragraph as a line (several where it holds line breaks), its number in front."""
    text = paragraph_text(word, paragraph)
    mark = word.numbering.mark(paragraph) if text.strip() else ""
    boxes, word.boxes = word.boxes, []
    if text.strip():
        word.body_began = word.body_began or mark[:1].isdigit() or text.lstrip()[:2] == "1."
        headed = HEADED if word.headings.holds(paragraph) else ""
        word.lines += [headed + f"{mark} {text.strip()}".strip(), ""]
    for box in boxes:
        read_blocks(word, box)


def paragraph_text(word: Word, paragraph: Tree) -> str:
    """The text of a paragraph."""
    return "".join(pieces(word, paragraph))


def pieces(word: Word, parent: Tree) -> Iterator[str]:
    """The text of an element, piece by piece."""
    for element in parent:
        tag = element.tag
        if leaves_out(word, element):
            continue
        if tag in (f"{W}t", _FORMULA):
            yield element.text or ""
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            yield called(word, element)
        elif tag == f"{W}txbxContent":
            word.boxes.append(element)
        elif tag in _SINGLE:
            yield _SINGLE[tag]
        elif tag == f"{W}br":
            yield "\n"
        elif tag == f"{W}sym":
            yield symbol(element)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            yield from pieces(word, element)


def leaves_out(word: Word, element: Tree) -> bool:
    """Whether an element is no text, which is listed then: deleted, hidden, a picture, an object of another program."""
    tag = element.tag
    if tag in _DELETED:
        word.leave_out("TRACKED_DELETION", written_in(element))
    elif tag == f"{W}r" and is_hidden(element):
        word.leave_out("HIDDEN", written_in(element))
    elif tag == _OBJECT:
        word.leave_out("CARRIED_PART", element.get("ProgID") or "An object of another program.")
    elif tag in (f"{W}drawing", f"{W}pict") and next(element.iter(f"{W}txbxContent"), None) is None:
        told = next(element.iter(_DRAWING), None)
        words = "" if told is None else told.get("descr") or told.get("title") or told.get("name") or ""
        word.leave_out("PICTURE", words or "A picture without words.")
    else:
        return False
    return True


_SINGLE = {f"{W}tab": " ", f"{W}noBreakHyphen": "-", f"{W}cr": "\n", f"{W}ptab": " "}


def symbol(element: Tree) -> str:
    """A character given by its number in a symbol font."""
    code = str(element.get(f"{W}char", ""))
    try:
        return chr(int(code, 16))
    except ValueError:
        return ""


def called(word: Word, element: Tree) -> str:
    """The mark of a note's call; a note with its own sign (a star) prints that sign itself."""
    kind = "footnote" if element.tag.endswith("footnoteReference") else "endnote"
    own = element.get(f"{W}customMarkFollows") in ("1", "true", "on")
    word.calls.append((kind, str(element.get(f"{W}id")), own))
    return "" if own else f"{CALL}{sum(not c[2] for c in word.calls)}{CALL_END}"


def is_hidden(run: Tree) -> bool:
    """Whether a run is formatted as hidden text, which Word shows to nobody."""
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def read_table(word: Word, table: Tree) -> None:
    """A table: of the masthead or with one column as lines, any other as one line per row."""
    rows = []
    for row in within(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            word.leave_out("TRACKED_DELETION", written_in(row))
        else:
            rows.append(list(within(row, f"{W}tc")))
    if not word.body_began or all(len(cells) <= 1 for cells in rows):
        for cell in (cell for cells in rows for cell in cells):
            read_blocks(word, cell)
        return
    for cells in rows:
        texts = [" ".join(cell_text(word, cell).split()) for cell in cells]
        if any(texts):
            word.lines.append(ROW + " | ".join(texts))
    word.lines.append("")


def cell_text(word: Word, cell: Tree) -> str:
    """The text of a cell with the tables and text boxes inside it, each once and where it stands."""
    kept, word.lines = word.lines, []
    read_blocks(word, cell)
    inner, word.lines = word.lines, kept
    return " ".join(line.removeprefix(ROW).removeprefix(HEADED) for line in inner if line)


def add_notes(word: Word, part: Tree | None, kind: str) -> None:
    """The notes in the order of their calls, each as a line that opens with its mark."""
    if part is None:
        return
    notes = {str(note.get(f"{W}id")): note for note in part.iterfind(f"{W}{kind}") if not note.get(f"{W}type")}
    number = 0
    for called_kind, identity, own in list(word.calls):
        number += not own
        note = notes.get(identity) if called_kind == kind else None
        if note is None:
            continue
        text = " ".join(paragraph_text(word, p).strip() for p in note.iterfind(f"{W}p")).strip()
        mark = "" if own else f"{CALL}{number}{CALL_END} "
        word.lines += [f"{mark}{text}" if not own or text.startswith("*") else f"* {text}", ""]
