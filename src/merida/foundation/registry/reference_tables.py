"""The tables of the reference data: their columns, and how each line becomes a value.

Tables are read in the order of ``TABLES``: a table may refer to codes of those before it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from merida.foundation.registry import rows as r
from merida.foundation.registry.tables import CONFIDENCES, LANGUAGES, Row

SOURCE_KINDS = (
    "DATASET", "ORGANISATION_STATEMENT", "PRESS", "RECOLLECTION", "REFERENCE_WORK", "TREATY_RECORD",
    "TREATY_TEXT", "UN_DOCUMENT",
)  # fmt: skip
STATE_KINDS = ("MEMBER_STATE", "OBSERVER_STATE", "STATE", "REGIONAL_ORGANIZATION")
NAME_KINDS = ("SHORT", "FORMAL", "ALIAS")
ORGANISATION_KINDS = (
    "CIVIL_SOCIETY", "INITIATIVE", "INTERGOVERNMENTAL", "MECHANISM", "NATIONAL_AGENCY", "NETWORK", "PLATFORM",
    "REGIONAL", "SPORT", "UN_BODY", "UN_ENTITY",
)  # fmt: skip
PROVISION_KINDS = ("CHAPTER", "ARTICLE", "PARAGRAPH", "SUBPARAGRAPH")
OBLIGATIONS = ("MANDATORY", "CONSIDER", "OPTIONAL")
ACTION_KINDS = (
    "SIGNATURE", "RATIFICATION", "ACCESSION", "ACCEPTANCE", "APPROVAL", "SUCCESSION", "CONSENT", "WITHDRAWAL",
)  # fmt: skip
SINCE_KINDS = ("ACCESSION", "ASSUMED", "DECLARATION", "DEPOSIT", "ENTRY_INTO_FORCE", "JOINED", "SEAT", "UNKNOWN")
UNTIL_KINDS = ("ASSUMED", "LETTER", "UNKNOWN", "WITHDRAWAL")
FIGURE_KINDS = ("PARTIES", "SIGNATORIES", "MEMBERS")
RESOLUTION_KINDS = ("RESOLUTION", "DECISION")

_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_ISO3 = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"chapter [IVX]+|(\d+|[IVX]+)(\([0-9a-z]+\))*")


@dataclass(slots=True)
class Known:
    """Codes read so far; ``sources`` maps each to its kind, ``provisions`` holds keys."""

    sources: dict[str, str] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    territories: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    instruments: set[str] = field(default_factory=set)
    provisions: set[str] = field(default_factory=set)
    mechanisms: set[str] = field(default_factory=set)


def _code(row: Row, column: str, shape: re.Pattern[str] = _CODE) -> str:
    value = row.text(column, required=True)
    if value and not shape.fullmatch(value):
        row.note(column, f"{value!r} has not the shape of a code")
    return value


def backing_problem(source_kind: str, confidence: str) -> str:
    """Say what is wrong about a confidence beside a kind of source; empty where nothing is."""
    if confidence == "SOURCED" and source_kind == "RECOLLECTION":
        return "a recalled fact cannot be SOURCED"
    if confidence == "RECALLED" and source_kind != "RECOLLECTION":
        return "a fact with a source is SOURCED or UNVERIFIED, not RECALLED"
    return ""


def _backing(row: Row, known: Known) -> dict[str, str]:
    source = row.among("source", known.sources, called="source")
    confidence = row.among("confidence", CONFIDENCES, called="confidence")
    if source in known.sources and confidence in CONFIDENCES:
        problem = backing_problem(known.sources[source], confidence)
        if problem:
            row.note("confidence", problem)
    return {"source": source, "confidence": confidence, "note": row.text("note")}


def source_row(row: Row, known: Known) -> r.SourceRow:
    """Read a citation."""
    code, kind = _code(row, "code"), row.among("kind", SOURCE_KINDS, called="kind of source")
    known.sources[code] = kind
    citation = row.text("citation", required=True)
    return r.SourceRow(
        code=code, kind=kind, citation=citation, as_of=row.whole_day("as_of_date"), note=row.text("note")
    )


def group_row(row: Row, known: Known) -> r.GroupRow:
    """Read a regional group."""
    code = _code(row, "code")
    known.groups.add(code)
    return r.GroupRow(code=code, names=row.texts("name", required=True), **_backing(row, known))


def state_row(row: Row, known: Known) -> r.StateRow:
    """Read a State or the European Union."""
    iso3 = _code(row, "iso3", _ISO3)
    known.states.add(iso3)
    kind = row.among("kind", STATE_KINDS, called="kind of State")
    iso2 = _code(row, "iso2", re.compile(r"[A-Z]{2}"))
    m49 = row.text("m49", required=kind != "REGIONAL_ORGANIZATION")
    if m49 and not re.fullmatch(r"[0-9]{3}", m49):
        row.note("m49", f"{m49!r} is not three digits")
    return r.StateRow(iso3=iso3, iso2=iso2, m49=m49, kind=kind, **_backing(row, known))


def _name_row(row: Row, known: Known, *, owner: str) -> r.NameRow:
    since, until = row.span()
    return r.NameRow(
        owner=owner,
        language=row.among("language", LANGUAGES, called="language"),
        kind=row.among("kind", NAME_KINDS, called="kind of name"),
        name=row.text("name", required=True),
        since=since,
        until=until,
        blocked_before=row.parts("blocked_before"),
        blocked_after=row.parts("blocked_after"),
        **_backing(row, known),
    )


def state_name_row(row: Row, known: Known) -> r.NameRow:
    """Read a name of a State."""
    return _name_row(row, known, owner=row.among("state", known.states, called="State"))


def territory_name_row(row: Row, known: Known) -> r.NameRow:
    """Read a name of a territory."""
    return _name_row(row, known, owner=row.among("territory", known.territories, called="territory"))


def state_group_row(row: Row, known: Known) -> r.GroupMembershipRow:
    """Read in which regional group a State is."""
    since, until = row.span()
    state = row.among("state", known.states, called="State")
    group = row.among("group", known.groups, called="regional group")
    return r.GroupMembershipRow(state=state, group=group, since=since, until=until, **_backing(row, known))


def territory_row(row: Row, known: Known) -> r.TerritoryRow:
    """Read a territory."""
    code = _code(row, "code", _ISO3)
    known.territories.add(code)
    if code in known.states:
        row.note("code", f"{code!r} is the code of a State")
    return r.TerritoryRow(code=code, iso2=row.text("iso2"), m49=row.text("m49"), **_backing(row, known))


def organisation_row(row: Row, known: Known) -> r.OrganisationRow:
    """Read an organisation."""
    code = _code(row, "code")
    known.organisations.add(code)
    kind = row.among("kind", ORGANISATION_KINDS, called="kind of organisation")
    names = row.texts("name", required=True)
    return r.OrganisationRow(code=code, kind=kind, acronym=row.text("acronym"), names=names, **_backing(row, known))


def organisation_surface_row(row: Row, known: Known) -> r.SurfaceRow:
    """Read a way in which texts name an organisation."""
    return _surface_row(row, owner=row.among("organisation", known.organisations, called="organisation"))


def instrument_surface_row(row: Row, known: Known) -> r.SurfaceRow:
    """Read a way in which texts name an instrument."""
    return _surface_row(row, owner=row.among("instrument", known.instruments, called="instrument"))


def _surface_row(row: Row, *, owner: str) -> r.SurfaceRow:
    return r.SurfaceRow(
        owner=owner,
        language=row.among("language", LANGUAGES, called="language"),
        surface=row.text("surface", required=True),
        blocked_before=row.parts("blocked_before"),
        blocked_after=row.parts("blocked_after"),
    )


def instrument_row(row: Row, known: Known) -> r.InstrumentRow:
    """Read a treaty or protocol."""
    code = _code(row, "code")
    parent = row.among("parent", known.instruments, called="instrument", required=False)
    known.instruments.add(code)
    row.span("adopted_date", "in_force_date")
    return r.InstrumentRow(
        code=code,
        kind=row.among("kind", ("TREATY", "PROTOCOL"), called="kind of instrument"),
        parent=parent,
        adopted=row.whole_day("adopted_date"),
        in_force=row.whole_day("in_force_date"),
        short_name=row.text("short_name"),
        names=row.texts("name", required=True),
        **_backing(row, known),
    )


def body_row(row: Row, known: Known) -> r.BodyRow:
    """Read a body that issues documents or adopts resolutions."""
    code = _code(row, "code")
    known.bodies.add(code)
    return r.BodyRow(
        code=code,
        parent=row.text("parent"),
        symbol_stem=row.text("symbol_stem", required=True),
        resolution_prefix=row.text("resolution_prefix"),
        instrument=row.among("instrument", known.instruments, called="instrument", required=False),
        names=row.texts("name", required=True),
        **_backing(row, known),
    )


def provision_row(row: Row, known: Known) -> r.ProvisionRow:
    """Read a provision; its parent must stand in an earlier line."""
    instrument = row.among("instrument", known.instruments, called="instrument")
    number = _code(row, "number", _NUMBER)
    parent = row.text("parent")
    if parent and f"{instrument} {parent}" not in known.provisions:
        row.note("parent", f"unknown provision {instrument} {parent}")
    known.provisions.add(f"{instrument} {number}")
    return r.ProvisionRow(
        instrument=instrument,
        number=number,
        kind=row.among("kind", PROVISION_KINDS, called="kind of provision"),
        parent=parent,
        chapter=row.text("chapter"),
        titles=row.texts("title"),
        obligation=row.among("obligation", OBLIGATIONS, called="obligation level", required=False),
        cycle=row.text("cycle"),
        changed=row.whole_day("changed_date"),
        **_backing(row, known),
    )


def treaty_action_row(row: Row, known: Known) -> r.TreatyActionRow:
    """Read what a State did about an instrument."""
    instrument = row.among("instrument", known.instruments, called="instrument")
    state = row.among("state", known.states, called="State")
    kind = row.among("kind", ACTION_KINDS, called="kind of treaty action")
    day = row.day("date", required=kind in {"SIGNATURE", "WITHDRAWAL"})
    return r.TreatyActionRow(instrument=instrument, state=state, kind=kind, day=day, **_backing(row, known))


def membership_row(row: Row, known: Known) -> r.MembershipRow:
    """Read a State in a mechanism."""
    since, until = row.span()
    since_kind = row.among("since_kind", SINCE_KINDS, called="kind of date")
    until_kind = row.among("until_kind", UNTIL_KINDS, called="kind of date", required=until is not None)
    if (since is None) != (since_kind == "UNKNOWN"):
        row.note("since", "a start without a date is UNKNOWN, and only that")
    if until is None and until_kind not in {"", "UNKNOWN"}:
        row.note("until", f"has no date but the kind {until_kind}")
    return r.MembershipRow(
        mechanism=row.among("mechanism", known.mechanisms, called="mechanism"),
        state=row.among("state", known.states, called="State"),
        since=since,
        since_kind=since_kind,
        until=until,
        until_kind=until_kind,
        **_backing(row, known),
    )


def printed_figure_row(row: Row, known: Known) -> r.PrintedFigureRow:
    """Read a count that somebody printed."""
    subject_kind = row.among("subject_kind", ("INSTRUMENT", "MECHANISM"), called="kind of subject")
    among = known.mechanisms if subject_kind == "MECHANISM" else known.instruments
    return r.PrintedFigureRow(
        subject_kind=subject_kind,
        subject=row.among("subject", among, called=subject_kind.lower() or "subject"),
        counted=row.among("counted", FIGURE_KINDS, called="kind of figure"),
        at=row.whole_day("at_date", required=True),
        value=row.number("value"),
        source=row.among("source", known.sources, called="source"),
        note=row.text("note"),
    )


def resolution_row(row: Row, known: Known) -> r.ResolutionRow:
    """Read the identity of a resolution or decision."""
    return r.ResolutionRow(
        body=row.among("body", known.bodies, called="body"),
        number=row.text("number", required=True),
        kind=row.among("kind", RESOLUTION_KINDS, called="kind of resolution"),
        titles=row.texts("title"),
        adopted=row.whole_day("adopted_date"),
        **_backing(row, known),
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A file of the reference data: where its rows go, its columns, its key and how a line is read."""

    name: str
    file: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    read: Callable[[Row, Known], object]


