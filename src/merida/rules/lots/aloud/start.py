"""Digests, and numbers from the seed."""

import hashlib
import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

Stream = Iterator[int]


class WrongError(Exception):
    """What is wrong, and where."""


@contextmanager
def at(where: str) -> Iterator[None]:
    """Name the place where something is missing or of the wrong kind."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, OSError) as error:
        raise WrongError(f"{where}: something is missing or of the wrong kind ({error!r})") from error


def same(where: str, found: Any, right: Any) -> None:
    """Name the first place that differs."""
    if found is right:
        return
    if type(found) is type(right) is list:
        found, right = dict(enumerate(found, 1)), dict(enumerate(right, 1))
    if type(found) is type(right) is dict:
        for name in {**right, **found}:
            same(f"{where}.{name}", found.get(name), right.get(name))
    elif repr(found) != repr(right):
        raise WrongError(f"{where}: the record says {found!r}, right is {right!r}")


def digest(value: Any) -> str:
    """SHA-256 of the one spelling."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def stream_of(seed: str, label: str) -> Stream:
    """Numbers without end, four of each digest."""
    for counter in count():
        yield from struct.unpack(">4Q", hashlib.sha256(f"{seed} {label} {counter}".encode()).digest())


def below(bound: int, stream: Stream) -> int:
    """A number from 0 to bound less 1."""
    # those past the last full round would favour low numbers
    return next(number for number in stream if number < 2**64 - 2**64 % bound) % bound


def shuffled(items: list[Any], stream: Stream) -> list[Any]:
    """From the last place down, swap with one at or below."""
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        other = below(last + 1, stream)
        order[last], order[other] = order[other], order[last]
    return order
