"""Filling the inbox: what was read in a text becomes proposals, and what a person decided stays as decided.

Reads: the paragraphs of the version and the proposals held for its document in its language. Writes: proposals and
one change of the log for the whole text, in one transaction.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.exchange.curation.models import Proposal, ProposalState
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_bulk, reference_to
from merida.foundation.changes.canonical import canonical_json
from merida.knowledge.documents.models import Paragraph, Version
from merida.knowledge.observatory.models import Activity, Figure
from merida.knowledge.observatory.values import ValuesError, checked

BATCH = 300  # rows of one statement


@dataclass(frozen=True, slots=True)
class Read:
    """A fact that a rule read: ``start`` and ``end`` are offsets into the text of ``paragraph``."""

    kind: str
    paragraph: Paragraph
    place: str
    start: int
    end: int
    rule: str
    values: Mapping[str, Any]

    @property
    def words(self) -> str:
        """The words it rests on."""
        return self.paragraph.text[self.start : self.end]


@dataclass(slots=True)
class Proposing:
    """What became of the facts read: counts, and in words what could not be proposed."""

    new: int = 0
    unchanged: int = 0
    changed: int = 0
    decided: int = 0
    withdrawn: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The counts as the change log keeps them."""
        return {
            "new": self.new,
            "unchanged": self.unchanged,
            "changed": self.changed,
            "decided": self.decided,
            "withdrawn": self.withdrawn,
            "refused": len(self.refused),
        }


def propose(actor: Actor, version: Version, facts: Iterable[Read]) -> Proposing:
    """Make the open proposals of a text those that were read in it now; say what became of them.

    The same again changes nothing and is not recorded. A decided proposal keeps its decision: where another reading
    says something else at the same words, that is noted beside it. An undecided one that is not read any more is
    withdrawn, and comes back when it is read again. A fact whose values cannot be is refused in words, the others
    stay. Raises PermissionDenied.
    """
    if not may(actor, Deed.HAND_IN_DOCUMENT):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
    outcome = Proposing()
    with transaction.atomic():
        locked = Version.objects.select_for_update().get(pk=version.pk)
        read = _keyed(facts, outcome)
        held = list(
            Proposal.objects.select_for_update(of=("self",))
            .filter(version__document_id=locked.document_id, version__language=locked.language, part_of=None)
            .order_by("pk")
        )
        rest = _same_again(locked, read, held, outcome)
        rest = _read_otherwise(locked, rest, held, outcome)
        _make(locked, rest, outcome)
        _withdraw(held, outcome)
        touched = outcome.new + outcome.changed + outcome.withdrawn
        if touched:
            digest = hashlib.sha256("".join(sorted(read)).encode()).hexdigest()
            record_bulk(actor, "PROPOSE", reference_to(locked), digest=digest, counts=outcome.counts)
    return outcome


