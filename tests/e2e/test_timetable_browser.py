"""The timetable in a browser: accessible, within a phone's width, mirrored, walked by keyboard without scripts."""

from datetime import date
from uuid import UUID

import pytest
from tests.e2e.conftest import CODES
from tests.kept_worlds import begin_with
from tests.loaded_registry import load_registry
from tests.web.sample_plan import sample_plan

from merida.foundation.registry.queries import groups_on

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = f"timetables/{UUID(int=27)}/"
YEAR = "?from=2029-01-01&to=2029-12-31"


@pytest.fixture
def filled(transactional_db, monkeypatch):
    """Put a timetable of thirty reviews behind the page; return it."""
    begin_with("registry", load_registry)
    found = sample_plan(sorted(groups_on(date(2027, 1, 1)).items())[:30])
    monkeypatch.setattr("merida.interfaces.web.views.timetables.plan_view", lambda _actor, _uuid: found)
    return found


@pytest.mark.parametrize("code", CODES)
def test_the_page_breaks_no_rule_of_accessibility_and_fits_a_phone(filled, tab, axe, code):
    broken, wide = {}, {}
    for query in ("", f"{YEAR}&why={filled.bars[3].code}", "?from=never"):
        tab.set_viewport_size({"width": 1280, "height": 900})
        tab.goto(f"/{code}/{PLACE}{query}")
        if found := axe(tab):
            broken[query] = found
        tab.set_viewport_size({"width": 390, "height": 844})
        if (width := tab.evaluate("document.documentElement.scrollWidth")) > 390:
            wide[query] = width

    assert (broken, wide) == ({}, {})


def test_the_dark_page_on_a_phone_breaks_no_rule(filled, tab, axe):
    tab.emulate_media(color_scheme="dark")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"/ar/{PLACE}{YEAR}&why={filled.bars[3].code}")

    assert axe(tab) == []


def test_a_lane_is_opened_by_keyboard_without_scripts(filled, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"/en/{PLACE}")
    tab.locator(".lanes-twin").focus()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "lanes-name"
    tab.keyboard.press("Enter")
    tab.wait_for_url("**why=**")

    assert tab.locator("#why table tbody tr").count() > 8
    assert tab.locator(".lanes-chosen").count() == 1
    context.close()


def test_lanes_and_ground_share_one_axis_in_both_directions(filled, tab):
    """The ground lies behind all lanes at once; were it shifted, every date on the picture would be wrong."""
    for code in ("en", "ar"):
        for width in (1280, 390):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(f"/{code}/{PLACE}")
            boxes = tab.evaluate(
                "['.lanes-ground', '.lanes-picture', '.lanes-axis svg', '.lanes-load svg'].map(name => {"
                "const box = document.querySelector(name).getBoundingClientRect();"
                "return [Math.round(box.left), Math.round(box.right)]})"
            )
            assert [box == boxes[0] for box in boxes] == [True] * 4, (code, width, boxes)
