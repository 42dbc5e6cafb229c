"""Plans from the model, by a process of its own: it can be stopped, and its memory goes with it."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from merida.rules.timetable.checker import clashes
from merida.rules.timetable.instance import Instance, Planned, TimetableError, check_instance
from merida.rules.timetable.model import Model, Obstacle, build, load
from merida.rules.timetable.worker import run

SECONDS = 120
GAP = 0.001
SHARE = 0.6  # of the time that may pass without any plan
LEAST = 1.0  # seconds that are always left for finding what would have to give
GRACE = 10  # seconds after its limit before the process is ended; what it found by then is kept


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the solver is: cost of the best plan so far and the bound below which no plan can be."""

    seconds: float
    cost: float
    bound: float


@dataclass(frozen=True, slots=True)
class Result:
    """A plan with its cost, the proven lower bound, and what would have to give where there is no plan.

    Cost and bound of a replanning hold what the moves cost; ``checker.cost`` is that of the plan alone.
    """

    plan: tuple[Planned, ...] = ()
    cost: int = 0
    bound: float = 0.0
    obstacles: tuple[Obstacle, ...] = ()
    stopped: bool = False

    @property
    def gap(self) -> float:
        """How far the plan may be from the best one, as a share of its cost; 0 is proven best."""
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost else 0.0


def plan(
    instance: Instance,
    *,
    seconds: int = SECONDS,
    gap: float = GAP,
    before: Sequence[Planned] = (),
    today: int = 0,
    told: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """Plan an instance within ``seconds``; ``before`` is a plan in force, from which as little as possible moves.

    ``today`` is the week from which nearness counts: near visits weigh more.

    ``told`` hears of progress; once ``cancelled`` says so, the best plan so far is returned. A plan is returned only
    after the independent checker found nothing; where none exists, ``obstacles`` names what stands in its way.
    Finding what would have to give shares ``seconds`` with the search for a plan. Raises TimetableError for an instance
    that cannot be used, and where nothing was found in the time given or before it was cancelled.
    """
    started = time.monotonic()
    check_instance(instance)
    kept = {one.code: one for one in before}
    model = build(instance, before=kept, today=today)
    empty = [code for code, numbers in model.of_review.items() if not numbers]
    late, found = False, None
    if not empty:
        try:
            left = max(LEAST, seconds - (time.monotonic() - started))
            found = _solve(model, seconds=left, share=SHARE, gap=gap, told=told, cancelled=cancelled)
        except _LateError:
            late = True
    if found is not None:
        return _checked(instance, model, found)
    left = max(LEAST, seconds - (time.monotonic() - started))
    loose = build(instance, before=kept, today=today, elastic=True)
    given, obstacles = _least_breaches(loose, seconds=left, cancelled=cancelled)
    if obstacles:
        return Result(obstacles=obstacles, stopped=given[2])
    # No rule was broken after all: the search for a plan only had too little time.
    return _checked(instance, loose, (given[0], 0.0, late or given[2]))


def explain(instance: Instance, *, seconds: int = SECONDS, cancelled: Callable[[], bool] = lambda: False) -> Result:
    """Return the fewest breaches with which there would be a plan, by rule, week and item; none where one exists.

    Where ``stopped``, they are those of the best try by then and need not be the fewest. Raises TimetableError where a
    review has no week at all, or nothing was found in time.
    """
    check_instance(instance)
    found, obstacles = _least_breaches(build(instance, elastic=True), seconds=seconds, cancelled=cancelled)
    return Result(obstacles=obstacles, stopped=found[2])


def _checked(instance: Instance, model: Model, found: "Found") -> Result:
    chosen, bound, stopped = found
    made = tuple(model.choices[number].planned for number in chosen)
    wrong = clashes(instance, made)
    if wrong:
        raise TimetableError(
            "the solver's plan breaks {rule} {items}: not used", rule=wrong[0].rule, items=" ".join(wrong[0].items)
        )
    return Result(made, sum(model.choices[number].cost for number in chosen), bound, stopped=stopped)


def _least_breaches(
    model: Model, *, seconds: float, cancelled: Callable[[], bool]
) -> tuple["Found", tuple[Obstacle, ...]]:
    for code, numbers in model.of_review.items():
        if not numbers:
            raise TimetableError("{code}: no length of its stages fits between the first and the last week", code=code)
    found = _solve(model, seconds=seconds, gap=GAP, cancelled=cancelled)
    if found is None:  # every rule may be broken, so there is always a way
        raise TimetableError("the solver found no way even with every rule broken: this is a fault of merida")
    obstacles = [one for number in found[0] for one in model.choices[number].breaks]
    obstacles += _exceeded(model, set(found[0]))
    return found, tuple(sorted(set(obstacles), key=lambda one: (one.rule, one.week, one.item)))


def _exceeded(model: Model, taken: set[int]) -> list[Obstacle]:
    over = list[Obstacle]()
    for row, numbers in model.rows.items():
        amount = sum(number in taken for number in numbers) - model.most[row]
        if amount > 0:
            over.append(Obstacle(*row, amount=amount))
    for (rule, item), done in model.work.items():
        needed = [0] * len(done.most)
        for number in taken.intersection(done.choices):
            first, loads = load(model.choices[number].planned)
            for after, officers in enumerate(loads):
                needed[first + after] += officers
        pairs = enumerate(zip(needed, done.most, strict=True))
        over += [Obstacle(rule, week, item, need - most) for week, (need, most) in pairs if need > most]
    return over


Found = tuple[list[int], float, bool]  # choices, bound, whether time was over


class _LateError(TimetableError):
    """Nothing was found in the time given."""


def _solve(
    model: Model,
    *,
    seconds: float,
    gap: float,
    share: float = 1.0,
    told: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Found | None:
    """Run the solver beside this process. None where the model has no solution; raises TimetableError on no answer.

    Without any plan after ``share`` of the seconds it is ended: the rest is for finding out what must give.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=run, args=(there, model, seconds, gap), daemon=True)
    started = time.monotonic()
    worker.start()
    there.close()
    best: Found | None = None
    try:
        while time.monotonic() - started < (seconds + GRACE if best or share == 1 else seconds * share):
            if not here.poll(0.1):
                if cancelled():
                    break
                continue
            kind, *rest = here.recv()
            if kind == "NONE":
                return None
            if kind == "BETTER":
                best = rest[0], rest[1], True
                told(Progress(time.monotonic() - started, rest[2], rest[1]))
            elif kind == "LATE":
                break
            else:
                return rest[0], rest[1], rest[2]
    except EOFError:
        raise TimetableError("the solver ended without an answer: this is a fault of merida, not of time") from None
    finally:
        worker.terminate()
        worker.join()
    if best is not None:
        return best
    if cancelled():
        raise TimetableError("cancelled before a plan was found")
    raise _LateError("no plan was found in {seconds:.0f} s; give it more time", seconds=seconds)
