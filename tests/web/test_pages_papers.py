"""The checklist as a document, asked for at the desk and by everybody."""

import io
import re
from datetime import timedelta
from html import unescape

import docx
import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from tests.answering_world import Answering, make_answering
from tests.web.test_answers_leak_nothing import browser
from tests.worlds import make_person

from merida.exchange.outputs import checklist_pdf
from merida.exchange.outputs.models import Printing
from merida.exchange.outputs.printing import print_next
from merida.foundation.access.visibility import SYSTEM
from merida.knowledge.library.actions import register_law
from merida.review.questionnaires.answering import clear, save_answer
from merida.review.questionnaires.asking import name_focal_point
from merida.review.questionnaires.discussing import attach
from merida.review.questionnaires.submitting import consent, revoke, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Answering:
    return make_answering()


def save(world, question, language="en", seen=0, **value):
    save_answer(world.actor("focal_point"), world.response, question, value, language=language, seen=seen)


def paper(client, address, language="en"):
    answered = client.get(address, {"language": language})
    assert answered.status_code == 200
    return docx.Document(io.BytesIO(answered.content))


def lines(read):
    return [one.text for one in read.paragraphs if one.text]


def test_the_focal_point_takes_all_of_it_along_with_what_is_missing(world):
    law = register_law(
        world.actor("focal_point"), world.response.state, {"en": "Sample Act"}, workspace=world.response.workspace
    )
    save(world, "bribery.level", choice="YES", text="As the Act says.")
    save(world, "bribery.law", laws=[str(law.uuid)])
    save(world, "money.cases", rows=[{"row": "opened", "y2024": "7"}])
    row = attach(world.actor("focal_point"), world.desk("focal_point"), "bribery.law", io.BytesIO(b"text"), "act.txt")
    answered = browser(world, "focal_point").get(f"/en/desk/{world.response.uuid}/paper/docx/")
    assert answered["Content-Disposition"] == 'attachment; filename="sample-survey-1-GHA-en.docx"'
    assert "no-store" in answered["Cache-Control"]
    read = docx.Document(io.BytesIO(answered.content))
    assert lines(read) == [
        "DRAFT: not submitted",
        "CONFIDENTIAL",
        "Sample survey",
        "Ghana",
        "Due: 31 May 2030",
        "Note verbale: NV 1/2029",
        "Bribery",
        "1. Is it an offence?",
        "Compliance · Draft",
        "Compliance: Yes",
        "As the Act says.",
        "2. Under which law?",
        "Law · Draft",
        "Laws: Sample Act",
        "Files",
        f"act.txt · SHA-256 {row.file.digest}",
        "3. What is planned?",
        "Measures",
        "Not asked, given an earlier answer.",
        "Money",
        "4. What is done?",
        "Practice",
        "Not answered.",
        "5. How many cases?",
        "Statistics · Draft",
    ]
    assert [[cell.text for cell in row.cells] for row in read.tables[1].rows] == [["", "2024 (cases)"], ["Opened", "7"]]


def test_a_delegate_takes_the_own_part_along_and_learns_nothing_of_the_rest(world):
    save(world, "bribery.level", choice="YES")
    save(world, "money.practice", text="Checks")
    said = lines(paper(browser(world, "delegate"), f"/en/desk/{world.response.uuid}/paper/docx/"))
    assert [one for one in said if one[0].isdigit()] == ["4. What is done?", "5. How many cases?"]
    assert "Bribery" not in said
    assert "Checks" in said


def test_what_hangs_on_an_open_question_is_not_answered_rather_than_not_asked(world):
    address = f"/en/desk/{world.response.uuid}/paper/docx/"
    said = lines(paper(browser(world, "focal_point"), address))
    assert said.count("Not answered.") == 5
    save(world, "bribery.level", choice="NO")
    said = lines(paper(browser(world, "focal_point"), address))
    assert said[said.index("2. Under which law?") + 2] == "Not asked, given an earlier answer."


def submitted(world):
    save(world, "bribery.level", choice="NO")
    save(world, "bribery.plan", text="A bill")
    save(world, "money.practice", text="Checks of declarations")
    save(world, "money.practice", language="fr", text="Contrôles")
    focal = world.actor("focal_point")
    for question in ("bribery.level", "bribery.plan", "money.practice"):
        clear(focal, world.desk("focal_point"), question)
    submit(focal, world.desk("focal_point"))


