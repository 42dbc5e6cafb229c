"""How the hits of a query spread over kinds, States, articles, years and languages, exactly.

Each worker keeps the filter values of the entries that it met, by primary key: a key never changes its meaning
(a changed entry gets a new one), so what is kept is never stale and needs no invalidation. About 12 MB at 100,000.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from uuid import UUID

from django.db import connection

from merida.exchange.search.analysis import article
from merida.exchange.search.backend import backend
from merida.exchange.search.entry import PUBLIC
from merida.exchange.search.models import SEPARATOR, Entry, IndexState
from merida.exchange.search.query import Filters, Query

LISTS = ("kinds", "states", "provisions", "years", "languages")
_FEW = 400
Counted = tuple[tuple[str, int], ...]
Value = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Facets:
    """(value, count) by list, most frequent first (years: latest first); total counts the entries themselves.

    provisions are counted by article. A list that narrows the query is counted as if it did not, so that the reader
    sees where else he could go.
    """

    total: int
    kinds: Counted
    states: Counted
    provisions: Counted
    years: Counted
    languages: Counted


def facets(query: Query, *, visible: frozenset[str] | None = frozenset({PUBLIC}), top: int = 12) -> Facets:
    """Counts of the hits that an actor may see; `top` values of each list (years: all)."""
    hits = _numbers(query, visible)
    by_list = _counted(hits)
    for name in LISTS:
        if getattr(query.filters, name):
            wider = replace(query, filters=replace(query.filters, **{name: getattr(Filters(), name)}))
            by_list[name] = _counted(_numbers(wider, visible))[name]
    ordered = {name: _ordered(name, by_list[name], top) for name in LISTS}
    return Facets(total=len(hits), **ordered)


def _numbers(query: Query, visible: frozenset[str] | None) -> list[int]:
    if query.is_empty or (visible is not None and not visible):
        return []
    found: list[int] = backend().numbers(connection, query, visible)
    return found


def _counted(hits: Sequence[int]) -> dict[str, Counter[str]]:
    values = _values_of(hits)
    counted: Counter[Value] = Counter(chain.from_iterable(map(values.__getitem__, hits)))
    by_list: dict[str, Counter[str]] = {name: Counter() for name in LISTS}
    for (name, value), count in counted.items():
        by_list[name][value] = count
    return by_list


def _ordered(name: str, counted: Counter[str], top: int) -> Counted:
    if name == "years":
        return tuple(sorted(counted.items(), reverse=True))
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:top])


@cache
def _kept(epoch: UUID) -> dict[int, tuple[Value, ...]]:
    del epoch
    return {}


def _values_of(hits: Sequence[int]) -> dict[int, tuple[Value, ...]]:
    """The filter values of at least these entries, by primary key."""
    state = IndexState.objects.first()
    # Inside a transaction that may be rolled back SQLite could hand out the same key twice: nothing is kept then.
    kept = {} if state is None or connection.in_atomic_block else _kept(state.epoch)
    missing = [number for number in hits if number not in kept]
    if missing:
        kept.update(_read(missing))
    return kept


def _read(missing: Sequence[int]) -> Iterator[tuple[int, tuple[Value, ...]]]:
    entries = Entry.objects.all()
    if len(missing) <= _FEW:
        entries = entries.filter(pk__in=missing)
    else:
        entries = entries.filter(pk__gte=min(missing), pk__lte=max(missing))
    shared: dict[Value, Value] = {}
    for row in entries.values_list("pk", "kind", "language", "year", "states", "provisions").iterator(chunk_size=5000):
        yield row[0], tuple(shared.setdefault(value, value) for value in _values(*row[1:]))


def _values(kind: str, language: str, year: int | None, states: str, provisions: str) -> Iterable[Value]:
    yield "kinds", kind
    if language:
        yield "languages", language
    if year is not None:
        yield "years", str(year)
    yield from (("states", state) for state in dict.fromkeys(states.split(SEPARATOR)) if state)
    yield from (("provisions", one) for one in dict.fromkeys(map(article, provisions.split(SEPARATOR))) if one)
