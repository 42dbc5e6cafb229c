"""The index on SQLite: one contentless FTS5 table with the columns surface, stems and tags.

Contentless, since the text stands in Entry; so taking a row out needs the tokens that went in (contentless_delete
came with SQLite 3.43 only). Tokens arrive analysed: the ascii tokenizer splits at spaces and touches nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from merida.exchange.search.analysis import ALL, RESTRICTED, Row, tag
from merida.exchange.search.entry import KINDS, PARAGRAPH, PUBLIC
from merida.exchange.search.query import STEM, Clause, Phrase, Query, total_told

Visible = frozenset[str] | None
CREATE = (
    "CREATE VIRTUAL TABLE search_tokens USING fts5(surface, stems, tags, content='',"
    " tokenize=\"ascii tokenchars '%:./()-_'\")"
)
DROP = "DROP TABLE search_tokens"
# Stems and surfaces say the same thing, the tags say nothing of weight.
_INSERT = "INSERT INTO search_tokens(rowid, surface, stems, tags) VALUES (%s, %s, %s, %s)"
_DELETE = "INSERT INTO search_tokens(search_tokens, rowid, surface, stems, tags) VALUES ('delete', %s, %s, %s, %s)"
_BEST = (
    "SELECT rowid, score FROM (SELECT rowid, bm25(search_tokens, 1.0, 1.0, 0.0) AS score FROM search_tokens"
    " WHERE search_tokens MATCH %s ORDER BY rowid DESC LIMIT %s) ORDER BY score, rowid DESC LIMIT %s OFFSET %s"
)
# The same behind one row with the number of those ranked.
_BEST_COUNTED = (
    "WITH newest AS MATERIALIZED (SELECT rowid AS id, bm25(search_tokens, 1.0, 1.0, 0.0) AS score FROM search_tokens"
    " WHERE search_tokens MATCH %s ORDER BY rowid DESC LIMIT %s) SELECT count(*), 0.0 FROM newest"
    " UNION ALL SELECT * FROM (SELECT id, score FROM newest ORDER BY score, id DESC LIMIT %s OFFSET %s)"
)
# In one value: a row of its own for each of many thousand hits takes longer than finding them.
_NUMBERS = "SELECT json_group_array(rowid) FROM search_tokens WHERE search_tokens MATCH %s"
_MERGE = "INSERT INTO search_tokens(search_tokens, rank) VALUES ('merge', %s)"
_STEP = 500  # pages of 4 kB written: others wait some hundredths of a second for their turn to write
_MERGED = 2  # rows that change where something was merged: the command itself is one
# Above this many hits only the newest are ranked, the others follow by age: scoring is what takes longest.
RANKED = 2000
_SEVERAL = 2
_BARE_TAGS = (ALL, RESTRICTED)
_LONGER = 3  # than the language before a stem: "en_asset"
_NEWEST = "SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s ORDER BY rowid DESC LIMIT %s OFFSET %s"


def insert(connection: BaseDatabaseWrapper, rows: Iterable[Row]) -> None:
    """Add rows that are not in the index yet."""
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, [_columns(row) for row in rows])


def delete(connection: BaseDatabaseWrapper, rows: Iterable[Row]) -> None:
    """Take rows out; they must hold the tokens that went in."""
    with connection.cursor() as cursor:
        cursor.executemany(_DELETE, [_columns(row) for row in rows])


def clear(connection: BaseDatabaseWrapper) -> None:
    """Empty the index."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_tokens(search_tokens) VALUES ('delete-all')")


def tidy(connection: BaseDatabaseWrapper) -> None:
    """Merge what many small inserts left behind; after a rebuild."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_tokens(search_tokens) VALUES ('optimize')")


def pieces(connection: BaseDatabaseWrapper) -> int:
    """In how many pieces the index lies: every word is looked up in each of them. One after ``tidy``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT segid) FROM search_tokens_idx")
        return int(cursor.fetchone()[0])


def merge(connection: BaseDatabaseWrapper, *, first: bool) -> bool:
    """Go one short step of the way to a single piece, and say whether there is more of it; ``first`` sets out."""
    with connection.cursor() as cursor:
        held = connection.connection
        before = held.total_changes
        cursor.execute(_MERGE, [-_STEP if first else _STEP])
        return bool(held.total_changes - before >= _MERGED)


def numbers(connection: BaseDatabaseWrapper, query: Query, visible: Visible) -> list[int]:
    """The primary keys of all hits."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [match(query, visible)])
        found: list[int] = json.loads(cursor.fetchone()[0])
        return found


def count(connection: BaseDatabaseWrapper, query: Query, visible: Visible) -> int:
    """How many hits there are, exactly."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_tokens WHERE search_tokens MATCH %s", [match(query, visible)])
        return int(cursor.fetchone()[0])


def best(
    connection: BaseDatabaseWrapper, query: Query, visible: Visible, *, top: int, offset: int, by_age: bool = False
) -> list[tuple[int, float]]:
    """(primary key, score) of the best hits, highest score first; newest first among equals and beyond RANKED.

    ``by_age``: newest first from the start, without scores.
    """
    asked, end = match(query, visible), offset + top
    ranked = RANKED if query.clauses and not by_age else 0  # tags weigh nothing
    found: list[tuple[int, float]] = []
    with connection.cursor() as cursor:
        if offset < ranked:
            cursor.execute(_BEST, [asked, ranked, top, offset])
            found += [(number, -score) for number, score in cursor.fetchall()]
        if ranked - offset <= len(found) < top:  # otherwise the page is full, or there are no more
            cursor.execute(_NEWEST, [asked, end - max(offset, ranked), max(offset, ranked)])
            found += [(number, 0.0) for (number,) in cursor.fetchall()]
    return found


