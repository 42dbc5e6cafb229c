"""Visits of all mechanisms, as rows of the bulk tables."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Schema

from merida.review.synergies.models import Visit


class VisitOut(Schema):
    """A visit to a State, its last day included; ``sequence`` counts its changes, ``reason`` tells of the last one.

    ``session`` says which of a dialogue's sessions it is, ``first_session`` which visit the first one is.
    """

    visit: UUID
    state: str
    mechanism: str
    kind: str
    first_date: dt.date
    last_date: dt.date
    firmness: str
    joint_allowed: bool
    languages: list[str]
    provisions: list[str]
    cancelled_at: dt.datetime | None
    reason: str
    changed_at: dt.datetime
    sequence: int
    source: str
    is_sample: bool
    session: int
    first_session: UUID | None


def visit_out(one: Visit) -> dict[str, Any]:
    """Show a visit."""
    return {
        "visit": one.uuid,
        "state": one.state.iso3,
        "mechanism": one.mechanism.code,
        "kind": one.kind,
        "first_date": one.first_date,
        "last_date": one.last_date,
        "firmness": one.firmness,
        "joint_allowed": one.joint_allowed,
        "languages": one.languages,
        "provisions": [provision.key for provision in one.provisions.all()],
        "cancelled_at": one.cancelled_at,
        "reason": one.change_reason,
        "changed_at": one.changed_at,
        "sequence": one.sequence,
        "source": one.source_text,
        "is_sample": one.is_sample,
        "session": one.session_number,
        "first_session": one.first_session.uuid if one.first_session else None,
    }
