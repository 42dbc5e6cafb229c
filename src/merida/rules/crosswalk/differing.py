"""What differs between two sets of provisions as far as recorded facts tell it; no text is guessed at. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from merida.rules.crosswalk.consistency import Item
from merida.rules.crosswalk.relations import Relation


class Way(StrEnum):
    """In which way two sets differ."""

    OBLIGATION = "OBLIGATION"  # one binds more strongly than the other
    LEVEL = "LEVEL"  # a paragraph beside a whole article
    NUMBER = "NUMBER"  # several provisions together on a side
    NARROWER = "NARROWER"  # what the first asks is part of what the second asks
    WIDER = "WIDER"
    PARTLY = "PARTLY"


@dataclass(frozen=True, slots=True)
class Derived:
    """One difference; ``here`` and ``there`` are the codes or counts of the two sides where it has any."""

    way: Way
    here: str = ""
    there: str = ""


_SCOPE = {Relation.SUBSET: Way.NARROWER, Relation.SUPERSET: Way.WIDER, Relation.INTERSECTS: Way.PARTLY}


def derived_differences(here: Sequence[Item], relation: Relation, there: Sequence[Item]) -> list[Derived]:
    """Return what the facts say, the weightiest first; empty where they say nothing, or nothing is alike at all.

    A fact counts only where it is known of every provision of both sides and the same within each.
    """
    if relation == Relation.NONE or not here or not there:
        return []
    found = []
    for way, name in ((Way.OBLIGATION, "obligation"), (Way.LEVEL, "level")):
        one, other = _common(here, name), _common(there, name)
        if one and other and one != other:
            found.append(Derived(way, one, other))
    if relation in _SCOPE:
        found.insert(0, Derived(_SCOPE[relation]))
    if len(here) != len(there):
        found.append(Derived(Way.NUMBER, str(len(here)), str(len(there))))
    return found


def _common(items: Sequence[Item], name: str) -> str:
    values = {str(getattr(item, name)) for item in items}
    return values.pop() if len(values) == 1 else ""
