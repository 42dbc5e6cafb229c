"""Meetings on pages and in files: what the report says, with its paragraph, to those who may see the report."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rooms.meetings.reports import CHINESE, EARLIER

from merida.cooperation.meetings.models import Meeting
from merida.exchange.ingest.actions import ingest_file, sample_workspace
from merida.foundation.access.models import Audience
from merida.foundation.access.visibility import SYSTEM

LANGUAGES = ["en", "ar", "zh", "fr", "ru", "es"]


def taken_in(text=CHINESE, name="report.txt", **filing):
    return ingest_file(SYSTEM, text.encode(), name, **filing).slug


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pages_answer_in_every_language_without_inline_style(visitor, site, code):
    slug = taken_in()
    for place in ("meetings/", "meetings/attendance/", f"meetings/{slug}/", "states/fji/"):
        page = visitor.get(f"/{code}/{place}")
        assert (page.status_code, " style=" in page.text) == (200, False)


def test_a_meeting_shows_its_agenda_people_states_and_conclusions_with_their_paragraphs(visitor, site):
    slug = taken_in()
    page = visitor.get(f"/en/meetings/{slug}/").text
    for words in ("采购中的廉正", "CAC/COSP/WG.4/2031/2", "Ana Sample", "Fiji", "Signatory", "样本渔业组织", "2032"):
        assert words in page
    assert f"/en/documents/{slug}/zh/?at=3#p3" in page  # a recommendation leads to its paragraph
    assert "unverified" in page  # nobody confirmed it yet


def test_attendance_counts_by_year_and_says_that_a_missing_report_proves_nothing(visitor, site):
    taken_in()
    taken_in(EARLIER, "earlier.txt")
    page = visitor.get("/en/meetings/attendance/?listed=LISTED").text
    assert "may have attended a meeting whose report is not here" in page
    rows = visitor.get("/en/meetings/attendance/?format=csv").content.decode("utf-8-sig").splitlines()
    assert rows[0] == "iso3,name,meetings,first_date,last_date,meetings_2030,meetings_2031"
    by_code = {row.split(",")[0]: row.split(",", 2)[2] for row in rows[1:]}
    assert by_code["FJI"] == "2,2030-03-04,2031-03-04,1,1"
    assert by_code["PLW"] == "1,2031-03-04,2031-03-04,0,1"
    assert by_code["KEN"] == "0,,,0,0"


def test_a_state_has_its_meetings_on_its_page_and_in_its_file(visitor, site):
    before = visitor.get("/en/states/fji/").text
    slug = taken_in()
    assert 'id="meetings"' not in before
    assert f"/en/meetings/{slug}/" in visitor.get("/en/states/fji/").text
    data = visitor.get("/en/states/fji/?format=csv").content.decode("utf-8-sig")
    assert [row.split(",")[:2] for row in data.splitlines() if row.startswith("MEETING")] == [["MEETING", "PARTY"]]


def test_the_file_of_a_meeting_holds_all_of_it(visitor, site):
    slug = taken_in()
    rows = visitor.get(f"/en/meetings/{slug}/?format=csv").content.decode("utf-8-sig").splitlines()[1:]
    assert {row.split(",")[0] for row in rows} == {
        "AGENDA",
        "ATTENDANCE",
        "OBSERVER",
        "OFFICER",
        "RECOMMENDATION",
        "CONCLUSION",
        "TOPIC",
    }


def test_a_closed_report_shows_nothing_of_its_meeting(visitor, site):
    slug = taken_in(audience=Audience.RESTRICTED, workspace=sample_workspace(SYSTEM))
    assert Meeting.objects.filter(slug=slug).exists()
    assert visitor.get(f"/en/meetings/{slug}/").status_code == 404
    assert slug not in visitor.get("/en/meetings/").text
    assert 'id="meetings"' not in visitor.get("/en/states/fji/").text
    for table in ("meetings", "attendances", "observers", "officers", "agenda-items", "conclusions", "planned-topics"):
        lines = b"".join(visitor.get(f"/api/bulk/{table}.jsonl").streaming_content).decode()
        assert slug not in lines


@pytest.mark.parametrize(("name", "status"), [("anybody", 403), ("reader", 403), ("curator", 302)])
def test_only_curators_confirm(sign_in, site, name, status):
    slug = taken_in()
    visitor = sign_in(name)
    assert visitor.post(f"/en/meetings/{slug}/confirm/").status_code == status
    assert bool(Meeting.objects.get(slug=slug).confirmed_at) == (status == 302)


def test_a_confirmed_meeting_is_shown_so_until_it_is_taken_back(sign_in, site):
    slug = taken_in()
    curator = sign_in("curator")
    curator.post(f"/en/meetings/{slug}/confirm/")
    assert "cite-unverified" not in curator.get(f"/en/meetings/{slug}/").text
    curator.post(f"/en/meetings/{slug}/confirm/", {"open": "1"})
    assert "cite-unverified" in curator.get(f"/en/meetings/{slug}/").text


@pytest.mark.parametrize("place", ["meetings/", "meetings/attendance/", "states/fji/"])
def test_two_meetings_cost_no_more_queries_than_one(visitor, site, place):
    def counted():
        with CaptureQueriesContext(connection) as captured:
            visitor.get(f"/en/{place}")
        return len(captured)

    taken_in()
    counted()
    one = counted()
    taken_in(EARLIER, "earlier.txt")
    assert counted() == one


@pytest.mark.parametrize(
    "place", ["meetings/no-such/", "meetings/?body=' OR 1", "meetings/attendance/?listed=%00&page=99"]
)
def test_addresses_that_mean_nothing_are_no_errors_of_ours(visitor, site, place):
    assert visitor.get(f"/en/{place}").status_code in {200, 404}
