"""Processor time and queries of the page of a published timetable of 190 reviews, on the database of ``merida demo``.

    MERIDA_DATA=FOLDER python benchmarks/timetable_page.py

Works on a copy of the folder, so that nothing is left behind and what the site remembers between requests is remembered
here too (it is not within a transaction). Beside each figure stands a loop of a million
multiplications, measured just before and after: on a loaded machine the share of the two says more than milliseconds.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from datetime import date, timedelta

WEEK, REVIEWS, TRIES = timedelta(weeks=1), 190, 20


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(os.environ["MERIDA_DATA"], f"{folder}/data")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "merida.config.settings", "MERIDA_DATA": str(copy)}
        measure()


def measure() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS.append("testserver")
    address, client = made_up(), Client()
    client.get(address)
    took, shares = [], []
    for count in range(TRIES):  # a page that was asked for before would come from memory
        before = loop()
        started = time.process_time()
        page = client.get(f"{address}?x={count}")
        took.append(time.process_time() - started)
        shares.append(2 * took[-1] / (before + loop()))
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{address}?x=once")
    print(
        f"{REVIEWS} reviews, status {page.status_code}, {len(page.content) // 1000} kB, {len(queries)} queries; "
        f"processor ms: best {1000 * min(took):.0f}, median {1000 * statistics.median(took):.0f}; "
        f"loops: best {min(shares):.2f}, median {statistics.median(shares):.2f} (one takes {1000 * loop():.0f} ms)"
    )


def loop() -> float:
    started, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number * number
    return time.process_time() - started


def made_up() -> str:
    """Store a published timetable, a third of its dialogues with three sessions; return the address of its page."""
    from django.utils import timezone

    from merida.foundation.registry.models import State
    from merida.review.synergies.models import CyclePlan, PlannedReview
    from merida.review.synergies.plan_rests import rest_days_of
    from merida.review.synergies.plan_rules import Rules

    like = CyclePlan.objects.filter(is_sample=True).first()
    rules = Rules(capacity=30, desk_lengths=(8, 12, 16), report_lengths=(8, 10, 14))
    now, first = timezone.now(), date(2027, 1, 4)
    made = CyclePlan.objects.create(
        titles={"en": "Sample"},
        mechanism=like.mechanism,
        first_monday=first,
        weeks=290,
        settings=rules.kept(),
        state="PUBLISHED",
        published_at=now,
        is_sample=True,
    )
    states = list(State.objects.order_by("iso3")[:REVIEWS])
    for place, state in enumerate(states):
        visit, parted = first + (20 + place) * WEEK, place % 3 == 0
        review = PlannedReview.objects.create(
            plan=made,
            code=f"{state.iso3}-2027",
            state=state,
            language="en",
            earliest_date=visit,
            latest_date=visit + 40 * WEEK,
            desk_first_date=visit - 12 * WEEK,
            visit_first_date=visit,
            visit_last_date=visit + timedelta(days=2),
            report_last_date=visit + 10 * WEEK + timedelta(days=6),
            form="VIRTUAL" if parted else "VISIT",
            later_weeks=[2, 4] if parted else [],
            published_at=now,
            opened_by_text="sample",
        )
        review.reviewers.set([states[(place + step) % REVIEWS] for step in (5, 9)])
    made.rest_days = {state: [day.isoformat() for day in days] for state, days in rest_days_of(made).items()}
    made.save()
    return f"/en/timetables/{made.uuid}/"


if __name__ == "__main__":
    main()
