"""A secretariat officer before a draw, in a browser, and a delegate at home afterwards: from the urn to both records checked."""

import datetime as dt
import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect
from tests.e2e.conftest import follow
from tests.kept_worlds import begin_with
from tests.loaded_registry import load_registry
from tests.rooms.draws.test_draws import AFRICA
from tests.worlds import make_person

from merida.foundation.people.models import Role
from merida.interfaces.commands import main
from merida.review.draws.models import Draw, DrawEvent, DrawRecord, EventKind
from merida.review.draws.queries import pairings_of

pytestmark = pytest.mark.django_db(transaction=True)
PARTIES = (*AFRICA, "MAR", "EGY", "DZA", "SEN", "TGO", "UGA")
REVIEWED = ("GHA", "KEN", "SEN", "UGA")
NOTE = "withdrew its list of experts, note verbale of 3 May"
LINES = ("digest", "announcement", "seed", "stream", "completion", "picks", "candidates")
PAST = dt.timedelta(hours=2)


@pytest.fixture
def officer(transactional_db, tab, live_server):
    """Return a tab in which a member of the secretariat is signed in."""
    begin_with("registry", load_registry)
    client = Client()
    client.force_login(
        make_person("officer", Role.SECRETARIAT), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    tab.set_default_timeout(60_000)
    return tab


def send(tab, form, **typed):
    """Fill the named fields of a form and send it; the page that follows is loaded."""
    box = tab.locator(f'form[action$="{form}"]' if form else "main form")
    for name, value in typed.items():
        field = box.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    follow(box.locator("button"))


def announce(tab):
    """Announce the draw, after one correction."""
    tab.goto("/en/draws/new/")
    urn = {"participants": " ".join(PARTIES), "urn_source": "list of the depositary, 1 June"}
    times = {"sources": "2199-01-15T18:00 Lottery of 15 January", "moment": "2199-01-16T09:00"}
    named = {"title": "Draw of spring", "slug": "spring", "mechanism": "uncac-irm", "year": "2031"}
    send(tab, "", **named, **urn, **times, under_review=" ".join(REVIEWED), excluded="TUN:")
    assert "TUN" in tab.locator(".errorlist").first.inner_text()
    send(tab, "", excluded=f"TUN: {NOTE}")
    tab.wait_for_url("**/draws/spring/")
    assert NOTE in tab.locator("#urn").inner_text()
    assert "Lottery of 15 January" in tab.locator("main").inner_text()


def follow_by_keyboard(tab, code):
    """Follow the ceremony on the large screen without a mouse."""
    tab.goto(f"/{code}/draws/spring/ceremony/")
    assert tab.locator("html").get_attribute("dir") == ("rtl" if code == "ar" else "ltr")
    onwards, back = ("ArrowLeft", "ArrowRight") if code == "ar" else ("ArrowRight", "ArrowLeft")
    for key, expected in ((onwards, 1), (onwards, 2), (back, 1), ("End", 2 * len(REVIEWED) + 1)):
        tab.keyboard.press(key)
        tab.wait_for_selector(f'#stage[data-pick="{expected}"]')
    tab.keyboard.press("Home")
    tab.wait_for_selector('#stage[data-pick="0"]')
    tab.keyboard.press("Space")
    tab.wait_for_selector('#stage[data-pick="1"]')
    tab.keyboard.press("Space")
    expect(tab.locator("[data-when=paused]")).to_be_visible()


def checked(tab, page="/en/draws/spring/"):
    """Check in the browser: the outcome of each line, and the item named."""
    tab.goto(page)
    tab.locator("#draw-check button").click()
    tab.locator("[data-check=limits]").wait_for()
    outcomes = {one: tab.locator(f"[data-check={one}]").get_attribute("data-outcome") for one in LINES}
    return outcomes, tab.locator("[data-item]").inner_text()


def another_reviewer(tab, pairing):
    """Request, announce and draw another reviewer, each at the desk."""
    common = {"pairing": str(pairing.uuid), "reason": "a pending case between the two"}
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for kind, more in (
        (EventKind.REDRAW_REQUESTED, {"approved_by": "Bureau"}),
        (EventKind.REDRAW_ANNOUNCED, {"approved_by": "Bureau", "source": "2199-02-15T18:00 Lottery of February"}),
        (EventKind.REDRAWN, {"numbers": "7 21 35"}),
    ):
        tab.goto("/en/draws/spring/")
        send(tab, "/events/", **common, **more, kind=kind.value, event_date=today)
        assert "Recorded." in tab.locator("body").inner_text()
        now = dt.datetime.now(dt.UTC)
        announced = DrawEvent.objects.filter(kind=EventKind.REDRAW_ANNOUNCED)
        announced.update(recorded_at=now - PAST, source_public_at=now - PAST / 2)


def at_home(tab, folder, number, capsys):
    """Save a record and the file that checks it as the page offers them; return what file and command say."""
    tab.goto("/en/draws/spring/")
    for place, name in ((f"records/{number}/", "record.json"), ("verifier/", "verify_draw.py")):
        with tab.expect_download() as saved:
            tab.locator(f'.downloads a[href$="{place}"]').first.click()
        saved.value.save_as(folder / name)
    return verdicts(folder, capsys)


def verdicts(folder, capsys):
    """What the single file and the command say of the record in a folder."""
    command = [sys.executable, "-I", "verify_draw.py", "record.json"]
    alone = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    capsys.readouterr()
    code = main(["draw", "verify", str(folder / "record.json")])
    return (alone.returncode, alone.stdout), (code, capsys.readouterr().out)


def test_from_the_urn_to_both_records_checked_at_home(officer, tmp_path, capsys):
    tab = officer
    announce(tab)
    now = dt.datetime.now(dt.UTC)
    Draw.objects.update(published_at=now - PAST, moment_at=now - PAST / 2)  # the day has come
    tab.reload()
    send(tab, "/hold/", numbers="4 8 15 16 23 42")
    tab.wait_for_url("**/draws/spring/")
    tab.locator("#draw-check").wait_for()
    for code in ("en", "ar"):
        follow_by_keyboard(tab, code)

    found = Draw.objects.get(slug="spring")
    pairing = next(one for one in pairings_of(found) if one.state.iso3 == "KEN")
    another_reviewer(tab, pairing)
    pairs = tab.locator("main").inner_text()
    assert "a pending case between the two" in pairs
    assert {"GHA", "KEN", "SEN", "UGA"} == {one.state.iso3 for one in pairings_of(found)}
    assert pairing.pk not in {one.pk for one in pairings_of(found)}

    tab.context.clear_cookies()  # a delegate, at home
    outcomes, item = checked(tab)
    assert (set(outcomes.values()), item) == ({"good"}, "")
    for record in DrawRecord.objects.order_by("number"):
        alone, command = at_home(tab, tmp_path, record.number, capsys)
        assert alone[0] == command[0] == 0
        assert record.digest in alone[1]
        assert alone[1] == command[1]

    content = json.loads((tmp_path / "record.json").read_bytes())
    pick = content["picks"][0]
    pick["reviewer"] = next(one for one in pick["admitted"] if one != pick["reviewer"])
    (tmp_path / "record.json").write_text(json.dumps(content), encoding="utf-8")
    alone, command = verdicts(tmp_path, capsys)
    assert alone == command
    assert (alone[0], alone[1].startswith("WRONG picks.1.reviewer: ")) == (1, True)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    DrawRecord.objects.filter(number=2).update(text=text)
    outcomes, item = checked(tab)
    assert (outcomes["picks"], outcomes["candidates"], item.startswith("records/2: picks.1")) == ("bad", "bad", True)
