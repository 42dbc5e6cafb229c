"""The six set relations between two provisions: their inverse, and what follows from two of them.

The vocabulary is that of the OSCAL control mapping model (NIST), which follows the set theory of NIST IR 8477. A
relation is read from left to right: ``SUBSET`` says that what the left asks lies within what the right asks.
"""

from enum import StrEnum
from typing import Final


class Relation(StrEnum):
    """How what one provision asks relates to what another asks.

    EQUAL: the same in nearly the same words. EQUIVALENT: the same in other words. NONE: it looks alike and is not,
    a false friend; nothing is ever suggested through it.
    """

    EQUAL = "EQUAL"
    EQUIVALENT = "EQUIVALENT"
    SUBSET = "SUBSET"
    SUPERSET = "SUPERSET"
    INTERSECTS = "INTERSECTS"
    NONE = "NONE"


SAME: Final = frozenset({Relation.EQUAL, Relation.EQUIVALENT})
_INVERSES: Final = {Relation.SUBSET: Relation.SUPERSET, Relation.SUPERSET: Relation.SUBSET}
_FOLLOWS: Final = {
    (Relation.SUBSET, Relation.SUBSET): Relation.SUBSET,
    (Relation.SUPERSET, Relation.SUPERSET): Relation.SUPERSET,
    (Relation.SUBSET, Relation.NONE): Relation.NONE,
    (Relation.NONE, Relation.SUPERSET): Relation.NONE,
}


def inverse(relation: Relation) -> Relation:
    """Return the relation read from right to left."""
    return _INVERSES.get(relation, relation)


def compose(first: Relation, second: Relation) -> Relation | None:
    """Return what holds between A and C when ``first`` holds between A and B and ``second`` between B and C.

    None where nothing follows. Nothing ever follows through an intersection: two provisions that each share something
    with a third need share nothing with each other.
    """
    if first in SAME and second in SAME:
        return Relation.EQUAL if first == second == Relation.EQUAL else Relation.EQUIVALENT
    if first in SAME:
        return None if second == Relation.INTERSECTS else second
    if second in SAME:
        return None if first == Relation.INTERSECTS else first
    return _FOLLOWS.get((first, second))


def agree(one: Relation, other: Relation) -> bool:
    """Whether two relations between the same provisions can both be right: the same, in these or other words."""
    return one == other or (one in SAME and other in SAME)
