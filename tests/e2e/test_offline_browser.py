"""An offline package in a browser, from a file: unlocked, typed in, exported, and the text is on the site."""

import json

import pytest
from django.conf import settings
from playwright.sync_api import expect
from tests.answering_world import FILE, make_answering
from tests.e2e.conftest import follow

from merida.exchange.offline.answers_file import envelope_in
from merida.exchange.offline.package_file import ANSWERS
from merida.exchange.offline.sealing import open_sealed, read_envelope
from merida.review.questionnaires.answering import save_answer
from merida.review.questionnaires.models import Answer

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120_000  # ms: a passphrase takes long on a machine that does something else as well
PASSPHRASE = "vier wilde Gänse ziehen"
HOSTILE = "<img src=x onerror=document.title='taken'>"


TABLES = """
- id: tables
  title: {en: Tables}
  questions:
  - id: tables.who
    kind: MATRIX
    required: no
    text: {en: Who may do what?}
    rows: [{id: police, text: {en: Police}}, {id: court, text: {en: Court}}]
    columns: [{id: seize, text: {en: Seize}}, {id: days, text: {en: Days}, kind: NUMBER}]
  - id: tables.list
    kind: SET
    required: no
    text: {en: Programmes}
    columns: [{id: name, text: {en: Name}}, {id: year, text: {en: Year}, kind: NUMBER}]
"""


