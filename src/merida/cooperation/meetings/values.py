"""A meeting as its report tells it, every part with the place that tells it. Pure.

Places are written as people cite them (``22``, ``21(2)(a)``); ``rule`` names what recognised the part.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

CAPACITIES: Final = ("PARTY", "SIGNATORY", "OBSERVER")
OFFICES: Final = ("CHAIR", "VICE_CHAIR", "RAPPORTEUR")
CONCLUSION_KINDS: Final = ("RECOMMENDATION", "CONCLUSION")


@dataclass(frozen=True, slots=True)
class Attended:
    """A State that a report lists; ``capacity`` is PARTY, SIGNATORY or OBSERVER."""

    state: str
    capacity: str
    place: str
    rule: str


@dataclass(frozen=True, slots=True)
class Observed:
    """An organisation that a report lists, as printed, with its code where it is known."""

    name: str
    organisation: str
    place: str
    rule: str


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who held an office; ``state`` is a code, "" where the report names none."""

    name: str
    state: str
    office: str
    place: str
    rule: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda; ``symbols`` are the documents named where the report speaks of it."""

    number: str
    depth: int
    title: str
    symbols: tuple[str, ...]
    place: str
    rule: str


@dataclass(frozen=True, slots=True)
class Concluded:
    """Something the meeting concluded or recommended: ``words`` as printed, addressee and condition in them."""

    kind: str
    addressee: str
    condition: str
    words: str
    place: str
    rule: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic set for a year: ``words`` as printed."""

    year: int
    words: str
    provisions: tuple[str, ...]
    place: str
    rule: str


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """A meeting. ``session`` is its number as text, ``town`` as printed, both "" where the report does not say."""

    first: date
    last: date
    session: str = ""
    town: str = ""
    attended: tuple[Attended, ...] = ()
    observed: tuple[Observed, ...] = ()
    offices: tuple[Office, ...] = ()
    items: tuple[Item, ...] = ()
    concluded: tuple[Concluded, ...] = ()
    topics: tuple[Topic, ...] = ()
