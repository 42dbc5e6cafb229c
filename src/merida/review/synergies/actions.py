"""Recording, moving, cancelling and publishing a visit."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.foundation.access import actions as access
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import Mechanism, State
from merida.review.synergies.models import Firmness, Visit, VisitKind

LONGEST_DAYS = 60


class VisitError(ValueError):
    """The visit cannot be so; the message begins with the field. Nothing was stored."""


def record_visit(
    actor: Actor,
    *,
    state: str,
    mechanism: str,
    first_date: date,
    last_date: date,
    kind: str = VisitKind.VISIT,
    firmness: str = Firmness.TENTATIVE,
    is_sample: bool = False,
) -> Visit:
    """Keep a visit as a draft; ``state`` is an ISO code of three letters, ``mechanism`` a code of the registry.

    Raises VisitError naming the field, PermissionDenied.
    """
    _allow(actor)
    _check_days(first_date, last_date)
    _check_code("kind", kind, VisitKind.values)
    _check_code("firmness", firmness, Firmness.values)
    visit = Visit(
        state=_known("state", State.objects.filter(iso3=state).first(), state),
        mechanism=_known("mechanism", Mechanism.objects.filter(code=mechanism).first(), mechanism),
        kind=kind,
        first_date=first_date,
        last_date=last_date,
        firmness=firmness,
        entered_by=actor.reference or actor.name,
        is_sample=is_sample,
    )
    with transaction.atomic():
        visit.save()
        after = {"state": state, "mechanism": mechanism, "kind": kind, "firmness": firmness, **_days(visit)}
        record_change(actor, "RECORD_VISIT", reference_to(visit), before=None, after=after)
    return visit


def move_visit(actor: Actor, visit: Visit, *, first_date: date, last_date: date, reason: str) -> None:
    """Give a visit other days; the same days change nothing. Raises VisitError naming the field, PermissionDenied."""
    _allow(actor)
    _check_days(first_date, last_date)
    _change(actor, "MOVE_VISIT", visit, reason, first_date=first_date, last_date=last_date)


def cancel_visit(actor: Actor, visit: Visit, *, reason: str) -> None:
    """Call a visit off; it stays in the record. Raises VisitError naming the field, PermissionDenied."""
    _allow(actor)
    _change(actor, "CANCEL_VISIT", visit, reason, cancelled_at=timezone.now())


def publish_visit(actor: Actor, visit: Visit) -> None:
    """Open a visit to everybody. Raises PermissionDenied."""
    _allow(actor)
    access.publish(actor, visit)


def _change(actor: Actor, verb: str, visit: Visit, reason: str, **fields: Any) -> None:
    if not reason.strip():
        raise VisitError("reason: say why, so that those concerned can read it")
    with transaction.atomic():
        kept = Visit.objects.select_for_update().get(pk=visit.pk)
        if kept.cancelled_at is not None:
            raise VisitError("visit: it was cancelled and cannot change any more")
        before = {name: getattr(kept, name) for name in fields}
        if before == fields:
            return
        for name, value in {**fields, "sequence": kept.sequence + 1, "changed_at": timezone.now()}.items():
            setattr(visit, name, value)
        visit.save(update_fields=[*fields, "sequence", "changed_at"])
        after = {**fields, "reason": reason.strip()}
        record_change(actor, verb, reference_to(visit), before=before, after=after)


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise VisitError(f"last_date: the visit ends on {last}, before it begins on {first}")
    if (last - first).days >= LONGEST_DAYS:
        raise VisitError(f"last_date: the visit has {(last - first).days + 1} days, more than {LONGEST_DAYS}")


def _check_code(field: str, code: str, known: list[str]) -> None:
    if code not in known:
        raise VisitError(f"{field}: {code!r} is none of {', '.join(known)}")


def _known(field: str, found: Any, code: str) -> Any:
    if found is None:
        raise VisitError(f"{field}: {code!r} is not in the registry")
    return found


def _days(visit: Visit) -> dict[str, date]:
    return {"first_date": visit.first_date, "last_date": visit.last_date}


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.PLAN_VISITS):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
