"""Choices of an address that are none of those offered: said on the page, never passed over in silence.

A page shows all the rest and names what it left out.
"""

from typing import Final, NamedTuple

from django.http import HttpRequest

MOST_SIGNS: Final = 40  # of a value that is said again


class LeftOut(NamedTuple):
    """A choice that was not taken: its name in the address and the value as it was given."""

    name: str
    value: str


def leave_out(request: HttpRequest, name: str) -> None:
    """Note that the value which the address gives for ``name`` is not taken; nothing where it gives none."""
    value = "".join(sign for sign in request.GET.get(name, "") if sign.isprintable()).strip()
    if value:
        known = left_out(request)
        found = LeftOut(name, value[:MOST_SIGNS] + ("…" if len(value) > MOST_SIGNS else ""))
        request.choices_left_out = [*(one for one in known if one != found), found]  # type: ignore[attr-defined]


def left_out(request: HttpRequest) -> list[LeftOut]:
    """Return what was not taken so far, in the order in which it was noted."""
    found: list[LeftOut] = getattr(request, "choices_left_out", [])
    return found


def say_no_more(request: HttpRequest) -> None:
    """Forget what was left out, because the page says it in another place."""
    request.choices_left_out = []  # type: ignore[attr-defined]
