"""How long the earlier answers for one question take to find, with 3,000 answers of 300 words of one State.

    MERIDA_DATA=/tmp/merida-reuse python benchmarks/reuse.py --answers 3000 --times 200

A sample State answers questionnaires on the whole of the Convention against Corruption (law, measures, practice, cases
and statistics of each provision that something is mapped to) in three versions; a fourth one, on the Convention
against Transnational Organized Crime, is open. Timed is ``offered_at`` for each of its questions, the first call (which
reads the questionnaires) left out. Nothing is kept: everything happens in one transaction that is rolled back.
"""

import argparse
import statistics
import time

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
from merida.review.questionnaires.queries import desk_of  # noqa: E402
from merida.review.synergies.reuse import offered_at  # noqa: E402

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
    offered_at(desk, order[0], "en", at=today)
    took, found = [], 0
    for turn in range(times):
        start = time.perf_counter()
        found += len(offered_at(desk, order[turn * 7 % len(order)], "en", at=today))
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    print(f"{sent} answers in {number} responses, {len(order)} open questions, {times} asked, {found} offered")
    print(f"median {statistics.median(took):.1f} ms, p95 {took[int(times * 0.95)]:.1f} ms, worst {took[-1]:.1f} ms")


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
