"""Urns from the reference data: every party to an instrument on a day, each in its regional group of that day.

No database, so that the same clone gives the same urn everywhere.
"""

from datetime import date
from typing import Final

from merida.foundation.registry.reference import load_reference
from merida.foundation.registry.treaty_status import Act, parties
from merida.rules.lots import LotsError, Participant, Urn

INSTRUMENTS: Final = {  # rule sets drawn among the parties to an instrument, each of several by itself
    "uncac": ("UNCAC",),
    "untoc": ("UNTOC", "UNTOC_TIP", "UNTOC_SOM", "UNTOC_FIREARMS"),
}


def instruments_of(rules: str) -> tuple[str, ...]:
    """Return the instruments among whose parties a rule set draws. Raises LotsError where it draws among none."""
    if rules not in INSTRUMENTS:
        raise LotsError(f"{rules} is not drawn among the parties to an instrument: name an urn with --urn FILE")
    return INSTRUMENTS[rules]


def with_parties() -> frozenset[str]:
    """Return the instruments whose parties the reference data lists."""
    return frozenset(row.instrument for row in load_reference().treaty_actions)


def urn_of_parties(instrument: str, at: date) -> Urn:
    """Return the urn of a whole cycle: all parties on ``at`` under review and able to review.

    Legal systems are unknown in the reference data and stay empty. Raises LotsError for an instrument whose parties
    are not listed, ReferenceDataError where the data cannot be read.
    """
    if instrument not in with_parties():
        raise LotsError(f"the parties to {instrument} are not listed: name its urn with --urn {instrument}=FILE")
    reference = load_reference()
    acts = [
        Act(row.state, row.kind, row.day.date if row.day else None)
        for row in reference.treaty_actions
        if row.instrument == instrument
    ]
    codes = sorted(parties(acts, at))
    groups = {
        row.state: row.group
        for row in reference.state_groups
        if (row.since is None or row.since.date <= at) and (row.until is None or at < row.until.date)
    }
    return Urn(
        participants=tuple(Participant(code=code, group=groups.get(code) or "") for code in codes),
        subjects=tuple(codes),
    )
