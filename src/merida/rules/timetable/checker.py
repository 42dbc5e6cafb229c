"""Whether a plan keeps every rule. Shares only the plain values of ``instance`` with what made the plan.

Written from the rules, week by week and visit by visit, and slowly on purpose: it must be easy to believe.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from merida.rules.timetable.instance import (
    DESK_LOAD,
    MISSED_JOINT,
    REPORT_LOAD,
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


def clashes(instance: Instance, plan: Sequence[Planned]) -> list[Clash]:
    """Return everything that is wrong with a plan; an empty list for one that keeps every rule.

    Rules: MISSING, TWICE, UNKNOWN, OUTSIDE_WINDOW, WRONG_LENGTHS, BEFORE_START, AFTER_END, LOCK, BLOCKED, CLOSED,
    TOO_CLOSE, STATE_TWICE, VISITS_AT_ONCE, LANGUAGE, CAPACITY.
    """
    found = list(_complete(instance, plan))
    if found:
        return found
    visits = [(review, next(one for one in plan if one.code == review.code)) for review in instance.reviews]
    for review, planned in visits:
        found += _one(instance, review, planned)
    return found + list(_together(instance, visits))


def cost(instance: Instance, plan: Sequence[Planned]) -> int:
    """Return weeks of delay, plus the cost of hurried stages, plus the joint visits that were possible and missed."""
    by_code = {one.code: one for one in plan}
    total = 0
    for review in instance.reviews:
        planned = by_code[review.code]
        total += planned.week - review.release + planned.mode.cost
        window = range(review.release, review.latest + 1)  # outside it, a joint visit could not be missed
        offered = [one for one in instance.others if one.state == review.state and one.joint and one.week in window]
        total += sum(MISSED_JOINT for one in offered if one.week != planned.week)
    return total


def _complete(instance: Instance, plan: Sequence[Planned]) -> Iterator[Clash]:
    wanted, found = {one.code for one in instance.reviews}, Counter(one.code for one in plan)
    yield from (Clash("MISSING", None, (code,)) for code in sorted(wanted - set(found)))
    yield from (Clash("UNKNOWN", None, (code,)) for code in sorted(set(found) - wanted))
    yield from (Clash("TWICE", None, (code,)) for code, times in sorted(found.items()) if times > 1)


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
    if week in instance.blocked:
        yield Clash("BLOCKED", week, (code,))
    for state in (review.state, *review.reviewers):
        if week in instance.closed.get(state, frozenset()):
            yield Clash("CLOSED", week, (code, state))
    for other in instance.others:
        if other.state == review.state and _too_close(instance, other, week):
            yield Clash("TOO_CLOSE", week, (code, other.mechanism))


def _too_close(instance: Instance, other: OtherVisit, week: int) -> bool:
    if other.week == week and other.joint:
        return False
    return abs(other.week - week) < max(instance.distance, 1)


def _together(instance: Instance, visits: Sequence[tuple[Review, Planned]]) -> Iterator[Clash]:
    for week in range(instance.weeks):
        here = [review for review, planned in visits if planned.week == week]
        if len(here) > instance.visits_at_once:
            yield Clash("VISITS_AT_ONCE", week, tuple(one.code for one in here))
        languages = Counter(one.language for one in here)
        for language, times in sorted(languages.items()):
            if times > instance.visits_a_language:
                yield Clash("LANGUAGE", week, (language, *(one.code for one in here if one.language == language)))
        states = Counter(state for one in here for state in (one.state, *one.reviewers))
        yield from (Clash("STATE_TWICE", week, (state,)) for state, times in sorted(states.items()) if times > 1)
        load = sum(_load(planned, week) for _, planned in visits)
        if load > instance.capacity[week]:
            yield Clash("CAPACITY", week, (str(load), str(instance.capacity[week])))


def _load(planned: Planned, week: int) -> int:
    if week == planned.week:
        return VISIT_LOAD
    if planned.week - planned.mode.desk <= week < planned.week:
        return DESK_LOAD
    return REPORT_LOAD if planned.week < week <= planned.week + planned.mode.report else 0
