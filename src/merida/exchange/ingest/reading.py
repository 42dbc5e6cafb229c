"""Reading a document: bytes in, a record out. Pure: no database, no clock, no network."""

from collections.abc import Iterator
from dataclasses import replace

from merida.exchange.ingest import lines as line_reader
from merida.exchange.ingest.assembly import Assembly, Block
from merida.exchange.ingest.attendance import attendance_of, mark_attendance, unknown_in_lists
from merida.exchange.ingest.contents import contents_span
from merida.exchange.ingest.decoding import LARGEST_FILE, decode
from merida.exchange.ingest.flat_masthead import apart
from merida.exchange.ingest.footnotes import tie
from merida.exchange.ingest.gazetteer import name_index
from merida.exchange.ingest.left_out import notices_of
from merida.exchange.ingest.markdown import without_residue
from merida.exchange.ingest.masthead import find_start, read_masthead, session_from_text
from merida.exchange.ingest.record import (
    Call,
    Caption,
    Footnote,
    Heading,
    Item,
    Masthead,
    Notice,
    Paragraph,
    Record,
    Structure,
)
from merida.exchange.ingest.scripts import language_of
from merida.exchange.ingest.sections import mark_sections
from merida.exchange.ingest.structure import Reading
from merida.rules.citations.mention import Mention, Passage
from merida.rules.citations.names import NameIndex
from merida.rules.citations.recognise import recognise
from merida.rules.citations.treaties import UNCAC, UNTOC
from merida.rules.extraction.facts import Oddity
from merida.rules.extraction.reading import extract

MASTHEAD = "masthead"
#: Whose conference the symbols of a series belong to.
CONVENTIONS = {"CAC/": UNCAC, "CTOC/": UNTOC}
_ODD = {
    "IMPOSSIBLE_DATE": "cannot be a date; nothing was read from it.",
    "ENDS_BEFORE": "ends before it begins; the beginning was read.",
    "STATE_NOT_YET": "is earlier than the State; it was read as printed.",
}


def read(content: bytes, name: str, *, names: NameIndex | None = None, largest: int = LARGEST_FILE) -> Record:
    """Read a document's bytes; ``name`` is its file name (for messages), ``names`` a prepared NameIndex.

    Raises UnreadableDocument with file and place where the bytes are no text document.
    """
    source = decode(content, name, largest=largest)
    structure = structure_of(source.text)
    structure = replace(structure, left_out=(*source.left_out, *structure.left_out))
    mentions = recognise_in(structure, names=names)
    facts = extract(passages(structure), mentions, language=structure.masthead.language or "en")
    unknown = unknown_in_lists(structure.paragraphs, structure.attendance, mentions)
    notices = (*source.notices, *notices_of(structure.left_out), *unknown, *map(odd, facts.oddities))
    return Record(name, source.encoding, structure, tuple(mentions), notices, facts, source.pages)


def odd(oddity: Oddity) -> Notice:
    """What cannot be, as a notice for the reader of the record."""
    return Notice(oddity.code, f"{oddity.at}: “{oddity.words}” {_ODD[oddity.code]}")


def recognise_in(structure: Structure, *, names: NameIndex | None = None) -> list[Mention]:
    """Every mention in a document's passages, attendance marked.

    The bodies of the masthead are read first, for they say which treaty "the Convention" is; they name nothing more.
    Where no words say it, the symbol does.
    """
    index = name_index() if names is None else names
    head = structure.masthead
    context = Passage(MASTHEAD, f"{head.parent_body}\n{head.body}", "TITLE")
    convention = next((code for series, code in CONVENTIONS.items() if head.symbol.startswith(series)), "")
    read = [context, *passages(structure)]
    found = recognise(read, language=head.language or "en", names=index, convention=convention)
    return mark_attendance([mention for mention in found if mention.at != MASTHEAD], structure.attendance)


