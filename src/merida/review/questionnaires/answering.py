"""Answering: what is acknowledged is kept, whoever else wrote, whatever happened meanwhile."""

import copy
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from merida.foundation.access.visibility import Actor, Entrusted, Sight
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.sources.languages import LANGUAGES
from merida.review.questionnaires.form import Question
from merida.review.questionnaires.forms_kept import digest_of, form_of
from merida.review.questionnaires.judging import why_aside
from merida.review.questionnaires.models import Answer, Delegation, Response, Revision, Stage
from merida.review.questionnaires.progress import count_anew, follow
from merida.review.questionnaires.queries import Desk, seen_question
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.values import clean_value, is_answered

AT_ONCE: Final = 500  # rows of one query
UPDATED_AT_ONCE: Final = 100
_OF_RESPONSE: Final = (
    "uuid",
    "language",
    "due_date",
    "version__digest",
    "version__takes_late",
)  # all that saving reads


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text that was sent. ``aside`` says why it is kept beside the answer, empty where it is in it."""

    answer: Answer
    revision: Revision
    aside: str = ""


def save_answer(
    actor: Actor,
    response: Response,
    identifier: str,
    value: Mapping[str, Any],
    *,
    language: str = "",
    seen: int,
    sent_key: UUID | None = None,
    verb: str = "SAVE",
) -> Saved:
    """Keep a text. ``seen`` is the revision its writer had before them, ``sent_key`` makes sending twice harmless.

    Where somebody else saved meanwhile, where the writer is no longer entrusted, where the deadline has passed or
    the answers were submitted, the text is kept aside and nothing is overwritten. Raises ValueProblem (nothing was
    stored), RefusedError (no such language), NothingHereError.
    """
    with transaction.atomic():
        held = (
            Response.objects.select_for_update(of=("self",))
            .select_related("version")
            .only(*_OF_RESPONSE)
            .get(pk=response.pk)
        )
        question, lost = _entrusted_question(actor, held, identifier)
        cleaned = clean_value(question, value)
        answer = _answer(held, identifier, language or held.language)
        known = answer.revisions.filter(sent_key=sent_key).first() if sent_key else None
        if known is not None:
            return Saved(answer, known, known.aside)
        why = _why_aside(held, answer, cleaned, seen=seen, lost=lost)
        if why:
            return _kept_aside(actor, answer, cleaned, why=why, seen=seen, sent_key=sent_key)
        if answer.value == cleaned and answer.revision and verb == "SAVE":
            return Saved(answer, answer.revisions.get(number=answer.revision))
        return _kept(actor, held, answer, cleaned, verb=verb, sent_key=sent_key)


class Entering(NamedTuple):
    """A text that may enter its answer: the caller holds the response and has seen to that (``judging``)."""

    answer: Answer
    value: dict[str, Any]  # clean
    sent_key: UUID


def keep_many(actor: Actor, response: Response, texts: Sequence[Entering], *, verb: str = "SAVE") -> None:
    """Keep the texts of a whole file, as ``save_answer`` keeps one, with a few queries and one count of progress.

    Inside the transaction in which the caller locked ``response``; each answer at most once, new ones unsaved.
    """
    rows = [_taken(actor, text.answer, text.value, verb=verb, sent_key=text.sent_key) for text in texts]
    known = [row.answer for row in rows if row.answer.pk is not None]
    Answer.objects.bulk_create([row.answer for row in rows if row.answer.pk is None], batch_size=AT_ONCE)
    Answer.objects.bulk_update(known, _TAKEN, batch_size=UPDATED_AT_ONCE)
    Revision.objects.bulk_create(rows, batch_size=AT_ONCE)
    for row in rows:
        _noted(actor, f"{verb}_ANSWER", row.answer, row.value)
    if rows:
        count_anew(response, form_of(response.version))


def settle(actor: Actor, desk: Desk, aside: UUID, *, value: Mapping[str, Any] | None, seen: int) -> Saved | None:
    """Merge a text that was kept aside: ``value`` becomes the answer, None leaves the answer as it is.

    Both texts stay in the history. Raises NothingHereError, RefusedError where the answer changed since ``seen``.
    """
    with transaction.atomic():
        row = (
            Revision.objects.select_for_update(of=("self",))
            .select_related("answer")
            .filter(uuid=aside, answer__response=desk.response)
            .first()
        )
        if row is None or desk.sight(row.answer.question) is not Sight.ALL or not row.aside:
            raise NothingHereError
        saved = None
        if value is not None:
            answer = row.answer
            saved = save_answer(
                actor, desk.response, answer.question, value, language=answer.language, seen=seen, verb="MERGE"
            )
            if saved.aside:
                raise changed_meanwhile(saved.answer)
        row.settled_at = timezone.now()
        row.save(update_fields=["settled_at"])
        record_change(
            actor, "SETTLE_TEXT", reference_to(row), before=None, after={"taken": value is not None}, is_confined=True
        )
    return saved


def changed_meanwhile(answer: Answer) -> RefusedError:
    """Return the refusal of who would write over a text not seen yet: by whom and when it came in."""
    if answer.changed_by is None:
        return RefusedError("the answer was changed on {moment}: look at it again", moment=answer.changed_at)
    return RefusedError(
        "{who} changed the answer on {moment}: look at it again", who=str(answer.changed_by), moment=answer.changed_at
    )


def text_aside(desk: Desk, aside: UUID) -> dict[str, Any]:
    """Return a text that was kept aside. Raises NothingHereError."""
    row = Revision.objects.select_related("answer").filter(uuid=aside, answer__response=desk.response).first()
    if row is None or desk.sight(row.answer.question) is not Sight.ALL:
        raise NothingHereError
    value: dict[str, Any] = row.value
    return value


def restore(actor: Actor, desk: Desk, identifier: str, language: str, *, number: int, seen: int) -> Saved:
    """Make an earlier text the answer again, as a new revision. Raises NothingHereError."""
    _own(desk, identifier)
    row = Revision.objects.filter(
        answer__response=desk.response, answer__question=identifier, answer__language=language, number=number
    ).first()
    if row is None:
        raise NothingHereError
    return save_answer(actor, desk.response, identifier, row.value, language=language, seen=seen, verb="RESTORE")


def hand_in(actor: Actor, desk: Desk, identifier: str) -> None:
    """Give a draft to the focal point for internal review. Raises RefusedError where it says nothing."""
    _own(desk, identifier)
    _set_stage(actor, desk, identifier, Stage.IN_REVIEW, "HAND_IN_ANSWER")


def clear(actor: Actor, desk: Desk, identifier: str) -> None:
    """Clear an answer for submission; the focal point does. Raises RefusedError where it says nothing or clashes."""
    _own(desk, identifier)
    if not desk.is_focal_point:
        raise RefusedError("only the focal point clears answers")
    waiting = Revision.objects.filter(answer__response=desk.response, answer__question=identifier).exclude(aside="")
    if waiting.filter(settled_at__isnull=True).exists():
        raise RefusedError("two texts stand beside each other here: merge them first")
    _set_stage(actor, desk, identifier, Stage.CLEARED, "CLEAR_ANSWER")


def give_back(actor: Actor, desk: Desk, identifier: str) -> None:
    """Make an answer a draft again."""
    _own(desk, identifier)
    _set_stage(actor, desk, identifier, Stage.DRAFT, "GIVE_BACK_ANSWER")


def _own(desk: Desk, identifier: str) -> None:
    if seen_question(desk, identifier)[1] is not Sight.ALL:
        raise NothingHereError


def _entrusted_question(actor: Actor, response: Response, identifier: str) -> tuple[Question, bool]:
    """Return the question, and whether the writer was entrusted with it once but no longer is."""
    form = form_of(response.version)
    question = form.by_identifier.get(identifier)
    if question is None or actor.user_id is None:
        raise NothingHereError
    rows = Delegation.objects.filter(response=response, user_id=actor.user_id)
    section = form.section_of[identifier]
    ended = [
        at is not None
        for is_focal_point, scopes, at in rows.values_list("is_focal_point", "scopes", "ended_at")
        if Entrusted(is_focal_point, frozenset(scopes)).covers(identifier, section)
    ]
    if not ended:
        raise NothingHereError
    return question, all(ended)


def _answer(response: Response, identifier: str, language: str) -> Answer:
    if language not in LANGUAGES:
        raise RefusedError("{language} is none of the six languages", language=language[:10])
    held, _ = Answer.objects.get_or_create(response=response, question=identifier, language=language)
    return held


def _why_aside(response: Response, answer: Answer, value: Mapping[str, Any], *, seen: int, lost: bool) -> str:
    return why_aside(
        lost=lost,
        submitted=answer.submitted_revision is not None,
        closed=is_closed(response, timezone.now().date()),
        clashes=seen != answer.revision and value != answer.value,
    )


def is_closed(response: Response, today: dt.date) -> bool:
    """Whether the deadline has passed and late answers are not taken."""
    return not response.version.takes_late and response.due_date is not None and today > response.due_date


def _kept_aside(
    actor: Actor, answer: Answer, value: dict[str, Any], *, why: str, seen: int, sent_key: UUID | None
) -> Saved:
    last = answer.revisions.filter(aside=why, made_by_id=actor.user_id, settled_at__isnull=True, based_on=seen)
    same = last.filter(value=value).order_by("-pk").first()
    if same is not None and sent_key is None:
        return Saved(answer, same, why)
    last.update(settled_at=timezone.now())  # the newest of one writer stands for those before it
    row = Revision.objects.create(
        answer=answer, based_on=seen, value=value, aside=why, sent_key=sent_key, made_by_id=actor.user_id
    )
    _noted(actor, "KEEP_ASIDE", answer, value, aside=str(why))
    return Saved(answer, row, why)


def _kept(
    actor: Actor,
    response: Response,
    answer: Answer,
    value: dict[str, Any],
    *,
    verb: str,
    sent_key: UUID | None,
) -> Saved:
    before = copy.copy(answer)
    row = _taken(actor, answer, value, verb=verb, sent_key=sent_key)
    answer.save(update_fields=_TAKEN)
    row.save()
    follow(response, form_of(response.version), answer, before)
    _noted(actor, f"{verb}_ANSWER", answer, value)
    return Saved(answer, row)


_TAKEN = ("value", "is_answered", "stage", "revision", "changed_at", "changed_by")


def _taken(actor: Actor, answer: Answer, value: dict[str, Any], *, verb: str, sent_key: UUID | None) -> Revision:
    """Make a text the answer and return its revision; neither is stored yet."""
    answer.value, answer.is_answered = value, is_answered(value)
    answer.stage, answer.revision = Stage.DRAFT, answer.revision + 1
    answer.changed_at, answer.changed_by_id = timezone.now(), actor.user_id
    return Revision(
        answer=answer,
        number=answer.revision,
        based_on=answer.revision - 1,
        value=value,
        verb=verb,
        sent_key=sent_key,
        made_by_id=actor.user_id,
    )


def _noted(actor: Actor, verb: str, answer: Answer, value: Mapping[str, Any], **more: str) -> None:
    """Write the change down with a digest: the text itself is confidential and stands in the revisions."""
    after = {"revision": answer.revision, "digest": digest_of(f"{answer.uuid}{sorted(value.items())}"), **more}
    record_change(actor, verb, reference_to(answer), before=None, after=after, is_confined=True)


def _set_stage(actor: Actor, desk: Desk, identifier: str, stage: Stage, verb: str) -> None:
    with transaction.atomic():
        rows = Answer.objects.select_for_update(of=("self",)).filter(response=desk.response, question=identifier)
        held = [row for row in rows if row.is_answered]
        if not held:
            raise RefusedError("there is no answer yet")
        if all(row.submitted_revision is not None for row in held):
            raise RefusedError("the answers were submitted: recall this one first")
        for answer in held:
            if answer.stage == stage:
                continue
            before = copy.copy(answer)
            answer.stage = stage
            answer.save(update_fields=["stage"])
            follow(desk.response, desk.form, answer, before)
            stages = {"stage": before.stage}, {"stage": stage}
            record_change(actor, verb, reference_to(answer), before=stages[0], after=stages[1], is_confined=True)
