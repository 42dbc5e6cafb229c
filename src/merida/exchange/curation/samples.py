"""What the makers of the sample text decided about what is read from it, so that a new site has something to show.

The decisions stand in ``data/sample/decisions.csv``, found by the words that they are about. What is not listed waits
in the inbox, and so does everything of documents that are not ours: only people confirm those.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files

from django.db import transaction
from django.db.models import QuerySet

from merida.exchange.curation.actions import accept, merge
from merida.exchange.curation.models import Proposal, ProposalState
from merida.exchange.curation.queries import proposals
from merida.foundation.access.visibility import Actor


@dataclass(frozen=True, slots=True)
class SampleDecision:
    """One line of the file: which words of which text tell what; ``same_as`` are the words that tell the same."""

    symbol: str
    language: str
    place: str
    kind: str
    words: str
    same_as: str


def sample_decisions() -> list[SampleDecision]:
    """Return what the file lists, what stands alone before what is the same as it."""
    text = (files("merida.data") / "sample" / "decisions.csv").read_text(encoding="utf-8")
    listed = [SampleDecision(**row) for row in csv.DictReader(text.splitlines())]
    return sorted(listed, key=lambda one: bool(one.same_as))


def decide_sample(actor: Actor) -> int:
    """Decide about what nobody decided or took back; return about how many. Raises PermissionDenied."""
    decided = 0
    with transaction.atomic():
        for listed in sample_decisions():
            one = _proposed(actor, listed, listed.words, language=listed.language).first()
            if one is None or one.state != ProposalState.PROPOSED or one.revision:
                continue
            if not listed.same_as:
                accept(actor, one.uuid, revision=one.revision)
            else:
                same = _proposed(actor, listed, listed.same_as).exclude(pk=one.pk).first()
                if same is None:
                    continue
                merge(actor, one.uuid, same.uuid, revision=one.revision)
            decided += 1
    return decided


def _proposed(actor: Actor, listed: SampleDecision, words: str, *, language: str = "") -> QuerySet[Proposal]:
    found = proposals(actor).filter(
        withdrawn_at=None,
        version__is_current=True,
        version__document__symbol=listed.symbol,
        place=listed.place,
        kind=listed.kind,
        words=words,
    )
    return found.filter(version__language=language) if language else found
