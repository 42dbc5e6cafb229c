"""The desk in the browser: saving, both texts, deeds, refusals; without JavaScript and while typing."""

import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import post_init
from django.test import Client
from tests.answering_world import FILE, Answering, make_answering

from merida.foundation.access.visibility import SYSTEM
from merida.interfaces.web.templatetags.words import moment
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.asking import ask_states, name_focal_point
from merida.review.questionnaires.editing import publish_version, take_in
from merida.review.questionnaires.models import Answer, Attachment, Consent, Delegation, Remark, Response, Revision
from merida.review.questionnaires.queries import kept_aside
from merida.review.questionnaires.submitting import submit
from merida.review.questionnaires.values import LONGEST_TEXT

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world() -> Answering:
    return make_answering()


def browser(world: Answering, name: str) -> Client:
    client = Client()
    client.force_login(getattr(world, name), backend=BACKEND)
    return client


def place(world: Answering, question: str = "money.practice", deed: str = "") -> str:
    return f"/en/desk/{world.response.uuid}/{question}/{deed}"


def quietly(client: Client, address: str, **fields: object):
    return client.post(address, {"seen": 0, "language": "en", **fields}, headers={"X-Autosave": "1"})


def test_the_save_button_keeps_the_answer_without_a_script(world):
    client = browser(world, "delegate")
    page = client.post(place(world), {"seen": 0, "language": "en", "text": "Checks"}, follow=True)
    assert "Checks</textarea>" in page.text
    assert "Saved." in page.text
    assert Answer.objects.get().value == {"text": "Checks"}


def test_what_is_typed_is_kept_quietly_and_once(world):
    client, key = browser(world, "delegate"), uuid4()
    first = quietly(client, place(world), text="Che", key=key)
    assert (first.status_code, first.json()["kept"], first.json()["revision"]) == (200, True, 1)
    assert quietly(client, place(world), text="Che", key=key).json()["revision"] == 1
    assert Revision.objects.count() == 1


def test_both_texts_are_shown_beside_each_other_and_one_person_merges_them(world):
    quietly(browser(world, "focal_point"), place(world), text="first words")
    client = browser(world, "delegate")
    said = quietly(client, place(world), text="second words").json()
    assert (said["kept"], said["aside"]) == (True, "BOTH_WROTE")
    page = client.get(place(world)).text
    assert "first words" in page
    assert "second words" in page
    aside = kept_aside(world.desk("delegate"), "money.practice", "en")[0].uuid
    sent = {"aside": aside, "seen": 1, "language": "en", "take": "merged", "merged": "first and second words"}
    client.post(place(world, deed="settle/"), sent)
    assert Answer.objects.get().value == {"text": "first and second words"}
    assert Revision.objects.count() == 3


def test_who_lost_access_while_typing_is_told_and_the_text_is_kept(world):
    client = browser(world, "delegate")
    Delegation.objects.filter(user=world.delegate).update(ended_at=world.response.asked_at)
    save_answer(world.actor("focal_point"), world.response, "money.practice", {"text": "went on"}, seen=0)
    said = quietly(client, place(world), text="typed meanwhile")
    assert (said.status_code, said.json()["aside"]) == (200, "NO_LONGER_ENTRUSTED")
    assert said.json()["revision"] == 0  # how the answer went on is not told
    assert client.get(place(world)).status_code == 404
    assert "typed meanwhile" in browser(world, "focal_point").get(place(world)).text


def test_a_deadline_that_passed_while_typing_is_told_and_the_text_is_kept(world):
    type(world.version).objects.update(takes_late=False)
    Response.objects.update(due_date="2020-01-01")
    said = quietly(browser(world, "delegate"), place(world), text="too late").json()
    assert (said["kept"], said["aside"]) == (True, "TOO_LATE")
    assert "deadline" in said["words"]


@pytest.mark.parametrize("fields", [{"text": "x" * 600_000}, {"text": "ok", "language": "tlh"}])
def test_what_cannot_be_kept_is_said_and_stays_in_the_form(world, fields):
    client = browser(world, "delegate")
    said = quietly(client, place(world), **fields)
    assert (said.status_code, said.json()["kept"]) == (422, False)
    page = client.post(place(world), {"seen": 0, "language": "en", **fields})
    assert page.status_code == 422
    assert f"{fields['text'][:500]}" in page.text
    assert not Revision.objects.exists()


