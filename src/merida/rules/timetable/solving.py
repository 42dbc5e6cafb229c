"""Plans from the model, by HiGHS, in a process of its own: it can be stopped, and its memory goes with it."""

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from merida.rules.timetable.checker import clashes
from merida.rules.timetable.instance import Instance, Planned, TimetableError, check_instance
from merida.rules.timetable.model import BREACH, Model, Obstacle, build

SECONDS = 120
GAP = 0.001
GRACE = 30  # seconds after its limit before the process is ended; what it found by then is kept


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
    told: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Result:
    """Plan an instance within ``seconds``; ``before`` is a plan in force, from which as little as possible moves.

    ``told`` hears of progress; once ``cancelled`` says so, the best plan so far is returned. A plan is returned only
    after the independent checker found nothing; where none exists, ``obstacles`` names what stands in its way.
    Where there is no plan, finding what would have to give may take ``seconds`` once more. Raises TimetableError for an
    instance that cannot be used, and where nothing was found in the time given or before it was cancelled.
    """
    check_instance(instance)
    kept = {one.code: one for one in before}
    model = build(instance, before=kept)
    empty = [code for code, numbers in model.of_review.items() if not numbers]
    found = None if empty else _solve(model, seconds=seconds, gap=gap, told=told, cancelled=cancelled)
    if found is None:
        return explain(instance, seconds=seconds, cancelled=cancelled)
    chosen, bound, stopped = found
    made = tuple(model.choices[number].planned for number in chosen)
    wrong = clashes(instance, made)
    if wrong:
        raise TimetableError(f"the solver's plan breaks {wrong[0].rule} {' '.join(wrong[0].items)}: not used")
    return Result(made, sum(model.choices[number].cost for number in chosen), bound, stopped=stopped)


def explain(instance: Instance, *, seconds: int = SECONDS, cancelled: Callable[[], bool] = lambda: False) -> Result:
    """Return the fewest breaches with which there would be a plan, by rule, week and item; none where one exists.

    Where ``stopped``, they are those of the best try by then and need not be the fewest. Raises TimetableError where a
    review has no week at all, or nothing was found in time.
    """
    check_instance(instance)
    model = build(instance, elastic=True)
    for code, numbers in model.of_review.items():
        if not numbers:
            raise TimetableError(f"{code}: no length of its stages fits between the first and the last week")
    found = _solve(model, seconds=seconds, gap=GAP, cancelled=cancelled)
    if found is None:  # every rule may be broken, so there is always a way
        raise TimetableError("the solver found no way even with every rule broken: this is a fault of merida")
    obstacles = [one for number in found[0] for one in model.choices[number].breaks]
    taken = set(found[0])
    for row, uses in model.rows.items():
        over = sum(weight for number, weight in uses if number in taken) - model.most[row]
        if over > 0:
            obstacles.append(Obstacle(*row, amount=over))
    ordered = sorted(set(obstacles), key=lambda one: (one.rule, one.week, one.item))
    return Result(obstacles=tuple(ordered), stopped=found[2])


def moves(before: Sequence[Planned], after: Sequence[Planned]) -> dict[str, int]:
    """Return by how many weeks each review's visit moved; those that stayed, came or went are not in it."""
    old = {one.code: one.week for one in before}
    return {one.code: one.week - old[one.code] for one in after if old.get(one.code, one.week) != one.week}


Found = tuple[list[int], float, bool]


def _solve(
    model: Model,
    *,
    seconds: int,
    gap: float,
    told: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Found | None:
    """Run the solver beside this process. None where the model has no solution; raises TimetableError on no answer."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(there, _matrix(model), seconds, gap), daemon=True)
    worker.start()
    there.close()
    best: Found | None = None
    waited = 0.0
    try:
        while waited < seconds + GRACE:
            if not here.poll(0.1):
                waited += 0.1
                if cancelled():
                    break
                continue
            kind, *rest = here.recv()
            if kind == "NONE":
                return None
            if kind == "BETTER":
                told(Progress(rest[2], rest[3], rest[1]))
                best = rest[0], rest[1], True
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
    raise TimetableError(f"no plan was found in {seconds} s; give it more time")


def _matrix(model: Model) -> dict[str, Any]:
    """Return the model as plain lists: costs, then rows as (least, most, columns, weights)."""
    costs = [choice.cost for choice in model.choices]
    rows: list[tuple[int, int, list[int], list[int]]] = [
        (1, 1, numbers, [1] * len(numbers)) for numbers in model.of_review.values()
    ]
    slack: list[int] = []
    for row, uses in model.rows.items():
        if sum(weight for _, weight in uses) <= model.most[row]:
            continue  # can never be exceeded
        columns, weights = [number for number, _ in uses], [weight for _, weight in uses]
        if model.elastic:
            columns.append(len(costs) + len(slack))
            weights.append(-1)
            slack.append(BREACH)
        rows.append((0, model.most[row], columns, weights))
    return {"costs": costs + slack, "choices": len(costs), "rows": rows}


def _work(pipe: Connection, matrix: Mapping[str, Any], seconds: int, gap: float) -> None:
    """Solve and report, in the worker process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the solver greets on standard output, which is the command's
    import highspy  # noqa: PLC0415 (heavy, and wanted in this process only)
    import numpy as np  # noqa: PLC0415

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False),
        ("time_limit", float(seconds)),
        ("mip_rel_gap", gap),
        ("random_seed", 0),
        ("threads", 2),
    ):
        solver.setOptionValue(name, value)
    costs, rows, whole = matrix["costs"], matrix["rows"], matrix["choices"]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(rows)
    lp.col_cost_ = np.array(costs, dtype=float)
    lp.col_lower_ = np.zeros(len(costs))
    lp.col_upper_ = np.array([1.0] * whole + [highspy.kHighsInf] * (len(costs) - whole))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    # Rows with "at most" leave the lower side open for the slack of an elastic model.
    lp.row_lower_ = np.array([least or -highspy.kHighsInf for least, *_ in rows], dtype=float)
    lp.row_upper_ = np.array([most for _, most, *_ in rows], dtype=float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(columns) for *_, columns, _ in rows)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array([column for *_, columns, _ in rows for column in columns], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([weight for *_, weights in rows for weight in weights], dtype=float)
    solver.passModel(lp)

    def chosen(values: Any) -> list[int]:
        return [int(number) for number in np.flatnonzero(np.asarray(values[:whole]) > 0.5)]  # noqa: PLR2004 (0 or 1)

    def better(event: Any) -> None:
        out = event.data_out
        bound = max(0.0, float(out.mip_dual_bound))  # minus infinity until there is one; no cost is below nothing
        cost = float(out.objective_function_value)
        pipe.send(("BETTER", chosen(out.mip_solution), bound, float(out.running_time), cost))

    solver.cbMipImprovingSolution += better
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        pipe.send(("NONE",))
    elif info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        stopped = status == highspy.HighsModelStatus.kTimeLimit
        pipe.send(("DONE", chosen(solver.getSolution().col_value), max(0.0, float(info.mip_dual_bound)), stopped))
    elif status == highspy.HighsModelStatus.kTimeLimit:
        pipe.send(("LATE",))
    pipe.close()
