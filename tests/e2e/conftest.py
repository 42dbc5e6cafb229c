"""A browser for the tests: the system's Chromium, driven without a network; skipped where there is none."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.db import connections
from playwright.sync_api import Locator, expect, sync_playwright

# Playwright's synchronous interface keeps an event loop in this thread; Django then refuses plain database calls.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
# What Chromium need not bring along. The first line is half of the work of opening a window: three pages of its own,
# rendered with each, for suggestions below an address bar that nobody sees. The rest repeats what Playwright leaves
# out, in case Chromium reads only one of two such lists.
WITHOUT = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "PreloadTopChromeWebUI"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "PaintHolding"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "ThirdPartyStoragePartitioning", "AimEnabled"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(WITHOUT)}",
]
# Names in the page what is broken: handing over all that the rules looked at takes time too.
BROKEN_RULES = """
axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(
    each => `${each.id}: ${each.nodes[0].html.slice(0, 160)} (${each.nodes.length})`))
"""
# The rules of contrast read the same few colours thousands of times, which is a third of all their work.
COLOURS_READ_ONCE = """
(() => {
  const { prototype } = axe.commons.color.Color;
  const read = prototype.parseString;
  const known = new Map();
  prototype.parseString = function (words) {
    if (known.has(words)) [this.r, this.g, this.b, this.alpha] = known.get(words);
    else known.set(words, (({ r, g, b, alpha }) => [r, g, b, alpha])(read.call(this, words)));
    return this;
  };
})()
"""
expect.set_options(timeout=30_000)  # as long as all else is waited for: a machine may be busy
CODES = ("ar", "zh", "en", "fr", "ru", "es")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a browser test."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Return a running browser."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    connections.close_all()  # with an event loop in the thread Django opens others, and these would stay open
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium, live_server) -> Iterator[object]:
    """Return a fresh tab on the running site. A request elsewhere or an error of a script fails the test."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda request: request.url.startswith(live_server.url) or wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: said.type == "error" and "status of 4" not in said.text and wrong.append(said.text))
    yield page
    context.close()
    assert wrong == []


def follow(way: Locator) -> None:
    """Click what leads to another page, and wait until that page is loaded.

    A click alone ends when the browser has begun to go: what is read then is the page before, or half of the next.
    """
    with way.page.expect_navigation():
        way.click()


@pytest.fixture
def axe() -> Callable[[object], list[str]]:
    """Return a function that names the accessibility rules that a tab breaks (WCAG 2.2 A, AA and best practice)."""

    def broken(page: object) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(f"{AXE_SCRIPT}\n{COLOURS_READ_ONCE}")
        return page.evaluate(BROKEN_RULES)

    return broken
