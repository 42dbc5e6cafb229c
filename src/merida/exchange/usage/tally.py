"""What a worker has counted and not yet stored. Pure: time is an argument."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

STORED_AFTER = 15.0  # seconds
STORED_AT = 200  # pages
LONGEST_WORDS = 80
MOST_SOUGHT = 500  # different words held at once; more are only counted
LOOKS_PERSONAL = re.compile(r"@|\d{6,}|\d(?:[ ./-]?\d){8,}")  # addresses of e-mail, telephone and document numbers

Key = tuple[date, str, str, str]  # day, kind, page, country


@dataclass(frozen=True, slots=True)
class Taken:
    """Counts by day, kind, page and country; days and words that found nothing."""

    counts: Counter[Key] = field(default_factory=Counter)
    sought: frozenset[tuple[date, str]] = frozenset()


class Tally:
    """Counts held in memory until they are taken, by any thread."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.counts: Counter[Key] = Counter()
        self.sought: set[tuple[date, str]] = set()
        self.asked, self.since = 0, 0.0

    def add(self, day: date, seen: Iterable[tuple[str, str, str]], *, now: float, sought: str = "") -> None:
        """Count what one request was: kind, page and country each. ``now`` in seconds, of any clock that only rises."""
        with self.lock:
            if not self.asked:
                self.since = now
            self.asked += 1
            for kind, page, country in seen:
                self.counts[day, kind, page, country] += 1
            if sought and len(self.sought) < MOST_SOUGHT:
                self.sought.add((day, sought))

    def due(self, now: float) -> bool:
        """Whether it is time to store."""
        return bool(self.asked) and (self.asked >= STORED_AT or now - self.since >= STORED_AFTER)

    def take(self) -> Taken:
        """Return what was counted, and begin anew."""
        with self.lock:
            taken = Taken(self.counts, frozenset(self.sought))
            self.counts, self.sought, self.asked = Counter(), set(), 0
            return taken

    def put_back(self, taken: Taken, *, now: float) -> None:
        """Hold what could not be stored; it is tried again after the usual time."""
        with self.lock:
            self.counts.update(taken.counts)
            self.sought |= set(sorted(taken.sought)[: max(0, MOST_SOUGHT - len(self.sought))])
            self.asked, self.since = 1, now


def plain_words(text: str) -> str:
    """Return the words of a search as they are compared, ``""`` where they may not be kept.

    Long texts and what looks like an address or a number of a person never are.
    """
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    kept = 0 < len(words) <= LONGEST_WORDS and words.isprintable() and not LOOKS_PERSONAL.search(words)
    return words if kept else ""


def quarter_of(day: date) -> date:
    """Return the first day of the quarter of the year."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
