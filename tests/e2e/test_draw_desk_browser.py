"""The desk and the pages of draws keep the rules of accessibility and the width of a telephone in every script."""

from dataclasses import replace

import pytest
from django.conf import settings
from tests.loaded_registry import begin_with_sample_draw
from tests.rooms.draws.test_draws import AFRICA, ANNOUNCED, MOMENT, plan
from tests.rooms.draws.test_parts import untoc
from tests.worlds import make_person

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.queries import groups_on
from merida.review.draws.actions import announce_draw, hold_draw
from merida.rules.lots import Participant, Urn

pytestmark = pytest.mark.django_db(transaction=True)
OTHERS = ("FRA", "DEU", "ITA", "BRA", "ARG", "CHL", "CHN", "IND", "JPN", "POL", "HRV", "CZE")
PLACES = (
    "draws/new/",
    "draws/answers/",
    "draws/years/",
    "draws/years/ceremony/",
    "draws/protocol/",
    "draws/once/ceremony/",
    "draws/sample-2027/ceremony/?pick=3",
)


@pytest.fixture
def desk(tab, client, live_server, transactional_db):
    """Return a tab in which the secretariat is signed in, with a draw of each kind held."""
    begin_with_sample_draw()
    groups, codes = groups_on(MOMENT.date()), sorted((*AFRICA, *OTHERS))
    of = Urn(tuple(Participant(one, groups.get(one, "")) for one in codes), tuple(codes))
    for one in (
        replace(plan("years", of=replace(of, subjects=tuple(codes[:-1]))), method="YEARS"),
        replace(untoc(urn_source="list of the depositary"), urn=of),
        replace(plan("once", of=of), method="UNIFORM"),
    ):
        hold_draw(SYSTEM, announce_draw(SYSTEM, one, announced_at=ANNOUNCED), [[4]], drawn_at=MOMENT)
    client.force_login(
        make_person("officer", "SECRETARIAT"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return tab


def test_no_rule_of_accessibility_is_broken_and_nothing_is_wider_than_a_telephone(desk, axe):
    broken, wide = {}, []
    for place in PLACES:
        for code in ("ar", "zh", "en"):
            desk.set_viewport_size({"width": 390, "height": 844})
            assert desk.goto(f"/{code}/{place}").status == 200
            if desk.evaluate("document.documentElement.scrollWidth") > 390:
                wide.append((code, place))
            if code == "ar":
                broken[place] = axe(desk)

    assert wide == []
    assert {place: found for place, found in broken.items() if found} == {}


def test_a_reminder_is_copied_and_recorded_by_keyboard(desk):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto("/en/draws/answers/")
    desk.locator("summary").first.focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.locator(".copied").wait_for()
    assert "An answer is asked for by 14 July 2026" in desk.evaluate("navigator.clipboard.readText()")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.get_by_text("reminded once").wait_for()
