"""What is asked for: clauses that must all be met, each by one of its alternatives, and filters. Values only. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from merida.exchange.search.analysis import tag

SURFACE, STEM = "SURFACE", "STEM"
WORDS, EXACT, PREFIX = "WORDS", "EXACT", "PREFIX"
TOO_LONG, TOO_MANY_WORDS, SMALL_WORDS, ODD_QUOTES = "TOO_LONG", "TOO_MANY_WORDS", "SMALL_WORDS", "ODD_QUOTES"
CONTROL_CHARACTERS, NO_WORDS = "CONTROL_CHARACTERS", "NO_WORDS"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens side by side in one field; with prefix the last one may go on.

    With near, the two tokens may stand in either order, with up to so many others between.
    """

    field: str
    tokens: tuple[str, ...]
    prefix: bool = False
    near: int = 0


Alternative = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One demand of the reader, as typed; met when all phrases of any one alternative occur in an entry."""

    kind: str
    typed: str
    alternatives: tuple[Alternative, ...]
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Each non-empty list narrows the result to entries with any of its values."""

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def tags(self) -> tuple[tuple[str, ...], ...]:
        """One group of tags for each list that narrows."""
        groups = (
            tuple(tag("k", value) for value in self.kinds),
            tuple(tag("l", value) for value in self.languages),
            tuple(tag("s", value) for value in self.states),
            tuple(tag("p", value) for value in self.provisions),
            tuple(f"y:{value}" for value in self.years),
            tuple(tag("d", value) for value in self.documents),
        )
        return tuple(group for group in groups if group)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader should know about how his words were taken; detail as typed."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the index, ready for every back end.

    text is what was typed, cleaned; language is the page's. Without clauses it asks for everything the filters leave.
    """

    text: str
    language: str
    clauses: tuple[Clause, ...] = ()
    filters: Filters = field(default_factory=Filters)
    notices: tuple[Notice, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for at all: no word and no filter."""
        return not self.clauses and not self.filters.tags()

    @property
    def is_one_phrase(self) -> bool:
        """Whether the only words are several in quotation marks."""
        phrases = [phrase for clause in self.clauses for one in clause.alternatives for phrase in one]
        return len(phrases) == 1 and self.clauses[0].kind == EXACT and len(phrases[0].tokens) > 1

    def narrowed(self, **lists: Any) -> Query:
        """The same words under changed filters: query.narrowed(kinds=("STATE",))."""
        return replace(self, filters=replace(self.filters, **lists))


def total_told(shown: int, *, top: int, offset: int) -> int | None:
    """How many hits there are in all, where a page that is not full tells it; None where they have to be counted."""
    return offset + shown if shown < top and (offset == 0 or shown) else None
