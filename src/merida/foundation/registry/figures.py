"""Counts over the registry on any day: parties, members, participation, and printed figures held against ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import OperationalError, ProgrammingError
from django.db.models import Prefetch, QuerySet

from merida.foundation.changes.remembering import remembered
from merida.foundation.registry.models import (
    Cycle,
    LoadedFile,
    Mechanism,
    MechanismVersion,
    Membership,
    PrintedFigure,
    TreatyAction,
)
from merida.foundation.registry.participation import FIRST, OTHERS, Participation, Stay, members_on, participation
from merida.foundation.registry.treaty_status import CONSENT_KINDS, Act, parties, signatories, year_ends


@dataclass(frozen=True, slots=True)
class YearCount:
    """The number of parties on the last day of a year."""

    year: int
    count: int


@dataclass(frozen=True, slots=True)
class FigureCompared:
    """A printed figure beside ours; ``ours`` None: our table lists nobody for that subject."""

    printed: PrintedFigure
    ours: int | None

    @property
    def difference(self) -> int | None:
        """Ours less the printed one; None where we have none."""
        return None if self.ours is None else self.ours - self.printed.value

    @property
    def agrees(self) -> bool:
        """Whether both are the same number."""
        return self.difference == 0


@dataclass(frozen=True, slots=True)
class Support:
    """How well a count is supported: how many of the acts behind it stand in a source."""

    count: int
    sourced: int

    @property
    def is_unverified(self) -> bool:
        """Whether any act behind the count is not sourced."""
        return self.sourced < self.count


def support_of(confidences: Iterable[str]) -> Support:
    """Count how many of the facts behind a count are sourced."""
    known = list(confidences)
    return Support(len(known), sum(confidence == "SOURCED" for confidence in known))


def _acts(instruments: Iterable[str]) -> dict[str, list[Act]]:
    """Acts by instrument code; 1 query."""
    acts: dict[str, list[Act]] = {code: [] for code in instruments}
    rows = TreatyAction.objects.filter(instrument__code__in=list(acts))
    for code, state, kind, day in rows.values_list("instrument__code", "state__iso3", "kind", "action_date"):
        acts[code].append(Act(state, kind, day))
    return acts


def parties_at(instrument: str, at: date) -> frozenset[str]:
    """ISO codes of the parties to an instrument (by code) on a day, the European Union included; 1 query."""
    return parties(_acts([instrument])[instrument], at)


def party_count_at(instrument: str, at: date) -> int:
    """How many parties an instrument has on a day; 1 query."""
    return len(parties_at(instrument, at))


def parties_listed(instrument: str, at: date) -> QuerySet[TreatyAction]:
    """The acts of consent of the parties on a day, with State and source, by date."""
    bound = parties_at(instrument, at)
    found = TreatyAction.objects.filter(instrument__code=instrument, kind__in=CONSENT_KINDS, state__iso3__in=bound)
    return found.exclude(action_date__gt=at).select_related("state", "source").order_by("action_date", "state__iso3")


@dataclass(frozen=True, slots=True)
class Consent:
    """A party's act of consent in brief."""

    state: str  # ISO code
    day: date | None
    confidence: str


@remembered
def consents_at(instrument: str, at: date) -> tuple[Consent, ...]:
    """The acts of consent of the parties on a day in brief, as ``parties_listed`` lists them; 2 queries, remembered."""
    rows = parties_listed(instrument, at).values_list("state__iso3", "action_date", "confidence")
    return tuple(Consent(state, day, confidence) for state, day, confidence in rows)


def support_of_parties(instrument: str, at: date) -> Support:
    """How many parties on a day, and for how many of them the act of consent stands in a source; 2 queries."""
    return support_of(parties_listed(instrument, at).values_list("confidence", flat=True))


def count_series(instrument: str, *, until: date) -> tuple[YearCount, ...]:
    """Parties at the end of each year from the first deposit on, the running year counted at ``until``; 1 query."""
    acts = _acts([instrument])[instrument]
    days = [act.day for act in acts if act.day and act.kind in CONSENT_KINDS]
    if not days or min(days) > until:
        return ()
    whole = [YearCount(year, count) for year, count in year_ends(acts, first=min(days).year, last=until.year - 1)]
    return (*whole, YearCount(until.year, len(parties(acts, until))))


