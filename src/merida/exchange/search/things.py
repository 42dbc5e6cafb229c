"""What is found by thing: a State or an article answers to names in six languages, and stands once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db import connection

from merida.exchange.search.backend import backend
from merida.exchange.search.entry import EntryData
from merida.exchange.search.index import named_under, names_in, stored_under
from merida.exchange.search.queries import DEEPEST, EVERYBODY, Hit, Visible, hit_of
from merida.exchange.search.query import Query
from merida.exchange.search.snippets import sought


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: its entry that was found, and others of it that were found as well, best first.

    ``named`` is what it is called in the query's language where the entry that was found is in another.
    """

    hit: Hit
    others: tuple[EntryData, ...]
    named: str = ""


class Things(NamedTuple):
    """A page of things, and how many of them can be paged through."""

    shown: tuple[Thing, ...]
    reached: int


def things(query: Query, *, visible: Visible = EVERYBODY, top: int = 20, offset: int = 0) -> Things:
    """The best things from `offset` on; for a query for kinds that are found by their names (not `entry.TEXTS`).

    First those that answer in the query's language, then in others, then those that have no name but a number ("UNCAC
    13(1)"); within each, best first. Only the best DEEPEST entries are looked at. How many things there are,
    ``facets(…, by_thing=True)`` tells.
    """
    if query.is_empty or visible == frozenset():
        return Things((), 0)
    ranked = dict(backend().best(connection, query, visible, top=DEEPEST, offset=0))
    gathered = _gathered(ranked, query.language)
    found = gathered[offset : offset + top]
    entries = stored_under(number for same in found for number in same)
    wanted = sought(query)
    shown = [
        Thing(hit_of(wanted, entries[first], ranked[first]), tuple(entries[one] for one in rest if one in entries))
        for first, *rest in found
        if first in entries
    ]
    foreign = [one.hit.ref for one in shown if one.hit.language not in {query.language, ""}]
    named = names_in(query.language, foreign, visible) if foreign else {}
    told = tuple(replace(one, named=named[one.hit.ref]) if one.hit.ref in named else one for one in shown)
    return Things(told, len(gathered))


def _gathered(ranked: Iterable[int], language: str) -> list[list[int]]:
    """The keys of the entries of each thing, first the one that it is shown under."""
    named = named_under(ranked)
    by_nearness: tuple[defaultdict[str, list[int]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for number in (number for number in ranked if number in named):
        ref, spoken = named[number]
        by_nearness[0 if spoken == language else 1 if spoken else 2][ref].append(number)
    refs = dict.fromkeys(ref for near in by_nearness for ref in near)
    return [[number for near in by_nearness for number in near.get(ref, ())] for ref in refs]
