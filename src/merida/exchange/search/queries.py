"""Asking the index: the best hits with snippets, counts, the same by kind; only what the actor may see.

`visible` is the set of tags that an actor may see (`foundation.access.visibility_tags`), None for an actor who sees
everything; what is left out means the public.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from merida.exchange.search.backend import backend
from merida.exchange.search.entry import PARAGRAPH, PUBLIC, EntryData
from merida.exchange.search.index import stored_under
from merida.exchange.search.query import Query
from merida.exchange.search.snippets import Snippet, Sought, Span, marks, snippet, sought

Visible = frozenset[str] | None
EVERYBODY: Visible = frozenset({PUBLIC})
# So many results at most are paged through; the count beyond stays exact.
DEEPEST = 5000


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, ready to be shown; title_marks and the snippet's marks are offsets, not HTML."""

    ref: str
    kind: str
    language: str
    title: str
    title_marks: tuple[Span, ...]
    link: tuple[str, ...]
    snippet: Snippet
    states: tuple[str, ...]
    provisions: tuple[str, ...]
    year: int | None
    document: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def search(
    query: Query, *, visible: Visible = EVERYBODY, top: int = 20, offset: int = 0, total: int | None = None
) -> Results:
    """The best hits from `offset` on, and the exact total (counted when not given). An empty query has none.

    Where one exact phrase stands in thousands of texts, all say the same of it: they come by age, the newest first.
    """
    if query.is_empty or visible == frozenset():
        return Results((), 0)
    engine = backend()
    offset = max(0, min(offset, DEEPEST))
    if total is None and query.is_one_phrase:
        total = int(engine.count(connection, query, visible))
    if total is None:
        best, total = engine.best_and_total(connection, query, visible, top=top, offset=offset)
    else:
        by_age = query.is_one_phrase and total > engine.RANKED
        best = engine.best(connection, query, visible, top=top, offset=offset, by_age=by_age)
    return Results(tuple(_hits(query, best)), total)


def count(query: Query, *, visible: Visible = EVERYBODY) -> int:
    """How many entries meet a query."""
    if query.is_empty or visible == frozenset():
        return 0
    return int(backend().count(connection, query, visible))


def _hits(query: Query, best: list[tuple[int, float]]) -> list[Hit]:
    entries = stored_under(number for number, _ in best)
    wanted = sought(query)
    return [hit_of(wanted, entries[number], score) for number, score in best if number in entries]


def hit_of(wanted: Sought, stored: EntryData, score: float) -> Hit:
    """An entry that was found, ready to be shown."""
    in_title = () if stored.kind == PARAGRAPH else marks(wanted, stored.language, stored.title)
    return Hit(
        ref=stored.ref,
        kind=stored.kind,
        language=stored.language,
        title=stored.title,
        title_marks=in_title,
        link=stored.link,
        snippet=snippet(wanted, stored.language, stored.text),
        states=stored.states,
        provisions=stored.provisions,
        year=stored.year,
        document=stored.document,
        score=score,
    )
