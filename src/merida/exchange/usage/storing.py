"""From memory into the database: sums by day, in one transaction of a few milliseconds.

Counts are not records: no change is written, which would make every kept page old at every page read.
"""

import logging
import time
from datetime import date
from multiprocessing.util import Finalize

from django.db import DatabaseError, connection, transaction
from django.utils.crypto import salted_hmac

from merida.exchange.usage.models import SoughtWords
from merida.exchange.usage.tally import Taken, Tally, quarter_of

TALLY = Tally()  # of this process
OFTEN = 5  # different days of a quarter on which words must be asked before they are kept
MOST_ROWS = 20_000  # digests of a quarter
LAST = 10  # when a process ends: after whatever may still count

_ADD = """
INSERT INTO usage_daycount (day_date, kind, page, country, count) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (day_date, kind, page, country) DO UPDATE SET count = usage_daycount.count + excluded.count
"""
_SOUGHT = """
INSERT INTO usage_soughtwords (quarter_date, digest, days, last_date, words) VALUES (%s, %s, 1, %s, '')
ON CONFLICT (quarter_date, digest) DO UPDATE SET
days = usage_soughtwords.days + CASE WHEN usage_soughtwords.last_date < excluded.last_date THEN 1 ELSE 0 END,
last_date = CASE WHEN usage_soughtwords.last_date < excluded.last_date
            THEN excluded.last_date ELSE usage_soughtwords.last_date END
"""
_log = logging.getLogger(__name__)
_at_the_end: list[Finalize] = []


def store(tally: Tally = TALLY) -> bool:
    """Add what a tally holds to the database; False where the database refused: then it is held on."""
    taken = tally.take()
    if not taken.counts and not taken.sought:
        return True
    try:
        with transaction.atomic():
            _add(taken)
    except DatabaseError as error:
        tally.put_back(taken, now=time.monotonic())
        _log.warning("counts of use could not be stored, they are held: %s", error)
        return False
    return True


def store_when_due(**_signal: object) -> None:
    """Store once enough was counted or enough time went by. Runs after an answer was sent."""
    if TALLY.due(time.monotonic()):
        store()


def store_at_the_end() -> None:
    """Have this process store what it holds when it ends in order; called once or often."""
    if not _at_the_end or not _at_the_end[0].still_active():
        # Not ``atexit``: a child of ``multiprocessing``, as a web worker is, ends without it.
        _at_the_end[:] = [Finalize(None, store, exitpriority=LAST)]


def digest_of(words: str, quarter: date) -> str:
    """Return the digest of words within a quarter. Its key is the secret of the installation, not in the database."""
    return salted_hmac(f"merida.usage.{quarter.isoformat()}", words, algorithm="sha256").hexdigest()


def _add(taken: Taken) -> None:
    sought = sorted((day, quarter_of(day), words) for day, words in taken.sought)
    digests = [(day, quarter, digest_of(words, quarter)) for day, quarter, words in sought]
    words_of = dict(zip((one[2] for one in digests), (one[2] for one in sought), strict=True))
    with connection.cursor() as cursor:
        # In one order, so that two workers never wait for each other.
        cursor.executemany(_ADD, [(*key, count) for key, count in sorted(taken.counts.items())])
        if sought and SoughtWords.objects.count() < MOST_ROWS:
            cursor.executemany(_SOUGHT, sorted((quarter, digest, day) for day, quarter, digest in digests))
    for often in SoughtWords.objects.filter(digest__in=words_of, days__gte=OFTEN, words="") if words_of else ():
        often.words = words_of[often.digest]
        often.save(update_fields=["words"])
    if sought:  # what never became frequent is forgotten with its quarter
        SoughtWords.objects.filter(quarter_date__lt=max(one[1] for one in sought), words="").delete()
