"""The solver's own process: a first plan (``starting``), then HiGHS to a proven bound, and all that is told of it."""

import math
import os
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from merida.rules.timetable.model import BREACH, Model, load

THREADS = 2
FEW = 0.6  # of the time, at most, for the plan among the cheap choices
CHEAP = 0.4  # of the difference between first plan and bound: what a choice may cost beyond the bound to be cheap
Array = Any


@dataclass(frozen=True, slots=True)
class Limits:
    """A bound known before, seconds and gap to stop at; ``ceiling``: what plans with other choices cost at least."""

    bound: float
    seconds: float
    gap: float
    ceiling: float = float("inf")


def run(pipe: Connection, model: Model, seconds: float, gap: float) -> None:
    """Solve and report: ("BETTER", choices, bound, cost) on the way; DONE with choices, bound, stopped; NONE; LATE."""
    started = time.monotonic()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the solver greets on standard output, which is the command's
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from merida.rules.timetable import starting  # noqa: PLC0415 (numpy is wanted in this process only)

    pack = starting.packing(model)
    every = list(range(len(model.choices)))
    start: list[int] | None = None
    if model.elastic:
        start = few = starting.least_breach(pack)
        _tell(pipe, model, few, 0.0)
        kept, bound = every, 0.0
    else:
        first = starting.first_plan(pack, better=lambda taken, least: _tell(pipe, model, taken, least))
        start, bound = first.taken, whole(first.bound)
        kept = every
        if start is not None:
            _tell(pipe, model, start, bound)
            if first.cost - bound <= gap * first.cost:
                pipe.send(("DONE", start, bound, False))
                return
            left = seconds - (time.monotonic() - started)
            start, bound = _among_cheap(pipe, model, first, Limits(bound, max(1.0, FEW * left), gap))
            if _cost(model, start) - bound <= gap * _cost(model, start):
                pipe.send(("DONE", start, bound, False))
                return
            # No plan that is better than this one holds a choice that alone costs the difference to the bound.
            room, mine = _cost(model, start) - first.bound + 1e-6, set(start)
            kept = [number for number in every if first.beyond[number] <= room or number in mine]
    left = max(1.0, seconds - (time.monotonic() - started))
    solved = _solve(pipe, model, kept, start, Limits(bound, left, gap))
    if solved is not None:
        pipe.send(solved)
    pipe.close()


def _among_cheap(pipe: Connection, model: Model, first: Any, limits: Limits) -> tuple[list[int], float]:
    """Return the best plan among choices that cost little more than the bound, a small model; and a bound of all plans.

    A plan with any other choice costs more than ``ceiling``, so the bound of the small model holds for all up to there.
    """
    room, mine = max(CHEAP * (first.cost - first.bound), 1.0), set(first.taken)
    kept = [number for number in range(len(model.choices)) if first.beyond[number] <= room or number in mine]
    ceiling = whole(first.bound + room)
    solved = _solve(pipe, model, kept, first.taken, replace(limits, ceiling=ceiling))
    return (first.taken, limits.bound) if solved is None or solved[0] != "DONE" else (solved[1], solved[2])


def _cost(model: Model, taken: list[int]) -> int:
    return sum(model.choices[number].cost for number in taken)


def _tell(pipe: Connection, model: Model, taken: list[int], bound: float) -> None:
    pipe.send(("BETTER", taken, whole(bound), _cost(model, taken)))


def whole(bound: float) -> float:
    """Return the least whole number from a bound on: all costs are whole, and none is below nothing."""
    return float(max(0, math.ceil(bound - 1e-5))) if math.isfinite(bound) else 0.0


def _solve(
    pipe: Connection, model: Model, kept: list[int], start: list[int] | None, limits: Limits
) -> tuple[Any, ...] | None:
    """Solve with the choices ``kept``; return the last message, None where the solver gave up."""
    import highspy  # noqa: PLC0415 (heavy, and wanted in this process only)
    import numpy as np  # noqa: PLC0415

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", bool(os.environ.get("MERIDA_HIGHS_LOG"))),
        ("time_limit", limits.seconds),
        ("mip_rel_gap", limits.gap),
        ("random_seed", 0),
        ("threads", THREADS),
    ):
        solver.setOptionValue(name, value)
    lp = _Program(model, kept)
    solver.passModel(lp.made(highspy, np))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = lp.values(start, np)
        solver.setSolution(solution)
    best: list[Any] = [start, float("inf") if start is None else _cost(model, start), limits.bound]

    def chosen(values: Any) -> list[int]:
        return [kept[number] for number in np.flatnonzero(np.asarray(values[: len(kept)]) > 0.5)]  # noqa: PLR2004

    def better(event: Any) -> None:
        out = event.data_out
        best[2] = max(best[2], min(whole(float(out.mip_dual_bound)), limits.ceiling))
        cost = float(out.objective_function_value)
        if cost < best[1] - 0.5:
            best[0], best[1] = chosen(out.mip_solution), cost
            pipe.send(("BETTER", best[0], best[2], cost))

    solver.cbMipImprovingSolution += better
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    states = highspy.HighsModelStatus
    bound = max(best[2], min(whole(float(info.mip_dual_bound)), limits.ceiling))
    if status in (states.kInfeasible, states.kUnboundedOrInfeasible) and start is None:
        return ("NONE",)
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        return "DONE", chosen(solver.getSolution().col_value), bound, status == states.kTimeLimit
    if best[0] is not None:
        return "DONE", best[0], bound, True
    return ("LATE",) if status == states.kTimeLimit else None


