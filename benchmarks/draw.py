"""Time and fairness of the draw of lots: ``python benchmarks/draw.py [--runs 100] [--draws 2000] [--exact]``.

Processor time. ``--exact`` adds the laws on the instance of 624 tables (two groups of three): the
ceremony's from all orders and picks, the uniform method's from the transition matrix of its walk, tables that differ by
names alone put together.
"""

import argparse
import itertools
import json
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rules.lots.test_any_urn import cases
from tests.rules.lots.urns import SIZES, announced, broken, rules, urn

from merida.rules.lots import LotsError, aloud, canonical, check_table, draw, read_table, verify
from merida.rules.lots.procedure.record import verify as made_again
from merida.rules.lots.procedure.uniform import SWEEPS

Table6 = tuple[tuple[int, int], ...]
BASE = 8
SIX = range(6)
PAIRS = {s: [p for p in itertools.combinations(SIX, 2) if s not in p] for s in SIX}


def timed(action) -> tuple[float, object]:
    start = time.process_time()
    made = action()
    return time.process_time() - start, made


def times(runs: int) -> None:
    people, made = urn(SIZES), rules()
    for method in ("CEREMONY", "UNIFORM"):
        announcement = announced(people, made, method=method)
        taken, record = [], {}
        for seed in range(runs):
            seconds, record = timed(lambda seed=seed, said=announcement: draw(said, [[seed]]))
            taken.append(seconds)
            if broken(record["pairs"], people, made):
                raise SystemExit(f"{method}: seed {seed} gives a table that breaks a rule")
        checking, wrong = timed(lambda record=record: verify(record))
        if wrong:
            raise SystemExit(wrong[0])
        size = len(canonical(record)) // 1000
        print(
            f"{method}, 192 States, {runs} draws: median {statistics.median(taken):.2f} s, worst {max(taken):.2f} s, "
            f"verification {checking:.2f} s, record {size} kB, all valid"
        )
    lines = [f"{s},{','.join(r for other, r in record['pairs'] if other == s)}" for s in people.subjects]
    text = "\n".join(["State,reviewer 1,reviewer 2", *lines])
    groups = {one.code: one.group for one in people.participants}
    seconds, _ = timed(lambda: check_table(read_table(text), made, groups))
    print(f"check of a table of {len(lines)} rows: {seconds * 1000:.1f} ms")
    for kind in aloud.KINDS:
        text = aloud.file_text(kind)
        words = len(re.findall(r"[A-Za-z]+|\d+", text))
        print(f"file for {kind}: {len(text.splitlines())} lines, {words} words")


def seeded(draws: int, sizes: dict[str, int], method: str) -> None:
    """How often each State of a group reviews, over many draws: alike within a group up to chance."""
    people, made = urn(sizes), rules()
    announcement = announced(people, made, method=method)
    duties, pairs = Counter[str](), Counter[tuple[str, str]]()
    for seed in range(draws):
        for subject, reviewer in draw(announcement, [[seed]])["pairs"]:
            duties[reviewer] += 1
            pairs[subject, reviewer] += 1
    for group, size in sizes.items():
        inside = [
            pairs[s.code, r.code]
            for s, r in itertools.permutations(people.participants, 2)
            if s.group == group == r.group
        ]
        mean = statistics.mean(inside) if inside else 0
        square = sum((count - mean) ** 2 / mean for count in inside) if mean else 0
        load = sum(duties[one.code] for one in people.participants if one.group == group) / draws / size
        print(
            f"{method}, {sum(sizes.values())} States, {draws} draws, group {group or 'none'}: {load:.3f} duties each; "
            f"pairs inside: chi-square {square:.0f} over {len(inside)} cells"
        )


def tables() -> list[Table6]:
    """Every table of six States in two groups of three that keeps all rules, by trying all."""
    return [table for table in itertools.product(*(PAIRS[s] for s in SIX)) if faults(table) == 0]


def faults(table: Table6) -> int:
    load = [0] * 6
    count = 0
    for s, (a, b) in enumerate(table):
        load[a] += 1
        load[b] += 1
        count += a // 3 != s // 3 != b // 3
        count += (s in table[a] and s < a) + (s in table[b] and s < b)
    return count + sum(max(0, 1 - one, one - 3) for one in load)


