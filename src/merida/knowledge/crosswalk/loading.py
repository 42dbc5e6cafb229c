"""Loading the crosswalk's files: all of them or, when anything is wrong, none. What people edited stays as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

import merida
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_bulk
from merida.foundation.registry.models import Instrument
from merida.foundation.registry.places import Problem, ReferenceDataError
from merida.foundation.sources.models import Source
from merida.knowledge.crosswalk import models
from merida.knowledge.crosswalk.clauses import clauses_by_key, items_of, level_of, nearest_provisions, slug_of
from merida.knowledge.crosswalk.files import CLAUSES, MAPPINGS, STANDARDS, Files, MappingRow, read_files
from merida.rules.crosswalk.consistency import Claim, Contradiction, contradictions
from merida.rules.crosswalk.relations import Relation

FOLDER = Path(merida.__file__).parent / "data" / "crosswalk"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows were made, changed, retired, and left as people edited them."""

    made: int = 0
    changed: int = 0
    retired: int = 0
    kept: int = 0
    is_current: bool = False


def load_crosswalk(actor: Actor, *, folder: Path = FOLDER) -> Loaded:
    """Make the database equal to the files. Raises ReferenceDataError with every error, contradictions among them."""
    files = read_files(folder)
    with transaction.atomic():
        if models.LoadedCrosswalk.objects.filter(digest=files.digest).exists():
            return Loaded(is_current=True)
        sources = _sources(files)
        _load_standards(files, sources)
        _load_clauses(files, sources)
        done = _load_mappings(files, sources)
        models.LoadedCrosswalk.objects.all().delete()
        models.LoadedCrosswalk.objects.create(digest=files.digest)
        counts = {"made": done.made, "changed": done.changed, "retired": done.retired, "kept": done.kept}
        record_bulk(actor, "LOAD_CROSSWALK", "file:crosswalk", digest=files.digest, counts=counts)
    return done


def _sources(files: Files) -> dict[str, Source]:
    known = {one.code: one for one in Source.objects.all()}
    tables: dict[str, tuple[Any, ...]] = {
        STANDARDS: files.standards,
        CLAUSES: files.clauses,
        MAPPINGS: files.mappings,
    }
    problems = [
        Problem(name, line, "source", f"unknown source {row.source!r}")
        for name, rows in tables.items()
        for line, row in enumerate(rows, start=2)
        if row.source not in known
    ]
    _refuse(problems)
    return known


def _load_standards(files: Files, sources: Mapping[str, Source]) -> None:
    instruments = {one.code: one for one in Instrument.objects.all()}
    _refuse(
        [
            Problem(STANDARDS, line, "instrument", f"{row.instrument!r} is not in the registry")
            for line, row in enumerate(files.standards, start=2)
            if row.instrument and row.instrument not in instruments
        ]
    )
    for position, row in enumerate(files.standards, start=1):
        instrument = instruments.get(row.instrument)
        names = instrument.names if instrument else row.names
        short = row.short_name or (instrument.short_name if instrument else "")
        models.Standard.objects.update_or_create(
            code=row.code,
            defaults={
                "slug": slug_of(row.code),
                "kind": row.kind,
                "instrument": instrument,
                "short_name": short,
                "names": names,
                "body": row.body,
                "year": row.year,
                "position": position,
                **_backing(row, sources),
            },
        )


def _load_clauses(files: Files, sources: Mapping[str, Source]) -> None:
    standards = {one.code: one for one in models.Standard.objects.all()}
    nearest = nearest_provisions(row.key for row in files.clauses)
    held = {one.key: one for one in models.Clause.objects.filter(key__in=[row.key for row in files.clauses])}
    fresh: list[models.Clause] = []
    changed: list[models.Clause] = []
    for position, row in enumerate(files.clauses, start=1):
        above = nearest.get(row.key)
        exact = above is not None and above.key == row.key
        fields: dict[str, Any] = {
            "standard": standards[row.standard],
            "number": row.number,
            "slug": slug_of(row.key),
            "titles": above.titles if above is not None and exact and above.titles else row.titles,
            "obligation": above.obligation if above is not None and exact else row.obligation,
            "level": level_of(above) if above is not None and exact else "",
            "provision": above,
            "is_exact": exact,
            "position": above.position if above is not None else position,
            **_backing(row, sources),
        }
        one = held.get(row.key)
        (changed if one else fresh).append(_with(one or models.Clause(key=row.key), fields))
    models.Clause.objects.bulk_create(fresh, batch_size=_BATCH)
    names = ["standard", "number", "slug", "titles", "obligation", "level", "provision", "is_exact", "position"]
    models.Clause.objects.bulk_update(changed, [*names, "source", "confidence", "note"], batch_size=_BATCH)


