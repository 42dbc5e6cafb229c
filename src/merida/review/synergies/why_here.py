"""Why a review's visit lies where it lies, and what would have to move for it to lie in another week. Pure.

Each week is looked at as if this visit alone were moved and everything else stayed. What the view does not say (the
weights of the costs, officers by week) is not guessed at: a week without obstacle is possible for this review by
itself; why the plan as a whole does not use it only the solver's cost says.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from merida.review.synergies.plan_instance import monday_of
from merida.review.synergies.plan_view import Bar, OtherBar, PlanView
from merida.rules.timetable.instance import VIRTUAL, VISIT, VISIT_LOAD

WEEK = timedelta(weeks=1)
NEIGHBOURS = 8  # weeks before and after that are told one by one


class Obstacle(StrEnum):
    """What stands in the way of a visit in a week."""

    OUTSIDE = "OUTSIDE"  # before or after the days that the rules of the cycle leave
    STAGES = "STAGES"  # desk review or reporting, as long as they are now, would run out of the plan
    BLOCKED = "BLOCKED"
    HOLIDAY = "HOLIDAY"
    OTHER_VISIT = "OTHER_VISIT"  # of another mechanism, in the same week or too close
    STATE_BUSY = "STATE_BUSY"  # a State concerned takes part in another visit that week
    VISITS_AT_ONCE = "VISITS_AT_ONCE"
    LANGUAGE = "LANGUAGE"
    MONTH_FULL = "MONTH_FULL"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One obstacle: ``item`` is the State, the mechanism or the language's code, ``reason`` words given with the plan.

    ``reviews`` are those that would have to move to make room; none where nothing of this plan can make room.
    """

    obstacle: Obstacle
    item: str = ""
    day: date | None = None
    reason: str = ""
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekOpen:
    """A week, by its Monday, with what stands in the way; ``here`` is the week of the plan."""

    monday: date
    hindrances: tuple[Hindrance, ...]
    here: bool = False

    @property
    def movers(self) -> tuple[str, ...]:
        """The reviews that would have to move, where their moving would be enough; else none."""
        if any(not one.reviews for one in self.hindrances):
            return ()
        return tuple(sorted({code for one in self.hindrances for code in one.reviews}))


@dataclass(frozen=True, slots=True)
class WhyHere:
    """``first`` to ``last``: Mondays of the weeks that the rules leave; how many of them nothing stands in the way of.

    ``earlier`` and ``later`` count those before and after the plan's week; ``weeks`` are the neighbouring ones.
    """

    bar: Bar
    first: date
    last: date
    allowed: int
    earlier: int
    later: int
    weeks: tuple[WeekOpen, ...]


def why_here(view: PlanView, code: str) -> WhyHere:
    """Return what is known about the place of a review. Raises KeyError for a review that the plan does not hold."""
    bar = next((one for one in view.bars if one.code == code), None)
    if bar is None:
        raise KeyError(code)
    here = monday_of(bar.visit_first)
    facts = _Facts(view, bar)
    first, last = facts.first, facts.last
    open_weeks = [week for week in _weeks(first, last) if week != here and not facts.hindrances(week)]
    return WhyHere(
        bar=bar,
        first=first,
        last=last,
        allowed=sum(1 for _ in _weeks(first, last)),
        earlier=sum(week < here for week in open_weeks),
        later=sum(week > here for week in open_weeks),
        weeks=tuple(
            WeekOpen(week, facts.hindrances(week), here=week == here)
            for week in _weeks(here - NEIGHBOURS * WEEK, here + NEIGHBOURS * WEEK)
            if view.first <= week <= view.last
        ),
    )


def _weeks(first: date, last: date) -> Iterator[date]:
    week = first
    while week <= last:
        yield week
        week += WEEK


