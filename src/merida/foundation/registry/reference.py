"""The reference data as one value, read from text files without a database.

``load_reference()`` reads and checks every file of ``merida/data`` (or of another directory) and raises
``ReferenceDataError`` with ALL errors as ``file:line: field: what``. ``load_names()`` yields what a matcher of
names needs.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from merida.foundation.registry import rows as r
from merida.foundation.registry.places import Problem, ReferenceDataError
from merida.foundation.registry.reference_tables import AFTER_MECHANISMS, BEFORE_MECHANISMS, Known, Table
from merida.foundation.registry.tables import Row, rows_of

__all__ = [
    "DATA",
    "Name",
    "Problem",
    "Reference",
    "ReferenceDataError",
    "digests_of_files",
    "load_names",
    "load_reference",
]

# Formal names stand in the list with their article, which a text may write large, bend or leave out.
_ARTICLE = re.compile(r"^(the |les? |la |l'|l’|el |los |las )")
DATA = Path(__file__).resolve().parents[2] / "data"


class Name(NamedTuple):
    """A surface that names something: ``kind`` is STATE, TERRITORY, ORGANISATION or INSTRUMENT."""

    surface: str
    kind: str
    code: str
    language: str
    blocked_before: tuple[str, ...]
    blocked_after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Every row of the reference data. ``digests`` maps each file to the SHA-256 of its bytes."""

    sources: tuple[r.SourceRow, ...]
    groups: tuple[r.GroupRow, ...]
    states: tuple[r.StateRow, ...]
    state_names: tuple[r.NameRow, ...]
    state_groups: tuple[r.GroupMembershipRow, ...]
    territories: tuple[r.TerritoryRow, ...]
    territory_names: tuple[r.NameRow, ...]
    organisations: tuple[r.OrganisationRow, ...]
    organisation_names: tuple[r.SurfaceRow, ...]
    instruments: tuple[r.InstrumentRow, ...]
    instrument_names: tuple[r.SurfaceRow, ...]
    bodies: tuple[r.BodyRow, ...]
    provisions: tuple[r.ProvisionRow, ...]
    treaty_actions: tuple[r.TreatyActionRow, ...]
    resolutions: tuple[r.ResolutionRow, ...]
    mechanisms: tuple[r.MechanismRow, ...]
    memberships: tuple[r.MembershipRow, ...]
    printed_figures: tuple[r.PrintedFigureRow, ...]
    digests: dict[str, str]


def load_reference(directory: Path | None = None) -> Reference:
    """Read and check all reference data. Raises ReferenceDataError with every error found."""
    folder = directory or DATA
    known, problems, digests = Known(), list[Problem](), dict[str, str]()
    found: dict[str, Any] = {}
    for table in BEFORE_MECHANISMS:
        found[table.name] = _read_table(folder, table, known=known, problems=problems, digests=digests)
    found["mechanisms"] = _read_mechanisms(folder, known=known, problems=problems, digests=digests)
    for table in AFTER_MECHANISMS:
        found[table.name] = _read_table(folder, table, known=known, problems=problems, digests=digests)
    if problems:
        raise ReferenceDataError(problems)
    return Reference(**found, digests=digests)


def load_names(directory: Path | None = None) -> Iterator[Name]:
    """Names of States, territories, organisations and instruments with the contexts in which each is refused.

    The European Union is an organisation here, never a State. Names of earlier days are included.
    """
    reference = load_reference(directory)
    states = {state.iso3 for state in reference.states if state.kind != "REGIONAL_ORGANIZATION"}
    yield from _dated_names((name for name in reference.state_names if name.owner in states), "STATE")
    yield from _dated_names(reference.territory_names, "TERRITORY")
    yield from _surfaces(reference.organisation_names, "ORGANISATION")
    yield from _surfaces(reference.instrument_names, "INSTRUMENT")


_PLAIN_CAPITALS = str.maketrans("ÉÈÊÎÔ", "EEEIO")


@cache
def name_entries() -> tuple[Name, ...]:
    """The names that come with merida, read once."""
    return tuple(load_names())


