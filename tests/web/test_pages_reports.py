"""Reports on the site: drafted, read, edited by two people, drafted again, printed."""

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rooms.mandates.made_up import make_activity
from tests.worlds import SECRET_WORD, make_document

from merida.cooperation.mandates import report_actions, report_queries
from merida.cooperation.mandates.models import Report
from merida.foundation.access.visibility import SYSTEM

SENT = {
    "title": "What was done",
    "language": "en",
    "resolutions": "COSP 8/8",
    "first_date": "2019-11-01",
    "last_date": "2020-02-29",
    "symbol": "CAC/COSP/2021/99",
}


@pytest.fixture
def told(site, db):
    document = make_document("told", text="Beginning")
    make_activity(document, "They met about sport", states=["GHA"], place="Accra")
    make_activity(document, "They learned", states=["NER"], title="Work with judges", date_from="2019-12")
    return document


@pytest.fixture
def report(told):
    return report_actions.draft_report(
        SYSTEM,
        title="What was done",
        language="en",
        resolutions=["COSP 8/8"],
        first_date=date(2019, 11, 1),
        last_date=date(2020, 2, 29),
    )


def part_of(report, key="SPORT/2019-11"):
    return next(one for one in report_queries.parts_of(report) if one.key == key)


def at(report, part=None, deed=""):
    place = f"/en/reports/{report.uuid}/"
    return f"{place}parts/{part.uuid}/{f'{deed}/' if deed else ''}" if part else place


def test_the_secretariat_drafts_a_report_and_publishes_it(sign_in, told):
    client = sign_in("secretariat")
    response = client.post("/en/reports/new/", SENT)
    made = Report.objects.get()
    assert response["Location"] == at(made)
    client.logout()
    assert client.get(at(made)).status_code == 404

    sign_in("secretariat").post(f"{at(made)}desk/publish/")
    client.logout()
    page = client.get(at(made)).content.decode()
    assert "In November 2019, a workshop was held in Accra (Ghana)." in page
    assert "In December 2019, a workshop was held in the Niger." in page
    assert "SAMPLE/TOLD" in page
    assert "Edit this paragraph" not in page
    assert "What was done" in client.get("/en/reports/").content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"last_date": "2019-01-01"}, "The earlier comes after the later."),
        ({"resolutions": "COSP 99/9"}, "No resolution here has this name."),
        ({"first_date": "31.02.2019"}, "Enter a valid date."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_a_report_that_cannot_be_is_refused_with_all_that_was_typed(sign_in, changed, said):
    response = sign_in("secretariat").post("/en/reports/new/", SENT | changed)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert 'value="CAC/COSP/2021/99"' in response.content.decode()
    assert not Report.objects.exists()


def test_two_people_at_one_paragraph_both_keep_their_words(sign_in, report):
    part = part_of(report)
    client = sign_in("secretariat")
    assert client.post(at(report, part, "edit"), {"text": "First words.", "seen": 0}).status_code == 302

    response = client.post(at(report, part, "edit"), {"text": "Second words.", "seen": 0})
    page = response.content.decode()
    assert response.status_code == 409
    assert "First words." in page
    assert "Second words.</textarea>" in page.replace("\n", "")
    assert part_of(report).shown[0][0] == "First words."


def test_drafting_again_keeps_edits_marks_what_changed_and_lets_the_person_choose(sign_in, report, told):
    client = sign_in("secretariat")
    client.post(at(report, part_of(report), "edit"), {"text": "Our words.", "seen": 0})
    make_activity(told, "They met again", states=["KEN"])
    page = client.post(f"{at(report)}desk/redraft/", follow=True).content.decode()
    assert "Our words." in page
    assert "The records changed beneath" in page

    part = part_of(report)
    shown = client.get(at(report, part)).content.decode()
    assert "workshops were held in Accra (Ghana) and Kenya." in shown
    assert "Our words." in shown
    client.post(at(report, part, "keep"), {"seen": part.revision})
    assert part_of(report).beneath == []
    client.post(at(report, part, "take"), {"seen": part_of(report).revision})
    assert "Our words." not in client.get(at(report)).content.decode()


def test_the_page_of_a_paragraph_shows_who_changed_what(sign_in, report):
    client = sign_in("secretariat")
    client.post(at(report, part_of(report), "edit"), {"text": "Our words.", "seen": 0})

    page = client.get(at(report, part_of(report))).content.decode()
    history = page[page.index('id="history"') :]
    assert "Secretariat" in history
    assert "In November 2019, a workshop was held in Accra (Ghana)." in history


def test_an_activity_is_put_under_another_heading(sign_in, report):
    part = part_of(report)
    sent = {"activity": part.shown[0][1][0], "heading": "GENDER"}
    assert sign_in("secretariat").post(at(report, part, "place"), sent).status_code == 302

    assert "GENDER/2019-11" in {one.key for one in report_queries.parts_of(report)}


def test_a_sentence_of_a_persons_own_says_that_it_rests_on_no_record(sign_in, report):
    client = sign_in("secretariat")
    client.post(at(report, part_of(report), "add"), {"text": "Everybody knows."})

    assert "rests on no record" in client.get(at(report)).content.decode()


def test_the_file_holds_the_report(sign_in, report):
    response = sign_in("secretariat").get(f"{at(report)}report.docx")
    archive = zipfile.ZipFile(io.BytesIO(response.content))

    assert "In November 2019, a workshop was held in Accra (Ghana)." in archive.read("word/document.xml").decode()
    assert "SAMPLE/TOLD, para. 2." in archive.read("word/footnotes.xml").decode()


def test_nobody_else_drafts_or_edits(sign_in, report):
    client = sign_in("curator")
    assert client.get("/en/reports/new/").status_code == 403
    assert client.get(at(report, part_of(report))).status_code == 403
    assert client.post(at(report, part_of(report), "edit"), {"text": "x", "seen": 0}).status_code == 403
    assert client.post(f"{at(report)}desk/publish/").status_code == 403
    assert "What was done" in client.get(at(report)).content.decode()


def test_a_hidden_source_is_not_told(sign_in, site, report):
    make_activity(site.world.restricted, f"They met for {SECRET_WORD}", states=["NRU"])
    report_actions.redraft_report(SYSTEM, report)
    report_actions.publish_report(SYSTEM, report)

    page = sign_in("anybody").get(at(report)).content.decode()
    assert SECRET_WORD not in page
    assert "Nauru" not in page


def test_the_number_of_queries_does_not_grow_with_activities(visitor, report, told):
    def queries_of() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(f"{at(report)}?n={len(captured)}").status_code == 200
        return len(captured)

    report_actions.publish_report(SYSTEM, report)
    one = queries_of()
    for number in range(3):
        make_activity(told, f"They met {number}", states=["KEN"], title="Work with women", date_from="2020-01")
    report_actions.redraft_report(SYSTEM, report)
    assert queries_of() == one <= 16


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_the_pages_speak_every_language(sign_in, report, language):
    client = sign_in("secretariat")
    for place in ("", "new/", f"{report.uuid}/", f"{report.uuid}/parts/{part_of(report).uuid}/"):
        assert client.get(f"/{language}/reports/{place}").status_code == 200
