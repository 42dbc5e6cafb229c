"""Who sees what on the pages: every role on every page that could show a restricted document or a draft."""

import re

import pytest
from allauth.account.signals import user_logged_in
from django.urls import reverse
from tests.worlds import DRAFT_WORD, PUBLIC_WORD, SECRET_WORD, SEEN

from merida.exchange.ingest.actions import ingest_file
from merida.foundation.access.accounts import create_account
from merida.foundation.access.actions import add_member, create_workspace, publish, restrict
from merida.foundation.access.models import Audience
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.models import Resolution
from merida.knowledge.documents.models import Document

WORDS = {"public": PUBLIC_WORD, "draft": DRAFT_WORD, "restricted": SECRET_WORD}
HIDDEN_TEXT = f"""CAC/COSP/SAMPLE/2033/9

Distr.: Restricted
4 May 2033
English
Original: English

Report on {SECRET_WORD}

I. Introduction

1. General Assembly resolution 77/987 is named here and nowhere else, with Nauru and {SECRET_WORD}.

2. Nothing of this may be seen outside the room.
""".encode()
ONLY_THERE = "A/RES/77/987"
PLACES = (
    "",
    "documents/",
    "documents/?format=csv",
    "documents/?format=json",
    "states/gha/",
    "states/tuv/",
    "states/nru/",
    "states/gha/?format=csv",
    "states/tuv/?format=csv",
    "states/nru/?format=csv",
    "states/tuv/?format=json",
    "states/nru/?format=json",
    f"search/?q={PUBLIC_WORD}&language=en",
    f"search/?q={DRAFT_WORD}&language=en",
    f"search/?q={SECRET_WORD}&language=en",
    f"search/?q={DRAFT_WORD}&format=json",
    f"search/?q={SECRET_WORD}&format=csv",
    "search/?state=NRU&kind=PARAGRAPH",
    "search/?state=TUV&kind=PARAGRAPH",
)


@pytest.fixture
def hidden(site, db):
    """Take in a file that is public and then restrict it: its bytes, and what it alone names, could leak too."""
    ingest_file(SYSTEM, HIDDEN_TEXT, "hidden.txt")
    document = Document.objects.get(symbol="CAC/COSP/SAMPLE/2033/9")
    restrict(SYSTEM, document, workspace=site.world.workspace)
    return document


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_page_names_only_documents_that_its_reader_may_see(sign_in, name, place):
    text = sign_in(name).get(f"/en/{place}").content.decode()
    named = set(re.findall(r"SAMPLE/(PUBLIC|DRAFT|RESTRICTED-DRAFT|RESTRICTED)\b(?!-)", text))

    assert {slug.lower().replace("-", "_") for slug in named} <= SEEN[name]


@pytest.mark.parametrize(("place", "document"), [("states/tuv/", "draft"), ("states/nru/", "restricted")])
@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_state_page_counts_only_what_its_reader_may_see(sign_in, name, place, document):
    visitor = sign_in(name)
    rows = visitor.get(f"/en/{place}?format=json").json()["rows"]
    spoken = {
        row["what"].removeprefix("SAMPLE/").lower().replace("-", "_") for row in rows if row["section"] == "DOCUMENT"
    }

    assert spoken == {one for one in SEEN[name] if one.startswith(document)}
    assert ("No document here speaks of it yet" in visitor.get(f"/en/{place}").text) == (not spoken)


@pytest.mark.parametrize("name", sorted(SEEN))
def test_the_list_of_documents_counts_and_narrows_by_what_its_reader_may_see(sign_in, name):
    visitor = sign_in(name)
    rows = visitor.get("/en/documents/?format=json").json()["rows"]

    assert {
        row["slug"].replace("-", "_")
        for row in rows
        if row["slug"] in {"public", "draft", "restricted", "restricted-draft"}
    } == SEEN[name]
    context = visitor.get("/en/documents/?year=2020").context
    assert context["pages"].count == len(SEEN[name])
    assert {option.text: option.count for option in context["facets"][1].options}["2020"] == len(SEEN[name])


@pytest.mark.parametrize("document", ["public", "draft", "restricted", "restricted_draft"])
@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_document_that_may_not_be_seen_does_not_exist(sign_in, site, name, document):
    visitor, slug = sign_in(name), getattr(site.world, document).slug
    places = (f"documents/{slug}/en/", f"documents/{slug}/en/?format=csv", f"documents/{slug}/en/?format=json")

    expected = 200 if document in SEEN[name] else 404
    assert [visitor.get(f"/en/{place}").status_code for place in places] == [expected] * 3
    assert visitor.get(f"/en/documents/{slug}/").status_code == (302 if document in SEEN[name] else 404)
    led = visitor.get("/en/documents/", {"symbol": f"SAMPLE/{slug.upper()}"})
    assert led.status_code == (302 if document in SEEN[name] else 200)
    assert led.status_code == 302 or led.context["pages"].count == len(
        [one for one in SEEN[name] if slug in one and one != document]
    )


