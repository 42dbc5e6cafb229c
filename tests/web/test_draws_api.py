"""Draws at their addresses in the API: the record byte for byte, and no draft for those who may not see it."""

import hashlib
import json

import pytest

from merida.foundation.access.visibility import SYSTEM
from merida.review.draws.actions import prepare_draw
from merida.review.draws.queries import pairings_of
from merida.review.draws.urns import SAMPLE, make_sample_draw
from merida.rules.lots import verify

BASE = f"/api/draws/{SAMPLE}"


@pytest.fixture
def sample(site, db):
    return make_sample_draw(SYSTEM)


def test_a_draw_its_records_pairs_and_events_each_have_an_address(visitor, sample):
    one = visitor.get(BASE).json()
    listed = visitor.get(f"{BASE}/records").json()
    record = visitor.get(f"{BASE}/records/1").json()

    assert hashlib.sha256(one["announcement"].encode()).hexdigest() == sample.announcement_digest
    assert listed["items"] == [record]
    assert verify(json.loads(record["record"])) == []
    assert visitor.get(f"{BASE}/pairs").json()["count"] == len(pairings_of(sample)) > 0
    assert visitor.get(f"{BASE}/events").json()["count"] == 0


@pytest.mark.parametrize("place", ["none", f"{SAMPLE}/records/9", "none/records", "none/pairs", "none/events"])
def test_what_is_not_there_is_a_problem_in_words(visitor, sample, place):
    answer = visitor.get(f"/api/draws/{place}")

    assert (answer.status_code, "There is no such" in answer.json()["detail"]) == (404, True)


@pytest.mark.parametrize("name", ["anybody", "reader", "secretariat"])
def test_a_draft_is_found_by_those_who_see_drafts_only(sign_in, site, name):
    from tests.rooms.draws.test_draws import ANNOUNCED, plan

    prepare_draw(SYSTEM, plan("hidden-draft"), announced_at=ANNOUNCED)
    visitor = sign_in(name)
    answers = {visitor.get(f"/api/draws/hidden-draft{part}").status_code for part in ("", "/records", "/pairs")}
    listed = "hidden-draft" in visitor.get("/api/draws").content.decode()

    assert (answers, listed) == (({200}, True) if name == "secretariat" else ({404}, False))
