"""Sending letters of any kind one by one: one that is refused for itself keeps no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import PermissionDenied

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor

L = TypeVar("L")


class LetterRefusedError(ValueError):
    """The mail server does not take this one letter; others may go out."""


@dataclass(frozen=True, slots=True)
class Sending(Generic[L]):
    """What became of letters."""

    sent: list[L]
    refused: list[L]


def send_each(actor: Actor, letters: Iterable[L], send_one: Callable[[L], bool]) -> Sending[L]:
    """Send letters by ``send_one``, which writes down what it delivers and is False where another was faster.

    Raises what ``send_one`` raises beside LetterRefusedError, such as a mail server that is away: what was sent before
    it stays written down, the rest goes out next time. PermissionDenied.
    """
    if not may(actor, Deed.ASK_STATES):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
    sent, refused = [], []
    for letter in letters:
        try:
            if send_one(letter):
                sent.append(letter)
        except LetterRefusedError:
            refused.append(letter)
    return Sending(sent, refused)
