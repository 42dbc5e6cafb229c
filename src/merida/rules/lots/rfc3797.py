"""The selection of RFC 3797 itself, sections 4 and 5: the pattern that the seed of a draw follows.

The memo hashes with MD5; :func:`selected` takes that only to reproduce its worked example, SHA-256 otherwise.
"""

import hashlib
from collections.abc import Sequence

from merida.rules.lots.procedure.chance import seed_key


def selected(values: Sequence[Sequence[int]], *, pool: int, count: int, original: bool = False) -> list[int]:
    """Return the ``count`` numbers chosen from 1 to ``pool``, in the order of choice; ``original``: with MD5."""
    key = seed_key([list(one) for one in values]).encode()
    left, chosen = list(range(1, pool + 1)), list[int]()
    for turn in range(min(count, pool)):
        mark = turn.to_bytes(2, "big")
        chosen.append(left.pop(hashed(mark + key + mark, original=original) % len(left)))
    return chosen


def hashed(text: bytes, *, original: bool) -> int:
    """Return the hash as a whole number."""
    made = hashlib.md5(text, usedforsecurity=False) if original else hashlib.sha256(text)
    return int.from_bytes(made.digest(), "big")
