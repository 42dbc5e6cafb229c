"""Calendars of visits: what is shown to whom in six languages, forms of planners, clashes before saving, two at once."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.visits import SECRET_REASON, record
from tests.worlds import SEEN

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.models import Change
from merida.review.synergies.actions import move_visit, publish_visit
from merida.review.synergies.models import Visit

CODES = ("ar", "zh", "en", "fr", "ru", "es")
YEAR = "calendar/?year=2027"
STATE = "states/gha/calendar/"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TYPED = {
    "state": "KEN",
    "mechanism": "UNCAC_IRM",
    "kind": "VISIT",
    "first_date": "2027-09-06",
    "last_date": "2027-09-09",
    "firmness": "MOVABLE",
    "languages": ["en"],
    "provisions": "UNCAC 5; UNCAC 13",
    "source_text": "Sample note",
}
PLANNERS = {"secretariat", "administrator"}


@pytest.fixture(autouse=True)
def in_november_2026(monkeypatch):
    """Stand before the visits, whenever the tests are run."""
    monkeypatch.setattr("merida.interfaces.web.views.calendars.today", lambda: date(2026, 11, 27))


@pytest.fixture(scope="module")
def site(site_with_visits):
    return site_with_visits[0]


def place_of(visit):
    return f"calendar/visits/{visit.uuid}/"


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("place", [YEAR, STATE, "states/gha/", "calendar/follow/", "visit"])
@pytest.mark.parametrize("code", CODES)
def test_every_page_answers_in_every_language(visitor, visits, code, place):
    page = visitor.get(f"/{code}/{place_of(visits.public) if place == 'visit' else place}")

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert " style=" not in page.text


PLACES = [
    YEAR,
    STATE,
    "",
    "states/gha/",
    f"{YEAR}&format=csv",
    f"{STATE}?format=json",
    f"{YEAR}&state=GHA&group=AFRICAN",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", sorted(SEEN))
def test_nobody_reads_of_a_visit_that_is_not_for_them(sign_in, visits, name, place):
    text = sign_in(name).get(f"/en/{place}").content.decode()
    named = set(UUID.findall(text)) & set(visits.all())

    assert named <= visits.seen_by(name)
    assert (SECRET_REASON in text) <= ("restricted" in SEEN[name])
    if "format" in place or place == YEAR:
        assert named == visits.seen_by(name)


@pytest.mark.parametrize("name", sorted(SEEN))
def test_a_hidden_visit_does_not_show_through_a_clash_nor_through_its_address(sign_in, visits, name):
    visitor = sign_in(name)
    found = visitor.get(f"/en/{STATE}?format=json").json()["clashes"]

    assert {one["visit"] for one in found} | {one["other"] for one in found if one["other"]} <= visits.seen_by(name)
    for uuid in visits.all():
        expected = 200 if uuid in visits.seen_by(name) else 404
        assert visitor.get(f"/en/calendar/visits/{uuid}/").status_code == expected


DEEDS = {
    "move": {"first_date": "2027-11-08", "last_date": "2027-11-09", "firmness": "FIXED", "reason": "Sample reason"},
    "cancel": {"reason": "Sample reason"},
    "publish": {},
}


@pytest.mark.parametrize("deed", sorted(DEEDS))
@pytest.mark.parametrize("kind", ["public", "draft", "restricted", "restricted_draft"])
@pytest.mark.parametrize("name", sorted(SEEN))
def test_only_planners_change_a_visit(sign_in, visits, name, kind, deed):
    visit = Visit.objects.get(pk=getattr(visits, kind).pk)
    before, changes = visit.sequence, Change.objects.count()
    answer = sign_in(name).post(f"/en/{place_of(visit)}{deed}/", {**DEEDS[deed], "seen": visit.sequence})
    visit.refresh_from_db()

    if name in PLANNERS:
        assert answer.status_code == 302
        assert visit.sequence == before + (0 if (kind, deed) == ("public", "publish") else 1)
    else:
        assert answer.status_code == (302 if name == "unenrolled_curator" else 403)
        assert (visit.sequence, Change.objects.count()) == (before, changes)


def test_clashes_are_said_before_saving_and_saved_on_confirmation(sign_in, visits):
    visitor = sign_in("secretariat")
    typed = {**TYPED, "state": "GHA", "first_date": "2027-03-05", "last_date": "2027-03-06"}
    count = Visit.objects.count()
    warned = visitor.post("/en/calendar/new/", typed)
    mark = re.search(r'name="confirmed" value="(\w+)"', warned.text)[1]

    assert (warned.status_code, Visit.objects.count()) == (409, count)
    assert "share 2 days" in warned.text
    assert "is a public holiday: \N{FIRST STRONG ISOLATE}Independence Day" in warned.text
    assert "takes in 1 day of the weekend" in warned.text
    assert 'value="UNCAC 5; UNCAC 13"' in warned.text
    record("AU_REVIEW", date(2027, 3, 6), date(2027, 3, 7))  # a clash that was not shown yet
    assert visitor.post("/en/calendar/new/", {**typed, "confirmed": mark}).status_code == 409
    mark = re.search(r'name="confirmed" value="(\w+)"', visitor.post("/en/calendar/new/", typed).text)[1]
    assert visitor.post("/en/calendar/new/", {**typed, "confirmed": mark}).status_code == 302
    assert Visit.objects.count() == count + 2


def test_who_sends_second_is_told_keeps_what_was_typed_and_can_send_again(sign_in, visits):
    visitor, visit = sign_in("secretariat"), visits.public
    page = visitor.get(f"/en/{place_of(visit)}").text
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    move_visit(SYSTEM, visit, first_date=date(2027, 8, 2), last_date=date(2027, 8, 3), reason="Somebody was first")
    typed = {**DEEDS["move"], "reason": "Typed with care", "seen": seen}
    second = visitor.post(f"/en/{place_of(visit)}move/", typed)

    assert second.status_code == 409
    assert "Somebody else changed this visit" in second.text
    assert "Somebody was first" in second.text
    assert 'value="Typed with care"' in second.text
    assert Visit.objects.get(pk=visit.pk).first_date == date(2027, 8, 2)
    again = re.search(r'visit[^"]*/move/.*?name="seen" value="(\d+)"', second.text, re.DOTALL)[1]
    assert visitor.post(f"/en/{place_of(visit)}move/", {**typed, "seen": again}).status_code == 302
    kept = Visit.objects.get(pk=visit.pk)
    assert (kept.first_date, kept.change_reason) == (date(2027, 11, 8), "Typed with care")


@pytest.mark.parametrize(
    "query",
    [
        "year=1",
        "year=99999",
        "year=%00",
        "state=QQQ",
        "mechanism=%22%3E",
        "group=x&group=y",
        "format=exe",
        "year=2027&year=x",
    ],
)
def test_choices_that_do_not_exist_leave_the_calendar_whole(visitor, visits, query):
    assert visitor.get(f"/en/calendar/?{query}").status_code == 200


def test_the_calendar_narrows_by_mechanism_group_state_and_year(visitor, visits):
    other = record("UNCAC_IRM", date(2028, 1, 31), date(2028, 2, 3), state="NAM")
    publish_visit(SYSTEM, other)

    def found(query):
        return {row["visit"] for row in rows(visitor.get(f"/en/calendar/?format=csv&{query}"))}

    both = {str(visits.public.uuid), str(visits.cancelled.uuid)}
    assert found("year=2027") == both
    assert found("year=2028") == {str(other.uuid)}
    assert found("year=2027&mechanism=UNCAC_IRM") == {str(visits.public.uuid)}
    assert found("year=2027&state=NAM") == set()
    assert found("year=2027&group=AFRICAN") == both
    assert found("year=2027&group=EASTERN_EUROPEAN") == set()


def test_a_cancelled_visit_is_struck_out_with_its_reason(visitor, visits):
    page = visitor.get(f"/en/{YEAR}").text

    assert '<del><bdi class="date">2027-04-05</bdi></del>' in page
    assert "cancelled: Sample reason: a storm" in page
    assert page.count("<del>") == page.count("</del>") > 0


def test_changes_are_told_with_their_reasons_but_those_of_a_draft_to_planners_only(sign_in, client, visits):
    draft, place = visits.draft, place_of(visits.draft)
    move_visit(SYSTEM, draft, first_date=date(2027, 6, 7), last_date=date(2027, 6, 8), reason="Among ourselves")
    publish_visit(SYSTEM, draft)
    move_visit(SYSTEM, draft, first_date=date(2027, 6, 14), last_date=date(2027, 6, 14), reason="Elections")
    public = client.get(f"/en/{place}").text
    planner = sign_in("secretariat").get(f"/en/{place}").text

    assert "moved from 7–8 June 2027 to 14 June 2027" in public
    assert "Elections" in public
    assert ("Among ourselves" in public, "Among ourselves" in planner) == (False, True)


def test_holidays_are_marked_as_computed_and_estimates_as_such(visitor, visits):
    page = visitor.get(f"/en/{STATE}").text

    assert "the State has not confirmed them" in page
    assert re.search(r"2027-03-06.*?Independence Day", page, re.DOTALL)


def test_pages_cost_the_same_queries_for_any_number_of_visits(visitor, visits):
    def queries(place):
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(f"/en/{place}").status_code == 200
        return len(captured)

    places = (YEAR, STATE, place_of(visits.public), "calendar/states/gha.ics", "calendar/mechanisms/uncac-irm.ics")
    for place in places:
        queries(place)
    publish_visit(SYSTEM, record("GRECO", date(2027, 5, 3), date(2027, 5, 4), provisions=["UNCAC 13"]))
    one = [queries(place) for place in places]
    for week in range(4):
        made = record("GRECO", date(2027, 6, 7 + week), date(2027, 7, 8), provisions=["UNCAC 5", "UNCAC 13"])
        publish_visit(SYSTEM, made)

    assert [queries(place) for place in places] == one
    assert max(one) <= 12


def test_the_table_of_visits_and_the_sitemap_hold_what_is_public(visitor, visits):
    lines = visitor.get("/api/bulk/visits.jsonl").getvalue().decode().splitlines()
    places = visitor.get("/sitemap-visits.xml").text + visitor.get("/sitemap-calendars.xml").text

    assert {json.loads(line)["visit"] for line in lines} == visits.seen_by("anybody")
    assert set(UUID.findall(places)) == visits.seen_by("anybody")
    assert "/en/states/gha/calendar/" in places


@pytest.mark.parametrize("name", sorted(SEEN))
def test_the_table_of_visits_holds_what_its_reader_may_see(sign_in, visits, name):
    lines = sign_in(name).get("/api/bulk/visits.jsonl").getvalue().decode().splitlines()

    assert {json.loads(line)["visit"] for line in lines} == visits.seen_by(name)
