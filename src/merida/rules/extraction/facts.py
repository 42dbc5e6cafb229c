"""What extraction yields. ``start`` and ``end`` are character offsets into the passage at ``at``: the evidence."""

from dataclasses import dataclass
from typing import NamedTuple

#: Kinds of requests, as ``Request`` explains them.
MANDATE, RECOMMENDATION, CONCLUSION, OUTLOOK = "MANDATE_RECALLED", "RECOMMENDATION", "CONCLUSION", "OUTLOOK"


class Activity(NamedTuple):
    """Something that took place, is planned, or was published, with a date.

    ``date_from`` and ``date_to`` are ISO 8601 to the precision printed (``2019``, ``2019-11``, ``2019-12-09``; the
    second "" where there is one date). ``precision`` is DAY, MONTH, RANGE (of months), YEAR, NAMED_DAY, INHERITED
    ("the same month") or PERIOD: some time in the period that the document reports on, which it must name.
    ``country`` is the State's code or "", ``basis`` says why: PLACE, COUNTERPART, CITY,
    HEADING or SENTENCE_BEFORE.
    ``participants`` are States whose people came; they are not the place.
    """

    at: str
    date_from: str
    date_to: str
    precision: str
    country: str
    basis: str
    city: str
    type: str
    participants: tuple[str, ...]
    organisations: tuple[str, ...]
    citations: tuple[str, ...]
    start: int
    end: int
    rule: str
    programme: str = ""
    themes: tuple[str, ...] = ()


class Figure(NamedTuple):
    """A number of something. ``value`` has digits only (a decimal point where printed), ``unit`` "%" or a currency.

    ``qualifier`` is MORE_THAN, NEARLY, AT_LEAST, ABOUT or ""; ``as_of`` the date to which it was counted, "" where the
    sentence names none.
    """

    at: str
    value: str
    counted: str
    unit: str
    qualifier: str
    as_of: str
    start: int
    end: int
    rule: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """Something asked, found or promised.

    ``kind`` is RECOMMENDATION (a named addressee), CONCLUSION, MANDATE_RECALLED (what a conference or assembly asked
    earlier) or OUTLOOK. ``addressee`` is as printed, "" where it is everybody. ``condition`` is the words that limit it
    (resources, on request), "" where there are none.
    """

    at: str
    kind: str
    addressee: str
    condition: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice that a State or a speaker tells of, by reference: the words from ``start`` to ``end`` say it.

    ``states`` and ``organisations`` are who told it, both empty for speakers without a name; ``provisions`` those that
    the passage cites, else those of the nearest heading that cites any.
    """

    at: str
    states: tuple[str, ...]
    organisations: tuple[str, ...]
    provisions: tuple[str, ...]
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who chaired or was elected. ``role`` is CHAIR, VICE_CHAIR or RAPPORTEUR, ``country`` a code or ""."""

    at: str
    name: str
    country: str
    role: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda that was adopted. ``number`` as people cite it (``2(a)``), ``depth`` 1 the highest."""

    at: str
    number: str
    depth: int
    title: str
    rule: str


@dataclass(frozen=True, slots=True)
class Observer:
    """An organisation that attended, as printed, with its code where it is known."""

    at: str
    name: str
    organisation: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class PlannedTopic:
    """A topic set for a year of a plan of work: the words from ``start`` to ``end``, the provisions cited in them."""

    at: str
    year: str
    provisions: tuple[str, ...]
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that cannot be, such as 31 February; ``code`` is stable, ``words`` as printed, or State and date."""

    code: str
    at: str
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything extracted from a document, in order of reading."""

    activities: tuple[Activity, ...] = ()
    figures: tuple[Figure, ...] = ()
    requests: tuple[Request, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    practices: tuple[Practice, ...] = ()
    officers: tuple[Officer, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    observers: tuple[Observer, ...] = ()
    work_plan: tuple[PlannedTopic, ...] = ()
