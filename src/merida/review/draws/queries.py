"""Reads of draws. Draws that are not announced are for those whom the one rule lets see drafts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from merida.foundation.access.visibility import Actor, visible_condition
from merida.foundation.registry.models import State, StateName
from merida.review.draws.models import Draw, DrawEvent, DrawRecord, DrawState, EventKind, Pairing

ANSWERS = frozenset({EventKind.ACCEPTED, EventKind.REFUSED, EventKind.REVIEWER_LEFT})


def draws_list(actor: Actor) -> QuerySet[Draw]:
    """Draws that ``actor`` may see, the latest moment first, with mechanism, cycle and records; 2 queries.

    The texts of the records are read when they are asked for: that of a whole cycle holds megabytes.
    """
    records = Prefetch("records", DrawRecord.objects.defer("text").order_by("number"))
    found = (
        Draw.objects.visible_to(actor)
        .select_related("mechanism", "cycle", "instrument", "continues")
        .prefetch_related(records)
    )
    ordered: QuerySet[Draw] = found.order_by("-moment_at", "slug")
    return ordered


def draw_by_slug(actor: Actor, slug: str) -> Draw | None:
    """The draw of this address as far as ``actor`` may see it; None otherwise. 2 queries."""
    return draws_list(actor).filter(slug=slug).first()


def state_of(draw: Draw) -> DrawState:
    """Where a draw stands; no query after ``draws_list``."""
    if draw.published_at is None:
        return DrawState.DRAFT
    return DrawState.DRAWN if draw.records.all() else DrawState.ANNOUNCED


def records_of(draw: Draw) -> list[DrawRecord]:
    """The records of a draw, the first draw first; no query after ``draws_list``."""
    return list(draw.records.all())


def record_numbered(draw: Draw, number: int) -> DrawRecord | None:
    """One record of a draw; None where there is none."""
    return next((one for one in records_of(draw) if one.number == number), None)


def pairings_of(draw: Draw) -> list[Pairing]:
    """The pairs that hold, by State and place, each with both States and its events by day; 2 queries."""
    found = (
        Pairing.objects.filter(draw=draw, replaced_by__isnull=True)
        .select_related("state", "reviewer", "record")
        .defer("record__text")
    )
    return list(found.order_by("year", "state__iso3", "position").prefetch_related(_by_day()))


def pairing_of(draw: Draw, identifier: str) -> Pairing | None:
    """A pair of this draw that holds, by its identifier; None where there is none."""
    found = Pairing.objects.filter(draw=draw, replaced_by__isnull=True).select_related("state", "reviewer")
    return next((one for one in found.prefetch_related(_by_day()) if str(one.uuid) == identifier), None)


def events_of(draw: Draw) -> list[DrawEvent]:
    """Everything that happened after the draw, by day, with the pair; 1 query."""
    found = DrawEvent.objects.filter(draw=draw).select_related("pairing__state", "pairing__reviewer", "state")
    return list(found.order_by("event_date", "recorded_at"))


def parts_of(draw: Draw) -> list[Draw]:
    """The other draws of the same cycle, in the order in which they continue each other; a query for each."""
    before, after, one = list[Draw](), list[Draw](), draw
    while one.continues is not None:
        one = one.continues
        before.append(one)
    following = Draw.objects.filter(continues=draw).first()
    while following is not None:
        after.append(following)
        following = Draw.objects.filter(continues=following).first()
    return [*reversed(before), *after]


def pairs_held(draws: Iterable[Draw]) -> list[tuple[str, str]]:
    """The pairs of these draws that hold, State and reviewer by code; 1 query."""
    found = Pairing.objects.filter(draw__in=list(draws), replaced_by__isnull=True)
    return list(found.order_by("state__iso3", "position").values_list("state__iso3", "reviewer__iso3"))


def draws_to_continue(actor: Actor) -> list[Draw]:
    """Held public draws of reviewers that no other draw continues yet, the latest first; 2 queries.

    Only public ones: the announcement of what continues them names their pairs.
    """
    found = draws_list(actor).filter(audience="PUBLIC", continued_by__isnull=True, pairings__isnull=False).distinct()
    return list(found)


def draws_of_years(actor: Actor) -> list[Draw]:
    """Held draws of the year of each review, the latest first; 2 queries."""
    found = draws_list(actor).filter(announcement_text__contains='"method":"YEARS"', records__isnull=False).distinct()
    return list(found)


def postponed_states(draw: Draw) -> list[str]:
    """The States whose drawn year was moved, by code, once for each time; 1 query."""
    found = DrawEvent.objects.filter(draw=draw, kind=EventKind.DEFERRED, state__isnull=False)
    return list(found.values_list("state__iso3", flat=True))


def unanswered(actor: Actor) -> list[Pairing]:
    """The pairs that hold and have no answer, of the draws that ``actor`` may see, by draw; 2 queries."""
    answered = DrawEvent.objects.filter(kind__in=ANSWERS, pairing__isnull=False).values("pairing")
    found = Pairing.objects.filter(visible_condition(actor, "draw__"), replaced_by__isnull=True).exclude(
        pk__in=answered
    )
    rows = found.select_related("draw", "record", "state", "reviewer").defer("record__text")
    return list(rows.order_by("draw__moment_at", "state__iso3", "position").prefetch_related(_by_day()))


@dataclass(frozen=True, slots=True)
class NewName:
    """A State's short name that came after the draw; ``before`` is ``""`` where the registry does not say it."""

    day: dt.date
    state: str
    before: str
    after: str
    language: str


