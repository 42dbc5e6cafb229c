"""Many people answer one questionnaire at once on a running server, and the server is killed while it saves.

    MERIDA_DATA=/tmp/empty python benchmarks/answers_many.py [--people 50] [--saves 20] [--pause 2] [--kills 300]

Fills an empty folder with the checklist of ``answers.py``, starts ``merida serve`` with two workers, and lets every
person type into an answer as the page does: a longer text after each pause, sent with the revision it was typed on
and a name of its own, read back from the page now and then. One in five shares an answer with another person; the two
merge when told that both wrote. At the end every text that was acknowledged must stand in the answer or its history,
and every answer of one person must end with that person's last word. Then a writer is killed so many times, in every
second round before a random statement of a save; what it was told to be kept must be there, and nothing half.
Prints times in ms as the people saw them and ends with 1 where anything was lost.
"""

import argparse
import http.client
import json
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

TOKEN = "c" * 32  # of the form's protection, the same in cookie and form
WORDS_A_SAVE = 12
READ_EVERY = 4  # saves between two looks at the page
STARTS_WITHIN = 90  # seconds


@dataclass
class Person:
    """Somebody typing: where, who, what was acknowledged, how long each request took."""

    number: int
    session: str
    address: str
    is_alone: bool
    text: str = ""
    seen: int = 0
    acknowledged: list[str] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    merges: int = 0
    errors: list[str] = field(default_factory=list)


def prepare(people: int) -> tuple[int, list[Person]]:
    """Fill the folder; return the response's key and the people with their sessions."""
    from answers import prepare as large

    desk, _client, questions = large(400, 500)
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from merida.foundation.access.actors import actor_of
    from merida.foundation.people.models import User
    from merida.review.questionnaires.asking import delegate
    from merida.review.questionnaires.models import Delegation, Response

    response = Response.objects.get(uuid=desk.split("/")[3])
    focal = actor_of(Delegation.objects.get(response=response, is_focal_point=True).user)
    texts = [each for each in questions[500:] if each.endswith("practice")]
    made, sharing = [], 0
    for number in range(people):
        alone = number % 5 != 0
        sharing += not alone
        question = texts[number + 1] if alone else texts[-((sharing + 1) // 2)]
        user = User.objects.create_user(f"person{number}@example.org", full_name=f"Sample person {number}")
        delegate(focal, response, user, scopes=[question])
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.save()
        made.append(Person(number, str(store.session_key), f"{desk}{question}/", alone))
    return response.pk, made


class Browser:
    """One connection to the server, with the cookies of a person."""

    def __init__(self, port: int, person: Person) -> None:
        self.person = person
        self.port = port
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, address: str, sent: dict[str, object] | None = None, **more: str) -> tuple[int, str]:
        """Send a request; return the status and the text. A connection that was closed is opened again once."""
        cookies = f"sessionid={self.person.session}; csrftoken={TOKEN}"
        head = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", **more}
        body = urlencode({**sent, "csrfmiddlewaretoken": TOKEN}) if sent is not None else None
        for last in (False, True):
            try:
                self.link.request(method, address, body, head)
                answer = self.link.getresponse()
                return answer.status, answer.read().decode()
            except (http.client.HTTPException, ConnectionError):
                self.link.close()
                if last:
                    raise
        raise AssertionError


def type_and_save(port: int, person: Person, saves: int, pause: float) -> None:
    """Be one person at the keyboard."""
    browser, draw = Browser(port, person), random.Random(person.number)
    time.sleep(draw.random() * pause)
    try:
        for count in range(saves):
            words = " ".join(f"p{person.number}w{count}n{word}" for word in range(WORDS_A_SAVE))
            person.text = f"{person.text}\n{words}".strip()
            save(browser, person)
            if count % READ_EVERY == READ_EVERY - 1:
                read_back(browser, person)
            time.sleep(pause * (0.5 + draw.random()))
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        person.errors.append(f"{type(error).__name__}: {error}")


def save(browser: Browser, person: Person) -> None:
    """Send the text as it stands; merge where somebody else wrote meanwhile."""
    sent = {"seen": person.seen, "language": "en", "key": uuid4(), "text": person.text}
    begun = time.perf_counter()
    status, said = browser.ask("POST", person.address, sent, **{"X-Autosave": "1"})
    person.saves.append((time.perf_counter() - begun) * 1000)
    if status != 200:
        person.errors.append(f"save: {status} {said[:100]}")
        return
    told = json.loads(said)
    person.acknowledged.append(person.text)
    person.seen = told["revision"]
    if told["aside"]:
        merge(browser, person)


def merge(browser: Browser, person: Person) -> None:
    """Take the merged text that the page offers, until nobody was faster."""
    for _attempt in range(20):
        page = read_back(browser, person)
        form = page.partition('name="aside" value="')[2]
        if not form:
            return
        text = unescape(re.search(r'name="merged"[^>]*>\n(.*?)</textarea>', form, re.DOTALL).group(1))  # type: ignore[union-attr]
        sent = {"aside": form[:36], "seen": person.seen, "language": "en", "take": "merged", "merged": text}
        status, _said = browser.ask("POST", f"{person.address}settle/", sent)
        if status == 302:
            person.merges += 1
            person.text = text
            person.acknowledged.append(text)
    read_back(browser, person)


def read_back(browser: Browser, person: Person) -> str:
    """Open the page; what one person alone wrote must stand in the field."""
    begun = time.perf_counter()
    status, page = browser.ask("GET", person.address)
    person.reads.append((time.perf_counter() - begun) * 1000)
    if status != 200:
        person.errors.append(f"page: {status}")
        return ""
    person.seen = int(re.search(r'name="seen" value="(\d+)"', page).group(1))  # type: ignore[union-attr]
    shown = unescape(re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL).group(1))  # type: ignore[union-attr]
    if person.is_alone and shown != person.text:
        person.errors.append(f"the page shows {shown[-60:]!r} instead of {person.text[-60:]!r}")
    if not person.is_alone:
        person.text = shown
    return page


