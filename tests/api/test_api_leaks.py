"""Who sees what through the API: every role at every address that could give away a hidden document."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from tests.kept_worlds import in_world
from tests.loaded_registry import load_registry
from tests.worlds import (
    DRAFT_STATE,
    DRAFT_WORD,
    PUBLIC_STATE,
    PUBLIC_WORD,
    SECRET_STATE,
    SECRET_WORD,
    SEEN,
    World,
    make_world,
)

from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.indexing import reindex
from merida.foundation.access.actions import restrict
from merida.foundation.access.visibility import SYSTEM
from merida.knowledge.documents.models import Document

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STATES = {"public": PUBLIC_STATE, "draft": DRAFT_STATE, "restricted": SECRET_STATE}
WORDS = {"public": PUBLIC_WORD, "draft": DRAFT_WORD, "restricted": SECRET_WORD}
HIDDEN = f"""CAC/COSP/SAMPLE/2033/9

Distr.: Restricted
4 May 2033
English
Original: English

Report on {SECRET_WORD}

I. Introduction

1. General Assembly resolution 77/987 is named here and nowhere else, with Nauru and {SECRET_WORD}.
"""
ONLY_THERE = "A/RES/77/987"
# The document taken in from a file shares the room of the restricted one.
EXTRA = "cac-cosp-sample-2033-9"


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Fill the database once: reference data, the world, and a file that alone names a resolution."""
    with django_db_blocker.unblock(), in_world("registry", load_registry), transaction.atomic():
        made = make_world()
        ingest_file(SYSTEM, HIDDEN.encode(), "hidden.txt")
        restrict(SYSTEM, Document.objects.get(symbol="CAC/COSP/SAMPLE/2033/9"), workspace=made.workspace)
        reindex()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def api(world: World, client: Client) -> Callable[..., object]:
    """Return a function that asks the API as one of the people of the world."""

    def ask(name: str, address: str, **parameters: object) -> object:
        user = world.people()[name]
        if user is not None:
            client.force_login(user, backend=BACKEND)
        return client.get(f"/api/{address}", parameters)

    return ask


def expected(name: str) -> set[str]:
    """Return the slugs of documents that somebody may see."""
    seen = {slug.replace("_", "-") for slug in SEEN[name]}
    return seen | ({EXTRA} if "restricted" in seen else set())


@pytest.mark.parametrize("name", sorted(SEEN))
def test_documents_are_listed_and_counted_as_far_as_they_may_be_seen(api, name):
    answer = api(name, "documents").json()
    assert {item["slug"] for item in answer["items"]} == expected(name)
    assert answer["count"] == len(expected(name))


@pytest.mark.parametrize("slug", ["public", "draft", "restricted", "restricted-draft", EXTRA])
@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_hidden_document_is_answered_like_one_that_does_not_exist(api, name, slug):
    wanted = 200 if slug in expected(name) else 404
    assert api(name, f"documents/{slug}").status_code == wanted
    assert api(name, f"documents/{slug}/paragraphs").status_code == wanted
    if wanted == 404:
        assert api(name, f"documents/{slug}").json() == api(name, "documents/no-such-thing").json()


@pytest.mark.parametrize("document", ["public", "draft", "restricted"])
@pytest.mark.parametrize("name", sorted(SEEN))
def test_mentions_of_a_state_count_only_what_may_be_seen(api, name, document):
    answer = api(name, "mentions", kind="STATE", key=STATES[document]).json()
    wanted = {
        slug for slug in expected(name) if slug.startswith(document) or (slug == EXTRA and document == "restricted")
    }
    assert {item["document"] for item in answer["items"]} == wanted
    assert answer["count"] == len(wanted)


@pytest.mark.parametrize("document", ["public", "draft", "restricted"])
@pytest.mark.parametrize("name", sorted(SEEN))
def test_the_search_finds_counts_and_offers_only_what_may_be_seen(api, name, document):
    wanted = {
        slug for slug in expected(name) if slug.startswith(document) or (slug == EXTRA and document == "restricted")
    }
    answer = api(name, "search", q=WORDS[document], kind="PARAGRAPH").json()
    assert {item["document"] for item in answer["items"]} == wanted
    assert answer["count"] == len(wanted)
    assert answer["facets"]["kinds"].get("PARAGRAPH", 0) == len(wanted)
    assert set(answer["facets"]["states"]) == ({STATES[document]} if wanted else set())
    assert [each for each in answer["suggestions"] if WORDS[document] in each["q"] and each["count"]] == []


@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_resolution_that_only_a_hidden_document_names_is_not_known(api, name):
    knows = EXTRA in expected(name)
    listed = {item["key"] for item in api(name, "resolutions", limit=500).json()["items"]}
    assert (ONLY_THERE in listed) == knows
    assert api(name, "resolutions/a-res-77-987").status_code == (200 if knows else 404)


@pytest.mark.parametrize("table", ["documents", "paragraphs", "mentions", "resolutions"])
@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_download_holds_only_what_may_be_seen(api, name, table):
    for ending in ("csv", "jsonl"):
        text = b"".join(api(name, f"bulk/{table}.{ending}").streaming_content).decode("utf-8-sig")
        for slug, word in (("public", PUBLIC_WORD), ("draft", DRAFT_WORD), ("restricted", SECRET_WORD)):
            if slug not in expected(name):
                assert word not in text
                assert word.title() not in text
        assert (ONLY_THERE in text) == (EXTRA in expected(name) and table in {"mentions", "resolutions"})


def test_an_answer_kept_for_one_reader_is_not_confirmed_to_another(world, client):
    client.force_login(world.secretariat, backend=BACKEND)
    kept = client.get("/api/documents")
    client.logout()
    again = client.get("/api/documents", headers={"if-none-match": kept["ETag"]})
    assert again.status_code == 200
    assert {item["slug"] for item in again.json()["items"]} == expected("anybody")
    assert "Cookie" in again["Vary"]
