"""Workspaces, publishing, restricting: who may, what becomes of it, and that each deed is in the change log once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from tests.worlds import SEEN, World, make_person, make_world

from merida.foundation.access import accounts, actions
from merida.foundation.access.actions import add_member, create_workspace, publish, remove_member, restrict, withdraw
from merida.foundation.access.actors import actor_of, person_reference
from merida.foundation.access.permissions import ALLOWED, Deed, may
from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.models import Change
from merida.foundation.changes.queries import history
from merida.knowledge.documents.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def verbs(record: Model) -> list[str]:
    return [entry.verb for entry in history(reference_to(record))]


def test_a_draft_that_a_curator_publishes_is_seen_by_everybody_and_recorded(world: World) -> None:
    publish(world.actors["curator"], world.draft)
    assert set(Document.objects.visible_to(ANYBODY).values_list("slug", flat=True)) == {"public", "draft"}
    (entry,) = history(reference_to(world.draft))
    assert (entry.who, entry.verb, entry.before["published_at"], entry.after["published_at"] is None) == (
        "Curator",
        "PUBLISH",
        None,
        False,
    )


def test_a_document_that_is_restricted_disappears_for_everybody_but_members_and_staff(world: World) -> None:
    restrict(world.actors["secretariat"], world.public, workspace=world.workspace)
    seen = {name: world.public in Document.objects.visible_to(actor) for name, actor in world.actors.items()}
    assert {name for name, sees in seen.items() if sees} == {"member", "secretariat", "administrator"}
    assert verbs(world.public) == ["RESTRICT"]


def test_only_the_staff_opens_what_was_restricted(world: World) -> None:
    with pytest.raises(PermissionDenied):
        publish(world.actors["curator"], world.restricted)
    publish(world.actors["secretariat"], world.restricted)
    assert world.restricted in Document.objects.visible_to(ANYBODY)


def test_publishing_what_is_public_already_changes_nothing_and_records_nothing(world: World) -> None:
    published_at = world.public.published_at
    publish(world.actors["administrator"], world.public)
    assert (Document.objects.get(pk=world.public.pk).published_at, verbs(world.public)) == (published_at, [])


def test_a_withdrawn_document_is_a_draft_again(world: World) -> None:
    withdraw(world.actors["curator"], world.public)
    assert set(Document.objects.visible_to(world.actors["reader"])) == set()
    assert verbs(world.public) == ["WITHDRAW"]


def test_a_member_let_in_sees_the_room_and_a_member_let_out_does_not(world: World) -> None:
    secretariat = world.actors["secretariat"]
    add_member(secretariat, world.workspace, world.reader)
    add_member(secretariat, world.workspace, world.reader)  # again: nothing happens
    assert world.restricted in Document.objects.visible_to(actor_of(world.reader))
    remove_member(secretariat, world.workspace, world.reader)
    remove_member(secretariat, world.workspace, world.reader)
    assert world.restricted not in Document.objects.visible_to(actor_of(world.reader))
    assert verbs(world.workspace) == ["ADD_MEMBER", "REMOVE_MEMBER"]


# Every public action of the room, called once by somebody who may: it must leave exactly one change.
EVERY_ACTION: dict[str, Callable[[World, Actor], Any]] = {
    "create_workspace": lambda _, actor: create_workspace(actor, code="new", title="New room"),
    "add_member": lambda world, actor: add_member(actor, world.workspace, world.reader),
    "remove_member": lambda world, actor: remove_member(actor, world.workspace, world.member),
    "publish": lambda world, actor: publish(actor, world.draft),
    "restrict": lambda world, actor: restrict(actor, world.public, workspace=world.workspace),
    "withdraw": lambda world, actor: withdraw(actor, world.public),
    "create_account": lambda _, actor: accounts.create_account(
        actor, email="new@example.org", password="long enough 5 me"
    ),
    "change_role": lambda world, actor: accounts.change_role(actor, world.reader, role="CURATOR"),
    "deactivate": lambda world, actor: accounts.deactivate(actor, world.reader),
    "reactivate": lambda world, actor: accounts.reactivate(actor, make_closed(world)),
}


def make_closed(world: World) -> Any:
    world.reader.is_active = False
    world.reader.save()
    return world.reader


def public_actions() -> set[str]:
    """Return the functions of both modules whose first parameter is the actor."""
    return {
        name
        for module in (actions, accounts)
        for name, each in vars(module).items()
        if callable(each) and getattr(each, "__module__", "") == module.__name__ and not name.startswith("_")
        if getattr(each, "__code__", None) and each.__code__.co_varnames[:1] == ("actor",)
    }


def test_no_action_is_left_out_of_this_table() -> None:
    assert public_actions() == set(EVERY_ACTION)


@pytest.mark.parametrize("name", sorted(EVERY_ACTION))
def test_every_action_leaves_exactly_one_change(world: World, name: str) -> None:
    before = Change.objects.count()
    EVERY_ACTION[name](world, SYSTEM)
    assert Change.objects.count() - before == 1


@pytest.mark.parametrize("visitor", ["anybody", "reader", "member", "unenrolled_curator"])
@pytest.mark.parametrize("name", sorted(EVERY_ACTION))
def test_whoever_only_reads_is_refused_by_every_action_and_nothing_changes(
    world: World, name: str, visitor: str
) -> None:
    before = Change.objects.count()
    with pytest.raises(PermissionDenied):
        EVERY_ACTION[name](world, world.actors[visitor])
    assert Change.objects.count() == before


# role -> deeds, written by hand
DEEDS = {
    "": set(),
    "READER": set(),
    "CURATOR": {Deed.HAND_IN_DOCUMENT, Deed.CONFIRM, Deed.PUBLISH},
    "SECRETARIAT": set(Deed) - {Deed.MANAGE_ACCOUNTS},
    "ADMINISTRATOR": set(Deed),
    "SYSTEM": set(Deed),
}


@pytest.mark.parametrize("role", sorted(DEEDS))
def test_each_role_may_do_exactly_what_its_row_says(role: str) -> None:
    assert {deed for deed in Deed if may(Actor(role=role), deed)} == DEEDS[role]


def test_every_deed_has_somebody_who_may_do_it() -> None:
    assert {deed for deed, roles in ALLOWED.items() if roles} == set(Deed)


class TestActor:
    def test_a_curator_without_second_factor_acts_as_a_reader(self, world: World) -> None:
        assert (actor_of(world.unenrolled_curator).role, actor_of(world.curator).role) == ("READER", "CURATOR")

    def test_a_closed_account_is_nobody(self, world: World) -> None:
        world.administrator.is_active = False
        assert actor_of(world.administrator) == ANYBODY

    def test_an_actor_knows_its_rooms_and_its_reference(self, world: World) -> None:
        actor = actor_of(world.member)
        assert (actor.workspaces, actor.reference) == (
            frozenset({world.workspace.pk}),
            person_reference(world.member),
        )

    def test_costs_one_query_for_a_reader_and_two_for_others(
        self, world: World, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(1):
            actor_of(world.reader)
        with django_assert_num_queries(2):
            actor_of(world.secretariat)

    def test_is_worked_out_once_a_request(self, client: Any, world: World, rf: Any) -> None:
        client.force_login(world.member)
        request = rf.get("/")
        request.session = client.session
        AuthenticationMiddleware(lambda _: None)(request)
        actor_of(request.user)
        with CaptureQueriesContext(connection) as again:
            assert actor_of(request.user).workspaces == frozenset({world.workspace.pk})
        assert len(again) == 0

    def test_the_world_is_what_its_table_says(self, world: World) -> None:
        assert set(world.actors) == set(SEEN)
        assert make_person("another").role == "READER"
