"""What of a State's earlier answers is offered at a question, and how. No answer is ever taken over without a person.

The order of the decision: whose answer it is, the mapping and its direction, the kind of question, how old the answer
is. Each step can only lower what the one before allowed.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Final

from merida.rules.crosswalk.consistency import Item
from merida.rules.crosswalk.relations import SAME, Relation, inverse
from merida.rules.crosswalk.scope import Carry, Kind, holds_for, most
from merida.rules.crosswalk.staleness import Circumstances, Sign, age_in_months, signs_of_age


class Strength(IntEnum):
    """How sure people are of a mapping."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


class Reuse(StrEnum):
    """What a mapping allows at most in one direction: facts as a draft, a suggestion, a link, nothing."""

    FACTS = "FACTS"
    SUGGEST = "SUGGEST"
    LINK = "LINK"
    INDEX = "INDEX"
    NONE = "NONE"


# Whether what the source asks covers all that the target asks: the source is the same, or wider.
COVERING: Final = SAME | {Relation.SUPERSET}
_MOST: Final = {Reuse.FACTS: Carry.DRAFT, Reuse.SUGGEST: Carry.SUGGEST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """A mapping read from an earlier answer's provisions (``sources``) to those of the question (``targets``)."""

    code: str
    revision: int
    sources: frozenset[str]
    relation: Relation
    targets: frozenset[str]
    reuse: Reuse
    strength: Strength
    reviewed: bool = False
    disputed: bool = False
    differs: str = ""
    kinds: frozenset[str] = frozenset()
    until_date: dt.date | None = None
    source_items: tuple[Item, ...] = ()  # what is known of the two sides, for telling what differs
    target_items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier answer, as plain data. ``identifier`` and ``version`` name exactly the text that was read."""

    identifier: str
    version: int
    state: str
    mechanism: str
    provisions: frozenset[str]
    text: str
    known: Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question that is to be answered, and for which State."""

    state: str
    mechanism: str
    provisions: frozenset[str]
    kind: Kind
    identifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An earlier answer that is offered: through which mapping, how much, how old, and what speaks against it."""

    answer: Earlier
    bridge: Bridge | None
    relation: Relation
    carry: Carry
    age_months: int
    signs: tuple[Sign, ...]

    @property
    def is_draft(self) -> bool:
        """Whether it is put into the field, as a draft that counts as no answer until a named person accepts it."""
        return self.carry == Carry.DRAFT


def backward(bridge: Bridge, *, reuse: Reuse) -> Bridge:
    """Return a mapping read the other way; what it allows there is another question."""
    return replace(
        bridge,
        sources=bridge.targets,
        targets=bridge.sources,
        relation=inverse(bridge.relation),
        reuse=reuse,
        source_items=bridge.target_items,
        target_items=bridge.source_items,
    )


def candidates(
    asked: Asked, answers: Iterable[Earlier], bridges: Sequence[Bridge], *, at: dt.date, limit: int = 20
) -> list[Candidate]:
    """Return what is offered at a question, the best first; each answer once, through its best mapping.

    ``answers`` of other States are passed over whatever the caller gave. A mapping counts only where it reaches the
    question in one step.
    """
    if most(asked.kind) == Carry.NEVER:
        return []
    ways_to = _ways(asked, bridges)
    found: dict[str, Candidate] = {}
    for answer in answers:
        offered = [_candidate(asked, answer, way, at=at) for way in ways_to(answer)]
        best = max((one for one in offered if one.carry > Carry.NEVER), key=_rank, default=None)
        if best is not None:
            found[answer.identifier] = best
    return sorted(found.values(), key=lambda one: (_rank(one), one.answer.identifier), reverse=True)[:limit]


def is_anything_offered(asked: Asked, answers: Iterable[Earlier], bridges: Sequence[Bridge]) -> bool:
    """Whether ``candidates`` would offer anything. Age does not count: what speaks against an answer hides none."""
    if most(asked.kind) == Carry.NEVER:
        return False
    ways_to = _ways(asked, bridges)
    return any(_allowed(asked, answer, way) > Carry.NEVER for answer in answers for way in ways_to(answer))


def _ways(asked: Asked, bridges: Sequence[Bridge]) -> Callable[[Earlier], list[Bridge | None]]:
    """Return what names the mappings that lead from an answer to the question; None: both are about one provision."""
    reaching = [one for one in bridges if _reaches(one, asked)]
    false_friends = [one for one in bridges if one.relation == Relation.NONE and one.targets & asked.provisions]

    def of(answer: Earlier) -> list[Bridge | None]:
        if answer.state != asked.state or answer.identifier == asked.identifier or not answer.text.strip():
            return []
        if answer.known.kind != asked.kind or answer.mechanism == asked.mechanism:
            return []
        ways: list[Bridge | None] = [one for one in reaching if one.sources & answer.provisions]
        if answer.provisions & asked.provisions:
            return [*ways, None]
        return [] if any(one.sources & answer.provisions for one in false_friends) else ways

    return of


def _reaches(bridge: Bridge, asked: Asked) -> bool:
    wanted = bridge.relation != Relation.NONE and bridge.reuse in _MOST
    return wanted and bool(bridge.targets & asked.provisions) and holds_for(bridge.kinds, asked.kind)


def _candidate(asked: Asked, answer: Earlier, bridge: Bridge | None, *, at: dt.date) -> Candidate:
    known = answer.known
    if bridge is not None:
        known = replace(known, mapping_until_date=bridge.until_date, mapping_disputed=bridge.disputed)
    signs = signs_of_age(known, at=at)
    relation = Relation.EQUAL if bridge is None else bridge.relation
    carry = min(most(asked.kind), _allowed(asked, answer, bridge), Carry.SUGGEST if signs else Carry.DRAFT)
    age = age_in_months(known.answered_date, at)
    return Candidate(answer=answer, bridge=bridge, relation=relation, carry=carry, age_months=age, signs=signs)


def _allowed(asked: Asked, answer: Earlier, bridge: Bridge | None) -> Carry:
    """Return what the mapping allows: a draft only where the earlier question covered all that is asked now."""
    if bridge is None:
        return Carry.DRAFT if answer.provisions >= asked.provisions else Carry.SUGGEST
    covers = bridge.relation in COVERING and bridge.targets >= asked.provisions
    whole = answer.provisions >= bridge.sources  # one part of a set says nothing about the set
    sure = bridge.strength == Strength.HIGH and covers and whole
    return _MOST[bridge.reuse] if sure else Carry.SUGGEST


def _rank(one: Candidate) -> tuple[int, int, int, int, int, int]:
    bridge = one.bridge
    nearness = {Relation.EQUAL: 3, Relation.EQUIVALENT: 3, Relation.SUPERSET: 2, Relation.SUBSET: 1}
    strength = Strength.HIGH if bridge is None else bridge.strength
    sure = bridge is None or bridge.reviewed
    return (one.carry, nearness.get(one.relation, 0), int(strength), int(sure), -len(one.signs), -one.age_months)


@dataclass(frozen=True, slots=True)
class Saved:
    """How much typing reuse saved: signs of the text that came from an earlier answer and stayed, of all signs."""

    kept_signs: int
    all_signs: int

    @property
    def share(self) -> float:
        """The share that was not typed again, 0 to 1."""
        return self.kept_signs / self.all_signs if self.all_signs else 0.0


def typing_saved(pairs: Iterable[tuple[str, str]]) -> Saved:
    """Return what was saved over pairs of an earlier text and the answer as it stands now.

    Counted by whole lines and sentences that stand in both, so that a few common letters save nothing.
    """
    kept = total = 0
    for earlier, now in pairs:
        pieces = set(_pieces(earlier))
        kept += sum(len(piece) for piece in _pieces(now) if piece in pieces)
        total += sum(len(piece) for piece in _pieces(now))
    return Saved(kept, total)


def _pieces(text: str) -> list[str]:
    for mark in (". ", "\n", "。", "؟ ", "? ", "; "):
        text = text.replace(mark, mark + "\0")
    return [piece.strip() for piece in text.split("\0") if piece.strip()]


def differ(one: str, other: str) -> bool:
    """Whether two answers say something different, spaces aside."""
    return " ".join(one.split()) != " ".join(other.split())
