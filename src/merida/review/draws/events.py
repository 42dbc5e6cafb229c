"""What happens to a pair after the draw: answers, reminders, requests, postponements. One dated event each."""

import datetime as dt
import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import State
from merida.review.draws.models import Draw, DrawEvent, DrawMethod, EventKind, Pairing
from merida.review.draws.queries import answer_of, requests_counted
from merida.review.draws.reading import read_record
from merida.rules.lots import LotsError, Source, postponed, rules_of_record

ASKING = frozenset({EventKind.REDRAW_REQUESTED, EventKind.REFUSED, EventKind.REVIEWER_LEFT})  # for another reviewer


class DrawError(LotsError):
    """The draw, or what is to be recorded about it, cannot be so; the message names what and why."""


def record_acceptance(actor: Actor, pairing: Pairing, *, day: dt.date) -> DrawEvent:
    """Write down that the reviewer accepted. Raises DrawError (day, answered already), PermissionDenied."""
    _unanswered(actor, pairing)
    return add_event(actor, pairing, EventKind.ACCEPTED, day=day)


def record_refusal(actor: Actor, pairing: Pairing, *, day: dt.date, reason: str) -> DrawEvent:
    """Write down that the reviewer declined, and why. Raises DrawError, PermissionDenied."""
    _unanswered(actor, pairing)
    return add_event(
        actor, pairing, EventKind.REFUSED, day=day, reason=_said(reason, DrawError("say why the reviewer declines"))
    )


def record_reminder(actor: Actor, pairing: Pairing, *, day: dt.date) -> DrawEvent:
    """Write down that the reviewer was reminded to answer. Raises DrawError, PermissionDenied."""
    _unanswered(actor, pairing)
    return add_event(actor, pairing, EventKind.REMINDED, day=day)


def request_redraw(actor: Actor, pairing: Pairing, *, day: dt.date, reason: str, approved_by: str = "") -> DrawEvent:
    """Write down that the State under review asks for another reviewer.

    Above ``redraws_at_most`` of the draw's rules it takes ``approved_by``, a role or an office. Raises DrawError,
    PermissionDenied.
    """
    allow(actor)
    reason = _said(reason, DrawError("say why another reviewer is requested"))
    made = requests_counted(pairing.draw, pairing.state)
    allowed = json.loads(pairing.draw.announcement_text)["rules"]["redraws_at_most"]
    if made >= allowed and not approved_by.strip():
        raise DrawError(
            "{state} has requested another reviewer {count} times; one more takes the office that approved it",
            state=pairing.state,
            count=made,
        )
    return add_event(
        actor, pairing, EventKind.REDRAW_REQUESTED, day=day, reason=reason, approved_by=approved_by.strip()
    )


def record_departure(actor: Actor, pairing: Pairing, *, day: dt.date, reason: str) -> DrawEvent:
    """Write down that a reviewer that had accepted leaves. Raises DrawError, PermissionDenied."""
    allow(actor)
    reason = _said(reason, DrawError("say why the reviewer leaves"))
    return add_event(actor, pairing, EventKind.REVIEWER_LEFT, day=day, reason=reason)


def defer_review(
    actor: Actor, pairing: Pairing, *, day: dt.date, reason: str, approved_by: str = ""
) -> list[DrawEvent]:
    """Move the review of the State by one year, for all its reviewers. Raises DrawError, PermissionDenied."""
    allow(actor)
    reason = _said(reason, DrawError("say why the review is postponed"))
    if pairing.year is None:
        raise DrawError("the review of {state} has no year that could be postponed", state=pairing.state)
    made_so_far = DrawEvent.objects.filter(
        draw=pairing.draw, pairing__state=pairing.state, pairing__position=pairing.position, kind=EventKind.DEFERRED
    ).count()
    allowed = json.loads(pairing.draw.announcement_text)["rules"]["postponements_at_most"]
    if made_so_far >= allowed:
        raise DrawError(
            "the review of {state} was postponed already; the rules allow it so often: {most}",
            state=pairing.state,
            most=allowed,
        )
    with transaction.atomic():
        both = Pairing.objects.select_for_update().filter(
            draw=pairing.draw, state=pairing.state, replaced_by__isnull=True
        )
        made = []
        for one in both.select_related("state", "reviewer", "draw").order_by("position"):
            one.year = (one.year or pairing.year) + 1
            one.save(update_fields=["year"])
            made.append(
                add_event(actor, one, EventKind.DEFERRED, day=day, reason=reason, approved_by=approved_by.strip())
            )
    return made


