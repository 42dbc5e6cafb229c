"""The crosswalk's files as values: standards, clauses that the registry does not hold, and mappings. Pure.

Every error is collected as ``file:line: field: what``; nothing is loaded while there is one.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from merida.foundation.registry.places import Problem, ReferenceDataError
from merida.foundation.registry.tables import CONFIDENCES, LANGUAGES, Row, rows_of
from merida.rules.crosswalk.relations import Relation
from merida.rules.crosswalk.reuse import Reuse, Strength
from merida.rules.crosswalk.scope import Kind

STANDARDS, CLAUSES, MAPPINGS = "standards.csv", "clauses.csv", "mappings.csv"
KINDS = ("TREATY", "RECOMMENDATION", "STANDARD", "PROGRAMME", "GOALS", "LEGISLATION")
RATIONALES = ("SYNTACTIC", "SEMANTIC", "FUNCTIONAL")
STATUSES = ("SUGGESTED", "DRAFT", "REVIEWED", "COMPLETE", "DISPUTED", "RETIRED")
OBLIGATIONS = ("MANDATORY", "CONSIDER", "OPTIONAL")
STRENGTHS = tuple(one.name for one in Strength)
_BACKING = ("source", "confidence")
COLUMNS = {
    STANDARDS: (
        "code", "kind", "instrument", "short_name", "body", "year", *(f"name_{one}" for one in LANGUAGES), *_BACKING,
        "note",
    ),
    CLAUSES: ("standard", "number", "title_en", "obligation", *_BACKING, "note"),
    MAPPINGS: (
        "code", "from", "relation", "to", "strength", "rationale", "kinds", "differs_en", "reuse_forward",
        "reuse_backward", "status", *_BACKING,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRow:
    """A text or programme that is compared; ``instrument`` is its code in the registry, if it is there."""

    code: str
    kind: str
    instrument: str
    short_name: str
    body: str
    year: int | None
    names: dict[str, str]
    source: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """A part of a standard that the registry does not hold."""

    standard: str
    number: str
    titles: dict[str, str]
    obligation: str
    source: str
    confidence: str
    note: str

    @property
    def key(self) -> str:
        """The name by which mappings call it: ``FATF R.10``."""
        return f"{self.standard} {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRow:
    """A mapping between two sets of keys."""

    code: str
    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    strength: str
    rationale: str
    kinds: tuple[str, ...]
    differs: dict[str, str]
    reuse_forward: str
    reuse_backward: str
    status: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Files:
    """All three files and the digest of their bytes."""

    standards: tuple[StandardRow, ...]
    clauses: tuple[ClauseRow, ...]
    mappings: tuple[MappingRow, ...]
    digest: str


def read_files(folder: Path) -> Files:
    """Read the folder. Raises ReferenceDataError with every error, OSError where a file is missing."""
    problems: list[Problem] = []
    contents = {name: (folder / name).read_bytes() for name in COLUMNS}
    tables = {
        name: list(rows_of(content, file=name, columns=COLUMNS[name], problems=problems))
        for name, content in contents.items()
    }
    standards = tuple(_standard(row) for row in tables[STANDARDS])
    clauses = tuple(_clause(row, {one.code for one in standards}) for row in tables[CLAUSES])
    mappings = tuple(_mapping(row) for row in tables[MAPPINGS])
    _once(STANDARDS, [one.code for one in standards], problems)
    _once(CLAUSES, [one.key for one in clauses], problems)
    _once(MAPPINGS, [one.code for one in mappings], problems)
    if problems:
        raise ReferenceDataError(problems)
    digest = hashlib.sha256(b"\0".join(contents[name] for name in sorted(contents))).hexdigest()
    return Files(standards, clauses, mappings, digest)


def keys_of(text: str) -> tuple[str, ...]:
    """Return the keys of a set: ``"UNCAC 46(9); UNCAC 46(10)"``."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _standard(row: Row) -> StandardRow:
    return StandardRow(
        code=row.text("code", required=True),
        kind=row.among("kind", KINDS, called="kind of standard"),
        instrument=row.text("instrument"),
        short_name=row.text("short_name"),
        body=row.text("body"),
        year=row.number("year") if row.text("year") else None,
        names=row.texts("name"),
        note=row.text("note"),
        **_backing(row),
    )


def _clause(row: Row, standards: Collection[str]) -> ClauseRow:
    title = row.text("title_en", required=True)
    return ClauseRow(
        standard=row.among("standard", standards, called="standard"),
        number=row.text("number", required=True),
        titles={"en": title} if title else {},
        obligation=row.among("obligation", OBLIGATIONS, called="obligation", required=False),
        note=row.text("note"),
        **_backing(row),
    )


def _mapping(row: Row) -> MappingRow:
    left, right = keys_of(row.text("from", required=True)), keys_of(row.text("to", required=True))
    kinds = row.parts("kinds")
    for kind in kinds:
        if kind not in {one.value for one in Kind}:
            row.note("kinds", f"unknown kind of question {kind!r}")
    differs = row.text("differs_en")
    return MappingRow(
        code=row.text("code", required=True),
        left=left,
        relation=row.among("relation", list(Relation), called="relation"),
        right=right,
        strength=row.among("strength", STRENGTHS, called="strength"),
        rationale=row.among("rationale", RATIONALES, called="rationale"),
        kinds=kinds,
        differs={"en": differs} if differs else {},
        reuse_forward=row.among("reuse_forward", list(Reuse), called="reuse"),
        reuse_backward=row.among("reuse_backward", list(Reuse), called="reuse"),
        status=row.among("status", STATUSES, called="status"),
        **_backing(row),
    )


def _backing(row: Row) -> dict[str, str]:
    return {
        "source": row.text("source", required=True),
        "confidence": row.among("confidence", CONFIDENCES, called="confidence"),
    }


def _once(file: str, codes: list[str], problems: list[Problem]) -> None:
    seen: set[str] = set()
    for line, code in enumerate(codes, start=2):
        if code in seen:
            problems.append(Problem(file, line, "code", f"{code!r} stands there twice"))
        seen.add(code)
