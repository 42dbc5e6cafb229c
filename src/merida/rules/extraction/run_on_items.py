"""Lettered items that run on in the line of their paragraph: ``asks the office to: (a) collect laws; (b) report``."""

import re
from re import Match
from typing import NamedTuple

from merida.rules.extraction.text import Span
from merida.rules.extraction.word_lists import Grammar

_MARK = r"(?:[(（]([a-z]|[ivx]{2,4}|[一二三四五六七八九十])[)）]|([㈠-㈩]))\s{0,3}(?=\w)"
# Not "paragraph 1 (a) and (b)": a list opens behind a colon, a comma, "to", "that" or "should", and goes on behind
# a stop or an "and". In Chinese the first mark may stand right behind the one who is asked.
_OPENS = re.compile(
    r"(?:[:：,，]|\bto|\bthat|\bshould|(?<=[国方处组会室应]))\s{0,3}"
    r"(?:[(（](a|i|一)[)）]|(㈠))\s{0,3}(?=\w)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"(?:[;；,，.。](?:\s{{0,3}}(?:and|or)\b|[以并]?及|和|并|或)?|\s(?:and|or)\b|[以并]及|及|和)\s{{0,3}}{_MARK}"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_HAN, _RINGED = tuple("一二三四五六七八九十"), tuple("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_SERIES = {"a": _LETTERS, "i": _ROMAN, "一": _HAN, "㈠": _RINGED}


def may_list(text: str) -> bool:
    """Whether a text can hold a list that runs on; False is certain, and quick."""
    return any(first in text for first in ("(a)", "（a）", "(i)", "（i）", "(一)", "（一）", "㈠"))


def marks(text: str, start: int = 0) -> list[Match[str]]:
    """Where the items of the first list from ``start`` begin, in their order without a gap; [] where fewer than two.

    ``mark(match)`` is what stands in the brackets; the words of an item begin where its match ends.
    """
    for opens in _OPENS.finditer(text, start):
        series, found = _SERIES[mark(opens)], [opens]
        for match in _GOES_ON.finditer(text, opens.end()):
            if len(found) < len(series) and mark(match) == series[len(found)]:
                found.append(match)
        if found[1:]:
            return found
    return []


def mark(match: Match[str]) -> str:
    """The letter or number of an item."""
    return match[1] or match[2]


def mark_start(match: Match[str]) -> int:
    """Where the printed mark begins, its bracket with it."""
    return match.start(1) - 1 if match[1] else match.start(2)


class RunOnList(NamedTuple):
    """A list inside a paragraph: where its first mark is printed, and the words of its items without their marks."""

    begin: int
    items: tuple[Span, ...]


def run_on_lists(text: str, grammar: Grammar) -> tuple[RunOnList, ...]:
    """The lists of a paragraph, one after the other.

    The last item ends with its sentence, or where the sentence goes on to ask somebody else ("…; and requested …").
    """
    found, start = [], 0
    while opened := marks(text, start):
        stop = grammar["sentence_end"].search(text, opened[-1].end())
        start = stop.end() if stop else len(text)
        own = any(grammar["item_asks"].match(text, one.end()) for one in opened)
        further = None if own else grammar["asks_further"].search(text, opened[-1].end(), start)
        ends = [*(after.start() for after in opened[1:]), further.start() if further else start]
        items = tuple((one.end(), end) for one, end in zip(opened, ends, strict=True))
        found.append(RunOnList(mark_start(opened[0]), items))
    return tuple(found)
