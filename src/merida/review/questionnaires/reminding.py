"""Letters that remind people of a due date: who gets one, about what, and that it was sent."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from merida.foundation.access.actors import actor_of, person_reference
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor, Sight
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.people.models import User
from merida.review.questionnaires.due_steps import step_reached
from merida.review.questionnaires.models import Delegation, Reminder, Response, ResponseStage, Version
from merida.review.questionnaires.queries import Desk, desk_for
from merida.review.questionnaires.sending import Sending, send_each
from merida.review.questionnaires.submitting import blocks


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is reminded of: of a response only what is theirs. ``due_date`` is None where there is none.

    ``step_date`` names the step, so that none is sent twice. ``waiting`` counts the questions of this person's part
    that need them still.
    """

    user: User
    desk: Desk
    due_date: dt.date | None
    step_date: dt.date
    waiting: int

    @property
    def response(self) -> Response:
        """What is to be answered."""
        return self.desk.response


def letters_due(today: dt.date) -> Iterator[Letter]:
    """Yield the letters of steps that were reached and not sent. Samples are left out: nobody was asked."""
    for response, rows in _open(Response.objects.filter(is_sample=False)):
        for user, due, since in _people(response, rows):
            step = step_reached(due, today, since=since) if due else None
            if step and not Reminder.objects.filter(response=response, user=user, step_date=step).exists():
                yield from _letter(response, user, due, step)


def letters_by_hand(version: Version, today: dt.date) -> Iterator[Letter]:
    """Yield a letter for everybody who answers a version that is not submitted; one a person and day."""
    for response, rows in _open(Response.objects.filter(version=version)):
        for user, due, _since in _people(response, rows):
            if not Reminder.objects.filter(response=response, user=user, sent_at__date__gte=today).exists():
                yield from _letter(response, user, due, today)


def send(actor: Actor, letters: Iterable[Letter], deliver: Callable[[Letter], None]) -> Sending[Letter]:
    """Deliver reminders and write down each that was. Raises as ``send_each``."""
    return send_each(actor, letters, lambda letter: _sent(actor, letter, deliver))


def _sent(actor: Actor, letter: Letter, deliver: Callable[[Letter], None]) -> bool:
    """Write a letter down and deliver it, both or neither; False where another sender was faster."""
    with transaction.atomic():
        held = Response.objects.select_for_update(of=("self",)).get(pk=letter.response.pk)
        made, is_new = Reminder.objects.get_or_create(
            response=held, user=letter.user, step_date=letter.step_date, defaults={"due_date": letter.due_date}
        )
        if is_new:
            Response.objects.filter(pk=held.pk).update(reminded_at=made.sent_at)
            after = {"person": person_reference(letter.user), "due": letter.due_date, "waiting": letter.waiting}
            record_change(actor, "REMIND_PERSON", reference_to(made), before=None, after=after)
            deliver(letter)
    return is_new


def reminders(desk: Desk) -> list[Reminder]:
    """Return who was reminded when, the newest first: all of it for the focal point, the own ones for others."""
    found = Reminder.objects.filter(response=desk.response).select_related("user").order_by("-sent_at", "-pk")
    if not (desk.is_focal_point or may(desk.actor, Deed.ASK_STATES)):
        found = found.filter(user_id=desk.actor.user_id or 0)
    return list(found)


def _open(asked: QuerySet[Response]) -> Iterator[tuple[Response, list[Delegation]]]:
    """Yield the responses that were never submitted, with who is on them."""
    found = Response.objects.filter(pk__in=asked, stage=ResponseStage.OPEN, first_submitted_at__isnull=True)
    for response in found.select_related("version__questionnaire", "state").defer("version__content").order_by("pk"):
        held = Delegation.objects.filter(response=response, ended_at__isnull=True, user__is_active=True)
        yield response, list(held.select_related("user").order_by("pk"))


def _people(response: Response, rows: list[Delegation]) -> Iterator[tuple[User, dt.date | None, dt.date]]:
    """Yield each person once: the day that is due first for them, and since when they are on it."""
    for user in {row.user_id: row.user for row in rows}.values():
        mine = [row for row in rows if row.user_id == user.pk]
        days = [day for day in (response.due_date, *(row.due_date for row in mine)) if day]
        yield user, min(days, default=None), min(timezone.localdate(row.since_at) for row in mine)


def _letter(response: Response, user: User, due: dt.date | None, step: dt.date) -> Iterator[Letter]:
    """Yield the letter, unless somebody's part is done: the focal point has something to do until it is submitted."""
    desk = desk_for(actor_of(user), response)
    theirs = [one for one in blocks(desk) if desk.sight(one.question) is Sight.ALL]
    mine = theirs if desk.is_focal_point else [one for one in theirs if one.why != "NOT_CLEARED"]
    if mine or desk.is_focal_point:
        yield Letter(user, desk, due, step, len(mine))
