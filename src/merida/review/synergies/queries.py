"""Reading visits, and the clashes among those that a reader may see."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from merida.foundation.access.visibility import ANYBODY, Actor, visible_condition
from merida.foundation.changes.prepared import found_where
from merida.foundation.changes.remembering import remembered
from merida.foundation.registry.models import Cycle, Mechanism, Provision, State
from merida.foundation.registry.queries import groups_on
from merida.review.synergies.clashes import Clash, PlannedVisit, clashes
from merida.review.synergies.holidays import DaysOfRest, days_of_rest
from merida.review.synergies.models import Visit, VisitKind

IN_COUNTRY = frozenset({VisitKind.VISIT, VisitKind.HYBRID})
FIRST_YEAR, LAST_YEAR = 1990, 2200  # of a calendar; the package of holidays goes no further

SUBJECT = Provision.objects.select_related("instrument").order_by("instrument__code", "position")


def visits_seen(actor: Actor) -> Any:
    """Return all visits that ``actor`` may see, cancelled ones too, by day; with mechanism, State and subject."""
    found = Visit.objects.visible_to(actor).select_related("mechanism", "state", "first_session")
    return found.prefetch_related(Prefetch("provisions", SUBJECT)).order_by("first_date", "uuid")


def visits_of(actor: Actor, state: State) -> Any:
    """Return the visits to ``state`` that ``actor`` may see, cancelled ones too, by day."""
    return visits_seen(actor).filter(state=state)


def visits_between(
    actor: Actor, first: date, last: date, *, mechanism: str = "", group: str = "", state: str = ""
) -> Any:
    """Return the visits with a day from ``first`` to ``last``; ``group`` is a regional group as of ``first``."""
    found = visits_seen(actor).filter(first_date__lte=last, last_date__gte=first)
    if mechanism:
        found = found.filter(mechanism__code=mechanism)
    if state:
        found = found.filter(state__iso3=state)
    if group:
        found = found.filter(state__iso3__in=[code for code, its in groups_on(first).items() if its == group])
    return found


def visits_of_mechanism(actor: Actor, mechanism: Mechanism, cycle: Cycle | None = None) -> Any:
    """Return the visits of a mechanism; with ``cycle`` those that begin within it."""
    found = visits_seen(actor).filter(mechanism=mechanism)
    if cycle is not None and cycle.since_date:
        found = found.filter(first_date__gte=cycle.since_date)
    if cycle is not None and cycle.until_date:
        found = found.filter(first_date__lte=cycle.until_date)
    return found


def visit_by_uuid(actor: Actor, identifier: UUID) -> Visit | None:
    """Return one visit as far as ``actor`` may see it."""
    found: Visit | None = visits_seen(actor).filter(uuid=identifier).first()
    return found


def sessions_with(actor: Actor, visit: Visit) -> list[Visit]:
    """Return the sessions of a visit's dialogue that stand, in their order; itself alone where it is held at once."""
    first = visit.first_session_id or visit.pk
    found = visits_seen(actor).filter(Q(pk=first) | Q(first_session=first), cancelled_at__isnull=True)
    return list(found.order_by("session_number", "pk"))


def coming_visits(actor: Actor, today: date, *, count: int, state: State | None = None) -> list[Visit]:
    """Return the next visits that are not cancelled, to one State or any, those under way first. 1 query.

    For readers who are not signed in it is remembered which they are, and to which States there are none.
    """
    if actor != ANYBODY:
        return _coming(actor, today, count, state)
    if state is None:
        return list(_coming_for_everybody(today, count))
    return _coming(actor, today, count, state) if state.pk in _awaiting_for_everybody(today) else []


@remembered
def _coming_for_everybody(today: date, count: int) -> tuple[Visit, ...]:
    return tuple(_coming(ANYBODY, today, count, None))


@remembered
def _awaiting_for_everybody(today: date) -> frozenset[int]:
    return frozenset(_held(ANYBODY, today).values_list("state_id", flat=True))


def _held(actor: Actor, today: date) -> Any:
    return Visit.objects.filter(*_conditions(actor, today))


def _conditions(actor: Actor, today: date) -> tuple[Q, ...]:
    return visible_condition(actor), Q(last_date__gte=today, cancelled_at__isnull=True)


def _coming(actor: Actor, today: date, count: int, state: State | None) -> list[Visit]:
    wanted = _conditions(actor, today) + ((Q(state=state.pk),) if state is not None else ())
    return found_where(_first_visits(count), *wanted)


@cache
def _first_visits(count: int) -> Callable[..., QuerySet[Visit]]:
    """Return how the first visits are asked for: one function for each number, for ``found_where`` knows it by that."""

    def first(*wanted: Q) -> QuerySet[Visit]:
        return Visit.objects.filter(*wanted).select_related("mechanism", "state").order_by("first_date", "uuid")[:count]

    return first


def states_with_visits(actor: Actor) -> list[str]:
    """Return the slugs of the States to which ``actor`` may see a visit. 1 query."""
    return sorted(set(Visit.objects.visible_to(actor).values_list("state__slug", flat=True)))


def years_with_visits(actor: Actor) -> list[int]:
    """Return the years in which a visit begins that ``actor`` may see. 1 query."""
    return [day.year for day in Visit.objects.visible_to(actor).dates("first_date", "year")]


def rest_around(state: State, visits: Iterable[Visit | PlannedVisit], language: str) -> DaysOfRest:
    """Return the State's days of rest in the years of ``visits``."""
    spans = [_days(one) for one in visits]
    years = {year for first, last in spans for year in (first.year, last.year)}
    return days_of_rest(state.iso2, tuple(sorted(years & set(range(FIRST_YEAR, LAST_YEAR)))), language)


def clashes_among(visits: Iterable[Visit], **rest: Any) -> list[Clash]:
    """Return the clashes among the visits at hand, all to one State; ``rest`` is what ``clashes`` takes."""
    return clashes([planned(one) for one in visits if one.cancelled_at is None], **rest)


def clashes_if(actor: Actor, state: State, wished: PlannedVisit, language: str) -> tuple[list[Clash], list[Visit]]:
    """Return what would stand in the way of ``wished``, and the visits it would clash with.

    A visit with the key of ``wished`` is the one that would be moved.
    """
    others = [one for one in visits_of(actor, state).filter(cancelled_at__isnull=True) if str(one.uuid) != wished.key]
    rest = rest_around(state, [wished], language)
    found = clashes([wished, *map(planned, others)], holidays=rest.holidays, weekend=rest.weekend)
    concerned = [one for one in found if wished.key in {one.visit, one.other}]
    keys = {one.visit for one in concerned} | {one.other for one in concerned}
    return concerned, [one for one in others if str(one.uuid) in keys]


def planned(visit: Visit) -> PlannedVisit:
    """Return a visit as the rules of clashes take it."""
    return PlannedVisit(
        str(visit.uuid),
        visit.first_date,
        visit.last_date,
        dialogue=str(visit.first_session_id or visit.pk),
        in_country=visit.kind in IN_COUNTRY,
    )


def _days(one: Visit | PlannedVisit) -> tuple[date, date]:
    return (one.first, one.last) if isinstance(one, PlannedVisit) else (one.first_date, one.last_date)
