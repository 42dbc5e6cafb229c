"""Publishing a timetable: its visits stand in the calendar of all mechanisms. Each State decides who sees its days."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
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
        _call_off(actor, _dialogues(known.values()), why)
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


def _dialogues(uuids: Iterable[UUID]) -> list[Visit]:
    """Return visits with the further sessions of their dialogues, those that stand."""
    wanted = list(uuids)
    found = Visit.objects.filter(Q(uuid__in=wanted) | Q(first_session__uuid__in=wanted), cancelled_at__isnull=True)
    return list(found.order_by("session_number", "pk"))


def _make_visit(actor: Actor, held: CyclePlan, review: PlannedReview, known: UUID | None, why: str) -> None:
    """Let the calendar hold a review's sessions, one visit each: kept, moved, made or called off as the plan says."""
    first, last = review.visit_first_date, review.visit_last_date
    if first is None or last is None:
        raise PlanError("{code}: it has no place yet; have the timetable solved first", code=review.code)
    standing = _dialogues([known] if known else [])
    if standing and (standing[0].kind != review.form or standing[0].first_session_id is not None):
        _call_off(actor, standing, why)  # what was to be a visit becomes something else: not the same event, moved
        standing = []
    by_number = {one.session_number: one for one in standing}
    dialogue = None
    for number, after in enumerate((0, *review.later_weeks), start=1):
        days = first + timedelta(weeks=after), last + timedelta(weeks=after)
        session = by_number.pop(number, None)
        if session is None:
            session = _record_session(actor, held, review, days=days, dialogue=dialogue, number=number)
        else:
            firmness = Firmness.FIXED if review.is_locked else ""
            move_visit(actor, session, first_date=days[0], last_date=days[1], reason=why, firmness=firmness)
        dialogue = dialogue or session
        if review.published_at is not None:
            publish_visit(actor, session)
    _call_off(actor, by_number.values(), why)
    if dialogue is not None and review.visit_uuid != dialogue.uuid:
        review.visit_uuid = dialogue.uuid
        review.save(update_fields=["visit_uuid"])


def _call_off(actor: Actor, visits: Iterable[Visit], why: str) -> None:
    for one in visits:
        cancel_visit(actor, one, reason=why)


def _record_session(
    actor: Actor,
    held: CyclePlan,
    review: PlannedReview,
    *,
    days: tuple[date, date],
    dialogue: Visit | None,
    number: int,
) -> Visit:
    return record_visit(
        actor,
        state=review.state.iso3,
        mechanism=held.mechanism.code,
        first_date=days[0],
        last_date=days[1],
        kind=review.form,
        firmness=Firmness.FIXED if review.is_locked else Firmness.TENTATIVE,
        languages=[review.language] if review.language in LANGUAGES else [],
        first_session=dialogue,
        session_number=number,
        is_sample=held.is_sample,
    )


def open_timeline(actor: Actor, plan: CyclePlan, code: str, *, source: str, seen: int | None = None) -> CyclePlan:
    """Let everybody see the days of a review, as its State decided; ``source`` is the note that says so.

    The visit, or each of its sessions, follows where the timetable is published. What was made from this timetable
    keeps the choice. Raises PlanError (no note, unknown review, open already), PlanChangedError, PermissionDenied.
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
        if held.state == PlanState.PUBLISHED and review.visit_uuid is not None:
            for session in _dialogues([review.visit_uuid]):
                publish_visit(actor, session)
        held.sequence += 1
        held.save(update_fields=["sequence"])
        record_change(actor, "OPEN_TIMELINE", reference_to(review), before=None, after={"opened_by": note})
    return held
