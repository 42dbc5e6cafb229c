"""How long the draft of a report takes: a database of its own, N activities in a document, English and Chinese.

    python benchmarks/report.py [--activities 500] [--data DIR]

Prints seconds for the first draft, for drafting again (one paragraph in ten edited), for the .docx, and for the pure
part alone.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

TYPES = ("WORKSHOP", "TRAINING", "MEETING", "PRESENTATION", "CONFERENCE", "TECHNICAL_ASSISTANCE")
TITLES = ("Judges", "Sport", "Universities", "Procurement", "Parliaments", "Women", "Journalists", "Private sector")
GOAL = 2.0  # seconds


def timed(name: str, deed: Callable[[], object], times: int = 3) -> float:
    """Run ``deed`` some times and print the best and the worst."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        deed()
        taken.append(time.perf_counter() - start)
    print(f"{name:32} {min(taken):7.3f} to {max(taken):6.3f} s")
    return min(taken)


def fill(count: int) -> None:
    """Make one public document that tells ``count`` activities, one a paragraph."""
    from merida.foundation.files.models import StoredFile
    from merida.foundation.registry.models import State
    from merida.knowledge.documents.models import Document, Heading, Paragraph, Version
    from merida.knowledge.observatory.models import Activity

    document = Document.objects.create(slug="made-up", symbol="SAMPLE/1", published_at="2020-03-01T00:00:00Z")
    file = StoredFile.objects.create(digest="0" * 64, size=1, media_type="text/plain", name="made-up.txt")
    version = Version.objects.create(
        document=document, language="en", file=file, text_digest="0" * 64, reader="made up", paragraph_count=count
    )
    headings = [
        Heading.objects.create(version=version, position=at, level=1, title=title, place=f"h:{at}")
        for at, title in enumerate(TITLES)
    ]
    states = list(State.objects.order_by("iso3"))
    for number in range(1, count + 1):
        heading = headings[number * len(headings) // (count + 1)]
        paragraph = Paragraph.objects.create(
            version=version, position=100 + number, place=str(number), heading=heading, text="Made up."
        )
        month = number % 4
        first = date(2019 + (month > 1), (11, 12, 1, 2)[month], 1)
        last = date(first.year, first.month, 28)
        one = Activity.objects.create(
            version=version, paragraph=paragraph, place=str(number), words="Made up.", type=TYPES[number % len(TYPES)],
            from_date=first, to_date=last, precision="MONTH",
        )  # fmt: skip
        one.states.set([states[number % len(states)]])


def measure() -> bool:
    from django.db import transaction

    from merida.cooperation.mandates.report_actions import draft_report, edit_part, redraft_report
    from merida.cooperation.mandates.report_queries import parts_of
    from merida.cooperation.mandates.report_records import names_in, period_of, records_of
    from merida.exchange.outputs.report_sheet import report_file
    from merida.foundation.access.visibility import SYSTEM
    from merida.rules.drafting.outline import draft

    def made(language: str):
        days = {"first_date": date(2019, 11, 1), "last_date": date(2020, 2, 29)}
        return draft_report(SYSTEM, title="Made up", language=language, resolutions=["COSP 8/8"], **days)

    slowest = max(timed(f"draft, {language}", lambda language=language: made(language)) for language in ("en", "zh"))
    report = made("en")
    paragraphs = [one for one in parts_of(report) if not one.level]
    with transaction.atomic():
        for one in paragraphs[::10]:
            edit_part(SYSTEM, one, text="Other words.", seen_revision=one.revision)
    timed("draft again", lambda: redraft_report(SYSTEM, report))
    timed(".docx", lambda: report_file(SYSTEM, report, parts_of(report)))
    records, names = records_of(report), names_in("en")
    timed("rules alone", lambda: draft(records, period=period_of(report), language="en", names=names))
    print(f"{len(records.activities)} activities, {len(paragraphs)} paragraphs")
    return slowest <= GOAL


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--activities", type=int, default=500)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    os.environ["MERIDA_DATA"] = str(given.data or tempfile.mkdtemp(prefix="merida-report-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "merida.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from merida.foundation.access.visibility import SYSTEM
    from merida.foundation.registry.actions import load_reference_data

    load_reference_data(SYSTEM)
    fill(given.activities)
    return 0 if measure() else 1


if __name__ == "__main__":
    raise SystemExit(main())