def best_and_total(
    connection: BaseDatabaseWrapper, query: Query, visible: Visible, *, top: int, offset: int
) -> tuple[list[tuple[int, float]], int]:
    """What ``best`` returns, and how many hits there are in all.

    Several demands are mostly met by fewer than are ranked; then ranking them tells their number as well. One word that
    thousands of texts hold is ranked and counted faster apart.
    """
    demands = len(query.clauses) + len(query.filters.tags())
    if not query.clauses or demands < _SEVERAL or offset + top > RANKED:
        found = best(connection, query, visible, top=top, offset=offset)
        total = total_told(len(found), top=top, offset=offset)
        return found, count(connection, query, visible) if total is None else total
    with connection.cursor() as cursor:
        cursor.execute(_BEST_COUNTED, [match(query, visible), RANKED, top, offset])
        (ranked, _), *rows = cursor.fetchall()
    total = ranked if ranked < RANKED else count(connection, query, visible)
    return [(number, -score) for number, score in rows], total


def indexed(connection: BaseDatabaseWrapper) -> list[int]:
    """The primary keys that the index knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_tokens_docsize ORDER BY id")
        return [number for (number,) in cursor.fetchall()]


def damage(connection: BaseDatabaseWrapper) -> str:
    """What the engine itself finds wrong with its tables; "" when nothing."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("INSERT INTO search_tokens(search_tokens) VALUES ('integrity-check')")
        except DatabaseError as error:
            return str(error)
    return ""


def size(connection: BaseDatabaseWrapper) -> int:
    """Bytes that the index takes, without the entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(length(block)) FROM search_tokens_data")
        data = cursor.fetchone()[0] or 0
        cursor.execute("SELECT sum(length(sz)) + 4 * count(*) FROM search_tokens_docsize")
        return int(data) + int(cursor.fetchone()[0] or 0)


def match(query: Query, visible: Visible) -> str:
    """The MATCH expression for a query as far as an actor may see."""
    demands, left_out = _asked(query)
    asked = " AND ".join(demands)
    if visible is None:
        return _without(asked, left_out)
    held = sorted(tag("v", one) for one in visible if one != PUBLIC)
    if PUBLIC not in visible:
        return _without(f"({asked}) AND {_any_tag(tuple(held))}", left_out)
    hidden = f"({_tag(RESTRICTED)} NOT {_any_tag(tuple(held))})" if held else _tag(RESTRICTED)
    return _without(asked, (hidden, *left_out))


def _asked(query: Query) -> tuple[list[str], tuple[str, ...]]:
    """What an entry must have, and what it must not."""
    words, filters = [_clause(clause) for clause in query.clauses], query.filters
    if not words or PARAGRAPH not in filters.kinds:
        return [*words, *map(_any_tag, filters.tags())] or [_tag(ALL)], ()
    # Nearly everything is a paragraph: to leave out the other kinds is to read short lists instead of the longest.
    others = tuple(_tag(tag("k", kind)) for kind in KINDS if kind not in filters.kinds)
    return [*words, *map(_any_tag, replace(filters, kinds=()).tags())], others


def _without(asked: str, left_out: tuple[str, ...]) -> str:
    return f"({asked}) NOT ({' OR '.join(left_out)})" if left_out else asked


def _clause(clause: Clause) -> str:
    either = [" AND ".join(map(_phrase, alternative)) for alternative in clause.alternatives]
    return "(" + " OR ".join(f"({one})" for one in either) + ")"


def _phrase(phrase: Phrase) -> str:
    column = "" if _tells_its_column(phrase) else "stems : " if phrase.field == STEM else "surface : "
    if phrase.near:
        return f"{column}NEAR({' '.join(map(_quoted, phrase.tokens))}, {phrase.near})"
    return f'{column}"{" ".join(phrase.tokens)}"' + (" *" if phrase.prefix else "")


def _tells_its_column(phrase: Phrase) -> bool:
    """Whether no other column can hold these tokens: then FTS5 need not look at the column of each place.

    Stems hold an underscore behind their language, tags a colon but for two, surfaces neither. What begins like a
    surface may be the language of a stem or one of those two tags.
    """
    if phrase.field == STEM:
        return all("_" in token for token in phrase.tokens)
    first = phrase.tokens[0]
    if not phrase.prefix or len(phrase.tokens) > 1:
        return first not in _BARE_TAGS
    beyond = len(first) >= _LONGER or not first.isascii()
    return beyond and not any(bare.startswith(first) for bare in _BARE_TAGS)


def _quoted(token: str) -> str:
    return f'"{token}"'


def _any_tag(group: tuple[str, ...]) -> str:
    return "(" + " OR ".join(map(_tag, group)) + ")"


def _tag(value: str) -> str:
    return f'tags : "{value}"' if value in _BARE_TAGS else _quoted(value)


def _columns(row: Row) -> tuple[int, str, str, str]:
    return row.number, " ".join(row.surfaces), " ".join(row.stems), " ".join(row.tags)
