"""A dialogue of several sessions: each is an event of its own on every page and in every feed."""

import json

import pytest
from icalendar import Calendar
from tests.rooms.draws.test_draws import held as held_draw

from merida.foundation.access.visibility import SYSTEM
from merida.review.synergies.models import Visit
from merida.review.synergies.plan_actions import lock_review, prepare_plan, queue_plan
from merida.review.synergies.plan_publishing import open_timeline, publish_plan
from merida.review.synergies.plan_rules import Rules
from merida.review.synergies.plan_solving import solve_next
from merida.rules.timetable.instance import Mode
from merida.rules.timetable.lengths import Form

VIRTUAL = Rules(
    capacity=8, window_weeks=26, stage_lengths=(Mode(4, 3),), forms=(Form("VIRTUAL", later=(1, 3)),), seconds=20
)


@pytest.fixture
def published(site, db):
    made = queue_plan(SYSTEM, prepare_plan(SYSTEM, held_draw(), rules=VIRTUAL, rest_days={}))
    solve_next(SYSTEM)
    made.refresh_from_db()
    publish_plan(SYSTEM, made, reason="Sample: first timetable")
    review = made.reviews.select_related("state").first()
    if review.published_at is None:
        open_timeline(SYSTEM, made, review.code, source="Sample note")
    return review


def test_feed_calendar_lanes_and_tables_hold_each_session(client, published):
    state, plan = published.state, published.plan
    feed = Calendar.from_ical(client.get(f"/en/calendar/states/{state.slug}.ics").content).walk("VEVENT")
    first = published.visit_first_date
    assert [(one["dtstart"].dt - first).days for one in feed] == [0, 7, 21]
    assert [("session 2" in one["summary"], "session 3" in one["summary"]) for one in feed] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    page = client.get(f"/en/states/{state.slug}/calendar/").text
    assert "session 2 of the dialogue" in page
    assert "lie between" not in page  # sessions of one dialogue are not too close to each other
    shown = client.get(f"/en/timetables/{plan.uuid}/").text
    lane = next(row for row in shown.split('<li class="lanes-row') if f"{published.code}#why" in row)
    assert lane.count('href="#visit-mark"') == 3
    assert "further sessions: " in lane
    row = next(
        one
        for one in json.loads(client.get(f"/en/timetables/{plan.uuid}/?format=json").content)["rows"]
        if one["review"] == published.code
    )
    assert len(row["further_sessions"].split()) == 2
    assert row["form"] == "VIRTUAL"


def test_a_visits_page_leads_to_the_other_sessions(client, published):
    sessions = list(Visit.objects.filter(state=published.state).order_by("session_number"))
    page = client.get(f"/en/calendar/visits/{sessions[1].uuid}/").text
    assert [
        f"/en/calendar/visits/{one.uuid}/" in page.split('id="facts"')[1] for one in (sessions[0], sessions[2])
    ] == [
        True,
        True,
    ]
    lines = b"".join(client.get("/api/bulk/visits.jsonl").streaming_content).decode().splitlines()
    rows = {one["visit"]: one for one in map(json.loads, lines)}
    assert rows[str(sessions[2].uuid)]["session"] == 3
    assert rows[str(sessions[2].uuid)]["first_session"] == str(sessions[0].uuid)


def test_locks_that_contradict_each_other_are_told_with_their_day(sign_in, published):
    plan = published.plan
    other = (
        plan.reviews.filter(reviewers__in=[published.state, *published.reviewers.all()])
        .exclude(pk=published.pk)
        .first()
    )
    variant = prepare_plan(SYSTEM, plan.draw, rules=VIRTUAL, rest_days={})
    queue_plan(SYSTEM, variant)
    solve_next(SYSTEM)
    lock_review(SYSTEM, variant, other.code)
    day = variant.reviews.get(code=other.code).visit_first_date
    answer = sign_in("secretariat").post(
        f"/en/timetables/{variant.uuid}/desk/whatif/", {"seen": "3", "review": published.code, "day": day.isoformat()}
    )
    assert answer.status_code == 422
    assert "both take" in answer.text
    assert f"in the week of {day.day} " in answer.text
