"""What a draft is made of, as plain values. ``key`` names the record; a sentence carries the keys it rests on."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Done:
    """An activity.

    ``type`` is a code of the observatory. ``first`` and ``last`` are the days it can have been on (both None where no
    date is known) and ``precision`` how exactly they are known. ``states`` are ISO codes, ``words`` those the record
    rests on, ``titles`` the headings above them in their document, the highest first. ``cited`` names the place in the
    document. ``heading`` is where a person put it, "" where nobody did.
    """

    key: str
    type: str
    first: date | None = None
    last: date | None = None
    precision: str = "NONE"
    town: str = ""
    states: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    resolution: str = ""
    words: str = ""
    titles: tuple[str, ...] = ()
    cited: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that is evidence on a request: ``value`` as decimal text, what it counts, and to which date."""

    key: str
    value: str
    counted: str
    unit: str = ""
    as_of: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An operative paragraph that asks something of somebody.

    ``resolution`` and ``number`` name it, ``addressee`` and ``condition`` are codes (``SECRETARIAT``,
    ``EXTRABUDGETARY``; "" where there is none). ``evidence`` holds the keys of the records linked to it.
    """

    key: str
    resolution: str
    number: str
    addressee: str
    condition: str = ""
    due: date | None = None
    evidence: tuple[str, ...] = ()
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """Everything a draft is made of, and the names that codes of States and organisations have in its language."""

    activities: tuple[Done, ...] = ()
    figures: tuple[Counted, ...] = ()
    requests: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the keys of the records it states. One that a person wrote may rest on none."""

    text: str
    traces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (``level`` 1 to 4, one sentence) or a paragraph (``level`` 0) of a draft.

    ``key`` is the same whenever the same is drafted again: ``SPORT`` a heading, ``SPORT/2019-11`` a paragraph.
    """

    key: str
    heading: str
    level: int
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The sentences, one a line."""
        return "\n".join(one.text for one in self.sentences)
