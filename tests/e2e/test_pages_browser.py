"""The pages in a browser: accessible in six languages, nothing runs out of a phone, light, and usable without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import CODES, follow
from tests.kept_worlds import begin_with, world
from tests.loaded_registry import load_registry

import merida
from merida.exchange.ingest.actions import ingest_file
from merida.exchange.ingest.indexing import reindex
from merida.foundation.access.visibility import SYSTEM
from merida.review.draws.urns import make_sample_draw
from merida.review.synergies.samples import make_sample_visits

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = Path(merida.__file__).parent / "data" / "sample"
READER = "documents/cac-cosp-sample-2021-1/zh/"
PLACES = (
    "states/",
    "states/nam/",
    "instruments/",
    "instruments/uncac/",
    "provisions/uncac/13/",
    "mechanisms/",
    "mechanisms/uncac-irm/",
    "mechanisms/greco/",
    "participation/",
    "draws/",
    "draws/sample-2027/",
    "draws/sample-2027/ceremony/?pick=20",
    "draws/sample-2027/ceremony/?pick=999",
    "calendar/",
    "calendar/?year=2027",
    "calendar/follow/",
    "states/aut/calendar/",
    "states/nam/calendar/",
    "resolutions/",
    "resolutions/cosp-8-8/",
    "organisations/",
    "organisations/unodc/",
    "documents/",
    READER,
    f"{READER}?beside=en",
    f"{READER}?only=STATE:TON",
    "search/",
    "search/?q=corruption",
    "search/?q=zzzqqq",
    "search/?q=Ghana&kind=PARAGRAPH",
    "data/",
    "states/zzz/",
)
HEAVIEST = 100 * 1024  # bytes transferred


def fill():
    """Fill the site, which holds the reference data, with the sample."""
    for file in sorted(SAMPLES.glob("*.txt")):
        ingest_file(SYSTEM, file)
    make_sample_draw(SYSTEM)
    make_sample_visits(SYSTEM)
    reindex()


@pytest.fixture
def filled(transactional_db):
    """Begin with the filled site."""
    world("registry", load_registry)
    begin_with("pages", fill, upon="registry")


@pytest.mark.parametrize("code", CODES)
def test_no_page_breaks_a_rule_of_accessibility_or_runs_out_of_a_phone(filled, tab, axe, code):
    broken, wide = {}, {}
    for place in PLACES:
        tab.set_viewport_size({"width": 1280, "height": 900})
        tab.goto(f"/{code}/{place}")
        if found := axe(tab):
            broken[place] = found
        tab.set_viewport_size({"width": 390, "height": 844})
        if (width := tab.evaluate("document.documentElement.scrollWidth")) > 390:
            wide[place] = width
        if code == "ar" and (found := in_the_dark(tab, axe)):
            broken[f"{place} in the dark on a phone"] = found

    assert (broken, wide) == ({}, {})


def in_the_dark(tab, axe):
    """Return the rules that the page breaks where it is read in the dark."""
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found = axe(tab)
    tab.emulate_media(color_scheme="light")
    return found


def test_searching_swaps_the_results_and_keeps_the_address(filled, tab):
    tab.goto("/en/search/")
    tab.evaluate("window.stayed = true")
    tab.fill("#search-box", "Ghana")
    tab.press("#search-box", "Enter")
    tab.wait_for_selector(".results-group")

    expect(tab).to_have_url(re.compile(r"/en/search/\?q=Ghana$"))
    assert tab.evaluate("window.stayed") is True
    expect(tab.locator("#results")).to_have_count(1)


def test_a_journalist_without_scripts_goes_from_a_figure_to_its_paragraph(filled, chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    tab = context.new_page()
    tab.goto("/fr/states/ton/")
    follow(tab.locator("#documents .spoken-place").first)

    assert "/fr/documents/cac-cosp-sample-2021-1/" in tab.url
    assert tab.url.endswith("#p3")
    place = tab.url.partition("/fr/")[2]
    follow(tab.get_by_role("link", name="العربية", exact=True).first)
    assert tab.url.partition("/ar/")[2].partition("#")[0] == place.partition("#")[0]
    tab.locator("#p3 .paragraph-number").click()
    follow(tab.locator("#p3 a.mention-state").first)
    assert tab.url.endswith("/ar/states/ton/")
    context.close()


def test_the_marks_of_a_kind_can_be_taken_away_without_scripts(filled, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"/en/{READER}")
    before = tab.locator(".text a.mention-state").count()
    tab.locator("#show-state").uncheck()
    follow(tab.locator(".reader-choices button"))

    assert (before > 0, tab.locator(".text a.mention-state").count()) == (True, 0)
    assert tab.locator(".text a.mention-provision").count() > 0
    context.close()


@pytest.mark.parametrize(("code", "side", "first"), [("en", "left", "min"), ("ar", "right", "max")])
def test_words_of_another_direction_begin_where_their_column_begins(filled, tab, code, side, first):
    tab.goto(f"/{code}/states/ton/")
    begins = tab.evaluate(
        """([side, first]) => [...document.querySelectorAll("#names tbody tr > :first-child")].map(cell => {
            const shown = [...cell.querySelectorAll(":scope > bdi, :scope > details > summary > [aria-hidden]")];
            return [cell.dir, Math.round(Math[first](...shown.map(each => each.getBoundingClientRect()[side])))];
        })""",
        [side, first],
    )

    assert {direction for direction, _at in begins} >= {"ltr", "rtl"}
    assert max(at for _, at in begins) - min(at for _, at in begins) < 10, begins  # a mark has some room beside it
