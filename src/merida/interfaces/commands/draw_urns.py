"""Urns from the reference data: every party to an instrument on a day, each in its regional group of that day.

No database, so that the same clone gives the same urn everywhere.
"""

from datetime import date
from typing import Final

from merida.foundation.registry.reference import load_reference
from merida.foundation.registry.treaty_status import Act, parties
from merida.rules.lots import LotsError, Participant, Urn

INSTRUMENTS: Final = {"uncac": "UNCAC", "untoc": "UNTOC"}  # rule sets drawn among the parties to an instrument


def urn_of_parties(rules: str, at: date) -> Urn:
    """Return the urn of a whole cycle: all parties on ``at`` under review and able to review.

    ``rules`` is the name of a rule set. Legal systems are unknown in the reference data and stay empty. Raises
    LotsError for a rule set that is not drawn among parties and for a day before there were two,
    ReferenceDataError where the data cannot be read.
    """
    instrument = INSTRUMENTS.get(rules)
    if instrument is None:
        raise LotsError(f"{rules} is not drawn among the parties to an instrument: name an urn with --urn FILE")
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