def renamed(codes: Iterable[str], *, after: dt.date, language: str = "en") -> list[NewName]:
    """The States, by code, whose short name changed after a day, in this language, else in English; 1 query."""
    found = StateName.objects.filter(
        Q(since_date__gt=after) | Q(until_date__gt=after),
        state__iso3__in=set(codes),
        language__in={language, "en"},
        kind="SHORT",
    )
    rows = list(found.order_by("since_date").values_list("state__iso3", "language", "name", "since_date", "until_date"))
    ended = {(code, spoken, until): name for code, spoken, name, _since, until in rows if until}
    made: dict[tuple[str, dt.date], NewName] = {}
    for code, spoken, name, since, _until in rows:
        if since and since > after and (spoken == language or (code, since) not in made):
            made[code, since] = NewName(since, code, ended.get((code, spoken, since), ""), name, spoken)
    return list(made.values())


def requests_counted(draw: Draw, state: State) -> int:
    """How often another reviewer was requested for a State under review; 1 query."""
    return DrawEvent.objects.filter(draw=draw, pairing__state=state, kind=EventKind.REDRAW_REQUESTED).count()


def answer_of(events: Iterable[DrawEvent]) -> DrawEvent | None:
    """The last answer of a reviewer, or None while it has not answered."""
    given = [one for one in events if one.kind in ANSWERS]
    return given[-1] if given else None


def _by_day() -> Any:
    return Prefetch("events", DrawEvent.objects.order_by("event_date", "recorded_at"))


def all_records(actor: Actor) -> QuerySet[DrawRecord]:
    """Every record of the draws that ``actor`` may see, with its draw; 1 query."""
    found = DrawRecord.objects.filter(visible_condition(actor, "draw__"))
    return found.select_related("draw").order_by("draw__slug", "number")


def all_pairings(actor: Actor) -> QuerySet[Pairing]:
    """Every pair ever drawn, replaced ones too, of the draws that ``actor`` may see; 1 query."""
    found = Pairing.objects.filter(visible_condition(actor, "draw__"))
    return found.select_related("draw", "record", "state", "reviewer").order_by("draw__slug", "pk")


def all_events(actor: Actor) -> QuerySet[DrawEvent]:
    """Every event of the draws that ``actor`` may see; 1 query."""
    found = DrawEvent.objects.filter(visible_condition(actor, "draw__"))
    return found.select_related("draw", "pairing__state", "pairing__reviewer", "state").order_by("draw__slug", "pk")
