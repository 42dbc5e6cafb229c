"""What every test stands on: a data directory of its own, no network, catalogues compiled once."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import django
import pytest
import pytest_django
from hypothesis import HealthCheck, settings

CLONE = Path(__file__).resolve().parents[1]

# Bytecode is kept beside the sources even where the environment says otherwise: compiling merida anew costs every process
# that a test starts two seconds, and every worker as much as the tests take to be collected.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Looking for cycles so rarely that it costs little: thousands of collected tests lie in memory, and are looked through
# with everything else each time.
gc.set_threshold(50_000, 20, 50)

# Before settings are imported: a test must never write beside the sources. The settings are named here and not in
# pyproject.toml, because what is named there is imported before this file.
os.environ["MERIDA_DATA"] = tempfile.mkdtemp(prefix="merida-tests-")
atexit.register(shutil.rmtree, os.environ["MERIDA_DATA"], ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "merida.config.settings"
Path(os.environ["MERIDA_DATA"], "static").mkdir()  # where the set-up collects static files
os.environ.setdefault("MERIDA_DEBUG", "0")
os.environ["MERIDA_USAGE"] = (
    "0"  # tests of counting turn it on: counts left by other tests would be stored among theirs
)
django.setup()


# No test is about time: the first example may load tables that all others find loaded, and a machine may be busy.
settings.register_profile("merida", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("merida")


@pytest.fixture(autouse=True, scope="session")
def plain_static_files() -> Iterator[None]:
    """Serve static files by their plain names: hashed names need the set-up's collection step."""
    from django.test import override_settings
    from whitenoise.middleware import WhiteNoiseMiddleware

    found: dict[str, dict[str, object]] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def look_once(middleware: WhiteNoiseMiddleware) -> None:
        """Every client of a test would look for all of them again, which takes as long as many a test."""
        if middleware.static_prefix not in found:
            look(middleware)
            found[middleware.static_prefix] = dict(middleware.files)
        middleware.files.update(found[middleware.static_prefix])

    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    plain = override_settings(
        STORAGES=storages,
        WHITENOISE_USE_FINDERS=True,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    )
    with plain, pytest.MonkeyPatch.context() as patched:
        patched.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def compiled_catalogues() -> None:
    """Compile the message catalogues: the compiled files are not kept in the repository."""
    from merida.interfaces.web.catalogues import compile_catalogues

    compile_catalogues()


@pytest.fixture(autouse=True)
def reading_english() -> Iterator[None]:
    """Begin every test in English: a page asked for in another language leaves its language behind."""
    from django.utils import translation

    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_keepdb: bool, django_db_modify_db_settings: None, django_db_blocker: "pytest_django.DjangoDbBlocker"
) -> bool:
    """Begin with the tables that all migrations together make (a test holds them to that): migrating takes long."""
    from django.db import connection, connections

    from merida.interfaces.commands.fresh_database import statements

    if connection.vendor != "sqlite":
        return django_db_keepdb
    there = {**connections.settings["default"], "NAME": connection.settings_dict["TEST"]["NAME"]}
    made = type(connections)({"default": there})["default"]
    with django_db_blocker.unblock(), closing(made), made.cursor() as cursor:
        cursor.execute("BEGIN")
        for statement in statements():
            cursor.execute(statement)
        cursor.execute("COMMIT")
    return True


@pytest.fixture
def clone() -> Path:
    """Return the folder that holds the sources."""
    return CLONE


DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_setup",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it can be repeated on another one (``-m database``).

    Tests in a browser come first: they are the longest, and one process would run the last of them alone.
    """
    items.sort(key=lambda item: "e2e" not in item.path.parts)
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """Look for cycles in what tests make only: what is collected stays until the end."""
    gc.freeze()


COMMITTING_FIXTURES = {"transactional_db", "live_server", "django_db_reset_sequences"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "pytest_django.DjangoDbBlocker") -> Iterator[None]:
    """Hold the database that tests begin with to what it was, and remove the worlds that were built from it."""
    from django.test import TransactionTestCase
    from tests.kept_worlds import kept_empty

    # What a test commits is thrown away with its database: there is nothing to empty.
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: None)
        with kept_empty():
            yield


@pytest.fixture
def own_copy(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: "pytest_django.DjangoDbBlocker"
) -> Iterator[None]:
    """Give a test that commits a database of its own."""
    from tests.kept_worlds import in_copy

    mark = request.node.get_closest_marker("django_db")
    commits = COMMITTING_FIXTURES & set(request.fixturenames) or (mark and mark.kwargs.get("transaction"))
    with django_db_blocker.unblock() if commits else nullcontext(), in_copy() if commits else nullcontext():
        yield


@pytest.fixture
def _django_db_helper(own_copy: None, _django_db_helper: None) -> None:
    """Prepare the database of a test; the fixtures are set up from left to right."""
