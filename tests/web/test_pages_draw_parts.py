"""Later parts of a cycle, draws for one instrument, years, and answers that are due: as the secretariat enters them."""

import csv
import datetime as dt
import io
import json
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.rooms.draws.test_draws import AFRICA, ANNOUNCED, MOMENT, plan, urn
from tests.rooms.draws.test_parts import part, untoc

from merida.foundation.access.visibility import SYSTEM
from merida.review.draws.actions import announce_draw, hold_draw
from merida.review.draws.models import Draw, DrawEvent
from merida.review.draws.queries import pairings_of
from merida.review.draws.urns import make_sample_draw, usual_rules

CODES = ("ar", "zh", "en", "fr", "ru", "es")
TYPED = {
    "title": "Draw of spring",
    "slug": "spring",
    "mechanism": "uncac-irm",
    "year": "2031",
    "sources": "2199-01-15T18:00 Lottery of 15 January",
    "moment": "2199-01-16T09:00",
}
BY_HAND = {"participants": " ".join(AFRICA), "urn_source": "list of the depositary, 1 June 2026"}

pytestmark = pytest.mark.usefixtures("site", "db")


def announced(slug):
    return json.loads(Draw.objects.get(slug=slug).announcement_text)


def test_a_draw_that_continues_another_counts_its_pairs_and_says_so(sign_in):
    first = part("first", ("GHA", "KEN"), [[1]])
    desk = sign_in("secretariat")
    typed = {**TYPED, **BY_HAND, "continues": "first", "declining": "NAM", "answer_days": "21"}

    assert desk.post("/en/draws/new/", typed).status_code == 302
    said = announced("spring")
    assert said["subjects"] == ["BEN", "NAM", "TUN", "ZAF"]
    assert sum(one["duties_done"] for one in said["urn"]) == len(pairings_of(first)) == len(said["earlier"])
    assert [one["code"] for one in said["urn"] if one["declines"]] == ["NAM"]
    assert said["rules"]["answer_days"] == 21
    page = desk.get("/en/draws/spring/").text
    assert "4 pairs drawn earlier in the cycle" in page
    assert "list of the depositary, 1 June 2026" in page
    assert 'href="/en/draws/first/"' in page
    again = desk.post("/en/draws/new/", {**typed, "slug": "summer", "continues": ""})
    assert again.status_code == 302
    assert len(announced("summer")["subjects"]) == len(AFRICA)
    for continues in ("first", "no-draw", "summer"):
        refused = desk.post("/en/draws/new/", {**typed, "slug": "autumn", "continues": continues})
        assert refused.status_code == 422
    assert not Draw.objects.filter(slug="autumn").exists()


def test_a_refusal_is_told_in_the_language_of_the_page(sign_in):
    part("first", ("GHA", "KEN"), [[1]])
    desk = sign_in("secretariat")
    typed = {**TYPED, **BY_HAND, "continues": "first", "under_review": "KEN"}

    answer = desk.post("/fr/draws/new/", typed)
    assert answer.status_code == 422
    assert "KEN a déjà ses examinateurs" in answer.text


def test_the_urn_of_a_protocol_is_entered_by_hand_with_its_source(sign_in):
    desk = sign_in("secretariat")
    typed = {**TYPED, "mechanism": "untoc-review", "instrument": "UNTOC_SOM"}

    unlisted = desk.post("/en/draws/new/", typed)
    assert (unlisted.status_code, "the parties to UNTOC_SOM are not listed" in unlisted.text) == (422, True)
    unsourced = desk.post("/en/draws/new/", {**typed, "participants": BY_HAND["participants"]})
    assert (unsourced.status_code, "Say where the list" in unsourced.text) == (422, True)
    unnamed = desk.post("/en/draws/new/", {**typed, **BY_HAND, "instrument": ""})
    assert (unnamed.status_code, "name one of UNTOC," in unnamed.text) == (422, True)
    foreign = desk.post("/en/draws/new/", {**typed, **BY_HAND, "mechanism": "uncac-irm"})
    assert (foreign.status_code, "UNTOC_SOM by itself" in foreign.text) == (422, True)
    assert desk.post("/en/draws/new/", {**typed, **BY_HAND}).status_code == 302
    said = announced("spring")
    assert (said["instrument"], said["urn_source"]) == ("UNTOC_SOM", BY_HAND["urn_source"])
    assert said["rules"]["staggered"] is True
    assert desk.post("/en/draws/new/", {**typed, "slug": "all", "instrument": "UNTOC"}).status_code == 302
    assert len(announced("all")["urn"]) > 150