class _Facts:
    """What the plan says about every week, as one review sees it."""

    def __init__(self, view: PlanView, bar: Bar) -> None:
        self.view, self.bar = view, bar
        earliest, latest = view.allowed.get(bar.code, (view.first, view.last))
        self.first = monday_of(earliest) if earliest.weekday() == 0 else monday_of(earliest) + WEEK
        self.last = monday_of(latest)
        self.here = monday_of(bar.visit_first)
        self.concerned = (bar.state, *bar.reviewers)
        self.by_week: dict[date, list[Bar]] = {}
        for one in view.bars:
            if one.code != bar.code:
                for first, _last in one.sessions:
                    self.by_week.setdefault(monday_of(first), []).append(one)
        self.months: Mapping[date, int] = {one.month: one.capacity - one.load for one in view.months}

    def hindrances(self, week: date) -> tuple[Hindrance, ...]:
        """Return what stands in the way of the visit in the week of this Monday; the order is that of the codes."""
        found = (*self._for_everybody(week), *self._for_states(week), *self._shared(week))
        return tuple(dict.fromkeys(found))

    def _sessions(self, week: date) -> list[tuple[date, date]]:
        shift = week - self.here
        return [(first + shift, last + shift) for first, last in self.bar.sessions]

    def _for_everybody(self, week: date) -> Iterator[Hindrance]:
        if not self.first <= week <= self.last:
            yield Hindrance(Obstacle.OUTSIDE)
        shift = week - self.here
        if self.bar.desk_first + shift < self.view.first or self.bar.report_last + shift > self.view.last:
            yield Hindrance(Obstacle.STAGES)
        for begin, end, reason in self.view.blocked:
            if any(first <= end and begin <= last for first, last in self._sessions(week)):
                yield Hindrance(Obstacle.BLOCKED, day=begin, reason=reason)

    def _for_states(self, week: date) -> Iterator[Hindrance]:
        sessions = self._sessions(week)
        for state in self.concerned:
            days = self.view.holidays.get(state, ())
            hit = [day for day in days if any(first <= day <= last for first, last in sessions)]
            if hit:
                yield Hindrance(Obstacle.HOLIDAY, state, min(hit))
        for other in self.view.others:
            if other.state == self.bar.state and self._too_close(other, week):
                yield Hindrance(Obstacle.OTHER_VISIT, other.mechanism, other.first)

    def _too_close(self, other: OtherBar, week: date) -> bool:
        """Whether two visits to the State lie nearer than allowed; one in the plan's own week was accepted as joint.

        Nobody travels to a dialogue of another form: its sessions only keep out of the other visit's weeks.
        """
        first, last = monday_of(other.first), monday_of(other.last)
        if self.bar.form != VISIT:
            return any(first <= monday_of(begin) <= last for begin, _end in self._sessions(week))
        if week == self.here and first <= week <= last:
            return False
        apart = max((first - week).days, (week - last).days, 0)
        return apart < max(1, self.view.distance_weeks) * WEEK.days

    def _shared(self, week: date) -> Iterator[Hindrance]:
        for begin, _last in self._sessions(week):
            yield from self._beside(monday_of(begin))
        month = week.replace(day=1)
        if month != self.here.replace(day=1) and self.months.get(month, VISIT_LOAD) < VISIT_LOAD:
            yield Hindrance(Obstacle.MONTH_FULL, day=month)

    def _beside(self, week: date) -> Iterator[Hindrance]:
        that_week = self.by_week.get(week, [])
        for state in self.concerned:
            busy = [one for one in that_week if state in (one.state, *one.reviewers)]
            if busy:
                yield Hindrance(Obstacle.STATE_BUSY, state, reviews=_movable(busy, len(busy)))
        most, present = self.view.visits_at_once, [one for one in that_week if one.form != VIRTUAL]
        if most and len(present) >= most and self.bar.form != VIRTUAL:
            yield Hindrance(Obstacle.VISITS_AT_ONCE, str(most), reviews=_movable(present, len(present) - most + 1))
        languages = Counter(one.language for one in that_week)
        most = self.view.visits_a_language
        if most and languages[self.bar.language] >= most:
            speaking = [one for one in that_week if one.language == self.bar.language]
            reviews = _movable(speaking, len(speaking) - most + 1)
            yield Hindrance(Obstacle.LANGUAGE, self.bar.language, reviews=reviews)


def _movable(bars: list[Bar], needed: int) -> tuple[str, ...]:
    """Return the reviews among which ``needed`` would have to give way: those not agreed; none where too few are."""
    free = tuple(one.code for one in bars if not one.locked)
    return free if len(free) >= needed else ()
