"""How long the earlier answers for one question take to find, with 3,000 answers of 300 words of one State.

    MERIDA_DATA=/tmp/merida-reuse python benchmarks/reuse.py --answers 3000 --times 200

A sample State answers questionnaires on the whole of the Convention against Corruption (law, measures, practice, cases
and statistics of each provision that something is mapped to) in three versions; a fourth one, on the Convention
against Transnational Organized Crime, is open. Timed is ``offered_at`` for each of its questions, the first call (which
reads the questionnaires) left out; then, for the whole response: the list of what was answered elsewhere and is open
here, where answers differ, and what changed at its source after as many answers were taken as are offered as drafts.
Nothing is kept: everything happens in one transaction that is rolled back.
"""

import argparse
import datetime as dt
import statistics
import sys
import time
from collections.abc import Callable

from merida.interfaces.commands import set_up_django

set_up_django()

import yaml  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from merida.foundation.access.actors import actor_of  # noqa: E402
from merida.foundation.access.visibility import SYSTEM  # noqa: E402
from merida.foundation.people.models import User  # noqa: E402
from merida.foundation.registry.actions import load_reference_data  # noqa: E402
from merida.foundation.registry.models import State  # noqa: E402
from merida.knowledge.crosswalk.loading import load_crosswalk  # noqa: E402
from merida.knowledge.crosswalk.models import Clause  # noqa: E402
from merida.review.questionnaires.asking import ask_states, name_focal_point  # noqa: E402
from merida.review.questionnaires.editing import publish_version, take_in  # noqa: E402
from merida.review.questionnaires.models import Answer, Response  # noqa: E402
from merida.review.questionnaires.queries import Desk, desk_of  # noqa: E402
from merida.review.synergies.reuse import offered_anywhere, offered_at  # noqa: E402
from merida.review.synergies.reuse_actions import take  # noqa: E402
from merida.review.synergies.reuse_changes import changed_since, changes_waiting  # noqa: E402
from merida.review.synergies.reuse_report import differences  # noqa: E402

KINDS = ("LAW", "MEASURES", "PRACTICE", "CASES", "CHALLENGES")
WORDS = " ".join(f"word{number % 97}" for number in range(300))


def questionnaire(code: str, standard: str, *, rounds: int) -> str:
    """Return a questionnaire on every provision of a standard that something is mapped to."""
    clauses = Clause.objects.filter(standard__code=standard, is_exact=True).order_by("position")
    sections = []
    for clause in clauses:
        questions = [
            {
                "id": f"{clause.slug}.{kind.lower()}{number}",
                "kind": kind if kind != "CHALLENGES" else "NARRATIVE",
                "text": {"en": f"{kind} {number}"},
            }
            for kind in KINDS
            for number in range(rounds)
        ]
        sections.append(
            {"id": clause.slug, "title": {"en": clause.key}, "provision": clause.key, "questions": questions}
        )
    head = {"format": "merida-questionnaire/1", "code": code, "title": {"en": code}, "sections": sections}
    return yaml.safe_dump(head, allow_unicode=True)


def answered(response: Response, identifiers: list[str]) -> None:
    """Answer questions of a response with 300 words each."""
    rows = [
        Answer(
            response=response,
            question=one,
            language="en",
            value={"text": f"{one} {WORDS}"},
            is_answered=True,
            revision=1,
        )
        for one in identifiers
    ]
    Answer.objects.bulk_create(rows, batch_size=500)


def measured(answers: int, times: int) -> None:
    """Fill, time and print."""
    load_reference_data(SYSTEM)
    load_crosswalk(SYSTEM)
    user = User.objects.create_user("reuse-benchmark@example.org", "not used here 1", full_name="Sample person")
    state = State.objects.order_by("pk")[0]
    sent = 0
    number = 0
    while sent < answers:
        version = publish_version(SYSTEM, take_in(SYSTEM, questionnaire(f"sample-{number}", "UNCAC", rounds=1)))
        (response,) = ask_states(SYSTEM, version, [state], is_sample=True)
        name_focal_point(SYSTEM, response, user)
        identifiers = list(desk_of(actor_of(user), response.uuid).form.order)[: answers - sent]
        answered(response, identifiers)
        sent, number = sent + len(identifiers), number + 1
    version = publish_version(SYSTEM, take_in(SYSTEM, questionnaire("sample-open", "UNTOC", rounds=1)))
    (response,) = ask_states(SYSTEM, version, [state], is_sample=True)
    name_focal_point(SYSTEM, response, user)
    desk = desk_of(actor_of(user), response.uuid)
    today = timezone.now().date()
    order = list(desk.form.order)
    found: list[int] = []
    timed(
        "one question",
        times,
        lambda turn: found.append(len(offered_at(desk, order[turn * 7 % len(order)], "en", at=today))),
    )
    print(f"{sent} answers in {number} responses, {len(order)} open questions, {times} asked, {sum(found)} offered")
    timed("open here, answered elsewhere", times // 10, lambda _turn: offered_anywhere(desk))
    taken = take_all(desk, today)
    timed("where answers differ", times // 10, lambda _turn: differences(desk))
    Answer.objects.filter(reuses__response=response).update(revision=2)
    if (told := len(changed_since(desk))) != taken:
        sys.exit(f"{told} changes are told, {taken} were made")
    timed(f"changed at the source, {taken} taken", times // 10, lambda _turn: changed_since(desk))
    timed("counted for the list of desks", times // 10, lambda _turn: changes_waiting(actor_of(user)))


def take_all(desk: Desk, today: dt.date) -> int:
    """Take every answer that is offered as a draft; return how many."""
    taken = 0
    for identifier in offered_anywhere(desk):
        first = next((one for one in offered_at(desk, identifier, "en", at=today) if one.is_draft), None)
        if first is not None:
            revision = first.source.revision
            take(desk.actor, desk, identifier, "en", first.source.uuid, source_revision=revision, seen=0, at=today)
            taken += 1
    return taken


def timed(what: str, times: int, work: Callable[[int], object]) -> None:
    """Print median, p95 and the worst of so many calls, in ms; the first is left out."""
    work(0)
    took = []
    for turn in range(times):
        start = time.perf_counter()
        work(turn)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    worst, high = took[-1], took[int(times * 0.95)]
    print(f"{what}: median {statistics.median(took):.1f} ms, p95 {high:.1f} ms, worst {worst:.1f} ms")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=3000)
    parser.add_argument("--times", type=int, default=200)
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        measured(arguments.answers, arguments.times)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
