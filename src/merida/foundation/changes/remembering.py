"""Reads that everybody may see, remembered until anything changes: ``@remembered``, ``@remembered_each``.

Reference data change a few times a year and are read for every page. What is remembered is good for as long as the
change log stands where it stood before the read; whoever gets it must not alter it.
"""

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.models.signals import post_migrate

from merida.foundation.changes.queries import latest_position

Given = ParamSpec("Given")
Found = TypeVar("Found")
Key = TypeVar("Key", bound=Hashable)

ROOM = 64  # answers kept of one function
ROOM_OF_KEYS = 2000  # things kept of one function that is asked for many at once
NOWHERE = -1
MISSING: Any = object()


class Memory:
    """The answers of one function at one position of the change log; the oldest go when there is no room."""

    def __init__(self, room: int = ROOM) -> None:
        self.room, self.position = room, NOWHERE
        self.answers: dict[Hashable, Any] = {}
        self.lock = Lock()

    def at(self, position: int) -> dict[Hashable, Any]:
        """Return the answers given at ``position``; those of another one are forgotten."""
        with self.lock:
            if position != self.position:
                self.position, self.answers = position, {}
            return self.answers

    def keep(self, answers: dict[Hashable, Any], key: Hashable, answer: Any) -> None:
        """Put an answer among those that ``at`` returned before it was read."""
        with self.lock:
            while len(answers) >= self.room:
                del answers[next(iter(answers))]
            answers[key] = answer

    def forget(self) -> None:
        """Forget everything."""
        self.at(NOWHERE)


MEMORIES: list[Memory] = []


def forget_all(**_signal: Any) -> None:
    """Forget what all functions answered: the tables may have been made anew."""
    for memory in MEMORIES:
        memory.forget()


post_migrate.connect(forget_all)


def remembered(read: Callable[Given, Found]) -> Callable[Given, Found]:
    """Return ``read`` so that it asks the database once for each set of arguments and state of the change log.

    Only for reads that do not depend on who asks, with hashable arguments. Inside a transaction nothing is remembered:
    what it sees may never be committed.
    """
    memory = Memory()
    MEMORIES.append(memory)

    @wraps(read)
    def reading(*arguments: Given.args, **named: Given.kwargs) -> Found:
        if connection.in_atomic_block:
            return read(*arguments, **named)
        answers = memory.at(latest_position())  # before the read: what is read is as new or newer
        key = (arguments, tuple(sorted(named.items())))
        found: Found = answers.get(key, MISSING)
        if found is MISSING:
            found = read(*arguments, **named)
            memory.keep(answers, key, found)
        return found

    return reading


def remembered_each(
    read: Callable[[list[Key]], dict[Key, Found]],
) -> Callable[[Iterable[Key]], dict[Key, Found]]:
    """Return ``read`` so that it asks the database for each key once for each state of the change log.

    ``read`` returns what there is of the keys it gets; that the others are nothing is remembered too. As ``remembered``
    it is only for reads that do not depend on who asks.
    """
    memory = Memory(ROOM_OF_KEYS)
    MEMORIES.append(memory)

    @wraps(read)
    def reading(keys: Iterable[Key]) -> dict[Key, Found]:
        wanted = list(dict.fromkeys(keys))
        if connection.in_atomic_block:
            return read(wanted)
        answers = memory.at(latest_position()) if wanted else {}
        found = {key: answers.get(key, MISSING) for key in wanted}
        unknown = [key for key, answer in found.items() if answer is MISSING]
        read_now = read(unknown) if unknown else {}
        for key in unknown:
            found[key] = read_now.get(key)
            memory.keep(answers, key, found[key])
        return {key: answer for key, answer in found.items() if answer is not None}

    return reading
