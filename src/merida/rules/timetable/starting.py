"""A good first plan within seconds: reviews placed one after the other at prices of the weeks, then improved.

The prices say what a week of an officer, an interpreter or a State is worth to other reviews; they come from
subgradient steps on the Lagrangian of the model, whose value is also a bound. Then a few reviews at a time are taken
out and put back better. Step counts are fixed and chance is counted from ``seed``: the same model gives the same plan.
Needs numpy, and is meant for the solver's own process.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from merida.rules.timetable.model import BREACH, Model, load

STEPS = 250  # of the prices
ROUNDS = 6000  # of improving, for 200 reviews and more; fewer for fewer
OUT = 6  # reviews taken out at once
UNPLACED = 10**7  # what a review without a place costs while plans are improved
Array = Any


@dataclass(frozen=True, slots=True)
class Packing:
    """A model as arrays: for each choice what it uses, padded with the last resource, of which there is no end."""

    costs: Array
    uses: Array
    weights: Array
    most: Array
    spans: tuple[tuple[int, int], ...]  # of each review: its choices from, to before
    weeks: Array


@dataclass(frozen=True, slots=True)
class Start:
    """A plan as choices (None where not all reviews found a place), its cost and a bound of all plans.

    A plan with choice number n costs at least ``bound + beyond[n]``.
    """

    taken: list[int] | None
    cost: int
    bound: float
    beyond: Array


class Chance:
    """Numbers that look like chance, the same for one seed everywhere (64-bit linear congruential generator)."""

    def __init__(self, seed: int) -> None:
        self.state = seed * 2 + 1

    def below(self, many: int) -> int:
        """Return a number from 0 to before ``many``."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % many

    def shuffled(self, items: Sequence[int]) -> list[int]:
        """Return the items in another order."""
        left = list(items)
        for last in range(len(left) - 1, 0, -1):
            other = self.below(last + 1)
            left[last], left[other] = left[other], left[last]
        return left


def packing(model: Model) -> Packing:
    """Return the arrays of a model."""
    used: list[list[int]] = [[] for _ in model.choices]
    weights: list[list[int]] = [[] for _ in model.choices]
    most = list[int]()
    for row, numbers in model.rows.items():
        for number in numbers:
            used[number].append(len(most))
            weights[number].append(1)
        most.append(model.most[row])
    loads = [load(choice.planned) for choice in model.choices]
    for work in model.work.values():
        for number in work.choices:
            first, amounts = loads[number]
            used[number].extend(range(len(most) + first, len(most) + first + len(amounts)))
            weights[number].extend(amounts)
        most.extend(work.most)
    width = max(map(len, used))
    uses = np.full((len(used), width), len(most), dtype=np.int32)
    heavy = np.zeros((len(used), width), dtype=np.int32)
    for number, mine in enumerate(used):
        uses[number, : len(mine)] = mine
        heavy[number, : len(mine)] = weights[number]
    return Packing(
        costs=np.array([choice.cost for choice in model.choices], dtype=np.int64),
        uses=uses,
        weights=heavy,
        most=np.array([*most, 1 << 30], dtype=np.int64),
        spans=tuple((numbers[0], numbers[-1] + 1) for numbers in model.of_review.values()),
        weeks=np.array([choice.planned.week for choice in model.choices]),
    )


def prices(pack: Packing, *, steps: int = STEPS) -> tuple[Array, float]:
    """Return the prices of all resources, and a bound below which no plan can cost."""
    starts = np.array([first for first, _ in pack.spans])
    price, best, bound, stride, idle = np.zeros(len(pack.most)), np.zeros(len(pack.most)), -np.inf, 2.0, 0
    target = 0.0
    for _ in range(steps):
        reduced = pack.costs + np.einsum("ij,ij->i", price[pack.uses], pack.weights)
        least = np.minimum.reduceat(reduced, starts)
        value = float(least.sum() - (price[:-1] * pack.most[:-1]).sum())
        if value > bound + 1e-6:
            bound, best, idle = value, price.copy(), 0
        else:
            idle += 1
        if idle > 10:  # noqa: PLR2004 (steps without a better bound: shorter ones from the best)
            stride, idle, price = stride / 2, 0, best.copy()
        chosen = [first + int(reduced[first:last].argmin()) for first, last in pack.spans]
        over = _used(pack, chosen) - pack.most
        over[-1] = 0
        over[(over < 0) & (price <= 0)] = 0
        norm = float((over * over).sum())
        if not norm:
            break
        target = max(target, bound * 1.05 + 10)
        price = np.maximum(0.0, price + stride * (target - value) / norm * over)
        price[-1] = 0.0
    return best, bound


