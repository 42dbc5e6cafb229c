"""Proposals in a browser: decided by keyboard, the next one at once, what failed comes back; no accessibility rule broken."""

import pytest
from tests.inboxes import make_proposals
from tests.worlds import make_person

from merida.exchange.curation.actions import accept
from merida.exchange.curation.models import Proposal
from merida.foundation.access.visibility import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(tab, client, transactional_db):
    """Return the tab with a curator signed in, and the proposals that wait."""
    found = make_proposals(5)
    client.force_login(make_person("curator", "CURATOR"), backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies["sessionid"]
    tab.goto("/en/")
    tab.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": tab.url}])
    return tab, found


def at(tab, one):
    tab.wait_for_selector(f'#desk[data-url="/en/curation/{one.uuid}/"]')


def recorded(tab, one, state, words):
    """Whether it is recorded once the page says so."""
    tab.locator(".notice-done", has_text=words).wait_for()
    return Proposal.objects.get(pk=one.pk).state == state


def test_a_curator_goes_through_the_inbox_by_keyboard(signed_in):
    tab, (one, two, three, four, last) = signed_in
    tab.goto("/en/curation/next/")
    at(tab, one)
    tab.keyboard.press("a")
    at(tab, two)
    assert recorded(tab, one, "ACCEPTED", "accepted by")
    tab.keyboard.press("r")
    at(tab, three)
    assert recorded(tab, two, "REJECTED", "rejected by")
    tab.keyboard.press("u")
    at(tab, two)
    assert recorded(tab, two, "PROPOSED", "Undone")
    tab.keyboard.press("j")
    at(tab, three)
    tab.keyboard.press("k")
    at(tab, two)
    tab.keyboard.press("c")
    tab.locator("#value-place").fill("Tema")
    tab.keyboard.press("Escape")
    tab.keyboard.press("a")
    at(tab, three)
    assert recorded(tab, two, "CORRECTED", "with corrections")
    tab.keyboard.press("m")
    tab.locator("#same-as").select_option(str(four.uuid))
    tab.keyboard.press("Enter")
    at(tab, four)
    assert recorded(tab, three, "MERGED", "same as another")
    tab.keyboard.press("a")
    at(tab, last)
    tab.keyboard.press("a")
    tab.wait_for_url("**/en/curation/")
    assert set(Proposal.objects.values_list("state", flat=True)) == {"ACCEPTED", "CORRECTED", "MERGED"}


def test_what_could_not_be_recorded_comes_back_with_the_reason(signed_in):
    tab, (one, two, *_rest) = signed_in
    tab.goto("/en/curation/next/")
    at(tab, one)
    accept(SYSTEM, one.uuid, revision=0)
    tab.keyboard.press("r")
    tab.locator(".notice-attention").wait_for()
    at(tab, one)
    assert "decided about this meanwhile" in tab.locator(".notice-attention").inner_text()
    assert Proposal.objects.get(pk=one.pk).state == "ACCEPTED"
    tab.keyboard.press("j")
    at(tab, two)
    tab.locator("#value-date_from").fill("2019-02-31")
    tab.locator("[data-key=a]").click()
    tab.locator(".errorlist").wait_for()
    at(tab, two)
    assert tab.locator("#value-date_from").input_value() == "2019-02-31"


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_no_rule_of_accessibility_is_broken_and_nothing_is_wider_than_a_telephone(signed_in, axe, code):
    tab, (one, two, *_rest) = signed_in
    accept(SYSTEM, two.uuid, revision=0)
    for place in ("curation/", f"curation/{one.uuid}/", f"curation/{two.uuid}/"):
        tab.set_viewport_size({"width": 1440, "height": 900})
        tab.goto(f"/{code}/{place}")
        assert axe(tab) == []
        tab.set_viewport_size({"width": 360, "height": 700})
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360
