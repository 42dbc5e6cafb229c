"""Signs that an earlier answer may no longer be right. Any of them keeps it out of the field; none hides it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from merida.rules.crosswalk.scope import FRESH_MONTHS, Kind


class Sign(StrEnum):
    """Why an answer may be out of date."""

    OLD = "OLD"
    LAW_AMENDED = "LAW_AMENDED"
    ANSWER_SUPERSEDED = "ANSWER_SUPERSEDED"
    PROVISION_CHANGED = "PROVISION_CHANGED"
    QUESTION_CHANGED = "QUESTION_CHANGED"
    NOT_PARTY = "NOT_PARTY"
    RESERVATION = "RESERVATION"
    OPEN_RECOMMENDATION = "OPEN_RECOMMENDATION"
    OTHER_LANGUAGE = "OTHER_LANGUAGE"
    MAPPING_ENDED = "MAPPING_ENDED"
    MAPPING_DISPUTED = "MAPPING_DISPUTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known about an earlier answer. Days are dates; a value not known is left out."""

    kind: Kind
    answered_date: dt.date
    law_amended_dates: tuple[dt.date, ...] = ()
    superseded: bool = False
    provision_changed_date: dt.date | None = None
    question_changed: bool = False
    is_party: bool = True
    has_reservation: bool = False
    open_recommendation: bool = False
    same_language: bool = True
    mapping_until_date: dt.date | None = None
    mapping_disputed: bool = False


def age_in_months(answered: dt.date, at: dt.date) -> int:
    """Return whole months between two days; 0 where the answer lies ahead."""
    months = (at.year - answered.year) * 12 + at.month - answered.month - (at.day < answered.day)
    return max(0, months)


def signs_of_age(known: Circumstances, *, at: dt.date) -> tuple[Sign, ...]:
    """Return the signs, in the order of the enumeration."""
    fresh = FRESH_MONTHS.get(known.kind, 0)
    amended = any(known.answered_date < day <= at for day in known.law_amended_dates)
    changed = known.provision_changed_date
    found = {
        Sign.OLD: age_in_months(known.answered_date, at) > fresh,
        Sign.LAW_AMENDED: amended,
        Sign.ANSWER_SUPERSEDED: known.superseded,
        Sign.PROVISION_CHANGED: changed is not None and known.answered_date < changed <= at,
        Sign.QUESTION_CHANGED: known.question_changed,
        Sign.NOT_PARTY: not known.is_party,
        Sign.RESERVATION: known.has_reservation,
        Sign.OPEN_RECOMMENDATION: known.open_recommendation,
        Sign.OTHER_LANGUAGE: not known.same_language,
        Sign.MAPPING_ENDED: known.mapping_until_date is not None and known.mapping_until_date < at,
        Sign.MAPPING_DISPUTED: known.mapping_disputed,
    }
    return tuple(sign for sign in Sign if found[sign])
