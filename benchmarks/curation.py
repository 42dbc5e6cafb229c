"""How fast a curator goes through proposals: over HTTP as the page's script asks, and by keyboard in a browser.

    python benchmarks/curation.py [--acceptances 200] [--waiting 5000] [--no-browser]

Sets up a fresh data directory with made-up texts, serves it, accepts one proposal after the other and prints the time
from the decision until the next proposal is there (p50, p95 and longest, in ms) and of the whole run. One keystroke a
proposal; the browser is left out where there is none.
"""

import argparse
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pages import SOURCES, p95, served

A_TEXT = 250  # proposals in one text
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WATCH = """() => {
  const address = document.getElementById("desk").dataset.url;
  window.shownAfter = new Promise((done) => addEventListener("keydown", (event) => {
    const look = () => document.getElementById("desk")?.dataset.url === address
      ? requestAnimationFrame(look) : done(performance.now() - event.timeStamp);
    look();
  }, { once: true, capture: true }));
}"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acceptances", type=int, default=200)
    parser.add_argument("--waiting", type=int, default=5000, help="proposals in the inbox (default 5000)")
    parser.add_argument("--reading", type=float, default=0.5, help="seconds spent on each in the browser (default 0.5)")
    parser.add_argument("--no-browser", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MERIDA_DATA": folder, "DJANGO_SETTINGS_MODULE": "merida.config.settings"}
        environment = os.environ | {"PYTHONPATH": str(SOURCES / "src")}
        command = [sys.executable, "-m", "merida", "demo", "--no-serve"]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        session = fill(asked.waiting)
        print(f"{asked.acceptances} acceptances in an inbox of {asked.waiting}, texts of {A_TEXT} proposals")
        print(f"{'how':12}{'p50 ms':>9}{'p95':>9}{'longest':>9}{'run s':>9}{'keys each':>11}")
        with served("serve", MERIDA_DATA=folder) as (port, _parent):
            tell("over HTTP", over_http(port, session, asked.acceptances), keys="")
            if CHROMIUM and not asked.no_browser:
                started = time.perf_counter()
                times = by_keyboard(port, session, asked.acceptances, reading=asked.reading)
                tell("by keyboard", times, keys="1")
                print(f"with {asked.reading} s of reading each: {time.perf_counter() - started:.0f} s")
    return 0


def fill(count: int) -> str:
    """Fill the inbox; return the session of a curator."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection, transaction
    from tests.inboxes import make_proposals
    from tests.worlds import make_person

    with transaction.atomic():
        for number in range(0, count, A_TEXT):
            make_proposals(min(A_TEXT, count - number), slug=f"told-{number}")
    curator = make_person("curator", "CURATOR")
    session = SessionStore()
    session[SESSION_KEY] = str(curator.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = curator.get_session_auth_hash()
    session.save()
    connection.close()
    return str(session.session_key)


def over_http(port: int, session: str, count: int) -> list[float]:
    """Accept as the script of the page does; return milliseconds until the next proposal was there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={session}", "X-Desk": "1"}
    connection.request("GET", "/en/curation/next/", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.request("GET", answer.headers["Location"], headers=headers)
    answer = connection.getresponse()
    token = re.search(r"csrftoken=(\w+)", answer.headers["Set-Cookie"])[1]
    desk = answer.read().decode()
    headers |= {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    times = []
    for _ in range(count):
        address = re.search(r'data-url="([^"]+)"', desk)[1]
        fields = dict(re.findall(r'<input type="[^"]*" name="(\w+)" value="([^"]*)"', desk))
        chosen = re.findall(r'<select name="(\w+)"[^>]*>.*?<option value="(\w+)" selected>', desk, re.DOTALL)
        body = urlencode({**fields, **dict(chosen), "decision": "accept"})
        started = time.perf_counter()
        connection.request("POST", address, body=body, headers=headers)
        answer = connection.getresponse()
        desk = answer.read().decode()
        times.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            sys.exit(f"{address}: {answer.status}")
    return times


def by_keyboard(port: int, session: str, count: int, *, reading: float) -> list[float]:
    """Press ``a`` again and again; return milliseconds until the next proposal was on the screen.

    The time is taken in the page, from the key to the frame in which the next proposal stands. ``reading`` is how many
    seconds pass before each key: what a person needs at least, and what the page uses to fetch the next.
    """
    from playwright.sync_api import sync_playwright

    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context()
        context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{port}"}])
        tab = context.new_page()
        tab.goto(f"http://127.0.0.1:{port}/en/curation/next/")
        for _ in range(count):
            time.sleep(reading)
            tab.evaluate(WATCH)
            tab.keyboard.press("a")
            times.append(tab.evaluate("() => window.shownAfter"))
        browser.close()
    return times


def tell(how: str, times: list[float], *, keys: str) -> None:
    cells = f"{statistics.median(times):9.1f}{p95(times):9.1f}{max(times):9.1f}{sum(times) / 1000:9.1f}"
    print(f"{how:12}{cells}{keys:>11}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
