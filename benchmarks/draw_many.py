"""Fairness over many draws: ``python benchmarks/draw_many.py --method UNIFORM --size 30 --draws 20000 --counts FILE``.

Counts are kept in FILE every hundred draws: a run that was ended goes on where it stopped. The draws are made by
``draw_walk.c`` and ``draw_ceremony.c`` (with ``cc``); their first tables are compared with the procedure's.
"""

import argparse
import hashlib
import itertools
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.rules.lots.urns import SIZES, announced, rules, urn

from merida.rules.lots import Urn, digest, draw
from merida.rules.lots.procedure.chance import bits, seed_key
from merida.rules.lots.procedure.completion import Completion
from merida.rules.lots.procedure.table import Table
from merida.rules.lots.procedure.uniform import BASES, SWEEPS

INSTANCES = {30: {"A": 12, "B": 10, "C": 7, "": 1}, 192: SIZES}
KEEP = 100


def by_procedure(announcement: dict[str, Any], first: int, last: int) -> Iterator[list[list[str]]]:
    """The tables of these seeds, by the procedure."""
    for seed in range(first, last):
        yield draw(announcement, [[seed]])["pairs"]


def table_of(announcement: dict[str, Any]) -> tuple[Table, list[tuple[int, int]]]:
    """The announced table of who may review whom, and the complete draw at which every draw of it begins."""
    table = Table(announcement)
    start = Completion(table)
    start.complete()
    return table, [(s, r) for s in table.subjects for r in bits(start.reviewers[s])]


def given_to_walk(table: Table, places: list[tuple[int, int]]) -> list[int]:
    """What draw_walk.c reads before the seeds."""
    base = next(base for most, base in BASES if table.size <= most)
    head = [table.size, len(places), table.rules["same_group_at_least"], int(table.rules["no_mutual"]), base]
    return [*head, SWEEPS * len(places), *bounds(table), *itertools.chain(*places), *cells(table)]


def given_to_ceremony(table: Table, places: list[tuple[int, int]]) -> list[int]:
    """What draw_ceremony.c reads before the seeds."""
    rules_, number = table.rules, len(table.subjects)
    head = [table.size, number, rules_["reviewers_per_review"], rules_["same_group_at_least"], int(rules_["no_mutual"])]
    return [*head, len(places), *table.subjects, *bounds(table), *itertools.chain(*places), *cells(table)]


def bounds(table: Table) -> Iterator[int]:
    """The least and the most duties of each participant."""
    return itertools.chain(*zip(table.least, table.most, strict=True))


def cells(table: Table) -> Iterator[int]:
    """For each subject and reviewer: 1 where the pair may be, and 2 more where it is of one group."""
    for s, r in itertools.product(range(table.size), repeat=2):
        yield (table.may[r] >> s & 1) + 2 * (table.close[s] >> r & 1)


GIVEN = {"UNIFORM": ("draw_walk", given_to_walk), "CEREMONY": ("draw_ceremony", given_to_ceremony)}


def compiled(announcement: dict[str, Any], first: int, last: int) -> Iterator[list[list[str]]]:
    """The tables of these seeds, by the compiled program of the method."""
    method = announcement["method"]
    name, given_to = GIVEN[method]
    table, places = table_of(announcement)
    published = digest(announcement)
    keys = (f"{seed_key([[seed]])}{published}" for seed in range(first, last))
    lines = [f"{hashlib.sha256(key.encode()).hexdigest()} {method}" for key in keys]
    compiler = shutil.which("cc")
    if compiler is None:
        raise SystemExit("this needs a C compiler: cc")
    with tempfile.TemporaryDirectory() as folder:
        program, given = Path(folder) / name, Path(folder) / "given"
        source = Path(__file__).with_name(f"{name}.c")
        subprocess.run([compiler, "-O3", "-o", str(program), str(source)], check=True)
        given.write_text(" ".join(map(str, given_to(table, places))) + "\n" + "\n".join(lines) + "\n", encoding="ascii")
        with given.open("rb") as text, subprocess.Popen([str(program)], stdin=text, stdout=subprocess.PIPE) as run:
            for line in run.stdout or ():
                found = list(map(int, line.split()))[-2 * len(places) :]
                yield sorted([table.codes[s], table.codes[r]] for s, r in zip(found[::2], found[1::2], strict=True))


def compare(announcement: dict[str, Any], number: int) -> None:
    """End the program unless the compiled one gives the tables of the procedure."""
    pairs = zip(compiled(announcement, 0, number), by_procedure(announcement, 0, number), strict=True)
    for seed, (one, other) in enumerate(pairs):
        if one != other:
            raise SystemExit(f"seed {seed}: the compiled program gives another table than the procedure")
    print(f"compiled program and procedure: {number} tables alike")


def square(counts: list[int]) -> str:
    """Chi-square against an even spread, and over how many cells."""
    mean = statistics.mean(counts)
    return f"{sum((count - mean) ** 2 for count in counts) / mean:.0f} over {len(counts)}" if mean else "none"


def report(people: Urn, counts: dict[str, int], number: int) -> None:
    """Duties by group, and how even the cells are that the rules make alike."""
    groups = dict[str, list[str]]()
    for one in people.participants:
        groups.setdefault(one.group, []).append(one.code)
    for name, codes in groups.items():
        duties = [sum(counts.get(f"{s} {r}", 0) for s in people.subjects) for r in codes]
        inside = [counts.get(f"{s} {r}", 0) for s, r in itertools.permutations(codes, 2)]
        print(
            f"group {name or 'none'} of {len(codes)}: {sum(duties) / number / len(codes):.4f} duties each, "
            f"least {min(duties) / number:.3f}, most {max(duties) / number:.3f}, chi-square {square(duties)}; "
            f"pairs inside {square(inside) if inside else 'none'}"
        )
    for (a, subjects), (b, reviewers) in itertools.permutations(groups.items(), 2):
        cells = [counts.get(f"{s} {r}", 0) for s, r in itertools.product(subjects, reviewers)]
        share = statistics.mean(cells) / number
        print(f"{b or 'none'} reviews {a or 'none'}: {share:.5f} a pair, chi-square {square(cells)}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--method", choices=["CEREMONY", "UNIFORM"], default="UNIFORM")
    parser.add_argument("--size", type=int, choices=sorted(INSTANCES), default=30)
    parser.add_argument("--draws", type=int, default=20_000)
    parser.add_argument("--compare", type=int, default=20, help="tables compared with the procedure (default 20)")
    parser.add_argument("--counts", type=Path, required=True)
    asked = parser.parse_args()
    people = urn(INSTANCES[asked.size])
    announcement = announced(people, rules(), method=asked.method)
    done, counts = 0, Counter[str]()
    if asked.counts.exists():
        kept = json.loads(asked.counts.read_bytes())
        done, counts = kept["done"], Counter(kept["counts"])
    compare(announcement, asked.compare)
    for pairs in compiled(announcement, done, asked.draws):
        counts.update(f"{subject} {reviewer}" for subject, reviewer in pairs)
        done += 1
        if done % KEEP == 0 or done == asked.draws:
            beside = asked.counts.with_suffix(".new")
            beside.write_text(json.dumps({"done": done, "counts": counts}), encoding="utf-8")
            beside.replace(asked.counts)
    print(f"{asked.method}, {asked.size} States, {done} draws")
    report(people, counts, done)


if __name__ == "__main__":
    main()
