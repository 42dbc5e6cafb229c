"""Databases for tests: worlds that are built once in a process and copied, and copies to throw away.

A test whose rows are rolled back works in the empty database, or in the world of its module (``in_world``), which is
built when it is first asked for. A test that commits works in a copy of its own (``in_copy``), which it may fill at
once with a world (``begin_with``); nothing is emptied after it. Neither the empty database nor a world ever changes,
and whoever leaves a world is told when it did: a row that one test left to another is worse than a slow suite.
"""

import copy
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection

from merida.exchange.search.facets import _kept
from merida.foundation.changes.remembering import forget_all
from merida.interfaces.web.views.kept_pages import PAGES

Made = TypeVar("Made")


@dataclass(frozen=True)
class Kept:
    """The database of a world, its digest when it was built, and what building it returned."""

    database: str
    digest: str
    made: object


EMPTY = "empty"
KEPT: dict[str, Kept] = {}
COPIES: list[str] = []  # those in use, the latest last
NUMBERS = count(1)


def digest_of_database() -> str:
    """Return a digest of everything committed in the present database."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return hashlib.sha256(connection.connection.serialize()).hexdigest()
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t')  # noqa: S608
            digest.update(f"{table} {cursor.fetchone()}\n".encode())
    return digest.hexdigest()


def forget_answers() -> None:
    """Forget what processes remember of a database: the next one stands at the same place of its own change log."""
    forget_all()
    _kept.cache_clear()
    PAGES.pages.clear()
    PAGES.used = 0
    cache.clear()
    ContentType.objects.clear_cache()


def work_in(database: str) -> None:
    """Turn to another database; threads that connect from now on see it too."""
    assert not connection.in_atomic_block, "a database is entered and left between transactions"
    connection.close()
    connection.settings_dict["NAME"] = database
    forget_answers()


def copied(source: str) -> str:
    """Copy a database that nobody works in; return the name of the copy."""
    assert not connection.in_atomic_block, "a database is copied between transactions"
    connection.close()
    number = next(NUMBERS)
    if connection.vendor == "sqlite":
        path = Path(source)
        target = str(path.with_name(f"copy-{os.getpid()}-{number}.sqlite3"))
        with closing(sqlite3.connect(source)) as own:
            assert own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0, f"somebody works in {source}"
        shutil.copyfile(source, target)
        return target
    target = f"test_copy_{os.getpid()}_{number}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    return target


def thrown_away(database: str) -> None:
    """Remove a copy, whoever may still be connected to it."""
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.remove(f"{database}{end}")  # noqa: PTH107
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


@contextmanager
def kept_empty() -> Iterator[None]:
    """Keep the present database as the empty one that worlds are built upon, and remove them at the end.

    Raises AssertionError at the end when something was committed to it.
    """
    KEPT[EMPTY] = Kept(connection.settings_dict["NAME"], digest_of_database(), None)
    yield
    empty = KEPT.pop(EMPTY)
    for kept in KEPT.values():
        thrown_away(kept.database)
    KEPT.clear()
    assert digest_of_database() == empty.digest, "something was left behind in the empty database"


def world(name: str, build: Callable[[], object], upon: str = EMPTY) -> Kept:
    """Return the world of that name; ``build`` fills a copy of the world ``upon`` when it is first asked for."""
    if name not in KEPT:
        before = connection.settings_dict["NAME"]
        work_in(copied(KEPT[upon].database))
        try:
            made = build()
            KEPT[name] = Kept(connection.settings_dict["NAME"], digest_of_database(), made)
        finally:
            work_in(before)
    return KEPT[name]


@contextmanager
def in_world(name: str, build: Callable[[], Made], upon: str = EMPTY) -> Iterator[Made]:
    """Work in a world without changing it, and leave it again; ``build`` as in ``world``.

    Yields a copy of what ``build`` returned, so that a test may change it. Raises AssertionError at the end when
    something was committed.
    """
    before = connection.settings_dict["NAME"]
    kept = world(name, build, upon)
    work_in(kept.database)
    try:
        yield copy.deepcopy(kept.made)  # type: ignore[misc]
        assert digest_of_database() == kept.digest, f"something was left behind in the world {name!r}"
    finally:
        work_in(before)


@contextmanager
def in_copy() -> Iterator[None]:
    """Work in a copy of the present database that is thrown away at the end."""
    before = connection.settings_dict["NAME"]
    COPIES.append(copied(before))
    work_in(COPIES[-1])
    try:
        yield
    finally:
        work_in(before)
        thrown_away(COPIES.pop())


def begin_with(name: str, build: Callable[[], Made], upon: str = EMPTY) -> Made:
    """Put a copy of a world into the place of the copy that this test works in; return what ``build`` returned."""
    present = connection.settings_dict["NAME"]
    assert COPIES, "for tests that commit"
    assert COPIES[-1] == present
    kept = world(name, build, upon)
    COPIES[-1] = copied(kept.database)
    work_in(COPIES[-1])
    thrown_away(present)
    return copy.deepcopy(kept.made)  # type: ignore[return-value]