@pytest.mark.parametrize("code", CODES)
def test_staggered_groups_are_shown_in_every_language(visitor, code):
    made = announce_draw(SYSTEM, untoc(urn_source="a list"), announced_at=ANNOUNCED)
    hold_draw(SYSTEM, made, [[4]], drawn_at=MOMENT)
    page = visitor.get(f"/{code}/draws/protocol/")

    assert page.status_code == 200
    table = page.text.split('id="years"')[1].split("</section>")[0]
    assert {year: table.count(f">{year}<") for year in ("2027", "2028", "2029")} == {
        "2027": 3,
        "2028": 3,
        "2029": 3,
    }


def years_drawn():
    made = announce_draw(
        SYSTEM, replace(plan("years", of=urn(subjects=AFRICA[:5])), method="YEARS"), announced_at=ANNOUNCED
    )
    hold_draw(SYSTEM, made, [[4]], drawn_at=MOMENT)
    return made


@pytest.mark.parametrize("code", CODES)
def test_years_are_shown_with_their_seats_and_on_the_large_screen(visitor, code):
    made = years_drawn()
    page, stage = (visitor.get(f"/{code}/draws/years/{place}") for place in ("", "ceremony/"))

    assert (page.status_code, stage.status_code) == (200, 200)
    assert 'id="pairs"' not in page.text
    assert 'data-check="years"' in page.text
    assert made.records.get().digest in stage.text
    assert all(str(year) in stage.text for year in range(2027, 2032))


def test_a_review_is_postponed_by_one_year_with_its_reason(sign_in):
    made = years_drawn()
    years = dict(json.loads(made.records.get().text)["pairs"])
    first, last = (next(code for code, year in years.items() if year == sought) for sought in ("1", "5"))
    desk, typed = sign_in("secretariat"), {"event_date": "2026-07-01", "reason": "elections"}

    late = desk.post("/en/draws/years/years/", {**typed, "state": last})
    assert (late.status_code, "is the last of the cycle" in late.text) == (422, True)
    assert desk.post("/en/draws/years/years/", {**typed, "state": "FRA"}).status_code == 422
    assert desk.post("/en/draws/years/years/", {**typed, "state": first, "reason": ""}).status_code == 422
    assert not DrawEvent.objects.exists()
    assert desk.post("/en/draws/years/years/", {**typed, "state": first}).status_code == 302
    desk.logout()
    assert "postponed from 2027 (1 July 2026: elections)" in desk.get("/en/draws/years/").text
    rows = desk.get("/api/bulk/draw-events.jsonl").getvalue().decode().splitlines()
    assert [(one["state"], one["reviewer"]) for one in map(json.loads, rows)] == [(first, "")]
    assert desk.post("/en/draws/years/years/", {**typed, "state": first}).status_code == 403


def test_the_reviews_of_one_year_are_drawn_from_the_draw_of_years(sign_in):
    made = years_drawn()
    years = dict(json.loads(made.records.get().text)["pairs"])
    first = next(code for code, year in years.items() if year == "1")
    desk = sign_in("secretariat")
    assert 'href="/en/draws/new/"' in desk.get("/en/draws/").text
    typed = {**TYPED, **BY_HAND, "years_of": "years", "year": "2028"}
    desk.post("/en/draws/years/years/", {"state": first, "event_date": "2026-07-01", "reason": "elections"})

    none = desk.post("/en/draws/new/", {**typed, "year": "2027"})
    assert (none.status_code, "no review falls in 2027" in none.text) == (422, True)
    assert desk.post("/en/draws/new/", typed).status_code == 302
    assert announced("spring")["subjects"] == sorted({first, *(code for code, year in years.items() if year == "2")})
    rows = list(csv.DictReader(io.StringIO(desk.get("/en/draws/years/?format=csv").content.decode("utf-8-sig"))))
    row = next(one for one in rows if one["state"] == first)
    assert (row["year_drawn"], row["year"], row["reasons"]) == ("2027", "2028", "elections")


