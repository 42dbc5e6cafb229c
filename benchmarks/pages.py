"""How fast pages come at full size: two workers, four clients at once.

    MERIDA_DATA=… python benchmarks/pages.py [--requests 200] [--set-up]

Needs a database filled by ``world.py``. Prints for each page the time until it is there whole (p50 and p95, in ms) and
the bytes sent over the line; then the memory of the workers. ``--set-up`` measures ``merida demo`` instead, in a fresh
data directory: cold until the first page is served, and warm.
"""

import argparse
import http.client
import json
import os
import queue
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1]
CLIENTS = 4
ENCODINGS = {"Accept-Encoding": "gzip", "Accept-Language": "en"}
WORDS = ("asset+recovery", "%22public+procurement%22", "Ghana", "corrup", "%E8%85%90%E8%B4%A5")
PAGES: Mapping[str, tuple[str, ...]] = {
    "home": ("/en/", "/zh/", "/ar/"),
    "State": tuple(
        f"/{language}/states/{state}/" for state in ("gha", "ton", "fra", "chn") for language in ("en", "ar")
    ),
    "provision": tuple(f"/en/provisions/uncac/{number}/" for number in (5, 9, 13, 31, 44)),
    "document reader": (),  # filled from the list of documents
    "search": tuple(f"/en/search/?q={words}" for words in WORDS),
}


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200, help="of each page (default 200)")
    parser.add_argument("--set-up", action="store_true")
    asked = parser.parse_args()
    if asked.set_up:
        measure_set_up()
        return 0
    with served("serve") as (port, parent):
        addresses = dict(PAGES) | {"document reader": tuple(documents(port))}
        print(f"{CLIENTS} clients at once, {asked.requests} requests of each page")
        print(f"{'page':18}{'p50 ms':>9}{'p95 ms':>9}{'kB sent':>9}")
        for page, paths in addresses.items():
            fetch(port, paths[0])
            times, sizes = load(port, paths, asked.requests)
            cuts = statistics.quantiles(times, n=20)
            print(f"{page:18}{statistics.median(times):9.1f}{cuts[18]:9.1f}{max(sizes) / 1000:9.1f}", flush=True)
        for pid, memory in memories(parent):
            print(f"process {pid}: {memory / 1024:.0f} MB of memory of its own and shared")
    return 0


def documents(port: int) -> Iterator[str]:
    """Yield addresses of some documents in the reader, 100 paragraphs on each page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/api/documents?limit=40")
    for each in json.loads(connection.getresponse().read())["items"][::4]:
        yield f"/en/documents/{each['slug']}/{each['versions'][0]['language']}/"


def load(port: int, paths: tuple[str, ...], count: int) -> tuple[list[float], list[int]]:
    """Ask ``count`` times with four clients at once; return milliseconds and bytes of each answer."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for number in range(count):
        waiting.put(paths[number % len(paths)])
    found: list[tuple[float, int]] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            try:
                path = waiting.get_nowait()
            except queue.Empty:
                return
            found.append(ask(connection, path))

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    return [milliseconds for milliseconds, _ in found], [size for _, size in found]


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[float, int]:
    """Fetch one page; return milliseconds and bytes. Stops at anything but 200."""
    started = time.perf_counter()
    connection.request("GET", path, headers=ENCODINGS)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status}")
    return (time.perf_counter() - started) * 1000, len(body)


def fetch(port: int, path: str) -> None:
    """Fetch a page once from each worker, so that neither is measured cold."""
    for _ in range(CLIENTS * 2):
        ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), path)


@contextmanager
def served(command: str, **environment: str) -> Iterator[tuple[int, int]]:
    """Run ``merida COMMAND`` until the block ends; yield its port and process once a page is served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "merida", command, "--port", str(port)],
        env=os.environ | {"PYTHONPATH": str(SOURCES / "src")} | environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        while True:
            if running.poll() is not None:
                sys.exit("the server ended")
            try:
                ask(http.client.HTTPConnection("127.0.0.1", port, timeout=60), "/en/")
                break
            except OSError:
                time.sleep(0.02)
        yield port, running.pid
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)


def memories(parent: int) -> Iterator[tuple[int, int]]:
    """Yield the resident memory in kB of the parent and its children."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for pid in (parent, *map(int, children)):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        yield pid, next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def measure_set_up() -> None:
    """Print seconds until the first page is served, from an empty data directory and again."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cold", "warm"):
            started = time.monotonic()
            with served("demo", MERIDA_DATA=folder):
                print(f"{name}: first page served after {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
