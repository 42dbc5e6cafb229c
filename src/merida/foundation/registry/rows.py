"""The rows of the reference data as values. Every fact carries the code of its source and its confidence.

Confidence: SOURCED stands in the source named; UNVERIFIED is supported by it only in part (the set but not
the day, the English title but not the others) or weakly remembered; RECALLED comes from memory alone.
"""

from dataclasses import dataclass, field

from merida.foundation.registry.days import Day

Texts = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backed:
    """What every fact says about where it comes from."""

    source: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A citation that rows refer to by ``code``."""

    code: str
    kind: str
    citation: str
    as_of: Day | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow(Backed):
    """A regional group of States."""

    code: str
    names: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow(Backed):
    """A State or the European Union, by its ISO 3166-1 code of three letters."""

    iso3: str
    iso2: str
    m49: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow(Backed):
    """A name of a State or territory: SHORT and FORMAL are shown, ALIAS is only recognised."""

    owner: str
    language: str
    kind: str
    name: str
    since: Day | None = None
    until: Day | None = None
    blocked_before: tuple[str, ...] = ()
    blocked_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMembershipRow(Backed):
    """A State in a regional group; ``since`` None means from the beginning or not known."""

    state: str
    group: str
    since: Day | None
    until: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryRow(Backed):
    """A territory that documents name; never counted as a State."""

    code: str
    iso2: str
    m49: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow(Backed):
    """An organisation, network, initiative or platform that documents name."""

    code: str
    kind: str
    acronym: str
    names: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceRow:
    """A way in which a text names an organisation or instrument."""

    owner: str
    language: str
    surface: str
    blocked_before: tuple[str, ...] = ()
    blocked_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow(Backed):
    """A body that adopts resolutions or issues documents, with the beginning of its symbols."""

    code: str
    parent: str
    symbol_stem: str
    resolution_prefix: str
    instrument: str
    names: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRow(Backed):
    """A treaty or protocol; ``parent`` is the treaty that a protocol belongs to."""

    code: str
    kind: str
    parent: str
    adopted: Day | None
    in_force: Day | None
    short_name: str
    names: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionRow(Backed):
    """A chapter, article, paragraph or sub-paragraph; ``number`` as cited: ``chapter II``, ``13(1)(c)``."""

    instrument: str
    number: str
    kind: str
    parent: str
    chapter: str
    titles: Texts
    obligation: str
    cycle: str
    changed: Day | None

    @property
    def key(self) -> str:
        """The name that mentions use: ``UNCAC 13(1)(c)``."""
        return f"{self.instrument} {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyActionRow(Backed):
    """What a State did about an instrument; ``day`` None means done, day not known."""

    instrument: str
    state: str
    kind: str
    day: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRow(Backed):
    """A State in a mechanism; the kinds say what the two dates are the dates of.

    ``until_kind`` without ``until`` means: ended, day not known.
    """

    mechanism: str
    state: str
    since: Day | None
    since_kind: str
    until: Day | None
    until_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFigureRow:
    """A count that somebody printed: PARTIES or SIGNATORIES of an instrument, MEMBERS of a mechanism."""

    subject_kind: str
    subject: str
    counted: str
    at: Day | None
    value: int
    source: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionRow(Backed):
    """The identity of a resolution or decision: body and number."""

    body: str
    number: str
    kind: str
    titles: Texts
    adopted: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRow(Backed):
    """A cycle, round, phase or cluster of a mechanism and the provisions it covers."""

    number: int
    since: Day | None = None
    until: Day | None = None
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow(Backed):
    """The rules of a mechanism in one period; ``term`` is what its cycles are called."""

    number: int
    term: str
    since: Day | None
    until: Day | None
    cycles: tuple[CycleRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismRow(Backed):
    """A review mechanism. ``rule`` PARTIES: every party to ``instrument``; MEMBERS: those listed."""

    code: str
    short_name: str
    organisation: str
    instrument: str
    rule: str
    names: Texts
    versions: tuple[VersionRow, ...] = field(default=())
