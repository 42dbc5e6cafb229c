"""The values that components take. A view fills one, a template in ``components/`` shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# Kinds of mention, as stored -> class in the stylesheet
MENTION_CLASSES = {
    "STATE": "state",
    "TERRITORY": "territory",
    "ORGANISATION": "organisation",
    "RESOLUTION": "resolution",
    "PROVISION": "provision",
    "CHAPTER": "provision",
    "SYMBOL": "symbol",
    "LINK": "link",
    "DATE": "date",
}


# Values of a facet shown at once, and above how many the others are folded away.
FACET_SHOWN, FACET_FOLDS = 8, 10


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere; without ``url`` it is plain text. ``detail`` is said more quietly (years, a code)."""

    text: str
    url: str = ""
    detail: str = ""
    language: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact stands. With ``confidence`` other than ``SOURCED`` the mark is hollow and says "unverified".

    ``symbol`` the document or source, ``place`` the paragraph, ``language`` of the version read (two letters),
    ``url`` of the paragraph on this site, ``text`` the words there or the title of the source, ``outside`` a page
    elsewhere.
    """

    symbol: str
    place: str = ""
    language: str = ""
    url: str = ""
    text: str = ""
    outside: str = ""
    confidence: str = "SOURCED"

    @property
    def verified(self) -> bool:
        """Whether somebody can stand behind it."""
        return self.confidence == "SOURCED"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a fact list: what it is, its value, where it stands."""

    label: str
    value: str = ""
    url: str = ""
    detail: str = ""
    citation: Citation | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``sort_url`` makes its head a link; ``sorted``: ``ascending``, ``descending`` or ``""``."""

    label: str
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""


# The table of a map has eight hundred of these; a named tuple is made in a quarter of the time of a frozen dataclass.
class Cell(NamedTuple):
    """A cell of a table; the first of a row is its heading. What is ``gone`` is struck out, its detail is not."""

    text: str
    url: str = ""
    detail: str = ""
    language: str = ""
    citation: Citation | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, and the same rows as files (``Link("CSV", url)``)."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    downloads: Sequence[Link] = ()
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value to narrow by; ``url`` chooses it, or lets it go where ``selected``."""

    text: str
    count: int
    url: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of values to narrow a list by. ``clear_url`` lets all its values go."""

    title: str
    options: Sequence[FacetOption]
    clear_url: str = ""

    @property
    def first(self) -> list[FacetOption]:
        """Return the values shown at once: the first eight and those chosen; all where few more would be folded."""
        if len(self.options) <= FACET_FOLDS:
            return list(self.options)
        return [one for at, one in enumerate(self.options) if at < FACET_SHOWN or one.selected]

    @property
    def rest(self) -> list[FacetOption]:
        """Return the values folded away."""
        shown = self.first
        return [one for one in self.options if one not in shown]


@dataclass(frozen=True, slots=True)
class Result:
    """A hit. ``snippet`` is text in pieces, each with whether it was searched for; ``language`` is that of the text.

    ``title_language`` is that of the title, empty for the reader's own.
    """

    kind: str
    title: str
    url: str
    place: str = ""
    snippet: Sequence[tuple[str, bool]] = ()
    language: str = ""
    details: Sequence[Link] = ()
    others: Sequence[Link] = ()
    title_language: str = ""


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    """A tab of a text in several languages.

    ``state``: ORIGINAL, TRANSLATION, UNKNOWN (which of the two is not known), MACHINE_DRAFT or MISSING.
    """

    code: str
    state: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list stands: ``number`` of ``total`` pages, and the addresses beside it (``""`` at an end)."""

    number: int
    total: int
    count: int
    previous_url: str = ""
    next_url: str = ""
    links: Sequence[Link] = field(default_factory=tuple)
