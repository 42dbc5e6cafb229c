"""A database of the size that merida is made for: 100,000 paragraphs in six languages, stored as real ones are.

    MERIDA_DATA=… python benchmarks/world.py [--paragraphs 100000]

Documents of 100 paragraphs with headings, from the seeded texts of ``corpus.py``; every name in them is recognised by
the reader itself. A second run continues where the first one stopped.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merida.exchange.ingest.record import Structure

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / part) for part in ("src", ".")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "merida.config.settings")

PARAGRAPHS = 100_000
IN_A_DOCUMENT = 100
UNDER_A_HEADING = 10
FIRST_YEAR, YEARS = 2010, 15


def structures(total: int) -> Iterator[tuple[str, Structure]]:
    """Yield a name and a structure for each document of ``total`` paragraphs."""
    from benchmarks.corpus import paragraphs

    waiting: dict[str, list[str]] = defaultdict(list)
    numbers = itertools.count(1)
    for entry in paragraphs(total):
        waiting[entry.language].append(entry.text)
        if len(waiting[entry.language]) == IN_A_DOCUMENT:
            number = next(numbers)
            yield f"sample-{number:05}.txt", structure(number, entry.language, waiting.pop(entry.language))


def structure(number: int, language: str, texts: list[str]) -> Structure:
    """Return a document's structure: a masthead, a heading for every ten paragraphs."""
    from merida.exchange.ingest.record import Heading, Masthead, Paragraph, Structure

    year = FIRST_YEAR + number % YEARS
    starts = range(1, len(texts) + 1, UNDER_A_HEADING)
    headings = [
        Heading(f"h:{n}", 1, str(n), f"Part {n} of sample {number}", str(start), f"{n}.", start)
        for n, start in enumerate(starts, 1)
    ]
    return Structure(
        masthead=Masthead(
            symbol=f"CAC/COSP/SAMPLE/{year}/{number}",
            language=language,
            date=f"{year}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            title=f"Sample {number}",
        ),
        headings=tuple(headings),
        paragraphs=tuple(
            Paragraph(str(n), str(n), text, headings[(n - 1) // UNDER_A_HEADING].at, f"{n}.", n)
            for n, text in enumerate(texts, 1)
        ),
    )


def fill(total: int) -> int:
    """Store what is not there yet; return how many documents were stored."""
    from django.conf import settings
    from django.db import transaction

    from merida.exchange.ingest.reading import recognise_in
    from merida.exchange.ingest.record import Record
    from merida.exchange.ingest.storing import Filing, held_version, store_record
    from merida.foundation.access.visibility import SYSTEM

    settings.SEAL_AFTER_COMMIT = False  # sealed once, at the end
    stored, started = 0, time.monotonic()
    for name, found in structures(total):
        content = "\n\n".join(each.text for each in found.paragraphs).encode()
        filing = Filing(name, content, hashlib.sha256(content).hexdigest(), "PUBLIC", None, "")
        if held_version(SYSTEM, filing):
            continue
        record = Record(name, "utf-8", found, tuple(recognise_in(found)))
        with transaction.atomic():
            store_record(SYSTEM, record, filing)
        stored += 1
        if stored % 50 == 0:
            print(
                f"{stored} documents, {stored * IN_A_DOCUMENT / (time.monotonic() - started):.0f} paragraphs/s",
                flush=True,
            )
    return stored


def main() -> int:
    """Set up, fill, seal, and say how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS)
    asked = parser.parse_args()
    import django

    django.setup()
    from merida.foundation.changes.sealing import seal_all
    from merida.interfaces.commands.demo import steps
    from merida.knowledge.documents.models import Mention, Paragraph

    for done in steps():
        print(f"{done.step}: {done.words}")
    print(f"{fill(asked.paragraphs)} documents stored, {seal_all()} changes sealed")
    print(f"{Paragraph.objects.filter(kind='PARAGRAPH').count()} paragraphs, {Mention.objects.count()} mentions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
