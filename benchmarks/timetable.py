"""Time, gap and cost of timetables of a made-up cycle of five years, beside greedy plans and beside CP-SAT.

    python benchmarks/timetable.py --reviews 50 190 --seconds 60
    python benchmarks/timetable.py --reviews 1000 --fixed --seconds 60
    python benchmarks/timetable.py --reviews 190 --slack 5 --replan
    python benchmarks/timetable.py --reviews 190 --cpsat OTHER_ENVIRONMENT/bin/python

The instance is drawn with a seed: reviews are released over four years, each visit may fall into 66 weeks, officers are
``--slack`` per cent above the mean load, a third of the States have a visit of another mechanism. Greedy plans take the
reviews in the order of release and in shuffled orders; the cheapest counts. *First fit* takes what is cheapest for each
review alone; *priced* also reckons 0.2 to 2 for a week of an officer, ten prices in turn, which is the fair opponent.
CP-SAT runs as a process of its own, since its library and HiGHS's cannot be loaded together.
"""

import argparse
import json
import random
import resource
import subprocess
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from merida.rules.timetable.checker import clashes, cost
from merida.rules.timetable.compare import compare
from merida.rules.timetable.instance import Instance, Mode, OtherVisit, Review
from merida.rules.timetable.model import build
from merida.rules.timetable.solving import Result, TimetableError, plan
from merida.rules.timetable.starting import Packing, packing

