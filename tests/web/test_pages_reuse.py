"""Earlier answers on pages: seen and taken by the State's own people, not there for anybody else."""

import io
import re
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.reuse_world import TEXT, World, make_reuse_world
from tests.worlds import make_person

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.people.models import Role, User
from merida.interfaces.web.templatetags.words import moment
from merida.knowledge.crosswalk.loading import load_crosswalk
from merida.knowledge.crosswalk.models import Mapping
from merida.knowledge.library.actions import register_law
from merida.review.questionnaires.models import Answer
from merida.review.synergies.models import Reuse


@pytest.fixture(scope="module")
def crosswalk(site, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        load_crosswalk(SYSTEM)


@pytest.fixture
def world(crosswalk: None, visitor: Client) -> World:
    made = make_reuse_world()
    made.answer(made.first, "first.law", text=TEXT)
    return made


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(world: World, question: str = "second.law") -> str:
    return f"/en/reuse/{world.second.uuid}/{question}/"


def test_the_focal_point_sees_the_draft_takes_it_and_sees_where_it_is_from(visitor: Client, world: World) -> None:
    client = signed_in(visitor, world.focal_point)
    mapping = Mapping.objects.filter(ends__clause__key="UNCAC 26(1)").filter(ends__clause__key="UNTOC 10(1)")
    mapping.update(differs={"en": "Only the sample differs."})
    page = client.get(address(world)).text
    assert TEXT in page
    assert "it counts as unanswered until you take it" in page
    assert "the same, in nearly the same words" in page
    source = Answer.objects.get(response=world.first)
    said = {"source": str(source.uuid), "source_revision": "1", "seen": "0", "text": f"{TEXT}\r\nAnd more."}
    after = client.post(address(world), {**said, "deed": "take"}, follow=True)
    assert Answer.objects.get(response=world.second).value == {"text": f"{TEXT}\nAnd more."}
    mapping.update(differs={})
    assert "taken and adapted" in after.text
    assert "Only the sample differs." in client.get(address(world)).text  # as it was read when it was taken
    world.answer(world.first, "first.law", text="Section 10.")
    report = client.get(f"/en/reuse/{world.second.uuid}/").text
    assert "Nothing was rewritten here" in report
    assert "did not have to be typed again" in report
    assert "<del>Section 10.</del>" in report


def test_the_desk_tells_what_changed_at_its_source_until_somebody_decides(visitor: Client, world: World) -> None:
    client, desk = signed_in(visitor, world.focal_point), f"/en/desk/{world.second.uuid}/"
    law = register_law(SYSTEM, world.first.state, {"en": "Sample Act of 2020"}, workspace=world.first.workspace)
    source = Answer.objects.get(response=world.first)
    said = {"source": str(source.uuid), "source_revision": "1", "seen": "0", "text": TEXT, "deed": "take"}
    client.post(address(world), said)
    for page in (client.get(desk).text, client.get("/en/desk/").text):
        assert "#changed" not in page
    world.answer(world.first, "first.law", text="zarzuela", laws=[str(law.uuid)])
    page = client.get(desk).text
    notice = page[page.index('id="changed"') :].partition("</div>")[0]
    assert "1 answer that was taken from elsewhere was changed there since." in notice
    assert f'href="{desk}second.law/"' in notice
    assert re.search(rf'href="{desk}#changed"[^>]*>(<bdi>)?1<', client.get("/en/desk/").text)
    shown = client.get(f"/en/reuse/{world.second.uuid}/").text
    changed = shown[shown.index('id="changed"') : shown.index('id="differences"')]
    assert f"<del>{TEXT}</del>" in changed
    assert "<ins>zarzuela<br>Sample Act of 2020</ins>" in changed
    assert str(law.uuid) not in shown
    kept = {"source": str(source.uuid), "source_revision": "2", "language": "en", "deed": "keep"}
    assert client.post(address(world), {**kept, "source_revision": "1"}).status_code == 409
    assert "The answer here stays as it is." in client.post(address(world), kept, follow=True).text
    for page in (client.get(desk).text, client.get("/en/desk/").text):
        assert "#changed" not in page
    assert Answer.objects.get(response=world.second).value == {"text": TEXT}
    assert client.post(address(world), kept).status_code == 404


def test_nobody_else_sees_on_a_desk_that_something_changed_elsewhere(visitor: Client, world: World) -> None:
    client = signed_in(visitor, world.focal_point)
    source = Answer.objects.get(response=world.first)
    said = {"source": str(source.uuid), "source_revision": "1", "seen": "0", "text": TEXT, "deed": "take"}
    client.post(address(world), said)
    world.answer(world.first, "first.law", text="zarzuela")
    assert "#changed" in client.get("/en/desk/").text
    others = [world.delegate, *(make_person(f"r_desk_{role}".lower(), role) for role in Role.values)]
    for user in others:
        one = signed_in(Client(), user)
        for page in (one.get("/en/desk/"), one.get(f"/en/desk/{world.second.uuid}/")):
            assert page.status_code in (200, 404)
            assert "changed there since" not in page.text
            assert "#changed" not in page.text


def changed_at_its_source(world: World, question: str) -> None:
    source = world.answer(world.first, f"first.{question}", text="Done so.")
    Reuse.objects.create(
        response=world.second, question=f"second.{question}", language="en", source=source,
        source_revision=source.revision, source_text="Done so.", relation="EQUAL", outcome="ACCEPTED", answer_revision=1,
    )  # fmt: skip
    world.answer(world.first, f"first.{question}", text="Done otherwise.")


def test_desks_ask_as_much_of_the_database_for_three_changes_as_for_one(visitor: Client, world: World) -> None:
    client = signed_in(visitor, world.focal_point)

    def asked() -> list[int]:
        counted = []
        for page in ("/en/desk/", f"/en/desk/{world.second.uuid}/"):
            with CaptureQueriesContext(connection) as queries:
                assert "#changed" in client.get(page).text
            counted.append(len(queries))
        return counted

    for question in ("practice", "bribery"):
        world.answer(world.first, f"first.{question}", text="Done so.")
    changed_at_its_source(world, "law")
    asked()  # forms and permissions are read once
    one = asked()
    for question in ("practice", "bribery"):
        changed_at_its_source(world, question)
    assert asked() == one


def test_the_desk_leads_to_what_was_answered_elsewhere_until_it_is_answered_here(
    visitor: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    client, report = signed_in(visitor, world.focal_point), f"/en/reuse/{world.second.uuid}/"
    world.answer(world.first, "first.level", choice="YES")
    world.answer(world.first, "first.practice", text="Done so.")
    assert f"{report}#elsewhere" in client.get(f"/en/desk/{world.second.uuid}/").text
    with django_assert_max_num_queries(40):
        page = client.get(report).text
    listed = page[page.index('id="elsewhere"') : page.index('id="differences"')]
    assert "second.law" in listed
    for kind in ("law", "practice", "level", "bribery"):  # the list says what the questions themselves say
        assert (f"second.{kind}" in listed) == bool(world.offered(f"second.{kind}"))
    world.answer(world.second, "second.law", text="Section 1.")
    page = client.get(report).text
    listed = page[page.index('id="elsewhere"') : page.index('id="differences"')]
    assert "second.law" not in listed
    other = signed_in(Client(), world.other_focal_point)
    assert other.get(report).status_code == 404


def test_the_laws_that_would_be_taken_with_the_text_are_named(visitor: Client, world: World) -> None:
    first = world.first
    law = register_law(SYSTEM, first.state, {"en": "Sample Act of 2020"}, workspace=first.workspace)
    world.answer(first, "first.law", text=TEXT, laws=[str(law.uuid)])
    page = signed_in(visitor, world.focal_point).get(address(world)).text
    offer = page[page.index("it counts as unanswered until you take it") :].partition("</article>")[0]
    assert "Sample Act of 2020" in offer
    assert str(law.uuid) not in offer


def test_a_document_tells_where_an_answer_was_taken_from_to_the_own_people_only(visitor: Client, world: World) -> None:
    client = signed_in(visitor, world.focal_point)
    source = Answer.objects.get(response=world.first)
    said = {"source": str(source.uuid), "source_revision": "1", "seen": "0", "text": TEXT, "deed": "take"}
    client.post(address(world), said)
    paper = f"/en/desk/{world.second.uuid}/paper/docx/"

    def notes(user: User) -> list[str]:
        read = docx.Document(io.BytesIO(signed_in(Client(SERVER_NAME="localhost"), user).get(paper).content))
        return [one.text for one in read.paragraphs if one.style.name == "Provenance"]

    (told,) = notes(world.focal_point)
    assert told.startswith(f"Taken from First sample by {world.focal_point.full_name} on ")
    assert "taken as it was" in told
    assert notes(make_person("r_paper", "SECRETARIAT")) == []


def test_what_changed_meanwhile_is_told_and_keeps_both(visitor: Client, world: World) -> None:
    client = signed_in(visitor, world.focal_point)
    source = Answer.objects.get(response=world.first)
    said = {"source": str(source.uuid), "source_revision": "1", "seen": "0", "text": f"{TEXT} Adapted.", "deed": "take"}
    world.answer(world.second, "second.law", text="Typed meanwhile.")
    here = Answer.objects.get(response=world.second)
    answer = client.post(address(world), said)
    assert answer.status_code == 409
    assert "Nothing was overwritten." in answer.text
    assert f"{world.focal_point} changed the answer on {moment(here.changed_at)}: look at it again." in answer.text
    assert f"{TEXT} Adapted.</textarea>" in answer.text  # what was adapted is not typed twice
    assert Answer.objects.get(response=world.second).value == {"text": "Typed meanwhile."}


def test_left_it_is_not_offered_again(visitor: Client, world: World) -> None:
    client = signed_in(visitor, world.focal_point)
    source = Answer.objects.get(response=world.first)
    said = {"source": str(source.uuid), "source_revision": "1", "deed": "leave"}
    assert TEXT not in client.post(address(world), said, follow=True).text


def test_nobody_else_learns_that_it_is_there(visitor: Client, world: World) -> None:
    report = f"/en/reuse/{world.second.uuid}/"
    strangers = [None, world.other_focal_point, *(make_person(f"r_{role}".lower(), role) for role in Role.values)]
    for user in strangers:
        visitor.logout()
        if user is not None:
            signed_in(visitor, user)
        assert [visitor.get(one).status_code for one in (address(world), report)] == [404, 404]
        assert visitor.post(address(world), {"source": "x", "deed": "take"}).status_code == 404
    client = signed_in(visitor, world.delegate)  # entrusted here, not with the source
    page = client.get(address(world))
    assert page.status_code == 200
    assert TEXT not in page.text
    assert client.get(address(world, "second.bribery")).status_code == 404


@pytest.mark.parametrize("said", [{"source": "x"}, {"source": "00000000-0000-0000-0000-000000000000"}])
def test_what_is_no_offer_is_not_found(visitor: Client, world: World, said: dict[str, str]) -> None:
    client = signed_in(visitor, world.focal_point)
    assert client.post(address(world), {**said, "deed": "take", "seen": "a" * 50}).status_code == 404
    assert client.get(address(world, "nothing")).status_code == 404