class _Program:
    """The rows and columns of a model: choices, then the officers at work week by week, then what rows are exceeded by.

    Work is written as changes from week to week, four entries a choice instead of one for each week of its stages.
    """

    def __init__(self, model: Model, kept: list[int]) -> None:
        self.model = model
        self.column = {number: place for place, number in enumerate(kept)}
        self.costs: list[float] = [model.choices[number].cost for number in kept]
        self.upper: list[float] = [1.0] * len(kept)
        self.rows: list[tuple[float, float, list[int], list[int]]] = []
        self.whole = len(kept)
        self.exceeded: list[tuple[int, frozenset[int], int]] = []  # column, choices, most of them
        self.overtime: list[tuple[int, int, int]] = []  # column, column of the week's work, officers
        self.at_work: dict[tuple[str, str], list[int]] = {}
        for numbers in model.of_review.values():
            mine = [self.column[number] for number in numbers if number in self.column]
            self.rows.append((1, 1, mine, [1] * len(mine)))
        for row, numbers in model.rows.items():
            self._shared(numbers, model.most[row])
        for key in model.work:
            self._work(key)

    def _new(self, cost: float, upper: float) -> int:
        self.costs.append(cost)
        self.upper.append(upper)
        return len(self.costs) - 1

    def _shared(self, numbers: list[int], most: int) -> None:
        columns = [self.column[number] for number in numbers if number in self.column]
        if len(columns) <= most:
            return
        weights = [1] * len(columns)
        if self.model.elastic:
            over = self._new(BREACH, float("inf"))
            self.exceeded.append((over, frozenset(numbers), most))
            columns.append(over)
            weights.append(-1)
        self.rows.append((float("-inf"), most, columns, weights))

    def _work(self, key: tuple[str, str]) -> None:
        done = self.model.work[key]
        changes: list[dict[int, int]] = [{} for _ in range(len(done.most) + 1)]
        for number in done.choices:
            if number not in self.column:
                continue
            first, loads = load(self.model.choices[number].planned)
            before = 0
            for after, officers in enumerate([*loads, 0]):
                if officers != before:
                    changes[first + after][self.column[number]] = officers - before
                before = officers
        week_before = None
        for week, most in enumerate(done.most):
            upper = float("inf") if self.model.elastic else float(most)
            now = self._new(0, upper)
            self.at_work.setdefault(key, []).append(now)
            row = changes[week] | {now: -1}
            if week_before is not None:
                row[week_before] = 1
            self.rows.append((0, 0, list(row), list(row.values())))
            if self.model.elastic:
                over = self._new(BREACH, float("inf"))
                self.overtime.append((over, now, most))
                self.rows.append((float("-inf"), most, [now, over], [1, -1]))
            week_before = now

    def values(self, taken: list[int], np: Any) -> Array:
        """Return all columns for choices taken."""
        values = np.zeros(len(self.costs))
        values[[self.column[number] for number in taken]] = 1.0
        for key, done in self.model.work.items():
            for number in set(done.choices).intersection(taken):
                first, loads = load(self.model.choices[number].planned)
                for after, officers in enumerate(loads):
                    values[self.at_work[key][first + after]] += officers
        for column, among, most in self.exceeded:
            values[column] = max(0, len(among.intersection(taken)) - most)
        for column, work, most in self.overtime:
            values[column] = max(0.0, values[work] - most)
        return values

    def made(self, highspy: Any, np: Any) -> Any:
        """Return it as the solver wants it."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.rows)
        lp.col_cost_ = np.array(self.costs, dtype=float)
        lp.col_lower_ = np.zeros(len(self.costs))
        lp.col_upper_ = np.array(self.upper)
        kinds = highspy.HighsVarType
        loose = len(self.costs) - self.whole
        lp.integrality_ = [kinds.kInteger] * self.whole + [kinds.kContinuous] * loose
        lp.row_lower_ = np.array([least for least, *_ in self.rows], dtype=float)
        lp.row_upper_ = np.array([most for _, most, *_ in self.rows], dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(columns) for *_, columns, _ in self.rows)], dtype=np.int32)
        lp.a_matrix_.index_ = np.array([one for *_, columns, _ in self.rows for one in columns], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([one for *_, weights in self.rows for one in weights], dtype=float)
        return lp
