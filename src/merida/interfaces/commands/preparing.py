"""The steps that set merida up. Each says what it did and can be repeated: what is current stays."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from merida.foundation.changes.sealing import seal_all
from merida.interfaces.commands.fresh_database import make_at_once
from merida.interfaces.commands.kept_keys import load_thesaurus
from merida.interfaces.web.catalogues import compile_catalogues

STAMP = "collected.sha256"


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did, in words; ``changed`` is False where everything was current."""

    step: str
    words: str
    changed: bool


def pending_migrations() -> int:
    """Return how many migrations the database lacks; they are imported only where it lacks one by its name."""
    if migrations_there() <= set(MigrationRecorder(connection).applied_migrations()):
        return 0
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrations_there() -> set[tuple[str, str]]:
    """Return the room and name of each migration that lies in a room's folder."""
    folders = ((app.label, Path(app.path) / "migrations") for app in apps.get_app_configs())
    return {(label, found.name) for label, folder in folders for found in iter_modules([str(folder)])}


def migrate() -> Done:
    """Bring the database to the present shape."""
    made = make_at_once()
    pending = made or pending_migrations()
    if pending:
        call_command("migrate", interactive=False, verbosity=0)  # what is left, and the permissions of all tables
    if settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
        call_command("createcachetable", verbosity=0)
    return Done("database", f"{pending} migrations applied" if pending else "current", bool(pending))


def compile_languages() -> Done:
    """Compile the message catalogues."""
    compiled = len(compile_catalogues())
    return Done("languages", f"{compiled} catalogues compiled" if compiled else "current", bool(compiled))


def collect_static_files() -> Done:
    """Put style sheets, scripts and pictures where they are served from, with names that may be kept for ever."""
    root = Path(settings.STATIC_ROOT)
    stamp, digest = root / STAMP, _digest_of_files(_static_files())
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return Done("static files", "current", changed=False)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(digest, encoding="ascii")
    count = sum(1 for each in root.rglob("*") if each.is_file()) - 1
    return Done("static files", f"{count} collected", changed=True)


def prepare_search_terms() -> Done:
    """Stem the terms of the thesaurus, where no earlier start has kept what came of it."""
    stemmed = load_thesaurus(settings.DATA)
    return Done("search terms", f"{stemmed} stemmed" if stemmed else "current", bool(stemmed))


def seal_changes() -> Done:
    """Chain what the change log holds unsealed."""
    sealed = seal_all()
    return Done("change log", f"{sealed} changes sealed" if sealed else "sealed", bool(sealed))


def _static_files() -> Iterable[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def _digest_of_files(paths: Iterable[Path]) -> str:
    """Return a digest over names, sizes and times: cheap, and a false alarm costs a second only."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        found = path.stat()
        digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


Step = Callable[[], Done]
