"""Whether a plan keeps every rule. Shares only the plain values of ``instance`` with what made the plan.

Written from the rules, week by week and visit by visit, and slowly on purpose: it must be easy to believe.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from merida.rules.timetable.instance import (
    DESK_LOAD,
    MISSED_JOINT,
    REPORT_LOAD,
    VIRTUAL,
    VISIT,
    VISIT_LOAD,
    Instance,
    OtherVisit,
    Planned,
    Review,
)


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that the plan breaks: its code, the week (None where no week is concerned) and what is concerned."""

    rule: str
    week: int | None
    items: tuple[str, ...]


Standing = Mapping[int, int]  # place of another mechanism's visit in the instance → the week in which it stands


def clashes(instance: Instance, plan: Sequence[Planned]) -> list[Clash]:
    """Return everything that is wrong with a plan; an empty list for one that keeps every rule.

    Rules: MISSING, TWICE, UNKNOWN, OUTSIDE_WINDOW, WRONG_LENGTHS, BEFORE_START, AFTER_END, LOCK, BLOCKED, CLOSED, BUSY,
    TOO_CLOSE, NOT_MOVABLE, OTHERS_AT_ONCE, STATE_TWICE, VISITS_AT_ONCE, LANGUAGE, CAPACITY, OFFICERS.
    """
    found = list(_complete(instance, plan))
    if found:
        return found
    visits = [(review, next(one for one in plan if one.code == review.code)) for review in instance.reviews]
    standing = _standing(instance, plan)
    for review, planned in visits:
        found += _one(instance, review, planned)
        found += _beside_others(instance, review, planned, standing)
    return found + list(_moves(instance, visits, standing)) + list(_together(instance, visits))


def cost(instance: Instance, plan: Sequence[Planned]) -> int:
    """Return what a plan costs.

    Weeks of delay, plus the cost of hurried stages, plus the joint visits that were possible and missed, plus the moves
    of other mechanisms' visits.
    """
    by_code = {one.code: one for one in plan}
    standing = _standing(instance, plan)
    total = 0
    for review in instance.reviews:
        planned = by_code[review.code]
        total += planned.week - review.release + planned.mode.cost
        window = range(review.release, review.latest + 1)  # outside it, a joint visit could not be missed
        for place, other in enumerate(instance.others):
            if other.state != review.state or not _may_join(review, other):
                continue
            possible = any(week in window for week in other.weeks)
            joined = planned.mode.form == VISIT and planned.week == standing[place]
            total += MISSED_JOINT if possible and not joined else 0
    for place, other in enumerate(instance.others):
        if standing[place] != other.week:
            total += other.move_cost + abs(standing[place] - other.week)
    return total


def _standing(instance: Instance, plan: Sequence[Planned]) -> dict[int, int]:
    standing = {place: other.week for place, other in enumerate(instance.others)}
    for planned in plan:
        for moved, week in planned.moved:
            # Of two equal visits the one that still stands at its week is meant, so that both can be moved.
            for place, other in enumerate(instance.others):
                if other == moved and standing[place] == other.week:
                    standing[place] = week
                    break
    return standing


def _complete(instance: Instance, plan: Sequence[Planned]) -> Iterator[Clash]:
    wanted, found = {one.code for one in instance.reviews}, Counter(one.code for one in plan)
    yield from (Clash("MISSING", None, (code,)) for code in sorted(wanted - set(found)))
    yield from (Clash("UNKNOWN", None, (code,)) for code in sorted(set(found) - wanted))
    yield from (Clash("TWICE", None, (code,)) for code, times in sorted(found.items()) if times > 1)


def _held_in(planned: Planned) -> list[int]:
    """Return the weeks in which a review holds its dialogue."""
    return [planned.week] + [planned.week + after for after in planned.mode.later]


