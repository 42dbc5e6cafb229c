"""Review mechanisms as data files: YAML checked field by field, errors with the line in the file."""

from collections.abc import Collection
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from merida.foundation.registry.days import Day, parse_day
from merida.foundation.registry.places import Problem
from merida.foundation.registry.reference_tables import Known, backing_problem
from merida.foundation.registry.rows import CycleRow, MechanismRow, VersionRow

Path = tuple[int | str, ...]


def _is_day(text: str) -> str:
    parse_day(text)
    return text


Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
DayText = Annotated[str, AfterValidator(_is_day)]
Confidence = Literal["SOURCED", "RECALLED", "UNVERIFIED"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Backed(_Strict):
    source: Code
    confidence: Confidence
    note: str = ""


class _Names(_Strict):
    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)
    es: str = Field(min_length=1)
    ru: str = Field(min_length=1)
    zh: str = Field(min_length=1)
    ar: str = Field(min_length=1)


class _Participation(_Strict):
    rule: Literal["PARTIES", "MEMBERS"]


class _Cycle(_Backed):
    number: int = Field(ge=1)
    since: DayText | None = None
    until: DayText | None = None
    provisions: tuple[str, ...] = ()


class _Version(_Backed):
    number: int = Field(ge=1)
    term: Literal["CYCLE", "ROUND", "PHASE", "CLUSTER"]
    since: DayText | None = None
    until: DayText | None = None
    cycles: tuple[_Cycle, ...] = ()


class _Mechanism(_Backed):
    code: Code
    short_name: str = Field(min_length=1)
    organisation: Code
    instrument: str = ""
    names: _Names
    participation: _Participation
    versions: tuple[_Version, ...] = Field(min_length=1)


def read_mechanism(content: bytes, *, file: str, known: Known, problems: list[Problem]) -> MechanismRow | None:
    """Read one mechanism; None where it is wrong, with every error added to ``problems``."""
    try:
        node = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, file))
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(file, 1, "file", "is not a list of fields"))
        return None
    lines: dict[Path, int] = {}
    values = _plain(node, (), lines, file=file, problems=problems)
    try:
        mechanism = _Mechanism.model_validate(values)
    except ValidationError as error:
        problems.extend(_field_problems(error, lines, file))
        # Its code counts as known, so that the rows that refer to it are not reported as well.
        known.mechanisms.add(str(values.get("code", "")))
        return None
    found = _cross_problems(mechanism, lines, file=file, known=known)
    problems.extend(found)
    known.mechanisms.add(mechanism.code)
    return _row(mechanism)


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Problem(file, mark.line + 1 if mark else 1, "file", f"cannot be read as YAML: {what}")


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int], *, file: str, problems: list[Problem]) -> Any:
    """Turn the node tree into texts, lists and fields, noting the line of each and fields that stand twice."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_plain(n, (*path, i), lines, file=file, problems=problems) for i, n in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    fields: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in fields:
            problems.append(Problem(file, key.start_mark.line + 1, dotted((*path, key.value)), "stands twice"))
        fields[key.value] = _plain(value, (*path, key.value), lines, file=file, problems=problems)
    return fields


def dotted(path: Path) -> str:
    """Name a place inside a file: ``versions[1].cycles[2].since``; counting from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _field_problems(error: ValidationError, lines: dict[Path, int], file: str) -> list[Problem]:
    """The errors of single fields, without those that only follow from an error further inside."""
    details = error.errors(include_url=False)
    paths = [tuple(detail["loc"]) for detail in details]
    inside = {path[:length] for path in paths for length in range(len(path))}
    return [
        _problem(path, detail["msg"], lines, file)
        for path, detail in zip(paths, details, strict=True)
        if path not in inside
    ]


def _problem(path: Path, message: str, lines: dict[Path, int], file: str) -> Problem:
    nearest = path
    while nearest and nearest not in lines:
        nearest = nearest[:-1]
    return Problem(file, lines[nearest], dotted(path), message.removeprefix("Value error, "))


def _cross_problems(mechanism: _Mechanism, lines: dict[Path, int], *, file: str, known: Known) -> list[Problem]:
    """Errors that need more than one field or another file to be seen."""
    found = list(_unknown(("organisation",), mechanism.organisation, known.organisations, "organisation"))
    if mechanism.instrument or mechanism.participation.rule == "PARTIES":
        found += _unknown(("instrument",), mechanism.instrument, known.instruments, "instrument")
    if mechanism.code in known.mechanisms:
        found.append((("code",), f"{mechanism.code!r} is the code of another mechanism"))
    found += _backing_problems((), mechanism, known)
    for i, version in enumerate(mechanism.versions):
        place: Path = ("versions", i)
        found += _backing_problems(place, version, known) + _span_problems(place, version)
        for j, cycle in enumerate(version.cycles):
            found += _cycle_problems((*place, "cycles", j), cycle, known)
    return [Problem(file, lines.get(path, lines[()]), dotted(path), what) for path, what in found]


Found = list[tuple[Path, str]]


def _unknown(path: Path, code: str, known: Collection[str], called: str) -> Found:
    return [] if code in known else [(path, f"unknown {called} {code!r}")]


def _backing_problems(path: Path, backed: _Backed, known: Known) -> Found:
    if backed.source not in known.sources:
        return [((*path, "source"), f"unknown source {backed.source!r}")]
    problem = backing_problem(known.sources[backed.source], backed.confidence)
    return [((*path, "confidence"), problem)] if problem else []


def _span_problems(path: Path, dated: _Version | _Cycle) -> Found:
    if dated.since and dated.until and parse_day(dated.until).date <= parse_day(dated.since).date:
        return [((*path, "until"), f"{dated.until} is not after {dated.since}")]
    return []


def _cycle_problems(path: Path, cycle: _Cycle, known: Known) -> Found:
    found = _backing_problems(path, cycle, known) + _span_problems(path, cycle)
    for i, key in enumerate(cycle.provisions):
        found += _unknown((*path, "provisions", i), key, known.provisions, "provision")
    return found


def _day(text: str | None) -> Day | None:
    return parse_day(text) if text else None


def _row(mechanism: _Mechanism) -> MechanismRow:
    return MechanismRow(
        code=mechanism.code,
        short_name=mechanism.short_name,
        organisation=mechanism.organisation,
        instrument=mechanism.instrument,
        rule=mechanism.participation.rule,
        names=mechanism.names.model_dump(),
        versions=tuple(_version_row(version) for version in mechanism.versions),
        **_backing_of(mechanism),
    )


def _version_row(version: _Version) -> VersionRow:
    return VersionRow(
        number=version.number,
        term=version.term,
        since=_day(version.since),
        until=_day(version.until),
        cycles=tuple(_cycle_row(cycle) for cycle in version.cycles),
        **_backing_of(version),
    )


def _cycle_row(cycle: _Cycle) -> CycleRow:
    return CycleRow(
        number=cycle.number,
        since=_day(cycle.since),
        until=_day(cycle.until),
        provisions=cycle.provisions,
        **_backing_of(cycle),
    )


def _backing_of(backed: _Backed) -> dict[str, str]:
    return {"source": backed.source, "confidence": backed.confidence, "note": backed.note}
