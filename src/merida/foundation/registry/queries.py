"""Reads of the registry: States, instruments, provisions, organisations and resolutions.

Everything here is public. Querysets can be filtered and sliced further; each comes with what its rows need, so that
showing a list costs no further query. Counts, mechanisms and participation are in ``figures``.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from merida.foundation.changes.prepared import found_where, prepared
from merida.foundation.changes.remembering import remembered, remembered_each
from merida.foundation.registry.models import (
    Body,
    Instrument,
    Membership,
    Organisation,
    OrganisationName,
    Provision,
    RegionalGroup,
    Resolution,
    State,
    StateGroup,
    StateName,
    Territory,
    TerritoryName,
    TreatyAction,
)
from merida.foundation.registry.models.instruments import ProvisionKind
from merida.foundation.sources.languages import LANGUAGES
from merida.foundation.sources.models import Source

_UNSHOWN = ("source__uuid", "source__as_of_date", "source__note")  # of a source, where a fact names it


def _valid_on(at: date) -> Q:
    """Rows whose span holds the day ``at``; the day of the end is no longer in it."""
    begun = Q(since_date__isnull=True) | Q(since_date__lte=at)
    return begun & (Q(until_date__isnull=True) | Q(until_date__gt=at))


def states_list(*, group: str = "", kinds: Collection[str] = ()) -> QuerySet[State]:
    """States by ISO code with their groups (``state.groups.all()``, each with ``group``); 2 queries.

    ``group`` is the code of a regional group, ``kinds`` are StateKind values; empty means all.
    """
    found = State.objects.select_related("source").order_by("iso3")
    if group:
        found = found.filter(groups__group__code=group, groups__until_date__isnull=True)
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.prefetch_related(Prefetch("groups", StateGroup.objects.select_related("group", "source")))


def state_by_slug(slug: str) -> State | None:
    """The State of this address (three letters in small); None where there is none. 1 query, its groups apart."""
    return next(iter(_states_at(slug)), None)


@prepared(str)
def _states_at(slug: str) -> QuerySet[State]:
    return State.objects.select_related("source").filter(slug=slug).order_by()


@prepared(int)
def _stays_in_groups(state: int) -> QuerySet[StateGroup]:
    return StateGroup.objects.filter(state=state).select_related("group", "source")


def stays_in_groups(state: State) -> list[StateGroup]:
    """The stays of a State in regional groups, each with its group and source; 1 query."""
    return _stays_in_groups(state.pk)


def states_by_code(codes: Iterable[str]) -> dict[str, State]:
    """States by ISO code of three letters; unknown codes are left out. 1 query."""
    return {state.iso3: state for state in State.objects.filter(iso3__in=set(codes))}


def group_among(stays: Iterable[StateGroup], at: date) -> StateGroup | None:
    """The one of a State's stays in regional groups that holds a day, with its source; none where there is none."""
    for stay in stays:
        if (stay.since_date is None or stay.since_date <= at) and (stay.until_date is None or stay.until_date > at):
            return stay
    return None


@dataclass(frozen=True, slots=True)
class StateInBrief:
    """A State as a map needs it: code, kind (StateKind) and names in six languages."""

    iso3: str
    kind: str
    names: dict[str, str]


@remembered
def states_in_brief() -> tuple[StateInBrief, ...]:
    """Every State by ISO code. 1 query, remembered."""
    rows = State.objects.order_by("iso3").values_list("iso3", "kind", "names")
    return tuple(StateInBrief(iso3, kind, names) for iso3, kind, names in rows)


@remembered
def groups_on(at: date) -> dict[str, str]:
    """Codes of the regional groups of a day, by ISO code of the State; 1 query, remembered."""
    stays = StateGroup.objects.filter(_valid_on(at)).order_by("-pk")  # of two, the one that ``group_among`` takes stays
    return dict(stays.values_list("state__iso3", "group__code"))


@remembered
def amended_provisions() -> dict[str, date]:
    """Days on which provisions were last amended, by key, of those where a day is recorded; 1 query, remembered."""
    amended = Provision.objects.filter(changed_date__isnull=False).values_list("key", "changed_date")
    return {key: day for key, day in amended if day is not None}


def names_list(state: int) -> QuerySet[StateName]:
    """Names of a State with dates and source: short names first, aliases last; the newest first, undated last."""
    return (
        StateName.objects.filter(state=state)
        .select_related("source")
        .order_by("language", "-kind", F("since_date").desc(nulls_last=True), "name")
    )


def names_of(state: State) -> list[StateName]:
    """Every name of a State, as ``names_list`` has them; 1 query."""
    return _names_of(state.pk)


