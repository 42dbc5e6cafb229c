"""What was taken from an earlier answer that says something else by now: told on the desk and by letter (A8).

Nothing is rewritten. Only people entrusted with both answers are told, and only as long as nobody decided about the
newer text: by taking it, or by saying that the answer here stays as it is.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from merida.foundation.access.actors import actor_of, person_reference
from merida.foundation.access.visibility import Actor, Entrusted
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.people.models import User
from merida.review.questionnaires.answering import changed_meanwhile
from merida.review.questionnaires.models import Answer, Delegation, Response
from merida.review.questionnaires.queries import Desk, desk_for
from merida.review.questionnaires.refusing import NothingHereError
from merida.review.questionnaires.sending import Sending, send_each
from merida.review.synergies.reuse import covers, elsewhere, entrusted_with, reuses_of, text_of
from merida.review.synergies.reuse_models import ChangeLetter, Reuse, ReuseOutcome

SETTLED_AFTER: Final = dt.timedelta(hours=1)  # a text still being typed is no news


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is told of: ``changed`` was taken in ``desk``'s response, and its source was changed since.

    ``decided`` are the revisions that were decided about last, by the key of what was taken.
    """

    user: User
    desk: Desk
    changed: tuple[Reuse, ...]
    decided: Mapping[int, int]

    @property
    def response(self) -> Response:
        """Where the answers were taken to."""
        return self.desk.response


def changed_since(desk: Desk) -> list[Reuse]:
    """Return what was taken here and has changed at its source since, in the order it was taken; at most 3 queries.

    Only sources this person is still entrusted with are told about, and only the last that was taken of each.
    """
    waiting = set(_changed(Reuse.objects.filter(response=desk.response)).values_list("pk", flat=True))
    mine = [row for row in reuses_of(desk) if row.pk in waiting] if waiting else []
    known = {one.response.pk: one for one in elsewhere(desk)} if mine else {}
    return [
        row
        for row in mine
        if row.source.response_id in known and covers(known[row.source.response_id], row.source.question)
    ]


def changes_waiting(actor: Actor) -> dict[int, int]:
    """Return how many taken answers changed at their source since, by response, as far as this person may know.

    Two queries.
    """
    if actor.user_id is None:
        return {}
    rows = Delegation.objects.filter(user_id=actor.user_id, ended_at__isnull=True)
    held = _entrusted(rows.values_list("response_id", "is_focal_point", "scopes"))
    found = _changed(Reuse.objects.filter(response__in=held, source__response__in=held))
    counted: dict[int, int] = defaultdict(int)
    for row in found.select_related("response__version", "source__response__version").only(*_BOTH_ENDS):
        if entrusted_with(held[row.response_id], row.response.version, row.question) and entrusted_with(
            held[row.source.response_id], row.source.response.version, row.source.question
        ):
            counted[row.response_id] += 1
    return dict(counted)


def keep_ours(actor: Actor, desk: Desk, identifier: str, source: UUID, *, source_revision: int) -> Reuse:
    """Say that an answer stays as it is although what it was taken from changed; nobody is told of that text again.

    ``source_revision`` is the text the person could read. Raises NothingHereError where nothing changed that this
    person is told about, RefusedError where it changed once more meanwhile, PermissionDenied for anything but a
    named person.
    """
    if actor.user_id is None:
        raise PermissionDenied("only a named person decides about an earlier answer")
    with transaction.atomic():
        Response.objects.select_for_update(of=("self",)).get(pk=desk.response.pk)  # two people decide at once
        told = [one for one in changed_since(desk) if (one.question, one.source.uuid) == (identifier, source)]
        if not told:
            raise NothingHereError
        held = Answer.objects.select_for_update().get(pk=told[0].source_id)
        if held.revision != source_revision:
            raise changed_meanwhile(held)
        made = [_kept(actor, row, held) for row in told]  # one for each language it was taken in
    return made[0]


def newer_texts(rows: Iterable[Reuse]) -> dict[int, str]:
    """Return what the sources of ``changed_since`` say by now, by their primary key. One query."""
    found = Answer.objects.filter(pk__in={row.source_id for row in rows}).values_list("pk", "value")
    return {pk: text_of(value) for pk, value in found}


