"""Who sees what: the rule in words, and its three forms held together for every actor and every record."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.worlds import AT, SEEN, World, make_document, make_world

from merida.foundation.access.models import Workspace
from merida.foundation.access.visibility import (
    ANYBODY,
    SYSTEM,
    Actor,
    may_see,
    visibility_tag,
    visibility_tags,
    visible_condition,
)
from merida.knowledge.documents.models import Document, Paragraph

ROLES = ["", "READER", "CURATOR", "SECRETARIAT", "ADMINISTRATOR"]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("visitor", sorted(SEEN))
def test_each_visitor_sees_exactly_the_documents_that_the_rule_gives(world: World, visitor: str) -> None:
    seen = Document.objects.visible_to(world.actors[visitor])
    expected = {getattr(world, name).slug for name in SEEN[visitor]}
    assert set(seen.values_list("slug", flat=True)) == expected


@pytest.mark.parametrize("visitor", sorted(SEEN))
def test_the_rule_reaches_what_hangs_on_a_document(world: World, visitor: str) -> None:
    seen = Paragraph.objects.filter(visible_condition(world.actors[visitor], "version__document__"))
    expected = {getattr(world, name).slug for name in SEEN[visitor]}
    assert set(seen.values_list("version__document__slug", flat=True)) == expected


def test_merida_itself_sees_everything_and_a_namesake_does_not(world: World) -> None:
    assert Document.objects.visible_to(SYSTEM).count() == 4
    assert Document.objects.visible_to(Actor(name="merida", role="READER")).count() == 1


@st.composite
def actors(draw: st.DrawFn, rooms: list[int]) -> Actor:
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from([ANYBODY, SYSTEM]))
    role = draw(st.sampled_from(ROLES))
    workspaces = draw(st.frozensets(st.sampled_from(rooms))) if role else frozenset()
    return Actor(name="A Person", role=role, user_id=1, workspaces=workspaces)


@pytest.mark.database
class TestThreeFormsOfOneRule(TestCase):
    """The condition in the database, the tags of the index and the plain predicate give the same answer."""

    documents: list[Document]
    rooms: list[int]

    @classmethod
    def setUpTestData(cls) -> None:
        rooms = [Workspace.objects.create(code=f"room-{number}", title=f"Room {number}") for number in range(3)]
        cls.rooms = [room.pk for room in rooms]
        cls.documents = [
            make_document(
                f"d-{audience.lower()}-{'none' if room is None else room.code}-{'out' if published else 'draft'}",
                text="sample text",
                audience=audience,
                workspace=room,
                published=published,
            )
            for audience in ("PUBLIC", "RESTRICTED")
            for room in (None, *rooms)
            for published in (True, False)
        ]

    @settings(deadline=None, max_examples=120)
    @given(st.data())
    def test_agree_for_every_actor_and_record(self, data: st.DataObject) -> None:
        actor = data.draw(actors(self.rooms))
        in_database = set(Document.objects.visible_to(actor).values_list("pk", flat=True))
        assert in_database == {each.pk for each in self.documents if self.by_predicate(actor, each)}
        assert in_database == {each.pk for each in self.documents if self.by_tag(actor, each)}

    @staticmethod
    def by_predicate(actor: Actor, document: Document) -> bool:
        return may_see(
            actor,
            audience=document.audience,
            workspace_id=document.workspace_id,
            published=document.published_at is not None,
        )

    @staticmethod
    def by_tag(actor: Actor, document: Document) -> bool:
        tags = visibility_tags(actor)
        tag = visibility_tag(
            audience=document.audience,
            workspace_id=document.workspace_id,
            published=document.published_at is not None,
        )
        return tags is None or tag in tags

    def test_nobody_gains_sight_by_losing_a_role(self) -> None:
        seen = []
        for role in ROLES:
            actor = Actor(role=role, workspaces=frozenset(self.rooms[:1]) if role else frozenset())
            seen.append({each.pk for each in self.documents if self.by_predicate(actor, each)})
        assert [smaller - larger for smaller, larger in pairwise(seen)] == [set()] * 4


def test_the_moment_of_publication_is_what_makes_a_draft_public(world: World) -> None:
    Document.objects.filter(pk=world.draft.pk).update(published_at=AT)
    assert set(Document.objects.visible_to(ANYBODY).values_list("slug", flat=True)) == {"public", "draft"}