@prepared(int)
def _names_of(state: int) -> QuerySet[StateName]:
    return names_list(state).defer(*_UNSHOWN)


def regional_groups() -> QuerySet[RegionalGroup]:
    """The regional groups."""
    return RegionalGroup.objects.select_related("source").order_by("code")


@remembered
def regional_groups_known() -> tuple[RegionalGroup, ...]:
    """All of ``regional_groups``, remembered."""
    return tuple(regional_groups())


def territories_list() -> QuerySet[Territory]:
    """Territories that documents name."""
    return Territory.objects.select_related("source").order_by("code")


def organisations_list(*, kind: str = "") -> QuerySet[Organisation]:
    """Organisations by code."""
    found = Organisation.objects.select_related("source").order_by("code")
    return found.filter(kind=kind) if kind else found


def organisation_by_slug(slug: str) -> Organisation | None:
    """The organisation of this address; None where there is none."""
    return organisations_list().filter(slug=slug).first()


def bodies_list() -> QuerySet[Body]:
    """Bodies with the body they report to and their instrument."""
    return Body.objects.select_related("parent", "instrument", "source").order_by("code")


@remembered
def bodies_known() -> tuple[Body, ...]:
    """All of ``bodies_list``, remembered."""
    return tuple(bodies_list())


def instruments_list() -> QuerySet[Instrument]:
    """Instruments, the newest first."""
    return Instrument.objects.select_related("parent", "source").order_by(
        F("adopted_date").desc(nulls_last=True), "code"
    )


def instrument_by_slug(slug: str) -> Instrument | None:
    """The instrument of this address; None where there is none."""
    return instruments_list().filter(slug=slug).first()


def provisions_list(*, instrument: str = "", kinds: Collection[str] = ()) -> QuerySet[Provision]:
    """Provisions in the order of their instruments' text; ``instrument`` is a code, ``kinds`` ProvisionKind values."""
    found = Provision.objects.select_related("instrument", "parent", "source")
    if instrument:
        found = found.filter(instrument__code=instrument)
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.order_by("instrument__code", "position")


def provision_by_slug(slug: str) -> Provision | None:
    """The provision of this address (``uncac/13-1-c``); None where there is none."""
    return next(iter(_provisions_at(slug)), None)


@prepared(str)
def _provisions_at(slug: str) -> QuerySet[Provision]:
    return provisions_list().filter(slug=slug).order_by().defer(*_UNSHOWN)


def provisions_matching(words: str, *, limit: int = 20) -> list[Provision]:
    """Return the provisions whose key or title has all the words, those named by them first. 1 query."""
    wanted = words.split()[:8]
    found = provisions_list(kinds=[kind for kind in ProvisionKind.values if kind != ProvisionKind.CHAPTER])
    for word in wanted:
        titles = (Q(**{f"titles__{code}__icontains": word}) for code in LANGUAGES)
        found = found.filter(reduce(or_, titles, Q(key__icontains=word)))
    said = " ".join(wanted).casefold()

    def nearness(one: Provision) -> int:
        key = one.key.casefold()
        return 0 if key == said else 1 if key.startswith(said) else 2

    return sorted(found[: 20 * limit], key=nearness)[:limit] if wanted else []


def provisions_around(key: str) -> tuple[list[str], list[str]]:
    """Return the keys right above a provision, chapters left out, and right under it. 2 queries."""
    above = Provision.objects.filter(parts__key=key).exclude(kind=ProvisionKind.CHAPTER)
    below = Provision.objects.filter(parent__key=key).order_by("position")
    return list(above.values_list("key", flat=True)), list(below.values_list("key", flat=True))


def provision_keys() -> frozenset[str]:
    """Return the keys of all provisions. 1 query."""
    return frozenset(Provision.objects.values_list("key", flat=True))


def provision_line(provision: Provision) -> list[Provision]:
    """The provision with all above it, chapter first; at most 3 queries."""
    line = [provision]
    while line[0].parent is not None:
        line.insert(0, line[0].parent)
    return line


def parts_of(provision: Provision) -> list[Provision]:
    """The provisions right under one, in order; 1 query."""
    return _parts_of(provision.pk)


@prepared(int)
def _parts_of(parent: int) -> QuerySet[Provision]:
    found = Provision.objects.filter(parent=parent).select_related("source").order_by("position")
    return found.only("kind", "number", "key", "slug", "titles", "confidence", "note", "source__citation")


def resolutions_list(*, body: str = "", kind: str = "") -> QuerySet[Resolution]:
    """Resolutions and decisions by body and number; ``body`` is a code."""
    found = Resolution.objects.select_related("body", "source")
    if body:
        found = found.filter(body__code=body)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("body__code", "key")


