"""CP-SAT on a packing from standard input; one line out, for ``timetable.py``."""

import argparse
import json
import sys


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    from ortools.sat.python import cp_model

    facts = json.load(sys.stdin)
    model = cp_model.CpModel()
    choices = [model.new_bool_var("") for _ in facts["costs"]]
    for first, last in facts["spans"]:
        model.add_exactly_one(choices[first:last])
    rows: dict[int, list[tuple[int, int]]] = {}
    for number, (uses, weights) in enumerate(zip(facts["uses"], facts["weights"], strict=True)):
        for row, weight in zip(uses, weights, strict=True):
            if weight:
                rows.setdefault(row, []).append((number, weight))
    for row, entries in rows.items():
        most = facts["most"][row]
        if most == 1 and all(weight == 1 for _, weight in entries):
            model.add_at_most_one(choices[number] for number, _ in entries)
        else:
            model.add(sum(weight * choices[number] for number, weight in entries) <= most)
    model.minimize(sum(paid * choice for paid, choice in zip(facts["costs"], choices, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = facts["seconds"]
    solver.parameters.num_workers = facts["workers"]
    solver.parameters.linearization_level = facts["level"]
    solver.parameters.relative_gap_limit = 0.001
    status = solver.solve(model)
    found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    cost, bound = solver.objective_value if found else None, solver.best_objective_bound
    gap = f"{(cost - bound) / cost:.2%}" if cost else "none"
    print(f"{solver.status_name(status)} in {solver.wall_time:.1f} s, cost {cost}, bound {bound:.0f}, gap {gap}")


if __name__ == "__main__":
    main()
