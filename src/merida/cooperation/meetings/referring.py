"""Which confirmed record each conclusion of a meeting is told by. Pure.

A conclusion is what was read in the report; the record in the observatory is what a person confirmed of it. They
belong together where place, words and rule are the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A conclusion or a record by its key, with what tells that both are the same."""

    key: int
    place: str
    words: str
    rule: str
    addressee: str


def records_of(conclusions: Iterable[Said], records: Iterable[Said]) -> Mapping[int, int]:
    """Return the record's key for each conclusion that has one; every record belongs to at most one.

    Of several at one place those with the same addressee belong together first, the others in order.
    """
    waiting: dict[tuple[str, str, str], list[Said]] = defaultdict(list)
    for record in records:
        waiting[record.place, record.words, record.rule].append(record)
    found: dict[int, int] = {}
    left: list[tuple[Said, list[Said]]] = []
    for one in conclusions:
        held = waiting.get((one.place, one.words, one.rule), [])
        same = next((record for record in held if record.addressee == one.addressee), None)
        if same is None:
            left.append((one, held))
        else:
            held.remove(same)
            found[one.key] = same.key
    for one, held in left:
        if held:
            found[one.key] = held.pop(0).key
    return found
