"""How often a rule is right, as people decided, and when that is sure enough to accept without looking. Pure.

The lower bound is that of E. B. Wilson (Journal of the American Statistical Association 22, 1927, 209-212).
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

Z: Final = 1.959964  # of the normal distribution: 95 % between both bounds
ENOUGH_DECISIONS: Final = 30
SURE: Final = 0.95


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What people decided about a family of rules (``rule``); nobody looked at what was accepted in bulk: not here."""

    kind: str
    rule: str
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    split: int = 0
    waiting: int = 0

    @property
    def decided(self) -> int:
        """How many proposals people judged."""
        return self.accepted + self.corrected + self.rejected + self.split

    @property
    def lower_bound(self) -> float:
        """The precision that the rule has at least, with 95 % confidence between both bounds."""
        return wilson_lower_bound(self.accepted, self.decided)

    @property
    def is_sure(self) -> bool:
        """Whether what it proposes may be accepted without looking at each."""
        return self.decided >= ENOUGH_DECISIONS and self.lower_bound >= SURE


def family_of(rule: str) -> str:
    """Return what rules are judged together: how a date is read with what kind of word says the deed; places aside.

    ``moment.month type.event.workshop place.city`` is of the family ``moment.month type.event``; of a rule of one part
    the first two names.
    """
    parts = [part for part in rule.split() if not part.startswith("place.")] or rule.split()
    return " ".join(".".join(part.split(".")[:2]) for part in parts)


def wilson_lower_bound(right: int, decided: int, *, z: float = Z) -> float:
    """Return the lower end of Wilson's interval for ``right`` of ``decided``, 0.0 where nothing was decided.

    Raises ValueError where more are right than decided, or a count is negative.
    """
    if not 0 <= right <= decided:
        raise ValueError(f"{right} of {decided} cannot be")
    if decided == 0:
        return 0.0
    share, square = right / decided, z * z
    centre = share + square / (2 * decided)
    spread = z * sqrt(share * (1 - share) / decided + square / (4 * decided * decided))
    return max(0.0, (centre - spread) / (1 + square / decided))
