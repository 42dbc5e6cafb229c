"""The page of a timetable: what it shows, how it is narrowed, why a visit lies where it lies, what it weighs."""

import csv
import gzip
import io
import json
import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.loaded_registry import loaded_registry  # noqa: F401 (a fixture)
from tests.rooms.draws.test_draws import held as held_draw
from tests.rooms.synergies.test_plans import RULES
from tests.web.sample_plan import sample_plan
from tests.worlds import make_world

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.registry.queries import groups_on
from merida.review.synergies.plan_actions import prepare_plan, queue_plan, replan
from merida.review.synergies.plan_publishing import publish_plan
from merida.review.synergies.plan_solving import solve_next

pytestmark = pytest.mark.usefixtures("loaded_registry", "db")
PAGE = f"/en/timetables/{UUID(int=27)}/"
MOST_QUERIES = 12
HEAVIEST = 60 * 1024  # bytes transferred of the page with 190 reviews; measured: 30,000, drawn in 0.15 s


@pytest.fixture
def plan(monkeypatch):
    """Return a function that puts a plan of so many reviews behind the page."""

    def held(count: int = 12, **changes):
        states = sorted(groups_on(date(2027, 1, 1)).items())[:count]
        found = sample_plan(states, **changes)
        monkeypatch.setattr("merida.interfaces.web.views.timetables.plan_view", lambda _actor, _uuid: found)
        return found

    return held


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def lanes_in(page: str) -> list[str]:
    return re.findall(r'<(?:a|span) class="lanes-name"[^>]*><bdi>([^<]+)</bdi>', page)


def test_a_timetable_that_nobody_may_see_is_not_found(client):
    assert client.get(PAGE).status_code == 404
    assert client.get("/en/timetables/not-a-timetable/").status_code == 404


def test_each_review_has_a_lane_a_row_and_a_way_to_its_reasons(client, plan):
    found = plan()
    page = text_of(client, PAGE)

    assert len(lanes_in(page)) == 12
    for bar in found.bars:
        assert page.count(f'href="?why={bar.code}#why"') == 3  # lane, picture, table
    assert 'href="#reviews"' in page
    assert 'id="reviews"' in page


def test_samples_and_drafts_say_so(client, plan):
    plan()
    assert "This is a sample" in text_of(client, PAGE)
    plan(is_sample=False, published=False)
    page = text_of(client, PAGE + "?again=1")
    assert "This is a sample" not in page
    assert "This is a draft" in page


@pytest.mark.parametrize("name", ["group", "mechanism", "officer"])
def test_reviews_are_narrowed_by_a_choice_and_so_are_the_files(client, plan, name):
    found = plan(40)
    bars = (
        found.bars
        if name == "mechanism"
        else [b for b in found.bars if getattr(b, name) == getattr(found.bars[0], name)]
    )
    value = getattr(found.bars[0], name)
    page = text_of(client, f"{PAGE}?{name}={value.replace(' ', '+')}")
    rows = csv.DictReader(io.StringIO(text_of(client, f"{PAGE}?{name}={value}&format=csv").removeprefix("\ufeff")))

    assert {row["review"] for row in rows} == {bar.code for bar in bars}
    assert len(lanes_in(page)) == len(bars)
    assert f'<option value="{value}" selected>' in page


def test_days_are_chosen_by_address_and_links_lead_to_years_quarters_and_beside(client, plan):
    plan(40)
    year = text_of(client, f"{PAGE}?from=2029-01-01&to=2029-12-31")

    assert 0 < len(lanes_in(year)) < 40
    assert "?from=2029-04-01&amp;to=2029-06-30" in year
    assert "?from=2028-01-02&amp;to=2028-12-31" in year
    assert '<a href="?from=2029-01-01&amp;to=2029-12-31" aria-current="true">2029</a>' in year


@pytest.mark.parametrize(
    "query", ["from=yesterday", "to=2029-13-01", "from=2030-01-01&to=2029-01-01", "from=2090-01-01"]
)
def test_days_that_cannot_be_shown_are_named_and_all_days_are_shown(client, plan, query):
    plan()
    page = text_of(client, f"{PAGE}?{query}")

    assert "all days are shown." in page
    assert len(lanes_in(page)) == 12


