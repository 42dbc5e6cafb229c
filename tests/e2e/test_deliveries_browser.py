"""The day after a session (journey 2): files in, what was understood, decided by keyboard, undone, shown to everybody."""

import threading
from pathlib import Path

import pytest
from tests.e2e.conftest import follow
from tests.inboxes import make_states
from tests.worlds import make_person

from merida.exchange.deliveries.models import DeliveredFile
from merida.exchange.deliveries.reading_in import read_next
from merida.knowledge.observatory.models import Activity

pytestmark = pytest.mark.django_db(transaction=True)
DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"


@pytest.fixture
def officer(tab, client, live_server, tmp_path, settings):
    """Return the tab with a curator signed in; what is handed in stays in a folder of the test."""
    settings.DELIVERIES_DIRECTORY, settings.FILES_DIRECTORY = tmp_path / "deliveries", tmp_path / "files"
    make_states("GHA", "TON", "FJI", "NAM")
    client.force_login(make_person("curator", "CURATOR"), backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies["sessionid"].value
    tab.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return tab


def given(folder: Path) -> list[str]:
    """Three languages, two texts of one report, one broken and one empty file."""
    told = "1. In May 2019 a workshop was held in Accra, Ghana.\n\n2. In June 2019 a workshop was held in Suva, Fiji.\n"
    head = "CAC/COSP/WG.4/2033/2\n\nSample Working Group\n\nNote by the Secretariat\n\n"
    (folder / "first.txt").write_text(head + told)
    (folder / "second.txt").write_text(head + told.replace("Suva", "Nadi"))
    (folder / "empty.txt").write_text("")
    (folder / "cut.docx").write_bytes(b"PK\x03\x04 and no more")
    ours = [folder / name for name in ("first.txt", "second.txt", "empty.txt", "cut.docx")]
    return [str(one) for one in (*ours, DOCUMENTS / "fr_note.txt", DOCUMENTS / "zh_report.txt")]


def expect_count(number: int) -> None:
    """What the page shows at once is recorded a moment later."""
    for _attempt in range(200):
        if Activity.objects.count() == number:
            return
        threading.Event().wait(0.05)
    assert Activity.objects.count() == number


@pytest.mark.parametrize("code", ["en", "ar"])
def test_from_the_files_to_the_observatory(officer, axe, tmp_path, code):
    tab, broken = officer, {}
    tab.goto(f"/{code}/documents/deliveries/")
    broken["form"] = axe(tab)
    tab.set_input_files("#files", given(tmp_path))
    follow(tab.locator("main form button"))
    tab.wait_for_selector("#delivery-files[hx-get]")
    broken["waiting"] = axe(tab)
    while read_next() is not None:
        pass
    tab.wait_for_selector("#delivery-files:not([hx-get])")
    broken["read"] = axe(tab)
    states = [one.state for one in DeliveredFile.objects.order_by("position")]
    assert states == ["READ", "NEW_VERSION", "REFUSED", "REFUSED", "READ", "READ"]
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.set_viewport_size({"width": 1280, "height": 900})

    follow(tab.locator('#delivery-files a[href*="/curation/next/"]').first)
    tab.wait_for_selector("#desk")
    first = tab.locator("#desk").get_attribute("data-url")
    for key in ("a", "u", "a"):  # accepted, undone, accepted: each moves to the next or back
        tab.keyboard.press(key)
        tab.wait_for_selector(f'#desk[data-url="{first}"]' if key == "u" else f'#desk:not([data-url="{first}"])')
        tab.wait_for_selector(".notice-done")
    expect_count(1)

    tab.context.clear_cookies()  # everybody
    tab.goto(f"/{code}/observatory/")
    assert tab.locator("#activities tbody tr").count() == 1
    feed = tab.request.get(f"/{code}/observatory/feed.atom")
    assert "<entry>" in feed.text()
    assert broken == {name: [] for name in broken}
