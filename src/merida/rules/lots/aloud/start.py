"""Digests, and numbers from the seed."""

import contextlib
import hashlib
import json
import struct
from collections.abc import Iterator
from typing import Any

Stream = Iterator[int]


class WrongError(Exception):
    """What is wrong, and where."""


@contextlib.contextmanager
def at(where: str) -> Iterator[None]:
    """Name the place of an error."""
    try:
        yield
    except WrongError:
        raise
    except Exception as error:
        raise WrongError(f"{where}: something is missing or wrong ({error!r})") from error


def same(where: str, found: Any, right: Any = True) -> None:
    """Name the first place that differs."""
    if found is right:
        return
    kinds = {type(found), type(right)}
    if kinds == {list}:
        same(where, dict(enumerate(found, 1)), dict(enumerate(right, 1)))
    elif kinds == {dict}:
        for name in {**right, **found}:
            same(f"{where}.{name}".lstrip("."), found.get(name), right.get(name))
    elif repr(found) != repr(right):
        raise WrongError(f"{where}: the record says {found!r}, right is {right!r}")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """No name twice."""
    same("names", len(pairs), len(dict(pairs)))
    return dict(pairs)


def digest(value: Any) -> str:
    """SHA-256 of the one spelling."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def numbers(seed: str, label: str) -> Stream:
    """Four of each digest."""
    for counter in range(2**64):
        yield from struct.unpack(">4Q", hashlib.sha256(f"{seed} {label} {counter}".encode()).digest())


def below(bound: int, stream: Stream) -> int:
    """A number from 0 to bound less 1."""
    # full rounds only favour none
    return next(number for number in stream if number < 2**64 - 2**64 % bound) % bound


def shuffled(items: list[Any], stream: Stream) -> list[Any]:
    """From the last down, swap with one at or below."""
    order = list(items)
    for last in reversed(range(1, len(order))):
        other = below(last + 1, stream)
        order[last], order[other] = order[other], order[last]
    return order
