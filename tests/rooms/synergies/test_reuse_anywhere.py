"""What was answered elsewhere and is open here: the list says what each question would say, and costs no more for more."""

import pytest
from tests import reuse_world
from tests.loaded_registry import loaded_crosswalk  # noqa: F401
from tests.reuse_world import TEXT, World, make_reuse_world

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.people.models import User
from merida.foundation.registry.models import State
from merida.knowledge.library.actions import register_law
from merida.review.questionnaires.asking import delegate
from merida.review.questionnaires.models import Answer
from merida.review.synergies.reuse import offered_anywhere, offered_at
from merida.review.synergies.reuse_actions import leave


@pytest.fixture(scope="module")
def mapped(loaded_crosswalk) -> None:  # noqa: F811
    """The crosswalk is loaded."""


@pytest.fixture
def world(mapped: None, db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The second section asks for the law of the same provision as the first."""
    for name, before, after in (("FIRST", "UNCAC 15(b)", "UNCAC 26(1)"), ("SECOND", "OECD_ABC 1(1)", "UNTOC 10(1)")):
        monkeypatch.setattr(reuse_world, name, getattr(reuse_world, name).replace(before, after))
    return make_reuse_world()


def listed(world: World, user: User | None = None) -> list[str]:
    """Return the list, held to what every question that is not answered says by itself."""
    desk = world.desk(world.second, user)
    done = set(Answer.objects.filter(response=world.second).values_list("question", flat=True))
    each = [one for one in desk.form.order if one not in done and offered_at(desk, one, "en", at=world.today)]
    found = offered_anywhere(desk)
    assert found == each
    return found


def test_it_lists_what_each_question_offers_until_it_is_answered_or_decided(world: World) -> None:
    assert listed(world) == []
    world.answer(world.first, "first.level", choice="YES")
    world.answer(world.other, "first.law", text="Another State.")
    assert listed(world) == []
    source = world.answer(world.first, "first.law", text=TEXT)
    assert listed(world) == ["second.law", "second.bribery"]
    world.answer(world.second, "second.bribery", text="Ours.")
    assert listed(world) == ["second.law"]
    actor, desk = actor_of(world.focal_point), world.desk(world.second)
    leave(actor, desk, "second.law", "en", source.uuid, source_revision=1, at=world.today)
    assert listed(world) == []
    world.answer(world.first, "first.law", text="Section 10.")
    assert listed(world) == ["second.law"]


def test_an_old_answer_is_listed_too_and_an_emptied_one_is_not(world: World) -> None:
    law = register_law(SYSTEM, State.objects.get(iso3="GHA"), {"en": "Act"}, workspace=world.first.workspace)
    world.answer(world.first, "first.law", laws=[str(law.uuid)])
    Answer.objects.update(changed_at="2019-01-01T00:00Z")
    assert listed(world) == ["second.law", "second.bribery"]
    world.answer(world.first, "first.law", text="")
    assert listed(world) == []


def test_a_delegate_is_listed_only_what_lies_in_both_parts(world: World) -> None:
    world.answer(world.first, "first.law", text=TEXT)
    assert listed(world, world.delegate) == []
    delegate(actor_of(world.focal_point), world.first, world.delegate, scopes=["first.bribery"])
    assert listed(world, world.delegate) == []
    delegate(actor_of(world.focal_point), world.first, world.delegate, scopes=["first.law"])
    assert listed(world, world.delegate) == ["second.law"]


def test_one_question_and_three_take_the_same_queries(world: World, django_assert_num_queries) -> None:
    world.answer(world.first, "first.law", text=TEXT)
    world.answer(world.second, "second.bribery", text="Ours.")
    desk = world.desk(world.second)
    offered_anywhere(desk)  # reads the forms
    with django_assert_num_queries(5):
        assert offered_anywhere(desk) == ["second.law"]
    Answer.objects.filter(response=world.second).delete()
    for question in ("practice", "bribery"):
        world.answer(world.first, f"first.{question}", text="Done so.")
    with django_assert_num_queries(5):
        assert offered_anywhere(desk) == ["second.law", "second.bribery"]
