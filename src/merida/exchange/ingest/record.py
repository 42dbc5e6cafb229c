"""What reading a document yields: frozen values, every one with the place it stands at.

Places (``at``) are written as people cite them: ``15`` a paragraph, ``101(a)`` a lettered item, ``h:二.A.1`` a
heading, ``fn3`` a footnote, ``fn*`` a star note, ``u2`` an unnumbered paragraph, ``title`` the title.
"""

from dataclasses import dataclass, field

from merida.exchange.ingest.as_json import record_as_json
from merida.rules.citations.mention import Mention
from merida.rules.extraction.facts import Facts


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of the record should know: what was repaired, dropped, or not understood, and where.

    ``code`` is stable (``BIDI_CONTROL``), ``message`` English, ``line`` 1-based (0: the whole document).
    """

    code: str
    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the file that is in no passage (running heads, link residue, marks of lists), kept with its reason."""

    reason: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Call:
    """A footnote's mark as it stood in a text: the note's number and the character offset where it was taken out."""

    note: str
    start: int


@dataclass(frozen=True, slots=True)
class Item:
    """A lettered or numbered item below a paragraph. ``depth`` 1 is directly below it; ``mark`` as printed."""

    at: str
    number: str
    text: str
    depth: int
    mark: str
    line: int
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``number`` is "" where none is printed; ``text`` is its own text, items are beside it.

    ``heading`` is the place of the heading it stands under ("" before the first).
    """

    at: str
    number: str
    text: str
    heading: str
    mark: str
    line: int
    items: tuple[Item, ...] = ()
    calls: tuple[Call, ...] = ()

    @property
    def whole(self) -> str:
        """The paragraph with its items, one per line, marks included."""
        return "\n".join([self.text, *(f"{item.mark} {item.text}".strip() for item in self.items)])


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``level`` 0 summary, 1 一 or I, 2 A, 3 1 or ㈠, 4 (a); an unnumbered one has ``number`` "".

    ``first_paragraph`` is the place of the first paragraph below it ("" where there is none).
    """

    at: str
    level: int
    number: str
    title: str
    first_paragraph: str
    mark: str
    line: int
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note. ``called_in`` is the place of its call: a paragraph, a heading, ``masthead``; "" where none was found."""

    at: str
    number: str
    text: str
    called_in: str
    mark: str
    line: int


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a figure or table and what is printed of it. ``after`` is the place before it."""

    at: str
    text: str
    after: str
    line: int


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of the document. What is not printed is "" (no guess). Dates are ISO, languages two-letter codes."""

    symbol: str = ""
    date: str = ""
    distribution: str = ""
    language: str = ""
    original_language: str = ""
    session: str = ""
    meeting_dates: tuple[str, str] | tuple[()] = ()
    place: str = ""
    parent_body: str = ""
    body: str = ""
    agenda_item: str = ""
    agenda_title: str = ""
    title: str = ""
    author: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attendance:
    """A paragraph that lists who attended. ``kind`` is PARTIES, SIGNATORIES or OBSERVERS; names follow ``start``."""

    at: str
    kind: str
    start: int


@dataclass(frozen=True, slots=True)
class Structure:
    """A document before anything in its text is recognised."""

    masthead: Masthead
    headings: tuple[Heading, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    captions: tuple[Caption, ...] = ()
    page_foot_urls: tuple[str, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A document as read: its structure, every mention in it and the facts told, each with rule, place and span.

    ``pages`` has the printed page of every line of the text; () where the file knows none.
    """

    name: str
    encoding: str
    structure: Structure
    mentions: tuple[Mention, ...] = ()
    notices: tuple[Notice, ...] = field(default=())
    facts: Facts = field(default=Facts())
    pages: tuple[int, ...] = ()

    def page_of(self, line: int) -> int:
        """The printed page on which a line of the text stands, from 1; 0 where the file knows no pages."""
        return self.pages[line - 1] if 0 < line <= len(self.pages) else 0

    def as_json(self) -> dict[str, object]:
        """The record as plain values, ready for ``json.dumps``; the keys are described in ``ingest.as_json``."""
        return record_as_json(self)