def first_plan(
    pack: Packing, *, seed: int = 1, rounds: int | None = None, better: Callable[[list[int], float], None]
) -> Start:
    """Return a plan; ``better`` hears of the first and of each much better one, with the bound."""
    chance = Chance(seed)
    price, bound = prices(pack)
    priced = pack.costs + np.einsum("ij,ij->i", price[pack.uses], pack.weights)
    held = _Held(pack, priced)
    order = sorted(range(len(pack.spans)), key=lambda one: int(pack.weeks[pack.spans[one][0]]))
    for review in order:
        held.put(review, full=True)
    wanted = rounds if rounds is not None else min(ROUNDS, 200 + 30 * len(order))
    heard = UNPLACED
    for turn in range(wanted):
        cost = held.cost()
        if -1 not in held.taken and cost < heard * 0.98:
            heard = cost
            better(held.chosen(), max(0.0, bound))
        if cost <= bound:
            break
        held.improve(chance, patient=turn < wanted // 2)
    first = np.array([first for first, _ in pack.spans])
    least = np.repeat(np.minimum.reduceat(priced, first), np.diff([*first, len(priced)]))
    return Start(None if -1 in held.taken else held.chosen(), held.cost(), bound, priced - least)


def least_breach(pack: Packing) -> list[int]:
    """Return a choice for each review of an elastic model such that rows are exceeded by little."""
    used, taken = np.zeros(len(pack.most), dtype=np.int64), [-1] * len(pack.spans)
    for _ in range(3):
        for review, (first, last) in enumerate(pack.spans):
            if taken[review] >= 0:
                np.subtract.at(used, pack.uses[taken[review]], pack.weights[taken[review]])
            rows, weights = pack.uses[first:last], pack.weights[first:last]
            over = np.clip(used[rows] + weights - pack.most[rows], 0, weights).sum(axis=1)
            taken[review] = first + int((pack.costs[first:last] + BREACH * over).argmin())
            np.add.at(used, pack.uses[taken[review]], pack.weights[taken[review]])
    return taken


def _used(pack: Packing, chosen: Sequence[int]) -> Array:
    rows = pack.uses[chosen].ravel()
    return np.bincount(rows, weights=pack.weights[chosen].ravel(), minlength=len(pack.most))


class _Held:
    """A plan in the making: which choice each review has taken (-1: none), and what is left of each resource."""

    def __init__(self, pack: Packing, priced: Array) -> None:
        self.pack, self.priced = pack, priced
        self.left = pack.most.copy()
        self.taken = [-1] * len(pack.spans)

    def cost(self) -> int:
        return sum(int(self.pack.costs[one]) if one >= 0 else UNPLACED for one in self.taken)

    def chosen(self) -> list[int]:
        return list(self.taken)

    def put(self, review: int, *, full: bool) -> None:
        """Give a review the choice that still fits and is cheapest, at the prices or (not ``full``) for it alone."""
        first, last = self.pack.spans[review]
        fits = (self.left[self.pack.uses[first:last]] >= self.pack.weights[first:last]).all(axis=1)
        if not fits.any():
            self.taken[review] = -1
            return
        worth = (self.priced if full else self.pack.costs)[first:last]
        self.set(review, first + int(np.where(fits, worth, np.inf).argmin()))

    def set(self, review: int, number: int) -> None:
        self.taken[review] = number
        if number >= 0:
            np.subtract.at(self.left, self.pack.uses[number], self.pack.weights[number])

    def out(self, review: int) -> None:
        number = self.taken[review]
        if number >= 0:
            np.add.at(self.left, self.pack.uses[number], self.pack.weights[number])
        self.taken[review] = -1

    def improve(self, chance: Chance, *, patient: bool) -> bool:
        """Take a few reviews that lie near each other out and put them back; whether the plan is better for it."""
        group = self._group(chance)
        before = [self.taken[one] for one in group]
        paid = self._paid(before)
        for review in group:
            self.out(review)
        for review in chance.shuffled(group):
            self.put(review, full=patient or chance.below(2) == 0)
        now = self._paid([self.taken[one] for one in group])
        if now <= paid:
            return now < paid
        for review in group:
            self.out(review)
        for review, number in zip(group, before, strict=True):
            self.set(review, number)
        return False

    def _paid(self, numbers: Sequence[int]) -> int:
        return sum(int(self.pack.costs[one]) if one >= 0 else UNPLACED for one in numbers)

    def _group(self, chance: Chance) -> list[int]:
        """Return a review, the worst placed of a few, with others whose dialogues lie nearest."""
        many = len(self.taken)
        tried = [chance.below(many) for _ in range(3)]
        seed = max(tried, key=lambda one: self._paid([self.taken[one]]))
        stuck = [one for one, number in enumerate(self.taken) if number < 0]
        if stuck:
            seed = stuck[chance.below(len(stuck))]
        first, last = self.pack.spans[seed]
        week = self.pack.weeks[self.taken[seed] if self.taken[seed] >= 0 else first + chance.below(last - first)]
        reach = 6 + chance.below(20)
        near = [
            one
            for one, number in enumerate(self.taken)
            if one != seed and number >= 0 and abs(int(self.pack.weeks[number]) - int(week)) <= reach
        ]
        return [seed, *chance.shuffled(near)[: 1 + chance.below(OUT)]]
