"""The timetable as a 0/1 model: one variable for each review, week of its dialogue and lengths of its stages.

What forbids a single choice (a holiday, another mechanism's visit) removes the variable; what reviews share in a week
(visits, languages, States) is a row, and so is the work of officers. ``elastic`` keeps forbidden choices and lets rows
be exceeded, each at ``BREACH``, so that an instance without a plan shows what stands in its way. A movable visit of
another mechanism goes where it suits a choice best; its week and cost are part of that choice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from merida.rules.timetable.instance import (
    DESK_LOAD,
    MISSED_JOINT,
    REPORT_LOAD,
    VIRTUAL,
    VISIT,
    VISIT_LOAD,
    Instance,
    Mode,
    OtherVisit,
    Planned,
    Review,
)
from merida.rules.timetable.zones import check_zones, meets

BREACH = 100_000  # dearer than any delay: rules are broken only where nothing else is left
MOVED = 40  # replanning: a visit that moves at all costs this, and more by the week


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What a plan would have to break: the rule, the week and whom or what it concerns; ``amount`` by how much."""

    rule: str
    week: int
    item: str
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One variable: this review's visit in this week with these lengths, its cost and the rules it would break."""

    planned: Planned
    cost: int
    breaks: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """Officers by week, and the choices whose work they do."""

    most: tuple[int, ...]
    choices: list[int]


Row = tuple[str, int, str]  # rule, week, item


@dataclass(frozen=True, slots=True)
class Model:
    """Choices; rows of choices of which at most so many are taken; and work by rule and item, week by week."""

    choices: tuple[Choice, ...]
    of_review: Mapping[str, list[int]]
    rows: Mapping[Row, list[int]]
    most: Mapping[Row, int]
    work: Mapping[tuple[str, str], Work]
    elastic: bool


def build(
    instance: Instance, *, before: Mapping[str, Planned] | None = None, today: int = 0, elastic: bool = False
) -> Model:
    """Return the model of an instance; ``before``: the plan in force, from which as little as possible is moved.

    ``today`` is the week from which nearness counts.

    Raises TimetableError for a time zone that does not exist.
    """
    check_zones(instance.zones)
    choices, of_review = list[Choice](), dict[str, list[int]]()
    rows, most = dict[Row, list[int]](), dict[Row, int]()
    sharing = dict[Row, set[str]]()
    work = {("CAPACITY", ""): Work(instance.capacity, [])}
    for language, officers in instance.officers.items():
        work["OFFICERS", language] = Work(officers, [])
    for review in instance.reviews:
        old, first = (before or {}).get(review.code), len(choices)
        for choice, uses in _choices(instance, review, old, today=today, elastic=elastic):
            for row, limit in uses:
                rows.setdefault(row, []).append(len(choices))
                sharing.setdefault(row, set()).add(review.code)
                most[row] = limit
            choices.append(choice)
        mine = list(range(first, len(choices)))
        of_review[review.code] = mine
        for key in (("CAPACITY", ""), ("OFFICERS", review.language)):
            if key in work:
                work[key].choices.extend(mine)
    tight = {row: numbers for row, numbers in rows.items() if len(sharing[row]) > most[row]}
    return Model(tuple(choices), of_review, tight, most, work, elastic)


def load(planned: Planned) -> tuple[int, list[int]]:
    """Return the first week in which a choice binds officers, and how many in each week from it on."""
    mode = planned.mode
    loads = [DESK_LOAD] * mode.desk + [VISIT_LOAD] + [REPORT_LOAD] * mode.report
    for later in mode.later:
        loads[mode.desk + later] = VISIT_LOAD
    return planned.week - mode.desk, loads


Uses = Sequence[tuple[Row, int]]
Held = tuple[str, tuple[int, ...]]  # the form of a dialogue and its later sessions


def _choices(
    instance: Instance, review: Review, old: Planned | None, *, today: int, elastic: bool
) -> Iterator[tuple[Choice, Uses]]:
    others = [one for one in instance.others if one.state == review.state]
    parted = _parted(instance, review)
    known = dict[tuple[int, Held], tuple[tuple[Obstacle, ...], int, tuple[tuple[OtherVisit, int], ...], Uses]]()
    for mode in undominated(review.modes):
        held, virtual = (mode.form, mode.later), mode.form == VIRTUAL
        for week in range(max(review.release, mode.desk), min(review.latest, instance.weeks - 1 - mode.report) + 1):
            if (week, held) not in known:
                hours = parted.intersection(_sessions(week, mode)) if virtual else ()
                breaks = list(_breaks(instance, review, week, mode))
                breaks += [Obstacle("HOURS", one, review.code) for one in sorted(hours)]
                crowded, paid, moved = _beside(instance, review, others, week, mode)
                shared = tuple(_uses(instance, review, week, mode))
                known[week, held] = (*breaks, *crowded), paid + _moving(old, week, today), moved, shared
            breached, cost, moved, uses = known[week, held]
            if breached and not elastic:
                continue
            paid = week - review.release + mode.cost + cost + BREACH * len(breached)
            yield Choice(Planned(review.code, week, mode, moved), paid, breached), uses


def _parted(instance: Instance, review: Review) -> set[int]:
    """Return weeks in which a session at a distance finds somebody outside decent hours on the Wednesday."""
    zones = {one: instance.zones[one] for one in (review.state, *review.reviewers) if one in instance.zones}
    if len(zones) < 2 or not any(mode.form == VIRTUAL for mode in review.modes):  # noqa: PLR2004 (nobody to part from)
        return set()
    known: dict[tuple[object, ...], bool] = {}
    days = {week: instance.monday(week) + timedelta(days=2) for week in range(review.release, instance.weeks)}
    return {week for week, day in days.items() if not meets(day, zones, length=instance.session_hours, known=known)}


