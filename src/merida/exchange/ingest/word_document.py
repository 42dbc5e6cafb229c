"""The text of a Word file in reading order, as lines for the same reading as plain text.

Paragraphs, tables and text boxes of the body; list numbers written out; tracked deletions and page headers left out
(and listed); footnotes at the end, tied to their calls by the marks U+FDD0 … U+FDD1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from merida.exchange.ingest.lines import HEADED
from merida.exchange.ingest.record import LeftOut, Notice
from merida.exchange.ingest.word_archive import Tree, open_word
from merida.exchange.ingest.word_headings import Headings, headings_of
from merida.exchange.ingest.word_numbering import Numbering, W, numbering_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CALL, CALL_END, ROW = "\ufdd0", "\ufdd1", "\ufdd2"
_SKIPPED = frozenset((f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}fldChar", f"{W}tblPr", f"{W}sectPr", f"{MC}Fallback"))
_DELETED = frozenset((f"{W}del", f"{W}moveFrom", f"{W}delText"))


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


def read_word(content: bytes, name: str) -> tuple[str, list[LeftOut], list[Notice]]:
    """The text of a .docx, what was left out of it, and notices. Raises UnreadableDocument."""
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
            text = " ".join("".join(t.text or "" for t in root.iter(f"{W}t")).split())
            if text:
                word.left_out.append(LeftOut("PAGE_HEADER", text, 0))
    return "\n".join(word.lines), word.left_out, deletions(word)


def deletions(word: Word) -> list[Notice]:
    """A notice of tracked deletions."""
    count = sum(entry.reason == "TRACKED_DELETION" for entry in word.left_out)
    return (
        [Notice("TRACKED_DELETION", f"{count} tracked deletions are left out; the original keeps them.")]
        if count
        else []
    )


def read_blocks(word: Word, parent: Tree) -> None:
    """Paragraphs and tables in order; content controls and revisions are looked into."""
    for element in parent:
        if element.tag == f"{W}p":
            read_paragraph(word, element)
        elif element.tag == f"{W}tbl":
            read_table(word, element)
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            read_blocks(word, element)


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
        if tag in _DELETED:
            leave_out_deleted(word, element)
        elif tag == f"{W}t":
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


def leave_out_deleted(word: Word, element: Tree) -> None:
    """List a tracked deletion."""
    text = "".join(t.text or "" for t in element.iter(f"{W}delText", f"{W}t"))
    if text.strip():
        word.left_out.append(LeftOut("TRACKED_DELETION", text, len(word.lines) + 1))


def read_table(word: Word, table: Tree) -> None:
    """A table: of the masthead or with one column as lines, any other as one line per row."""
    rows = list(table.iter(f"{W}tr"))
    if not word.body_began or all(len(list(row.iterchildren(f"{W}tc"))) <= 1 for row in rows):
        for cell in table.iter(f"{W}tc"):
            read_blocks(word, cell)
        return
    for row in table.iterchildren(f"{W}tr"):
        cells = [" ".join(cell_text(word, cell).split()) for cell in row.iterchildren(f"{W}tc")]
        if any(cells):
            word.lines.append(ROW + " | ".join(cells))
    word.lines.append("")


def cell_text(word: Word, cell: Tree) -> str:
    """The text of a cell with the tables inside it."""
    return " ".join(
        f"{word.numbering.mark(p)} {text}".strip()
        for p in cell.iter(f"{W}p")
        if (text := paragraph_text(word, p)).strip()
    )


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
