"""Whether index and entries agree; asked by `merida check`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from merida.exchange.search.analysis import analysis_version, row
from merida.exchange.search.backend import backend
from merida.exchange.search.index import data
from merida.exchange.search.models import Entry, IndexState
from merida.exchange.search.query import STEM, SURFACE, WORDS, Clause, Filters, Phrase, Query

_NAMED = 5
_TOKENS = 12


def problems(*, sample: int = 200) -> list[str]:
    """What is wrong with the index, one sentence each; [] when all is well.

    Compares the keys of all entries, and of every n-th entry (about `sample`) that it is found by its own words.
    """
    return [*_analysis(), *_keys(), *_engine(), *_unfindable(sample)]


def _analysis() -> Iterator[str]:
    state = IndexState.objects.first()
    if state is None and Entry.objects.exists():
        yield "search index: not known how it was made; rebuild it"
    elif state is not None and state.analysis != analysis_version():
        yield f"search index: made with analysis {state.analysis}, now {analysis_version()}; rebuild it"


def _keys() -> Iterator[str]:
    indexed, stored = set(backend().indexed(connection)), set(Entry.objects.values_list("pk", flat=True))
    for numbers, what in ((stored - indexed, "are not indexed"), (indexed - stored, "are indexed but gone")):
        if numbers:
            named = ", ".join(map(str, sorted(numbers)[:_NAMED]))
            yield f"search index: {len(numbers)} entries {what} (numbers {named} …)"


def _engine() -> Iterator[str]:
    damage = backend().damage(connection)
    if damage:
        yield f"search index: {damage}"


def _unfindable(sample: int) -> Iterator[str]:
    keys = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    for entry in Entry.objects.filter(pk__in=keys[:: max(1, len(keys) // sample)]):
        expected = row(entry.pk, data(entry))
        pieces = ((SURFACE, expected.surfaces[:_TOKENS]), (STEM, expected.stems[:_TOKENS]))
        phrases = tuple(Phrase(field, tokens) for field, tokens in pieces if tokens)
        clauses = (Clause(WORDS, "", (phrases,)),) if phrases else ()
        tags = Filters(kinds=(entry.kind,))
        if entry.pk not in backend().numbers(connection, Query("", entry.language, clauses, tags), None):
            yield f"search index: entry {entry.ref} is not found by its own words"
