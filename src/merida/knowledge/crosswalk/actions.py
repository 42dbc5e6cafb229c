"""What people do with mappings: record, correct, review, retire; what readers do: dispute; what curators answer."""

import datetime as dt
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.sources.models import Source
from merida.knowledge.crosswalk import models
from merida.knowledge.crosswalk.checking import MappingError, MappingValues, checked, values_of
from merida.knowledge.crosswalk.loading import ends_of
from merida.knowledge.crosswalk.models import Dispute, DisputeState, MappingReview, MappingStatus, Verdict

LONGEST_REASON: Final = 4000
ENOUGH_REVIEWERS: Final = 2
MOST_OPEN_A_MAPPING: Final = 20
MOST_AN_HOUR: Final = 60  # disputes of all readers together: more is not people


class MappingChangedError(MappingError):
    """Somebody changed the mapping since it was read."""

    def __init__(self) -> None:
        super().__init__("", "somebody else changed this mapping meanwhile: look at it again")


class DisputeRefusedError(ValueError):
    """The dispute was not taken. ``code``: EMPTY, TOO_LONG, FULL (too many wait already) or RETIRED."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def record_mapping(
    actor: Actor, values: MappingValues, *, code: str = "", method: str = models.Method.HUMAN
) -> models.Mapping:
    """Record a mapping as a draft; one that a machine made is only SUGGESTED. Raises MappingError, PermissionDenied."""
    _allow(actor)
    with transaction.atomic():
        known = checked(values, code=code or "?")  # no mapping has this code
        suggested = method == models.Method.AUTOMATION
        one = models.Mapping.objects.create(
            code=code or _next_code(),
            method=method,
            status=MappingStatus.SUGGESTED if suggested else MappingStatus.DRAFT,
            source=_people(),
            confidence="UNVERIFIED",
            edited_at=timezone.now(),
            edited_by_id=actor.user_id,
            **_stored(values),
        )
        models.MappingEnd.objects.bulk_create(ends_of(one, values.left, values.right, known))
        record_change(actor, "RECORD_MAPPING", reference_to(one), before=None, after=values.as_json())
    return one


def correct_mapping(actor: Actor, code: str, values: MappingValues, *, seen: int, reason: str = "") -> models.Mapping:
    """Change what a mapping says; it is a draft again, and earlier reviews count no more.

    Raises MappingError, MappingChangedError where ``seen`` is not the revision any more, PermissionDenied.
    """
    _allow(actor)
    with transaction.atomic():
        one = _locked(code, seen=seen)
        before = values_of(one)
        if before == values:
            return one
        known = checked(values, code=one.code)
        for name, value in _stored(values).items():
            setattr(one, name, value)
        _edited(actor, one, MappingStatus.DRAFT)
        one.ends.all().delete()
        models.MappingEnd.objects.bulk_create(ends_of(one, values.left, values.right, known))
        after = values.as_json() | {"reason": reason}
        record_change(actor, "CORRECT_MAPPING", reference_to(one), before=before.as_json(), after=after)
    return one


def review_mapping(actor: Actor, code: str, *, verdict: str, seen: int, reason: str = "") -> models.Mapping:
    """Say whether a mapping is right.

    Two people who agree, none of whom wrote it, make it COMPLETE; one who does not makes it DISPUTED. Raises
    MappingError, MappingChangedError, PermissionDenied.
    """
    _allow(actor)
    if verdict not in Verdict.values:
        raise MappingError("verdict", f"{verdict!r} is neither AGREES nor DISAGREES")
    if verdict == Verdict.DISAGREES and not reason.strip():
        raise MappingError("reason", "say why you do not agree")
    with transaction.atomic():
        one = _locked(code, seen=seen)
        if actor.user_id is None or one.edited_by_id == actor.user_id:
            raise MappingError("verdict", "whoever wrote a mapping cannot review it")
        MappingReview.objects.update_or_create(
            mapping=one,
            revision=one.revision,
            reviewer_id=actor.user_id,
            defaults={"verdict": verdict, "reason": reason.strip(), "reviewed_at": timezone.now()},
        )
        before, one.status = one.status, _status_by_reviews(one)
        one.save(update_fields=["status"])
        after = {"verdict": verdict, "reason": reason.strip(), "status": one.status}
        record_change(actor, "REVIEW_MAPPING", reference_to(one), before={"status": before}, after=after)
    return one


def retire_mapping(actor: Actor, code: str, *, reason: str, seen: int) -> models.Mapping:
    """Take a mapping out of use; it stays readable. Raises MappingError, MappingChangedError, PermissionDenied."""
    _allow(actor)
    if not reason.strip():
        raise MappingError("reason", "say why the mapping is taken out of use")
    with transaction.atomic():
        one = _locked(code, seen=seen)
        before = {"status": one.status}
        _edited(actor, one, MappingStatus.RETIRED)
        after = {"status": one.status, "reason": reason.strip()}
        record_change(actor, "RETIRE_MAPPING", reference_to(one), before=before, after=after)
    return one


def dispute_mapping(code: str, *, reason: str, language: str) -> Dispute:
    """Take a reader's reason why a mapping is wrong.

    Nothing is kept of the reader, and nothing shown before a curator looked. Raises DisputeRefusedError.
    """
    words = reason.strip()
    if not words:
        raise DisputeRefusedError("EMPTY")
    if len(words) > LONGEST_REASON:
        raise DisputeRefusedError("TOO_LONG")
    with transaction.atomic():
        one = models.Mapping.objects.select_for_update().filter(code=code).first()
        if one is None or one.status == MappingStatus.RETIRED:
            raise DisputeRefusedError("RETIRED")
        waiting = one.disputes.filter(state=DisputeState.OPEN)
        same = waiting.filter(reason=words).first()
        if same is not None:
            return same
        lately = Dispute.objects.filter(received_at__gte=timezone.now() - dt.timedelta(hours=1)).count()
        if waiting.count() >= MOST_OPEN_A_MAPPING or lately >= MOST_AN_HOUR:
            raise DisputeRefusedError("FULL")
        return Dispute.objects.create(mapping=one, reason=words, language=language)


def decide_dispute(actor: Actor, found: Dispute, *, upheld: bool, decision: str) -> Dispute:
    """Answer a dispute; upheld, the mapping shows as disputed until it is corrected.

    Raises MappingError, PermissionDenied.
    """
    _allow(actor)
    if not decision.strip():
        raise MappingError("decision", "say why")
    with transaction.atomic():
        one = Dispute.objects.select_for_update().select_related("mapping").get(pk=found.pk)
        if one.state != DisputeState.OPEN:
            raise MappingError("decision", "this dispute was decided already")
        one.state = DisputeState.UPHELD if upheld else DisputeState.DISMISSED
        one.decision, one.decided_at, one.decided_by_id = decision.strip(), timezone.now(), actor.user_id
        one.save()
        after = {"dispute": str(one.uuid), "state": one.state, "reason": one.decision}
        before = {"status": one.mapping.status}
        if upheld:
            one.mapping.status = MappingStatus.DISPUTED
            one.mapping.save(update_fields=["status"])
        record_change(actor, "DECIDE_DISPUTE", reference_to(one.mapping), before=before, after=after)
    return one


# ---------------------------------------------------------------- parts of the deeds


def _stored(values: MappingValues) -> dict[str, Any]:
    return {
        "relation": values.relation,
        "strength": values.strength,
        "rationale": values.rationale,
        "kinds": list(values.kinds),
        "differs": dict(values.differs),
        "reuse_forward": values.reuse_forward,
        "reuse_backward": values.reuse_backward,
        "from_date": values.from_date,
        "until_date": values.until_date,
    }


def _locked(code: str, *, seen: int) -> models.Mapping:
    one = models.Mapping.objects.select_for_update().filter(code=code).first()
    if one is None:
        raise MappingError("code", f"there is no mapping {code}")
    if one.revision != seen:
        raise MappingChangedError
    return one


def _edited(actor: Actor, one: models.Mapping, status: str) -> None:
    one.status, one.revision = status, one.revision + 1
    one.edited_at, one.edited_by_id = timezone.now(), actor.user_id
    one.save()


def _status_by_reviews(one: models.Mapping) -> str:
    verdicts = list(one.reviews.filter(revision=one.revision).values_list("verdict", flat=True))
    upheld = one.disputes.filter(state=DisputeState.UPHELD, decided_at__gte=one.edited_at or one.recorded_at).exists()
    if Verdict.DISAGREES in verdicts or upheld:
        return MappingStatus.DISPUTED
    return MappingStatus.COMPLETE if len(verdicts) >= ENOUGH_REVIEWERS else MappingStatus.REVIEWED


def _next_code() -> str:
    numbers = [int(code[1:]) for code in _person_codes() if code[1:].isdigit()]
    return f"M{max(numbers, default=0) + 1:04d}"


def _person_codes() -> list[str]:
    return list(models.Mapping.objects.filter(code__startswith="M").values_list("code", flat=True))


def _people() -> Source:
    found, _made = Source.objects.get_or_create(
        code="CROSSWALK_CURATORS",
        defaults={"kind": "REFERENCE_WORK", "citation": "Judgement of curators; the change log names who and when"},
    )
    return found


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
