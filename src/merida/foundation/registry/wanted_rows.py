"""Reference data as rows of the database: for each model the fields, by natural key."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from merida.foundation.registry import models as m
from merida.foundation.registry import rows as r
from merida.foundation.registry.addresses import provision_slug, resolution_key, resolution_slug, slug_of
from merida.foundation.registry.days import Day
from merida.foundation.registry.reference import Reference
from merida.foundation.sources.models import Source

Fields = dict[str, Any]
Wanted = dict[Any, Fields]


@dataclass(slots=True)
class Identifiers:
    """Primary keys by natural key, read when first needed."""

    _known: dict[str, dict[str, int]] = field(default_factory=dict)

    def of(self, model: Any, key_field: str, key: str) -> int:
        """The primary key of the row of ``model`` whose ``key_field`` is ``key``."""
        name = model.__name__
        if name not in self._known:
            self._known[name] = dict(model.objects.values_list(key_field, "pk"))
        return self._known[name][key]

    def optional(self, model: Any, key_field: str, key: str) -> int | None:
        """The same, None for no key."""
        return self.of(model, key_field, key) if key else None

    def backing(self, row: r.Backed) -> Fields:
        """Source, confidence and note of a fact."""
        source = self.of(Source, "code", row.source)
        return {"source_id": source, "confidence": row.confidence, "note": row.note}


def _dated(name: str, day: Day | None) -> Fields:
    return {f"{name}_date": day.date if day else None, f"{name}_precision": day.precision if day else ""}


def _span(row: Any) -> Fields:
    return _dated("since", row.since) | _dated("until", row.until)


def _date(day: Day | None) -> date | None:
    return day.date if day else None


def sources(data: Reference, _: Identifiers) -> Wanted:
    """Citations."""
    return {
        row.code: {
            "code": row.code,
            "kind": row.kind,
            "citation": row.citation,
            "as_of_date": _date(row.as_of),
            "note": row.note,
        }
        for row in data.sources
    }


def groups(data: Reference, ids: Identifiers) -> Wanted:
    """Regional groups."""
    return {row.code: {"code": row.code, "names": row.names, **ids.backing(row)} for row in data.groups}


def _current_names(names: Iterable[r.NameRow], kind: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in names:
        if row.kind == kind and row.until is None:
            found.setdefault(row.owner, {})[row.language] = row.name
    return found


def states(data: Reference, ids: Identifiers) -> Wanted:
    """States with their current names."""
    short, formal = (_current_names(data.state_names, kind) for kind in ("SHORT", "FORMAL"))
    return {
        row.iso3: {
            "iso3": row.iso3,
            "iso2": row.iso2,
            "m49": row.m49,
            "slug": row.iso3.lower(),
            "kind": row.kind,
            "names": short.get(row.iso3, {}),
            "formal_names": formal.get(row.iso3, {}),
            **ids.backing(row),
        }
        for row in data.states
    }


def state_names(data: Reference, ids: Identifiers) -> Wanted:
    """Names of States."""
    found = {}
    for row in data.state_names:
        state = ids.of(m.State, "iso3", row.owner)
        found[state, row.language, row.kind, row.name] = {
            "state_id": state,
            "language": row.language,
            "kind": row.kind,
            "name": row.name,
            **_span(row),
            **ids.backing(row),
        }
    return found


def state_groups(data: Reference, ids: Identifiers) -> Wanted:
    """States in regional groups."""
    found = {}
    for row in data.state_groups:
        state, group = ids.of(m.State, "iso3", row.state), ids.of(m.RegionalGroup, "code", row.group)
        values = {"state_id": state, "group_id": group, **_span(row), **ids.backing(row)}
        found[state, group, _date(row.since)] = values
    return found


def territories(data: Reference, ids: Identifiers) -> Wanted:
    """Territories."""
    names = _current_names(data.territory_names, "SHORT")
    return {
        row.code: {
            "code": row.code,
            "iso2": row.iso2,
            "m49": row.m49,
            "slug": row.code.lower(),
            "names": names.get(row.code, {}),
            **ids.backing(row),
        }
        for row in data.territories
    }


def territory_names(data: Reference, ids: Identifiers) -> Wanted:
    """Names of territories."""
    found = {}
    for row in data.territory_names:
        territory = ids.of(m.Territory, "code", row.owner)
        values = {"territory_id": territory, "language": row.language, "kind": row.kind, "name": row.name}
        found[territory, row.language, row.kind, row.name] = values | ids.backing(row)
    return found


def organisations(data: Reference, ids: Identifiers) -> Wanted:
    """Organisations."""
    return {
        row.code: {
            "code": row.code,
            "slug": slug_of(row.code),
            "kind": row.kind,
            "acronym": row.acronym,
            "names": row.names,
            **ids.backing(row),
        }
        for row in data.organisations
    }


def organisation_names(data: Reference, ids: Identifiers) -> Wanted:
    """Ways in which texts name organisations."""
    found = {}
    for row in data.organisation_names:
        owner = ids.of(m.Organisation, "code", row.owner)
        values = {"organisation_id": owner, "language": row.language, "surface": row.surface}
        found[owner, row.language, row.surface] = values
    return found


def instruments(data: Reference, ids: Identifiers) -> Wanted:
    """Instruments, without what they belong to: that is set by ``instrument_parents``."""
    return {
        row.code: {
            "code": row.code,
            "slug": slug_of(row.code),
            "kind": row.kind,
            "short_name": row.short_name,
            "names": row.names,
            "adopted_date": _date(row.adopted),
            "in_force_date": _date(row.in_force),
            **ids.backing(row),
        }
        for row in data.instruments
    }


def bodies(data: Reference, ids: Identifiers) -> Wanted:
    """Bodies, without the bodies they report to."""
    return {
        row.code: {
            "code": row.code,
            "slug": slug_of(row.code),
            "instrument_id": ids.optional(m.Instrument, "code", row.instrument),
            "symbol_stem": row.symbol_stem,
            "resolution_prefix": row.resolution_prefix,
            "names": row.names,
            **ids.backing(row),
        }
        for row in data.bodies
    }


def provisions(data: Reference, ids: Identifiers) -> Wanted:
    """Provisions in the order of the file, without their parents."""
    return {
        row.key: {
            "instrument_id": ids.of(m.Instrument, "code", row.instrument),
            "kind": row.kind,
            "number": row.number,
            "key": row.key,
            "slug": provision_slug(row.instrument, row.number),
            "position": position,
            "chapter": row.chapter,
            "titles": row.titles,
            "obligation": row.obligation,
            "review_cycle": row.cycle,
            "changed_date": _date(row.changed),
            **ids.backing(row),
        }
        for position, row in enumerate(data.provisions)
    }


def treaty_actions(data: Reference, ids: Identifiers) -> Wanted:
    """What States did about instruments."""
    found = {}
    for row in data.treaty_actions:
        instrument, state = ids.of(m.Instrument, "code", row.instrument), ids.of(m.State, "iso3", row.state)
        values = {"instrument_id": instrument, "state_id": state, "kind": row.kind, **_dated("action", row.day)}
        found[instrument, state, row.kind, _date(row.day)] = values | ids.backing(row)
    return found


def resolutions(data: Reference, ids: Identifiers) -> Wanted:
    """Resolutions that are known by title or date."""
    prefixes = {row.code: row.resolution_prefix for row in data.bodies}
    found = {}
    for row in data.resolutions:
        key = resolution_key(prefixes[row.body], row.number)
        found[key] = {
            "key": key,
            "slug": resolution_slug(key),
            "body_id": ids.of(m.Body, "code", row.body),
            "number": row.number,
            "kind": row.kind,
            "titles": row.titles,
            "adopted_date": _date(row.adopted),
            **ids.backing(row),
        }
    return found


def memberships(data: Reference, ids: Identifiers) -> Wanted:
    """States in mechanisms."""
    found = {}
    for row in data.memberships:
        mechanism, state = ids.of(m.Mechanism, "code", row.mechanism), ids.of(m.State, "iso3", row.state)
        kinds = {"since_kind": row.since_kind, "until_kind": row.until_kind}
        values = {"mechanism_id": mechanism, "state_id": state, **_span(row), **kinds, **ids.backing(row)}
        found[mechanism, state, _date(row.since)] = values
    return found


def printed_figures(data: Reference, ids: Identifiers) -> Wanted:
    """Counts that somebody printed."""
    found = {}
    for row in data.printed_figures:
        of_treaty = row.subject_kind == "INSTRUMENT"
        instrument = ids.of(m.Instrument, "code", row.subject) if of_treaty else None
        mechanism = None if of_treaty else ids.of(m.Mechanism, "code", row.subject)
        found[instrument, mechanism, row.counted, _date(row.at)] = {
            "instrument_id": instrument,
            "mechanism_id": mechanism,
            "counted": row.counted,
            "at_date": _date(row.at),
            "value": row.value,
            "source_id": ids.of(Source, "code", row.source),
            "note": row.note,
        }
    return found


def mechanisms(data: Reference, ids: Identifiers) -> Wanted:
    """Mechanisms without versions."""
    return {
        row.code: {
            "code": row.code,
            "slug": slug_of(row.code),
            "short_name": row.short_name,
            "names": row.names,
            "organisation_id": ids.of(m.Organisation, "code", row.organisation),
            "instrument_id": ids.optional(m.Instrument, "code", row.instrument),
            "rule": row.rule,
            **ids.backing(row),
        }
        for row in data.mechanisms
    }


def versions(data: Reference, ids: Identifiers) -> Wanted:
    """Versions of mechanisms."""
    found = {}
    for row in data.mechanisms:
        mechanism = ids.of(m.Mechanism, "code", row.code)
        for version in row.versions:
            values = {"mechanism_id": mechanism, "number": version.number, "term": version.term, **_span(version)}
            found[mechanism, version.number] = values | ids.backing(version)
    return found


def cycles(data: Reference, ids: Identifiers) -> Wanted:
    """Cycles of versions, without the provisions they cover."""
    stored = m.MechanismVersion.objects.values_list("mechanism__code", "number", "pk")
    version_ids = {(code, number): pk for code, number, pk in stored}
    found = {}
    for row in data.mechanisms:
        for version in row.versions:
            version_id = version_ids[row.code, version.number]
            for cycle in version.cycles:
                values = {"version_id": version_id, "number": cycle.number, **_span(cycle), **ids.backing(cycle)}
                found[version_id, cycle.number] = values
    return found


@dataclass(frozen=True, slots=True)
class Parts:
    """What rows of a model are part of: for each natural key that of the row above, empty where there is none."""

    model: Any
    key: str
    above: Mapping[str, str]


def parents(data: Reference) -> tuple[Parts, ...]:
    """What protocols, bodies and provisions are part of."""
    provisions = {row.key: f"{row.instrument} {row.parent}" if row.parent else "" for row in data.provisions}
    return (
        Parts(m.Instrument, "code", {row.code: row.parent for row in data.instruments}),
        Parts(m.Body, "code", {row.code: row.parent for row in data.bodies}),
        Parts(m.Provision, "key", provisions),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One model to be made equal to the reference data: the files it stands in, its rows and their key."""

    files: tuple[str, ...]
    model: Any
    wanted: Callable[[Reference, Identifiers], Mapping[Any, Fields]]
    key: Callable[[Any], Any]
    keep_others: bool = False


