"""Time, gap and cost of timetables of a made-up cycle of five years, beside plans made by first fit.

    python benchmarks/timetable.py --reviews 50 190 --seconds 60

The instance is drawn with a seed: reviews are released over four years, each visit may fall into 66 weeks, officers are
``--slack`` per cent above the mean load, a third of the States have a visit of another mechanism. First fit takes the
reviews in the order of release, and in 200 shuffled orders of which the cheapest counts.
"""

import argparse
import random
import time
from datetime import date

from merida.rules.timetable.checker import clashes, cost
from merida.rules.timetable.instance import Instance, Mode, OtherVisit, Planned, Review
from merida.rules.timetable.model import Model, build
from merida.rules.timetable.solving import Result, TimetableError, plan

WEEKS = 5 * 52 + 30
MODES = tuple(Mode(desk, report, cost=6 - desk + (18 - report) // 2) for desk in (4, 6) for report in (8, 13, 18))
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
    return Instance(date(2027, 1, 4), (capacity,) * WEEKS, tuple(made), others=others, blocked=blocked, closed=closed)


def first_fit(model: Model, order: list[str]) -> list[Planned] | None:
    """Give each review, in this order, the cheapest choice that still fits; None where one finds none."""
    rows_of: dict[int, list[tuple[object, int]]] = {}
    for row, uses in model.rows.items():
        for number, weight in uses:
            rows_of.setdefault(number, []).append((row, weight))
    used = dict.fromkeys(model.rows, 0)
    made = []
    for code in order:
        for number in sorted(model.of_review[code], key=lambda one: model.choices[one].cost):
            if all(used[row] + weight <= model.most[row] for row, weight in rows_of[number]):
                break
        else:
            return None
        for row, weight in rows_of[number]:
            used[row] += weight
        made.append(model.choices[number].planned)
    return made


def best_of(instance: Instance, times: int, seed: int) -> int | None:
    model, chance = build(instance), random.Random(seed)
    codes = [one.code for one in instance.reviews]
    place = {code: number for number, code in enumerate(codes)}
    costs = []
    for turn in range(times):
        order = codes if turn == 0 else sorted(codes, key=lambda code: place[code] + chance.uniform(0, len(codes) / 6))
        made = first_fit(model, order)
        if made is not None:
            costs.append(cost(instance, made))
    return min(costs, default=None)


def timed(instance: Instance, seconds: int) -> tuple[Result, float, float]:
    """Plan; return the result, the seconds to the first plan, and all seconds, the solver's process included."""
    started, heard = time.perf_counter(), list[float]()
    found = plan(instance, seconds=seconds, told=lambda _: heard.append(time.perf_counter() - started))
    took = time.perf_counter() - started
    return found, heard[0] if heard else took, took


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--reviews", type=int, nargs="+", default=[50, 190])
    arguments.add_argument("--slack", type=int, default=15)
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--greedy", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    print("| reviews | variables | first plan s | total s | cost | gap % | clashes | best first fit | cheaper by % |")
    print("|---|---|---|---|---|---|---|---|---|")
    for reviews in asked.reviews:
        instance = made_up(reviews, slack=asked.slack, seed=asked.seed)
        try:
            found, first, took = timed(instance, asked.seconds)
        except TimetableError as error:
            print(f"| {reviews} | {len(build(instance).choices)} | {error} |")
            continue
        if not found.plan:
            print(f"| {reviews} | no plan: {len(found.obstacles)} obstacles |")
            continue
        greedy = best_of(instance, asked.greedy, asked.seed)
        cheaper = f"{(greedy - found.cost) / greedy:.1%}" if greedy else "–"
        wrong = len(clashes(instance, found.plan))
        variables = len(build(instance).choices)
        print(
            f"| {reviews} | {variables} | {first:.1f} | {took:.1f} | {found.cost} | {found.gap:.2%} | {wrong} "
            f"| {greedy or 'none'} | {cheaper} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
