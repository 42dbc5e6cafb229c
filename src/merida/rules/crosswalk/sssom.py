"""Mappings as SSSOM/TSV (Simple Standard for Sharing Ontological Mappings, 1.0), written and read.

SSSOM is a table with a header of commented YAML. It joins one subject and one object a line, with a predicate of
SKOS that cannot say what a set relation says; the exact relation, the set a line belongs to and what else SKOS lacks
stand in extension slots (``ext_…``), declared in the header as the standard asks. A file without them can be read
too: its predicates are then understood as weakly as SKOS means them.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, unquote

import yaml

from merida.rules.crosswalk.relations import Relation

LICENSE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
MOST_LINES: Final = 50_000
_CONFIDENCE: Final = {"HIGH": "0.9", "MEDIUM": "0.7", "LOW": "0.4"}
_EXTENSIONS: Final = {
    "ext_code": "code", "ext_relation": "relation", "ext_rationale": "rationale", "ext_status": "status",
    "ext_kinds": "question_kinds", "ext_reuse_forward": "reuse_forward", "ext_reuse_backward": "reuse_backward",
    "ext_revision": "revision", "ext_from_date": "from_date", "ext_until_date": "until_date",
}  # fmt: skip
COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label",
    "mapping_justification", "confidence", "comment", *_EXTENSIONS,
)  # fmt: skip
_NEEDED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_BY_HAND: Final = "semapv:ManualMappingCuration"
_PREDICATES: Final = {
    Relation.EQUAL: "skos:closeMatch",
    Relation.EQUIVALENT: "skos:exactMatch",
    Relation.SUBSET: "skos:broadMatch",
    Relation.SUPERSET: "skos:narrowMatch",
}
_UNDERSTOOD: Final = {
    "skos:exactMatch": Relation.EQUIVALENT,
    "skos:closeMatch": Relation.INTERSECTS,
    "skos:broadMatch": Relation.SUBSET,
    "skos:narrowMatch": Relation.SUPERSET,
    "skos:relatedMatch": Relation.INTERSECTS,
}


class SssomError(ValueError):
    """The file as a whole is no SSSOM/TSV that can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A mapping as it goes out or came in. ``line``: where it begins in the file; ``differs`` in English."""

    code: str = ""
    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    strength: str = "MEDIUM"
    rationale: str = "SEMANTIC"
    status: str = "DRAFT"
    kinds: tuple[str, ...] = ()
    differs: str = ""
    reuse_forward: str = ""
    reuse_backward: str = ""
    from_date: str = ""
    until_date: str = ""
    revision: int = 0
    automatic: bool = False
    line: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that cannot be read, and why."""

    line: int
    what: str


def written(mappings: Iterable[Shared], *, base: str, title: str, version: str) -> Iterator[str]:
    """Yield the file line by line. ``base`` is the address under which provisions have their identifiers."""
    for line in yaml.safe_dump(_header(base, title, version), allow_unicode=True, sort_keys=True).splitlines():
        yield f"#{line}\n"
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    for one in mappings:
        writer.writerows(_lines(one))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def identifier(key: str) -> str:
    """Return the CURIE of a provision: ``UNCAC 5(1)`` is ``mrd:UNCAC/5%281%29``."""
    return f"mrd:{quote(key.replace(' ', '/', 1), safe='/')}"


def key_of(curie: str) -> str:
    """Return the key of a CURIE; what stands before the colon is not looked at."""
    return unquote(curie.partition(":")[2]).replace("/", " ", 1)


def read(text: str) -> tuple[list[Shared], list[Refused]]:
    """Return the mappings of a file and the lines that cannot be read. Raises SssomError for the file as a whole."""
    lines = text.removeprefix("\ufeff").splitlines()
    head = [line.removeprefix("#") for line in lines if line.startswith("#")]
    _check_header("\n".join(head))
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if first is None:
        raise SssomError("the file holds no table")
    if len(lines) > MOST_LINES:
        raise SssomError(f"the file has more than {MOST_LINES} lines")
    columns = lines[first].split("\t")
    lacking = [name for name in _NEEDED if name not in columns]
    if lacking:
        raise SssomError(f"line {first + 1}: the table lacks the column {lacking[0]}; columns are divided by tabs")
    return _gathered(lines, first, columns)


def _gathered(lines: Sequence[str], first: int, columns: Sequence[str]) -> tuple[list[Shared], list[Refused]]:
    sets: dict[str, Shared] = {}
    refused: list[Refused] = []
    for number, line in enumerate(lines[first + 1 :], start=first + 2):
        if not line.strip() or line.startswith("#"):
            continue
        values = next(csv.reader([line], delimiter="\t"))
        if len(values) > len(columns):
            refused.append(Refused(number, f"{len(values)} cells under {len(columns)} columns"))
            continue
        cells = dict(zip(columns, [*values, *[""] * (len(columns) - len(values))], strict=True))
        problem = _problem(cells)
        if problem:
            refused.append(Refused(number, problem))
            continue
        one = _shared(cells, number)
        name = one.code or f"\0{number}"
        held = sets.get(name)
        if held is not None and (held.relation, held.kinds) != (one.relation, one.kinds):
            refused.append(Refused(number, f"{one.code}: says {one.relation} here and {held.relation} before"))
        elif held is None:
            sets[name] = one
        else:
            sets[name] = _joined(held, one)
    return list(sets.values()), refused


