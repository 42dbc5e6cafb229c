"""What blocks a submission; submitting, recalling, consenting to publication."""

import datetime as dt
from collections.abc import Collection
from heapq import nsmallest
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from merida.foundation.access.models import Audience
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.review.questionnaires.conditions import not_asked
from merida.review.questionnaires.form import Form, Part
from merida.review.questionnaires.models import (
    Answer,
    Consent,
    PublishedAnswer,
    Response,
    ResponseStage,
    Revision,
    Stage,
)
from merida.review.questionnaires.progress import follow
from merida.review.questionnaires.queries import Desk
from merida.review.questionnaires.refusing import NothingHereError, RefusedError

LONGEST_REASON = 2000
CLEARED: Final = Stage.CLEARED.value


class Block(NamedTuple):
    """A question that keeps the answers from being submitted, and why: MISSING, NOT_CLEARED or TWO_TEXTS."""

    question: str
    why: str


def blocks(desk: Desk) -> list[Block]:
    """Return what keeps the response from being submitted, in the order of the questionnaire."""
    return first_blocks(desk, len(desk.form.order))[0]


def first_blocks(desk: Desk, most: int) -> tuple[list[Block], int]:
    """Return the first of what keeps the response from being submitted, and how much that is in all."""
    form, answers = desk.form, Answer.objects.filter(response=desk.response, language=desk.response.language)
    stages = dict(answers.filter(is_answered=True).values_list("question", "stage"))
    two = _beside_each_other(desk.response) & form.places.keys()
    drafts = {question for question, stage in stages.items() if stage != CLEARED} & form.places.keys()
    missing = form.required - stages.keys()
    found = (drafts | missing) - not_asked(form, _choices(form, answers)) | two
    first = nsmallest(most, found, key=form.places.__getitem__)
    why = {
        **dict.fromkeys(missing, "MISSING"),
        **dict.fromkeys(drafts, "NOT_CLEARED"),
        **dict.fromkeys(two, "TWO_TEXTS"),
    }
    return [Block(each, why[each]) for each in first], len(found)


def _beside_each_other(response: Response) -> frozenset[str]:
    """Return the questions with a text kept aside. They are few on the whole site: the search begins with them."""
    waiting = Revision.objects.filter(number__isnull=True, settled_at__isnull=True)  # kept aside: without a number
    found = Answer.objects.filter(response=response, pk__in=waiting.values("answer"))
    return frozenset(found.values_list("question", flat=True))


def _choices(form: Form, answers: QuerySet[Answer]) -> dict[str, dict[str, Any]]:
    """Return what was chosen, which is all that conditions ask about; the long texts stay in the database."""
    one, several = _conditions_ask(form)
    single = answers.filter(question__in=one).values_list("question", KeyTextTransform("choice", "value"))
    found = {question: {"choice": choice} for question, choice in single} if one else {}
    many = answers.filter(question__in=several).values_list("question", "value__choices")
    return found | ({question: {"choices": choices or ()} for question, choices in many} if several else {})


def _conditions_ask(form: Form) -> tuple[list[str], list[str]]:
    """Return the questions that conditions ask about: those with one choice, those with several."""
    asked = [form.by_identifier[each] for each in form.dependents if each in form.by_identifier]
    several = [each.identifier for each in asked if Part.CHOICES in each.parts]
    return [each.identifier for each in asked if Part.CHOICE in each.parts], several


def submit(actor: Actor, desk: Desk) -> Response:
    """Submit every cleared answer. After a first submission what is new comes in as a supplement.

    Raises RefusedError naming how many questions block it, or where the deadline has passed for good;
    NothingHereError for anybody but the focal point.
    """
    _focal_point(desk)
    with transaction.atomic():
        held = Response.objects.select_for_update(of=("self",)).select_related("version").get(pk=desk.response.pk)
        _, waiting = first_blocks(desk, 0)
        if waiting:
            raise RefusedError("{count} questions keep the answers from being submitted", count=waiting)
        now = timezone.now()
        if not held.version.takes_late and held.due_date and now.date() > held.due_date:
            raise RefusedError("late answers are not taken: the deadline was {day}", day=held.due_date)
        rows = Answer.objects.filter(response=held, is_answered=True, submitted_revision__isnull=True)
        count = 0
        for answer in rows.filter(stage=Stage.CLEARED):
            answer.is_supplement = held.first_submitted_at is not None and answer.submitted_at is None
            answer.submitted_revision, answer.submitted_at = answer.revision, now
            answer.recalled_at, answer.recall_text = None, ""
            answer.save()
            count += 1
        if not count:
            raise RefusedError("there is nothing new to submit")
        held.stage, held.submitted_at = ResponseStage.SUBMITTED, now
        held.first_submitted_at = held.first_submitted_at or now
        held.save(update_fields=["stage", "submitted_at", "first_submitted_at"])
        record_change(actor, "SUBMIT_RESPONSE", reference_to(held), before=None, after={"answers": count})
    desk.response.stage, desk.response.submitted_at = held.stage, held.submitted_at
    return held