def structure_of(text: str) -> Structure:
    """The structure of a cleaned text."""
    text, residue = without_residue(text)
    language = language_of(text)
    lines = apart(line_reader.scan(text))
    layout = line_reader.measure(lines, han=language == "zh")
    start = find_start(lines)
    mark_sections(lines[max(start, contents_span(lines)[1] + 1) :])
    flow = line_reader.set_aside_furniture(lines, layout, start, contents=contents_span(lines))
    numbered = any(
        line.mark and line.mark.form == "digit" and line.mark.value.lstrip("0") in ("1", "١") and not line.headed
        for line in lines[start:]
    )
    parts = Reading(flow, start, text, numbered=numbered).read()
    head = read_masthead(flow.lines[:start], language=language, layout=layout)
    tie(parts, text)
    flow.left_out[:0] = residue
    return frozen(parts, flow, head)


def frozen(parts: Assembly, flow: line_reader.Flow, head: Masthead) -> Structure:
    """The assembled parts as values."""
    paragraphs = tuple(frozen_paragraph(block) for block in parts.paragraphs)
    notices = list(parts.notices)
    if not any(p.number for p in paragraphs):
        notices.append(
            Notice("NO_NUMBERED_PARAGRAPHS", "No numbered paragraphs; places are u1, u2 … in reading order.")
        )
    notices.extend(
        Notice("FOOTNOTE_NOT_CALLED", f"No call of footnote {block.number} was found.", block.line)
        for block in parts.footnotes
        if not block.called_in and block.number.isdigit()
    )
    starred = "masthead" if any("*" in line for line in head.lines) else ""  # star notes are called there
    head = replace(head, session=session_from_text(head, [head.title, *(p.text for p in paragraphs[:40])]))
    return Structure(
        head,
        tuple(
            Heading(b.at, b.level, b.number, b.text, b.first_paragraph, b.mark, b.line, calls(b))
            for b in parts.headings
        ),
        paragraphs,
        tuple(
            Footnote(
                b.at, b.number, b.text, b.called_in or (starred if b.number.startswith("*") else ""), b.mark, b.line
            )
            for b in parts.footnotes
        ),
        tuple(Caption(b.at, b.text, b.called_in, b.line) for b in parts.captions),
        tuple(flow.page_foot_urls),
        attendance_of(paragraphs),
        (*flow.left_out, *parts.left_out),
        tuple(notices),
    )


def calls(block: Block) -> tuple[Call, ...]:
    """The calls of a part."""
    return tuple(Call(note, start) for note, start in block.calls)


def frozen_paragraph(block: Block) -> Paragraph:
    """A paragraph as a value."""
    items = tuple(Item(i.at, i.number, i.text, i.level, i.mark, i.line, calls(i)) for i in block.items)
    return Paragraph(block.at, block.number, block.text, block.heading, block.mark, block.line, items, calls(block))


def passages(structure: Structure) -> Iterator[Passage]:
    """The passages of a document in reading order, for recognising what they name."""
    head = structure.masthead
    if head.agenda_title and head.agenda_title != head.title:
        yield Passage("agenda", head.agenda_title, "TITLE")
    if head.title:
        yield Passage("title", head.title, "TITLE")
    yield from in_order(structure)


def in_order(structure: Structure) -> Iterator[Passage]:
    """Headings, paragraphs with items, captions and notes by the line they begin at."""
    found: list[tuple[int, Passage]] = [(h.line, Passage(h.at, h.title, "HEADING")) for h in structure.headings]
    found.extend((p.line, Passage(p.at, p.text, "PARAGRAPH")) for p in structure.paragraphs)
    found.extend((i.line, Passage(i.at, i.text, "ITEM")) for p in structure.paragraphs for i in p.items)
    found.extend((c.line, Passage(c.at, c.text, "HEADING")) for c in structure.captions)
    found.extend(
        (f.line, Passage(f.at, f.text, "STAR_NOTE" if f.number.startswith("*") else "FOOTNOTE"))
        for f in structure.footnotes
    )
    found.sort(key=lambda entry: entry[0])
    return (passage for _, passage in found)
