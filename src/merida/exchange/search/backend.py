"""The back end of the database at hand."""

from __future__ import annotations

from types import ModuleType

from django.db import connection

from merida.exchange.search import fts5, postgresql

_BY_VENDOR: dict[str, ModuleType] = {"sqlite": fts5, "postgresql": postgresql}


class NoBackEndError(RuntimeError):
    """The database is neither SQLite nor PostgreSQL."""


def backend() -> ModuleType:
    """The module that stores and matches tokens in the default database: fts5 or postgresql."""
    try:
        return _BY_VENDOR[connection.vendor]
    except KeyError as error:
        raise NoBackEndError(f"no search index for {connection.vendor}") from error
