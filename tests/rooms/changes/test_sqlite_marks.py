"""Queries are turned for SQLite as Django turns them, each once."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from merida.foundation.changes import sqlite_marks as module


@pytest.fixture
def turned(monkeypatch):
    """Yield the queries that Django was asked to turn."""
    module._turned.cache_clear()
    seen, as_django_does = [], module._as_django_does

    def turning(cursor, query, **named):
        seen.append(query)
        return as_django_does(cursor, query, **named)

    monkeypatch.setattr(module, "_as_django_does", turning)
    yield seen
    module._turned.cache_clear()


def asked(sql, given):
    with connection.cursor() as cursor:
        return cursor.execute(sql, given).fetchone()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases read %s themselves")
@pytest.mark.django_db
def test_a_query_is_turned_once_and_its_values_each_time(turned):
    sql = "SELECT %s, '%%s', '100 %%', %s"
    assert [asked(sql, [value, "%s ?"]) for value in ("a", "b")] == [
        ("a", "%s", "100 %", "%s ?"),
        ("b", "%s", "100 %", "%s ?"),
    ]
    assert turned == [sql]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases read %s themselves")
@pytest.mark.django_db
def test_names_and_long_queries_are_turned_each_time_and_not_kept(turned):
    long = f"SELECT %s /*{' ' * module.LONGEST}*/"
    for value in (1, 2):
        assert asked("SELECT %(one)s", {"one": value}) == asked(long, [value]) == (value,)
    assert len(turned) == 4
    assert module._turned.cache_info().currsize == 0


@pytest.mark.parametrize("sql", ["SELECT 1", "%s", "%%s", "%%%s", "a LIKE %s ESCAPE '%%'", "", "%s%s", "%"])
def test_each_form_comes_out_as_from_django(sql):
    assert module._convert(None, sql) == module._as_django_does(None, sql)


def test_cursors_turn_queries_so_from_the_start(monkeypatch):
    monkeypatch.setattr(SQLiteCursorWrapper, "convert_query", None)
    apps.get_app_config("changes").ready()
    assert SQLiteCursorWrapper.convert_query is module._convert
