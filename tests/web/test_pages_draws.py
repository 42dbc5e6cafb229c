"""The pages of a draw: what was announced and drawn, to be followed, saved and checked; forms for the secretariat."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from merida.foundation.access.visibility import SYSTEM
from merida.review.draws.actions import announce_draw, hold_draw, prepare_draw
from merida.review.draws.events import record_reminder, request_redraw
from merida.review.draws.models import Draw, DrawEvent
from merida.review.draws.queries import pairings_of
from merida.review.draws.urns import SAMPLE, make_sample_draw

PAGE = f"draws/{SAMPLE}/"
DAY = dt.date(2026, 7, 1)
CODES = ("ar", "zh", "en", "fr", "ru", "es")


@pytest.fixture(scope="module", autouse=True)
def held_once(site, django_db_blocker):
    """Hold the sample draw once, for all tests here."""
    with django_db_blocker.unblock():
        return make_sample_draw(SYSTEM)


@pytest.fixture
def sample(held_once, db):
    return Draw.objects.get(pk=held_once.pk)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "place", ["draws/", PAGE, f"{PAGE}ceremony/", f"{PAGE}ceremony/?pick=3", f"{PAGE}ceremony/?pick=999"]
)
def test_every_page_answers_in_every_language_and_says_that_it_is_a_sample(visitor, sample, code, place):
    page = visitor.get(f"/{code}/{place}")

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert sample.titles[code] in page.text
    assert " style=" not in page.text
    assert "<script>" not in page.text


def test_the_page_shows_urn_sources_pairs_and_digests(visitor, sample):
    page = visitor.get(f"/en/{PAGE}").text
    pairing = pairings_of(sample)[0]

    assert "European Union" in page
    assert "a regional organization, in no regional group" in page
    assert "3 14 15 92 65 35" in page
    assert sample.announcement_digest in page
    assert sample.records.get().digest in page
    assert str(pairing.reviewer) in page
    assert "no answer yet" in page


def test_the_pairs_are_a_file_too_narrowed_as_the_page_is(visitor, sample):
    def rows(query):
        answer = visitor.get(f"/en/{PAGE}?format=csv{query}")
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    everything, narrowed = rows(""), rows("&group=EASTERN_EUROPEAN")
    assert len(everything) == len(pairings_of(sample))
    assert narrowed == [row for row in everything if row["group"] == "EASTERN_EUROPEAN"] != []


@pytest.fixture
def at_once(site, db):
    from tests.rooms.draws.test_draws import AFRICA, ANNOUNCED, MOMENT, plan, urn

    of = urn((*AFRICA, "MAR", "EGY", "DZA"))
    made = announce_draw(SYSTEM, replace(plan("at-once", of=of), method="UNIFORM"), announced_at=ANNOUNCED)
    hold_draw(SYSTEM, made, [[4, 8, 15]], drawn_at=MOMENT)
    return Draw.objects.get(slug="at-once")


@pytest.mark.parametrize("code", CODES)
def test_a_draw_made_at_once_is_shown_with_its_walks_in_every_language(visitor, at_once, code):
    record = at_once.records.get()
    page, stage = (visitor.get(f"/{code}/draws/at-once/{place}").text for place in ("", "ceremony/?pick=3"))

    assert 'id="walks"' in page
    assert 'data-check="walk"' in page
    assert record.digest in page
    assert record.digest in stage
    assert 'data-way="next"' not in stage
    assert {one.reviewer.iso3 for one in pairings_of(at_once)} <= set(re.findall(r">([A-Z]{3})</abbr>", stage))


def test_a_draw_made_at_once_pairs_as_its_record_says_own_group_first_and_a_reviewer_can_be_replaced(
    visitor, at_once, tmp_path
):
    from tests.rooms.draws.test_draws import redrawn

    record = visitor.get("/en/draws/at-once/records/1/").content
    (tmp_path / "verify_draw.py").write_bytes(visitor.get("/en/draws/at-once/verifier/").content)
    (tmp_path / "record.json").write_bytes(record)
    command = [sys.executable, "-I", "verify_draw.py", "record.json"]
    pairs = [[one.state.iso3, one.reviewer.iso3] for one in pairings_of(at_once)]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert sorted(pairs) == json.loads(record)["pairs"]

    pairing = pairings_of(at_once)[0]
    request_redraw(SYSTEM, pairing, day=DAY, reason="a pending case between the two")
    new = redrawn(pairing)
    assert new.reviewer != pairing.reviewer
    assert str(new.reviewer) in visitor.get("/en/draws/at-once/").text
    assert "Pick 1 of 1<" in visitor.get("/en/draws/at-once/ceremony/?record=2&pick=1").text
    assert 'href="/en/draws/at-once/verifier/?record=2"' in visitor.get("/en/draws/at-once/").text
    (tmp_path / "verify_draw.py").write_bytes(visitor.get("/en/draws/at-once/verifier/?record=2").content)
    (tmp_path / "record.json").write_bytes(visitor.get("/en/draws/at-once/records/2/").content)
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert [visitor.get(f"/en/draws/at-once/verifier/?record={no}").status_code for no in ("9", "x")] == [404, 404]


def test_record_and_verifier_as_downloaded_agree_and_name_a_changed_pick(visitor, sample, tmp_path):
    record = visitor.get(f"/en/{PAGE}records/1/").content
    verifier = visitor.get(f"/en/{PAGE}verifier/").content
    content = json.loads(record)
    changed = json.loads(record)
    changed["picks"][4]["reviewer"] = changed["picks"][5]["reviewer"]
    (tmp_path / "verify_draw.py").write_bytes(verifier)
    (tmp_path / "record.json").write_bytes(record)
    (tmp_path / "changed.json").write_text(json.dumps(changed))

    def verdict(name):
        command = [sys.executable, "-I", "verify_draw.py", name]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    assert verdict("record.json")[0] == 0
    code, said = verdict("changed.json")
    assert (code, "picks.5.reviewer" in said) == (1, True)
    body = {key: value for key, value in content.items() if key != "digest"}
    plain = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert hashlib.sha256(plain).hexdigest() == sample.records.get().digest


def test_the_announcement_as_downloaded_has_the_digest_printed(visitor, sample):
    content = visitor.get(f"/en/{PAGE}announcement/").content

    assert hashlib.sha256(content).hexdigest() == sample.announcement_digest


def test_the_ceremony_goes_pick_by_pick_without_a_script(visitor, sample):
    picks = json.loads(sample.records.get().text)["picks"]
    page, seen = visitor.get(f"/en/{PAGE}ceremony/").text, []
    while match := re.search(r'data-way="next" class="button" href="\?record=1&amp;pick=(\d+)"', page):
        page = visitor.get(f"/en/{PAGE}ceremony/?pick={match[1]}").text
        seen += re.findall(r'class="lot lot-drawn"><abbr title="[^"]*">(\w+)<', page)

    assert seen == [one["reviewer"] for one in picks]
    assert sample.records.get().digest in page
    assert f"/en/{PAGE}code/" in page


def test_pages_cost_the_same_queries_for_any_number_of_events(visitor, sample):
    def queries(place):
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(f"/en/{place}").status_code == 200
        return len(captured)

    places = ("draws/", PAGE, f"{PAGE}ceremony/?pick=4")
    pairings = pairings_of(sample)
    record_reminder(SYSTEM, pairings[0], day=DAY)
    for place in places:
        queries(place)
    one = [queries(place) for place in places]
    for pairing in pairings[1:4]:
        record_reminder(SYSTEM, pairing, day=DAY)
    for place in places:
        queries(place)

    assert [queries(place) for place in places] == one
    assert max(one) <= 12


def test_the_ceremony_shows_the_record_asked_for_and_the_check_is_given_every_record(visitor, sample):
    from tests.rooms.draws.test_draws import redrawn

    pairing = pairings_of(sample)[0]
    request_redraw(SYSTEM, pairing, day=DAY, reason="a pending case between the two")
    redrawn(pairing)
    first, second = sample.records.order_by("number")
    pick = json.loads(second.text)["picks"][0]

    page = visitor.get(f"/en/{PAGE}ceremony/?record=2&pick=1").text
    assert "Pick 1 of 1<" in page
    assert re.findall(r'class="lot lot-drawn"><abbr title="[^"]*">(\w+)<', page) == [pick["reviewer"]]
    assert 'href="?record=2&amp;pick=2"' in page
    assert '<a href="?record=2" aria-current="true">' in page
    assert second.digest in visitor.get(f"/en/{PAGE}ceremony/?record=2&pick=9").text
    for asked in ("", "?record=1", "?record=0", "?record=x", "?record=-2"):
        assert first.digest in visitor.get(f"/en/{PAGE}ceremony/{asked or '?record='}&pick=9999").text
    given = re.findall(r'data-number="(\d)" data-digest="(\w+)"', visitor.get(f"/en/{PAGE}").text)
    assert given == [("1", first.digest), ("2", second.digest)]


@pytest.mark.parametrize("asked", ["-1", "x", "٣", "1" * 30, ""])
def test_a_pick_that_is_none_shows_the_beginning(visitor, sample, asked):
    assert "Before the first pick" in visitor.get(f"/en/{PAGE}ceremony/", {"pick": asked}).text


def test_the_code_is_a_picture(visitor, sample):
    answer = visitor.get(f"/en/{PAGE}code/")

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


@pytest.mark.parametrize("place", ["draws/none/", "draws/none/ceremony/", f"{PAGE}records/9/", "draws/none/verifier/"])
def test_what_is_not_there_is_said_so(visitor, sample, place):
    assert visitor.get(f"/en/{place}").status_code == 404


@pytest.mark.parametrize("name", ["anybody", "reader", "member", "unenrolled_curator", "curator", "secretariat"])
def test_a_draft_is_shown_to_those_who_see_drafts_only(sign_in, site, name):
    from tests.rooms.draws.test_draws import ANNOUNCED, plan

    prepare_draw(SYSTEM, plan("hidden-draft"), announced_at=ANNOUNCED)
    visitor = sign_in(name)
    answers = {
        visitor.get(f"/en/draws/hidden-draft/{part}").status_code
        for part in ("", "announcement/", "verifier/", "code/")
    }
    listed = "hidden-draft" in visitor.get("/en/draws/").text

    sees = name in {"curator", "secretariat"}
    assert (answers, listed) == (({200}, True) if sees else ({404}, False))


@pytest.mark.parametrize("name", ["anybody", "reader", "curator"])
def test_the_desk_is_for_the_secretariat(sign_in, sample, name):
    visitor = sign_in(name)
    tried = [visitor.get("/en/draws/new/"), visitor.post(f"/en/{PAGE}events/"), visitor.post(f"/en/{PAGE}hold/")]

    assert 'id="desk"' not in visitor.get(f"/en/{PAGE}").text
    assert {answer.status_code for answer in tried} == {403}


def test_the_secretariat_announces_a_draw_and_bad_input_keeps_what_was_typed(sign_in, sample):
    visitor = sign_in("secretariat")
    typed = {
        "title": "Draw of spring",
        "slug": "spring",
        "mechanism": "uncac-irm",
        "year": "2031",
        "under_review": "GHA KEN",
        "excluded": "EUE: in no regional group",
        "sources": "2031-01-15T18:00 Lottery of 15 January",
        "moment": "2031-01-16T09:00",
    }
    wrong = visitor.post("/en/draws/new/", {**typed, "under_review": "GHA QQQ"})
    early = visitor.post("/en/draws/new/", {**typed, "sources": "2020-01-15T18:00 Old lottery"})
    right = visitor.post("/en/draws/new/", typed)

    assert (wrong.status_code, "QQQ" in wrong.text, "Draw of spring" in wrong.text) == (422, True, True)
    assert (early.status_code, "Old lottery" in early.text) == (422, True)
    assert right.status_code == 302
    made = Draw.objects.get(slug="spring")
    assert made.published_at is not None
    assert json.loads(made.announcement_text)["method"] == "CEREMONY"
    again = {**typed, "slug": "at-once", "method": "UNIFORM"}
    assert visitor.post("/en/draws/new/", again).status_code == 302
    assert json.loads(Draw.objects.get(slug="at-once").announcement_text)["method"] == "UNIFORM"
    assert visitor.post("/en/draws/new/", {**again, "slug": "x", "method": "NONE"}).status_code == 422
    held = visitor.post("/en/draws/spring/hold/", {"numbers": "1 2 3"})
    assert (held.status_code, "not before" in held.text) == (422, True)
    assert not made.records.exists()
    assert visitor.get("/en/draws/spring/ceremony/").status_code == 404


def test_the_secretariat_records_an_answer_and_everybody_reads_it(sign_in, sample):
    visitor, pairing = sign_in("secretariat"), pairings_of(sample)[0]
    typed = {"pairing": str(pairing.uuid), "kind": "ACCEPTED", "event_date": "2026-07-01"}
    early = visitor.post(f"/en/{PAGE}events/", {**typed, "event_date": "2020-01-01"})
    right = visitor.post(f"/en/{PAGE}events/", typed)
    strange = visitor.post(f"/en/{PAGE}events/", {**typed, "pairing": "no pair"})

    assert (early.status_code, "before the day of the draw" in early.text) == (422, True)
    assert (right.status_code, strange.status_code) == (302, 422)
    assert DrawEvent.objects.get().kind == "ACCEPTED"
    visitor.logout()
    assert "accepted, 1 July 2026" in visitor.get(f"/en/{PAGE}").text


def test_the_sitemap_and_the_tables_hold_the_draw_but_no_draft(visitor, sample):
    from tests.rooms.draws.test_draws import ANNOUNCED, plan

    prepare_draw(SYSTEM, plan("hidden-draft"), announced_at=ANNOUNCED)
    record_reminder(SYSTEM, pairings_of(sample)[0], day=DAY)

    places = visitor.get("/sitemap-draws.xml").text
    assert f"/en/draws/{SAMPLE}/" in places
    assert "hidden-draft" not in places
    counted = {}
    for table in ("draws", "draw-records", "pairings", "draw-events"):
        answer = visitor.get(f"/api/bulk/{table}.jsonl")
        rows = [json.loads(line) for line in answer.getvalue().decode().splitlines()]
        assert {row.get("draw") or row.get("slug") for row in rows} == {SAMPLE}
        counted[table] = len(rows)
    assert counted == {"draws": 1, "draw-records": 1, "pairings": len(pairings_of(sample)), "draw-events": 1}
