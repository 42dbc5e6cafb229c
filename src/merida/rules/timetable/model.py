"""The timetable as a 0/1 model: one variable for each review, week of its visit and lengths of its stages.

What forbids a single choice (a holiday, another mechanism's visit) removes the variable; what reviews share in a week
(officers, visits, languages, States) is a row. ``elastic`` keeps forbidden choices and lets rows be exceeded, each at
``BREACH``, so that an instance without a plan shows what stands in its way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from merida.rules.timetable.instance import (
    DESK_LOAD,
    MISSED_JOINT,
    REPORT_LOAD,
    VISIT_LOAD,
    Instance,
    Mode,
    Planned,
    Review,
)

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


Row = tuple[str, int, str]  # rule, week, item


@dataclass(frozen=True, slots=True)
class Model:
    """Choices, and rows of (choice, weight) with the most that they may sum up to."""

    choices: tuple[Choice, ...]
    of_review: Mapping[str, list[int]]
    rows: Mapping[Row, list[tuple[int, int]]]
    most: Mapping[Row, int]
    elastic: bool


def build(instance: Instance, *, before: Mapping[str, Planned] | None = None, elastic: bool = False) -> Model:
    """Return the model of an instance; ``before``: the plan in force, from which as little as possible is moved."""
    choices, of_review = list[Choice](), dict[str, list[int]]()
    rows, most = dict[Row, list[tuple[int, int]]](), dict[Row, int]()
    for review in instance.reviews:
        old = (before or {}).get(review.code)
        mine = of_review.setdefault(review.code, [])
        for choice in _choices(instance, review, old, elastic=elastic):
            number = len(choices)
            choices.append(choice)
            mine.append(number)
            for row, weight, limit in _uses(instance, review, choice.planned):
                rows.setdefault(row, []).append((number, weight))
                most[row] = limit
    return Model(tuple(choices), of_review, rows, most, elastic)


def _choices(instance: Instance, review: Review, old: Planned | None, *, elastic: bool) -> Iterator[Choice]:
    for mode in review.modes:
        for week in range(max(review.release, mode.desk), min(review.latest, instance.weeks - 1 - mode.report) + 1):
            breaks = tuple(_breaks(instance, review, week))
            if breaks and not elastic:
                continue
            paid = _paid(instance, review, week, mode) + _moving(old, week) + BREACH * len(breaks)
            yield Choice(Planned(review.code, week, mode), paid, breaks)


def _breaks(instance: Instance, review: Review, week: int) -> Iterator[Obstacle]:
    lock = instance.locks.get(review.code)
    if lock is not None and lock != week:
        yield Obstacle("LOCK", lock, review.code)
    if week in instance.blocked:
        yield Obstacle("BLOCKED", week, review.code)
    for state in (review.state, *review.reviewers):
        if week in instance.closed.get(state, ()):
            yield Obstacle("CLOSED", week, state)
    for other in instance.others:
        if other.state != review.state or (other.joint and other.week == week):
            continue
        if abs(other.week - week) < max(1, instance.distance):
            yield Obstacle("TOO_CLOSE", other.week, f"{other.mechanism} {other.state}")


def _paid(instance: Instance, review: Review, week: int, mode: Mode) -> int:
    joint = [
        one
        for one in instance.others
        if one.joint and one.state == review.state and review.release <= one.week <= review.latest
    ]
    return week - review.release + mode.cost + MISSED_JOINT * sum(one.week != week for one in joint)


def _moving(old: Planned | None, week: int) -> int:
    """Return what a move costs: near visits weigh more, because people have already made arrangements for them."""
    if old is None or old.week == week:
        return 0
    return MOVED + MOVED * abs(old.week - week) // (1 + old.week)


def _uses(instance: Instance, review: Review, planned: Planned) -> Iterator[tuple[Row, int, int]]:
    week, mode = planned.week, planned.mode
    for state in (review.state, *review.reviewers):
        yield ("STATE_TWICE", week, state), 1, 1
    yield ("VISITS_AT_ONCE", week, ""), 1, instance.visits_at_once
    yield ("LANGUAGE", week, review.language), 1, instance.visits_a_language
    for worked in range(week - mode.desk, week + mode.report + 1):
        load = VISIT_LOAD if worked == week else DESK_LOAD if worked < week else REPORT_LOAD
        yield ("CAPACITY", worked, ""), load, instance.capacity[worked]
