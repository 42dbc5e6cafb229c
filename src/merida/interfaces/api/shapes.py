"""Rows of the registry as the API shows them: each fact with its source and its confidence."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ninja import Schema

from merida.foundation.registry import models
from merida.foundation.registry.figures import FigureCompared
from merida.foundation.sources.models import Source, Sourced
from merida.interfaces.api.answers import TextInLanguages


class Fact(Schema):
    """How a fact is supported. Everything but ``SOURCED`` is unverified."""

    source: str
    confidence: str
    note: str


class SourceOut(Schema):
    """A citation that facts refer to by its code."""

    code: str
    kind: str
    citation: str
    as_of: dt.date | None
    note: str


class GroupOut(Fact):
    """A stay in a regional group; no start: from the beginning, or not known."""

    group: str
    since: dt.date | None
    until: dt.date | None


class StateOut(Fact):
    """A State, or the European Union (kind ``REGIONAL_ORGANIZATION``, in no group)."""

    code: str
    iso2: str
    m49: str | None
    kind: str
    names: TextInLanguages
    formal_names: TextInLanguages
    groups: list[GroupOut]


class StateNameOut(Fact):
    """A name of a State in one language, valid from ``since`` until before ``until``."""

    state: str
    language: str
    kind: str
    name: str
    since: dt.date | None
    until: dt.date | None


class RegionalGroupOut(Fact):
    """A regional group."""

    code: str
    names: TextInLanguages


class TerritoryNameOut(Fact):
    """A name of a territory in one language."""

    territory: str
    language: str
    kind: str
    name: str


class OrganisationNameOut(Schema):
    """A way in which texts in a language name an organization."""

    organisation: str
    language: str
    name: str


class TerritoryOut(Fact):
    """A territory that documents name; no statement about its status."""

    code: str
    names: TextInLanguages


class InstrumentOut(Fact):
    """A treaty or protocol."""

    code: str
    kind: str
    short_name: str
    names: TextInLanguages
    adopted: dt.date | None
    in_force: dt.date | None


class ProvisionOut(Fact):
    """A chapter, article, paragraph or sub-paragraph."""

    key: str
    slug: str
    instrument: str
    parent: str | None
    kind: str
    number: str
    titles: TextInLanguages
    obligation: str | None
    review_cycle: str | None
    changed: dt.date | None


class TreatyActionOut(Fact):
    """What a State did about an instrument; ``precision`` says whether day, month or year of the date is known."""

    instrument: str
    state: str
    kind: str
    date: dt.date | None
    precision: str | None


class MembershipOut(Fact):
    """A listed membership of a mechanism; the kinds say what the dates are the dates of."""

    mechanism: str
    state: str
    since: dt.date | None
    since_kind: str
    until: dt.date | None
    until_kind: str | None


class CycleOut(Fact):
    """A cycle, round or phase and the provisions it covers."""

    number: int
    term: str
    since: dt.date | None
    until: dt.date | None
    provisions: list[str]


class MechanismOut(Fact):
    """A review mechanism with its cycles."""

    code: str
    short_name: str
    names: TextInLanguages
    organisation: str
    instrument: str | None
    participation: str
    cycles: list[CycleOut]


class OrganisationOut(Fact):
    """An organization, network or initiative that documents name."""

    code: str
    kind: str
    acronym: str | None
    names: TextInLanguages


class BodyOut(Fact):
    """A body that issues documents and may adopt resolutions."""

    code: str
    parent: str | None
    symbol_stem: str
    resolution_prefix: str | None
    names: TextInLanguages


class ResolutionOut(Fact):
    """The identity of a resolution or decision."""

    key: str
    slug: str
    body: str | None
    number: str
    kind: str
    titles: TextInLanguages
    adopted: dt.date | None


class PrintedFigureOut(Schema):
    """A count that somebody printed beside the one our table gives for that day."""

    subject: str
    counted: str
    at: dt.date
    printed: int
    ours: int | None
    difference: int | None
    source: str
    note: str


def fact(row: Sourced) -> dict[str, Any]:
    """Return source, confidence and note of a fact."""
    return {"source": row.source.code, "confidence": row.confidence, "note": row.note}


def source_out(row: Source) -> dict[str, Any]:
    """Return a citation."""
    return {"code": row.code, "kind": row.kind, "citation": row.citation, "as_of": row.as_of_date, "note": row.note}


def state_out(row: models.State, stays: Iterable[models.StateGroup] | None = None) -> dict[str, Any]:
    """Return a State with its groups, which are prefetched by ``states_list`` where they are not given."""
    groups = [
        fact(stay) | {"group": stay.group.code, "since": stay.since_date, "until": stay.until_date}
        for stay in (row.groups.all() if stays is None else stays)
    ]
    own = {"code": row.iso3, "iso2": row.iso2, "m49": row.m49 or None, "kind": row.kind}
    return own | {"names": row.names, "formal_names": row.formal_names, "groups": groups} | fact(row)


def state_name_out(row: models.StateName) -> dict[str, Any]:
    """Return a name."""
    span = {"since": row.since_date, "until": row.until_date}
    return {"state": row.state.iso3, "language": row.language, "kind": row.kind, "name": row.name} | span | fact(row)


def regional_group_out(row: models.RegionalGroup) -> dict[str, Any]:
    """Return a regional group."""
    return {"code": row.code, "names": row.names} | fact(row)


def territory_name_out(row: models.TerritoryName) -> dict[str, Any]:
    """Return a name of a territory."""
    return {"territory": row.territory.code, "language": row.language, "kind": row.kind, "name": row.name} | fact(row)


def organisation_name_out(row: models.OrganisationName) -> dict[str, Any]:
    """Return a name of an organization."""
    return {"organisation": row.organisation.code, "language": row.language, "name": row.surface}


def territory_out(row: models.Territory) -> dict[str, Any]:
    """Return a territory."""
    return {"code": row.code, "names": row.names} | fact(row)


def instrument_out(row: models.Instrument) -> dict[str, Any]:
    """Return an instrument."""
    named = {"code": row.code, "kind": row.kind, "short_name": row.short_name, "names": row.names}
    return named | {"adopted": row.adopted_date, "in_force": row.in_force_date} | fact(row)


def provision_out(row: models.Provision) -> dict[str, Any]:
    """Return a provision."""
    return {
        "key": row.key,
        "slug": row.slug,
        "instrument": row.instrument.code,
        "parent": row.parent.key if row.parent else None,
        "kind": row.kind,
        "number": row.number,
        "titles": row.titles,
        "obligation": row.obligation or None,
        "review_cycle": row.review_cycle or None,
        "changed": row.changed_date,
    } | fact(row)


def treaty_action_out(row: models.TreatyAction) -> dict[str, Any]:
    """Return a treaty action."""
    when: dict[str, Any] = {"date": row.action_date, "precision": row.action_precision or None}
    return {"instrument": row.instrument.code, "state": row.state.iso3, "kind": row.kind} | when | fact(row)


def membership_out(row: models.Membership) -> dict[str, Any]:
    """Return a membership."""
    return {
        "mechanism": row.mechanism.code,
        "state": row.state.iso3,
        "since": row.since_date,
        "since_kind": row.since_kind,
        "until": row.until_date,
        "until_kind": row.until_kind or None,
    } | fact(row)


def mechanism_out(row: models.Mechanism) -> dict[str, Any]:
    """Return a mechanism with its cycles (prefetched by ``mechanisms_list``)."""
    cycles = [
        {
            "number": cycle.number,
            "term": version.term,
            "since": cycle.since_date,
            "until": cycle.until_date,
            "provisions": [provision.key for provision in cycle.provisions.all()],
        }
        | fact(cycle)
        for version in row.versions.all()
        for cycle in version.cycles.all()
    ]
    return {
        "code": row.code,
        "short_name": row.short_name,
        "names": row.names,
        "organisation": row.organisation.code,
        "instrument": row.instrument.code if row.instrument else None,
        "participation": row.rule,
        "cycles": cycles,
    } | fact(row)


def organisation_out(row: models.Organisation) -> dict[str, Any]:
    """Return an organisation."""
    named = {"code": row.code, "kind": row.kind, "acronym": row.acronym or None, "names": row.names}
    return named | fact(row)


def body_out(row: models.Body) -> dict[str, Any]:
    """Return a body."""
    parent = row.parent.code if row.parent else None
    stem = {"symbol_stem": row.symbol_stem, "resolution_prefix": row.resolution_prefix or None}
    return {"code": row.code, "parent": parent, "names": row.names} | stem | fact(row)


def resolution_out(row: models.Resolution) -> dict[str, Any]:
    """Return a resolution."""
    identity = {"key": row.key, "slug": row.slug, "body": row.body.code if row.body else None, "number": row.number}
    return identity | {"kind": row.kind, "titles": row.titles, "adopted": row.adopted_date} | fact(row)


def printed_figure_out(row: FigureCompared) -> Mapping[str, Any]:
    """Return a printed figure beside ours."""
    printed = row.printed
    subject = printed.instrument or printed.mechanism
    return {
        "subject": subject.code if subject else "",
        "counted": printed.counted,
        "at": printed.at_date,
        "printed": printed.value,
        "ours": row.ours,
        "difference": row.difference,
        "source": printed.source.code,
        "note": printed.note,
    }
