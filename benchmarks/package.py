"""How long a full checklist takes to become an offline package, how large it is, and how long its answers take back.

    MERIDA_DATA=… python benchmarks/package.py [--provisions 400] [--answers 3000] [--rounds 5] [--back 300]

Makes, in an empty folder, a questionnaire of 400 provisions with seven questions each and 3,000 answers of 300 words
(the questions are 2,800: the last 200 answers are in a second language). The words are drawn by Zipf's law from 5,000,
so that they pack worse than prose does. Prints seconds by the clock and of the processor, and megabytes.
"""

import argparse
import itertools
import json
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.answers import questionnaire  # sets Django up
from django.core.management import call_command
from tests.answering_world import make_state
from tests.offline_copy import PASSPHRASE, Copy

from merida.exchange.offline.packing import take_along
from merida.exchange.offline.returning import bring_back, judged, returned_seen, take_in
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import SYSTEM, Actor
from merida.foundation.people.models import User
from merida.interfaces.web.views.offline_words import page_words
from merida.review.questionnaires.asking import ask_states, name_focal_point
from merida.review.questionnaires.editing import publish_version
from merida.review.questionnaires.editing import take_in as take_in_form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Revision
from merida.review.questionnaires.progress import count_anew
from merida.review.questionnaires.queries import Desk, desk_of

VOCABULARY, WORDS = 5_000, 300


def vocabulary(dice: random.Random) -> list[str]:
    """Return made-up words of two to four syllables, the commonest first."""
    syllables = ["".join(each) for each in itertools.product("bdfgklmnprstv", "aeiou")]
    return ["".join(dice.choices(syllables, k=dice.choice((2, 2, 3, 4)))) for _ in range(VOCABULARY)]


def prepare(provisions: int, answers: int) -> tuple[Actor, Desk]:
    """Fill the folder; return the focal point and the desk."""
    call_command("migrate", verbosity=0)
    dice = random.Random(20261127)
    words = vocabulary(dice)
    weights = list(itertools.accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    version = publish_version(SYSTEM, take_in_form(SYSTEM, questionnaire(provisions)))
    response = ask_states(SYSTEM, version, [make_state("GHA", "GH", "Ghana")])[0]
    user = User.objects.create_user("focal@example.org", full_name="Focal point")
    name_focal_point(SYSTEM, response, user)
    order = form_of(version).order
    places = [(each, "en") for each in order] + [(each, "fr") for each in order]
    made = []
    for question, language in places[:answers]:
        text = " ".join(dice.choices(words, cum_weights=weights, k=WORDS))
        made.append(
            Answer(
                response=response, question=question, language=language, value={"text": text}, is_answered=True,
                revision=1, changed_by=user,
            )
        )  # fmt: skip
    Answer.objects.bulk_create(made, batch_size=500)
    Revision.objects.bulk_create([Revision(answer=one, number=1, value=one.value) for one in made], batch_size=500)
    count_anew(response, form_of(version))
    actor = actor_of(user)
    return actor, desk_of(actor, response.uuid)


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provisions", type=int, default=400)
    parser.add_argument("--answers", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--back", type=int, default=300)
    asked = parser.parse_args()
    actor, desk = prepare(asked.provisions, asked.answers)
    clock, worked, page = [], [], ""
    for _ in range(asked.rounds):
        begun, idle = time.perf_counter(), time.process_time()
        page = take_along(actor, desk, PASSPHRASE, language="en", words=page_words("en")).page
        clock.append(time.perf_counter() - begun)
        worked.append(time.process_time() - idle)
    print(f"package of {len(desk.form.order)} questions, {asked.answers} answers: {len(page.encode()) / 1e6:.2f} MB")
    print(f"made: clock {told(clock)}; processor {told(worked)}")
    copy = Copy(page)
    for question in desk.form.order[: asked.back]:
        copy.type(question, text=json.dumps(copy.content["answers"][question]["en"]) + " changed")
    file = copy.export()
    begun, idle = time.perf_counter(), time.process_time()
    returned = bring_back(actor, file, PASSPHRASE)
    judged(actor, returned_seen(actor, returned.uuid))
    shown, worked_shown = time.perf_counter() - begun, time.process_time() - idle
    begun, idle = time.perf_counter(), time.process_time()
    found = take_in(actor, returned.uuid)
    print(f"{len(found)} answers opened and shown: clock {shown:.2f} s, processor {worked_shown:.2f} s")
    print(f"taken in: clock {time.perf_counter() - begun:.2f} s, processor {time.process_time() - idle:.2f} s")
    return 0


def told(times: list[float]) -> str:
    """Return the least and the median in seconds."""
    return f"least {min(times):.2f} s, median {statistics.median(times):.2f} s"


if __name__ == "__main__":
    sys.exit(main())
