"""Many documents into the database: speed, memory, and what a kill in the middle leaves.

    python benchmarks/many_ingested.py [--documents 5000] [--kilobytes 3] [--kill-at 0.5]

makes that many seeded documents of our own wording, hands them to ``merida ingest`` on a fresh SQLite database in a
folder of its own, and prints documents a second at each tenth of the way (steady speed is the same everywhere), the
processor time that each of them took and the memory at most.

At ``--kill-at`` the process is killed outright and started again with the same command, which must go
on where it was. At the end every document must be held once, whole: as many paragraphs, mentions, index entries and
changes as documents call for, and ``merida check`` must find the chain of changes sound.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from many import FOLDERS, document, memory

SOURCE = Path(__file__).resolve().parents[1] / "src"
MERIDA = [sys.executable, "-m", "merida"]


COUNTED = {
    "documents": "SELECT count(*) FROM documents_document",
    "versions": "SELECT count(*) FROM documents_version",
    "paragraphs": "SELECT count(*) FROM documents_paragraph",
    "mentions": "SELECT count(*) FROM documents_mention",
    "entries": "SELECT count(*) FROM search_entry",
    "taken in": "SELECT count(*) FROM changes_change WHERE verb = 'INGEST_DOCUMENT'",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--kilobytes", type=int, default=3)
    parser.add_argument("--kill-at", type=float, default=0.5, help="share of the way; 0 for no kill")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder, data = Path(own) / "documents", Path(own) / "data"
        size = make(folder, given.documents, kilobytes=given.kilobytes)
        os.environ.update(MERIDA_DATA=str(data), PYTHONPATH=str(SOURCE))
        subprocess.run([*MERIDA, "demo", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
        before = held(data)
        print(f"{given.documents:,} documents, {size / 1e6:.1f} MB; {before['documents']} held before", flush=True)
        measure(folder, data, count=given.documents, before=before["documents"], kill_at=given.kill_at)
        prove(folder, data, before, given.documents)


def make(folder: Path, count: int, *, kilobytes: int) -> int:
    """Write the documents; return the bytes of all."""
    size = 0
    for number in range(count):
        path = folder / f"{number // FOLDERS:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(number, size=kilobytes * 1000), encoding="utf-8")
        size += path.stat().st_size
    return size


def held(data: Path) -> dict[str, int]:
    """Rows held now, without waiting for the writer."""
    database = next(data.glob("*.sqlite3"))
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60) as connection:
        return {name: connection.execute(query).fetchone()[0] for name, query in COUNTED.items()}


def measure(folder: Path, data: Path, *, count: int, before: int, kill_at: float) -> None:
    """Take all in, killing the process once on the way."""
    process, largest, tenths = start(folder), 0, 1
    begin = last = time.monotonic()
    reached, spent = 0, 0.0
    while process.poll() is None:
        time.sleep(0.5)
        largest = max(largest, memory(process.pid))
        done = held(data)["documents"] - before
        now = time.monotonic()
        if done >= tenths * count / 10 and done > reached:
            worked = processor(process.pid)
            print(
                f"{done:7,} of {count:,}: {(done - reached) / (now - last):6.1f} documents/s; processor "
                f"{(worked - spent) / (done - reached) * 1000:6.0f} ms each; {largest / 1024:4.0f} MB; "
                f"load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            tenths, last, reached, spent = done * 10 // count + 1, now, done, worked
        if kill_at and done >= kill_at * count:
            kill_at = 0
            process.send_signal(signal.SIGKILL)
            process.wait()
            print(f"{held(data)['documents'] - before:7,} held when it was killed; started again", flush=True)
            process, spent = start(folder), 0.0
    took, used = time.monotonic() - begin, sum(os.times()[2:4])
    print(f"all in {took:.0f} s: {count / took:.1f} documents/s; processor {used / count * 1000:.1f} ms a document")


def processor(process: int) -> float:
    """Seconds of the processor that a process has used so far, 0 when it has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*MERIDA, "ingest", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def prove(folder: Path, data: Path, before: dict[str, int], count: int) -> None:
    """Each document once, nothing of one that is half there; again, nothing changes."""
    after = held(data)
    added = {name: after[name] - before[name] for name in after}
    once = added["documents"] == added["versions"] == added["taken in"] == count
    print(", ".join(f"{number:,} {name}" for name, number in added.items()), "- each once" if once else "- WRONG")
    begin = time.monotonic()
    subprocess.run([*MERIDA, "ingest", str(folder)], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    same = "nothing" if held(data) == after else "WRONG: something"
    print(f"again, everything held: {time.monotonic() - begin:.1f} s; {same} changed")
    checked = subprocess.run([*MERIDA, "check"], check=False, capture_output=True, text=True)
    print("merida check:", "sound" if checked.returncode == 0 else checked.stdout + checked.stderr)


if __name__ == "__main__":
    main()
