"""What a curator decides: accept, correct, reject, merge, split, undo, and accept all that a sure rule proposes.

Each says which revision of the proposal the person saw; where somebody decided meanwhile, nothing is done and it is
said who.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from merida.cooperation.meetings.actions import refer_to_records
from merida.exchange.curation.models import Proposal, ProposalKind, ProposalState
from merida.exchange.curation.precision import ENOUGH_DECISIONS, SURE
from merida.exchange.curation.proposing import key_of
from merida.exchange.curation.queries import proposals, rule_record, whole
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.changes.canonical import canonical_json
from merida.knowledge.observatory import actions as observatory
from merida.knowledge.observatory.actions import Evidence
from merida.knowledge.observatory.models import Told
from merida.knowledge.observatory.values import (
    ValuesError,
    activity_values,
    checked,
    figure_values,
    practice_values,
    recommendation_values,
)

MOST_PARTS = 50
MOST_AT_ONCE = 1000  # accepted for a sure rule in one go
_OPEN = ProposalState.PROPOSED
_STANDING = frozenset({ProposalState.PROPOSED, ProposalState.ACCEPTED, ProposalState.CORRECTED})


class DecisionError(ValueError):
    """The decision cannot be taken; nothing was done. ``code`` says why, for a page in any language."""

    def __init__(self, code: str, words: str, *, who: str = "") -> None:
        super().__init__(words)
        self.code, self.who = code, who


def accept(actor: Actor, identifier: UUID, *, revision: int) -> Proposal:
    """Record what is proposed as it stands. Raises DecisionError, ValuesError, PermissionDenied."""
    with transaction.atomic():
        one = _open(actor, identifier, revision)
        return _take(actor, one, one.values, ProposalState.ACCEPTED)


def correct(actor: Actor, identifier: UUID, values: Mapping[str, Any], *, revision: int) -> Proposal:
    """Record what is proposed with other values; the same values are an acceptance.

    Raises DecisionError, ValuesError naming the field, PermissionDenied.
    """
    with transaction.atomic():
        one = _open(actor, identifier, revision)
        wanted = checked(one.kind, values)
        state = ProposalState.ACCEPTED if _alike(wanted, one.values) else ProposalState.CORRECTED
        return _take(actor, one, wanted, state)


def reject(actor: Actor, identifier: UUID, *, revision: int) -> Proposal:
    """Say that this is no such fact; the rule's record counts it. Raises DecisionError, PermissionDenied."""
    with transaction.atomic():
        one = _open(actor, identifier, revision)
        return _decide(actor, one, ProposalState.REJECTED, "REJECT_PROPOSAL")


def merge(actor: Actor, identifier: UUID, into: UUID, *, revision: int) -> Proposal:
    """Say that a proposal tells the same as another one of its kind and document.

    Raises DecisionError (another document or kind, rejected, itself), PermissionDenied.
    """
    with transaction.atomic():
        one = _open(actor, identifier, revision)
        other = _seen(actor, whole(proposals(actor)), into)
        alike = (other.kind, other.version.document_id) == (one.kind, one.version.document_id)
        if other.pk == one.pk or not alike or other.state not in _STANDING or other.withdrawn_at is not None:
            raise DecisionError("NOT_MERGED", "only a standing proposal of the same kind and document can be the same")
        one.same_as = other
        return _decide(actor, one, ProposalState.MERGED, "MERGE_PROPOSAL", same_as=reference_to(other))


def split(actor: Actor, identifier: UUID, parts: Sequence[Mapping[str, Any]], *, revision: int) -> Proposal:
    """Divide a proposal that tells several facts into one for each (``parts``); they wait to be decided.

    Raises DecisionError for fewer than two parts, ValuesError naming the field, PermissionDenied.
    """
    if not 2 <= len(parts) <= MOST_PARTS:  # noqa: PLR2004 (two are the fewest)
        raise DecisionError("NOT_SPLIT", f"a proposal is divided into 2 to {MOST_PARTS} parts, not {len(parts)}")
    with transaction.atomic():
        one = _open(actor, identifier, revision)
        made = [_part(one, checked(one.kind, values), number) for number, values in enumerate(parts, start=1)]
        Proposal.objects.bulk_create(made)
        _decide(actor, one, ProposalState.SPLIT, "SPLIT_PROPOSAL", parts=[reference_to(part) for part in made])
    return one


def undo(actor: Actor, identifier: UUID, *, revision: int) -> Proposal:
    """Open a decided proposal again: the record it made is taken back, its parts go.

    Raises DecisionError where it is open, or where parts of it are decided, PermissionDenied.
    """
    with transaction.atomic():
        one = _locked(actor, identifier)
        if one.state == _OPEN:
            raise DecisionError("NOT_DECIDED", "there is no decision to undo")
        _same_revision(one, revision)
        parts = list(one.parts.select_for_update())
        if any(part.state != _OPEN or part.duplicates.exists() for part in parts):
            raise DecisionError("PARTS_DECIDED", "undo what was decided about its parts first")
        before = {"state": one.state, "values": one.decided_values, "parts": [reference_to(part) for part in parts]}
        _take_back(actor, one)
        Proposal.objects.filter(pk__in=[part.pk for part in parts]).delete()
        one.state, one.same_as, one.decided_values, one.decided_in_bulk = _OPEN, None, None, False
        one.decided_at, one.decided_by_id = None, None
        one.revision += 1
        one.save()
        record_change(actor, "UNDO_DECISION", reference_to(one), before=before, after={"state": one.state})
    return one


