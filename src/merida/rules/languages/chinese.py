"""Chinese by overlapping two-character tokens; a word is asked for as the phrase of its tokens.

Where a pair of characters would read as a word across the border of two others (国会 inside 缔约国会议), the border is
protected: the pair is written with a bar ("国¦会") and no longer answers to the false word. The list of borders is
data, since it is knowledge about texts and not about code.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# The bar of a token is none of ASCII, so that every tokenizer of bytes keeps it inside the word.
BAR = "¦"
_BAR_IN_FILE = "|"
Borders = dict[str, frozenset[int]]


def parse_borders(text: str) -> Borders:
    """Lines such as "缔约国|会议" to {"缔约国会议": {3}}; "#" opens a comment. A word without a bar protects itself.

    Raises ValueError with the line number when a line holds more than one word.
    """
    borders: Borders = {}
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        if len(line.split()) > 1:
            raise ValueError(f"word borders, line {number}: one word a line, found {line!r}")
        pieces = line.split(_BAR_IN_FILE)
        borders["".join(pieces)] = frozenset(sum(map(len, pieces[:i])) for i in range(1, len(pieces)))
    return borders


@cache
def _borders() -> tuple[Borders, re.Pattern[str]]:
    borders = parse_borders((files("merida.data") / "search" / "chinese_borders.txt").read_text(encoding="utf-8"))
    longest_first = sorted(borders, key=len, reverse=True)
    return borders, re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def pairs(run: str) -> list[str]:
    """The tokens of a run of Chinese characters, one at each character; the last one is that character alone.

    So a single character is found as a prefix ("法" begins a token wherever it stands).
    """
    found = [run[i : i + 2] for i in range(len(run))]
    borders, pattern = _borders()
    for match in pattern.finditer(run):
        for border in borders[match.group()]:
            at = match.start() + border
            found[at - 1] = run[at - 1] + BAR + run[at]
    return found
