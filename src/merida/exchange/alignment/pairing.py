"""Paragraphs of two language versions laid level: by their numbers, and where these fail by order and what they name.

Pure. After Gale and Church (1993), who lay sentences level by length; here the facts that a paragraph names, which are
the same in every language, weigh more than its length.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

SAME_NUMBER = 4.0
SAME_FACTS = 3.0
LIKE_LENGTH = 1.0
ALONE = -0.5  # a paragraph that has none beside it
MOST_CELLS = 4_000_000  # of the table that is filled; beyond it numbers alone decide


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of one version: how it is cited, what it names, how long it is as a share of its text."""

    place: str
    named: frozenset[Hashable]
    share: float

    @property
    def is_numbered(self) -> bool:
        """Whether the number is printed; places of unnumbered paragraphs are only counted."""
        return self.place[:1].isdigit()


Pair = tuple[str, str]  # places; "" where the other version has nothing there


def level(one: Sequence[Passage], other: Sequence[Passage]) -> list[Pair]:
    """Return the pairs in the order of the text; every passage of both stands in exactly one pair.

    Where both print the same numbers, each once, these decide. Otherwise the pairs that fit best in order.
    """
    ours, theirs = [each.place for each in one], [each.place for each in other]
    if ours == theirs and all(each.is_numbered for each in one) and len(set(ours)) == len(ours):
        return list(zip(ours, theirs, strict=True))
    if len(one) * len(other) > MOST_CELLS:
        return _by_number(ours, theirs)
    return _best(one, other)


def _by_number(ours: Sequence[str], theirs: Sequence[str]) -> list[Pair]:
    there = set(theirs)
    here = set(ours)
    return [(place, place if place in there else "") for place in ours] + [("", p) for p in theirs if p not in here]


def _best(one: Sequence[Passage], other: Sequence[Passage]) -> list[Pair]:
    width = len(other) + 1
    worth = [[ALONE * column for column in range(width)]]
    for row, passage in enumerate(one, 1):
        above, line = worth[-1], [ALONE * row]
        for column, candidate in enumerate(other, 1):
            beside = above[column - 1] + likeness(passage, candidate)
            line.append(max(beside, above[column] + ALONE, line[-1] + ALONE))
        worth.append(line)
    pairs: list[Pair] = []
    row, column = len(one), len(other)
    while row or column:
        here = worth[row][column]
        if row and column and here == worth[row - 1][column - 1] + likeness(one[row - 1], other[column - 1]):
            row, column = row - 1, column - 1
            pairs.append((one[row].place, other[column].place))
        elif row and here == worth[row - 1][column] + ALONE:
            row -= 1
            pairs.append((one[row].place, ""))
        else:
            column -= 1
            pairs.append(("", other[column].place))
    return pairs[::-1]


def likeness(one: Passage, other: Passage) -> float:
    """Return how well two passages fit: their numbers, what they name, their lengths; below 0 they do not."""
    found = 0.0
    if one.is_numbered and other.is_numbered:
        found += SAME_NUMBER if one.place == other.place else -SAME_NUMBER
    both = one.named | other.named
    if both:
        found += SAME_FACTS * (2 * len(one.named & other.named) / len(both) - 1)
    longer = max(one.share, other.share)
    return found + (LIKE_LENGTH * (2 * min(one.share, other.share) / longer - 1) if longer else 0.0)
