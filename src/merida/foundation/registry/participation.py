"""Who takes part in how many review mechanisms: figure I of the note on synergies, recomputed. Pure.

Two readings of "nearly 50 per cent" are kept apart. The wording counts States parties to the Convention that take
part in at least one of the three other mechanisms, as a share of the parties. The wide reading counts every member
of the three, party or not, as a share of the number of parties.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

FIRST = "UNCAC_IRM"
OTHERS = ("OECD_WGB", "GRECO", "MESICIC")


@dataclass(frozen=True, slots=True)
class Stay:
    """A State in a mechanism. ``since`` None: in it at every date. ``ended`` without ``until``: at none."""

    state: str
    mechanism: str
    since: date | None
    until: date | None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of the share: ``states`` over ``parties``."""

    states: tuple[str, ...]
    parties: int

    @property
    def count(self) -> int:
        """How many States."""
        return len(self.states)

    @property
    def per_cent(self) -> float:
        """The share in per cent, to one decimal; 0 where there are no parties."""
        return round(100 * self.count / self.parties, 1) if self.parties else 0.0


@dataclass(frozen=True, slots=True)
class Participation:
    """Participation on one day. ``by_number[n]`` lists the parties that take part in ``n`` of the four mechanisms."""

    at: date
    parties: tuple[str, ...]
    members: Mapping[str, tuple[str, ...]]
    by_number: Mapping[int, tuple[str, ...]]
    mechanisms_of: Mapping[str, tuple[str, ...]]
    by_wording: Reading
    wide: Reading
    members_not_parties: tuple[str, ...]


def members_on(stays: Iterable[Stay], mechanism: str, at: date) -> frozenset[str]:
    """States in ``mechanism`` on the day ``at``; the day of leaving is no longer counted."""
    return frozenset(stay.state for stay in stays if stay.mechanism == mechanism and _is_in(stay, at))


def _is_in(stay: Stay, at: date) -> bool:
    if stay.since is not None and stay.since > at:
        return False
    return not stay.ended if stay.until is None else stay.until > at


def participation(parties: Collection[str], stays: Iterable[Stay], at: date) -> Participation:
    """Compute the figure from the parties on the day ``at`` and all stays."""
    known = list(stays)
    members = {mechanism: members_on(known, mechanism, at) for mechanism in OTHERS}
    takes_part = {state: (FIRST, *(m for m in OTHERS if state in members[m])) for state in sorted(parties)}
    everybody = frozenset[str]().union(*members.values())
    among_parties = tuple(state for state, found in takes_part.items() if len(found) > 1)
    return Participation(
        at=at,
        parties=tuple(takes_part),
        members={mechanism: tuple(sorted(states)) for mechanism, states in members.items()},
        by_number={n: tuple(s for s, found in takes_part.items() if len(found) == n) for n in range(1, 5)},
        mechanisms_of=takes_part,
        by_wording=Reading(among_parties, len(takes_part)),
        wide=Reading(tuple(sorted(everybody)), len(takes_part)),
        members_not_parties=tuple(sorted(everybody - set(takes_part))),
    )
