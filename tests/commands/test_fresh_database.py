"""A new database made at once is the one that all migrations make, and is made whole or not at all."""

from importlib.resources import files

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.connection import ConnectionProxy

from merida.interfaces.commands import fresh_database
from merida.interfaces.commands.fresh_database import described, make_at_once


@pytest.fixture
def empty(tmp_path, monkeypatch, django_db_blocker):
    """Return a connection to an empty database, which the module works on."""
    settings = {**connections.settings["default"], "ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "new.db"}
    handler = type(connections)({"default": {**settings, "OPTIONS": {}}})
    monkeypatch.setattr(fresh_database, "connection", ConnectionProxy(handler, "default"))
    with django_db_blocker.unblock():
        yield handler["default"]
    handler["default"].close()


def tables(database):
    with database.cursor() as cursor:
        return database.introspection.table_names(cursor)


@pytest.mark.django_db
def test_the_file_is_what_the_migrations_make():
    if connection.vendor != "sqlite":
        pytest.skip("the file is for SQLite")
    assert (files("merida.data") / "schema.sql").read_text(encoding="utf-8") == described(), "run tools/schema.py"


def test_an_empty_database_is_made_once_and_lacks_no_migration(empty):
    made = make_at_once()

    executor = MigrationExecutor(empty)
    assert made > 60
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert described() == (files("merida.data") / "schema.sql").read_text(encoding="utf-8")
    assert make_at_once() == 0


def test_a_database_that_holds_anything_is_left_alone(empty):
    with empty.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (word text)")

    assert make_at_once() == 0
    assert tables(empty) == ["kept"]


def test_what_fails_half_way_leaves_nothing(empty, monkeypatch, tmp_path):
    broken = tmp_path / "data"
    broken.mkdir()
    (broken / "schema.sql").write_text(f"{fresh_database.COMMENT}CREATE TABLE a (b text);\nCREATE NONSENSE;\n")
    monkeypatch.setattr(fresh_database, "files", lambda _package: broken)

    with pytest.raises(Exception, match="syntax error"):
        make_at_once()
    assert tables(empty) == []
