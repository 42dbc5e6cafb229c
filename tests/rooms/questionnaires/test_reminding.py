"""Reminders: on the right days, once, about the own part only, in the reader's language, written down."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.answering_world import Answering, make_answering

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.interfaces.web.letters import send_reminder
from merida.review.questionnaires.answering import save_answer
from merida.review.questionnaires.due_steps import STEPS, step_reached
from merida.review.questionnaires.models import Reminder, Response
from merida.review.questionnaires.reminding import (
    Letter,
    letters_by_hand,
    letters_due,
    reminders,
    send,
)
from merida.review.questionnaires.sending import LetterRefusedError

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))


@given(DAYS, st.integers(-60, 60), st.integers(0, 90))
def test_a_step_is_a_step_and_has_come(due: dt.date, shift: int, before: int) -> None:
    today = due + dt.timedelta(days=shift)
    since = today - dt.timedelta(days=before)
    found = step_reached(due, today, since=since)
    possible = [due + dt.timedelta(days=step) for step in STEPS if since <= due + dt.timedelta(days=step) <= today]
    assert found == (possible[-1] if possible else None)


pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Answering:
    made = make_answering(due=timezone.localdate() + dt.timedelta(days=35))
    Response.objects.update(is_sample=False)
    return made


def due_on(world: Answering, days: int) -> list[str]:
    """Send what is due so many days from the due date; return to whom."""
    assert world.version.due_date is not None
    today = world.version.due_date + dt.timedelta(days=days)
    return sorted(one.user.email for one in send(SYSTEM, letters_due(today), send_reminder).sent)


def test_everybody_on_it_is_reminded_once_a_step_however_often_it_runs(world):
    people = sorted(user.email for user in (world.focal_point, world.delegate, world.other_focal_point))
    assert due_on(world, -29) == []
    assert due_on(world, -28) == people
    assert due_on(world, -28) == []
    assert due_on(world, -10) == []
    assert due_on(world, -6) == people
    assert due_on(world, 3) == people
    assert Reminder.objects.count() == len(mail.outbox) == 9
    assert Change.objects.filter(verb="REMIND_PERSON").count() == 9


def test_a_delegate_reads_of_the_own_part_and_of_no_answer_in_their_own_language(world):
    world.delegate.language = "fr"
    world.delegate.save()
    save_answer(world.actor("focal_point"), world.response, "bribery.level", {"choice": "NO", "text": "secret"}, seen=0)
    due_on(world, -7)
    letter = next(one for one in mail.outbox if one.to == [world.delegate.email])
    assert "Enquête modèle" in letter.subject
    assert "Money" in letter.body
    assert "Bribery" not in letter.body
    assert "secret" not in letter.body
    assert f"/fr/desk/{world.response.uuid}/" in letter.body


def test_whoever_has_done_their_part_is_left_in_peace(world):
    save_answer(world.actor("delegate"), world.response, "money.practice", {"text": "Done"}, seen=0)
    assert world.delegate.email not in due_on(world, -7)
    assert world.focal_point.email in {one.to[0] for one in mail.outbox}


def test_samples_and_what_was_submitted_get_no_letter(world):
    Response.objects.filter(pk=world.response.pk).update(is_sample=True)
    Response.objects.filter(pk=world.other_response.pk).update(
        stage="SUBMITTED", submitted_at=timezone.now(), first_submitted_at=timezone.now()
    )
    assert due_on(world, 1) == []


def test_a_letter_that_the_mail_server_refused_is_not_recorded_and_goes_out_next_time(world):
    def refuses(_letter: object) -> None:
        raise OSError("no connection")

    today = world.version.due_date - dt.timedelta(days=1)
    with pytest.raises(OSError, match="no connection"):
        send(SYSTEM, letters_due(today), refuses)
    assert not Reminder.objects.exists()
    assert len(send(SYSTEM, letters_due(today), send_reminder).sent) == 3


def test_one_address_that_is_refused_keeps_no_other_letter(world):
    def takes_all_but_one(letter: Letter) -> None:
        if letter.user == world.focal_point:
            raise LetterRefusedError(letter.user.email)

    sending = send(SYSTEM, letters_due(world.version.due_date), takes_all_but_one)
    assert [one.user for one in sending.refused] == [world.focal_point]
    assert {one.user for one in Reminder.objects.all()} == {world.delegate, world.other_focal_point}


def test_by_hand_one_letter_a_day_and_the_focal_point_sees_who_was_reminded(world):
    today = timezone.localdate()
    assert len(send(SYSTEM, letters_by_hand(world.version, today), send_reminder).sent) == 3
    assert send(SYSTEM, letters_by_hand(world.version, today), send_reminder).sent == []
    assert {one.user for one in reminders(world.desk("focal_point"))} == {world.focal_point, world.delegate}
    assert {one.user for one in reminders(world.desk("delegate"))} == {world.delegate}
