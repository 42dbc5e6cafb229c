"""Participation straight from the reference files, for a machine whose database is not set up. Pure."""

from datetime import date

from merida.foundation.registry.participation import FIRST, Participation, Stay, participation
from merida.foundation.registry.reference import Reference
from merida.foundation.registry.treaty_status import Act, parties


def participation_in(reference: Reference, at: date) -> Participation:
    """States in one, two, three and four mechanisms on a day, as the files say."""
    instrument = next(row.instrument for row in reference.mechanisms if row.code == FIRST)
    acts = [
        Act(row.state, row.kind, row.day.date if row.day else None)
        for row in reference.treaty_actions
        if row.instrument == instrument
    ]
    stays = [
        Stay(
            row.state,
            row.mechanism,
            row.since.date if row.since else None,
            row.until.date if row.until else None,
            ended=bool(row.until_kind),
        )
        for row in reference.memberships
    ]
    return participation(parties(acts, at), stays, at)
