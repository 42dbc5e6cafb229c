"""Who is a party to an instrument on a day, from what States did about it. Pure.

A State counts from the day on which it deposited its instrument of ratification, accession or the like (the
United Nations count parties so), not from the entry into force for it thirty days later.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

CONSENT_KINDS = frozenset({"RATIFICATION", "ACCESSION", "ACCEPTANCE", "APPROVAL", "SUCCESSION", "CONSENT"})


@dataclass(frozen=True, slots=True)
class Act:
    """What a State did about one instrument; ``day`` None: done, day not known."""

    state: str
    kind: str
    day: date | None


def parties(acts: Iterable[Act], at: date) -> frozenset[str]:
    """States bound on the day ``at``: consent given on or before it, or on a day not known, and not withdrawn since."""
    last: dict[str, tuple[date, bool]] = {}
    for act in acts:
        day = act.day or date.min
        if day > at or (act.kind not in CONSENT_KINDS and act.kind != "WITHDRAWAL"):
            continue
        bound = act.kind in CONSENT_KINDS
        if act.state not in last or day >= last[act.state][0]:
            last[act.state] = (day, bound)
    return frozenset(state for state, (_, bound) in last.items() if bound)


def signatories(acts: Iterable[Act], at: date) -> frozenset[str]:
    """States that signed on or before ``at``, parties or not."""
    return frozenset(act.state for act in acts if act.kind == "SIGNATURE" and (act.day or date.min) <= at)


def year_ends(acts: Iterable[Act], *, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The number of parties on 31 December of each year from ``first`` to ``last``."""
    known = list(acts)
    for year in range(first, last + 1):
        yield year, len(parties(known, date(year, 12, 31)))