def accept_all(actor: Actor, kind: str, rule: str) -> int:
    """Accept what a sure family of rules proposes and nobody decided yet, at most 1,000 at once; return how many.

    Raises DecisionError where the rule is not sure enough, or a proposal cannot be recorded; then none is.
    """
    _allow(actor)
    with transaction.atomic():
        record = rule_record(actor, kind, rule)
        if record is None or not record.is_sure:
            raise DecisionError(
                "RULE_NOT_SURE", f"{rule}: fewer than {ENOUGH_DECISIONS} decisions, or a lower bound under {SURE:.0%}"
            )
        waiting = proposals(actor).filter(kind=kind, family=rule, state=_OPEN, withdrawn_at=None, part_of=None)
        found = list(waiting.select_for_update(of=("self",)).order_by("pk")[:MOST_AT_ONCE])
        for one in found:
            try:
                _take(actor, one, one.values, ProposalState.ACCEPTED, in_bulk=True)
            except ValuesError as error:
                raise DecisionError("NOT_IN_BULK", f"{one.version.document}, {one.place}: {error}") from error
    return len(found)


# ---------------------------------------------------------------- the parts of a decision


def _take(
    actor: Actor, one: Proposal, values: Mapping[str, Any], state: ProposalState, *, in_bulk: bool = False
) -> Proposal:
    evidence = Evidence(one.version, one.paragraph, one.place, one.words, one.rule)
    made: Told
    if one.kind == ProposalKind.ACTIVITY:
        made = one.activity = observatory.record_activity(actor, activity_values(values), evidence)
    elif one.kind == ProposalKind.FIGURE:
        made = one.figure = observatory.record_figure(actor, figure_values(values), evidence)
    elif one.kind == ProposalKind.GOOD_PRACTICE:
        made = one.practice = observatory.record_practice(actor, practice_values(values), evidence)
    else:
        made = one.recommendation = observatory.record_recommendation(actor, recommendation_values(values), evidence)
        refer_to_records(one.version)
    one.decided_values, one.decided_in_bulk = dict(values), in_bulk
    verb = "ACCEPT_PROPOSAL" if state == ProposalState.ACCEPTED else "CORRECT_PROPOSAL"
    return _decide(actor, one, state, verb, values=dict(values), made=reference_to(made), in_bulk=in_bulk)


def _take_back(actor: Actor, one: Proposal) -> None:
    made = one.activity or one.figure or one.practice or one.recommendation
    if made is not None:
        observatory.take_back(actor, made, values=one.decided_values or {})
    one.activity = one.figure = one.practice = one.recommendation = None


def _decide(actor: Actor, one: Proposal, state: ProposalState, verb: str, **after: Any) -> Proposal:
    before = {"state": one.state, "values": one.values}
    one.state, one.decided_at, one.decided_by_id = state, timezone.now(), actor.user_id
    one.revision += 1
    one.save()
    record_change(actor, verb, reference_to(one), before=before, after={"state": state, "rule": one.rule, **after})
    return one


def _part(one: Proposal, values: dict[str, Any], number: int) -> Proposal:
    return Proposal(
        version=one.version,
        paragraph=one.paragraph,
        position=one.position,
        place=one.place,
        kind=one.kind,
        start=one.start,
        end=one.end,
        words=one.words,
        rule=one.rule,
        family=one.family,
        values=values,
        key=key_of(one.kind, one.place, f"{one.key} {one.revision}", values, nth=number),
        part_of=one,
    )


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return canonical_json(dict(one)) == canonical_json(dict(other))


def _open(actor: Actor, identifier: UUID, revision: int) -> Proposal:
    """Return the proposal, locked, if it is still as the person saw it."""
    one = _locked(actor, identifier)
    _same_revision(one, revision)
    if one.state != _OPEN:
        raise DecisionError("DECIDED", "this was decided already", who=_who(one))
    return one


def _same_revision(one: Proposal, revision: int) -> None:
    if one.revision == revision:
        return
    if one.state == _OPEN:
        raise DecisionError("CHANGED", "it was changed meanwhile; look at it again")
    raise DecisionError("DECIDED_MEANWHILE", f"{_who(one)} decided about it meanwhile ({one.state})", who=_who(one))


def _who(one: Proposal) -> str:
    return one.decided_by.full_name if one.decided_by is not None else "merida"


def _locked(actor: Actor, identifier: UUID) -> Proposal:
    return _seen(actor, whole(proposals(actor)).select_for_update(of=("self",)), identifier)


def _seen(actor: Actor, found: QuerySet[Proposal], identifier: UUID) -> Proposal:
    _allow(actor)
    one = found.filter(uuid=identifier).first()
    if one is None:
        raise DecisionError("NOT_THERE", "there is no such proposal")
    return one


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
