"""A planner in a browser: a visit recorded over a warning, moved, published, taken in by a telephone; two at once."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from icalendar import Calendar
from tests.e2e.conftest import follow
from tests.kept_worlds import begin_with
from tests.loaded_registry import load_registry
from tests.worlds import make_person

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.people.models import Role
from merida.review.synergies.actions import publish_visit, record_visit
from merida.review.synergies.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planner(transactional_db, tab, live_server):
    """Return a tab in which a member of the secretariat is signed in; Ghana expects one visit."""
    begin_with("registry", load_registry)
    days = {"first_date": date(2030, 3, 4), "last_date": date(2030, 3, 7)}
    publish_visit(SYSTEM, record_visit(SYSTEM, state="GHA", mechanism="GRECO", joint_allowed=True, **days))
    client = Client()
    client.force_login(
        make_person("planner", Role.SECRETARIAT), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    tab.set_default_timeout(8000)
    return tab


def fill(tab, **typed):
    for name, value in typed.items():
        tab.fill(f"[name={name}]", value)


def feed(tab, place):
    return list(Calendar.from_ical(tab.request.get(place).body()).walk("VEVENT"))


def press(tab, selector):
    follow(tab.locator(selector))


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_planner_records_moves_and_publishes_and_the_telephone_follows(planner, axe, code):
    tab, broken = planner, {}
    tab.goto(f"/{code}/states/gha/calendar/")
    press(tab, "a.button[href*=new]")
    assert tab.locator("[name=state]").input_value() == "GHA"
    tab.select_option("[name=mechanism]", "UNCAC_IRM")
    fill(tab, first_date="2030-03-06", last_date="2030-03-09", source_text="Sample note")
    broken["empty"] = axe(tab)
    press(tab, "form.form > button")
    broken["warned"] = axe(tab)
    assert tab.locator(".clashes > li").count() >= 2
    assert Visit.objects.count() == 1
    press(tab, "[name=confirmed]")
    broken["draft"] = axe(tab)
    made = Visit.objects.get(mechanism__code="UNCAC_IRM")
    assert (made.first_date, made.published_at) == (date(2030, 3, 6), None)
    assert feed(tab, f"/{code}/calendar/mechanisms/uncac-irm.ics") == []
    press(tab, "form[action*=publish] button")
    [before] = feed(tab, f"/{code}/calendar/mechanisms/uncac-irm.ics")
    move = "form[action*=move]"
    tab.fill(f"{move} [name=first_date]", "2030-06-10")
    tab.fill(f"{move} [name=last_date]", "2030-06-13")
    tab.fill(f"{move} [name=reason]", "Sample reason")
    press(tab, f"{move} > button")
    broken["moved"] = axe(tab)
    [after] = feed(tab, f"/{code}/calendar/mechanisms/uncac-irm.ics")

    assert (before["uid"], before["sequence"] < after["sequence"]) == (after["uid"], True)
    assert after.decoded("dtstart") == date(2030, 6, 10)
    assert after["comment"] == "Sample reason"
    assert {place: found for place, found in broken.items() if found} == {}


def test_a_secret_address_is_shown_once_and_can_be_ended(planner, axe):
    tab = planner
    tab.goto("/en/calendar/follow/")
    press(tab, "#own form.form button")
    address = tab.locator(".token").inner_text()
    found = axe(tab)
    assert len(feed(tab, address)) == 1
    tab.goto("/en/calendar/follow/")
    assert tab.locator(".token").count() == 0
    press(tab, ".subscriptions button")
    assert tab.request.get(address).status == 404
    assert found == []


def test_the_second_of_two_planners_loses_nothing(planner):
    visit = Visit.objects.get()
    tab, move = planner, "form[action*=move]"
    tab.goto(f"/en/calendar/visits/{visit.uuid}/")
    other = tab.context.new_page()
    for each, day in ((other, "2030-05-06"), (tab, "2030-07-02")):
        if each is other:
            each.goto(tab.url)
        each.fill(f"{move} [name=first_date]", day)
        each.fill(f"{move} [name=last_date]", day)
        each.fill(f"{move} [name=reason]", f"Reason for {day}")
        press(each, f"{move} > button")
    assert re.search("Somebody else changed this visit", tab.locator("#desk").inner_text())
    assert tab.locator(f"{move} [name=reason]").input_value() == "Reason for 2030-07-02"
    assert Visit.objects.get().first_date == date(2030, 5, 6)
    press(tab, f"{move} > button")
    assert Visit.objects.get().first_date == date(2030, 7, 2)