def _with(record: Any, fields: Mapping[str, Any]) -> Any:
    for name, value in fields.items():
        setattr(record, name, value)
    return record


def _load_mappings(files: Files, sources: Mapping[str, Source]) -> Loaded:
    clauses = clauses_by_key({key for row in files.mappings for key in (*row.left, *row.right)})
    _refuse(list(_unknown(files.mappings, clauses)))
    lines = {row.code: line for line, row in enumerate(files.mappings, start=2)}
    found = contradictions([claim_of(row) for row in files.mappings], items_of(clauses.values()))
    _refuse([Problem(MAPPINGS, lines[one.code], "relation", in_words(one)) for one in found])
    held = {one.code: one for one in models.Mapping.objects.prefetch_related("ends__clause")}
    fresh = [row for row in files.mappings if row.code not in held]
    mine = {code: one for code, one in held.items() if one.edited_at is None}
    changed = [row for row in files.mappings if row.code in mine and not _alike(mine[row.code], row, sources)]
    made = models.Mapping.objects.bulk_create(
        [models.Mapping(code=row.code, **_fields(row, sources)) for row in fresh], batch_size=_BATCH
    )
    for row in changed:
        one = _with(mine[row.code], _fields(row, sources))
        one.revision += 1
        one.save()
    again = {**{one.code: one for one in made}, **{row.code: mine[row.code] for row in changed}}
    models.MappingEnd.objects.filter(mapping__in=[mine[row.code] for row in changed]).delete()
    wanted = [*fresh, *changed]
    models.MappingEnd.objects.bulk_create(
        [end for row in wanted for end in ends_of(again[row.code], row.left, row.right, clauses)], batch_size=_BATCH
    )
    gone = [one.pk for code, one in mine.items() if code not in lines and one.status != "RETIRED"]
    models.Mapping.objects.filter(pk__in=gone).update(status=models.MappingStatus.RETIRED)
    kept = len([row for row in files.mappings if row.code in held and row.code not in mine])
    return Loaded(len(made), len(changed), len(gone), kept)


def ends_of(
    mapping: models.Mapping, left: Iterable[str], right: Iterable[str], clauses: Mapping[str, models.Clause]
) -> list[models.MappingEnd]:
    """Return the ends of a mapping, unsaved."""
    sides = ((models.Side.LEFT, left), (models.Side.RIGHT, right))
    return [
        models.MappingEnd(mapping=mapping, side=side, clause=clauses[key], position=position)
        for side, keys in sides
        for position, key in enumerate(keys)
    ]


def claim_of(row: MappingRow) -> Claim:
    """Return a row as the rules see it."""
    return Claim(
        row.code, frozenset(row.left), Relation(row.relation), frozenset(row.right), kinds=frozenset(row.kinds)
    )


def in_words(one: Contradiction) -> str:
    """Say in English what is wrong, for files and the command line."""
    others = ", ".join(one.others)
    return {
        "SELF": f"{one.detail} stands on both sides",
        "EMPTY": "names no provision on one side",
        "TWICE": f"says the same as {others}",
        "OTHERWISE": f"contradicts {others}, which says {one.expected}",
        "FOLLOWS_OTHERWISE": f"contradicts {others}, from which {one.expected} follows",
        "LEVELS": f"cannot be the same: other levels ({one.detail})",
        "OBLIGATIONS": f"cannot be the same: other strength of obligation ({one.detail})",
    }[one.fault]


def _unknown(rows: Iterable[MappingRow], clauses: Mapping[str, models.Clause]) -> Iterable[Problem]:
    for line, row in enumerate(rows, start=2):
        for column, keys in (("from", row.left), ("to", row.right)):
            for key in keys:
                if key not in clauses:
                    yield Problem(MAPPINGS, line, column, f"{key!r} is neither in the registry nor in {CLAUSES}")


def _fields(row: MappingRow, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {
        "relation": row.relation,
        "rationale": row.rationale,
        "strength": row.strength,
        "status": row.status,
        "kinds": list(row.kinds),
        "differs": row.differs,
        "reuse_forward": row.reuse_forward,
        "reuse_backward": row.reuse_backward,
        "source": sources[row.source],
        "confidence": row.confidence,
    }


def _alike(one: models.Mapping, row: MappingRow, sources: Mapping[str, Source]) -> bool:
    fields = _fields(row, sources)
    ends = {side: tuple(end.clause.key for end in one.ends.all() if end.side == side) for side in models.Side.values}
    return (ends["LEFT"], ends["RIGHT"]) == (row.left, row.right) and all(
        getattr(one, name) == value for name, value in fields.items() if name != "source"
    )


def _backing(row: Any, sources: Mapping[str, Source]) -> dict[str, Any]:
    return {"source": sources[row.source], "confidence": row.confidence, "note": row.note}


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ReferenceDataError(problems)