@pytest.mark.parametrize("character", ["x", "语", "🙂"])
def test_the_longest_answer_is_kept_in_every_script_and_a_longer_one_stays_in_the_form(world, character):
    client = browser(world, "delegate")
    assert quietly(client, place(world), text=character * LONGEST_TEXT).json()["kept"]
    too_long = {"seen": 1, "language": "en", "text": character * (LONGEST_TEXT + 1)}
    page = client.post(place(world), too_long)
    assert page.status_code == 422
    assert "money.practice: the text has 500001 characters, at most 500000 are kept" in page.text
    assert "What you typed still stands in the form." in page.text
    assert f"{too_long['text']}</textarea>" in page.text
    assert quietly(client, place(world), **too_long).json()["kept"] is False
    assert Answer.objects.get().revision == 1


def test_a_form_too_large_to_be_read_is_told_how_large_it_may_be(world):
    client, text = browser(world, "delegate"), "x" * (9 * 1024 * 1024)
    page = client.post(place(world), {"seen": 0, "language": "en", "text": text})
    assert page.status_code == 413
    assert "What was sent holds 9 MB; a form takes at most 8 MB. Nothing was changed." in page.text
    assert "what you typed still stands in the form there" in page.text
    said = quietly(client, place(world), text=text)
    assert (said.status_code, said.json()["kept"], "at most 8 MB" in said.json()["words"]) == (413, False, True)
    assert not Answer.objects.filter(revision__gt=0).exists()


def test_a_merge_that_was_overtaken_names_who_changed_the_answer_and_loses_no_word(world):
    quietly(browser(world, "focal_point"), place(world), text="first\nmiddle\nlast")
    client = browser(world, "delegate")
    quietly(client, place(world), text="second words")
    aside = kept_aside(world.desk("delegate"), "money.practice", "en")[0].uuid
    quietly(browser(world, "focal_point"), place(world), seen=1, text="first\nmiddle\nlast, changed")
    sent = {"aside": aside, "seen": 1, "language": "en", "take": "merged", "merged": "first, merged\nmiddle\nlast"}
    page = client.post(place(world, deed="settle/"), sent)
    assert page.status_code == 422
    assert f"{world.focal_point} changed the answer on {moment(Answer.objects.get().changed_at)}" in page.text
    assert "first\nmiddle\nlast, changed</textarea>" in page.text  # the answer itself, not emptied
    assert "first, merged\nmiddle\nlast, changed</textarea>" in page.text  # both changes in what was merged


def test_a_wrong_number_in_a_table_is_said_and_the_table_stays(world):
    page = browser(world, "delegate").post(
        place(world, "money.cases"), {"seen": 0, "language": "en", "cell:opened:y2024": "many"}
    )
    assert page.status_code == 422
    assert "many is no number" in page.text
    assert 'value="many"' in page.text


def test_pasted_markup_direction_marks_and_emoji_are_text(world):
    client, typed = browser(world, "delegate"), "<p class=MsoNormal>a\u200f🙂</p><script>alert(1)</script>"
    quietly(client, place(world), text=typed)
    page = client.get(place(world)).text
    assert "<script>alert" not in page
    assert "a\u200f🙂" in page


def test_deeds_from_the_draft_to_the_public_and_back(world):
    focal = browser(world, "focal_point")
    for question, fields in (
        ("bribery.level", {"choice": "NO"}),
        ("bribery.plan", {"text": "A bill"}),
        ("money.practice", {"text": "Checks of declarations"}),
    ):
        quietly(focal, place(world, question), **fields)
    desk = f"/en/desk/{world.response.uuid}/"
    refused = focal.post(f"{desk}do/submit/")
    assert refused.status_code == 422
    assert "3 questions keep the answers from being submitted" in refused.text
    browser(world, "delegate").post(place(world, deed="hand-in/"))
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        focal.post(place(world, question, "clear/"))
    assert focal.post(f"{desk}do/submit/").status_code == 302
    assert focal.post(place(world, deed="consent/"), {"language": "en"}).status_code == 302
    public = "/en/questionnaires/sample-survey/"
    everybody = Client()
    assert "Checks of declarations" in everybody.get(f"{public}answers/money.practice/").text
    assert "Ghana" in everybody.get(public).text
    assert "Checks of declarations" in b"".join(everybody.get("/api/bulk/published-answers.jsonl")).decode()
    assert focal.post(place(world, deed="revoke/"), {"language": "en"}).status_code == 302
    assert "Checks of declarations" not in Client().get(f"{public}answers/money.practice/").text
    refused = focal.post(place(world, deed="recall/"), {"reason": ""})
    assert refused.status_code == 422
    focal.post(place(world, deed="recall/"), {"reason": "a figure was wrong"})
    assert "a figure was wrong" in focal.get(place(world)).text
    assert Consent.objects.get().revoked_at is not None


