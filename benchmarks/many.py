"""Many small documents through ``merida read``: speed and memory of two shares at once; stopping costs nothing.

    python benchmarks/many.py [--documents 100000] [--shares 2] [--folder DIR]

makes that many documents of about 3 kB (seeded, of our own wording; once a folder), reads them with ``--lines`` in as
many processes as shares, and prints documents and megabytes a second and the largest memory of a process, at a fifth
of the way and at the end: it must not grow with what was read.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reading import SENTENCES, STATES

FOLDERS = 1000  # documents in one folder
SIZE = 3000  # bytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--shares", type=int, default=2)
    parser.add_argument("--folder", type=Path, default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = given.folder or Path(own) / "documents"
        size = make(folder, given.documents)
        print(f"{given.documents:,} documents, {size / 1e6:.1f} MB, {given.shares} processes")
        measure(folder, Path(own), given.documents, given.shares, size)


def make(folder: Path, count: int) -> int:
    """Write the documents that are missing; return the bytes of all."""
    size = 0
    for number in range(count):
        path = folder / f"{number // FOLDERS:03}" / f"{number:06}.txt"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document(number), encoding="utf-8")
        size += path.stat().st_size
    return size


def document(number: int) -> str:
    """A document of about 3 kB, the same for the same number."""
    draw = random.Random(number)
    language = ("zh", "en")[number % 2]
    lines, size = [f"Report {number}" if language == "en" else f"报告 {number}"], 0
    while size < SIZE:
        chosen = draw.choices(SENTENCES[language], k=draw.randint(2, 5))
        words = [s.format(state=draw.choice(STATES[language]), number=draw.randint(1, 14)) for s in chosen]
        lines.append(f"{len(lines)}. " + ("" if language == "zh" else " ").join(words))
        size += len(lines[-1].encode()) + 2
    return "\n\n".join(lines) + "\n"


def measure(folder: Path, own: Path, count: int, shares: int, size: int) -> None:
    """Read all shares at once, watching their memory."""
    begin = time.monotonic()
    command = [sys.executable, "-m", "merida", "read", str(folder), "--lines"]
    running = [
        subprocess.Popen([*command, str(own / f"{part}.jsonl"), "--shard", f"{part}/{shares}"])
        for part in range(1, shares + 1)
    ]
    early, largest = 0, 0
    while any(one.poll() is None for one in running):
        time.sleep(0.5)
        largest = max(largest, *(memory(one.pid) for one in running))
        if not early and written(own) >= count / 5:
            early = largest
    took = time.monotonic() - begin
    print(f"{took:.1f} s: {count / took:,.0f} documents/s, {size / took / 1e6:.2f} MB/s")
    print(f"memory of a process: {early / 1024:.0f} MB at a fifth, {largest / 1024:.0f} MB at most")
    begin = time.monotonic()
    for part in range(1, shares + 1):
        subprocess.run([*command, str(own / f"{part}.jsonl"), "--shard", f"{part}/{shares}"], check=True)
    print(f"again, everything held: {time.monotonic() - begin:.1f} s")


def written(own: Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in own.glob("*.jsonl"))


def memory(pid: int) -> int:
    """Resident memory in kB, 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


if __name__ == "__main__":
    main()