def test_what_was_submitted_is_no_draft_and_what_may_be_published_is_not_confidential(world):
    submitted(world)
    desk = f"/en/desk/{world.response.uuid}/paper/docx/"
    assert lines(paper(browser(world, "focal_point"), desk))[0] == "CONFIDENTIAL"
    assert lines(paper(browser(world, "secretariat"), desk))[0] == "CONFIDENTIAL"
    for question, language in (
        ("bribery.level", "en"),
        ("bribery.plan", "en"),
        ("money.practice", "en"),
        ("money.practice", "fr"),
    ):
        consent(world.actor("focal_point"), world.desk("focal_point"), question, language)
    said = lines(paper(browser(world, "focal_point"), desk))
    assert said[0] == "Sample survey"
    assert any(one.startswith("Consent to publication given on") for one in said)


def test_everybody_reads_what_was_consented_to_in_that_language_only(world):
    submitted(world)
    address = "/en/questionnaires/sample-survey/published/gha/docx/"
    assert Client().get(address).status_code == 404
    consent(world.actor("focal_point"), world.desk("focal_point"), "money.practice", "fr")
    said = lines(paper(Client(), address))
    assert said == lines(paper(Client(), address))  # kept, and the same
    assert said[-2:] == ["Practice · French", "Contrôles"]
    assert not [one for one in said if "Checks" in one or "bill" in one or "CONFIDENTIAL" in one]
    assert address in Client().get("/en/questionnaires/sample-survey/").text
    assert Client().get(address.replace("gha", "nru")).status_code == 404
    revoke(world.actor("focal_point"), world.desk("focal_point"), "money.practice", "fr")
    assert Client().get(address).status_code == 404


def test_the_document_speaks_the_language_asked_for(world):
    save(world, "money.practice", text="Checks")
    save(world, "money.practice", language="fr", text="Contrôles")
    client, desk = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/paper/docx/"
    french = lines(paper(client, desk, "fr"))
    assert "Enquête modèle" in french
    assert "Contrôles" in french
    assert "Checks" not in french  # one version where there is one in the language
    spanish = lines(paper(client, desk, "es"))
    assert {"Checks", "Contrôles"} < set(spanish)


def words_of(content):
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_a_pdf_is_set_outside_the_page_and_holds_the_same(world):
    save(world, "money.practice", text="Checks of declarations")
    client, address = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/paper/pdf/"
    waiting = client.get(address, {"language": "en"})
    assert waiting.status_code == 202
    assert "no-store" in waiting["Cache-Control"]
    assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in waiting.text
    look = unescape(re.search(r'hx-get="([^"]+)"', waiting.text)[1])
    assert "<progress" in client.get(look).text
    assert print_next() is not None
    assert print_next() is None
    ready = client.get(look).text
    assert "hx-get" not in ready
    assert unescape(re.search(r'href="([^"]+)"', ready)[1]) == f"{address}?language=en"
    answered = client.get(address, {"language": "en"})
    assert answered["Content-Disposition"] == 'attachment; filename="sample-survey-1-GHA-en.pdf"'
    said = words_of(answered.content)
    assert "Checks of declarations" in said
    assert "DRAFT: not submitted" in said
    assert client.get(f"/en/desk/{world.response.uuid}/paper/exe/").status_code == 404


def test_two_who_may_see_the_same_wait_for_one_file_and_others_never_get_it(world):
    save(world, "bribery.level", choice="YES", text="zarabandatrece")
    save(world, "money.practice", text="murallasiete")
    address = f"/en/desk/{world.response.uuid}/paper/pdf/"
    second = make_person("second_focal_point")
    name_focal_point(SYSTEM, world.response, second)
    world.second = second
    for name in ("focal_point", "second", "focal_point"):
        assert browser(world, name).get(address).status_code == 202
    assert Printing.objects.count() == 1
    print_next()
    assert "zarabandatrece" in words_of(browser(world, "second").get(address).content)
    assert browser(world, "delegate").get(address).status_code == 202
    print_next()
    said = words_of(browser(world, "delegate").get(address).content)
    assert "murallasiete" in said
    assert "zarabandatrece" not in said
    look = {"printing": str(Printing.objects.order_by("pk")[0].uuid)}
    for name in ("anybody", "reader", "other_focal_point", "curator"):
        assert browser(world, name).get(address).status_code == 404
        assert browser(world, name).get(address, look).status_code == 404