def test_answers_due_are_listed_with_words_and_a_reminder_is_recorded(sign_in):
    sample = make_sample_draw(SYSTEM)
    desk, count = sign_in("secretariat"), len(pairings_of(sample))
    page = desk.get("/en/draws/answers/").text
    assert page.count("overdue since 14 July 2026") == count
    assert page.count("An answer is asked for by 14 July 2026") == 2 * count
    assert "no answer yet, overdue since 14 July 2026" in desk.get("/en/draws/sample-2027/").text

    typed = {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("pairing", "kind", "event_date")}
    answer = desk.post("/en/draws/sample-2027/events/", {**typed, "answers": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/draws/answers/")
    assert DrawEvent.objects.get().kind == "REMINDED"
    assert "reminded once" in desk.get("/en/draws/answers/").text
    desk.post("/en/draws/sample-2027/events/", {**typed, "kind": "ACCEPTED"})
    assert desk.get("/en/draws/answers/").text.count("overdue since 14 July 2026") == count - 1


@pytest.mark.parametrize("code", CODES)
def test_a_draw_without_a_period_has_nothing_overdue_in_any_language(sign_in, code):
    part("first", ("GHA", "KEN"), [[1]])
    page = sign_in("secretariat").get(f"/{code}/draws/answers/").text

    assert page.count('name="pairing"') == 4
    assert "<strong>" not in page


@pytest.mark.parametrize("name", ["anybody", "reader", "curator"])
def test_answers_due_are_for_the_secretariat(sign_in, name):
    assert sign_in(name).get("/en/draws/answers/").status_code == 403


def test_the_list_of_answers_costs_the_same_queries_for_any_number(sign_in):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get("/en/draws/answers/").status_code == 200
        return len(captured)

    desk = sign_in("secretariat")
    part("first", ("GHA",), [[1]])
    queries()
    one = queries()
    part("other", ("GHA", "KEN", "NAM"), [[1]])
    assert queries() == one


def test_a_state_renamed_since_the_draw_is_an_event(visitor):
    codes = ("TUR", *AFRICA)
    early = dt.datetime(2022, 1, 10, tzinfo=dt.UTC)
    of = replace(plan("old", of=urn(codes), moment=early), sources=plan(moment=early).sources)
    of = replace(of, sources=[replace(of.sources[0], published_at=early - dt.timedelta(days=1))])
    made = announce_draw(SYSTEM, of, announced_at=early - dt.timedelta(days=9))
    hold_draw(SYSTEM, made, [[1]], drawn_at=early)

    page = visitor.get("/en/draws/old/").text
    assert "name changed" in page
    assert "Turkey → Türkiye" in page
    assert ">TUR<" in page


def test_legal_systems_that_are_not_known_are_said_to_be_so_and_those_known_are_used(visitor, sign_in):
    made = announce_draw(SYSTEM, plan("unknown"), announced_at=ANNOUNCED)
    hold_draw(SYSTEM, made, [[1]], drawn_at=MOMENT)
    assert "Legal systems are not known here" in visitor.get("/en/draws/unknown/").text
    assert "Its legal system is not known" in visitor.get("/en/draws/unknown/ceremony/?pick=1").text

    people = tuple(replace(one, legal_system="civil law") for one in urn().participants[:3])
    some = replace(urn(), participants=people + urn().participants[3:])
    known = announce_draw(SYSTEM, replace(plan("known", of=some), rules=usual_rules()), announced_at=ANNOUNCED)
    hold_draw(SYSTEM, known, [[1]], drawn_at=MOMENT)
    assert "known here of 3 of 6 States" in visitor.get("/en/draws/known/").text
    picks = json.loads(known.records.get().text)["picks"]
    at = next(place for place, one in enumerate(picks, 1) if one["preference"])
    assert "the same legal system as the State under review" in visitor.get(f"/en/draws/known/ceremony/?pick={at}").text

    desk = sign_in("secretariat")
    typed = {**TYPED, **BY_HAND, "systems": "GHA: common law\nKEN"}
    wrong = desk.post("/en/draws/new/", typed)
    assert (wrong.status_code, "KEN: the legal system is missing" in wrong.text) == (422, True)
    assert desk.post("/en/draws/new/", {**typed, "systems": "GHA: common law"}).status_code == 302
    assert {one["code"]: one["legal_system"] for one in announced("spring")["urn"]}["GHA"] == "common law"
