"""What kind of activity a stretch of text tells: the deed weighs more than the name of the event it was done at."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from merida.rules.extraction.text import Span, Text, clause_starts, within
from merida.rules.extraction.word_lists import Grammar, TypeRule

_TOLD, _EVENTS, _HELP = ("DEED", "EVENT"), ("EVENT",), ("HELP",)
_OVERLAPPING = 4  # quote, title, name and clause can hold one another
_QUOTED = re.compile(r"“[^“”]*(?:”|$)")
_TITLES = re.compile(r"《[^《》]*(?:》|$)")


class Kind(NamedTuple):
    """A type's code, whether a deed, an event or a kind of help told it, and where."""

    code: str
    part: str
    start: int

    @property
    def rule(self) -> str:
        """The rule that told it."""
        return f"type.{self.part.lower()}.{self.code}"


def kind_of(text: Text, span: Span, grammar: Grammar) -> Kind | None:
    """The kind of what a stretch tells, None when no word tells; among words of equal weight the first.

    Deeds and events in plain words come first, then events inside quotes (the name of a conference), then help.
    Names of organisations and titles of texts never tell.
    """
    rules = grammar.types(text.text, *span)
    if not rules:
        return None
    lowered = _lowered(text.text)
    aside = _purposes(text.text, span, grammar)
    quotes = [match.span() for match in _QUOTED.finditer(text.text, *span)]
    titles = [match.span() for match in _TITLES.finditer(text.text, *span)]
    titles += [(m.start, m.end) for m in within(text.organisations, span)]
    told, named = sorted(titles + quotes), sorted(titles)
    found = _first(lowered, span, rules, _TOLD, sorted(told + aside) if aside else told)
    if not found and quotes:  # without quotes nothing is left to be found in them
        found = _first(lowered, span, rules, _EVENTS, sorted(named + aside) if aside else named)
    if not found:
        found = _first(lowered, span, rules, _HELP, told)
    return found or (_first(lowered, span, rules, _TOLD, told) if aside else None)


@lru_cache(maxsize=8)
def _lowered(text: str) -> str:
    """The text in lower case with every sign in its place; a few signs would become two, then it stays as it is."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _purposes(text: str, span: Span, grammar: Grammar) -> list[Span]:
    """Clauses that say what for: what is done there is hoped for, not told. The first clause is never one."""
    if not grammar.search("purpose", text, *span):
        return []
    starts = clause_starts(text, grammar, span)
    ends = [*starts[1:], span[1]]
    return [
        (start, end) for start, end in zip(starts[1:], ends[1:], strict=True) if grammar["purpose"].match(text, start)
    ]


def _touches(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a stretch touches one of some spans in order; of those before it the last few are asked."""
    at = bisect_left(spans, (end, end))
    return any(high > start for _, high in spans[max(0, at - _OVERLAPPING) : at])


def _first(
    text: str, span: Span, rules: Sequence[TypeRule], parts: tuple[str, ...], masked: Sequence[Span]
) -> Kind | None:
    best: Kind | None = None
    weight = ("", 0)
    for rule in rules:
        if best is not None and (rule.part, rule.rank) != weight:
            break
        if rule.part not in parts:
            continue
        for match in rule.pattern.finditer(text, *span):
            if _touches(masked, match.start(), match.end()):
                continue
            if best is None or match.start() < best.start:
                best, weight = Kind(rule.code, rule.part, match.start()), (rule.part, rule.rank)
            break
    return best
