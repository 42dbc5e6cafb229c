"""Earlier answers at a question: offered to the State's own people only, taken by a named person, never silently."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests import reuse_world
from tests.loaded_registry import loaded_crosswalk  # noqa: F401
from tests.reuse_world import TEXT, World, make_reuse_world
from tests.worlds import make_person

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.people.models import Role
from merida.foundation.registry.models import Provision
from merida.knowledge.crosswalk.actions import correct_mapping
from merida.knowledge.crosswalk.checking import values_of
from merida.knowledge.crosswalk.models import Mapping
from merida.knowledge.crosswalk.queries import mapping_by_code
from merida.knowledge.directory.actions import register_authority
from merida.knowledge.library.models import Law
from merida.review.questionnaires.asking import end_delegation, name_focal_point
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Delegation
from merida.review.questionnaires.queries import desk_of
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.submitting import blocks
from merida.review.synergies.models import Reuse
from merida.review.synergies.reuse import offered_at, reuses_of
from merida.review.synergies.reuse_actions import leave, take
from merida.review.synergies.reuse_changes import changed_since
from merida.review.synergies.reuse_report import differences, saved_typing
from merida.rules.crosswalk.staleness import Sign


@pytest.fixture(scope="module")
def mapped(loaded_crosswalk) -> None:  # noqa: F811
    """The crosswalk is loaded."""


@pytest.fixture
def world(mapped: None, db: None) -> World:
    return make_reuse_world()


def test_the_same_asked_in_another_treaty_stands_there_as_a_draft(world: World) -> None:
    source = world.answer(world.first, "first.law", text=TEXT)
    (one,) = world.offered()
    assert (one.is_draft, one.value, one.source, one.candidate.relation) == (True, {"text": TEXT}, source, "EQUAL")
    desk = world.desk(world.second)
    assert not Answer.objects.filter(response=world.second).exists()
    assert "second.law" in {block.question for block in blocks(desk)}


def test_a_level_of_compliance_is_never_offered_or_taken_over(world: World) -> None:
    world.answer(world.first, "first.level", choice="YES", text="Because of the Act.")
    assert world.offered("second.level") == []


def test_a_false_friend_is_never_offered(world: World) -> None:
    world.answer(world.first, "first.bribery", text=TEXT)
    assert Mapping.objects.filter(relation="NONE", ends__clause__key="UNCAC 15(b)").exists()
    assert world.offered("second.bribery") == []


@pytest.mark.parametrize("state", ["NRU"])
def test_what_another_state_answered_is_nowhere(world: World, state: str) -> None:
    world.answer(world.other, "first.law", text="zarzuela")
    assert world.offered() == []
    name_focal_point(SYSTEM, world.other, world.focal_point)  # one person may serve two States
    assert world.offered() == []
    assert differences(world.desk(world.second)) == []


def test_who_is_not_entrusted_with_the_source_learns_nothing(world: World) -> None:
    world.answer(world.first, "first.law", text=TEXT)
    assert world.offered(user=world.delegate) == []
    for role in (Role.SECRETARIAT, Role.ADMINISTRATOR):
        staff = make_person(f"reuse_{role}".lower(), role)
        assert world.offered(user=staff) == []
        assert reuses_of(world.desk(world.second, staff)) == []
        assert differences(world.desk(world.second, staff)) == []
    for stranger in (ANYBODY, actor_of(world.other_focal_point)):
        with pytest.raises(NothingHereError):
            desk_of(stranger, world.second.uuid)


def test_a_delegation_that_ended_ends_the_offer(world: World) -> None:
    world.answer(world.first, "first.law", text=TEXT)
    end_delegation(SYSTEM, Delegation.objects.get(response=world.first, is_focal_point=True))
    assert world.offered() == []


def test_a_named_person_takes_it_and_where_it_comes_from_is_kept(world: World) -> None:
    source = world.answer(world.first, "first.law", text=TEXT)
    desk, actor = world.desk(world.second), actor_of(world.focal_point)
    saved = take(actor, desk, "second.law", "en", source.uuid, source_revision=1, seen=0, at=world.today)
    assert saved.answer.value == {"text": TEXT}
    (kept,) = reuses_of(desk)
    assert (kept.source, kept.source_revision, kept.relation, kept.outcome, kept.decided_by) == (
        source, 1, "EQUAL", "ACCEPTED", world.focal_point,
    )  # fmt: skip
    assert (kept.mapping_code, kept.answer_revision) == (world_mapping().code, 1)
    assert world.offered() == []
    assert saved_typing(desk).share == 1.0


def world_mapping() -> Mapping:
    return Mapping.objects.filter(relation="EQUAL", ends__clause__key="UNCAC 26(1)").get(
        ends__clause__key="UNTOC 10(1)"
    )


def test_adapting_keeps_the_level_given_here_and_counts_less_as_saved(world: World) -> None:
    source = world.answer(world.first, "first.law", text=f"{TEXT}\nIt covers judges.")
    desk, actor = world.desk(world.second), actor_of(world.focal_point)
    take(
        actor, desk, "second.law", "en", source.uuid, source_revision=1, seen=0, at=world.today, text=f"{TEXT}\nNew."
    )  # fmt: skip
    assert reuses_of(desk)[0].outcome == "ADAPTED"
    assert 0 < saved_typing(desk).share < 1


def test_nobody_but_a_named_person_takes_or_leaves(world: World) -> None:
    source = world.answer(world.first, "first.law", text=TEXT)
    desk = world.desk(world.second)
    for deed in (take, leave):
        more = {"seen": 0} if deed is take else {}
        with pytest.raises(PermissionDenied):
            deed(SYSTEM, desk, "second.law", "en", source.uuid, source_revision=1, at=world.today, **more)
    assert not Reuse.objects.exists()


def test_taking_what_is_not_offered_or_has_changed_is_refused_and_saves_nothing(world: World) -> None:
    source = world.answer(world.first, "first.law", text=TEXT)
    alien = world.answer(world.other, "first.law", text="zarzuela")
    desk, actor = world.desk(world.second), actor_of(world.focal_point)
    with pytest.raises(NothingHereError):
        take(actor, desk, "second.law", "en", alien.uuid, source_revision=1, seen=0, at=world.today)
    world.answer(world.first, "first.law", text="Later.")
    with pytest.raises(RefusedError):
        take(actor, desk, "second.law", "en", source.uuid, source_revision=1, seen=0, at=world.today)
    world.answer(world.second, "second.law", text="Typed meanwhile.")
    with pytest.raises(RefusedError):
        take(actor, desk, "second.law", "en", source.uuid, source_revision=2, seen=0, at=world.today)
    assert Answer.objects.get(response=world.second).value == {"text": "Typed meanwhile."}
    assert not Reuse.objects.exists()


def test_what_was_left_is_not_offered_again_until_it_changes(world: World) -> None:
    source = world.answer(world.first, "first.law", text=TEXT)
    leave(
        actor_of(world.focal_point), world.desk(world.second), "second.law", "en", source.uuid, source_revision=1,
        at=world.today,
    )  # fmt: skip
    assert world.offered() == []
    world.answer(world.first, "first.law", text="Section 10.")
    assert [one.value["text"] for one in world.offered()] == ["Section 10."]


def test_a_change_at_the_source_is_told_and_rewrites_nothing(world: World) -> None:
    source = world.answer(world.first, "first.law", text=TEXT)
    desk, actor = world.desk(world.second), actor_of(world.focal_point)
    take(actor, desk, "second.law", "en", source.uuid, source_revision=1, seen=0, at=world.today)
    assert changed_since(desk) == []
    world.answer(world.first, "first.law", text="Section 10.")
    (told,) = changed_since(desk)
    assert told.question == "second.law"
    assert Answer.objects.get(response=world.second).value == {"text": TEXT}
    end_delegation(SYSTEM, Delegation.objects.get(response=world.first, is_focal_point=True))
    assert changed_since(world.desk(world.second)) == []


def test_where_answers_differ_is_told_to_the_own_people(world: World) -> None:
    world.answer(world.first, "first.law", text=TEXT)
    world.answer(world.first, "first.level", choice="YES", text="Yes.")
    world.answer(world.second, "second.level", choice="NO", text="No.")
    world.answer(world.second, "second.law", text=f" {TEXT} ")
    assert differences(world.desk(world.second)) == []
    world.answer(world.second, "second.law", text="Section 12.")
    (found,) = differences(world.desk(world.second))
    assert (found.here.text, found.there.text, found.mapping) == ("Section 12.", TEXT, world_mapping().code)
    assert differences(world.desk(world.second, world.delegate)) == []


def test_an_amended_law_an_old_answer_and_another_language_only_suggest(world: World) -> None:
    law = Law.objects.create(state=world.first.state, titles={"en": "Sample Act"}, adopted_date=date(2001, 1, 1))
    source = world.answer(world.first, "first.law", text=TEXT, laws=[str(law.uuid)])
    (one,) = world.offered()
    assert (one.is_draft, one.value["laws"]) == (True, [str(law.uuid)])
    (one,) = world.offered(language="fr")
    assert (one.is_draft, one.candidate.signs) == (False, (Sign.OTHER_LANGUAGE,))
    Answer.objects.filter(pk=source.pk).update(changed_at=timezone.now() - timedelta(days=1200))
    (one,) = world.offered()
    assert (one.is_draft, one.candidate.signs) == (False, (Sign.OLD,))
    Law.objects.filter(pk=law.pk).update(amended_date=world.today - timedelta(days=100))
    (one,) = world.offered()
    assert one.candidate.signs == (Sign.OLD, Sign.LAW_AMENDED)


def test_a_mapping_that_says_less_now_offers_less(world: World) -> None:
    world.answer(world.first, "first.law", text=TEXT)
    code = world_mapping().code
    one = mapping_by_code(code)
    curator = actor_of(make_person("reuse_curator", Role.CURATOR))
    correct_mapping(curator, code, replace(values_of(one), strength="LOW"), seen=one.revision)
    assert [each.is_draft for each in world.offered()] == [False]
    correct_mapping(curator, code, replace(values_of(one), kinds=("STATISTICS",)), seen=one.revision + 1)
    assert world.offered() == []


def test_practice_is_only_suggested(world: World) -> None:
    Mapping.objects.filter(pk=world_mapping().pk).update(kinds=[])
    world.answer(world.first, "first.practice", text="Three cases.")
    assert [one.is_draft for one in world.offered("second.practice")] == [False]


@pytest.mark.parametrize("given", ["itself", "its article"])
def test_an_answer_given_before_its_provision_was_amended_only_suggests(world: World, given: str) -> None:
    world.answer(world.first, "first.law", text=TEXT)
    form = form_of(world.first.version)
    key = form.by_identifier["first.law"].provision or form.sections[0].provision
    amended = Provision.objects.filter(key=key if given == "itself" else key.partition("(")[0])
    Answer.objects.update(changed_at=timezone.now() - timedelta(days=30), submitted_at=None)
    assert Sign.PROVISION_CHANGED not in world.offered()[0].candidate.signs
    assert amended.update(changed_date=world.today - timedelta(days=10)) == 1
    (one,) = world.offered()
    assert (one.is_draft, Sign.PROVISION_CHANGED in one.candidate.signs) == (False, True)
    amended.update(changed_date=world.today - timedelta(days=60))  # known to whoever answered
    assert Sign.PROVISION_CHANGED not in world.offered()[0].candidate.signs


def test_the_offer_costs_the_same_for_one_answer_and_for_many(world: World, django_assert_max_num_queries) -> None:
    world.answer(world.first, "first.law", text=TEXT)
    desk = world.desk(world.second)
    offered_at(desk, "second.law", "en", at=world.today)
    with django_assert_max_num_queries(10):
        offered_at(desk, "second.law", "en", at=world.today)


def test_authorities_are_offered_as_a_draft_and_taken_with_the_text(mapped, db, monkeypatch) -> None:
    for name in ("FIRST", "SECOND"):
        monkeypatch.setattr(reuse_world, name, getattr(reuse_world, name).replace("kind: LAW", "kind: AUTHORITIES"))
    world = make_reuse_world()
    first = world.first
    office = register_authority(SYSTEM, first.state, {"en": "Sample Office"}, workspace=first.workspace)
    source = world.answer(first, "first.law", text=TEXT, authorities=[str(office.uuid)])
    (one,) = world.offered()
    assert (one.is_draft, one.value) == (True, {"text": TEXT, "authorities": [str(office.uuid)]})
    assert not Answer.objects.filter(response=world.second).exists()
    actor, desk = world.actor(world.focal_point), world.desk(world.second)
    take(actor, desk, "second.law", "en", source.uuid, source_revision=1, seen=0, at=world.today)
    assert Answer.objects.get(response=world.second).value == source.value
