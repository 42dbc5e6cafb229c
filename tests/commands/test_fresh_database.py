"""A new database made at once is the one that all migrations make, and is made whole or not at all."""

import hashlib
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import django
import pytest
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.connection import ConnectionProxy

from merida.interfaces.commands import fresh_database, preparing
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


MIGRATE = """
from merida.interfaces.commands import set_up_django
set_up_django()
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from merida.interfaces.commands.fresh_database import described
print(described(), end="")
"""


@pytest.fixture
def made_by_migrations(tmp_path: Path, clone: Path) -> str:
    """Return the tables that the migrations make, kept for as long as these and what they call stay as they are."""
    package = clone / "src" / "merida"
    sources = sorted([*package.glob("*/*/migrations/*.py"), *package.glob("exchange/search/*.py"), Path(__file__)])
    digest = hashlib.sha256(django.get_version().encode())
    for source in sources:
        digest.update(source.relative_to(clone).as_posix().encode() + b"\0" + source.read_bytes())
    kept = clone / ".pytest_cache" / "migrated" / f"{digest.hexdigest()[:20]}.sql"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"MERIDA_DATA": str(tmp_path / "data"), "PYTHONPATH": str(clone / "src")}
        done = subprocess.run([sys.executable, "-c", MIGRATE], env=environment, stdout=subprocess.PIPE, check=True)
        kept.write_bytes(done.stdout)
    return kept.read_text(encoding="utf-8")


def test_the_file_is_what_the_migrations_make(made_by_migrations):
    assert (files("merida.data") / "schema.sql").read_text(encoding="utf-8") == made_by_migrations, (
        "run tools/schema.py"
    )


@pytest.mark.django_db
def test_tests_begin_with_what_the_migrations_make(made_by_migrations):
    if connection.vendor == "sqlite":
        assert described() == made_by_migrations


def test_an_empty_database_is_made_once_and_lacks_no_migration(empty):
    made = make_at_once()

    with empty.cursor() as cursor:  # asked for by hand: Django's recorder would ask the database of the other tests
        noted = cursor.execute("SELECT app, name FROM django_migrations").fetchall()
    assert sorted(noted) == sorted(MigrationLoader(None).disk_migrations)
    assert made == len(noted) > 60
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


def test_every_migration_there_is_is_looked_for_by_its_name():
    assert preparing.migrations_there() == set(MigrationLoader(None).disk_migrations)


@pytest.mark.django_db
def test_a_migration_that_the_database_lacks_is_seen_and_none_is_loaded_where_it_has_them_all(monkeypatch):
    noted = MigrationRecorder(connection)
    newest = max(name for room, name in preparing.migrations_there() if room == "registry")
    noted.record_unapplied("registry", newest)
    assert preparing.pending_migrations() == 1

    noted.record_applied("registry", newest)
    monkeypatch.setattr(preparing, "MigrationExecutor", None)
    assert preparing.pending_migrations() == 0
