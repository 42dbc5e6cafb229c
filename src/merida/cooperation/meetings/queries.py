"""Reading meetings: each is as visible as the document that reports on it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet

from merida.cooperation.meetings.models import (
    AgendaItem,
    Attendance,
    Conclusion,
    ConclusionKind,
    Meeting,
    Observer,
    Officer,
    PlannedTopic,
)
from merida.foundation.access.visibility import SYSTEM, Actor, visible_condition
from merida.foundation.changes.prepared import found_where
from merida.foundation.registry.models import State
from merida.knowledge.documents.models import Document

#: A conclusion stands unless a person found that it only recalls or promises something.
_STANDS = Q(recommendation=None) | Q(recommendation__kind__in=ConclusionKind.values)


def _concluded() -> QuerySet[Conclusion]:
    return Conclusion.objects.filter(_STANDS).select_related("recommendation")


def meetings(actor: Actor, *, body: str = "") -> QuerySet[Meeting]:
    """Return the meetings that ``actor`` may see, the latest first, with their report; 1 query.

    ``states_count`` says how many States the report lists.
    """
    found = Meeting.objects.filter(visible_condition(actor, "document__"))
    if body:
        found = found.filter(document__body=body)
    found = found.select_related("document", "version__document").annotate(states_count=Count("attendances"))
    return found.order_by("-from_date", "slug")


def meeting_by_slug(actor: Actor, slug: str) -> Meeting | None:
    """Return one meeting with its officers, organisations, agenda, conclusions and topics, or None; 6 queries."""
    return (
        meetings(actor)
        .prefetch_related(
            Prefetch("officers", Officer.objects.select_related("state").order_by("position")),
            Prefetch("observers", Observer.objects.select_related("organisation").order_by("position")),
            Prefetch("items", AgendaItem.objects.order_by("position")),
            Prefetch("conclusions", _concluded().order_by("position")),
            Prefetch("topics", PlannedTopic.objects.order_by("year", "position")),
        )
        .filter(slug=slug)
        .first()
    )


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Return the States that a meeting's report lists; 1 query."""
    return meeting.attendances.select_related("state", "meeting__version__document").order_by("state__iso3")


def attendances(actor: Actor, *, body: str = "") -> QuerySet[Attendance]:
    """Return attendances at meetings that ``actor`` may see, the latest meeting first; 1 query."""
    found = Attendance.objects.filter(visible_condition(actor, "meeting__document__"))
    if body:
        found = found.filter(meeting__document__body=body)
    found = found.select_related("state", "meeting__document", "meeting__version__document")
    return found.order_by("-meeting__from_date", "state__iso3", "pk")


def attendances_at(actor: Actor, state: State) -> list[Attendance]:
    """Return all ``attendances`` of one State; 1 query."""
    return found_where(_attended, visible_condition(actor, "meeting__document__"), Q(state=state.pk))


def _attended(visible: Q, by_state: Q) -> QuerySet[Attendance]:
    return attendances(SYSTEM).filter(visible, by_state)


def states_with_attendance(actor: Actor, *, body: str = "") -> QuerySet[State]:
    """Return all States with how many meetings list each (``attended``), and the first and last of their days."""
    seen = Q(visible_condition(actor, "attendances__meeting__document__"), attendances__isnull=False)
    if body:
        seen &= Q(attendances__meeting__document__body=body)
    counted = State.objects.exclude(kind="REGIONAL_ORGANIZATION").annotate(
        attended=Count("attendances", filter=seen),
        first_attended=Min("attendances__meeting__from_date", filter=seen),
        last_attended=Max("attendances__meeting__from_date", filter=seen),
    )
    return counted.order_by("iso3")


def documents_with_symbols(actor: Actor, symbols: Iterable[str]) -> dict[str, Document]:
    """Return the documents held here by symbol; 1 query."""
    wanted = set(symbols)
    found = Document.objects.visible_to(actor).filter(symbol__in=wanted) if wanted else ()
    return {one.symbol: one for one in found}


def _parts(model: Any, actor: Actor) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(visible_condition(actor, "meeting__document__"))
    return found.select_related("meeting__version__document").order_by("meeting_id", "position")


def agenda_items(actor: Actor) -> QuerySet[AgendaItem]:
    """Return the items of all agendas; 1 query."""
    return _parts(AgendaItem, actor)


def observers(actor: Actor) -> QuerySet[Observer]:
    """Return the organisations of all meetings; 1 query."""
    return _parts(Observer, actor).select_related("organisation")


def officers(actor: Actor) -> QuerySet[Officer]:
    """Return the officers of all meetings; 1 query."""
    return _parts(Officer, actor).select_related("state")


def conclusions(actor: Actor) -> QuerySet[Conclusion]:
    """Return the conclusions of all meetings with their records; 1 query."""
    found: QuerySet[Conclusion] = _parts(Conclusion, actor)
    return found.filter(_STANDS).select_related("recommendation")


def planned_topics(actor: Actor) -> QuerySet[PlannedTopic]:
    """Return the topics that meetings set for later years; 1 query."""
    return _parts(PlannedTopic, actor)
