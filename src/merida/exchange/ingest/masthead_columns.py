"""Mastheads in two columns, as pages print them: the body at the left, symbol, date and language at the right."""

import re
from collections.abc import Sequence

from merida.exchange.ingest.lines import Line
from merida.exchange.ingest.marks import SYMBOL
from merida.exchange.ingest.masthead_words import DISTRIBUTION, ORIGINAL, languages_of
from merida.exchange.ingest.printed_dates import full_date

_GAP = re.compile(r"\s{3,}|\t+")
_SYMBOL = re.compile(rf"{SYMBOL}(?:\s?[-–—;,]\s?{SYMBOL})?")


def columns_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines with the fields of a right-hand column taken off, each as a line of its own after its left half."""
    apart: list[Line] = []
    for line in lines:
        left, right = columns_of(line.raw)
        if not right:
            apart.append(line)
            continue
        apart.append(Line(line.number, left, left, line.mark, line.gap))
        apart.append(Line(line.number, right, right, None, 0))
    return apart


def columns_of(raw: str) -> tuple[str, str]:
    """The column of bodies and titles, and the one of fields, "" without one; Arabic pages have the fields left."""
    gaps = list(_GAP.finditer(raw))
    if not gaps:
        return raw, ""
    left, right = raw[: gaps[-1].start()], raw[gaps[-1].end() :]
    if is_field(right):
        return left, right
    left, right = raw[: gaps[0].start()], raw[gaps[0].end() :]
    return (right, left) if is_field(left) else (raw, "")


def is_field(text: str) -> bool:
    """Whether a text is a symbol, a date, a language or a kind of distribution and nothing else."""
    known = DISTRIBUTION.match(text) or ORIGINAL.match(text) or _SYMBOL.fullmatch(text)
    return bool(known or languages_of(text) or full_date(text))