@pytest.mark.parametrize("name", sorted(SEEN))
def test_the_search_finds_and_counts_only_what_its_reader_may_see(sign_in, name):
    visitor = sign_in(name)
    for document, word in WORDS.items():
        visible = {one for one in SEEN[name] if one.startswith(document)}
        context = visitor.get("/en/search/", {"q": word, "kind": "PARAGRAPH"}).context
        assert context["total"] == len(visible)
        rows = visitor.get("/en/search/", {"q": word, "format": "json"}).json()["rows"]
        assert (word in str(rows)) == bool(visible)


@pytest.mark.parametrize("name", sorted(SEEN))
def test_facets_offer_no_state_that_only_hidden_documents_name(sign_in, name):
    context = sign_in(name).get("/en/search/", {"year": "2020", "kind": "PARAGRAPH"}).context
    states = {option.url.partition("state=")[2][:3] for option in context["facets"][1].options}

    expected = (
        {"GHA"} | ({"TUV"} if "draft" in SEEN[name] else set()) | ({"NRU"} if "restricted" in SEEN[name] else set())
    )
    assert states == expected


@pytest.mark.parametrize("name", sorted(SEEN))
def test_the_file_of_a_restricted_document_goes_to_those_who_may_see_it(sign_in, hidden, name):
    answer = sign_in(name).get(reverse("document_file", args=[hidden.slug, "en", 1]))

    if "restricted" in SEEN[name]:
        assert b"".join(answer.streaming_content) == HIDDEN_TEXT
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer.headers["Cache-Control"]
    else:
        assert answer.status_code == 404
        assert b"hidden.txt" not in answer.content
        assert SECRET_WORD.encode() not in answer.content


@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_resolution_that_only_a_hidden_document_names_is_not_known(sign_in, hidden, name):
    assert Resolution.objects.filter(key=ONLY_THERE).exists()
    visitor, sees = sign_in(name), "restricted" in SEEN[name]

    listed = {row["key"] for row in visitor.get("/en/resolutions/?format=json").json()["rows"]}
    assert (ONLY_THERE in listed) == sees
    assert visitor.get("/en/resolutions/a-res-77-987/").status_code == (200 if sees else 404)


@pytest.mark.parametrize("name", sorted(SEEN))
def test_the_search_does_not_name_a_resolution_that_only_a_hidden_document_names(sign_in, hidden, name):
    rows = sign_in(name).get("/en/search/", {"q": '"77/987"', "format": "json"}).json()["rows"]

    assert ("RESOLUTION" in {row["kind"] for row in rows}) <= ("restricted" in SEEN[name])


def test_a_page_made_for_one_reader_is_not_served_to_the_next(sign_in, client):
    seen = sign_in("secretariat").get("/en/states/nru/")
    client.logout()
    after = client.get("/en/states/nru/", headers={"if-none-match": seen.headers.get("ETag", "*x")})

    assert "Title of restricted" in seen.text
    assert "Title of restricted" not in after.text
    assert "Cookie" in after.headers["Vary"]


def test_no_public_tag_tells_that_something_closed_came_in_or_somebody_signed_in(db, site, client):
    places = ("", "states/nru/", "documents/?format=csv", "documents/feed/", "search/?q=Nauru", "resolutions/")
    before = [client.get(f"/en/{place}").headers.get("ETag") for place in places]
    workspace = create_workspace(SYSTEM, code="another", title="Another")
    user = create_account(SYSTEM, email="new@example.org", password="long and unusual 71")
    add_member(SYSTEM, workspace, user)
    user_logged_in.send(sender=type(user), request=None, user=user)
    ingest_file(SYSTEM, HIDDEN_TEXT, "hidden.txt", audience=Audience.RESTRICTED, workspace=workspace)
    assert Document.objects.filter(symbol="CAC/COSP/SAMPLE/2033/9").exists()

    assert [client.get(f"/en/{place}").headers.get("ETag") for place in places] == before
    publish(SYSTEM, Document.objects.get(symbol="CAC/COSP/SAMPLE/2033/9"))
    assert client.get("/en/").headers["ETag"] != before[0]
    assert SECRET_WORD in client.get("/en/states/nru/").text