WEEKS = 5 * 52 + 30
MODES = tuple(Mode(desk, report, cost=6 - desk + (18 - report) // 2) for desk in (4, 6) for report in (8, 13, 18))
FIXED = (Mode(6, 13),)
LANGUAGES = ("en", "en", "en", "fr", "fr", "es", "es", "ru", "ar", "zh")


def made_up(reviews: int, *, slack: int, seed: int, modes: tuple[Mode, ...] = MODES) -> Instance:
    chance = random.Random(seed)
    states = [f"S{number:03}" for number in range(reviews)]
    made = []
    for number, state in enumerate(states):
        release = 8 + number * 4 * 52 // reviews
        reviewers = tuple(chance.sample([one for one in states if one != state], 2))
        made.append(Review(state, state, reviewers, chance.choice(LANGUAGES), release, release + 65, modes))
    load = sum(4 + 2 + 13 for _ in made)
    capacity = max(3, -(-load * (100 + slack) // (100 * 4 * 52)))
    others = tuple(
        OtherVisit(state, "OTHER", chance.randrange(WEEKS), joint=chance.random() < 0.5)
        for state in states
        if chance.random() < 1 / 3
    )
    blocked = frozenset(week for week in range(WEEKS) if week % 52 in (0, 23, 51))
    closed = {state: frozenset(chance.sample(range(WEEKS), 20)) for state in states}
    return Instance(
        date(2027, 1, 4),
        (capacity,) * WEEKS,
        tuple(made),
        others=others,
        blocked=blocked,
        closed=closed,
        visits_at_once=max(3, -(-reviews * 3 // (2 * 4 * 52))),
        visits_a_language=max(1, -(-reviews * 4 // (10 * 4 * 52))),
    )


def greedy(pack: Packing, order: list[int], price: float) -> int | None:
    """Give each review, in this order, the cheapest choice that still fits; a week of an officer costs ``price``.

    Returns the cost without that price, or None where a review finds no place.
    """
    left, total = pack.most.copy(), 0
    worth = pack.costs + price * pack.weights.sum(axis=1)
    for review in order:
        first, last = pack.spans[review]
        fits = (left[pack.uses[first:last]] >= pack.weights[first:last]).all(axis=1)
        if not fits.any():
            return None
        number = first + int(np.where(fits, worth[first:last], np.inf).argmin())
        np.subtract.at(left, pack.uses[number], pack.weights[number])
        total += int(pack.costs[number])
    return total


def best_of(pack: Packing, times: int, seed: int) -> tuple[int | None, int | None]:
    """Return the cheapest greedy plan where officers' weeks have no price, and where ten prices are tried in turn."""
    chance = random.Random(seed)
    many = len(pack.spans)
    costs: dict[bool, list[int]] = {True: [], False: []}
    for turn in range(times):
        spread = 0.0 if turn == 0 else many / 6
        order = sorted(range(many), key=lambda place: place + chance.uniform(0, spread))
        for priced in (False, True):
            price = (turn % 10 + 1) / 5 if priced else 0.0
            made = greedy(pack, order, price)
            if made is not None:
                costs[priced].append(made)
    return min(costs[False], default=None), min(costs[True], default=None)


def processor() -> float:
    """Return the seconds that processors worked for this process and its ended children."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def timed(instance: Instance, seconds: int) -> tuple[Result, float, float, float]:
    """Plan; return the result, seconds to the first plan, all seconds and those of the processors."""
    started, worked, heard = time.perf_counter(), processor(), list[float]()
    found = plan(instance, seconds=seconds, told=lambda _: heard.append(time.perf_counter() - started))
    took = time.perf_counter() - started
    return found, heard[0] if heard else took, took, processor() - worked


def replanned(instance: Instance, found: Result, seconds: int) -> str:
    """Close the week of the visit in the middle of the plan to its State, and plan again."""
    middle = sorted(found.plan, key=lambda one: one.week)[len(found.plan) // 2]
    closed = dict(instance.closed)
    closed[middle.code] = closed.get(middle.code, frozenset()) | {middle.week}
    changed = replace(instance, closed=closed)
    started = time.perf_counter()
    after = plan(changed, before=found.plan, seconds=seconds)
    took = time.perf_counter() - started
    far = compare(changed, found.plan, after.plan).moved
    weeks = sum(abs(one.weeks) for one in far)
    wrong = len(clashes(changed, after.plan))
    return f"{took:.1f} s, {len(far)} moved by {weeks} weeks, gap {after.gap:.2%}, clashes {wrong}"


def cp_sat(python: str, pack: Packing, most: tuple[int, int], seconds: int) -> str:
    """Return cost, gap and time of CP-SAT on the same choices and limits (capacity written out week by week)."""
    facts = {
        "costs": pack.costs.tolist(),
        "spans": pack.spans,
        "uses": pack.uses.tolist(),
        "weights": pack.weights.tolist(),
        "most": pack.most.tolist(),
        "seconds": seconds,
        "workers": most[0],
        "level": most[1],
    }
    script = Path(__file__).with_name("timetable_cpsat.py")
    made = subprocess.run([python, script], input=json.dumps(facts), capture_output=True, text=True, check=False)
    return made.stdout.strip() or made.stderr.strip().splitlines()[-1]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--reviews", type=int, nargs="+", default=[50, 190])
    arguments.add_argument("--slack", type=int, default=15)
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--greedy", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--fixed", action="store_true", help="one choice of stage lengths instead of six")
    arguments.add_argument("--replan", action="store_true", help="plan again after a week is closed for one visit")
    arguments.add_argument("--cpsat", metavar="PYTHON", help="the Python of an environment with requirements/cpsat.txt")
    asked = arguments.parse_args()
    head = ("reviews", "slack %", "variables", "first plan s", "total s", "processor s", "cost", "gap", "clashes")
    print(f"| {' | '.join(head)} | first fit | priced greedy |")
    print("|---" * (len(head) + 2) + "|")
    for reviews in asked.reviews:
        instance = made_up(reviews, slack=asked.slack, seed=asked.seed, modes=FIXED if asked.fixed else MODES)
        pack = packing(build(instance))
        start = f"| {reviews} | {asked.slack} | {len(pack.costs)}"
        if asked.cpsat:
            print(f"{start} | CP-SAT: {cp_sat(asked.cpsat, pack, (2, 2), asked.seconds)} |", flush=True)
            continue
        try:
            found, first, took, worked = timed(instance, asked.seconds)
        except TimetableError as error:
            print(f"{start} | {error} |")
            continue
        if not found.plan:
            print(f"{start} | no plan in {took:.1f} s: {len(found.obstacles)} obstacles, stopped {found.stopped} |")
            continue
        beside = " | ".join(_cheaper(one, found.cost) for one in best_of(pack, asked.greedy, asked.seed))
        wrong = len(clashes(instance, found.plan)) + (found.cost != cost(instance, found.plan))
        facts = f"{first:.1f} | {took:.1f} | {worked:.1f} | {found.cost} | {found.gap:.2%} | {wrong}"
        print(f"{start} | {facts} | {beside} |", flush=True)
        if asked.replan:
            print(f"replanned: {replanned(instance, found, asked.seconds)}", flush=True)


def _cheaper(greedy_cost: int | None, found: int) -> str:
    return (
        "none" if greedy_cost is None else f"{greedy_cost} (plan cheaper by {(greedy_cost - found) / greedy_cost:.1%})"
    )


if __name__ == "__main__":
    main()
