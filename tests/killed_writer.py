"""Kill a process that saves answers, over and over, and see whether what it acknowledged is there.

``python tests/killed_writer.py ROUNDS``, with ``MERIDA_DATA`` naming an empty folder; prints one JSON object. A child
answers requests as the site does and writes down each one it acknowledged; it is killed after some of them: in every
second round from outside, at whatever it does just then, in the others before a certain statement of a save.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "merida.config.settings"
os.environ.pop("DATABASE_URL", None)

import django

django.setup()

from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

QUESTION = "money.practice"


def prepare() -> tuple[str, int]:
    """Make the database, a response and somebody who answers; return its address and the person."""
    from tests.answering_world import make_answering

    from merida.interfaces.commands.preparing import migrate

    migrate()
    world = make_answering()
    address = f"/en/desk/{world.response.uuid}/{QUESTION}/"
    Client().get("/robots.txt")  # loads what answers requests, once and not in every child
    return address, world.delegate.pk


class KilledAt:
    """Kills this process before a statement of a save, counted from when ``left`` is set."""

    left: int | None = None

    def __call__(self, execute: Callable[..., Any], *given: Any) -> Any:
        """Run a statement, or die before it."""
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(*given)


def answer_until_killed(address: str, person: int, number: int, acknowledged: int, fatal: tuple[int, int]) -> None:
    """Save one text after another and write down each that was acknowledged.

    ``fatal``: after how many of them, and before which statement of the next, this process dies; (0, 0) for never.
    """
    from merida.foundation.people.models import User

    client = Client()
    client.force_login(User.objects.get(pk=person), backend="allauth.account.auth_backends.AuthenticationBackend")
    seen, killed, done = number_of_the_last(), KilledAt(), 0
    connection.execute_wrappers.append(killed)
    while True:
        number, done = number + 1, done + 1
        if fatal[0] and done == fatal[0] + 1:
            killed.left = fatal[1]
        sent = {"seen": seen, "language": "en", "text": f"text {number}"}
        said = client.post(address, sent, headers={"X-Autosave": "1"}).json()
        assert said["kept"], said
        assert not said["aside"], said
        seen = said["revision"]
        os.write(acknowledged, f"{number}\n".encode())


def number_of_the_last() -> int:
    """Return the revision of the answer as it is stored."""
    from merida.review.questionnaires.models import Answer

    return Answer.objects.filter(question=QUESTION).values_list("revision", flat=True).first() or 0


def killed_after(count: int, address: str, person: int, number: int, *, statement: int | None) -> list[int]:
    """Let a child save until it is killed, after it acknowledged ``count`` texts; return all that it acknowledged.

    ``statement`` of the next save is not reached; None kills it from outside.
    """
    fatal = (0, 0) if statement is None else (count, statement)
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            answer_until_killed(address, person, number, writing, fatal)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as lines:
        numbers = []
        for line in lines:
            numbers.append(int(line))
            if len(numbers) == count and statement is None:
                os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return numbers


def rounds(count: int) -> Iterator[dict[str, object]]:
    """Yield what each round acknowledged and what of it is missing."""
    address, person = prepare()
    from merida.review.questionnaires.forms_kept import form_of
    from merida.review.questionnaires.models import Response, Revision, SectionCount
    from merida.review.questionnaires.progress import count_anew

    last = 0
    for number in range(count):
        statement = number % 24 if number % 2 else None  # 1, 3, 5 … 23: all through a save and into the next
        said = killed_after(1 + number * 5 % 7, address, person, last, statement=statement)
        kept = {row["text"] for row in Revision.objects.values_list("value", flat=True)}
        response = Response.objects.get(delegations__user=person)
        before = list(
            SectionCount.objects.filter(response=response).order_by("section").values_list("section", "answered")
        )
        count_anew(response, form_of(response.version))
        after = list(
            SectionCount.objects.filter(response=response).order_by("section").values_list("section", "answered")
        )
        missing = [each for each in said if f"text {each}" not in kept]
        last = max(said, default=last) + 1
        yield {"acknowledged": len(said), "missing": missing, "counts_hold": before == after}


if __name__ == "__main__":
    setup_test_environment()
    sys.stdout.write(json.dumps(list(rounds(int(sys.argv[1])))))