def test_another_text_is_another_file_and_what_was_revoked_is_not_handed_out(world):
    submitted(world)
    address = "/en/questionnaires/sample-survey/published/gha/pdf/"
    assert Client().get(address).status_code == 404
    for language in ("en", "fr"):
        consent(world.actor("focal_point"), world.desk("focal_point"), "money.practice", language)
    assert Client().get(address).status_code == 202
    print_next()
    held = Printing.objects.get()
    assert bytes(held.content) == b""
    assert "Checks of declarations" in words_of(Client().get(address).content)
    revoke(world.actor("focal_point"), world.desk("focal_point"), "money.practice", "en")
    assert Client().get(address).status_code == 202
    print_next()
    said = words_of(Client().get(address).content)
    assert "Contrôles" in said
    assert "Checks" not in said
    revoke(world.actor("focal_point"), world.desk("focal_point"), "money.practice", "fr")
    assert Client().get(address).status_code == 404
    assert Client().get(address, {"printing": str(held.uuid)}).status_code == 404


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (checklist_pdf.NoFontError("ARABIC"), "Noto Naskh Arabic"),
        (checklist_pdf.NoEngineError(), "The program that sets PDF files is not installed"),
        (checklist_pdf.TooLongError(), "The PDF could not be set"),
    ],
)
def test_what_keeps_a_pdf_from_being_set_is_told_in_words_and_tried_again_later(world, monkeypatch, fault, words):
    client, address = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/paper/pdf/"
    client.get(address)

    def without(*_given, **_named):
        raise fault

    monkeypatch.setattr(checklist_pdf, "set_pdf", without)
    print_next()
    refused = client.get(address)
    assert refused.status_code == 503
    assert words in refused.text
    assert "hx-get" not in refused.text
    monkeypatch.undo()
    Printing.objects.update(ended_at=timezone.now() - timedelta(minutes=5))
    assert client.get(address).status_code == 202
    print_next()
    assert client.get(address).content.startswith(b"%PDF")


def test_a_broken_program_is_told_in_words_and_in_the_log_of_the_worker(world, monkeypatch):
    client, address = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/paper/pdf/"
    client.get(address)

    def broken(*_given, **_named):
        raise RuntimeError("typst says no")

    monkeypatch.setattr(checklist_pdf, "set_pdf", broken)
    with pytest.raises(RuntimeError, match="typst says no"):
        print_next()
    refused = client.get(address)
    assert refused.status_code == 503
    assert "typst" not in refused.text


def test_what_a_killed_worker_left_is_started_again_by_the_next_request(world):
    client, address = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/paper/pdf/"
    client.get(address)
    long_ago = timezone.now() - timedelta(minutes=5)
    Printing.objects.update(state="SETTING", claim="gone", begun_at=long_ago, worked_at=long_ago)
    assert client.get(address).status_code == 202
    assert Printing.objects.get().state == "QUEUED"
    Printing.objects.update(state="SETTING", claim="gone", begun_at=long_ago, worked_at=long_ago)
    assert print_next().state == "SETTING"  # it takes it up itself, without a request
    assert client.get(address).content.startswith(b"%PDF")


def test_a_stopped_worker_puts_the_file_back(world, monkeypatch):
    client, address = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/paper/pdf/"
    client.get(address)
    monkeypatch.setattr(checklist_pdf, "_LOOK", 0.001)
    print_next(stopping=lambda: True)
    held = Printing.objects.get()
    assert (held.state, held.claim) == ("QUEUED", "")
    monkeypatch.undo()
    print_next()
    assert client.get(address).content.startswith(b"%PDF")


def test_so_many_that_wait_keep_others_out_with_a_reason(world, monkeypatch):
    monkeypatch.setattr("merida.exchange.outputs.printing.MOST_WAITING", 1)
    save(world, "money.practice", text="x")
    assert browser(world, "focal_point").get(f"/en/desk/{world.response.uuid}/paper/pdf/").status_code == 202
    refused = browser(world, "delegate").get(f"/en/desk/{world.response.uuid}/paper/pdf/")
    assert refused.status_code == 503
    assert "So many documents wait" in refused.text
    assert Printing.objects.count() == 1


def test_old_files_are_forgotten(world):
    client, address = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/paper/pdf/"
    client.get(address)
    Printing.objects.update(state="MADE", asked_at=timezone.now() - timedelta(days=2))
    save(world, "money.practice", text="x")
    client.get(address)
    assert [one.state for one in Printing.objects.all()] == ["QUEUED"]
    Printing.objects.update(state="MADE", asked_at=timezone.now() - timedelta(days=2))
    assert print_next() is None  # the worker forgets them, though nobody asks for anything
    assert not Printing.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_answers(world, django_assert_max_num_queries):
    client, desk = browser(world, "focal_point"), f"/en/desk/{world.response.uuid}/paper/docx/"
    for question in ("bribery.law", "bribery.plan", "money.practice"):
        save(world, question, text="x")
    client.get(desk)
    with django_assert_max_num_queries(16):
        client.get(desk)
