"""Visits recorded where there are none yet: by whom, what is refused, the sample."""

from datetime import date

import pytest
from tests.web.test_pages_calendar import PLANNERS, TYPED, place_of, rows
from tests.web.visits import record
from tests.worlds import SEEN

from merida.foundation.access.visibility import SYSTEM
from merida.review.synergies.actions import publish_visit
from merida.review.synergies.models import Visit
from merida.review.synergies.samples import make_sample_visits


@pytest.fixture(autouse=True)
def in_november_2026(monkeypatch):
    """Stand before the visits, whenever the tests are run."""
    monkeypatch.setattr("merida.interfaces.web.views.calendars.today", lambda: date(2026, 11, 27))


@pytest.mark.parametrize("name", sorted(SEEN))
def test_only_planners_record_a_visit(sign_in, site, name):
    visitor = sign_in(name)
    opened, sent = visitor.get("/en/calendar/new/"), visitor.post("/en/calendar/new/", TYPED)

    assert (opened.status_code, Visit.objects.count()) == ((200, 1) if name in PLANNERS else (403, 0))
    assert sent.status_code == (302 if name in PLANNERS | {"unenrolled_curator"} else 403)


def test_a_visit_recorded_is_a_draft_with_all_that_was_typed_until_it_is_published(sign_in, site):
    visitor = sign_in("secretariat")
    visitor.post("/en/calendar/new/", TYPED)
    made = Visit.objects.get()
    page = visitor.get(f"/en/{place_of(made)}").text

    assert (made.published_at, made.firmness, made.languages, made.source_text) == (
        None,
        "MOVABLE",
        ["en"],
        "Sample note",
    )
    assert "This is a draft" in page
    assert "/en/provisions/uncac/13/" in page
    visitor.post(f"/en/{place_of(made)}publish/", {"seen": made.sequence})
    visitor.logout()
    assert "Kenya: visit by " in visitor.get(f"/en/{place_of(made)}").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_date": "2027-09-01"}, "would end before it begins"),
        ({"last_date": "2028-09-01"}, "at most 60 days"),
        ({"first_date": "2027-02-30"}, "Enter a valid date"),
        ({"first_date": "9999-01-01", "last_date": "9999-12-31"}, "too far away"),
        ({"state": "QQQ"}, "Select a valid choice"),
        ({"mechanism": ""}, "This field is required"),
        ({"provisions": "UNCAC 999"}, "UNCAC 999"),
        ({"languages": ["xx"]}, "Select a valid choice"),
        ({"source_text": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(sign_in, site, changes, words):
    answer = sign_in("secretariat").post("/en/calendar/new/", {**TYPED, **changes})

    assert (answer.status_code, Visit.objects.count()) == (422, 0)
    assert words in answer.text
    assert "KEN" in answer.text


def test_a_state_without_known_holidays_says_so(visitor, site):
    publish_visit(SYSTEM, record("UNCAC_IRM", date(2027, 3, 1), date(2027, 3, 4), state="LKA"))
    page = visitor.get("/en/states/lka/calendar/").text

    assert "The public holidays of 2027 are not known here" in page
    assert "Independence Day" not in page


def test_the_sample_is_made_once_marked_everywhere_and_shows_a_clash(visitor, site, db):
    made = make_sample_visits(SYSTEM)

    assert make_sample_visits(SYSTEM) == 0
    assert Visit.objects.filter(is_sample=True).count() == made > 20
    found = rows(visitor.get("/en/calendar/?year=2027&format=csv"))
    assert {row["sample"] for row in found} == {"true"}
    states = [row["state"] for row in found]
    twice = next(code for code in states if states.count(code) > 1)
    page = visitor.get(f"/en/states/{twice.lower()}/calendar/").text
    assert "Nobody has planned them" in page
    assert "Eight weeks between two visits" in page
    assert "[Sample]" in visitor.get(f"/en/calendar/states/{twice.lower()}.ics").text
