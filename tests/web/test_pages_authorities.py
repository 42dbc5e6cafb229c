"""An authority is chosen as a law is: at the desk, in a workbook, offline, on paper and in what is published."""

import io

import docx
import pytest
from django.test import Client
from tests.answering_world import FILE, Answering, make_answering
from tests.offline_copy import PASSPHRASE, Copy
from tests.web.test_answers_leak_nothing import browser
from tests.web.test_pages_workbooks import downloaded, edited

from merida.exchange.offline.packing import take_along
from merida.exchange.offline.returning import bring_back, take_in
from merida.interfaces.web.views.answer_workbooks import taken
from merida.interfaces.web.views.offline_words import page_words
from merida.knowledge.directory.actions import register_authority
from merida.knowledge.directory.models import Authority
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.form_file import read_form, write_form
from merida.review.questionnaires.models import Answer
from merida.review.questionnaires.submitting import consent, submit

pytestmark = pytest.mark.django_db
MORE = """
  - {id: money.who, kind: AUTHORITIES, required: no, text: {en: Which authorities are competent?}}
"""


@pytest.fixture
def world() -> Answering:
    return make_answering(file=FILE.rstrip() + MORE)


def registered(world: Answering, name: str = "Sample Preventive Office") -> Authority:
    return register_authority(
        world.actor("focal_point"),
        world.response.state,
        {"en": name},
        workspace=world.response.workspace,
        function="PREVENTIVE_BODY",
        languages=["fr", "en"],
        contact="desk 4",
    )


def address(world: Answering) -> str:
    return f"/en/desk/{world.response.uuid}/money.who/"


def test_the_kind_goes_through_the_file_format_unchanged(world):
    form = world.desk("focal_point").form
    assert form.by_identifier["money.who"].kind == "AUTHORITIES"
    assert read_form(write_form(form)) == form


def test_an_authority_is_registered_beside_the_question_and_chosen_in_it(world):
    client = browser(world, "delegate")
    assert "No authority of your State is in the register yet." in client.get(address(world)).text
    sent = {"name": "Sample Office", "function": "CENTRAL_AUTHORITY", "languages": ["ar", "en"], "contact": "x"}
    assert client.post(f"{address(world)}authority/", sent).status_code == 302
    office = Authority.objects.get()
    assert (office.function, office.languages, office.contact_text) == ("CENTRAL_AUTHORITY", ["ar", "en"], "x")
    page = client.get(address(world)).text
    assert "Central authority" in page
    assert "Sample Office" in page
    saved = client.post(address(world), {"seen": "0", "authorities": [str(office.uuid)], "text": "Both chambers"})
    assert saved.status_code == 302
    assert Answer.objects.get().value == {"text": "Both chambers", "authorities": [str(office.uuid)]}
    assert f'value="{office.uuid}" checked' in client.get(address(world)).text
    assert "Sample Office" in client.get(f"{address(world)}history/").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": " "}, "an authority has a name"),
        ({"name": "x", "function": "KING"}, "KING is none of"),
        ({"name": "x", "languages": ["tlh"]}, "tlh is none of the six languages"),
    ],
)
def test_what_cannot_be_registered_says_why_and_nothing_is(world, sent, said):
    page = browser(world, "focal_point").post(f"{address(world)}authority/", sent)
    assert page.status_code == 422
    assert said in page.text
    assert not Authority.objects.exists()


@pytest.mark.parametrize("name", ["anybody", "reader", "other_focal_point", "curator", "secretariat"])
def test_nobody_else_registers_or_sees_an_authority_here(world, name):
    registered(world)
    client = browser(world, name)
    assert client.post(f"{address(world)}authority/", {"name": "x"}).status_code == 404
    assert Authority.objects.count() == 1


def test_what_is_no_identifier_is_refused(world):
    page = browser(world, "delegate").post(address(world), {"seen": "0", "authorities": ["<b>x"]})
    assert page.status_code == 422
    assert "money.who: choose authorities from the register" in page.text


def test_it_goes_through_a_workbook_and_a_strange_key_is_named(world):
    office, other = registered(world), registered(world, "Another Office")
    content = downloaded(world, "delegate")
    actor = world.actor("delegate")
    refused = taken(actor, world.response, edited(content, ("answers", "money.who", "J", "A9")), dry_run=True)
    (told,) = [one for one in refused if one.row.question == "money.who"]
    assert told.template.format(**told.values) == "money.who: A9 is not in the list of authorities"
    taken(actor, world.response, edited(content, ("answers", "money.who", "J", "a2; A1")), dry_run=False)
    chosen = Answer.objects.get().value["authorities"]
    assert set(chosen) == {str(office.uuid), str(other.uuid)}
    again = taken(actor, world.response, downloaded(world, "delegate"), dry_run=True)
    assert {one.became.value for one in again} == {"UNCHANGED"}


def test_it_goes_through_an_offline_package(world, monkeypatch):
    monkeypatch.setattr("merida.exchange.offline.packing.ITERATIONS", 1000)
    office = registered(world)
    actor = world.actor("delegate")
    copy = Copy(take_along(actor, world.desk("delegate"), PASSPHRASE, language="en", words=page_words("en")).page)
    assert [one[:2] for one in copy.content["authorities"]] == [[str(office.uuid), "Sample Preventive Office"]]
    copy.type("money.who", authorities=[str(office.uuid)])
    take_in(actor, bring_back(actor, copy.export(), PASSPHRASE).uuid)
    assert Answer.objects.get().value == {"authorities": [str(office.uuid)]}


def test_its_name_stands_on_paper_and_in_public_only_where_the_register_is_public(world):
    office = registered(world)
    actor = world.actor("focal_point")
    save_answer(actor, world.response, "money.who", {"authorities": [str(office.uuid)]}, seen=0)
    said = browser(world, "focal_point").get(f"/en/desk/{world.response.uuid}/paper/docx/").content
    assert "Authorities: Sample Preventive Office" in [one.text for one in docx.Document(io.BytesIO(said)).paragraphs]
    save_answer(actor, world.response, "bribery.level", {"choice": "NO"}, seen=0)
    save_answer(actor, world.response, "bribery.plan", {"text": "x"}, seen=0)
    save_answer(actor, world.response, "money.practice", {"text": "x"}, seen=0)
    for question in ("bribery.level", "bribery.plan", "money.practice", "money.who"):
        clear(actor, world.desk("focal_point"), question)
    submit(actor, world.desk("focal_point"))
    consent(actor, world.desk("focal_point"), "money.who", "en")
    consent(actor, world.desk("focal_point"), "bribery.level", "en")
    public = Client().get("/en/questionnaires/sample-survey/answers/money.who/").text
    assert "an authority that is not public" in public
    assert "Sample Preventive Office" not in public
    assert str(office.uuid) not in public
    level = Client().get("/en/questionnaires/sample-survey/answers/bribery.level/?format=json").json()
    assert [row["answer"] for row in level["rows"]] == ["No"]