def _one(instance: Instance, review: Review, planned: Planned) -> Iterator[Clash]:
    week, code = planned.week, review.code
    if week < review.release or week > review.latest:
        yield Clash("OUTSIDE_WINDOW", week, (code,))
    if planned.mode not in review.modes:
        yield Clash("WRONG_LENGTHS", week, (code,))
    if week - planned.mode.desk < 0 or week + planned.mode.report >= instance.weeks:
        yield Clash("BEFORE_START" if week - planned.mode.desk < 0 else "AFTER_END", week, (code,))
    if instance.locks.get(code, week) != week:
        yield Clash("LOCK", week, (code,))
    for held in _held_in(planned):
        if held in instance.blocked:
            yield Clash("BLOCKED", held, (code,))
        for state in (review.state, *review.reviewers):
            if held in instance.closed.get(state, frozenset()):
                yield Clash("CLOSED", held, (code, state))
            if state != review.state and held in instance.busy.get(state, frozenset()):
                yield Clash("BUSY", held, (code, state))


def _may_join(review: Review, other: OtherVisit) -> bool:
    if not review.joint or not other.joint:
        return False
    if not review.subjects or not other.subjects:
        return True  # a side that names no subjects has none against it
    return len(review.subjects & other.subjects) > 0


def _beside_others(instance: Instance, review: Review, planned: Planned, standing: Standing) -> Iterator[Clash]:
    for place, other in enumerate(instance.others):
        if other.state != review.state:
            continue
        there = standing[place]
        if planned.mode.form == VISIT:
            wanted = instance.distances.get(other.mechanism, instance.distance)
            joint = there == planned.week and _may_join(review, other)
            close = not joint and (there == planned.week or abs(there - planned.week) < wanted)
        else:
            close = there in _held_in(planned)
        if close:
            yield Clash("TOO_CLOSE", planned.week, (review.code, other.mechanism))


def _moves(instance: Instance, visits: Sequence[tuple[Review, Planned]], standing: Standing) -> Iterator[Clash]:
    for review, planned in visits:
        for moved, week in planned.moved:
            mine = moved in instance.others and moved.state == review.state
            first = moved.week if moved.earliest is None else moved.earliest
            last = moved.week if moved.latest is None else moved.latest
            if not mine or not first <= week <= last:
                yield Clash("NOT_MOVABLE", week, (review.code, moved.mechanism))
    for place, other in enumerate(instance.others):
        for later, another in enumerate(instance.others):
            if later <= place or other.state != another.state or standing[place] != standing[later]:
                continue
            if standing[place] != other.week or standing[later] != another.week:
                yield Clash("OTHERS_AT_ONCE", standing[place], (other.mechanism, another.mechanism))


def _together(instance: Instance, visits: Sequence[tuple[Review, Planned]]) -> Iterator[Clash]:
    for week in range(instance.weeks):
        here = [(review, planned) for review, planned in visits if week in _held_in(planned)]
        away = [review.code for review, planned in here if planned.mode.form != VIRTUAL]
        if len(away) > instance.visits_at_once:
            yield Clash("VISITS_AT_ONCE", week, tuple(away))
        for language in sorted({review.language for review, _ in here}):
            held = [review.code for review, _ in here if review.language == language]
            numbers = instance.interpreters.get(language)
            if len(held) > (instance.visits_a_language if numbers is None else numbers[week]):
                yield Clash("LANGUAGE", week, (language, *held))
        states = Counter(state for review, _ in here for state in (review.state, *review.reviewers))
        yield from (Clash("STATE_TWICE", week, (state,)) for state, times in sorted(states.items()) if times > 1)
        load = sum(_load(planned, week) for _, planned in visits)
        if load > instance.capacity[week]:
            yield Clash("CAPACITY", week, (str(load), str(instance.capacity[week])))
        for language, officers in sorted(instance.officers.items()):
            load = sum(_load(planned, week) for review, planned in visits if review.language == language)
            if load > officers[week]:
                yield Clash("OFFICERS", week, (language, str(load), str(officers[week])))


def _load(planned: Planned, week: int) -> int:
    if week in _held_in(planned):
        return VISIT_LOAD
    if planned.week - planned.mode.desk <= week < planned.week:
        return DESK_LOAD
    return REPORT_LOAD if planned.week < week <= planned.week + planned.mode.report else 0
