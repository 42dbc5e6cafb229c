"""Whether the database holds what the reference files say; for ``merida check``."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from merida.foundation.registry.models import LoadedFile
from merida.foundation.registry.reference import ReferenceDataError, load_reference
from merida.foundation.registry.wanted_rows import (
    LAST_STEPS,
    MECHANISM_STEPS,
    STEPS,
    Identifiers,
    Parts,
    Step,
    parents,
)


def reference_problems(directory: Path | None = None) -> list[str]:
    """Say what is wrong with the reference data; empty where files and database agree.

    Errors in the files come as ``file:line: field: what``; then files that were never loaded or are no longer what
    was loaded; then, where all files are loaded, rows that are missing or not what their file says.
    """
    try:
        data = load_reference(directory)
    except ReferenceDataError as error:
        return [str(problem) for problem in error.problems]
    loaded = dict(LoadedFile.objects.values_list("file", "digest"))
    stale = [file for file, digest in sorted(data.digests.items()) if loaded.get(file) != digest]
    if stale:
        return [f"{file}: is not what was loaded; `merida demo` loads it again" for file in stale]
    ids = Identifiers()
    steps = (*STEPS, *MECHANISM_STEPS, *LAST_STEPS)
    found = [problem for step in steps for problem in _differences(step, step.wanted(data, ids))]
    return found + [problem for part in parents(data) for problem in _misplaced(part)]


def _misplaced(part: Parts) -> Iterator[str]:
    stored = part.model.objects.values_list(part.key, f"parent__{part.key}")
    for key, above in stored:
        if (above or "") != part.above.get(key, ""):
            yield f"{part.model.__name__}: {key} is part of {above}, the file says {part.above.get(key) or 'nothing'}"


def _differences(step: Step, wanted: Mapping[Any, Mapping[str, Any]]) -> Iterator[str]:
    stored = {step.key(row): row for row in step.model.objects.all()}
    what = step.model.__name__
    for key, values in wanted.items():
        row = stored.get(key)
        if row is None:
            yield f"{what}: {key} is missing"
        elif wrong := [name for name, value in values.items() if getattr(row, name) != value]:
            yield f"{what}: {key} is not what the file says: {', '.join(wrong)}"
    if not step.keep_others:
        yield from (f"{what}: {key} stands in no file" for key in stored if key not in wanted)
