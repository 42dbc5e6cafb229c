"""Reading the inbox: only for those who may confirm, and only of documents that they see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Abs

from merida.exchange.curation.models import Proposal, ProposalState
from merida.exchange.curation.precision import RuleRecord
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor, visible_condition
from merida.knowledge.documents.models import Version

ORDER = ("version_id", "kind", "position", "start", "pk")
NEAREST = 20
_JUDGED = {"ACCEPTED": "accepted", "CORRECTED": "corrected", "REJECTED": "rejected", "SPLIT": "split"}


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of one kind in one text: how many wait, how many are decided, the first that waits."""

    version: Version
    kind: str
    waiting: int
    decided: int


def proposals(actor: Actor) -> QuerySet[Proposal]:
    """Return the proposals that ``actor`` may decide about, plain; none for those who may not confirm."""
    if not may(actor, Deed.CONFIRM):
        return Proposal.objects.none()
    return Proposal.objects.filter(visible_condition(actor, "version__document__"))


def waiting(actor: Actor) -> QuerySet[Proposal]:
    """Return what waits for a decision, by text, kind and place."""
    return proposals(actor).filter(state=ProposalState.PROPOSED, withdrawn_at=None).order_by(*ORDER)


def unconfirmed_count(actor: Actor) -> int:
    """Return how much was read from documents that ``actor`` sees and waits for a person to confirm it; 1 query."""
    read = Proposal.objects.filter(state=ProposalState.PROPOSED, withdrawn_at=None, version__is_current=True)
    return read.filter(visible_condition(actor, "version__document__")).count()


def proposal_of(actor: Actor, identifier: UUID) -> Proposal | None:
    """Return a proposal with its text, who decided it and what it made; None where ``actor`` sees no such. 1 query."""
    return whole(proposals(actor)).filter(uuid=identifier).first()


def whole(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return proposals with their text and paragraph, who decided them and what they are the same as."""
    return found.select_related("version__document", "paragraph", "decided_by", "same_as")


def groups(actor: Actor) -> list[Group]:
    """Return texts and kinds with something to decide or decided, in the order of the inbox; 2 queries."""
    counted = (
        proposals(actor)
        .filter(withdrawn_at=None)
        .values("version_id", "kind")
        .annotate(
            waiting=Count("pk", filter=Q(state=ProposalState.PROPOSED)),
            decided=Count("pk", filter=~Q(state=ProposalState.PROPOSED)),
        )
        .order_by("version_id", "kind")
    )
    rows = list(counted)
    versions = Version.objects.select_related("document").in_bulk({row["version_id"] for row in rows})
    return [Group(versions[row["version_id"]], row["kind"], row["waiting"], row["decided"]) for row in rows]


def next_after(actor: Actor, one: Proposal) -> Proposal | None:
    """Return what waits next after a proposal, from the beginning again at the end; None when all is decided."""
    found = whole(waiting(actor))
    return _beside(found, one, way="gt").first() or found.exclude(pk=one.pk).first()


def ways_from(actor: Actor, one: Proposal) -> tuple[UUID | None, UUID | None]:
    """Return what waits before a proposal and after it, from the beginning again at the end; 2 or 3 queries."""
    found = waiting(actor).values_list("uuid", flat=True)
    backwards = found.order_by(*(f"-{name}" for name in ORDER))
    following = _beside(found, one, way="gt").first() or found.exclude(pk=one.pk).first()
    return _beside(backwards, one, way="lt").first(), following


def first_waiting(actor: Actor, *, version: str = "", kind: str = "") -> Proposal | None:
    """Return the first that waits, of a text (its identifier) and kind where they are given."""
    found = waiting(actor)
    if version:
        found = found.filter(version__uuid=version)
    if kind:
        found = found.filter(kind=kind)
    return found.first()


def last_decided_by(actor: Actor) -> Proposal | None:
    """Return what the person decided last, one by one, and did not undo."""
    found = proposals(actor).filter(decided_by_id=actor.user_id, decided_in_bulk=False)
    return found.exclude(state=ProposalState.PROPOSED).order_by("-decided_at", "-pk").first()


def could_be_the_same(actor: Actor, one: Proposal) -> list[Proposal]:
    """Return the proposals of the same kind and document that stand nearest, at most 20; 1 query."""
    standing = [ProposalState.PROPOSED, ProposalState.ACCEPTED, ProposalState.CORRECTED]
    found = proposals(actor).filter(
        version__document_id=one.version.document_id, kind=one.kind, state__in=standing, withdrawn_at=None
    )
    near = found.exclude(pk=one.pk).only("uuid", "place", "words")
    return list(near.order_by(Abs(F("position") - one.position), "pk")[:NEAREST])


def rule_records(actor: Actor) -> list[RuleRecord]:
    """Return what people decided about each family of rules, as far as ``actor`` sees them; 1 query."""
    return _records(proposals(actor))


def rule_record(actor: Actor, kind: str, rule: str) -> RuleRecord | None:
    """Return the record of a family of rules; None where ``actor`` sees nothing that it proposed. 1 query."""
    if "\x00" in kind + rule:  # in no text of a database, and PostgreSQL refuses to look for it
        return None
    return next(iter(_records(proposals(actor).filter(kind=kind, family=rule))), None)


def waiting_beside(actor: Actor, one: Proposal) -> int:
    """Return how many of its kind wait in the text of a proposal; 1 query."""
    return waiting(actor).filter(version_id=one.version_id, kind=one.kind).count()


def decided_since(actor: Actor, since: datetime) -> int:
    """Return how many the person decided one by one since a moment; 1 query."""
    own = proposals(actor).filter(decided_by_id=actor.user_id, decided_at__gte=since, decided_in_bulk=False)
    return own.exclude(state=ProposalState.PROPOSED).count()


def _beside(found: Any, one: Proposal, *, way: str) -> Any:
    """Narrow what waits to what stands after (``gt``) or before (``lt``) a proposal in the order of the inbox."""
    condition, same = Q(), Q()
    for name in ORDER:
        value: Any = getattr(one, name)
        condition |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    return found.filter(condition)


def _records(found: QuerySet[Proposal]) -> list[RuleRecord]:
    judged: dict[str, Any] = {
        name: Count("pk", filter=Q(state=state, decided_in_bulk=False)) for state, name in _JUDGED.items()
    }
    rows: Any = (
        found.filter(part_of=None)
        .values("kind", rule_family=F("family"))
        .annotate(**judged, waiting=Count("pk", filter=Q(state=ProposalState.PROPOSED, withdrawn_at=None)))
        .order_by("kind", "rule_family")
    )
    return [RuleRecord(rule=row.pop("rule_family"), **row) for row in rows]
