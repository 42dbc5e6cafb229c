"""How the hits of a query spread over kinds, States, articles, years and languages, exactly.

Each worker keeps the filter values of the entries that it met, by primary key: a key never changes its meaning
(a changed entry gets a new one), so what is kept is never stale and needs no invalidation. Entries that share their
values share one number, so that hits are counted by number first: 20 bytes for each key that was ever given.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import itemgetter
from threading import Lock
from typing import Any

from django.db import connection

from merida.exchange.search.analysis import article
from merida.exchange.search.backend import backend
from merida.exchange.search.entry import PUBLIC, TEXTS
from merida.exchange.search.index import epoch
from merida.exchange.search.models import SEPARATOR, Entry
from merida.exchange.search.query import Filters, Query

LISTS = ("kinds", "states", "provisions", "years", "languages")
_FEW = 400
_COLUMNS = 5  # kind, language and year; provisions; the first State; the second; further ones
_COLUMNS_OF = {"kinds": (0,), "languages": (0,), "years": (0,), "provisions": (1,), "states": (2, 3, 4)}
_ROOM = 1000
_READING = Lock()  # numbers are given out by one thread at a time
CODE = "I"
Counted = tuple[tuple[str, int], ...]
Value = tuple[str, str]
Picked = Callable[[Sequence[int]], tuple[int, ...]]  # what a column has for the hits


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


def facets(
    query: Query, *, visible: frozenset[str] | None = frozenset({PUBLIC}), top: int = 12, by_thing: bool = False
) -> Facets:
    """Counts of the hits that an actor may see; `top` values of each list (years: all).

    ``by_thing``: what is found under several of its names counts once, but for the languages.
    """
    total, by_list = _counted(_numbers(query, visible), by_thing=by_thing)
    for name in LISTS:
        if getattr(query.filters, name):
            wider = replace(query, filters=replace(query.filters, **{name: getattr(Filters(), name)}))
            by_list[name] = _counted(_numbers(wider, visible), _COLUMNS_OF[name], by_thing=by_thing)[1][name]
    ordered = {name: _ordered(name, by_list[name], top) for name in LISTS}
    return Facets(total=total, **ordered)


def count_things(query: Query, *, visible: frozenset[str] | None = frozenset({PUBLIC})) -> int:
    """How many things meet a query: what is found under several of its names counts once."""
    hits = _numbers(query, visible)
    return len(_known_of(hits, _picking(hits)).one_of_each(hits)) if hits else 0


def read_ahead() -> None:
    """Read the filter values of all entries, so that the first reader who searches need not wait for them.

    Once: a worker that is a fork of the server has what the server read; an entry that came since is read when it is
    met.
    """
    if (made := epoch()) and not connection.in_atomic_block and not _kept(made).values:
        _read(_kept(made), ())


def _numbers(query: Query, visible: frozenset[str] | None) -> list[int]:
    if query.is_empty or (visible is not None and not visible):
        return []
    found: list[int] = backend().numbers(connection, query, visible)
    return found


def _counted(
    hits: Sequence[int], columns: Iterable[int] = range(_COLUMNS), *, by_thing: bool
) -> tuple[int, dict[str, Counter[str]]]:
    """How many hits there are, or things, and how many have each value."""
    if not hits:
        return 0, {name: Counter() for name in LISTS}
    of_hits = _picking(hits)
    known = _known_of(hits, of_hits)
    if not by_thing:
        return len(hits), known.by_list(of_hits, columns)
    things = known.one_of_each(hits)
    by_list = known.by_list(_picking(things), columns)
    if len(things) < len(hits):
        by_list["languages"] = known.by_list(of_hits, _COLUMNS_OF["languages"])["languages"]
    return len(things), by_list


def _picking(hits: Sequence[int]) -> Picked:
    return itemgetter(*hits, 0)  # nothing has the key 0; with it a single hit is a tuple too


def _ordered(name: str, counted: Counter[str], top: int) -> Counted:
    if name == "years":
        return tuple(sorted(counted.items(), reverse=True))
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:top])


@dataclass(slots=True)
class _Known:
    """The filter values of entries: a column has the number of what an entry has there, by primary key; 0: not met."""

    columns: tuple[array[int], ...] = field(default_factory=lambda: tuple(array(CODE) for _ in range(_COLUMNS)))
    names: dict[int, int] = field(default_factory=dict)  # keys of names, each with the number of what it names
    things: dict[str, int] = field(default_factory=dict)
    values: list[Value] = field(default_factory=list)
    together: list[tuple[int, ...]] = field(default_factory=lambda: [()])
    codes: dict[Value, int] = field(default_factory=dict)
    numbers: dict[tuple[int, ...], int] = field(default_factory=dict)

    def number(self, values: Iterable[Value]) -> int:
        """The number of these values together, a new one when they were not met before."""
        codes = tuple(map(self.code, values))
        if codes not in self.numbers:
            self.together.append(codes)
            self.numbers[codes] = len(self.together) - 1
        return self.numbers[codes]

    def code(self, value: Value) -> int:
        """The place of one value, a new one when it was not met before."""
        if value not in self.codes:
            self.values.append(value)
            self.codes[value] = len(self.values) - 1
        return self.codes[value]

    def make_room(self, last: int) -> None:
        """Let the columns reach to a primary key, the first of them last."""
        for column in reversed(self.columns):
            if len(column) <= last:
                column.frombytes(bytes((last + _ROOM - len(column)) * column.itemsize))

    def missing(self, hits: Sequence[int], of_hits: Picked) -> list[int]:
        """Which of these entries were not met: each has a kind, so the first column tells."""
        self.make_room(max(hits))
        first = self.columns[0]
        return [] if of_hits(first).count(0) == 1 else [hit for hit in hits if not first[hit]]

    def one_of_each(self, hits: Sequence[int]) -> Sequence[int]:
        """These entries without the further names of things that are among them already."""
        names = self.names
        found = [hit for hit in hits if hit in names]
        further = set(found).difference({names[hit]: hit for hit in found}.values())
        return [hit for hit in hits if hit not in further] if further else hits

    def by_list(self, of_hits: Picked, columns: Iterable[int]) -> dict[str, Counter[str]]:
        """How many of these entries have each value, by list."""
        found: dict[str, Counter[str]] = {name: Counter() for name in LISTS}
        for (name, value), count in zip(self.values, self._counted(of_hits, columns), strict=False):
            if count:
                found[name][value] = count
        return found

    def _counted(self, of_hits: Picked, columns: Iterable[int]) -> list[int]:
        """How many of these entries have each value; one that was not met (gone, its tokens left) counts nowhere."""
        counts = [0] * len(self.values)
        for column in columns:
            for number, count in Counter(of_hits(self.columns[column])).items():
                for code in self.together[number]:
                    counts[code] += count
        return counts


@lru_cache(maxsize=1)
def _kept(made: str) -> _Known:
    del made
    return _Known()


def _known_of(hits: Sequence[int], of_hits: Picked) -> _Known:
    """What is known, of at least these entries."""
    made = epoch()
    # Inside a transaction that may be rolled back SQLite could hand out the same key twice: nothing is kept then.
    known = _Known() if not made or connection.in_atomic_block else _kept(made)
    if missing := known.missing(hits, of_hits):
        _read(known, missing)
    return known


def _read(known: _Known, missing: Sequence[int]) -> None:
    """Read the values of these entries; of all, where none is named."""
    entries = Entry.objects.all()
    if 0 < len(missing) <= _FEW:
        entries = entries.filter(pk__in=missing)
    elif missing:
        entries = entries.filter(pk__gte=min(missing), pk__lte=max(missing))
    rows = entries.values_list("pk", "ref", "kind", "language", "year", "states", "provisions")
    with _READING:
        _keep(known, rows.iterator(chunk_size=1000))


def _keep(known: _Known, rows: Iterable[tuple[Any, ...]]) -> None:
    kinds, provisions, first, second, further = known.columns
    of_kind = _Met(lambda columns: known.number(_single(columns)))
    of_provisions = _Met(lambda column: known.number(_articles(column)))
    of_states = _Met(lambda column: tuple(map(known.number, _states(column))))
    for key, ref, kind, language, year, states, named in rows:
        if key >= len(kinds):
            known.make_room(key)
        if kind not in TEXTS:
            known.names[key] = known.things.setdefault(ref, len(known.things))
        first[key], second[key], further[key] = of_states[states]
        provisions[key] = of_provisions[named]
        kinds[key] = of_kind[kind, language, year]  # last: an entry without a kind was not met


class _Met(dict[Any, Any]):
    """What each text of a column is kept as, found once; of use while many entries are read at once."""

    def __init__(self, kept_as: Callable[[Any], Any]) -> None:
        super().__init__()
        self.kept_as = kept_as

    def __missing__(self, text: Any) -> Any:
        self[text] = found = self.kept_as(text)
        return found


def _single(columns: tuple[str, str, int | None]) -> Iterable[Value]:
    kind, language, year = columns
    yield "kinds", kind
    if language:
        yield "languages", language
    if year is not None:
        yield "years", str(year)


def _states(column: str) -> tuple[tuple[Value, ...], ...]:
    """The first State, the second, the others: those that name the same three are few, the same one many."""
    named = tuple(("states", state) for state in dict.fromkeys(column.split(SEPARATOR)) if state)
    return named[:1], named[1:2], named[2:]


def _articles(column: str) -> Iterable[Value]:
    return (("provisions", one) for one in dict.fromkeys(map(article, column.split(SEPARATOR))) if one)
