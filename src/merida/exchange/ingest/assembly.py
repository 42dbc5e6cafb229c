"""The parts of a document while it is put together, line by line, and their freezing into the record's values."""

from collections.abc import Callable
from dataclasses import dataclass, field

from merida.exchange.ingest.joining import join, repeats_over_break
from merida.exchange.ingest.lines import Line, ends_whole
from merida.exchange.ingest.record import LeftOut, Notice

PARAGRAPH, ITEM, HEADING, FOOTNOTE, CAPTION = "PARAGRAPH", "ITEM", "HEADING", "FOOTNOTE", "CAPTION"


#: How much of the end of a text is looked at to see how it goes on.
TAIL = 80


@dataclass(slots=True)
class Block:
    """One part being read: the pieces of its text so far, their end, and the last line that went into it.

    ``text`` is there once the assembly is settled; a text that grows line by line would be copied at every line.
    """

    kind: str
    at: str
    number: str
    mark: str
    line: int
    tail: str
    last: Line
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    text: str = ""
    level: int = 0
    heading: str = ""
    items: list["Block"] = field(default_factory=list)
    form: str = ""
    listed: bool = False
    calls: list[tuple[str, int]] = field(default_factory=list)
    called_in: str = ""
    first_paragraph: str = ""

    def grow(self, piece: str) -> None:
        """Add to the text."""
        if not piece:
            return
        self.pieces.append(piece)
        self.size += len(piece)
        self.tail = (self.tail + piece)[-TAIL:] if len(piece) < TAIL else piece[-TAIL:]

    @property
    def whole(self) -> bool:
        """Whether the text so far ends as a sentence does."""
        return ends_whole(self.tail)


def begun(kind: str, at: str, number: str, *, mark: str, line: Line, text: str) -> Block:
    """A part that begins with a text."""
    return Block(kind, at, number, mark, line.number, text[-TAIL:], line, [text], len(text))


@dataclass(slots=True)
class Assembly:
    """Everything read so far, in reading order. ``open`` is the part that a line without a mark would go on with."""

    text: str
    occurs: Callable[[str], bool]
    headings: list[Block] = field(default_factory=list)
    paragraphs: list[Block] = field(default_factory=list)
    footnotes: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    order: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    open: Block | None = None
    places: dict[str, int] = field(default_factory=dict)

    def place(self, at: str) -> str:
        """``at``, made unique: the second 三.A of a document becomes 三.A(2)."""
        seen = self.places.get(at, 0) + 1
        named = at if seen == 1 else f"{at}({seen})"
        while named in self.places:  # an item (2) of the first one may be called so already
            seen += 1
            named = f"{at}({seen})"
        self.places[at] = seen
        self.places.setdefault(named, 1)
        return named

    def add(self, part: Block) -> Block:
        """Begin a new part."""
        lists = {PARAGRAPH: self.paragraphs, HEADING: self.headings, FOOTNOTE: self.footnotes, CAPTION: self.captions}
        if part.kind == ITEM:
            self.paragraphs[-1].items.append(part)
        else:
            lists[part.kind].append(part)
        self.order.append(part)
        if part.kind != FOOTNOTE:
            self.open = part
        return part

    def extend(self, part: Block, line: Line) -> None:
        """Go on with a part that a page break or the end of a line cut."""
        text = line.raw
        if (line.gap or line.broken) and repeats_over_break(part.tail, text, text=self.text):
            self.left_out.append(LeftOut("REPEATED_CHARACTER", text[0], line.number))
            words = f"{text[0]!r} is printed on both sides of a page break; read once."
            self.notices.append(Notice("REPEATED_CHARACTER", words, line.number))
            text = text[1:]
        joined = join(part.tail, text, occurs=self.occurs)
        if joined.startswith(part.tail):
            part.grow(joined[len(part.tail) :])
        else:
            self.left_out.append(LeftOut("HYPHEN", part.tail[-1], line.number))
            part.pieces[-1], part.tail, part.size = part.pieces[-1][:-1], part.tail[:-1], part.size - 1
            part.grow(text)
        part.last = line

    def new_line(self, part: Block, line: Line, text: str) -> None:
        """Add a line of its own to a part (an entry of a list without marks, a second sub-paragraph)."""
        part.grow(f"\n{text}" if part.size else text)
        part.last = line

    def settle(self) -> "Assembly":
        """Put the pieces of every text together."""
        for part in self.order:
            part.text = part.pieces[0] if len(part.pieces) == 1 else "".join(part.pieces)
        return self


def headings_place(parts: Assembly) -> str:
    """The place of the heading that a paragraph stands under."""
    return parts.headings[-1].at if parts.headings else ""
