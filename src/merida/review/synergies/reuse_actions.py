"""A named person takes an earlier answer, adapts it, or leaves it; nothing is taken over otherwise."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.review.questionnaires.answering import Saved, changed_meanwhile, save_answer
from merida.review.questionnaires.queries import Desk
from merida.review.questionnaires.refusing import NothingHereError
from merida.review.synergies.reuse import CARRIED, Offered, offered_one, text_of
from merida.review.synergies.reuse_models import Reuse, ReuseOutcome


def take(  # what is taken, where, from which text
    actor: Actor,
    desk: Desk,
    identifier: str,
    language: str,
    source: UUID,
    *,
    source_revision: int,
    seen: int,
    at: dt.date,
    text: str | None = None,
) -> Saved:
    """Make an earlier answer the answer here, ``text`` in place of its words where it was adapted.

    ``source_revision`` is the text the person read, ``seen`` the revision of the answer here. What the answer here
    holds beside text and laws (its level above all) stays as it is. Raises NothingHereError where this person is not
    offered it, RefusedError where either changed meanwhile, PermissionDenied for anything but a named person.
    """
    _named(actor)
    with transaction.atomic():
        one = _offered(desk, identifier, language, source, source_revision, at=at)
        value = {**_kept_here(desk, identifier, language), **one.value}
        if text is not None:
            value["text"] = text
        saved = save_answer(actor, desk.response, identifier, value, language=language, seen=seen, verb="REUSE")
        if saved.aside:
            raise changed_meanwhile(saved.answer)
        adapted = text is not None and text.strip() != str(one.value.get("text", "")).strip()
        outcome = ReuseOutcome.ADAPTED if adapted else ReuseOutcome.ACCEPTED
        _record(actor, desk, identifier, language, one, outcome=outcome, answer_revision=saved.answer.revision)
    return saved


def leave(  # what is left, where, from which text
    actor: Actor, desk: Desk, identifier: str, language: str, source: UUID, *, source_revision: int, at: dt.date
) -> None:
    """Say that an earlier answer does not help here; this text of it is not offered again. Raises as ``take``."""
    _named(actor)
    with transaction.atomic():
        one = _offered(desk, identifier, language, source, source_revision, at=at)
        _record(actor, desk, identifier, language, one, outcome=ReuseOutcome.REJECTED, answer_revision=None)


def _named(actor: Actor) -> None:
    if actor.user_id is None:
        raise PermissionDenied("only a named person takes an earlier answer")


def _offered(desk: Desk, identifier: str, language: str, source: UUID, revision: int, *, at: dt.date) -> Offered:
    one = offered_one(desk, identifier, language, source, at=at)
    if one is None:
        raise NothingHereError
    if one.source.revision != revision:
        raise changed_meanwhile(one.source)
    return one


def _kept_here(desk: Desk, identifier: str, language: str) -> Mapping[str, Any]:
    held = desk.response.answers.filter(question=identifier, language=language).first()
    carried = {part.value for part in CARRIED}
    return {name: value for name, value in (held.value if held else {}).items() if name not in carried}


def _record(  # what was decided, where, about which text
    actor: Actor,
    desk: Desk,
    identifier: str,
    language: str,
    one: Offered,
    *,
    outcome: str,
    answer_revision: int | None,
) -> Reuse:
    bridge = one.candidate.bridge
    made = Reuse.objects.create(
        response=desk.response,
        question=identifier,
        language=language,
        source=one.source,
        source_revision=one.source.revision,
        source_text=text_of(one.value),
        mapping_code=bridge.code if bridge else "",
        mapping_revision=bridge.revision if bridge else 0,
        relation=one.candidate.relation,
        differs_text=bridge.differs if bridge else "",
        signs=list(one.candidate.signs),
        outcome=outcome,
        answer_revision=answer_revision,
        decided_by_id=actor.user_id,
    )
    after = {
        "question": identifier,
        "language": language,
        "source": reference_to(one.source),
        "source_revision": one.source.revision,
        "mapping": made.mapping_code,
        "relation": made.relation,
        "outcome": str(outcome),
    }
    record_change(actor, "DECIDE_REUSE", reference_to(made), before=None, after=after)
    return made
