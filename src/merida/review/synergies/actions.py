"""Recording, moving, cancelling and publishing a visit.

Every change that subscribers see raises ``sequence`` and ``changed_at``: their calendars take an event in again only
when its sequence has grown.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.foundation.access import actions as access
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import Mechanism, Provision, State
from merida.foundation.sources.languages import LANGUAGES
from merida.review.synergies.models import Firmness, Visit, VisitKind

LONGEST_DAYS = 60


class VisitError(ValueError):
    """The visit cannot be so; the message begins with the field. Nothing was stored.

    ``template`` filled with ``values`` is the English message after the field; a page tells the translated template.
    """

    def __init__(self, field: str, template: str, /, **values: object) -> None:
        self.field, self.template, self.values = field, template, values
        super().__init__(f"{field}: {template.format(**values) if values else template}")


class VisitChangedError(VisitError):
    """Somebody changed the visit since it was read; ``visit`` is as it is now. Nothing was stored."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        super().__init__("visit", "somebody changed it in the meantime")


def record_visit(
    actor: Actor,
    *,
    state: str,
    mechanism: str,
    first_date: date,
    last_date: date,
    kind: str = VisitKind.VISIT,
    firmness: str = Firmness.TENTATIVE,
    joint_allowed: bool = False,
    languages: Sequence[str] = (),
    provisions: Sequence[str] = (),
    source_text: str = "",
    first_session: Visit | None = None,
    session_number: int = 1,
    is_sample: bool = False,
) -> Visit:
    """Keep a visit as a draft; a further session of a dialogue names its first one and which it is, from 2 on.

    ``state`` is an ISO code of three letters, ``mechanism`` a code of the registry, ``languages`` codes of two letters,
    ``provisions`` keys such as ``UNCAC 13``. Raises VisitError naming the field, PermissionDenied.
    """
    _allow(actor)
    _check_days(first_date, last_date)
    _check_code("kind", kind, VisitKind.values)
    _check_code("firmness", firmness, Firmness.values)
    for code in languages:
        _check_code("languages", code, sorted(LANGUAGES))
    visit = Visit(
        state=_known("state", State.objects.filter(iso3=state).first(), state),
        mechanism=_known("mechanism", Mechanism.objects.filter(code=mechanism).first(), mechanism),
        kind=kind,
        first_date=first_date,
        last_date=last_date,
        firmness=firmness,
        joint_allowed=joint_allowed,
        languages=list(dict.fromkeys(languages)),
        source_text=source_text.strip(),
        first_session=first_session,
        session_number=session_number,
        entered_by=actor.reference or actor.name,
        is_sample=is_sample,
    )
    subjects = _provisions(provisions)
    with transaction.atomic():
        visit.save()
        visit.provisions.set(subjects)
        after = {
            "state": state,
            "mechanism": mechanism,
            "kind": kind,
            "firmness": firmness,
            **_days(visit),
            "joint_allowed": joint_allowed,
            "languages": visit.languages,
            "provisions": [one.key for one in subjects],
            "source_text": visit.source_text,
            "session_number": session_number,
        }
        record_change(actor, "RECORD_VISIT", reference_to(visit), before=None, after=after)
    return visit


def move_visit(
    actor: Actor,
    visit: Visit,
    *,
    first_date: date,
    last_date: date,
    reason: str,
    firmness: str = "",
    seen: int | None = None,
) -> None:
    """Give a visit other days or another firmness; the same ones change nothing.

    ``seen`` is the sequence that the actor read (None: whichever). Raises VisitError naming the field,
    VisitChangedError, PermissionDenied.
    """
    _allow(actor)
    _check_days(first_date, last_date)
    fields: dict[str, Any] = {"first_date": first_date, "last_date": last_date}
    if firmness:
        _check_code("firmness", firmness, Firmness.values)
        fields["firmness"] = firmness
    _change(actor, "MOVE_VISIT", visit, reason, seen=seen, **fields)


def cancel_visit(actor: Actor, visit: Visit, *, reason: str, seen: int | None = None) -> None:
    """Call a visit off; it stays in the record. Raises as ``move_visit`` does."""
    _allow(actor)
    _change(actor, "CANCEL_VISIT", visit, reason, seen=seen, cancelled_at=timezone.now())


def publish_visit(actor: Actor, visit: Visit, *, seen: int | None = None) -> None:
    """Open a visit to everybody; public already, nothing changes. Raises VisitChangedError, PermissionDenied."""
    _allow(actor)
    with transaction.atomic():
        kept = _locked(visit, seen)
        shown = (kept.audience, kept.published_at)
        access.publish(actor, kept)
        if (kept.audience, kept.published_at) != shown:
            kept.sequence += 1
            kept.changed_at = timezone.now()
            kept.save(update_fields=["sequence", "changed_at"])
    _take_over(visit, kept, ["audience", "workspace", "published_at", "sequence", "changed_at"])


def _change(actor: Actor, verb: str, visit: Visit, reason: str, *, seen: int | None, **fields: Any) -> None:
    if not reason.strip():
        raise VisitError("reason", "say why, so that those concerned can read it")
    with transaction.atomic():
        kept = _locked(visit, seen)
        if kept.cancelled_at is not None:
            raise VisitError("visit", "the visit to {state} was cancelled and cannot change any more", state=kept.state)
        before = {name: getattr(kept, name) for name in fields}
        if before == fields:
            return
        told = {"change_reason": reason.strip(), "sequence": kept.sequence + 1, "changed_at": timezone.now()}
        for name, value in {**fields, **told}.items():
            setattr(kept, name, value)
        kept.save(update_fields=[*fields, *told])
        record_change(actor, verb, reference_to(kept), before=before, after={**fields, "reason": reason.strip()})
    _take_over(visit, kept, [*fields, *told])


def _locked(visit: Visit, seen: int | None) -> Visit:
    kept = Visit.objects.select_for_update(of=("self",)).select_related("mechanism", "state").get(pk=visit.pk)
    if seen is not None and kept.sequence != seen:
        raise VisitChangedError(kept)
    found: Visit = kept
    return found


def _take_over(visit: Visit, kept: Visit, names: Sequence[str]) -> None:
    """Let the caller's visit show what was stored."""
    for name in names:
        setattr(visit, name, getattr(kept, name))


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise VisitError("last_date", "the visit ends on {last}, before it begins on {first}", last=last, first=first)
    if (last - first).days >= LONGEST_DAYS:
        raise VisitError(
            "last_date", "the visit has {days} days, more than {most}", days=(last - first).days + 1, most=LONGEST_DAYS
        )


def _check_code(field: str, code: str, known: Sequence[str]) -> None:
    if code not in known:
        raise VisitError(field, "'{code}' is none of {known}", code=code, known=", ".join(known))


def _known(field: str, found: Any, code: str) -> Any:
    if found is None:
        raise VisitError(field, "'{code}' is not in the registry", code=code)
    return found


def _provisions(keys: Sequence[str]) -> list[Provision]:
    found = {one.key: one for one in Provision.objects.filter(key__in=keys)}
    return [_known("provisions", found.get(key), key) for key in dict.fromkeys(keys)]


def _days(visit: Visit) -> dict[str, date]:
    return {"first_date": visit.first_date, "last_date": visit.last_date}


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.PLAN_VISITS):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
