"""How long ``python3 start.py`` takes to a served page when everything is current.

    python benchmarks/warm_start.py [--rounds 5] [--documents DIR] [--tree DIR …]

From the command typed to the first 200 of ``GET /en/``, asked for in a loop; and the processor's seconds of all its
processes until then. Each clone (this one, or those named with ``--tree``) has a data directory of its own, set up
first; then the clones take turns, so that what else the machine does falls on all of them alike.
"""

import argparse
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 120  # seconds
OWN_TIMES = slice(11, 15)  # of /proc/…/stat behind the name: user, system, and those of children that have ended


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--tree", type=Path, action="append", help="a clone (default: this one)")
    asked = parser.parse_args()
    trees = [tree.resolve() for tree in asked.tree or [HERE]]
    further = ["--documents", str(asked.documents.resolve())] if asked.documents else []
    with tempfile.TemporaryDirectory() as folder:
        data = {tree: Path(folder) / str(place) for place, tree in enumerate(trees)}
        for tree in trees:
            subprocess.run(command(tree, "--no-serve", *further), env=surroundings(data[tree]), stdout=2, check=True)
        found: dict[Path, list[tuple[float, float]]] = {tree: [] for tree in trees}
        for _ in range(asked.rounds):
            for tree in trees:
                found[tree].append(started(tree, data[tree], further))
                print(f"{tree}: {found[tree][-1][0]:.2f} s, processor {found[tree][-1][1]:.2f} s", flush=True)
    for tree, pairs in found.items():
        clock, processor = zip(*pairs, strict=True)
        print(
            f"{tree}: least {min(clock):.2f}, median {statistics.median(clock):.2f}, most {max(clock):.2f} s; ", end=""
        )
        print(f"processor least {min(processor):.2f}, median {statistics.median(processor):.2f} s")
    return 0


def command(tree: Path, *words: str) -> list[str]:
    """Return the command as it is typed in a clone."""
    return [sys.executable, str(tree / "start.py"), *words]


def surroundings(data: Path) -> dict[str, str]:
    """Return the environment: a data directory, and no other sources than the clone's."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"MERIDA_DATA": str(data)}


def started(tree: Path, data: Path, further: list[str]) -> tuple[float, float]:
    """Start it, wait for a page, stop it; return the seconds by the clock and of the processor until the page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.monotonic()
    running = subprocess.Popen(
        command(tree, "--port", str(port), *further),
        env=surroundings(data),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not is_served(port):
            if running.poll() is not None or time.monotonic() - begun > PATIENCE:
                sys.exit(f"{tree}: no page was served")
            time.sleep(0.02)
        return time.monotonic() - begun, processor_seconds(running.pid)
    finally:
        os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C does
        running.wait(30)


def is_served(port: int) -> bool:
    """Whether the home page comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/en/")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def processor_seconds(process: int) -> float:
    """Return what a process and all below it have used of the processor."""
    entry = Path("/proc") / str(process)
    times = (entry / "stat").read_text().rpartition(")")[2].split()[OWN_TIMES]
    children = (child for task in (entry / "task").iterdir() for child in (task / "children").read_text().split())
    return sum(map(int, times)) / TICKS + sum(processor_seconds(int(child)) for child in children)


if __name__ == "__main__":
    sys.exit(main())