@pytest.fixture
def desk(tab, client, live_server, transactional_db):
    """Return a tab in which the focal point is signed in, and the address of the response."""
    world = make_answering(file=FILE.rstrip() + TABLES)
    save_answer(world.actor("focal_point"), world.response, "money.practice", {"text": f"before {HOSTILE}"}, seen=0)
    client.force_login(world.focal_point, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.set_default_timeout(PATIENCE)
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return tab, str(world.response.uuid)


@pytest.fixture
def reader(chromium):
    """Return a tab without a network: a request that leaves the file, or an error of its script, fails the test."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, offline=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("request", lambda one: one.url.startswith(("file:", "blob:")) or wrong.append(one.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    yield page
    context.close()
    assert wrong == []


def unlock(page, passphrase: str = PASSPHRASE) -> None:
    page.fill("#passphrase", passphrase)
    page.keyboard.press("Enter")


def kept(page) -> None:
    """Wait until what was typed last is kept, and take away the words that say so: the next wait is for new ones."""
    state = page.locator("#state")
    expect(state).to_have_text("Kept in this browser, encrypted.")
    state.evaluate("line => { line.textContent = '' }")


def test_a_package_is_taken_typed_in_without_a_network_and_brought_back(desk, reader, tmp_path, axe):
    tab, response = desk
    file, answers = tmp_path / "package.html", tmp_path / "answers.json"
    tab.goto(f"/en/desk/{response}/")
    follow(tab.get_by_role("link", name="Take it offline"))
    tab.get_by_label("Passphrase", exact=True).fill("short")
    expect(tab.locator("#passphrase-strength")).to_have_text("Too short")
    tab.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    tab.get_by_label("The passphrase again").fill(PASSPHRASE)
    expect(tab.locator("#passphrase-strength")).to_have_text("Strong")
    assert axe(tab) == []
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Take it offline").click()
    download.value.save_as(file)

    reader.goto(file.as_uri())
    unlock(reader, "another passphrase")
    reader.locator("#state[data-kind=attention]").wait_for()
    unlock(reader)
    reader.locator("#part", has_text="Bribery").wait_for()
    assert axe(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth") == 390
    reader.get_by_label("Yes", exact=True).check()
    kept(reader)
    reader.fill("#seek", "before")
    reader.locator("#found button").click()
    area = reader.locator("[data-question='money.practice'] textarea")
    assert area.input_value() == f"before {HOSTILE}"
    area.fill("typed far away")
    kept(reader)
    reader.reload()  # closed and opened again: what was typed is there
    unlock(reader)
    reader.locator("#changed", has_text="2").wait_for()
    with reader.expect_download() as download:
        reader.get_by_role("button", name="Export answers").click()
    download.value.save_as(answers)
    assert "far away" not in answers.read_text(encoding="utf-8")
    assert "taken" not in reader.title()

    tab.goto("/en/desk/offline/")
    tab.get_by_label("File").set_input_files(answers)
    tab.get_by_label("Passphrase").fill(PASSPHRASE)
    follow(tab.get_by_role("button", name="Show what it holds"))
    tab.get_by_role("heading", name="What becomes of the answers").wait_for()
    assert tab.locator("[data-verdict]").count() == 2
    assert axe(tab) == []
    tab.get_by_role("button", name="Take the answers in").click()
    tab.get_by_text("The answers are taken in.").wait_for()
    held = {one.question: one.value for one in Answer.objects.all()}
    assert held == {"bribery.level": {"choice": "YES"}, "money.practice": {"text": "typed far away"}}


def test_the_package_saved_whole_opens_with_what_was_typed(desk, reader, tmp_path):
    tab, response = desk
    file = tmp_path / "package.html"
    tab.goto(f"/ar/desk/offline/{response}/")
    tab.fill("#passphrase", PASSPHRASE)
    tab.fill("#again", PASSPHRASE)
    with tab.expect_download() as download:
        tab.locator("form[data-passphrase] button").click()
    download.value.save_as(file)
    reader.goto(file.as_uri())
    assert reader.evaluate("document.documentElement.dir") == "rtl"
    unlock(reader)
    reader.locator("#part").wait_for()
    reader.locator("[data-question='bribery.law'] textarea").fill("saved with the page")
    with reader.expect_download() as download:
        reader.locator("header button").nth(1).click()
    download.value.save_as(file)
    reader.evaluate("indexedDB.deleteDatabase('merida-offline')")
    reader.goto(file.as_uri())
    unlock(reader)
    reader.locator("#part").wait_for()
    assert reader.locator("[data-question='bribery.law'] textarea").input_value() == "saved with the page"
    (first,) = typed(file.read_text(encoding="utf-8"))
    reader.locator("[data-question='bribery.law'] textarea").fill("typed on in the copy")
    with reader.expect_download() as download:
        reader.locator("header button").first.click()
    download.value.save_as(file)
    (second,) = typed(file.read_text(encoding="utf-8"))
    assert second["value"] == {"text": "typed on in the copy"}
    assert second["key"] != first["key"]
    assert second["earlier"] == [first["key"]]


def test_cells_of_a_matrix_and_rows_of_a_set_come_back_from_the_package(desk, reader, tmp_path):
    tab, response = desk
    file, answers = tmp_path / "package.html", tmp_path / "answers.json"
    tab.goto(f"/en/desk/offline/{response}/")
    tab.fill("#passphrase", PASSPHRASE)
    tab.fill("#again", PASSPHRASE)
    with tab.expect_download() as download:
        tab.locator("form[data-passphrase] button").click()
    download.value.save_as(file)

    reader.goto(file.as_uri())
    unlock(reader)
    reader.locator("#part").wait_for()
    reader.fill("#seek", "may do what")
    reader.locator("#found button").click()
    reader.get_by_label("Police Seize").fill("freely")
    reader.get_by_label("Court Days").fill("30")
    reader.fill("#seek", "Programmes")
    reader.locator("#found button").click()
    reader.get_by_label("1 Name").fill("Sample Programme")
    reader.get_by_label("1 Year").fill("2029")
    reader.locator("[data-question='tables.list']").get_by_role("button", name="Add a row").click()
    reader.get_by_label("2 Name").fill("Another")
    reader.locator("#changed", has_text="2").wait_for()
    with reader.expect_download() as download:
        reader.get_by_role("button", name="Export answers").click()
    download.value.save_as(answers)

    tab.goto("/en/desk/offline/")
    tab.get_by_label("File").set_input_files(answers)
    tab.get_by_label("Passphrase").fill(PASSPHRASE)
    follow(tab.get_by_role("button", name="Show what it holds"))
    tab.get_by_role("button", name="Take the answers in").click()
    tab.get_by_text("The answers are taken in.").wait_for()
    held = {one.question: one.value for one in Answer.objects.filter(question__startswith="tables.")}
    assert held == {
        "tables.who": {"rows": [{"row": "police", "seize": "freely"}, {"row": "court", "days": "30"}]},
        "tables.list": {"rows": [{"name": "Sample Programme", "year": "2029"}, {"name": "Another"}]},
    }


def typed(text: str) -> list[dict[str, object]]:
    """Return the answers in a file that the page gave out."""
    opened = open_sealed(read_envelope(envelope_in(text), kind=ANSWERS), PASSPHRASE)
    answers: list[dict[str, object]] = json.loads(opened.split("\n")[3])["answers"]
    return answers