def _header(base: str, title: str, version: str) -> dict[str, Any]:
    names = [
        {"slot_name": slot, "property": f"rel:{name}", "type_hint": "xsd:string"} for slot, name in _EXTENSIONS.items()
    ]
    return {
        "curie_map": {
            "mrd": f"{base}provision/",
            "rel": f"{base}relation/",
            "semapv": "https://w3id.org/semapv/vocab/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "extension_definitions": names,
        "license": LICENSE,
        "mapping_set_id": f"{base}crosswalk",
        "mapping_set_title": title,
        "mapping_set_version": version,
        "sssom_version": "1.0",
    }


def _lines(one: Shared) -> Iterator[dict[str, str]]:
    single = len(one.left) == len(one.right) == 1
    relation = Relation(one.relation)
    predicate = _PREDICATES.get(relation, "skos:relatedMatch") if single else "skos:relatedMatch"
    common = {
        "predicate_id": predicate,
        "predicate_modifier": "Not" if relation == Relation.NONE else "",
        "mapping_justification": "semapv:LexicalSimilarityThresholdMatching" if one.automatic else _BY_HAND,
        "confidence": _CONFIDENCE.get(one.strength, ""),
        "comment": " ".join(one.differs.split()),
        "ext_code": one.code,
        "ext_relation": one.relation,
        "ext_rationale": one.rationale,
        "ext_status": one.status,
        "ext_kinds": "|".join(one.kinds),
        "ext_reuse_forward": one.reuse_forward,
        "ext_reuse_backward": one.reuse_backward,
        "ext_revision": str(one.revision),
        "ext_from_date": one.from_date,
        "ext_until_date": one.until_date,
    }
    for left in one.left:
        for right in one.right:
            labels = {"subject_label": one.labels.get(left, ""), "object_label": one.labels.get(right, "")}
            yield {"subject_id": identifier(left), "object_id": identifier(right), **labels, **common}


def _check_header(text: str) -> None:
    try:
        head = yaml.safe_load(text) if text.strip() else {}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise SssomError(f"the header is no YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(head, dict | None):
        raise SssomError("the header is no list of names and values")


def _problem(cells: Mapping[str, str]) -> str:
    lacking = [name for name in _NEEDED if not cells.get(name)]
    if lacking:
        return f"{lacking[0]} is empty"
    for name in ("subject_id", "object_id"):
        if " " not in key_of(cells[name]):
            return f"{name}: {cells[name]!r} is no provision (mrd:UNCAC/5 is)"
    relation = cells.get("ext_relation", "")
    if relation and relation not in list(Relation):
        return f"ext_relation: {relation!r} is no relation"
    if not relation and cells["predicate_id"] not in _UNDERSTOOD:
        return f"predicate_id: {cells['predicate_id']!r} cannot be understood; SKOS mapping relations can"
    confidence = cells.get("confidence", "")
    if confidence and _number(confidence) is None:
        return f"confidence: {confidence!r} is no number from 0 to 1"
    return ""


def _shared(cells: Mapping[str, str], line: int) -> Shared:
    relation = cells.get("ext_relation") or _understood(cells)
    nothing = "NONE" if relation == Relation.NONE else "SUGGEST"
    differs = " ".join(cells.get("comment", "").split())
    return Shared(
        code=cells.get("ext_code", "").strip(),
        left=(key_of(cells["subject_id"]),),
        relation=relation,
        right=(key_of(cells["object_id"]),),
        strength=_strength(cells.get("confidence", "")),
        rationale=cells.get("ext_rationale") or "SEMANTIC",
        status=cells.get("ext_status") or "DRAFT",
        kinds=tuple(part for part in cells.get("ext_kinds", "").split("|") if part),
        differs=differs,
        reuse_forward=cells.get("ext_reuse_forward") or nothing,
        reuse_backward=cells.get("ext_reuse_backward") or nothing,
        from_date=cells.get("ext_from_date", ""),
        until_date=cells.get("ext_until_date", ""),
        automatic=cells["mapping_justification"] != _BY_HAND,
        line=line,
    )


def _understood(cells: Mapping[str, str]) -> str:
    return Relation.NONE if cells.get("predicate_modifier") == "Not" else _UNDERSTOOD[cells["predicate_id"]]


def _joined(held: Shared, more: Shared) -> Shared:
    left = tuple(dict.fromkeys((*held.left, *more.left)))
    right = tuple(dict.fromkeys((*held.right, *more.right)))
    names = {name: getattr(held, name) for name in Shared.__slots__}
    return Shared(**{**names, "left": left, "right": right})


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _strength(text: str) -> str:
    value = _number(text) if text else 0.7
    high, low = 0.85, 0.55
    return "HIGH" if (value or 0) >= high else "LOW" if (value or 0) < low else "MEDIUM"