def key_of(kind: str, place: str, words: str, values: Mapping[str, Any], *, nth: int = 1) -> str:
    """Return what tells one proposal of a document from another: the ``nth`` of the same values at the same words."""
    squashed = "".join(words.split())
    return hashlib.sha256(canonical_json([kind, place, squashed, dict(values), nth]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Found:
    """A fact read, with its key and its values as they are kept."""

    key: str
    fact: Read
    values: dict[str, Any]


Keyed = dict[str, _Found]


def _keyed(facts: Iterable[Read], outcome: Proposing) -> Keyed:
    found: Keyed = {}
    for fact in facts:
        if not 0 <= fact.start < fact.end <= len(fact.paragraph.text):
            outcome.refused.append(f"{fact.place}, {fact.kind}: {fact.start} to {fact.end} is no span of the text")
            continue
        try:
            values = checked(fact.kind, fact.values)
        except ValuesError as error:
            outcome.refused.append(f"{fact.place}, {fact.kind} ({fact.rule}): {error}")
            continue
        nth = 1
        while (key := key_of(fact.kind, fact.place, fact.words, values, nth=nth)) in found:
            nth += 1
        found[key] = _Found(key, fact, values)
    return found


def _same_again(version: Version, read: Keyed, held: list[Proposal], outcome: Proposing) -> Keyed:
    """Match what reads the same as before, also where a person's correction is what is read now; return the rest."""
    rest = dict(read)
    known = {key_of_held: one for one in held for key_of_held in _keys(one)}
    matched: set[int] = set()
    for key in read:
        one = known.get(key)
        if one is None or one.pk in matched:
            continue
        found = rest.pop(key)
        matched.add(one.pk)
        if one.state == ProposalState.PROPOSED:
            _follow(one, version, found, outcome)
        else:
            outcome.decided += 1
            _place_again(one, version, found.fact)
    held[:] = [one for one in held if one.pk not in matched]
    return rest


def _keys(one: Proposal) -> set[str]:
    keys = {one.key}
    if one.decided_values is not None:
        keys.add(key_of(one.kind, one.place, one.words, one.decided_values))
    return keys


def _read_otherwise(version: Version, rest: Keyed, held: list[Proposal], outcome: Proposing) -> Keyed:
    """Match what another reading says at the same words: it changes an open proposal and is noted at a decided one."""
    left: Keyed = {}
    for key, found in rest.items():
        fact = found.fact
        spot = (fact.kind, fact.place, "".join(fact.words.split()))
        here = (one for one in held if (one.kind, one.place, "".join(one.words.split())) == spot)
        one = next(here, None)
        if one is None:
            left[key] = found
            continue
        held.remove(one)
        if one.state == ProposalState.PROPOSED:
            _follow(one, version, found, outcome)
            continue
        outcome.decided += 1
        _place_again(one, version, fact)
        if one.later_values != found.values and _says_otherwise(one, found.values):
            Proposal.objects.filter(pk=one.pk).update(later_values=found.values)
    return left


def _says_otherwise(one: Proposal, values: Mapping[str, Any]) -> bool:
    """Whether a reading differs in what was asked when the person decided: a new field is no other opinion."""
    return any(values[name] != value for name, value in one.values.items() if name in values)


def _follow(one: Proposal, version: Version, found: _Found, outcome: Proposing) -> None:
    """Bring an open proposal to what is read now."""
    wanted = {**_fields(version, found.fact), "key": found.key, "values": found.values, "withdrawn_at": None}
    different = [name for name, value in wanted.items() if getattr(one, name) != value]
    if not different:
        outcome.unchanged += 1
        return
    for name, value in wanted.items():
        setattr(one, name, value)
    if set(different) <= {"paragraph_id", "position", "start", "end"}:
        outcome.unchanged += 1  # the text was read again: the same words stand where they stood
    else:
        outcome.changed += 1
        one.revision += 1
    one.save()


def _place_again(one: Proposal, version: Version, fact: Read) -> None:
    """Point a decided proposal, and the record it made, to the paragraph as it is read now."""
    if one.version_id != version.pk or one.paragraph_id == fact.paragraph.pk:
        return
    Proposal.objects.filter(pk=one.pk).update(
        paragraph=fact.paragraph, position=fact.paragraph.position, start=fact.start, end=fact.end
    )
    if one.activity_id is not None:
        Activity.objects.filter(pk=one.activity_id).update(paragraph=fact.paragraph)
    if one.figure_id is not None:
        Figure.objects.filter(pk=one.figure_id).update(paragraph=fact.paragraph)


def _fields(version: Version, fact: Read) -> dict[str, Any]:
    return {
        "version_id": version.pk,
        "paragraph_id": fact.paragraph.pk,
        "position": fact.paragraph.position,
        "place": fact.place,
        "kind": fact.kind,
        "start": fact.start,
        "end": fact.end,
        "words": fact.words,
        "rule": fact.rule,
    }


def _make(version: Version, rest: Keyed, outcome: Proposing) -> None:
    rows = [Proposal(key=one.key, values=one.values, **_fields(version, one.fact)) for one in rest.values()]
    Proposal.objects.bulk_create(rows, batch_size=BATCH)
    outcome.new = len(rows)


def _withdraw(held: Sequence[Proposal], outcome: Proposing) -> None:
    gone = [one.pk for one in held if one.state == ProposalState.PROPOSED and one.withdrawn_at is None]
    for first in range(0, len(gone), BATCH):
        Proposal.objects.filter(pk__in=gone[first : first + BATCH]).update(withdrawn_at=timezone.now())
    outcome.withdrawn = len(gone)