def mechanisms_list() -> QuerySet[Mechanism]:
    """Mechanisms with organisation, instrument, versions and their cycles; 4 queries at any number."""
    cycles = Prefetch(
        "cycles", Cycle.objects.select_related("source").order_by("number").prefetch_related("provisions")
    )
    versions = MechanismVersion.objects.select_related("source").order_by("number").prefetch_related(cycles)
    found = Mechanism.objects.select_related("organisation", "instrument", "source").order_by("code")
    return found.prefetch_related(Prefetch("versions", versions))


@remembered
def mechanisms_known() -> tuple[Mechanism, ...]:
    """All of ``mechanisms_list``, remembered."""
    return tuple(mechanisms_list())


def mechanism_by_slug(slug: str) -> Mechanism | None:
    """The mechanism of this address; None where there is none."""
    return mechanisms_list().filter(slug=slug).first()


def cycles_of(mechanism: Mechanism) -> list[Cycle]:
    """Cycles of all versions in order; no query after ``mechanisms_list``."""
    return [cycle for version in mechanism.versions.all() for cycle in version.cycles.all()]


def _stays(mechanisms: Iterable[str]) -> list[Stay]:
    rows = Membership.objects.filter(mechanism__code__in=list(mechanisms))
    values = rows.values_list("state__iso3", "mechanism__code", "since_date", "until_date", "until_kind")
    return [Stay(state, code, since, until, bool(kind)) for state, code, since, until, kind in values]


def members_at(mechanism: Mechanism, at: date) -> frozenset[str]:
    """ISO codes of those who take part on a day: the members listed or every party to the instrument; 1 query."""
    if mechanism.rule == "PARTIES" and mechanism.instrument is not None:
        return parties_at(mechanism.instrument.code, at)
    return members_on(_stays([mechanism.code]), mechanism.code, at)


def mechanisms_of_states(at: date) -> dict[str, tuple[str, ...]]:
    """For every State that takes part in any mechanism on a day: the codes of those mechanisms; 3 queries."""
    mechanisms = list(Mechanism.objects.select_related("instrument").order_by("code"))
    acts = _acts({m.instrument.code for m in mechanisms if m.instrument and m.rule == "PARTIES"})
    stays = _stays(m.code for m in mechanisms)
    found: dict[str, tuple[str, ...]] = {}
    for one in mechanisms:
        by_treaty = one.rule == "PARTIES" and one.instrument is not None
        states = parties(acts[one.instrument.code], at) if by_treaty else members_on(stays, one.code, at)  # type: ignore[union-attr]
        for state in states:
            found[state] = (*found.get(state, ()), one.code)
    return found


def support_of_memberships(mechanisms: Iterable[str], at: date) -> dict[str, Support]:
    """For each mechanism of listed members: how many on a day, and how many of them stand in a source; 1 query."""
    codes = list(mechanisms)
    rows = Membership.objects.filter(mechanism__code__in=codes).exclude(since_date__gt=at).exclude(until_date__lte=at)
    rows = rows.exclude(until_kind="UNKNOWN", until_date__isnull=True)
    found = list(rows.values_list("mechanism__code", "confidence"))
    return {code: support_of(confidence for one, confidence in found if one == code) for code in codes}


def participation_at(at: date) -> Participation:
    """States in one, two, three and four of the reviews of UNCAC, OECD, GRECO and MESICIC on a day; 3 queries."""
    instrument = Mechanism.objects.filter(code=FIRST).values_list("instrument__code", flat=True).first()
    return participation(parties_at(instrument or "UNCAC", at), _stays(OTHERS), at)


def is_loaded() -> bool:
    """Whether the database holds reference data; False too where it has no tables yet."""
    try:
        return LoadedFile.objects.exists()
    except (OperationalError, ProgrammingError):
        return False


def printed_figures_compared() -> tuple[FigureCompared, ...]:
    """Every printed figure beside ours, with its source; 3 queries."""
    printed = PrintedFigure.objects.select_related("instrument", "mechanism", "source")
    rows = list(printed.order_by("instrument__code", "mechanism__code", "counted", "at_date"))
    acts = _acts({row.instrument.code for row in rows if row.instrument})
    stays = _stays({row.mechanism.code for row in rows if row.mechanism})
    return tuple(FigureCompared(row, _ours(row, acts, stays)) for row in rows)


def _ours(row: PrintedFigure, acts: dict[str, list[Act]], stays: list[Stay]) -> int | None:
    if row.mechanism is not None:
        return len(members_on(stays, row.mechanism.code, row.at_date)) or None
    known = acts[row.instrument.code] if row.instrument else []
    if not known:
        return None
    return len((signatories if row.counted == "SIGNATORIES" else parties)(known, row.at_date))