_BACKING = ("source", "confidence")


def _six(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{language}" for language in LANGUAGES)


_DATED = ("since", "until")
_BLOCKED = ("blocked_before", "blocked_after")
_NAME = ("language", "kind", "name")
BEFORE_MECHANISMS = (
    Table("sources", "sources.csv", ("code", "kind", "citation", "as_of_date", "note"), ("code",), source_row),
    Table("groups", "regional_groups.csv", ("code", *_six("name"), *_BACKING), ("code",), group_row),
    Table("states", "states.csv", ("iso3", "iso2", "m49", "kind", *_BACKING, "note"), ("iso3",), state_row),
    Table(
        "state_names", "state_names.csv", ("state", *_NAME, *_DATED, *_BLOCKED, *_BACKING),
        ("state", "language", "kind", "name"), state_name_row,
    ),
    Table(
        "state_groups", "state_groups.csv", ("state", "group", *_DATED, *_BACKING, "note"),
        ("state", "group", "since"), state_group_row,
    ),
    Table("territories", "territories.csv", ("code", "iso2", "m49", "note", *_BACKING), ("code",), territory_row),
    Table(
        "territory_names", "territory_names.csv", ("territory", *_NAME, *_BLOCKED, *_BACKING),
        ("territory", "language", "kind", "name"), territory_name_row,
    ),
    Table(
        "organisations", "organisations.csv", ("code", "kind", "acronym", *_six("name"), *_BACKING, "note"),
        ("code",), organisation_row,
    ),
    Table(
        "organisation_names", "organisation_names.csv", ("organisation", "language", "surface", *_BLOCKED),
        ("organisation", "language", "surface"), organisation_surface_row,
    ),
    Table(
        "instruments", "instruments.csv",
        ("code", "kind", "parent", "adopted_date", "in_force_date", "short_name", *_six("name"), *_BACKING),
        ("code",), instrument_row,
    ),
    Table(
        "instrument_names", "instrument_names.csv", ("instrument", "language", "surface"),
        ("instrument", "language", "surface"), instrument_surface_row,
    ),
    Table(
        "bodies", "bodies.csv",
        ("code", "parent", "symbol_stem", "resolution_prefix", "instrument", *_six("name"), *_BACKING),
        ("code",), body_row,
    ),
    Table(
        "provisions", "provisions.csv",
        (
            "instrument", "number", "kind", "parent", "chapter", *_six("title"), "obligation", "cycle", "changed_date",
            *_BACKING,
        ),
        ("instrument", "number"), provision_row,
    ),
    Table(
        "treaty_actions", "treaty_actions.csv", ("instrument", "state", "kind", "date", *_BACKING, "note"),
        ("instrument", "state", "kind", "date"), treaty_action_row,
    ),
    Table(
        "resolutions", "resolutions.csv",
        ("body", "number", "kind", *_six("title"), "adopted_date", *_BACKING),
        ("body", "number", "kind"), resolution_row,
    ),
)  # fmt: skip
AFTER_MECHANISMS = (
    Table(
        "memberships", "memberships.csv",
        ("mechanism", "state", "since", "since_kind", "until", "until_kind", *_BACKING, "note"),
        ("mechanism", "state", "since"), membership_row,
    ),
    Table(
        "printed_figures", "printed_figures.csv",
        ("subject_kind", "subject", "counted", "at_date", "value", "source", "note"),
        ("subject", "counted", "at_date"), printed_figure_row,
    ),
)  # fmt: skip
TABLES = BEFORE_MECHANISMS + AFTER_MECHANISMS
