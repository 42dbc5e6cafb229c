"""From reviews, visits and holidays, by day, to what the solver plans, by week; and back. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from merida.review.synergies.plan_rules import PlanError, Rules
from merida.rules.timetable.instance import (
    VISIT,
    Instance,
    Mode,
    OtherVisit,
    Planned,
    Review,
    TimetableError,
    check_instance,
)

DAYS = 7


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a review stands: all days of it, the last ones included."""

    desk_first: date
    visit_first: date
    visit_last: date
    report_last: date
    form: str = VISIT
    later: tuple[int, ...] = ()  # weeks of further sessions, counted from the first
    moved: tuple[tuple[str, date, date], ...] = ()  # mechanism, Monday before, Monday wished


@dataclass(frozen=True, slots=True)
class ToPlan:
    """A review to be planned; ``earliest`` and ``latest`` are Mondays, ``placed`` is where it stands so far."""

    code: str
    state: str
    reviewers: tuple[str, ...]
    language: str
    earliest: date
    latest: date
    placed: Placed | None = None
    locked: bool = False
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A visit of another mechanism to a State; where ``joint``, the same week is welcome; ``movable`` as it says.

    ``subjects``: what it is about; a joint visit needs one that the review covers too, where both name any.
    """

    state: str
    mechanism: str
    first: date
    last: date
    joint: bool = False
    movable: bool = False
    subjects: frozenset[str] = frozenset()


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of(day: date, first_monday: date) -> int:
    """Return in which week of a timetable a day lies, counted from 0."""
    return (day - first_monday).days // DAYS


def first_monday_of(year: int) -> date:
    """Return the first Monday of a year."""
    first = date(year, 1, 1)
    return first + timedelta(days=-first.weekday() % DAYS)


def make_instance(
    first_monday: date,
    weeks: int,
    rules: Rules,
    *,
    reviews: Sequence[ToPlan],
    elsewhere: Iterable[Elsewhere] = (),
    rest_days: Mapping[str, Collection[date]] | None = None,
) -> Instance:
    """Return what the solver plans.

    A visit elsewhere before the first week or after the last one narrows the weeks of the State's review, so that the
    distance is kept there too. Raises PlanError naming the review, the visit or the rule.
    """
    span = _Span(first_monday, weeks)
    under_review = {one.state for one in reviews}
    concerned = [one for one in elsewhere if one.state in under_review]
    inside = [one for visit in concerned for one in _weekly(visit, span, _freedom(visit, rules, reviews))]
    experts = {state for one in reviews for state in (one.state, *one.reviewers)}
    instance = Instance(
        first_monday=first_monday,
        capacity=rules.capacity_by_week(first_monday, weeks),
        reviews=tuple(_review(one, span, rules, concerned) for one in reviews),
        others=tuple(inside),
        blocked=frozenset(week for one in rules.blocked for week in span.hit(one.first, one.last, rules.visit_days)),
        closed={
            state: frozenset(week for day in days for week in span.hit(day, day, rules.visit_days))
            for state, days in sorted((rest_days or {}).items())
            if rules.with_holidays
        },
        visits_at_once=rules.visits_at_once,
        visits_a_language=rules.visits_a_language,
        distance=rules.distance_weeks,
        distances=dict(rules.distances),
        busy=_busy(rules, span, experts),
        interpreters=_by_language("interpreters", rules, span, reviews, rules.visits_a_language),
        officers=_by_language("officers_of_language", rules, span, reviews, None),
        zones={state: name for state, name in sorted(rules.zones.items()) if state in experts and rules.at_distance},
        session_hours=rules.session_hours,
        locks={one.code: span.week(one.placed.visit_first) for one in reviews if one.placed and one.locked},
    )
    try:
        check_instance(instance)
    except TimetableError as error:
        raise PlanError(str(error)) from error
    return instance


def planned_of(reviews: Iterable[ToPlan], first_monday: date, rules: Rules) -> list[Planned]:
    """Return where the reviews stand so far, in weeks; those without a place are left out."""
    known: dict[tuple[object, ...], Mode] = {}
    for mode in rules.modes:
        known.setdefault((mode.desk, mode.report, mode.form, mode.later), mode)
    return [
        Planned(one.code, week_of(one.placed.visit_first, first_monday), _mode(one.placed, known))
        for one in reviews
        if one.placed
    ]


def placed_at(instance: Instance, planned: Planned, rules: Rules) -> Placed:
    """Return the days of a planned review: the visit begins on the Monday of its week."""
    monday = instance.monday(planned.week)
    return Placed(
        desk_first=monday - timedelta(weeks=planned.mode.desk),
        visit_first=monday,
        visit_last=monday + timedelta(days=rules.visit_days - 1),
        report_last=monday + timedelta(weeks=planned.mode.report, days=DAYS - 1),
        form=planned.mode.form,
        later=planned.mode.later,
        moved=tuple(
            (other.mechanism, instance.monday(other.week), instance.monday(week)) for other, week in planned.moved
        ),
    )


@dataclass(frozen=True, slots=True)
class _Span:
    first: date
    weeks: int

    def monday(self, week: int) -> date:
        return self.first + timedelta(weeks=week)

    def week(self, day: date) -> int:
        return (day - self.first).days // DAYS

    def hit(self, first: date, last: date, visit_days: int) -> Iterator[int]:
        """Yield the weeks whose visiting days touch the span of days."""
        for week in range(max(0, self.week(first)), min(self.weeks - 1, self.week(last)) + 1):
            monday = self.monday(week)
            if first <= monday + timedelta(days=visit_days - 1) and monday <= last:
                yield week


def _weekly(visit: Elsewhere, span: _Span, freedom: int) -> Iterator[OtherVisit]:
    first, last = span.week(visit.first), span.week(visit.last)
    for week in range(max(0, first), min(span.weeks - 1, last) + 1):
        moves = freedom if first == last else 0
        yield OtherVisit(
            visit.state,
            visit.mechanism,
            week,
            joint=visit.joint and first == last,
            subjects=visit.subjects,
            earliest=max(0, week - moves) if moves else None,
            latest=min(span.weeks - 1, week + moves) if moves else None,
        )


def _freedom(visit: Elsewhere, rules: Rules, reviews: Sequence[ToPlan]) -> int:
    """Return how many weeks a visit may be planned away from its own; only for one review of a State can it be."""
    alone = sum(one.state == visit.state for one in reviews) == 1
    return rules.movable_weeks if visit.movable and alone else 0


def _busy(rules: Rules, span: _Span, experts: Collection[str]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for one in rules.busy:
        if one.state not in experts:
            raise PlanError("busy: {state} neither reviews nor is reviewed in this timetable", state=one.state)
        found.setdefault(one.state, set()).update(span.hit(one.first, one.last, rules.visit_days))
    return {state: frozenset(weeks) for state, weeks in sorted(found.items()) if weeks}


def _by_language(
    name: str, rules: Rules, span: _Span, reviews: Sequence[ToPlan], otherwise: int | None
) -> dict[str, tuple[int, ...]]:
    """Return numbers by week for the languages that the rule names and the reviews need."""
    named = {key.split()[-1] for key in getattr(rules, name)}
    mondays = [span.monday(week) for week in range(span.weeks)]
    return {
        code: tuple(
            rules.by_language(name, code, day, rules.officers(day) if otherwise is None else otherwise)
            for day in mondays
        )
        for code in sorted(named & {one.language for one in reviews})
    }


def _review(one: ToPlan, span: _Span, rules: Rules, elsewhere: Sequence[Elsewhere]) -> Review:
    release, latest = span.week(one.earliest), span.week(one.latest)
    for visit in elsewhere:
        if visit.state == one.state and span.week(visit.last) < 0:
            release = max(release, span.week(visit.last) + rules.weeks_from(visit.mechanism))
        if visit.state == one.state and span.week(visit.first) >= span.weeks:
            latest = min(latest, span.week(visit.first) - rules.weeks_from(visit.mechanism))
    if release > latest:
        raise PlanError(
            "{code}: no week is left between {earliest} and {latest}",
            code=one.code,
            earliest=one.earliest,
            latest=one.latest,
        )
    return Review(
        one.code,
        one.state,
        one.reviewers,
        one.language,
        release,
        latest,
        rules.modes,
        joint=rules.with_joint,
        subjects=one.subjects,
    )


def _mode(placed: Placed, known: Mapping[tuple[object, ...], Mode]) -> Mode:
    """Return the lengths of a placed review; lengths that the rules no longer hold stay as they are, at no cost."""
    monday = monday_of(placed.visit_first)
    desk = (monday - placed.desk_first).days // DAYS
    report = (placed.report_last - monday).days // DAYS
    found = known.get((desk, report, placed.form, placed.later))
    return found or Mode(desk, report, form=placed.form, later=placed.later)
