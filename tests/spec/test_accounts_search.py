"""Accounts and the search: who may not see a document finds none of its words, counts nothing and learns no State.

The matrix over every page and address stands beside the pages; this is the rule at the index itself.
"""

import pytest
from tests.worlds import DRAFT_WORD, PUBLIC_WORD, SECRET_WORD, SEEN, World, make_world

from merida.exchange.ingest.entries import reindex_document
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import count, search
from merida.foundation.access.actions import add_member, publish, restrict, withdraw
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Actor, visibility_tags

pytestmark = pytest.mark.django_db
WORDS = {"public": PUBLIC_WORD, "draft": DRAFT_WORD, "restricted": SECRET_WORD}


@pytest.fixture
def world() -> World:
    world = make_world()
    for document in (world.public, world.draft, world.restricted, world.restricted_draft):
        reindex_document(document)
    return world


def found(actor: Actor, word: str) -> set[str]:
    """Return the slugs of the documents whose entries ``actor`` finds by ``word``; the count must say the same."""
    query, visible = parse_query(word, "en"), visibility_tags(actor)
    results = search(query, visible=visible, top=50)
    assert (count(query, visible=visible), len(results.hits)) == (results.total, results.total)
    return {hit.link[1] for hit in results.hits}


@pytest.mark.parametrize("visitor", sorted(SEEN))
def test_each_visitor_finds_words_of_exactly_the_documents_that_he_sees(world: World, visitor: str) -> None:
    everything = set().union(*(found(world.actors[visitor], word) for word in WORDS.values()))
    assert everything == {getattr(world, name).slug for name in SEEN[visitor]}


def test_a_document_that_is_restricted_is_out_of_the_search_in_the_same_moment(world: World) -> None:
    restrict(world.actors["secretariat"], world.public, workspace=world.workspace)
    finders = {name for name, actor in world.actors.items() if found(actor, PUBLIC_WORD)}
    assert finders == {"member", "secretariat", "administrator"}


def test_a_draft_that_is_published_is_found_and_one_withdrawn_is_not(world: World) -> None:
    publish(world.actors["curator"], world.draft)
    withdraw(world.actors["curator"], world.public)
    assert found(world.actors["anybody"], DRAFT_WORD) == {"draft"}
    assert found(world.actors["anybody"], PUBLIC_WORD) == set()


def test_a_new_member_finds_what_the_room_holds_at_once(world: World) -> None:
    assert found(world.actors["reader"], SECRET_WORD) == set()
    add_member(world.actors["secretariat"], world.workspace, world.reader)
    assert found(actor_of(world.reader), SECRET_WORD) == {"restricted"}