def ceremony_law(valid: list[Table6]) -> dict[Table6, Fraction]:
    law = defaultdict[Table6, Fraction](Fraction)

    def go(left: list[Table6], order: tuple[int, ...], chance: Fraction, first: int | None) -> None:
        if not order:
            law[left[0]] += chance
            return
        subject = order[0]
        options = sorted({r for table in left for r in table[subject] if r != first})
        if first is None:
            options = [r for r in options if r // 3 == subject // 3]
        for one in options:
            rest = [table for table in left if one in table[subject]]
            after = (order, one) if first is None else (order[1:], None)
            go(rest, after[0], chance / len(options), after[1])

    for order in itertools.permutations(SIX):
        go(valid, order, Fraction(1, 720), None)
    return law


def distance(law: dict[Table6, Fraction], valid: list[Table6]) -> float:
    even = Fraction(1, len(valid))
    return float(sum(abs(law.get(table, Fraction(0)) - even) for table in valid) / 2)


def exact() -> None:
    valid = tables()
    law = ceremony_law(valid)
    chances = [float(law[table] * len(valid)) for table in valid]
    far = distance(law, valid)
    print(
        f"{len(valid)} tables; ceremony: distance {far:.4f}, chances {min(chances):.2f} to {max(chances):.2f} of even"
    )
    walk_law(valid)


def symmetries() -> list[tuple[int, ...]]:
    inside = list(itertools.permutations(range(3)))
    straight = [(*a, *(x + 3 for x in b)) for a in inside for b in inside]
    return straight + [tuple((x + 3) % 6 for x in one) for one in straight]


def moved(table: Table6, names: tuple[int, ...]) -> Table6:
    new: list[tuple[int, int]] = [(0, 0)] * 6
    for s, (a, b) in enumerate(table):
        x, y = names[a], names[b]
        new[names[s]] = (x, y) if x < y else (y, x)
    return tuple(new)


def walk_law(valid: list[Table6]) -> None:
    """The walk's chances after a fixed number of steps, and that even chances (by weight) stay as they are."""
    orbit, first, size = dict[Table6, int](), list[Table6](), list[int]()
    names = symmetries()
    for table in itertools.product(*(PAIRS[s] for s in SIX)):
        if table not in orbit:
            images = {moved(table, one) for one in names}
            orbit.update(dict.fromkeys(images, len(first)))
            first.append(table)
            size.append(len(images))
    wrong = [faults(table) for table in first]
    ways = [Counter[int]() for _ in first]
    for here, table in enumerate(first):
        for there in proposals(table):
            target = orbit[there] if there else here
            ways[here][target] += 1
    heaviest = max(wrong)
    flows = defaultdict[tuple[int, int], int](int)
    for here, targets in enumerate(ways):
        for there, count in targets.items():
            worse = max(0, wrong[there] - wrong[here])
            flows[here, there] = size[here] * BASE ** (heaviest - wrong[here] - worse) * count
    unbalanced = sum(flow != flows.get((there, here), 0) for (here, there), flow in flows.items())
    print(f"walk: {len(first)} classes, {len(flows)} flows, {unbalanced} without an equal flow back (0: exactly even)")
    curve(first, size, wrong, ways, orbit[valid[0]])


def proposals(table: Table6):
    """What each of the 12 x 18 equally likely proposals leads to; None: stays."""
    places = [(s, side) for s in SIX for side in (0, 1)]
    for s, side in places:
        old, stays = table[s][side], table[s][1 - side]
        for new in SIX:
            yield None if new in (s, *table[s]) else put(table, {s: (stays, new)})
        for t, edge in places:
            new, rest = table[t][edge], table[t][1 - edge]
            blocked = t == s or new in (s, *table[s]) or old in (t, *table[t])
            yield None if blocked else put(table, {s: (stays, new), t: (rest, old)})


def put(table: Table6, changes: dict[int, tuple[int, int]]) -> Table6:
    return tuple(tuple(sorted(changes.get(s, pair))) for s, pair in enumerate(table))


def curve(first: list[Table6], size: list[int], wrong: list[int], ways: list[Counter[int]], start: int) -> None:
    """Distance from even chances among valid classes after so many steps, from the class of one table."""
    good = [place for place, count in enumerate(wrong) if count == 0]
    total = sum(size[place] for place in good)
    arcs = [
        (here, there, count / 216 * BASE ** -max(0, wrong[there] - wrong[here]))
        for here, targets in enumerate(ways)
        for there, count in targets.items()
        if there != here
    ]
    source, target = (np.array([arc[side] for arc in arcs]) for side in (0, 1))
    part = np.array([arc[2] for arc in arcs])
    stays = 1 - np.bincount(source, weights=part, minlength=len(first))
    now = np.zeros(len(first))
    now[start] = 1.0
    for step in range(1, SWEEPS * 12 + 1):
        now = now * stays + np.bincount(target, weights=now[source] * part, minlength=len(first))
        if step in (12, 24, 48, 96, 192, 384, 768, SWEEPS * 12):
            mass = sum(now[place] for place in good)
            far = sum(abs(now[place] / mass - size[place] / total) for place in good) / 2
            print(f"walk after {step} steps: valid {mass:.3f}, distance given valid {far:.2e}", flush=True)


def random_urns(number: int) -> None:
    """Random urns and rule sets: a valid complete draw that both verifiers find right, or the named rules."""
    found = Counter[str]()

    @given(case=cases(), method=st.sampled_from(["CEREMONY", "UNIFORM"]), seed=st.integers(0, 10**9))
    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def one(case, method, seed) -> None:
        people, made = case
        try:
            record = draw(announced(people, made, method=method), [[seed]])
        except LotsError as error:
            said = str(error)
            named = said.startswith("these rules cannot be met together by this urn: ")
            found["named" if named else "other" if "use the ceremony" not in said else "sent to the ceremony"] += 1
            return
        wrong = broken(record["pairs"], people, made) + verify(record)
        wrong += made_again(record)
        found[f"{method}: {'invalid' if wrong else 'valid'}"] += 1

    one()
    print(f"{sum(found.values())} random urns and rule sets: {dict(sorted(found.items()))}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--draws", type=int, default=0, help="seeded draws of the 30-State instance")
    parser.add_argument("--large", type=int, default=0, help="seeded draws of 192 States")
    parser.add_argument("--urns", type=int, default=0, help="random urns and rule sets")
    parser.add_argument("--exact", action="store_true")
    arguments = parser.parse_args()
    print(json.dumps(vars(arguments)))
    if arguments.runs:
        times(arguments.runs)
    for method in ("CEREMONY", "UNIFORM"):
        if arguments.draws:
            seeded(arguments.draws, {"A": 12, "B": 10, "C": 7, "": 1}, method)
        if arguments.large:
            seeded(arguments.large, SIZES, method)
    if arguments.urns:
        random_urns(arguments.urns)
    if arguments.exact:
        exact()


if __name__ == "__main__":
    main()