def recall(actor: Actor, desk: Desk, questions: Collection[str], *, reason: str) -> int:
    """Take submitted answers back to be changed, with a reason; what was published of them is withdrawn.

    Returns how many answers. Raises RefusedError (no reason, nothing submitted), NothingHereError.
    """
    _focal_point(desk)
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise RefusedError("say why the answers are recalled")
    with transaction.atomic():
        rows = Answer.objects.select_for_update(of=("self",)).filter(
            response=desk.response, question__in=list(questions), submitted_revision__isnull=False
        )
        held = list(rows)
        if not held:
            raise RefusedError("none of these answers was submitted")
        # before the change is recorded: who follows the log meets what is public from now on
        PublishedAnswer.objects.filter(consent__response=desk.response, question__in=list(questions)).delete()
        for answer in held:
            before = Answer(question=answer.question, is_answered=answer.is_answered, stage=answer.stage)
            answer.submitted_revision, answer.recalled_at = None, timezone.now()
            answer.recall_text, answer.stage = said, Stage.DRAFT
            answer.save()
            if answer.language == desk.response.language:
                follow_recall(desk, answer, before)
            record_change(actor, "RECALL_ANSWER", reference_to(answer), before=None, after={"reason": said})
        Response.objects.filter(pk=desk.response.pk).update(stage=ResponseStage.OPEN)
    desk.response.stage = ResponseStage.OPEN
    return len(held)


def follow_recall(desk: Desk, answer: Answer, before: Answer) -> None:
    """Bring the counts up to date after an answer was recalled."""
    before.value, before.language = answer.value, answer.language
    follow(desk.response, desk.form, answer, before)


def consent(actor: Actor, desk: Desk, question: str, language: str) -> Consent:
    """Consent to the publication of one submitted answer in one language; it is public from now on.

    Raises RefusedError (not submitted, consented already), NothingHereError for anybody but the focal point.
    """
    _focal_point(desk)
    with transaction.atomic():
        answer = Answer.objects.filter(
            response=desk.response, question=question, language=language, submitted_revision__isnull=False
        ).first()
        if answer is None or answer.submitted_at is None:
            raise RefusedError("only an answer that was submitted can be published")
        given = Consent.objects.filter(
            response=desk.response, question=question, language=language, revoked_at__isnull=True
        ).first()
        if given is not None and PublishedAnswer.objects.filter(consent=given).exists():
            raise RefusedError("consent was given already")
        given = given or Consent.objects.create(
            response=desk.response, question=question, language=language, given_by_id=actor.user_id
        )
        text = answer.revisions.get(number=answer.submitted_revision)
        PublishedAnswer.objects.create(
            consent=given,
            version=desk.response.version,
            state=desk.response.state,
            question=question,
            language=language,
            value=text.value,
            submitted_date=answer.submitted_at.date(),
            due_date=desk.response.due_date,
            audience=Audience.PUBLIC,
            published_at=timezone.now(),
        )
        after = {"question": question, "language": language, "revision": answer.submitted_revision}
        record_change(actor, "CONSENT", reference_to(given), before=None, after=after)
    return given


def revoke(actor: Actor, desk: Desk, question: str, language: str) -> None:
    """Revoke a consent for the future: the answer is public no more. Raises RefusedError, NothingHereError."""
    _focal_point(desk)
    with transaction.atomic():
        given = Consent.objects.filter(
            response=desk.response, question=question, language=language, revoked_at__isnull=True
        ).first()
        if given is None:
            raise RefusedError("there is no consent to revoke")
        PublishedAnswer.objects.filter(consent=given).delete()
        given.revoked_at, given.revoked_by_id = timezone.now(), actor.user_id
        given.save(update_fields=["revoked_at", "revoked_by"])
        record_change(actor, "REVOKE_CONSENT", reference_to(given), before=None, after={"question": question})


def is_late(day: dt.date, due_date: dt.date | None) -> bool:
    """Whether answers of ``day`` came after the deadline."""
    return due_date is not None and day > due_date


def _focal_point(desk: Desk) -> None:
    if not desk.is_focal_point:
        raise NothingHereError
