"""How fast pages come at full size: two workers, four clients at once.

    MERIDA_DATA=… python benchmarks/pages.py [--requests 200] [--set-up]

Needs a database filled by ``world.py``. Prints for each page the time until it is there whole (p50 and p95, in ms) when
every address is asked for once, and when all are asked for again, and the kB sent; then the memory of the processes.
``--set-up`` measures ``merida demo`` instead, in a fresh data directory: cold until the first page is served, and warm.
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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parents[1]
CLIENTS = 4
ENCODINGS = {"Accept-Encoding": "gzip", "Accept-Language": "en"}
LANGUAGES = ("en", "zh", "ar", "fr", "ru", "es")
WORDS = (
    "asset+recovery",
    "%22public+procurement%22",
    "corrup",
    "%E8%85%90%E8%B4%A5",
    "integrity",
    "article+13",
    "training",
)


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
        print(f"{CLIENTS} clients at once, up to {asked.requests} addresses of each page: each once, then all again")
        print(f"{'page':18}{'addresses':>10}{'first p50':>11}{'p95 ms':>9}{'again p50':>11}{'p95 ms':>9}{'kB sent':>9}")
        for page, paths in addresses(port, asked.requests).items():
            first, sizes = load(port, paths)
            again, _ = load(port, paths)
            cells = "".join(f"{statistics.median(times):11.1f}{p95(times):9.1f}" for times in (first, again))
            print(f"{page:18}{len(paths):10}{cells}{max(sizes) / 1000:9.1f}", flush=True)
        for pid, memory in memories(parent):
            print(f"process {pid}: {memory / 1024:.0f} MB resident")
    return 0


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 requests kept within."""
    return statistics.quantiles(times, n=20)[18]


def addresses(port: int, count: int) -> dict[str, list[str]]:
    """Return different addresses of each page, as far as there are: what the server keeps is of no use at first."""
    states = [each["code"].lower() for each in asked_of_api(port, "states?limit=200")]
    documents = asked_of_api(port, "documents?limit=200")
    pages = {
        "home": [f"/{code}/?year={year}" for year in range(2005, 2026) for code in LANGUAGES],
        "State": [f"/{code}/states/{state}/" for state in states for code in LANGUAGES],
        "provision": [f"/{code}/provisions/uncac/{number}/" for number in range(1, 72) for code in LANGUAGES],
        "document reader": [f"/en/documents/{each['slug']}/{each['versions'][0]['language']}/" for each in documents],
        "search": [f"/en/search/?q={words}+{state}" for state in ("", *states) for words in WORDS],
    }
    return {page: paths[:: max(1, len(paths) // count)][:count] for page, paths in pages.items()}


def asked_of_api(port: int, path: str) -> list[dict[str, Any]]:
    """Return the items of one answer of the API."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/api/{path}")
    items: list[dict[str, Any]] = json.loads(connection.getresponse().read())["items"]
    return items


def load(port: int, paths: list[str]) -> tuple[list[float], list[int]]:
    """Ask for every path with four clients at once; return milliseconds and bytes of each answer."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for path in paths:
        waiting.put(path)
    found: list[tuple[float, int]] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            try:
                found.append(ask(connection, waiting.get_nowait()))
            except queue.Empty:
                return

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
