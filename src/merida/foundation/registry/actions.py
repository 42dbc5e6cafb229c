"""Writes of the registry: loading the reference data."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from merida.foundation.changes.actions import Acting, record_bulk
from merida.foundation.registry.models import Cycle, LoadedFile, Provision
from merida.foundation.registry.places import Problem, ReferenceDataError
from merida.foundation.registry.reference import Reference, digests_of_files, load_reference
from merida.foundation.registry.synchronising import Counts, StillReferredToError, remove_others, synchronise
from merida.foundation.registry.wanted_rows import (
    LAST_STEPS,
    MECHANISM_STEPS,
    STEPS,
    Identifiers,
    Step,
    parents,
)


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What loading the reference data did, by file; files whose bytes were loaded before are ``unchanged``."""

    loaded: Mapping[str, Counts]
    unchanged: tuple[str, ...]

    @property
    def changed_rows(self) -> int:
        """How many rows are not what they were."""
        return sum(counts.changed for counts in self.loaded.values())

    @property
    def is_empty(self) -> bool:
        """Whether every file was loaded before."""
        return not self.loaded


def load_reference_data(actor: Acting, *, directory: Path | None = None) -> LoadSummary:
    """Make the database equal to the reference files; all of them or, when anything is wrong, none.

    Files whose bytes were loaded before are skipped, and not read where all are; one change is recorded per file that
    was loaded. Raises ReferenceDataError with every error as ``file:line: field: what``.
    """
    digests = digests_of_files(directory)
    if digests and digests == dict(LoadedFile.objects.values_list("file", "digest")):
        return LoadSummary({}, tuple(sorted(digests)))
    data = load_reference(directory)
    with transaction.atomic():
        before = dict(LoadedFile.objects.values_list("file", "digest"))
        fresh = {file for file, digest in data.digests.items() if before.get(file) != digest}
        gone = before.keys() - data.digests.keys()
        if not fresh and not gone:
            return LoadSummary({}, tuple(sorted(data.digests)))
        counts = _synchronised(data, fresh, mechanisms=any(_describes_mechanism(file) for file in fresh | gone))
        loaded = {file: counts.get(file, Counts()) for file in sorted(fresh | counts.keys())}
        LoadedFile.objects.filter(file__in=gone).delete()
        for file, rows in loaded.items():
            _record(actor, file, data.digests.get(file, ""), rows)
    return LoadSummary(loaded, tuple(sorted(set(data.digests) - fresh)))


def _describes_mechanism(file: str) -> bool:
    return file.startswith("mechanisms/")


def _synchronised(data: Reference, fresh: set[str], *, mechanisms: bool) -> dict[str, Counts]:
    """Take the fresh files in; return rows changed by file, those of mechanisms under their first fresh file.

    What is no longer listed goes last and in reverse order, when nothing refers to it any more.
    """
    ids, counts = Identifiers(), dict[str, Counts]()
    steps = [step for step in (*STEPS, *MECHANISM_STEPS, *LAST_STEPS) if _file_of(step, fresh, mechanisms=mechanisms)]
    for step in steps:
        _count(counts, _file_of(step, fresh, mechanisms=mechanisms), _take(step, data, ids))
    _set_parents(data)
    _set_cycle_provisions(data)
    for step in reversed(steps):
        _count(counts, _file_of(step, fresh, mechanisms=mechanisms), _drop(step, data, ids))
    return counts


def _file_of(step: Step, fresh: set[str], *, mechanisms: bool) -> str:
    """The file under which a step is counted; empty where none of its files is fresh."""
    if step in MECHANISM_STEPS:
        named = next((name for name in sorted(fresh) if _describes_mechanism(name)), "mechanisms")
        return named if mechanisms else ""
    return next((name for name in step.files if name in fresh), "")


def _count(counts: dict[str, Counts], file: str, more: Counts) -> None:
    counts[file] = counts.get(file, Counts()) + more


def _take(step: Step, data: Reference, ids: Identifiers) -> Counts:
    return synchronise(step.model, step.wanted(data, ids), key=step.key)


def _drop(step: Step, data: Reference, ids: Identifiers) -> Counts:
    if step.keep_others:
        return Counts()
    try:
        return remove_others(step.model, step.wanted(data, ids).keys(), key=step.key)
    except StillReferredToError as error:
        raise ReferenceDataError(
            [Problem(step.files[0] if step.files else "mechanisms", 0, "file", str(error))]
        ) from error


def _set_parents(data: Reference) -> None:
    for part in parents(data):
        _point(part.model, part.key, part.above)


def _point(model: type[Model], key: str, above: Mapping[str, str]) -> None:
    manager = model._default_manager  # noqa: SLF001 - Django's public name for it
    rows: dict[str, Any] = {getattr(row, key): row for row in manager.all()}
    changed = []
    for name, row in rows.items():
        parent = rows[above[name]] if above.get(name) else None
        if row.parent_id != (parent.pk if parent else None):
            row.parent = parent
            changed.append(row)
    manager.bulk_update(changed, ["parent"], batch_size=200)


def _set_cycle_provisions(data: Reference) -> None:
    stored = {
        (cycle.version.mechanism.code, cycle.version.number, cycle.number): cycle
        for cycle in Cycle.objects.select_related("version__mechanism")
    }
    keys = dict(Provision.objects.values_list("key", "pk"))
    for mechanism in data.mechanisms:
        for version in mechanism.versions:
            for cycle in version.cycles:
                row = stored[mechanism.code, version.number, cycle.number]
                row.provisions.set(keys[key] for key in cycle.provisions)


def _record(actor: Acting, file: str, digest: str, rows: Counts) -> None:
    if digest:
        LoadedFile.objects.update_or_create(file=file, defaults={"digest": digest, "loaded_at": timezone.now()})
    numbers = {"created": rows.created, "updated": rows.updated, "removed": rows.removed, "unchanged": rows.unchanged}
    record_bulk(actor, "LOAD", f"reference-file:{file.replace('/', '.')}", digest=digest, counts=numbers)