def test_the_table_is_sorted_as_asked(client, plan):
    found = plan(40)
    page = text_of(client, f"{PAGE}?sort=-visit")
    shown = re.findall(r'<td><a href="[^"]*why=[^"]*"><bdi>(\d{4}-\d\d-\d\d)', page)

    assert shown == sorted((bar.visit_first.isoformat() for bar in found.bars), reverse=True)


def test_why_here_names_the_weeks_and_what_stands_in_the_way(client, plan):
    found = plan(40, blocked=())
    bar = found.bars[5]
    view = replace(found, blocked=((bar.visit_first.replace(day=1), bar.visit_last, "Sample Conference"),))
    plan(40, blocked=view.blocked)
    page = text_of(client, f"{PAGE}?why={bar.code}")

    assert 'id="why"' in page
    assert "no visits: Sample Conference" in page
    assert "the week of the plan" in page
    assert f"<bdi>{bar.visit_first}" in page


def test_why_of_an_unknown_review_is_named(client, plan):
    plan()
    page = text_of(client, f"{PAGE}?why=<b>R-ZZZ")

    assert "This timetable has no review &quot;&lt;b&gt;R-ZZZ&quot;." in page
    assert 'id="why"' not in page


def test_the_data_say_that_they_are_a_sample(client, plan):
    plan()
    data = json.loads(text_of(client, f"{PAGE}?format=json"))

    assert data["sample"] is True
    assert data["count"] == 12
    assert data["rows"][0]["visit_first"] > data["rows"][0]["desk_first"]


@pytest.mark.parametrize("code", ["ar", "zh", "fr", "ru", "es"])
def test_the_page_is_there_in_every_language(client, plan, code):
    found = plan()
    page = text_of(client, PAGE.replace("/en/", f"/{code}/") + f"?why={found.bars[0].code}")

    assert "Why here" not in page
    assert "Load by month" not in page


def test_time_runs_from_right_to_left_in_arabic(client, plan):
    found = plan(1)
    places = {}
    for code in ("en", "ar"):
        page = text_of(client, PAGE.replace("/en/", f"/{code}/"))
        places[code] = float(
            re.search(r'<use class="lanes-visit[^"]*" href="#visit-mark" x="([\d.]+)%" y="12"', page)[1]
        )

    assert len(found.bars) == 1
    assert sum(places.values()) == pytest.approx(100, abs=0.02)


def test_a_whole_cycle_asks_no_more_queries_than_one_review_and_stays_small(client, plan):
    counts = {}
    for count in (1, 190):
        found = plan(count)
        text_of(client, f"{PAGE}?warm={count}")
        with CaptureQueriesContext(connection) as captured:
            page = text_of(client, f"{PAGE}?again={count}")
        counts[count] = len(captured)

    assert len(found.bars) == len(lanes_in(page)) == 190
    assert counts[1] == counts[190] <= MOST_QUERIES
    assert len(gzip.compress(page.encode())) < HEAVIEST


@pytest.fixture
def stored():
    """Return a timetable of a draw, with places, as a draft."""
    made = queue_plan(SYSTEM, prepare_plan(SYSTEM, held_draw(), rules=RULES, rest_days={}))
    assert solve_next(SYSTEM) is not None
    made.refresh_from_db()
    return made


def test_a_draft_is_for_those_who_plan_and_a_published_timetable_for_everybody(client, stored):
    address = f"/en/timetables/{stored.uuid}/"
    world = make_world()
    assert client.get(address).status_code == 404
    client.force_login(world.reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address).status_code == 404
    client.force_login(world.secretariat, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "This is a draft" in text_of(client, address)
    client.logout()

    publish_plan(SYSTEM, stored, reason="Agreed by all States concerned")
    page = text_of(client, address)
    assert len(lanes_in(page)) == 6
    assert "Agreed by all States concerned" in page
    assert "This is a draft" not in page


def test_a_timetable_that_was_replaced_leads_to_the_one_in_force(client, stored):
    publish_plan(SYSTEM, stored, reason="First")
    other = replan(SYSTEM, stored, reason="A State asked for it")
    solve_next(SYSTEM)
    other.refresh_from_db()
    publish_plan(SYSTEM, other, reason="Second")
    page = text_of(client, f"/en/timetables/{stored.uuid}/")

    assert f'href="/en/timetables/{other.uuid}/"' in page
    assert "Another timetable has been published" in page
