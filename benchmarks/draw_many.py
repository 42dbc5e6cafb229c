"""Fairness over many draws: ``python benchmarks/draw_many.py --method UNIFORM --size 30 --draws 20000 --counts FILE``.

Counts are kept in FILE every hundred draws: a run that was ended goes on where it stopped. The uniform method is walked
by ``draw_walk.c`` (needs ``cc``), whose first draws are compared with the procedure, pair by pair; the ceremony runs as it is.
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
COMPARED = {30: 40, 192: 5}
KEEP = 100


def ceremonies(announcement: dict[str, Any], first: int, last: int) -> Iterator[list[list[str]]]:
    """The tables of these seeds, by the procedure."""
    for seed in range(first, last):
        yield draw(announcement, [[seed]])["pairs"]


def walks(announcement: dict[str, Any], first: int, last: int) -> Iterator[list[list[str]]]:
    """The tables of these seeds, by the compiled walk."""
    table = Table(announcement)
    start = Completion(table)
    start.complete()
    places = [(s, r) for s in table.subjects for r in bits(start.reviewers[s])]
    base = next(base for most, base in BASES if table.size <= most)
    head = [table.size, len(places), table.rules["same_group_at_least"], int(table.rules["no_mutual"]), base]
    numbers = [*head, SWEEPS * len(places), *itertools.chain(*zip(table.least, table.most, strict=True))]
    numbers += itertools.chain(*places)
    for s, r in itertools.product(range(table.size), repeat=2):
        numbers.append((table.may[r] >> s & 1) + 2 * (table.close[s] >> r & 1))
    published = digest(announcement)
    keys = (f"{seed_key([[seed]])}{published}" for seed in range(first, last))
    lines = [f"{hashlib.sha256(key.encode()).hexdigest()} UNIFORM" for key in keys]
    compiler = shutil.which("cc")
    if compiler is None:
        raise SystemExit("the uniform method needs a C compiler: cc")
    with tempfile.TemporaryDirectory() as folder:
        program, given = Path(folder) / "draw_walk", Path(folder) / "given"
        source = Path(__file__).with_name("draw_walk.c")
        subprocess.run([compiler, "-O3", "-o", str(program), str(source)], check=True)
        given.write_text(" ".join(map(str, numbers)) + "\n" + "\n".join(lines) + "\n", encoding="ascii")
        with given.open("rb") as text, subprocess.Popen([str(program)], stdin=text, stdout=subprocess.PIPE) as run:
            for line in run.stdout or ():
                found = list(map(int, line.split()))[1:]
                yield sorted([table.codes[s], table.codes[r]] for s, r in zip(found[::2], found[1::2], strict=True))


def compare(announcement: dict[str, Any], number: int) -> None:
    """End the program unless the compiled walk gives the tables of the procedure."""
    pairs = zip(walks(announcement, 0, number), ceremonies(announcement, 0, number), strict=True)
    for seed, (one, other) in enumerate(pairs):
        if one != other:
            raise SystemExit(f"seed {seed}: the compiled walk gives another table than the procedure")
    print(f"compiled walk and procedure: {number} tables alike")


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
    parser.add_argument("--counts", type=Path, required=True)
    asked = parser.parse_args()
    people = urn(INSTANCES[asked.size])
    announcement = announced(people, rules(), method=asked.method)
    done, counts = 0, Counter[str]()
    if asked.counts.exists():
        kept = json.loads(asked.counts.read_bytes())
        done, counts = kept["done"], Counter(kept["counts"])
    if asked.method == "UNIFORM":
        compare(announcement, COMPARED[asked.size])
    made = walks if asked.method == "UNIFORM" else ceremonies
    for pairs in made(announcement, done, asked.draws):
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
