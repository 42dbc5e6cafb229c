"""Queries as SQLite reads them, with ``?`` where Django writes ``%s``: turned once for each query.

Django searches the text of a query whenever it is asked. A page asks a dozen, of two thousand signs each, the same
again and again.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

KEPT = 400  # queries: those of all pages
LONGEST = 8_000  # signs: longer ones write many records at once, and each is another

_as_django_does = SQLiteCursorWrapper.convert_query


@lru_cache(KEPT)
def _turned(query: str) -> str:
    return _as_django_does(None, query)  # type: ignore[arg-type] # (it does not look at the cursor)


def _convert(cursor: SQLiteCursorWrapper, query: str, *, param_names: Iterable[str] | None = None) -> str:
    if param_names is not None or len(query) > LONGEST:
        return _as_django_does(cursor, query, param_names=param_names)
    return _turned(query)


def remember_turned_queries() -> None:
    """Let SQLite's cursors remember how queries read; other databases read ``%s`` themselves."""
    SQLiteCursorWrapper.convert_query = _convert  # type: ignore[method-assign, assignment]
