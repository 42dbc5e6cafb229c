"""The crosswalk as an SSSOM file, out and in. A file is taken whole or not at all, and first tried."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.sources.languages import text_in
from merida.knowledge.crosswalk import actions, checking, models
from merida.knowledge.crosswalk.checking import MappingError, MappingValues
from merida.knowledge.crosswalk.clauses import clauses_by_key
from merida.knowledge.crosswalk.loading import in_words
from merida.knowledge.crosswalk.queries import mappings, sides
from merida.rules.crosswalk.sssom import Refused, Shared, SssomError, read, written

LARGEST: Final = 8 * 1024 * 1024
BASE: Final = "https://w3id.org/merida/"
_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,39}")


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What becomes of one mapping of a file. ``outcome``: NEW, CHANGED, UNCHANGED or REFUSED; ``what`` says why."""

    line: int
    code: str
    outcome: str
    what: str = ""
    left: tuple[str, ...] = ()
    relation: str = ""
    right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All rows. Nothing was saved where one was refused, or where it was only tried."""

    rows: tuple[ImportRow, ...]
    saved: bool

    def count(self, outcome: str) -> int:
        """Return how many rows came out so."""
        return sum(one.outcome == outcome for one in self.rows)

    @property
    def is_refused(self) -> bool:
        """Whether something stands in the way."""
        return bool(self.count("REFUSED"))


def as_sssom(found: Iterable[models.Mapping], *, version: str, base: str = BASE) -> Iterator[str]:
    """Yield mappings as SSSOM/TSV. ``version`` names the state of the crosswalk, a day for example."""
    return written(map(_shared, found), base=base, title="Crosswalk of review mechanisms (merida)", version=version)


def import_sssom(actor: Actor, content: bytes, *, dry_run: bool) -> ImportReport:
    """Take a file in, or say what would come of it. Raises SssomError for a file that is none, PermissionDenied."""
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied("only curators may import mappings")
    if len(content) > LARGEST:
        raise SssomError(f"the file is larger than {LARGEST // 1024 // 1024} MB")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SssomError(f"the file is not in UTF-8: byte {error.start}") from error
    shared, refused = read(text)
    with transaction.atomic():
        held = {one.code: one for one in mappings()}
        rows = sorted([*_judged(shared, held), *map(_unread, refused)], key=lambda one: one.line)
        if dry_run or any(one.outcome == "REFUSED" for one in rows):
            return ImportReport(tuple(rows), saved=False)
        wanted = {one.line: one for one in shared}
        for row in rows:
            _save(actor, row, wanted[row.line], held)
    return ImportReport(tuple(rows), saved=True)


def _save(actor: Actor, row: ImportRow, one: Shared, held: dict[str, models.Mapping]) -> None:
    if row.outcome == "NEW":
        method = models.Method.AUTOMATION if one.automatic else models.Method.HUMAN
        actions.record_mapping(actor, _values(one), code=one.code, method=method)
    elif row.outcome == "CHANGED":
        mapping = held[one.code]
        actions.correct_mapping(actor, one.code, _values(one, mapping), seen=mapping.revision, reason="SSSOM file")


def _judged(shared: list[Shared], held: dict[str, models.Mapping]) -> list[ImportRow]:
    keys = {key for one in shared for key in (*one.left, *one.right)}
    known = clauses_by_key(keys, make=False)
    rows: dict[int, ImportRow] = {}
    claims = []
    for one in shared:
        row = _row(one, held, known)
        rows[one.line] = row
        if row.outcome in {"NEW", "CHANGED"}:
            claims.append((one, checking.claim_of(_name(one), _values(one))))
    replaced = {one.code for one, _ in claims}
    near = [one for code, one in held.items() if code not in replaced and one.status != "RETIRED"]
    lines = {claim.code: one.line for one, claim in claims}
    said: dict[int, list[str]] = {}
    for found in checking.judged([claim for _, claim in claims], near):
        for code in {found.code, *found.others} & lines.keys():
            about = found.code if found.code != code else ""
            said.setdefault(lines[code], []).append(f"{about}: {in_words(found)}" if about else in_words(found))
    for line, words in said.items():
        rows[line] = _refused(rows[line], "; ".join(dict.fromkeys(words)))
    return list(rows.values())


def _row(one: Shared, held: dict[str, models.Mapping], known: dict[str, models.Clause]) -> ImportRow:
    row = ImportRow(one.line, one.code, "NEW", "", one.left, one.relation, one.right)
    missing = [key for key in (*one.left, *one.right) if key not in known]
    if missing:
        return _refused(row, f"unknown provision: {', '.join(dict.fromkeys(missing))}")
    if one.code and not _CODE.fullmatch(one.code):
        return _refused(row, f"ext_code: {one.code!r} has not the shape of a code")
    try:
        problem = checking.problem_with(_values(one, held.get(one.code)))
    except ValueError as error:
        problem = str(error)
    if problem:
        return _refused(row, problem)
    if one.code not in held:
        return row
    mapping = held[one.code]
    same = checking.values_of(mapping) == _values(one, mapping)
    return ImportRow(one.line, one.code, "UNCHANGED" if same else "CHANGED", "", one.left, one.relation, one.right)


def _refused(row: ImportRow, what: str) -> ImportRow:
    return ImportRow(row.line, row.code, "REFUSED", what, row.left, row.relation, row.right)


def _unread(one: Refused) -> ImportRow:
    return ImportRow(one.line, "", "REFUSED", one.what)


def _name(one: Shared) -> str:
    return one.code or f"line {one.line}"


def _values(one: Shared, mapping: models.Mapping | None = None) -> MappingValues:
    """Return what a line says; other languages of what differs stay where the English text is the same."""
    differs = {"en": one.differs} if one.differs else {}
    if mapping is not None and " ".join(mapping.differs.get("en", "").split()) == one.differs:
        differs = dict(mapping.differs)
    return MappingValues(
        left=one.left,
        relation=one.relation,
        right=one.right,
        strength=one.strength,
        rationale=one.rationale,
        kinds=one.kinds,
        differs=differs,
        reuse_forward=one.reuse_forward,
        reuse_backward=one.reuse_backward,
        from_date=_day(one.from_date),
        until_date=_day(one.until_date),
    )


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise MappingError("from_date", f"{text!r} is not a date (write 2027-06-01)") from None


def _shared(one: models.Mapping) -> Shared:
    left, right = sides(one)
    labels = {clause.key: text_in(clause.titles, "en").text for clause in (*left, *right)}
    return Shared(
        code=one.code,
        left=tuple(clause.key for clause in left),
        relation=one.relation,
        right=tuple(clause.key for clause in right),
        strength=one.strength,
        rationale=one.rationale,
        status=one.status,
        kinds=tuple(one.kinds),
        differs=text_in(one.differs, "en").text,
        reuse_forward=one.reuse_forward,
        reuse_backward=one.reuse_backward,
        from_date=one.from_date.isoformat() if one.from_date else "",
        until_date=one.until_date.isoformat() if one.until_date else "",
        revision=one.revision,
        automatic=one.method == models.Method.AUTOMATION,
        labels=labels,
    )
