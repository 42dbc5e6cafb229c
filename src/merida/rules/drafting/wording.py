"""What a language brings to a draft: one value a language, made in ``english.py`` and ``chinese.py``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from merida.rules.drafting.records import Asked, Counted, Done


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called in the language of the draft; a code that is missing stands for itself.

    ``towns_in`` says in which State a town lies, as far as that is known.
    """

    states: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    towns: Mapping[str, str] = field(default_factory=dict)
    towns_in: Mapping[str, str] = field(default_factory=dict)

    def is_abroad(self, one: Done) -> bool:
        """Whether the town of an activity is known to lie in none of the States it was for."""
        lies_in = self.towns_in.get(one.town, "")
        return bool(one.town and one.states and lies_in) and lies_in not in one.states


@dataclass(frozen=True, slots=True)
class Period:
    """The days a report covers, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language says each kind of sentence, all from the values of records."""

    activities: Callable[[Sequence[Done], Names], str]
    figure: Callable[[Counted], str]
    requests: Callable[[Sequence[Asked]], str]
    reported: Callable[[Sequence[Asked]], str]
    unreported: Callable[[Sequence[Asked]], str]
    period: Callable[[Period], str]
    total: Callable[[int, int], str]
    kind: Callable[[str, int], str]
    nothing: str
