"""The parts of a document while it is put together, line by line, and their freezing into the record's values."""

from collections.abc import Callable
from dataclasses import dataclass, field

from merida.exchange.ingest.joining import join, repeats_over_break
from merida.exchange.ingest.lines import Line, ends_whole
from merida.exchange.ingest.record import LeftOut, Notice

PARAGRAPH, ITEM, HEADING, FOOTNOTE, CAPTION = "PARAGRAPH", "ITEM", "HEADING", "FOOTNOTE", "CAPTION"


@dataclass(slots=True)
class Block:
    """One part being read: its text so far and the last line that went into it."""

    kind: str
    at: str
    number: str
    mark: str
    line: int
    text: str
    last: Line
    level: int = 0
    heading: str = ""
    items: list["Block"] = field(default_factory=list)
    form: str = ""
    region: int = 0
    calls: list[tuple[str, int]] = field(default_factory=list)
    called_in: str = ""
    first_paragraph: str = ""

    @property
    def whole(self) -> bool:
        """Whether the text so far ends as a sentence does."""
        return ends_whole(self.text)


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
        self.places[at] = seen
        return at if seen == 1 else f"{at}({seen})"

    def add(self, block: Block) -> Block:
        """Begin a new part."""
        lists = {PARAGRAPH: self.paragraphs, HEADING: self.headings, FOOTNOTE: self.footnotes, CAPTION: self.captions}
        if block.kind == ITEM:
            self.paragraphs[-1].items.append(block)
        else:
            lists[block.kind].append(block)
        self.order.append(block)
        if block.kind != FOOTNOTE:
            self.open = block
        return block

    def extend(self, block: Block, line: Line) -> None:
        """Go on with a part that a page break or the end of a line cut."""
        text = line.raw
        if (line.gap or line.broken) and repeats_over_break(block.text, text, text=self.text):
            self.left_out.append(LeftOut("REPEATED_CHARACTER", text[0], line.number))
            self.notices.append(
                Notice(
                    "REPEATED_CHARACTER",
                    f"{text[0]!r} is printed on both sides of a page break; read once.",
                    line.number,
                )
            )
            text = text[1:]
        joined = join(block.text, text, occurs=self.occurs)
        if len(joined) < len(block.text) + len(text):
            self.left_out.append(LeftOut("HYPHEN", block.text[-1], line.number))
        block.text, block.last = joined, line

    def new_line(self, block: Block, line: Line, text: str) -> None:
        """Add a line of its own to a part (an entry of a list without marks, a second sub-paragraph)."""
        block.text, block.last = f"{block.text}\n{text}" if block.text else text, line