def undominated(modes: Sequence[Mode]) -> list[Mode]:
    """Return the modes that no other of the same form beats in length and cost; a plan never needs the rest."""

    def beaten(place: int, mode: Mode) -> bool:
        return any(
            one.form == mode.form
            and one.later == mode.later
            and (one.desk <= mode.desk and one.report <= mode.report and one.cost <= mode.cost)
            and (one != mode or other < place)
            for other, one in enumerate(modes)
            if other != place
        )

    return [mode for place, mode in enumerate(modes) if not beaten(place, mode)]


def _sessions(week: int, mode: Mode) -> tuple[int, ...]:
    return (week, *(week + later for later in mode.later))


def _breaks(instance: Instance, review: Review, week: int, mode: Mode) -> Iterator[Obstacle]:
    lock = instance.locks.get(review.code)
    if lock is not None and lock != week:
        yield Obstacle("LOCK", lock, review.code)
    for session in _sessions(week, mode):
        if session in instance.blocked:
            yield Obstacle("BLOCKED", session, review.code)
        for state in (review.state, *review.reviewers):
            if session in instance.closed.get(state, ()):
                yield Obstacle("CLOSED", session, state)
        for state in review.reviewers:
            if session in instance.busy.get(state, ()):
                yield Obstacle("BUSY", session, state)


def joins(review: Review, other: OtherVisit) -> bool:
    """Whether both sides allow one visit and subjects match; where one names none, they do not stand against it."""
    return (
        other.joint
        and review.joint
        and not (review.subjects and other.subjects.isdisjoint(review.subjects) and other.subjects)
    )


Beside = tuple[tuple[Obstacle, ...], int, tuple[tuple[OtherVisit, int], ...]]


def _beside(instance: Instance, review: Review, others: Sequence[OtherVisit], week: int, mode: Mode) -> Beside:
    """Return which visits of other mechanisms are too close, what the rest cost, and those that move."""
    crowded, cost = list[Obstacle](), 0
    ways = list[tuple[OtherVisit, list[tuple[int, int]]]]()
    for other in others:
        offered = joins(review, other) and any(review.release <= one <= review.latest for one in other.weeks)
        free = sorted(
            (_price(other, taken, week, mode, offered=offered), taken)
            for taken in other.weeks
            if _apart(instance, review, other, taken=taken, week=week, mode=mode)
        )
        if free:
            ways.append((other, free))
        else:
            crowded.append(Obstacle("TOO_CLOSE", other.week, f"{other.mechanism} {other.state}"))
            cost += MISSED_JOINT * offered
    best = _cheapest(ways)
    if best is None:  # movable visits that find no week beside each other
        return (Obstacle("TOO_CLOSE", week, review.state), *crowded), cost, ()
    moved = tuple((other, taken) for (other, _), taken in zip(ways, best[1], strict=True) if taken != other.week)
    return tuple(crowded), cost + best[0], moved


def _price(other: OtherVisit, taken: int, week: int, mode: Mode, *, offered: bool) -> int:
    missed = MISSED_JOINT if offered and (taken != week or mode.form != VISIT) else 0
    return missed + (0 if taken == other.week else other.move_cost + abs(taken - other.week))


def _apart(instance: Instance, review: Review, other: OtherVisit, *, taken: int, week: int, mode: Mode) -> bool:
    if mode.form != VISIT:
        return taken not in _sessions(week, mode)
    if taken == week and joins(review, other):
        return True
    return abs(taken - week) >= max(1, instance.distances.get(other.mechanism, instance.distance))


def _cheapest(ways: Sequence[tuple[OtherVisit, list[tuple[int, int]]]]) -> tuple[int, tuple[int, ...]] | None:
    """Return the cheapest weeks of other visits of which none is moved onto another; None where there is no way."""
    best: tuple[int, tuple[int, ...]] | None = None
    least = [free[0][0] for _, free in ways]
    open_ways: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    while open_ways:
        cost, taken = open_ways.pop()
        place = len(taken)
        if best is not None and cost + sum(least[place:]) >= best[0]:
            continue
        if place == len(ways):
            best = cost, taken
            continue
        other, free = ways[place]
        for price, week in reversed(free):  # the cheapest is looked at first
            onto = any(
                week == there and (week != other.week or there != ways[number][0].week)
                for number, there in enumerate(taken)
            )
            if not onto:
                open_ways.append((cost + price, (*taken, week)))
    return best


def _moving(old: Planned | None, week: int, today: int) -> int:
    """Return what a move costs: near visits weigh more, because people have already made arrangements for them."""
    if old is None or old.week == week:
        return 0
    return MOVED + MOVED * abs(old.week - week) // (1 + max(0, old.week - today))


def _uses(instance: Instance, review: Review, week: int, mode: Mode) -> Iterator[tuple[Row, int]]:
    interpreters = instance.interpreters.get(review.language)
    for session in _sessions(week, mode):
        for state in (review.state, *review.reviewers):
            yield ("STATE_TWICE", session, state), 1
        if mode.form != VIRTUAL:
            yield ("VISITS_AT_ONCE", session, ""), instance.visits_at_once
        limit = interpreters[session] if interpreters else instance.visits_a_language
        yield ("LANGUAGE", session, review.language), limit
