"""The index on PostgreSQL: a tsvector of the same tokens beside each entry, under GIN; no extension, no dictionary.

Surfaces stand as they are, stems behind "=", tags behind "#"; surfaces and stems with their places in their own
count, so that phrases work in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from merida.exchange.search.analysis import RESTRICTED, Row, tag
from merida.exchange.search.entry import PUBLIC
from merida.exchange.search.query import STEM, Clause, Phrase, Query, total_told

Visible = frozenset[str] | None
CREATE = (
    "ALTER TABLE search_entry ADD COLUMN tokens tsvector NOT NULL DEFAULT ''::tsvector",
    "CREATE INDEX search_entry_tokens ON search_entry USING gin (tokens) WITH (fastupdate = off)",
)
DROP = "ALTER TABLE search_entry DROP COLUMN tokens"
RANKED = 1000
# MATERIALIZED: with a bare LIMIT the planner may walk the primary key backwards instead of asking the GIN index.
_BEST = (
    "WITH hits AS MATERIALIZED (SELECT id, tokens FROM search_entry WHERE tokens @@ %s::tsquery),"
    " newest AS (SELECT id, tokens FROM hits ORDER BY id DESC LIMIT %s)"
    " SELECT id, ts_rank(tokens, %s::tsquery, 1) AS score FROM newest ORDER BY score DESC, id DESC LIMIT %s OFFSET %s"
)
_NEWEST = (
    "WITH hits AS MATERIALIZED (SELECT id FROM search_entry WHERE tokens @@ %s::tsquery)"
    " SELECT id FROM hits ORDER BY id DESC LIMIT %s OFFSET %s"
)
_SIZE = "SELECT pg_relation_size('search_entry_tokens') + coalesce(sum(pg_column_size(tokens)), 0) FROM search_entry"
# PostgreSQL keeps 255 places of one token; further ones would be dropped without a word.
_MOST_PLACES = 255


def insert(connection: BaseDatabaseWrapper, rows: Iterable[Row]) -> None:
    """Add rows that are not in the index yet."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_entry SET tokens = %s::tsvector WHERE id = %s", [(vector(row), row.number) for row in rows]
        )


def delete(connection: BaseDatabaseWrapper, rows: Iterable[Row]) -> None:
    """Nothing to do: the tokens are a column of the entry and go with it."""


def clear(connection: BaseDatabaseWrapper) -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_entry SET tokens = ''::tsvector")


def tidy(connection: BaseDatabaseWrapper) -> None:
    """Nothing to do: autovacuum does it."""


def pieces(connection: BaseDatabaseWrapper) -> int:  # noqa: ARG001
    """Always one."""
    return 1


def merge(connection: BaseDatabaseWrapper, *, first: bool) -> bool:  # noqa: ARG001
    """Nothing to do."""
    return False


def numbers(connection: BaseDatabaseWrapper, query: Query, visible: Visible) -> list[int]:
    """The primary keys of all hits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_entry WHERE tokens @@ %s::tsquery", [match(query, visible)])
        return [number for (number,) in cursor.fetchall()]


def count(connection: BaseDatabaseWrapper, query: Query, visible: Visible) -> int:
    """How many hits there are, exactly."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_entry WHERE tokens @@ %s::tsquery", [match(query, visible)])
        return int(cursor.fetchone()[0])


def best(
    connection: BaseDatabaseWrapper, query: Query, visible: Visible, *, top: int, offset: int, by_age: bool = False
) -> list[tuple[int, float]]:
    """(primary key, score) of the best hits, highest score first; newest first among equals and beyond RANKED.

    ``by_age``: newest first from the start, without scores.
    """
    asked, end = match(query, visible), offset + top
    ranked = 0 if by_age else RANKED
    found: list[tuple[int, float]] = []
    with connection.cursor() as cursor:
        if not by_age:
            cursor.execute(_BEST, [asked, ranked, _words_only(query), top, offset])
            found += [(number, float(score)) for number, score in cursor.fetchall()]
        if ranked - offset <= len(found) < top:  # otherwise the page is full, or there are no more
            cursor.execute(_NEWEST, [asked, end - max(offset, ranked), max(offset, ranked)])
            found += [(number, 0.0) for (number,) in cursor.fetchall()]
    return found


def best_and_total(
    connection: BaseDatabaseWrapper, query: Query, visible: Visible, *, top: int, offset: int
) -> tuple[list[tuple[int, float]], int]:
    """What ``best`` returns, and how many hits there are in all."""
    found = best(connection, query, visible, top=top, offset=offset)
    total = total_told(len(found), top=top, offset=offset)
    return found, count(connection, query, visible) if total is None else total


def indexed(connection: BaseDatabaseWrapper) -> list[int]:
    """The primary keys that the index knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_entry WHERE tokens <> ''::tsvector ORDER BY id")
        return [number for (number,) in cursor.fetchall()]


def damage(connection: BaseDatabaseWrapper) -> str:
    """What the engine itself finds wrong: PostgreSQL keeps index and table together, so nothing."""
    del connection
    return ""


def size(connection: BaseDatabaseWrapper) -> int:
    """Bytes that the index takes: the GIN index and the vectors."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZE)
        return int(cursor.fetchone()[0])


def vector(row: Row) -> str:
    """A row as the text of a tsvector: 'word':3,7 '=stem':2 '#k:paragraph'."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for at, surface in enumerate(row.surfaces, start=1):
        places[surface].append(str(at))
    for at, stem in enumerate(row.stems, start=1):
        places[f"={stem}"].append(str(at))
    with_places = (f"{_quoted(token)}:{','.join(listed[:_MOST_PLACES])}" for token, listed in places.items())
    return " ".join((*with_places, *(_quoted(f"#{one}") for one in row.tags)))


def match(query: Query, visible: Visible) -> str:
    """The tsquery for a query as far as an actor may see."""
    demands = [_clause(clause) for clause in query.clauses]
    demands += [_any_tag(group) for group in query.filters.tags()] or ([] if demands else [_tag("all")])
    return " & ".join((*demands, *_seen(visible)))


def _words_only(query: Query) -> str:
    return " & ".join(_clause(clause) for clause in query.clauses) or _tag("all")


def _seen(visible: Visible) -> Iterator[str]:
    if visible is None:
        return
    held = tuple(sorted(tag("v", one) for one in visible if one != PUBLIC))
    if PUBLIC not in visible:
        yield _any_tag(held)
    else:
        yield f"!({_tag(RESTRICTED)} & !{_any_tag(held)})" if held else f"!{_tag(RESTRICTED)}"


def _clause(clause: Clause) -> str:
    either = [" & ".join(map(_phrase, alternative)) for alternative in clause.alternatives]
    return "(" + " | ".join(f"({one})" for one in either) + ")"


def _phrase(phrase: Phrase) -> str:
    mark = "=" if phrase.field == STEM else ""
    tokens = [_quoted(mark + token) for token in phrase.tokens]
    tokens[-1] += ":*" if phrase.prefix else ""
    if phrase.near:
        orders = (tokens, tokens[::-1])
        steps = range(1, phrase.near + 2)
        return "(" + " | ".join(f" <{step}> ".join(order) for step in steps for order in orders) + ")"
    return "(" + " <-> ".join(tokens) + ")"


def _any_tag(group: tuple[str, ...]) -> str:
    return "(" + " | ".join(map(_tag, group)) + ")"


def _tag(value: str) -> str:
    return _quoted(f"#{value}")


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