def lost(response: int, people: list[Person]) -> list[str]:
    """Return what was acknowledged and is nowhere, and answers that do not end with their last text."""
    from merida.review.questionnaires.models import Answer, Revision

    found = []
    for person in people:
        question = person.address.split("/")[4]
        answer = Answer.objects.get(response=response, question=question)
        kept = {row.value.get("text", "") for row in Revision.objects.filter(answer=answer)}
        found += [f"person {person.number}: {each[-60:]!r}" for each in person.acknowledged if each not in kept]
        if person.is_alone and answer.value.get("text") != person.text:
            found.append(f"person {person.number}: the answer is not the last text")
        numbers = list(Revision.objects.filter(answer=answer, number__isnull=False).values_list("number", flat=True))
        if sorted(numbers) != list(range(1, answer.revision + 1)):
            found.append(f"person {person.number}: revisions {sorted(numbers)[-3:]} of {answer.revision}")
    return found


def answered_together(people: int, saves: int, pause: float) -> list[str]:
    """Let all of them type at once; print what it took, return what went wrong."""
    response, everybody = prepare(people)
    from django.db import connections

    connections.close_all()
    port = free_port()
    command = [sys.executable, "-m", "merida", "serve", "--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            begun = time.perf_counter()
            threads = [threading.Thread(target=type_and_save, args=(port, each, saves, pause)) for each in everybody]
            for each in threads:
                each.start()
            for each in threads:
                each.join()
            took = time.perf_counter() - begun
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)
    saved = [time for each in everybody for time in each.saves]
    read = [time for each in everybody for time in each.reads]
    errors = [error for each in everybody for error in each.errors] + lost(response, everybody)
    print(f"{people} people, {len(saved)} saves and {len(read)} pages in {took:.0f} s, load {os.getloadavg()[0]:.1f}")
    print(
        f"save p50 {statistics.median(saved):.0f}  p95 {p95(saved):.0f} ms   page p50 {statistics.median(read):.0f}"
        f"  p95 {p95(read):.0f} ms   merged {sum(each.merges for each in everybody)} times"
    )
    print(f"errors and lost texts: {len(errors)}", *errors[:20], sep="\n  ")
    return errors


def killed(rounds: int) -> list[str]:
    """Kill a writer so many times; return what was lost."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE.parent / "tests" / "killed_writer.py"), str(rounds)]
        environment = {**os.environ, "MERIDA_DATA": folder}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    held = json.loads(done.stdout)
    acknowledged = sum(each["acknowledged"] for each in held)
    wrong = [f"round {at}: {each}" for at, each in enumerate(held) if each["missing"] or not each["counts_hold"]]
    print(
        f"{len(held)} kills, {acknowledged} texts acknowledged, {len(wrong)} rounds in which something is lost or half"
    )
    return wrong


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 kept within."""
    return statistics.quantiles(times, n=20)[18]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/robots.txt")
            link.getresponse().read()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit("the server does not start")


def main() -> int:
    """Read the command line, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two saves of one person")
    parser.add_argument("--kills", type=int, default=300)
    asked = parser.parse_args()
    wrong = answered_together(asked.people, asked.saves, asked.pause) if asked.people else []
    wrong += killed(asked.kills) if asked.kills else []
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
