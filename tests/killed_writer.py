"""Kill a process that saves answers, over and over, and see whether what it acknowledged is there.

``python tests/killed_writer.py ROUNDS``, with ``MERIDA_DATA`` naming an empty folder; prints one JSON object. A child
answers requests as the site does and writes down each one it acknowledged; it is killed after some of them.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "merida.config.settings"
os.environ.pop("DATABASE_URL", None)

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

QUESTION = "money.practice"


def prepare() -> tuple[str, int]:
    """Make the database, a response and somebody who answers; return its address and the person."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from tests.answering_world import make_answering

    world = make_answering()
    address = f"/en/desk/{world.response.uuid}/{QUESTION}/"
    Client().get("/robots.txt")  # loads what answers requests, once and not in every child
    return address, world.delegate.pk


def answer_until_killed(address: str, person: int, number: int, acknowledged: int) -> None:
    """Save one text after another and write down each that was acknowledged."""
    from merida.foundation.people.models import User

    client = Client()
    client.force_login(User.objects.get(pk=person), backend="allauth.account.auth_backends.AuthenticationBackend")
    seen = number_of_the_last()
    while True:
        number += 1
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


def killed_after(count: int, address: str, person: int, number: int) -> list[int]:
    """Let a child save, kill it once it acknowledged ``count`` texts; return all that it acknowledged."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            answer_until_killed(address, person, number, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as lines:
        numbers = []
        for line in lines:
            numbers.append(int(line))
            if len(numbers) == count:
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
        said = killed_after(1 + number * 5 % 7, address, person, last)
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
