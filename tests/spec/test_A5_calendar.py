"""A5: a planner's visit from the draft to the calendars of others; nothing overlaps unnoticed, nothing changes untold."""

import datetime as dt
import re

import pytest
from icalendar import Calendar
from tests.loaded_registry import loaded_registry  # noqa: F401
from tests.worlds import make_person

from merida.foundation.people.models import Role
from merida.review.synergies.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_registry")]
TYPED = {
    "state": "NAM",
    "mechanism": "UNCAC_IRM",
    "kind": "HYBRID",
    "first_date": "2031-03-19",
    "last_date": "2031-03-21",
    "firmness": "MOVABLE",
    "languages": ["en"],
    "source_text": "Sample note",
}
FEED = "/en/calendar/states/nam.ics"


def events(client):
    return list(Calendar.from_ical(client.get(FEED).content).walk("VEVENT"))


def test_a_visit_from_the_draft_to_the_telephone(client) -> None:
    client.force_login(
        make_person("officer", Role.SECRETARIAT), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    warned = client.post("/en/calendar/new/", TYPED)
    assert warned.status_code == 409, "21 March is a public holiday of Namibia"
    assert "21 March 2031, during this visit, is a public holiday" in warned.text
    mark = re.search(r'name="confirmed" value="(\w+)"', warned.text)
    assert mark is not None
    client.post("/en/calendar/new/", {**TYPED, "confirmed": mark[1]})
    visit = Visit.objects.get()
    place = f"/en/calendar/visits/{visit.uuid}/"
    assert events(client) == []
    client.post(f"{place}publish/", {"seen": 0})
    [told] = events(client)
    moved = {"first_date": "2031-03-24", "last_date": "2031-03-26", "firmness": "FIXED", "reason": "Public holiday"}
    client.post(f"{place}move/", {**moved, "seen": 1})
    [told_again] = events(client)
    client.post(f"{place}cancel/", {"reason": "Sample reason", "seen": 2})
    [told_last] = events(client)

    assert {str(one["uid"]) for one in (told, told_again, told_last)} == {str(visit.uuid)}
    assert [one["sequence"] for one in (told, told_again, told_last)] == [1, 2, 3]
    assert [one["status"] for one in (told, told_again, told_last)] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]
    assert (told_again.decoded("dtstart"), told_again.decoded("dtend")) == (dt.date(2031, 3, 24), dt.date(2031, 3, 27))
    assert (str(told_again["comment"]), str(told_last["comment"])) == ("Public holiday", "Sample reason")
    client.logout()
    page = client.get("/en/states/nam/calendar/").text
    assert "cancelled: Sample reason" in page
    assert '<del><bdi class="date">2031-03-24</bdi></del>' in page