def sources_list() -> QuerySet[Source]:
    """Every citation."""
    return Source.objects.order_by("code")


def treaty_actions_list(
    *, instrument: str = "", state: str = "", kinds: Collection[str] = ()
) -> QuerySet[TreatyAction]:
    """Treaty actions by date with State, instrument and source; ``instrument`` and ``state`` are codes."""
    found = TreatyAction.objects.select_related("instrument", "state", "source")
    if instrument:
        found = found.filter(instrument__code=instrument)
    if state:
        found = found.filter(state__iso3=state)
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.order_by("action_date", "instrument__code", "state__iso3", "kind")


def treaty_actions_of(state: State) -> list[TreatyAction]:
    """What a State did about every instrument, by date, with source; 1 query."""
    return _actions_of(state.iso3)


@prepared(str)
def _actions_of(code: str) -> QuerySet[TreatyAction]:
    found = treaty_actions_list(state=code).select_related(None).select_related("instrument", "source")
    return found.defer("instrument__uuid", "instrument__note", *_UNSHOWN)


def memberships_list(*, mechanism: str = "", state: str = "", at: date | None = None) -> QuerySet[Membership]:
    """Listed memberships with mechanism, State and source; ``at`` keeps those of that day.

    Parties to a Convention whose review takes in every party are not listed here: see ``figures.members_at``.
    """
    found = Membership.objects.select_related("mechanism", "state", "source")
    if mechanism:
        found = found.filter(mechanism__code=mechanism)
    if state:
        found = found.filter(state__iso3=state)
    if at is not None:
        found = found.filter(_valid_on(at)).exclude(until_kind="UNKNOWN", until_date__isnull=True)
    return found.order_by("mechanism__code", "state__iso3", "since_date")


def memberships_of(state: State, at: date | None = None) -> list[Membership]:
    """Listed memberships of a State, on a day or all of them; 1 query."""
    return _memberships_of(state.iso3) if at is None else list(memberships_list(state=state.iso3, at=at))


@prepared(str)
def _memberships_of(code: str) -> QuerySet[Membership]:
    found = memberships_list(state=code).select_related(None).select_related("mechanism", "source")
    return found.defer("mechanism__uuid", "mechanism__note", *_UNSHOWN)


@dataclass(frozen=True, slots=True)
class Named:
    """What a mention leads to: kind, key, address inside its kind, and names in six languages."""

    kind: str
    key: str
    slug: str
    names: dict[str, str]


@remembered_each
def named(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Named]:
    """What the keys of mentions lead to, for STATE, TERRITORY, ORGANISATION, PROVISION, CHAPTER and RESOLUTION.

    ``keys`` are pairs of kind and key as mentions carry them. At most one query per kind that occurs, remembered; keys
    that the registry does not hold are left out.
    """
    wanted: dict[str, set[str]] = {}
    for kind, key in keys:
        wanted.setdefault(kind, set()).add(key)
    found: dict[tuple[str, str], Named] = {}
    for kind, codes in wanted.items():
        if kind in _NAMED:
            read, key_field = _NAMED[kind]
            rows = found_where(read, Q(**{f"{key_field}__in": sorted(codes)}))
            found.update({(kind, key): Named(kind, key, slug, names) for key, slug, names in rows})
    return found


def _reading(model: Any, key_field: str, names_field: str) -> tuple[Callable[[Q], QuerySet[Any, Any]], str]:
    def read(condition: Q) -> QuerySet[Any, Any]:
        return model.objects.filter(condition).values_list(key_field, "slug", names_field)  # type: ignore[no-any-return]

    return read, key_field


_OF_PROVISION = _reading(Provision, "key", "titles")
_NAMED = {
    "STATE": _reading(State, "iso3", "names"),
    "TERRITORY": _reading(Territory, "code", "names"),
    "ORGANISATION": _reading(Organisation, "code", "names"),
    "PROVISION": _OF_PROVISION,
    "CHAPTER": _OF_PROVISION,
    "RESOLUTION": _reading(Resolution, "key", "titles"),
}


def all_names() -> QuerySet[StateName]:
    """Every name of every State with dates and source."""
    return StateName.objects.select_related("state", "source").order_by("state__iso3", "language", "kind", "name")


def all_territory_names() -> QuerySet[TerritoryName]:
    """Every name of every territory with source."""
    return TerritoryName.objects.select_related("territory", "source").order_by(
        "territory__code", "language", "kind", "name"
    )


def all_organisation_names() -> QuerySet[OrganisationName]:
    """Every way in which texts name an organisation."""
    return OrganisationName.objects.select_related("organisation").order_by("organisation__code", "language", "surface")
