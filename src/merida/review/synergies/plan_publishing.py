"""Publishing a timetable: its visits stand in the calendar of all mechanisms. Each State decides who sees its days."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.sources.languages import LANGUAGES
from merida.review.synergies.actions import cancel_visit, move_visit, publish_visit, record_visit
from merida.review.synergies.models import Firmness, Visit
from merida.review.synergies.plan_actions import WAITING, lock_for_publishing, refuse_clashes, said
from merida.review.synergies.plan_models import CyclePlan, PlannedReview, PlanState
from merida.review.synergies.plan_records import reviews_of
from merida.review.synergies.plan_rules import PlanError

LONGEST_NOTE = 500


def publish_plan(actor: Actor, plan: CyclePlan, *, reason: str, seen: int | None = None) -> CyclePlan:
    """Publish a timetable in place of the one of the same draw that is published; its visits are made, moved, dropped.

    Refused where it has no place for a review, or no longer keeps every rule against the visits of today. Raises
    PlanError, PlanChangedError, PermissionDenied.
    """
    why = said(reason)
    with transaction.atomic():
        held = lock_for_publishing(actor, plan, seen)
        if held.state in WAITING:
            raise PlanError("{held}: it is being solved; wait, or cancel it first", held=held)
        if held.state == PlanState.PUBLISHED:
            raise PlanError("{held}: it is published already", held=held)
        reviews = list(reviews_of(held))
        without = [one.code for one in reviews if one.visit_first_date is None]
        if without:
            raise PlanError("{code}: it has no place yet; have the timetable solved first", code=without[0])
        refuse_clashes(held)
        earlier = _published(held)
        known = {one.code: one.visit_uuid for old in earlier for one in old.reviews.all() if one.visit_uuid is not None}
        for review in reviews:
            _make_visit(actor, held, review, known.pop(review.code, review.visit_uuid), why)
        for left in Visit.objects.filter(uuid__in=known.values(), cancelled_at__isnull=True):
            cancel_visit(actor, left, reason=why)
        before = {"state": held.state, "published_at": None}
        held.state, held.published_at, held.change_text = PlanState.PUBLISHED, timezone.now(), why
        held.sequence += 1
        held.save(update_fields=["state", "published_at", "change_text", "sequence"])
        for old in earlier:
            old.replaced_by = held
            old.save(update_fields=["replaced_by"])
        after = {
            "state": held.state,
            "published_at": held.published_at,
            "reason": why,
            "replaces": [str(old.uuid) for old in earlier],
        }
        record_change(actor, "PUBLISH_PLAN", reference_to(held), before=before, after=after)
    return held


def _published(held: CyclePlan) -> list[CyclePlan]:
    found = CyclePlan.objects.filter(state=PlanState.PUBLISHED, replaced_by__isnull=True, mechanism=held.mechanism_id)
    same = found.filter(draw=held.draw_id) if held.draw_id else found.filter(pk=held.based_on_id)
    return list(same.exclude(pk=held.pk).prefetch_related("reviews"))


def _make_visit(actor: Actor, held: CyclePlan, review: PlannedReview, known: UUID | None, why: str) -> None:
    first, last = review.visit_first_date, review.visit_last_date
    if first is None or last is None:
        raise PlanError("{code}: it has no place yet; have the timetable solved first", code=review.code)
    visit = Visit.objects.filter(uuid=known, cancelled_at__isnull=True).first() if known else None
    if visit is None:
        visit = record_visit(
            actor,
            state=review.state.iso3,
            mechanism=held.mechanism.code,
            first_date=first,
            last_date=last,
            kind=review.form,
            firmness=Firmness.FIXED if review.is_locked else Firmness.TENTATIVE,
            languages=[review.language] if review.language in LANGUAGES else [],
            source_text=_further_sessions(review),
            is_sample=held.is_sample,
        )
    elif (visit.first_date, visit.last_date) != (first, last):
        move_visit(actor, visit, first_date=first, last_date=last, reason=why)
    if review.visit_uuid != visit.uuid:
        review.visit_uuid = visit.uuid
        review.save(update_fields=["visit_uuid"])
    if review.published_at is not None:
        publish_visit(actor, visit)


def _further_sessions(review: PlannedReview) -> str:
    """Return the weeks of further sessions, as ISO days; empty where there is one only."""
    first = review.visit_first_date
    weeks = [str(first + timedelta(weeks=week)) for week in review.later_weeks] if first else []
    return f"sessions: {', '.join([str(first), *weeks])}" if weeks else ""


def open_timeline(actor: Actor, plan: CyclePlan, code: str, *, source: str, seen: int | None = None) -> CyclePlan:
    """Let everybody see the days of a review, as its State decided; ``source`` is the note that says so.

    The visit follows where the timetable is published. What was made from this timetable keeps the choice. Raises
    PlanError (no note, unknown review, open already), PlanChangedError, PermissionDenied.
    """
    if not source.strip():
        raise PlanError("note: say in which note the State says so")
    note = said(source)
    with transaction.atomic():
        held = lock_for_publishing(actor, plan, seen)
        review = reviews_of(held).filter(code=code).first()
        if review is None:
            raise PlanError("{code}: no review of this timetable has this code", code=code)
        if review.published_at is not None:
            raise PlanError("{code}: everybody may see its days already", code=code)
        review.published_at, review.opened_by_text = timezone.now(), note[:LONGEST_NOTE]
        review.save(update_fields=["published_at", "opened_by_text"])
        visit = Visit.objects.filter(uuid=review.visit_uuid, cancelled_at__isnull=True).first()
        if held.state == PlanState.PUBLISHED and visit is not None:
            publish_visit(actor, visit)
        held.sequence += 1
        held.save(update_fields=["sequence"])
        record_change(actor, "OPEN_TIMELINE", reference_to(review), before=None, after={"opened_by": note})
    return held
