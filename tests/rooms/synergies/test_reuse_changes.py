"""A later change at the source notifies: on the desk and by one letter, people entrusted with both answers only."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.loaded_registry import loaded_crosswalk  # noqa: F401
from tests.reuse_world import TEXT, World, make_reuse_world
from tests.worlds import make_person

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.changes.models import Change
from merida.foundation.people.models import Role, User
from merida.interfaces.web.letters import send_change
from merida.review.questionnaires.asking import delegate, end_delegation
from merida.review.questionnaires.models import Answer, Delegation, Response
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.sending import LetterRefusedError
from merida.review.synergies.models import ChangeLetter, Reuse
from merida.review.synergies.reuse_actions import leave, take
from merida.review.synergies.reuse_changes import changed_since, changes_waiting, keep_ours, letters_due, send


@pytest.fixture(scope="module")
def mapped(loaded_crosswalk) -> None:  # noqa: F811
    """The crosswalk is loaded."""


@pytest.fixture
def world(mapped: None, db: None) -> World:
    """One answer taken into the second response, real and not a sample; nothing changed yet."""
    made = make_reuse_world()
    Response.objects.update(is_sample=False)
    for response in (made.first, made.second):
        response.refresh_from_db()
    made.answer(made.first, "first.law", text=TEXT)
    retake(made, seen=0)
    return made


def retake(world: World, *, seen: int) -> None:
    source = Answer.objects.get(response=world.first, question="first.law")
    actor = actor_of(world.focal_point)
    take(
        actor, world.desk(world.second), "second.law", "en", source.uuid, source_revision=source.revision, seen=seen,
        at=world.today,
    )  # fmt: skip


def change(world: World, text: str) -> Answer:
    return world.answer(world.first, "first.law", text=text)


def taken_and_changed(world: World, question: str) -> None:
    source = world.answer(world.first, f"first.{question}", text="Done so.")
    Reuse.objects.create(
        response=world.second, question=f"second.{question}", language="en", source=source, source_revision=1,
        source_text="Done so.", relation="EQUAL", outcome="ACCEPTED", answer_revision=1,
    )  # fmt: skip
    world.answer(world.first, f"first.{question}", text="Done otherwise.")


def told(world: World, *, hours: int = 2) -> list[str]:
    """Send what is due so many hours from now; return to whom."""
    letters = letters_due(timezone.now() + timedelta(hours=hours))
    return sorted(one.user.email for one in send(SYSTEM, letters, send_change).sent)


def waiting(world: World, user: User | None = None) -> list[str]:
    return [one.question for one in changed_since(world.desk(world.second, user))]


def test_it_is_told_until_somebody_takes_the_newer_text(world: World) -> None:
    assert (waiting(world), changes_waiting(actor_of(world.focal_point))) == ([], {})
    change(world, "Section 10.")
    change(world, "Section 11.")
    assert waiting(world) == ["second.law"]
    assert changes_waiting(actor_of(world.focal_point)) == {world.second.pk: 1}
    retake(world, seen=1)
    assert (waiting(world), changes_waiting(actor_of(world.focal_point))) == ([], {})
    change(world, "Section 12.")
    assert len(changed_since(world.desk(world.second))) == 1  # one thing to decide, however often it was taken


def test_or_until_somebody_says_that_ours_stays_as_it_is(world: World) -> None:
    source = change(world, "Section 10.")
    actor, desk = actor_of(world.focal_point), world.desk(world.second)
    with pytest.raises(RefusedError):
        keep_ours(actor, desk, "second.law", source.uuid, source_revision=1)  # another text than was read
    keep_ours(actor, desk, "second.law", source.uuid, source_revision=2)
    assert waiting(world) == []
    assert Answer.objects.get(response=world.second).value == {"text": TEXT}
    assert Change.objects.filter(verb="KEEP_OURS").count() == 1
    assert world.offered() == []
    with pytest.raises(NothingHereError):
        keep_ours(actor, desk, "second.law", source.uuid, source_revision=2)
    change(world, "Section 11.")
    assert waiting(world) == ["second.law"]


def test_leaving_the_newer_text_settles_it_too(world: World) -> None:
    source = change(world, "Section 10.")
    leave(
        actor_of(world.focal_point), world.desk(world.second), "second.law", "en", source.uuid, source_revision=2,
        at=world.today,
    )  # fmt: skip
    assert waiting(world) == []


def test_a_source_that_was_emptied_is_told_and_can_be_settled(world: World) -> None:
    source = change(world, "")
    assert waiting(world) == ["second.law"]
    keep_ours(actor_of(world.focal_point), world.desk(world.second), "second.law", source.uuid, source_revision=2)
    assert waiting(world) == []


def test_who_is_not_entrusted_with_both_learns_nothing(world: World) -> None:
    source = change(world, "Section 10.")
    staff = [make_person(f"changes_{role}".lower(), role) for role in (Role.SECRETARIAT, Role.ADMINISTRATOR)]
    for user in (world.delegate, *staff):
        assert waiting(world, user) == []
        with pytest.raises(NothingHereError):
            keep_ours(actor_of(user), world.desk(world.second, user), "second.law", source.uuid, source_revision=2)
    for user in (world.delegate, world.other_focal_point, *staff):
        assert changes_waiting(actor_of(user)) == {}
    assert changes_waiting(ANYBODY) == {}
    with pytest.raises(PermissionDenied):
        keep_ours(SYSTEM, world.desk(world.second), "second.law", source.uuid, source_revision=2)
    assert told(world) == [world.focal_point.email]


def test_a_delegate_with_both_parts_is_told_of_those_only(world: World) -> None:
    delegate(actor_of(world.focal_point), world.first, world.delegate, scopes=["bribery"])
    change(world, "Section 10.")
    assert (waiting(world, world.delegate), changes_waiting(actor_of(world.delegate))) == ([], {})
    delegate(actor_of(world.focal_point), world.first, world.delegate, scopes=["first.law"])
    assert waiting(world, world.delegate) == ["second.law"]
    assert changes_waiting(actor_of(world.delegate)) == {world.second.pk: 1}
    assert told(world) == sorted([world.delegate.email, world.focal_point.email])


def test_a_delegation_that_ended_ends_the_notice(world: World) -> None:
    change(world, "Section 10.")
    end_delegation(SYSTEM, Delegation.objects.get(response=world.first, is_focal_point=True))
    assert (waiting(world), changes_waiting(actor_of(world.focal_point)), told(world)) == ([], {}, [])


def test_one_letter_a_decision_and_none_while_somebody_types(world: World) -> None:
    change(world, "Section 10.")
    assert told(world, hours=0) == []
    assert told(world) == [world.focal_point.email]
    change(world, "Section 11.")
    assert told(world) == []  # it waits for the decision it asked for already
    retake(world, seen=1)
    assert told(world) == []
    change(world, "Section 12.")
    assert told(world) == [world.focal_point.email]


def test_the_letter_names_the_question_and_never_a_word_of_an_answer(world: World) -> None:
    User.objects.filter(pk=world.focal_point.pk).update(language="fr")
    change(world, "zarzuela")
    told(world)
    (letter,) = mail.outbox
    assert letter.to == [world.focal_point.email]
    assert f"/fr/reuse/{world.second.uuid}/#changed" in letter.body
    assert "First sample" in letter.body
    for word in ("zarzuela", TEXT, "Section"):
        assert word not in letter.body + letter.subject
    assert letter.body.count("\n– ") == 1
    assert Change.objects.filter(verb="TELL_CHANGE").count() == 1


def test_what_was_taken_in_two_places_is_one_letter_for_each_response(world: World) -> None:
    taken_and_changed(world, "practice")
    change(world, "Section 10.")
    assert told(world) == [world.focal_point.email]
    assert mail.outbox[0].body.count("\n– ") == 2
    assert told(world) == []


def test_a_sample_writes_to_nobody(world: World) -> None:
    Response.objects.update(is_sample=True)
    change(world, "Section 10.")
    assert told(world) == []


def test_what_could_not_be_delivered_is_not_written_down(world: World) -> None:
    change(world, "Section 10.")

    def away(_letter: object) -> None:
        raise ConnectionRefusedError

    def refusing(_letter: object) -> None:
        raise LetterRefusedError

    later = timezone.now() + timedelta(hours=2)
    with pytest.raises(ConnectionRefusedError):
        send(SYSTEM, letters_due(later), away)
    assert [one.user for one in send(SYSTEM, letters_due(later), refusing).refused] == [world.focal_point]
    assert not ChangeLetter.objects.exists()
    assert told(world) == [world.focal_point.email]
    with pytest.raises(PermissionDenied):
        send(actor_of(world.focal_point), letters_due(later), send_change)


def test_two_senders_write_one_letter(world: World) -> None:
    change(world, "Section 10.")
    first = list(letters_due(timezone.now() + timedelta(hours=2)))
    assert told(world) == [world.focal_point.email]
    assert send(SYSTEM, first, send_change).sent == []
    assert len(mail.outbox) == 1


def test_the_notice_takes_as_many_queries_for_one_as_for_three(world: World, django_assert_num_queries) -> None:
    change(world, "Section 10.")
    actor, desk = actor_of(world.focal_point), world.desk(world.second)
    with django_assert_num_queries(3):
        assert len(changed_since(desk)) == 1
    with django_assert_num_queries(2):
        assert changes_waiting(actor) == {world.second.pk: 1}
    for question in ("practice", "bribery"):
        taken_and_changed(world, question)
    with django_assert_num_queries(3):
        assert len(changed_since(desk)) == 3
    with django_assert_num_queries(2):
        assert changes_waiting(actor) == {world.second.pk: 3}