def letters_due(now: dt.datetime) -> Iterator[Letter]:
    """Yield a letter for each person and response with changes that they were not told of. Samples are left out.

    A source that was changed within the last hour waits: somebody may still be typing.
    """
    found: Any = _changed(Reuse.objects.filter(response__is_sample=False, source__changed_at__lte=now - SETTLED_AFTER))
    for response in _with(found):
        decided = dict(found.filter(response=response).values_list("pk", "decided"))
        rows = Delegation.objects.filter(response=response, ended_at__isnull=True, user__is_active=True)
        users = {row.user_id: row.user for row in rows.select_related("user").order_by("pk")}
        for user in users.values():
            desk, told = desk_for(actor_of(user), response), _told(user, decided)
            news = [one for one in changed_since(desk) if one.pk in decided and one.pk not in told]
            if news:
                yield Letter(user, desk, tuple(news), decided)


def send(actor: Actor, letters: Iterable[Letter], deliver: Callable[[Letter], None]) -> Sending[Letter]:
    """Deliver letters of changes and write down each that was. Raises as ``send_each``."""
    return send_each(actor, letters, lambda letter: _sent(actor, letter, deliver))


# ---------------------------------------------------------------- the parts

_BOTH_ENDS: Final = (
    *("question", "response_id", "response__version__digest"),
    *("source__question", "source__response_id", "source__response__version__digest"),
)


def _changed(rows: QuerySet[Reuse]) -> QuerySet[Reuse]:
    """Return those whose source has a newer text than the last one that somebody decided about there.

    ``decided`` is the revision of that text. Of several texts taken from one source the last one counts.
    """
    same = Reuse.objects.filter(
        response=OuterRef("response"),
        question=OuterRef("question"),
        language=OuterRef("language"),
        source=OuterRef("source"),
    )
    by_source = same.order_by().values("source")
    last = by_source.annotate(last=Max("source_revision")).values("last")
    taken = by_source.exclude(outcome=ReuseOutcome.REJECTED).annotate(last=Max("source_revision")).values("last")
    newer = rows.filter(source__revision__gt=F("source_revision"))  # first what is cheap to know
    return newer.annotate(decided=Subquery(last), taken=Subquery(taken)).filter(
        source__revision__gt=F("decided"), source_revision=F("taken")
    )


def _entrusted(rows: Iterable[tuple[int, bool, list[str]]]) -> dict[int, Entrusted]:
    """Return what one person is entrusted with, by response."""
    found: dict[int, Entrusted] = {}
    for response, is_focal_point, scopes in rows:
        before = found.get(response, Entrusted())
        found[response] = Entrusted(before.everything or is_focal_point, before.scopes | frozenset(scopes))
    return found


def _kept(actor: Actor, row: Reuse, source: Answer) -> Reuse:
    made = Reuse.objects.create(
        response_id=row.response_id,
        question=row.question,
        language=row.language,
        source=source,
        source_revision=source.revision,
        source_text="",  # nothing of it was taken
        mapping_code=row.mapping_code,
        relation=row.relation,
        differs_text=row.differs_text,
        outcome=ReuseOutcome.REJECTED,
        decided_by_id=actor.user_id,
    )
    after = {
        "question": row.question,
        "language": row.language,
        "source": reference_to(source),
        "source_revision": source.revision,
        "outcome": str(made.outcome),
    }
    record_change(actor, "KEEP_OURS", reference_to(made), before=None, after=after)
    return made


def _with(found: QuerySet[Reuse]) -> list[Response]:
    responses = Response.objects.filter(pk__in=found.values("response"))
    return list(responses.select_related("version__questionnaire", "state").defer("version__content").order_by("pk"))


def _told(user: User, decided: Mapping[int, int]) -> set[int]:
    """Return of which of these a person was told since the last decision. One query."""
    letters = ChangeLetter.objects.filter(user=user, reuse__in=decided)
    return {pk for pk, revision in letters.values_list("reuse_id", "decided_revision") if decided[pk] == revision}


def _sent(actor: Actor, letter: Letter, deliver: Callable[[Letter], None]) -> bool:
    """Write a letter down and deliver it, both or neither; False where another sender was faster."""
    with transaction.atomic():
        Response.objects.select_for_update(of=("self",)).get(pk=letter.response.pk)
        decided = {row.pk: letter.decided[row.pk] for row in letter.changed}
        if _told(letter.user, decided):
            return False
        rows = [
            ChangeLetter(user=letter.user, reuse_id=pk, decided_revision=revision) for pk, revision in decided.items()
        ]
        made = ChangeLetter.objects.bulk_create(rows)
        after = {"person": person_reference(letter.user), "answers": len(made)}
        record_change(actor, "TELL_CHANGE", reference_to(letter.response), before=None, after=after)
        deliver(letter)
    return True
