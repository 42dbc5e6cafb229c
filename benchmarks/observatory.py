"""How fast the page of a theme with 10,000 activities comes, in one process and without what is kept for the public.

    python benchmarks/observatory.py [--activities 10000] [--requests 40]

Fills a fresh data directory: reference data, 200 documents of made-up paragraphs, the activities spread over States,
types, 20 years and the branch of one theme, with 160 figures, practices and recommendations each. Prints p50 and p95
in ms of the theme's page, the same narrowed by State, and the feed, each request with another address, the median of
processor time in ms, and the number of queries.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parents[1]
DOCUMENTS, YEARS, BATCH = 200, 20, 1000
PLACES = {
    "theme": "/en/observatory/themes/{slug}/?page={number}",
    "theme, State": "/en/observatory/themes/{slug}/?state={state}&since={year}",
    "all": "/en/observatory/?since={year}&page={number}",
    "feed": "/en/observatory/feed.atom?since={year}",
}


def main() -> int:
    """Fill and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=40, help="of each page (default 40)")
    asked = parser.parse_args()
    sys.path.insert(0, str(SOURCES / "src"))
    with tempfile.TemporaryDirectory(prefix="merida-benchmark-") as folder:
        os.environ |= {"MERIDA_DATA": folder, "DJANGO_SETTINGS_MODULE": "merida.config.settings"}
        slug = filled(asked.activities)
        measure(slug, asked.requests)
    return 0


def filled(count: int) -> str:
    """Fill the database; return the slug of the theme."""
    import django

    django.setup()
    from django.core.management import call_command

    from merida.foundation.access.visibility import SYSTEM
    from merida.foundation.registry.actions import load_reference_data
    from merida.foundation.registry.models import State
    from merida.knowledge.observatory.models import Activity, ActivityType
    from merida.knowledge.observatory.narrowing import branch_of, themes_known
    from merida.knowledge.observatory.theme_rows import load_themes

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    load_reference_data(SYSTEM)
    load_themes(SYSTEM)
    chance = random.Random(1)
    scheme = themes_known()
    broad = next(one for one in scheme if any(each.broader_id == one.pk for each in scheme))
    inside = [one.pk for one in scheme if one.code in branch_of(broad, scheme)]
    paragraphs, states = _documents(), list(State.objects.values_list("pk", flat=True))
    made = []
    for number in range(count):
        paragraph = paragraphs[number % len(paragraphs)]
        day = date(2005, 1, 1) + timedelta(days=chance.randrange(YEARS * 365))
        given: dict[str, Any] = {"from_date": day, "to_date": day, "precision": "DAY", "town": f"Town {number % 300}"}
        given |= {"type": chance.choice(ActivityType.values), "provisions": [f"UNCAC {chance.randrange(5, 60)}(1)"]}
        evidence = {"version_id": paragraph.version_id, "paragraph": paragraph, "place": paragraph.place}
        made.append(Activity(**given, **evidence, words=paragraph.text))
    Activity.objects.bulk_create(made, batch_size=BATCH)
    links: tuple[tuple[Any, str, list[int]], ...] = (
        (Activity.states.through, "state_id", states),
        (Activity.themes.through, "theme_id", inside),
    )
    for through, name, keys in links:
        rows = [through(activity_id=one.pk, **{name: chance.choice(keys)}) for one in made]
        through.objects.bulk_create(rows, batch_size=BATCH)
    _passages(paragraphs, inside, states)
    return broad.slug


def _passages(paragraphs: list[Any], themes: list[int], states: list[int]) -> None:
    """Figures, practices and recommendations of the same theme, as many of each as there are paragraphs in 25."""
    from merida.knowledge.observatory.models import Figure, GoodPractice, Recommendation

    fields: dict[Any, dict[str, Any]] = {
        Figure: {"value": "118", "counted": "officials trained", "as_of": "2019", "as_of_date": date(2019, 12, 31)},
        GoodPractice: {"provisions": ["UNCAC 13(1)"]},
        Recommendation: {"kind": "RECOMMENDATION", "addressee": "States parties"},
    }
    for model, given in fields.items():
        for number, one in enumerate(paragraphs[::25]):
            made = model.objects.create(version=one.version, paragraph=one, place=one.place, words=one.text, **given)
            made.themes.set([themes[number % len(themes)]])
            if model is GoodPractice:
                made.states.set([states[number % len(states)]])


def _documents() -> list[Any]:
    from django.utils import timezone

    from merida.foundation.files.models import StoredFile
    from merida.knowledge.documents.models import Document, Paragraph, Version

    now = timezone.now()
    for number in range(DOCUMENTS):
        titles, day = {"en": f"Sample report {number}"}, date(2005 + number % YEARS, 6, 1)
        document = Document.objects.create(
            slug=f"sample-{number}", symbol=f"SAMPLE/{number}", titles=titles, document_date=day, published_at=now
        )
        digest = f"{number:064x}"
        file = StoredFile.objects.create(digest=digest, size=1, media_type="text/plain", name=f"{number}.txt")
        version = Version.objects.create(
            document=document, language="en", file=file, text_digest=digest, reader="benchmark", paragraph_count=20
        )
        text = "A workshop on the implementation of the Convention was held for officials of several authorities."
        Paragraph.objects.bulk_create(
            Paragraph(version=version, position=at, place=str(at), text=f"{text} ({at})") for at in range(1, 21)
        )
    return list(Paragraph.objects.order_by("pk"))


def measure(slug: str, requests: int) -> None:
    """Ask for each page, every time with another address."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    states = ("GHA", "TON", "ALB", "KEN", "PER", "FJI", "NOR", "JPN")
    client = Client(headers={"host": "localhost"})
    print(f"{'page':16}{'p50 ms':>9}{'p95 ms':>9}{'processor':>11}{'queries':>9}{'kB':>7}")
    for name, place in PLACES.items():
        times, worked, size = [], [], 0
        for number in range(requests + 2):
            choice = {"slug": slug, "number": number + 1, "state": states[number % len(states)], "year": 1905 + number}
            begin, work = time.perf_counter(), time.process_time()
            response = client.get(place.format(**choice))
            times.append((time.perf_counter() - begin) * 1000)
            worked.append((time.process_time() - work) * 1000)
            if response.status_code != HTTPStatus.OK:
                raise SystemExit(f"{place.format(**choice)}: {response.status_code}")
            size = max(size, len(response.content))
        with CaptureQueriesContext(connection) as captured:
            client.get(place.format(slug=slug, number=requests + 5, state="USA", year=1990))
        warm = times[2:]  # the first two fill what every process keeps
        p95 = statistics.quantiles(warm, n=20)[18]
        middle, work = statistics.median(warm), statistics.median(worked[2:])
        print(f"{name:16}{middle:9.1f}{p95:9.1f}{work:11.1f}{len(captured):9}{size / 1000:7.0f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
