"""How fast a checklist is at full size: open, save with progress, go from section to section.

    MERIDA_DATA=… python benchmarks/answers.py [--provisions 400] [--answers 3000] [--requests 100]

Makes, in an empty folder, a questionnaire of 400 provisions with seven questions each, asks 192 States, answers 3,000
questions of one of them with 300 words each, and prints p50 and p95 in ms, measured inside one process; of the files
with everything in them the best time in seconds.
"""

import argparse
import gc
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "merida.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (Django is set up first)
from django.test import Client  # noqa: E402

KINDS = ("COMPLIANCE", "LAW", "PRACTICE", "CASES", "STATISTICS", "CHALLENGES", "ASSISTANCE")
WORDS = " ".join(f"word{number % 97}" for number in range(300))


def questionnaire(provisions: int, *, to_a_section: int = 10) -> str:
    """Return a questionnaire of so many provisions, each with seven questions."""
    choices = [{"code": code, "text": {"en": code.title()}} for code in ("YES", "PARTLY", "NO")]
    sections = []
    for first in range(0, provisions, to_a_section):
        questions = [question(number, kind) for number in range(first, first + to_a_section) for kind in KINDS]
        sections.append(
            {"id": f"s{first}", "title": {"en": f"Article {first // to_a_section + 1}"}, "questions": questions}
        )
    whole = {"format": "merida-questionnaire/1", "code": "large", "title": {"en": "Large"}}
    return json.dumps({**whole, "choices": {"level": choices}, "sections": sections})


def question(number: int, kind: str) -> dict[str, object]:
    """Return one question."""
    made: dict[str, object] = {"id": f"p{number}.{kind.lower()}", "kind": kind, "text": {"en": f"{kind} of {number}?"}}
    if kind in {"COMPLIANCE", "CHALLENGES", "ASSISTANCE"}:
        made["choices"] = "level"
    if kind == "STATISTICS":
        made["columns"] = [{"id": "y", "text": {"en": "2025"}, "kind": "NUMBER", "year": "2025"}]
        made["rows"] = [{"id": "all", "text": {"en": "All"}}]
    if kind == "LAW":
        made["when"] = [{"question": f"p{number}.compliance", "is": ["YES", "PARTLY"]}]
    return made


def prepare(provisions: int, answers: int, *, to_a_section: int = 10) -> tuple[str, Client, list[str]]:
    """Fill the folder; return the response's address, a signed-in browser and the questions."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from merida.foundation.access.visibility import SYSTEM
    from merida.foundation.people.models import User
    from merida.foundation.registry.actions import load_reference_data
    from merida.foundation.registry.models import State
    from merida.review.questionnaires.asking import ask_states, name_focal_point
    from merida.review.questionnaires.editing import publish_version, take_in
    from merida.review.questionnaires.forms_kept import form_of
    from merida.review.questionnaires.models import Answer, Revision
    from merida.review.questionnaires.progress import count_anew

    load_reference_data(SYSTEM)
    version = publish_version(SYSTEM, take_in(SYSTEM, questionnaire(provisions, to_a_section=to_a_section)))
    response = ask_states(SYSTEM, version, State.objects.order_by("iso3")[:192])[0]
    user = User.objects.create_user("focal@example.org", full_name="Focal point")
    name_focal_point(SYSTEM, response, user)
    form = form_of(version)
    made = []
    for identifier in form.order[:answers]:
        value: dict[str, object] = {"text": WORDS}
        if identifier.endswith("compliance"):
            value["choice"] = "YES"
        made.append(
            Answer(
                response=response, question=identifier, language="en", value=value, is_answered=True, revision=1,
                changed_by=user,
            )
        )  # fmt: skip
    Answer.objects.bulk_create(made, batch_size=500)
    rows = [Revision(answer=one, number=1, value=one.value, made_by=user) for one in made]
    Revision.objects.bulk_create(rows, batch_size=500)
    count_anew(response, form)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"/en/desk/{response.uuid}/", client, list(form.order)


def timed(work: Callable[[int], object], count: int) -> str:
    """Do something so many times; return p50 and p95 in ms, and what of it this process computed."""
    times, worked = [], []
    for number in range(count):
        begun, idle = time.perf_counter(), time.process_time()
        work(number)
        times.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - idle) * 1000)
    return f"p50 {statistics.median(times):7.1f}   p95 {p95(times):7.1f}   of it computing: p95 {p95(worked):7.1f}"


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 kept within."""
    return statistics.quantiles(times, n=20)[18]


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provisions", type=int, default=400)
    parser.add_argument("--answers", type=int, default=3000)
    parser.add_argument("--requests", type=int, default=100)
    asked = parser.parse_args()
    begun = time.perf_counter()
    desk, client, questions = prepare(asked.provisions, asked.answers)
    print(f"prepared in {time.perf_counter() - begun:.1f} s: {len(questions)} questions")
    spread = [questions[number * 37 % len(questions)] for number in range(asked.requests)]
    gc.freeze()  # as a worker of ``merida serve`` does once it is loaded
    gc.set_threshold(5_000, 10, 20)
    for address in (desk, f"{desk}{spread[0]}/"):
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} does not open")
    print("open the desk, all sections    ", timed(lambda _: client.get(desk), asked.requests))
    print(
        "go to a question               ", timed(lambda number: client.get(f"{desk}{spread[number]}/"), asked.requests)
    )
    texts = [each for each in questions if each.endswith("practice")]

    def save(number: int) -> None:
        sent = {"seen": 1, "language": "en", "text": f"{WORDS} {number}"}
        said = client.post(f"{desk}{texts[number]}/", sent, headers={"X-Autosave": "1"})
        if not said.json()["kept"] or said.json()["aside"]:
            raise SystemExit(said.text)

    print("save a text, progress included ", timed(save, min(asked.requests, len(texts))))
    for kind, count in (("docx", 5), ("xlsx", 3), ("pdf", 3)):
        what = "a PDF asked for" if kind == "pdf" else f"the whole as .{kind}"
        once(what, lambda kind=kind: client.get(f"{desk}paper/{kind}/"), count)
    from merida.exchange.outputs.printing import print_next

    once("the PDF set by the worker", lambda: print_next() and client.get(f"{desk}paper/pdf/"), 1)
    file = io.BytesIO(client.get(f"{desk}paper/xlsx/").content)
    file.name = "answers.xlsx"
    once("a rehearsal of the .xlsx", lambda: client.post(f"{desk}workbook/", {"file": file}), 1)
    return 0


def once(what: str, work: Callable[[], Any], count: int) -> None:
    """Do something large so many times; print the best time and what was computed of it."""
    best: tuple[float, float, int] | None = None
    for _ in range(count):
        begun, idle = time.perf_counter(), sum(os.times()[:4])  # with the processes that it started
        said = work()
        taken = time.perf_counter() - begun, sum(os.times()[:4]) - idle, len(said.content)
        best = min(best, taken) if best else taken
        if said.status_code not in {200, 202}:
            raise SystemExit(f"{what}: {said.status_code}")
    if best:
        print(f"{what:31} {best[0]:7.2f} s   of it computing: {best[1]:6.2f} s   {best[2] / 1e6:6.2f} MB")


if __name__ == "__main__":
    sys.exit(main())
