"""Many small documents through ``merida read``: speed and memory of two shares at once; stopping costs nothing.

    python benchmarks/many.py [--documents 100000] [--shares 2] [--folder DIR] [--kill-at 0.5]

makes that many documents of about 3 kB (seeded, of our own wording; once a folder), reads them with ``--lines`` in as
many processes as shares, and prints documents and megabytes a second (wall and processor time) and the largest memory
of a process so far at a tenth, at half and at the end: it must not grow with what was read. With ``--kill-at`` all
processes are killed at that share of the way and started again. At the end every document stands in the lines once.
"""

from __future__ import annotations

import argparse
import json
import os
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
    parser.add_argument("--kill-at", type=float, default=None, help="share of the way at which all are killed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = given.folder or Path(own) / "documents"
        size = make(folder, given.documents)
        print(f"{given.documents:,} documents, {size / 1e6:.1f} MB, {given.shares} processes")
        parts = [Part(folder, Path(own), number, given.shares) for number in range(1, given.shares + 1)]
        measure(parts, given.documents, size=size, kill_at=given.kill_at)


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


def document(number: int, *, size: int = SIZE) -> str:
    """A document of about that many bytes, the same for the same number."""
    draw = random.Random(number)
    language = ("zh", "en")[number % 2]
    lines, written = [f"Report {number}" if language == "en" else f"报告 {number}"], 0
    while written < size:
        chosen = draw.choices(SENTENCES[language], k=draw.randint(2, 5))
        words = [s.format(state=draw.choice(STATES[language]), number=draw.randint(1, 14)) for s in chosen]
        lines.append(f"{len(lines)}. " + ("" if language == "zh" else " ").join(words))
        written += len(lines[-1].encode()) + 2
    return "\n\n".join(lines) + "\n"


class Part:
    """One share: its command, its process, its lines."""

    def __init__(self, folder: Path, own: Path, number: int, shares: int) -> None:
        self.lines = own / f"{number}.jsonl"
        read = [sys.executable, "-m", "merida", "read", str(folder), "--lines", str(self.lines)]
        self.command = [*read, "--shard", f"{number}/{shares}"]
        self.counted, self.read_to = 0, 0
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def written(self) -> int:
        """Lines so far; only what was added since the last call is read."""
        if self.lines.exists():
            with self.lines.open("rb") as file:
                file.seek(self.read_to)
                for block in iter(lambda: file.read(1 << 20), b""):
                    self.counted += block.count(b"\n")
                    self.read_to += len(block)
        return self.counted

    def names(self) -> list[str]:
        with self.lines.open(encoding="utf-8") as file:
            return [json.loads(line)["file"] for line in file]


def measure(parts: list[Part], count: int, *, size: int, kill_at: float | None) -> None:
    """Read all shares at once, watching their memory."""
    begin, largest, marks = time.monotonic(), 0, [0.1, 0.5]
    while any(part.process.poll() is None for part in parts):
        time.sleep(0.5)
        largest = max(largest, *(memory(part.process.pid) for part in parts))
        done = sum(part.written() for part in parts)
        if marks and done >= marks[0] * count:
            said(begin, done, largest, f"{marks.pop(0):.0%} of the way")
        if kill_at is not None and done >= kill_at * count:
            kill_at = None
            for part in parts:
                part.kill()
            print(f"{done:,} written: killed, started again")
            for part in parts:
                part.start()
    took, used = time.monotonic() - begin, sum(os.times()[2:4])
    said(begin, sum(part.written() for part in parts), largest, "all")
    print(f"{size / took / 1e6:.2f} MB/s; processor time {used:.0f} s, {size / used / 1e6:.2f} MB a second of it")
    names = [name for part in parts for name in part.names()]
    print(
        f"{len(names):,} lines, {len(set(names)):,} documents: "
        + ("each once" if len(names) == len(set(names)) == count else "WRONG")
    )
    begin = time.monotonic()
    for part in parts:
        subprocess.run(part.command, check=True)
    print(f"again, everything held: {time.monotonic() - begin:.1f} s")


def said(begin: float, done: int, largest: int, when: str) -> None:
    took = time.monotonic() - begin
    print(
        f"{when:16} {done:9,} in {took:7.1f} s: {done / took:6,.0f} documents/s; {largest / 1024:4.0f} MB at most",
        flush=True,
    )


def memory(pid: int) -> int:
    """Resident memory in kB, 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


if __name__ == "__main__":
    main()