def test_files_remarks_and_laws(world):
    client = browser(world, "delegate")
    good, bad = io.BytesIO(b"the text of a law"), io.BytesIO(b"\x7fELF\x00")
    good.name, bad.name = "law.txt", "law.pdf"
    assert client.post(place(world, deed="attach/"), {"file": good}).status_code == 302
    assert client.post(place(world, deed="attach/"), {"file": bad}).status_code == 422
    assert client.post(place(world, deed="attach/")).status_code == 422
    row = Attachment.objects.get()
    sent = client.get(f"/en/desk/{world.response.uuid}/files/{row.uuid}/")
    assert b"".join(sent.streaming_content) == b"the text of a law"
    assert "attachment" in sent["Content-Disposition"]
    client.post(place(world, deed="say/"), {"remark": "please look", "audience": "INTERNAL"})
    assert Remark.objects.get().text == "please look"
    assert client.post(place(world, deed="say/"), {"remark": " "}).status_code == 422
    focal = browser(world, "focal_point")
    law = place(world, "bribery.law", "law/")
    assert focal.post(law, {"title": "Act 1", "adopted_date": "2019-02-30"}).status_code == 422
    assert focal.post(law, {"title": "Act 1", "adopted_date": "2019-02-03"}).status_code == 302
    page = focal.get(place(world, "bribery.law")).text
    chosen = re.search(r'name="laws" value="([0-9a-f-]{36})"', page)
    assert chosen
    quietly(focal, place(world, "bribery.law"), laws=chosen[1], text="")
    assert Answer.objects.get().value == {"laws": [chosen[1]]}


def test_an_amendment_of_a_law_is_noted_where_the_law_is_registered(world):
    focal = browser(world, "focal_point")
    where = place(world, "bribery.law")
    focal.post(f"{where}law/", {"title": "Sample Act", "adopted_date": "2019-02-03"})
    law = re.search(r'name="laws" value="([0-9a-f-]{36})"', focal.get(where).text)
    assert law
    for day, words in (("", "say the day"), ("2018-01-01", "the amendment would come before the law")):
        page = focal.post(f"{where}amend/", {"law": law[1], "amended_date": day})
        assert (page.status_code, words in page.text) == (422, True)
    stranger = browser(world, "other_focal_point").post(f"{where}amend/", {"law": law[1], "amended_date": "2026-01-02"})
    assert stranger.status_code == 404
    assert "amended 20" not in focal.get(where).text
    assert focal.post(f"{where}amend/", {"law": law[1], "amended_date": "2026-01-02"}).status_code == 302
    assert "2019-02-03 · amended 2026-01-02" in focal.get(where).text
    page = focal.post(f"{where}amend/", {"law": law[1], "amended_date": "2025-01-02"})
    assert (page.status_code, "an amendment of 2 January 2026 is known already" in page.text) == (422, True)


def test_who_answers_one_question_in_time_or_late_is_public_with_the_answer(world):
    focal = browser(world, "focal_point")
    Response.objects.filter(pk=world.response.pk).update(due_date=date(2020, 1, 2))
    quietly(focal, place(world, "bribery.level"), choice="NO", text="")
    quietly(focal, place(world, "bribery.plan"), text="a plan")
    quietly(focal, place(world, "money.practice"), text="what is done")
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        focal.post(place(world, question, "clear/"))
    focal.post(f"/en/desk/{world.response.uuid}/do/submit/")
    focal.post(place(world, "money.practice", "consent/"), {"language": "en"})
    address = "/en/questionnaires/sample-survey/answers/money.practice/"
    assert re.search(r"Ghana <span[^>]*>English · [^<]* · late<", Client().get(address).text)
    lines = b"".join(Client().get(f"{address}?format=csv")).decode("utf-8-sig").splitlines()
    assert lines[0] == "state,language,submitted_date,late,answer"
    assert ",true,what is done" in lines[1]