def postpone_year(
    actor: Actor, draw: Draw, state: State, *, day: dt.date, reason: str, approved_by: str = ""
) -> DrawEvent:
    """Move a review whose year was drawn to the next year of the cycle. Raises DrawError, PermissionDenied."""
    allow(actor)
    record = draw.records.order_by("number").first()
    drawn = read_record(record.text) if record else None
    if record is None or drawn is None or drawn.announcement.method != DrawMethod.YEARS:
        raise DrawError("{draw} has drawn no years", draw=draw)
    made = DrawEvent.objects.filter(draw=draw, state=state).count()
    years = {code: year + (made if code == state.iso3 else 0) for code, year in drawn.years.items()}
    try:
        postponed(years, state.iso3, reason=reason, rules=rules_of_record(drawn.content), so_far=made)
    except LotsError as error:
        raise DrawError(error.template, **error.values) from error
    _check_day(day, record.drawn_at.date())
    with transaction.atomic():
        event = DrawEvent.objects.create(
            draw=draw,
            state=state,
            kind=EventKind.DEFERRED,
            event_date=day,
            reason=reason.strip(),
            approved_by=approved_by.strip(),
        )
        after = {"kind": "DEFERRED", "state": state.iso3, "event_date": day, "reason": event.reason}
        record_change(actor, "RECORD_DRAW_EVENT", reference_to(event), before=None, after=after)
    return event


def announce_redraw(
    actor: Actor, pairing: Pairing, *, source: Source | None, reason: str, approved_by: str
) -> DrawEvent:
    """Announce from which public source another reviewer will be drawn, before anybody can know what it says.

    It takes an earlier event that asks for another reviewer, a reason and the office that approved it, and is said once
    for a pair: two sources would leave a choice. Raises DrawError, PermissionDenied.
    """
    allow(actor)
    reason = _said(reason, DrawError("say why another reviewer is drawn"))
    approved_by = _said(approved_by, DrawError("say which office approved it"))
    if source is None or not source.name.strip():
        raise DrawError("name the public source of the seed and the moment at which it will be known")
    now = timezone.now()
    if source.published_at <= now:
        raise DrawError(
            "the source is known since {moment}: name one that nobody can know yet", moment=source.published_at
        )
    events = list(pairing.events.order_by("recorded_at"))
    if not any(one.kind in ASKING for one in events):
        raise DrawError(
            "nothing asks for another reviewer than {reviewer} so far: record the request first",
            reviewer=pairing.reviewer,
        )
    if any(one.kind == EventKind.REDRAW_ANNOUNCED for one in events):
        raise DrawError("a source was announced for this pair already; it stays")
    return add_event(
        actor,
        pairing,
        EventKind.REDRAW_ANNOUNCED,
        day=now.date(),
        reason=reason,
        approved_by=approved_by,
        source=source,
    )


def add_event(
    actor: Actor,
    pairing: Pairing,
    kind: EventKind,
    *,
    day: dt.date,
    reason: str = "",
    approved_by: str = "",
    source: Source | None = None,
) -> DrawEvent:
    """Add one dated event to a pair. Raises DrawError for a day before the draw or after today, PermissionDenied."""
    allow(actor)
    _check_day(day, pairing.record.drawn_at.date())
    with transaction.atomic():
        event = DrawEvent.objects.create(
            draw=pairing.draw,
            pairing=pairing,
            kind=kind,
            event_date=day,
            reason=reason,
            approved_by=approved_by,
            source_name=source.name.strip() if source else "",
            source_public_at=source.published_at if source else None,
        )
        after = {
            "kind": str(kind),
            "state": pairing.state.iso3,
            "reviewer": pairing.reviewer.iso3,
            "event_date": day,
            "reason": reason,
            "approved_by": approved_by,
            "source_name": event.source_name,
            "source_public_at": event.source_public_at,
        }
        record_change(actor, "RECORD_DRAW_EVENT", reference_to(event), before=None, after=after)
    return event


def allow(actor: Actor) -> None:
    """Raise PermissionDenied for those who may not hold draws."""
    if not may(actor, Deed.HOLD_DRAW):
        raise PermissionDenied("only the secretariat may hold draws and record what follows")


def _check_day(day: dt.date, drawn: dt.date) -> None:
    if day < drawn:
        raise DrawError("{day} lies before the day of the draw, {drawn}", day=day, drawn=drawn)
    if day > timezone.now().date():
        raise DrawError("{day} lies in the future", day=day)


def _unanswered(actor: Actor, pairing: Pairing) -> None:
    allow(actor)
    answer = answer_of(pairing.events.order_by("event_date", "recorded_at"))
    if answer is not None:
        raise DrawError(
            "{reviewer} has answered already: {kind}, {day}",
            reviewer=pairing.reviewer,
            kind=EventKind(answer.kind),
            day=answer.event_date,
        )


def _said(text: str, missing: DrawError) -> str:
    if not text.strip():
        raise missing
    return text.strip()