def _dated_names(names: Iterable[r.NameRow], kind: str) -> Iterator[Name]:
    seen: set[tuple[str, str, str]] = set()
    for name in names:
        surface = _ARTICLE.sub("", name.name)
        if (name.owner, name.language, surface) not in seen:
            seen.add((name.owner, name.language, surface))
            for printed in dict.fromkeys((surface, _without_accent(name.language, surface))):
                yield Name(printed, kind, name.owner, name.language, name.blocked_before, name.blocked_after)


def _without_accent(language: str, surface: str) -> str:
    """A French name as printed where capitals have no accents (Etats-Unis, Egypte, Iles Marshall)."""
    return surface.translate(_PLAIN_CAPITALS) if language == "fr" else surface


def _surfaces(surfaces: Iterable[r.SurfaceRow], kind: str) -> Iterator[Name]:
    for row in surfaces:
        yield Name(row.surface, kind, row.owner, row.language, row.blocked_before, row.blocked_after)


def digests_of_files(directory: Path | None = None) -> dict[str, str]:
    """Return the digests of the files that can be read, by name, without looking at what they say."""
    folder, digests = directory or DATA, dict[str, str]()
    files = [table.file for table in (*BEFORE_MECHANISMS, *AFTER_MECHANISMS)]
    files += [f"mechanisms/{path.name}" for path in (folder / "mechanisms").glob("*.yaml")]
    for file in files:
        _content(folder / file, file, problems=[], digests=digests)
    return digests


def _content(path: Path, file: str, *, problems: list[Problem], digests: dict[str, str]) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(Problem(file, 0, "file", f"cannot be read: {error.strerror}"))
        return None
    digests[file] = hashlib.sha256(content).hexdigest()
    return content


def _read_table(
    folder: Path, table: Table, *, known: Known, problems: list[Problem], digests: dict[str, str]
) -> tuple[Any, ...]:
    content = _content(folder / table.file, table.file, problems=problems, digests=digests)
    if content is None:
        return ()
    lines = list(rows_of(content, file=table.file, columns=table.columns, problems=problems))
    _note_repeated_keys(lines, table)
    read: tuple[Any, ...] = tuple(table.read(line, known) for line in lines)
    if table.name == "state_names":
        _note_names_valid_together(lines, read)
    return read


def _note_repeated_keys(lines: list[Row], table: Table) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in lines:
        key = tuple(row.values[column] for column in table.key)
        if key in first:
            row.note(table.key[0], f"{' '.join(filter(None, key))} stands in line {first[key]} already")
        first.setdefault(key, row.line)


def _note_names_valid_together(lines: list[Row], names: tuple[Any, ...]) -> None:
    """A State has one short and one formal name in a language on any day."""
    shown: dict[tuple[str, str, str], list[r.NameRow]] = defaultdict(list)
    for row, name in zip(lines, names, strict=True):
        if name.kind == "ALIAS":
            continue
        others = shown[name.owner, name.language, name.kind]
        for other in others:
            if _overlap(name, other):
                row.note("since", f"{name.name!r} and {other.name!r} are valid at the same time")
        others.append(name)


def _overlap(one: r.NameRow, other: r.NameRow) -> bool:
    ends = [name.until.date if name.until else date.max for name in (one, other)]
    starts = [name.since.date if name.since else date.min for name in (one, other)]
    return max(starts) < min(ends)


def _read_mechanisms(
    folder: Path, *, known: Known, problems: list[Problem], digests: dict[str, str]
) -> tuple[r.MechanismRow, ...]:
    # Here, for it loads pydantic: most starts find the files unchanged and read none of them.
    from merida.foundation.registry.mechanism_files import read_mechanism  # noqa: PLC0415

    paths = sorted((folder / "mechanisms").glob("*.yaml"))
    if not paths:
        problems.append(Problem("mechanisms", 0, "file", "no mechanism is described there"))
    found = []
    for path in paths:
        file = f"mechanisms/{path.name}"
        content = _content(path, file, problems=problems, digests=digests)
        if content is not None:
            found.append(read_mechanism(content, file=file, known=known, problems=problems))
    return tuple(row for row in found if row is not None)