def test_a_table_is_told_to_its_reader_in_words_with_year_and_unit():
    file = FILE.replace('id: y2024, text: {en: "2024"}', "id: y2024, text: {en: Cases opened}")
    world = make_answering(file=file)
    focal, where = browser(world, "focal_point"), place(world, "money.cases")
    quietly(focal, where, text="", **{"cell:opened:y2024": "12"})
    assert "Cases opened (2024, cases)</th>" in focal.get(where).text
    told = focal.get(f"{where}history/").text
    assert "Opened | Cases opened (2024, cases): 12" in told
    assert "y2024" not in told


def test_a_file_that_is_not_what_it_is_named_is_refused_in_the_language_of_the_page(world):
    client = browser(world, "delegate")
    for name, content, words in (
        ("report.pdf", b"only words", "the file is named .pdf and is something else inside: save it anew"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old Office file (.doc)"),
    ):
        page = client.post(place(world, deed="attach/"), {"file": SimpleUploadedFile(name, content)})
        assert (page.status_code, words in page.text) == (422, True)
    arabic = place(world, deed="attach/").replace("/en/", "/ar/")
    page = client.post(arabic, {"file": SimpleUploadedFile("a.pdf", b"only words")})
    assert "ومحتواه شيء آخر: احفظه من جديد" in page.text
    assert not Attachment.objects.exists()


def test_parts_are_entrusted_and_taken_back_in_the_browser(world):
    focal = browser(world, "focal_point")
    address = f"/en/desk/{world.response.uuid}/do/"
    assert focal.post(f"{address}authority/", {"name": "Ministry of Justice"}).status_code == 302
    page = focal.get(f"/en/desk/{world.response.uuid}/").text
    ministry = re.search(r'<option value="([0-9a-f-]{36})">Ministry of Justice', page)
    assert ministry
    sent = {"email": world.reader.email, "scopes": ["bribery"], "authority": ministry[1], "due_date": "2030-05-01"}
    assert focal.post(f"{address}delegate/", sent).status_code == 302
    assert browser(world, "reader").get(place(world, "bribery.level")).status_code == 200
    row = Delegation.objects.get(user=world.reader)
    for wrong in ({"email": "nobody@example.org"}, {**sent, "scopes": ["gold"]}, {**sent, "due_date": "soon"}):
        assert focal.post(f"{address}delegate/", wrong).status_code == 422
    assert focal.post(f"{address}end/", {"delegation": row.uuid}).status_code == 302
    assert browser(world, "reader").get(place(world, "bribery.level")).status_code == 404
    assert browser(world, "delegate").post(f"{address}delegate/", sent).status_code == 404


def test_how_far_each_ministry_is_counts_each_question_of_its_people_once(world):
    focal, desk = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/"
    focal.post(f"{desk}do/authority/", {"name": "Ministry of Justice"})
    ministry = re.search(r'<option value="([0-9a-f-]{36})">Ministry of Justice', focal.get(desk).text)
    assert ministry
    quietly(focal, place(world), text="what is done")
    for name, part in (("reader", {"questions": "money.practice"}), ("curator", {"scopes": ["bribery"]})):
        sent = {"email": getattr(world, name).email, "authority": ministry[1], **part}
        assert focal.post(f"{desk}do/delegate/", sent).status_code == 302
    told = re.sub(r"<[^>]+>|\s+", " ", focal.get(desk).text)
    assert re.search(r"Ministry or authority *Ministry of Justice +1 / 2 ", told)
    sent = {"email": world.other_focal_point.email, "authority": ministry[1], "scopes": ["money"]}
    focal.post(f"{desk}do/delegate/", sent)
    told = re.sub(r"<[^>]+>|\s+", " ", focal.get(desk).text)
    assert re.search(r"Ministry or authority *Ministry of Justice +1 / 3 ", told)
    assert "Ministry of Justice" not in browser(world, "secretariat").get(desk).text


def test_questionnaires_are_written_published_and_asked_in_the_browser(world):
    client = browser(world, "secretariat")
    wrong = client.post("/en/questionnaires/write/", {"text": "format: merida-questionnaire/1\ncode: A B"})
    assert wrong.status_code == 422
    assert "line 1" in wrong.text
    text = """format: merida-questionnaire/1
code: ad-hoc
title: Ad hoc
sections: [{id: one, title: One, questions: [{id: q, kind: NARRATIVE, text: What is new?}]}]
"""
    assert client.post("/en/questionnaires/write/", {"text": text}).status_code == 302
    assert Client().get("/en/questionnaires/ad-hoc/").status_code == 404  # a draft
    desk = "/en/questionnaires/ad-hoc/desk/"
    note = {"note_verbale": "CU 2026/1", "due_date": "2027-01-31", "takes_late": "yes"}
    assert client.post(f"{desk}publish/", note).status_code == 302
    assert "CU 2026/1" in Client().get("/en/questionnaires/ad-hoc/").text
    assert client.post(f"{desk}publish/", note).status_code == 422
    assert client.post(f"{desk}ask/", {"states": "GHA, XXX"}).status_code == 422
    assert client.post(f"{desk}ask/", {"states": "gha; nru"}).status_code == 302
    focal_point = {"state": "GHA", "email": world.focal_point.email}
    assert client.post(f"{desk}focal-point/", focal_point).status_code == 302
    assert client.post(f"{desk}remind/").status_code == 302
    assert "reminded" in client.get(desk).text
    assert [letter.to for letter in mail.outbox] == [[world.focal_point.email]]
    assert "CU 2026/1" in mail.outbox[0].body
    assert "Ad hoc" in browser(world, "focal_point").get("/en/desk/").text
    kept = client.get("/en/questionnaires/ad-hoc/?format=questionnaire").content.decode()
    again = client.post("/en/questionnaires/write/", {"file": io.BytesIO(kept.encode())})
    assert again.status_code == 302
    assert Response.objects.filter(version__questionnaire__code="ad-hoc", version__number=1).count() == 2


@pytest.mark.parametrize("name", ["focal_point", "curator", "reader"])
def test_only_those_who_ask_write_questionnaires(world, name):
    client = browser(world, name)
    for address in ("write/", "sample-survey/write/", "sample-survey/desk/"):
        assert client.get(f"/en/questionnaires/{address}").status_code == 403
    assert client.post("/en/questionnaires/sample-survey/desk/ask/", {"states": "GHA"}).status_code == 403


@pytest.mark.parametrize("address", ["money.gold/", "money.practice/fly/", "%00/", "🙂/", "money.practice/settle/"])
def test_addresses_of_nothing_are_not_found(world, address):
    client = browser(world, "delegate")
    answered = client.post(f"/en/desk/{world.response.uuid}/{address}", {"seen": "x", "key": "x", "aside": "y"})
    assert answered.status_code == 404


def test_the_list_of_all_that_is_asked_tells_the_focal_point_how_far_it_is_and_who_is_on_it(
    world, django_assert_max_num_queries
):
    quietly(browser(world, "delegate"), place(world), text="what is done")
    focal = browser(world, "focal_point")
    with django_assert_max_num_queries(9):
        told = focal.get("/en/desk/").text
    assert "1 / 3" in told
    assert str(world.delegate) in told
    ask_states(
        SYSTEM,
        publish_version(SYSTEM, take_in(SYSTEM, FILE.replace("sample-survey", "sample-two"))),
        [world.response.state],
    )
    name_focal_point(SYSTEM, Response.objects.get(version__questionnaire__code="sample-two"), world.focal_point)
    with django_assert_max_num_queries(9):
        assert "0 / 3" in focal.get("/en/desk/").text
    for name in ("delegate", "secretariat", "other_focal_point"):  # no number tells them of answers
        assert "1 / 3" not in browser(world, name).get("/en/desk/").text


def test_the_desk_names_the_note_verbale(world):
    assert "NV 1/2029" in browser(world, "focal_point").get(f"/en/desk/{world.response.uuid}/").text


def test_the_pages_ask_no_more_of_the_database_for_more_answers(world, django_assert_max_num_queries):
    client = browser(world, "focal_point")
    desk = f"/en/desk/{world.response.uuid}/"
    client.get(desk), client.get(place(world))
    with django_assert_max_num_queries(16):
        client.get(desk)
    with django_assert_max_num_queries(18):
        client.get(place(world))
    for number, question in enumerate(("bribery.level", "bribery.plan", "money.practice")):
        fields = {"choice": "NO"} if number == 0 else {"text": "x"}
        quietly(client, place(world, question), **fields)
    with django_assert_max_num_queries(16):
        client.get(desk)
    with django_assert_max_num_queries(18):
        client.get(place(world))


def test_a_page_loads_as_many_texts_after_hundreds_of_saves_as_after_one(world, django_assert_max_num_queries):
    client = browser(world, "delegate")
    quietly(client, place(world), text="first")
    answer = Answer.objects.get()
    first = loaded(client, place(world))
    rows = [Revision(answer=answer, number=at, based_on=at - 1, value={"text": f"text {at}"}) for at in range(2, 301)]
    rows += [
        Revision(
            answer=answer, based_on=1, value={"text": f"aside {at}"}, aside="BOTH_WROTE", settled_at=answer.changed_at
        )
        for at in range(300)
    ]
    Revision.objects.bulk_create(rows)
    Answer.objects.update(revision=300, value={"text": "text 300"})
    assert loaded(client, place(world)) == first == 0
    assert loaded(client, place(world, deed="history/")) <= 22
    with django_assert_max_num_queries(11):
        client.get(place(world, deed="history/"))


def loaded(client: Client, address: str) -> int:
    """Return how many texts a page read from the history."""
    read = []
    post_init.connect(lambda instance, **_: read.append(instance), sender=Revision, weak=False, dispatch_uid="loaded")
    try:
        assert client.get(address).status_code == 200
    finally:
        post_init.disconnect(sender=Revision, dispatch_uid="loaded")
    return len(read)


def test_the_history_shows_every_text_also_those_kept_aside_and_gives_one_back(world):
    client = browser(world, "delegate")
    quietly(client, place(world), text="one")
    quietly(client, place(world), text="two", seen=1)
    quietly(browser(world, "focal_point"), place(world), text="three", seen=1)
    page = client.get(place(world, deed="history/")).text
    assert page.index("three") < page.index("<ins>two</ins>") < page.index("<ins>one</ins>")
    assert "Somebody else had changed the answer" in page
    client.post(place(world, deed="restore/"), {"number": 1, "seen": 2, "language": "en"})
    assert Answer.objects.get().value == {"text": "one"}
    assert client.get(place(world, deed="history/?start=9999")).status_code == 200
    assert browser(world, "curator").get(place(world, deed="history/")).status_code == 404


def test_an_answer_that_came_after_the_first_submission_is_marked_for_everybody_who_reads_it(world):
    focal = world.actor("focal_point")

    def hand_in(**values: dict[str, str]) -> None:
        for question, value in values.items():
            identifier = question.replace("_", ".")
            save_answer(focal, world.response, identifier, value, seen=0)
            clear(focal, world.desk("focal_point"), identifier)
        submit(focal, world.desk("focal_point"))

    hand_in(bribery_level={"choice": "NO"}, bribery_plan={"text": "A law"}, money_practice={"text": "Checks"})
    hand_in(money_cases={"text": "None yet"})
    for name in ("focal_point", "secretariat"):
        client = browser(world, name)
        assert "Supplementary answer" in client.get(place(world, "money.cases")).text
        assert "Supplementary answer" not in client.get(place(world)).text


def test_every_state_is_asked_at_once_and_late_ones_are_marked(world):
    client, desk = browser(world, "secretariat"), "/en/questionnaires/sample-survey/desk/"
    Response.objects.all().delete()
    assert client.post(f"{desk}ask/", {"all": "yes", "due_date": "2020-01-31"}).status_code == 302
    assert set(Response.objects.values_list("state__iso3", flat=True)) >= {"GHA", "NRU"}
    assert client.get(desk).text.count("<b>late</b>") == Response.objects.count()


def test_answers_are_carried_over_to_a_new_version_and_people_see_what_changed(world):
    quietly(browser(world, "delegate"), place(world), text="Checks")
    publish_version(SYSTEM, take_in(SYSTEM, FILE.replace("What is done?", "What is done today?")))
    client, move = browser(world, "secretariat"), "/en/questionnaires/sample-survey/desk/move/"
    page = client.get(move).text
    assert "What is done today?" in page
    assert page.count('name="response"') == 2
    assert client.post(move, {"response": "nobody"}).status_code == 422
    assert client.post(move, {"response": str(world.response.uuid)}).status_code == 302
    assert client.get(move).text.count('name="response"') == 1
    assert Response.objects.get(pk=world.response.pk).version.number == 2
    moved = f"/en/desk/{world.response.uuid}/moved/"
    assert moved in browser(world, "delegate").get(f"/en/desk/{world.response.uuid}/").text
    assert "What is done today?" in browser(world, "delegate").get(moved).text
    assert "Is it an offence?" not in browser(world, "delegate").get(moved).text
    assert browser(world, "reader").get(moved).status_code == 404
    assert browser(world, "focal_point").get(move).status_code == 403
