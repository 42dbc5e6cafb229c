"""A new SQLite database made at once, from the tables that all migrations together make (``data/schema.sql``).

Going through the migrations one by one takes half of the time that ``merida demo`` needs on an empty directory. They
stay the truth: the file is written from what they make (``tools/schema.py``), a test holds it to that, and what it
lacks is migrated after it as always. Other databases are only ever migrated.
"""

import re
from importlib.resources import files

from django.db import connection

MIGRATIONS = "django_migrations"
COMMENT = "-- Written by tools/schema.py from the migrations; not to be edited by hand.\n"
OBJECTS = (
    "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY type DESC, name"
)
VIRTUAL = re.compile(r"CREATE VIRTUAL TABLE (\w+)")


def described() -> str:
    """Return the SQL that makes a database like the present one (SQLite, migrated, without records) at once."""
    with connection.cursor() as cursor:
        objects = dict(cursor.execute(OBJECTS).fetchall())
        applied = cursor.execute(f"SELECT app, name FROM {MIGRATIONS} ORDER BY app, name").fetchall()  # noqa: S608
    virtual = [found[1] for sql in objects.values() if (found := VIRTUAL.match(sql))]
    shadows = tuple(f"{name}_" for name in virtual)  # tables that a virtual table makes for itself
    made = [f"{sql};\n" for name, sql in objects.items() if not (shadows and name.startswith(shadows))]
    done = [
        f"INSERT INTO {MIGRATIONS} (app, name, applied) VALUES ('{app}', '{name}', strftime('%Y-%m-%d %H:%M:%f', 'now'));\n"  # noqa: S608, E501
        for app, name in applied
    ]
    return "".join((COMMENT, *made, *done))


def statements() -> list[str]:
    """Return the statements of the file, one by one."""
    schema = (files("merida.data") / "schema.sql").read_text(encoding="utf-8")
    return [statement for statement in schema.removeprefix(COMMENT).split(";\n") if statement]


def make_at_once() -> int:
    """Make all tables where there are none yet; return how many migrations that stands for (0: it was not done).

    Either all of it happens or nothing: a process that is killed in between leaves an empty database.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return 0
    made_by = statements()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")  # of two processes that start together one waits, and finds it done
        try:
            if cursor.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
                return 0
            for statement in made_by:
                cursor.execute(statement)
            made: int = cursor.execute(f"SELECT COUNT(*) FROM {MIGRATIONS}").fetchone()[0]  # noqa: S608
            cursor.execute("COMMIT")
        finally:
            if connection.connection.in_transaction:
                cursor.execute("ROLLBACK")
    return made
