"""For which kinds of question a mapping holds, and what may be taken over for each kind at most."""

from collections.abc import Collection
from enum import IntEnum, StrEnum
from typing import Final


class Kind(StrEnum):
    """What a question asks for."""

    LAW = "LAW"
    AUTHORITIES = "AUTHORITIES"
    MEASURES = "MEASURES"
    PRACTICE = "PRACTICE"
    CASES = "CASES"
    STATISTICS = "STATISTICS"
    CHALLENGES = "CHALLENGES"
    ASSISTANCE = "ASSISTANCE"
    GOOD_PRACTICE = "GOOD_PRACTICE"
    FOLLOW_UP = "FOLLOW_UP"
    OTHER = "OTHER"
    COMPLIANCE = "COMPLIANCE"
    RATING = "RATING"
    CONSENT = "CONSENT"


class Carry(IntEnum):
    """How much of an earlier answer is offered: nothing, the text beside the question, or a draft in the field."""

    NEVER = 0
    SUGGEST = 1
    DRAFT = 2


# A level of compliance is the State's own judgement about one treaty; a rating is somebody else's; a consent is given
# for one purpose. None of them is ever offered for another question, under no mapping.
NEVER_CARRIED: Final = frozenset({Kind.COMPLIANCE, Kind.RATING, Kind.CONSENT, Kind.FOLLOW_UP})
DRAFTED: Final = frozenset({Kind.LAW, Kind.AUTHORITIES, Kind.MEASURES})

# Months after which an answer of a kind is too old to be put into a field. Proposals of people who know the field.
FRESH_MONTHS: Final[dict[Kind, int]] = {
    Kind.LAW: 24, Kind.AUTHORITIES: 6, Kind.MEASURES: 24, Kind.PRACTICE: 18, Kind.CASES: 18, Kind.STATISTICS: 12,
    Kind.CHALLENGES: 18, Kind.ASSISTANCE: 12, Kind.GOOD_PRACTICE: 24, Kind.OTHER: 24,
}  # fmt: skip


def most(kind: Kind) -> Carry:
    """Return the most that may be done with an answer of a kind, under the best mapping."""
    if kind in NEVER_CARRIED:
        return Carry.NEVER
    return Carry.DRAFT if kind in DRAFTED else Carry.SUGGEST


def holds_for(kinds: Collection[str], kind: Kind) -> bool:
    """Whether a mapping with this scope says anything about a question of ``kind``; no kinds means all."""
    return not kinds or kind in kinds
