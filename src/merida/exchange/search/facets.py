"""How the hits of a query spread over kinds, States, articles, years and languages, exactly.

Each worker keeps the filter values of the entries that it met, by primary key: a key never changes its meaning
(a changed entry gets a new one), so what is kept is never stale and needs no invalidation. About 15 MB at 100,000.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from merida.exchange.search.analysis import article
from merida.exchange.search.backend import backend
from merida.exchange.search.entry import PUBLIC
from merida.exchange.search.models import SEPARATOR, Entry, IndexState
from merida.exchange.search.query import Filters, Query

LISTS = ("kinds", "states", "provisions", "years", "languages")
_FEW = 400
CODE = "I"
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


def read_ahead() -> None:
    """Read the filter values of all entries, so that the first reader who searches need not wait for them."""
    state = IndexState.objects.first()
    if state is not None and not connection.in_atomic_block:
        _read(_kept(state.epoch), ())


def _numbers(query: Query, visible: frozenset[str] | None) -> list[int]:
    if query.is_empty or (visible is not None and not visible):
        return []
    found: list[int] = backend().numbers(connection, query, visible)
    return found


def _counted(hits: Sequence[int]) -> dict[str, Counter[str]]:
    known = _known_of(hits)
    # An entry that is gone while its tokens linger counts nowhere; `merida check` names it.
    counted = Counter(array(CODE, b"".join([known.of[number] for number in hits if number in known.of])))
    by_list: dict[str, Counter[str]] = {name: Counter() for name in LISTS}
    for code, count in counted.items():
        name, value = known.values[code]
        by_list[name][value] = count
    return by_list


def _ordered(name: str, counted: Counter[str], top: int) -> Counted:
    if name == "years":
        return tuple(sorted(counted.items(), reverse=True))
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:top])


@dataclass(slots=True)
class _Known:
    """The filter values of entries by primary key: numbers of four bytes in a row, which are small and counted fast."""

    of: dict[int, bytes] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)
    codes: dict[Value, int] = field(default_factory=dict)
    met: dict[tuple[object, Hashable], bytes] = field(default_factory=dict)

    def code(self, value: Value) -> int:
        """The number of a value, a new one when it was not met before."""
        if value not in self.codes:
            self.codes[value] = len(self.values)
            self.values.append(value)
        return self.codes[value]

    def codes_of(self, values_of: Callable[[Any], Iterable[Value]], column: Hashable) -> bytes:
        """The numbers of the values in a column, remembered for entries with the same text there."""
        key = (values_of, column)
        found = self.met.get(key)
        if found is None:
            found = self.met[key] = array(CODE, map(self.code, values_of(column))).tobytes()
        return found


@lru_cache(maxsize=1)
def _kept(epoch: UUID) -> _Known:
    del epoch
    return _Known()


def _known_of(hits: Sequence[int]) -> _Known:
    """What is known, of at least these entries."""
    state = IndexState.objects.first()
    # Inside a transaction that may be rolled back SQLite could hand out the same key twice: nothing is kept then.
    known = _Known() if state is None or connection.in_atomic_block else _kept(state.epoch)
    missing = [number for number in hits if number not in known.of]
    if missing:
        _read(known, missing)
    return known


def _read(known: _Known, missing: Sequence[int]) -> None:
    """Read the values of these entries; of all, where none is named."""
    entries = Entry.objects.all()
    if 0 < len(missing) <= _FEW:
        entries = entries.filter(pk__in=missing)
    elif missing:
        entries = entries.filter(pk__gte=min(missing), pk__lte=max(missing))
    columns = entries.values_list("pk", "kind", "language", "year", "states", "provisions")
    for number, kind, language, year, states, provisions in columns.iterator(chunk_size=1000):
        known.of[number] = (
            known.codes_of(_single, (kind, language, year))
            + known.codes_of(_states, states)
            + known.codes_of(_articles, provisions)
        )
    known.met.clear()  # of use while many are read at once, and half as large as what is kept


def _single(columns: tuple[str, str, int | None]) -> Iterable[Value]:
    kind, language, year = columns
    yield "kinds", kind
    if language:
        yield "languages", language
    if year is not None:
        yield "years", str(year)


def _states(column: str) -> Iterable[Value]:
    return (("states", state) for state in dict.fromkeys(column.split(SEPARATOR)) if state)


def _articles(column: str) -> Iterable[Value]:
    return (("provisions", one) for one in dict.fromkeys(map(article, column.split(SEPARATOR))) if one)
