"""Stretches of text: what is taken already, and where a slow pattern is worth trying."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Protocol, TypeVar


class Span(Protocol):
    """Anything with a start and an end in a text."""

    @property
    def start(self) -> int:
        """First sign."""
        ...

    @property
    def end(self) -> int:
        """Behind the last sign."""
        ...


T = TypeVar("T", bound=Span)
_start = attrgetter("start")
_FEW = 6  # spans that are sooner compared than sorted


def _touches(span: Span, limits: Iterable[tuple[int, int]]) -> bool:
    start, end = span.start, span.end
    for low, high in limits:  # noqa: SIM110 - asked of every mention, and a loop takes half the time
        if low < end and start < high:
            return True
    return False


def outside(spans: Iterable[T], taken: Sequence[Span]) -> list[T]:
    """The spans that touch none of the taken ones; fast for thousands of both."""
    asked = list(spans)
    if not taken or not asked:
        return asked
    if len(taken) <= _FEW:
        limits = [(span.start, span.end) for span in taken]
        return [span for span in asked if not _touches(span, limits)]
    ordered = sorted(taken, key=_start)
    starts = [span.start for span in ordered]
    reach = list(accumulate((span.end for span in ordered), max))
    kept = []
    for span in asked:
        before = bisect_left(starts, span.end)
        if not before or reach[before - 1] <= span.start:
            kept.append(span)
    return kept


def beginning_with(words: Iterable[str], patterns: Iterable[tuple[str, str]] = ()) -> re.Pattern[str]:
    """Words, and patterns given as first sign and rest, in a form that lets the search leap to their first signs.

    An alternation of its own would be tried at every place of the text.
    """
    rests: dict[str, list[str]] = {}
    for first, rest in [*((word[0], re.escape(word[1:])) for word in sorted(words)), *patterns]:
        rests.setdefault(first, []).append(rest)
    branches = "|".join(f"(?<={re.escape(first)})(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile(f"[{''.join(map(re.escape, rests))}](?:{branches})")


def windows(text: str, trigger: re.Pattern[str], *, before: int, after: int) -> Iterator[tuple[int, int]]:
    """Stretches around the words without which a pattern cannot match, joined where they touch."""
    low = high = -1
    for match in trigger.finditer(text):
        start, end = max(0, match.start() - before), min(len(text), match.end() + after)
        if start <= high:
            high = end
            continue
        if high >= 0:
            yield low, high
        low, high = start, end
    if high >= 0:
        yield low, high
