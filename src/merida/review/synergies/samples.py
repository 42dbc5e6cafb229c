"""Sample visits of mechanisms other than the Convention's, over their real members and marked as a sample."""

import hashlib
from datetime import date, timedelta

from django.db import transaction

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.figures import mechanisms_list, members_at
from merida.review.synergies.actions import cancel_visit, move_visit, publish_visit, record_visit
from merida.review.synergies.models import Firmness, Visit, VisitKind

# The days of a visit of each and its languages: made up, as the visits are.
SAMPLE_MECHANISMS = {"GRECO": (5, ("en", "fr")), "MESICIC": (3, ("es", "en")), "OECD_WGB": (4, ("en",))}
STATES_EACH = 8
FIRST_MONDAY, WEEKS = date(2027, 1, 11), 70
MEMBERS_ON = date(2026, 6, 1)  # fixed, so that the sample is the same everywhere
NOTE = "Sample"
MOVED = "Sample reason: elections on the days first agreed."
CANCELLED = "Sample reason: the mechanism put its visits of the month off."
SECOND_AFTER = timedelta(weeks=3)


def make_sample_visits(actor: Actor) -> int:
    """Record and publish the sample visits, one moved and one cancelled; return how many.

    0 where they are there already or the registry lacks the mechanisms. Raises PermissionDenied.
    """
    known = {one.code: one for one in mechanisms_list().filter(code__in=SAMPLE_MECHANISMS)}
    if len(known) < len(SAMPLE_MECHANISMS) or _held():
        return 0
    members = {code: members_at(known[code], MEMBERS_ON) for code in SAMPLE_MECHANISMS}
    with transaction.atomic():
        made = [
            _visit(actor, code, state, _monday(f"{code} {state}"))
            for code in sorted(members)
            for state in _picked(code, members[code])
        ]
        made += _second(actor, made, members["OECD_WGB"])
        for one in made:
            publish_visit(actor, one)
        later = made[1].first_date + timedelta(weeks=2)
        last = later + (made[1].last_date - made[1].first_date)
        move_visit(actor, made[1], first_date=later, last_date=last, reason=MOVED)
        cancel_visit(actor, made[3], reason=CANCELLED)
    return len(made)


def _held() -> bool:
    return Visit.objects.filter(is_sample=True, mechanism__code__in=SAMPLE_MECHANISMS).exists()


def _picked(code: str, members: frozenset[str]) -> list[str]:
    return sorted(members, key=lambda state: _digest(f"{code} {state}"))[:STATES_EACH]


def _second(actor: Actor, made: list[Visit], members: frozenset[str]) -> list[Visit]:
    """Record a second visit soon after another one, so that the sample shows a clash."""
    twice = [one for one in made if one.mechanism.code == "GRECO" and one.state.iso3 in members]
    return [_visit(actor, "OECD_WGB", one.state.iso3, one.first_date + SECOND_AFTER) for one in twice[:1]]


def _visit(actor: Actor, code: str, state: str, first: date) -> Visit:
    days, languages = SAMPLE_MECHANISMS[code]
    number = _digest(f"{state} {code}")
    return record_visit(
        actor,
        state=state,
        mechanism=code,
        first_date=first,
        last_date=first + timedelta(days=days - 1),
        kind=VisitKind.HYBRID if number % 4 == 0 else VisitKind.VISIT,
        firmness=Firmness.values[number % 3],
        joint_allowed=number % 2 == 0,
        languages=languages,
        source_text=NOTE,
        is_sample=True,
    )


def _monday(key: str) -> date:
    return FIRST_MONDAY + timedelta(weeks=_digest(key) % WEEKS)


def _digest(key: str) -> int:
    return int.from_bytes(hashlib.sha256(f"sample visits {key}".encode()).digest()[:8], "big")
