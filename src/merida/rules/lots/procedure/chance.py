"""Canonical text, digest, seed, and numbers from a seed."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

FORMAT = "merida-draw/1"  # of records whose announcement names no format
SECOND = "merida-draw/2"
WORD = 1 << 64
Json = dict[str, Any]


class DrawError(ValueError):
    """The draw cannot be made, or the record cannot be read; the message says why."""


def canonical(value: object) -> bytes:
    """Return the one spelling of a value: keys sorted, no spaces, UTF-8; whole numbers, no fractions."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def seed_key(values: list[list[int]]) -> str:
    """Join the numbers of each public source as RFC 3797, section 4.1: sorted, a dot after each, then a slash."""
    return "".join("".join(f"{number}." for number in sorted(numbers)) + "/" for numbers in values)


class Stream:
    """Whole numbers from a seed: SHA-256 of ``seed label counter``, cut into words of 64 bits, first word first."""

    def __init__(self, seed: str, label: str) -> None:
        self.prefix, self.counter, self.words = f"{seed} {label} ", 0, list[int]()

    def below(self, bound: int) -> int:
        """Return a number from 0 to ``bound - 1``, each equally likely: words past the last full round are dropped."""
        limit = WORD - WORD % bound
        while True:
            if not self.words:
                block = hashlib.sha256(f"{self.prefix}{self.counter}".encode()).digest()
                self.words = [int.from_bytes(block[start : start + 8], "big") for start in (24, 16, 8, 0)]
                self.counter += 1
            word = self.words.pop()
            if word < limit:
                return word % bound

    def shuffled(self, items: list[Any]) -> list[Any]:
        """Return the items in a random order: from the last place down, swap with one at or below (Fisher-Yates)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the ones, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
