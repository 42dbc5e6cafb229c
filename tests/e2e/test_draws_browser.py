"""A draw in a browser: checked there without trust in the server, and shown to a room by keyboard alone."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests.loaded_registry import begin_with_sample_draw
from tests.rooms.draws.test_draws import AFRICA, ANNOUNCED, MOMENT, plan, redrawn, urn
from tests.rooms.draws.test_parts import untoc

from merida.foundation.access.visibility import SYSTEM
from merida.review.draws.actions import announce_draw, hold_draw
from merida.review.draws.events import request_redraw
from merida.review.draws.models import DrawRecord
from merida.review.draws.queries import pairings_of
from merida.rules.lots import draw

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/en/draws/sample-2027/"


@pytest.fixture
def sample(transactional_db):
    return begin_with_sample_draw()


def outcomes(tab, page=PAGE, lines=("digest", "announcement", "seed", "stream", "picks")):
    tab.goto(page)
    tab.locator("#draw-check button").click()
    tab.locator("[data-check=limits]").wait_for()
    return {one: tab.locator(f"[data-check={one}]").get_attribute("data-outcome") for one in lines}


def test_the_browser_finds_a_record_right_and_a_changed_pick_wrong(sample, tab):
    right = outcomes(tab)
    record = DrawRecord.objects.get()
    content = json.loads(record.text)
    content["picks"][4]["reviewer"] = next(
        code for code in content["picks"][4]["admitted"] if code != content["picks"][4]["reviewer"]
    )
    DrawRecord.objects.update(text=json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
    wrong = outcomes(tab)

    assert set(right.values()) == {"good"}
    assert wrong == {**right, "digest": "bad", "picks": "bad"}
    assert "records/1: picks.5" in tab.locator("[data-item]").inner_text()


def test_the_browser_checks_every_record_and_not_only_the_first(sample, tab):
    pairing = pairings_of(sample)[0]
    request_redraw(SYSTEM, pairing, day=dt.date(2026, 7, 1), reason="a pending case between the two")
    redrawn(pairing)
    right = outcomes(tab)
    second = DrawRecord.objects.get(number=2)
    content = json.loads(second.text)
    content["seed_key"] = "8.8./"
    second.text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    second.save()
    wrong = outcomes(tab)

    assert set(right.values()) == {"good"}
    assert wrong == {**right, "digest": "bad", "seed": "bad"}


def canonical(content):
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def after(tab, record, change, lines):
    """Return the outcomes and the item named after a change of a record."""
    content = json.loads(record.text)
    change(content)
    DrawRecord.objects.filter(pk=record.pk).update(text=canonical(content))
    found = outcomes(tab, f"/en/draws/{record.draw.slug}/", lines)
    return found, "".join(tab.locator("[data-item]").inner_text().split(": ")[1:2])


def test_the_browser_draws_years_again_and_names_a_changed_one(sample, tab):
    of = urn(subjects=AFRICA[:5])
    made = announce_draw(SYSTEM, replace(plan("years", of=of), method="YEARS"), announced_at=ANNOUNCED)
    record, lines = hold_draw(SYSTEM, made, [[4]], drawn_at=MOMENT), ("digest", "announcement", "seed", "years")

    right, item = after(tab, record, dict, lines)
    assert (set(right.values()), item) == ({"good"}, "")
    assert not tab.locator("[data-check=picks]").is_visible()
    bad = {**right, "digest": "bad", "years": "bad"}
    latest = len(AFRICA) - 1
    assert after(tab, record, lambda content: content["pairs"][latest].reverse(), lines) == (bad, f"pairs.{latest + 1}")
    seats = after(tab, record, lambda content: content["seats"]["AFRICAN_STATES"].append(1), lines)
    assert seats == (bad, "seats")


def test_the_browser_checks_staggered_groups_and_the_table_of_a_draw_for_a_protocol(sample, tab):
    made = announce_draw(SYSTEM, untoc(), announced_at=ANNOUNCED)
    record = hold_draw(SYSTEM, made, [[4]], drawn_at=MOMENT)
    lines = ("digest", "announcement", "seed", "stream", "completion", "picks", "years")

    right, item = after(tab, record, dict, lines)
    assert (set(right.values()), item) == ({"good"}, "")
    groups = after(tab, record, lambda content: content["staggered"]["groups"][0].reverse(), lines)
    assert groups == ({**right, "digest": "bad", "years": "bad"}, "staggered.groups.1")
    table = after(tab, record, lambda content: content["completion"].pop(), lines)
    assert table == ({**right, "digest": "bad", "completion": "bad"}, "completion")


def test_the_browser_walks_a_draw_made_at_once_again_and_names_what_was_changed(sample, tab):
    made = announce_draw(SYSTEM, replace(plan("at-once"), method="UNIFORM"), announced_at=ANNOUNCED)
    hold_draw(SYSTEM, made, [[4, 8, 15]], drawn_at=MOMENT)
    record = made.records.get()
    lines = ("digest", "announcement", "seed", "walk")

    def changed(change):
        return after(tab, record, change, lines)

    right, item = changed(dict)
    assert (set(right.values()), item) == ({"good"}, "")
    assert not tab.locator("[data-check=picks]").is_visible()
    bad = {**right, "digest": "bad", "walk": "bad"}
    assert changed(lambda content: content["pairs"].reverse()) == (bad, "pairs.1")
    assert changed(lambda content: content["walks"].insert(0, 1)) == (bad, "walks.1")
    assert changed(lambda content: content.update(steps=1)) == (bad, "steps")
    # a complete table that breaks a rule is none that a walk may begin at
    bad |= {"announcement": "bad", "seed": "bad"}
    assert changed(lambda content: content["announcement"]["start"][0].reverse())[0] == bad


def test_a_record_of_the_first_format_is_checked_but_for_its_lists_of_candidates(sample, tab):
    content = json.loads(DrawRecord.objects.get().text)
    announcement = {name: one for name, one in content["announcement"].items() if name != "format"}
    first = draw(announcement, content["values"])
    DrawRecord.objects.update(text=canonical(first), digest=first["digest"])

    assert set(outcomes(tab).values()) == {"good"}
    assert not tab.locator("[data-check=candidates]").is_visible()
    assert tab.locator("[data-check=first]").is_visible()
    assert tab.goto(f"{PAGE}ceremony/?pick=1").status == 200


def test_a_candidate_kept_out_without_a_proof_is_named(sample, tab):
    content = json.loads(DrawRecord.objects.get().text)
    pick = content["picks"][2]
    pick["refused"]["DEAD_END"] = [pick["admitted"].popitem()[0]]
    DrawRecord.objects.update(text=canonical(content))
    found = outcomes(tab, lines=("digest", "candidates"))

    assert found == {"digest": "bad", "candidates": "bad"}
    assert "records/1: picks.3" in tab.locator("[data-item]").inner_text()


def test_a_room_follows_the_draw_by_keyboard(sample, tab):
    last = len(json.loads(DrawRecord.objects.get().text)["picks"])

    def pick():
        return int(tab.locator("#stage").get_attribute("data-pick"))

    def pressed(key, expected):
        tab.keyboard.press(key)
        tab.wait_for_selector(f'#stage[data-pick="{expected}"]')
        return pick()

    tab.goto(f"{PAGE}ceremony/")
    assert pressed("ArrowRight", 1) == 1
    assert pressed("ArrowRight", 2) == 2
    assert pressed("ArrowLeft", 1) == 1
    tab.keyboard.press("Space")
    expect(tab.locator("[data-when=running]")).to_be_visible()
    tab.wait_for_selector('#stage[data-pick="2"]')
    tab.keyboard.press("Space")
    expect(tab.locator("[data-when=paused]")).to_be_visible()
    assert pressed("End", last + 1) == last + 1
    assert tab.locator("img.qr").evaluate(
        "image => image.complete && image.naturalWidth > 0 || image.decode().then(() => true)"
    )
    assert pressed("Home", 0) == 0