STEPS = (
    Step(("sources.csv",), Source, sources, lambda s: s.code, keep_others=True),
    Step(("regional_groups.csv",), m.RegionalGroup, groups, lambda s: s.code),
    Step(("states.csv", "state_names.csv"), m.State, states, lambda s: s.iso3),
    Step(("state_names.csv",), m.StateName, state_names, lambda s: (s.state_id, s.language, s.kind, s.name)),
    Step(("state_groups.csv",), m.StateGroup, state_groups, lambda s: (s.state_id, s.group_id, s.since_date)),
    Step(("territories.csv", "territory_names.csv"), m.Territory, territories, lambda s: s.code),
    Step(
        ("territory_names.csv",), m.TerritoryName, territory_names,
        lambda s: (s.territory_id, s.language, s.kind, s.name),
    ),
    Step(("organisations.csv",), m.Organisation, organisations, lambda s: s.code),
    Step(
        ("organisation_names.csv",), m.OrganisationName, organisation_names,
        lambda s: (s.organisation_id, s.language, s.surface),
    ),
    Step(("instruments.csv",), m.Instrument, instruments, lambda s: s.code),
    Step(("bodies.csv",), m.Body, bodies, lambda s: s.code),
    Step(("provisions.csv",), m.Provision, provisions, lambda s: s.key),
    Step(
        ("treaty_actions.csv",), m.TreatyAction, treaty_actions,
        lambda s: (s.instrument_id, s.state_id, s.kind, s.action_date),
    ),
    Step(("resolutions.csv", "bodies.csv"), m.Resolution, resolutions, lambda s: s.key, keep_others=True),
)  # fmt: skip
MECHANISM_STEPS = (
    Step((), m.Mechanism, mechanisms, lambda s: s.code),
    Step((), m.MechanismVersion, versions, lambda s: (s.mechanism_id, s.number)),
    Step((), m.Cycle, cycles, lambda s: (s.version_id, s.number)),
)
LAST_STEPS = (
    Step(
        ("memberships.csv",), m.Membership, memberships, lambda s: (s.mechanism_id, s.state_id, s.since_date)
    ),
    Step(
        ("printed_figures.csv",), m.PrintedFigure, printed_figures,
        lambda s: (s.instrument_id, s.mechanism_id, s.counted, s.at_date),
    ),
)  # fmt: skip
