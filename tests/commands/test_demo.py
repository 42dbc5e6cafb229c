"""``merida demo`` and ``serve``: from nothing to a served page, the second time without a change."""

import multiprocessing
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.commands import written

from merida.interfaces.commands.serve import can_listen

PYTHON = Path(sys.executable)
DIRECT = f"{PYTHON.relative_to(Path.cwd()) if PYTHON.is_relative_to(Path.cwd()) else PYTHON} -m merida"
PATIENCE = 240  # seconds; what is waited for takes a few, or a minute where a whole suite runs beside it


def with_data(data: Path, clone: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {"MERIDA_DATA": str(data), "PYTHONPATH": str(clone / "src"), "COLUMNS": "200"}


@pytest.fixture
def environment(tmp_path: Path, clone: Path) -> dict[str, str]:
    """Return an environment whose data directory is still to be made."""
    return with_data(tmp_path / "data", clone)


@dataclass(frozen=True)
class FirstRun:
    """What came of a run that set up and served: its data directory, words, page and processes, and those it left."""

    data: Path
    code: int
    said: str
    page: str
    children: list[str]
    left: list[str]


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    """Set up from nothing and serve until the parent is ended, once for all tests that begin after it."""
    data = tmp_path_factory.mktemp("first-run") / "data"
    port, page, children = free_port(), "", []
    running = subprocess.Popen(
        merida("demo", "--port", str(port)),
        env=with_data(data, Path(__file__).resolve().parents[2]),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        page = answer(f"http://127.0.0.1:{port}/en/documents/cac-cosp-sample-2021-1/en/", running)
        children = children_of(running.pid)
    finally:
        running.send_signal(signal.SIGTERM)
        said, _ = running.communicate(timeout=PATIENCE)
    return FirstRun(data, running.returncode, said, page, children, left_of(children))


@pytest.fixture
def set_up(first_run: FirstRun, environment: dict[str, str]) -> dict[str, str]:
    """Return an environment with a copy of a data directory that was set up."""
    shutil.copytree(first_run.data, environment["MERIDA_DATA"])
    return environment


def merida(*words: str) -> list[str]:
    return [sys.executable, "-m", "merida", *words]


def run(environment: dict[str, str], *words: str) -> tuple[int, str]:
    done = subprocess.run(
        merida(*words), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, done.stdout


def contents(data: Path) -> list[str]:
    """Return all that a database holds, as statements."""
    with closing(sqlite3.connect(data / "merida.sqlite3")) as held:
        tables = [name for (name,) in held.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [repr(row) for name in sorted(tables) for row in held.execute(f'SELECT * FROM "{name}"')]  # noqa: S608


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_says_what_it_did_and_the_second_run_changes_nothing_and_says_how_to_serve(
    first_run: FirstRun, set_up: dict[str, str]
) -> None:
    first = first_run.said
    assert first_run.code == 0, first
    assert "documents       3 read, 0 unchanged, 0 refused" in first
    assert re.search(r"sample plan     \d+ reviews, published", first)
    assert re.search(r"reference data  \d+ files loaded, \d+ rows", first)
    assert "/en/documents/cac-cosp-sample-2021-1/   Sample report on preventive measures" in first
    assert "crp-9" not in first, "the restricted sample is not for everybody"
    held = contents(Path(set_up["MERIDA_DATA"]))
    code, second = run(set_up, "demo", "--no-serve", "--port", "8123")
    assert code == 0
    assert contents(Path(set_up["MERIDA_DATA"])) == held
    assert "documents       0 read, 3 unchanged, 0 refused" in second
    assert "Everything was current; nothing was changed" in second
    assert f"Serve it:  {DIRECT} serve --port 8123\n" in second


def test_an_improved_reader_reads_what_is_held_again_and_the_command_is_named_as_it_was_started(
    set_up: dict[str, str], tmp_path: Path
) -> None:
    [database] = (tmp_path / "data").glob("*.sqlite3")
    with closing(sqlite3.connect(database)) as held:
        held.execute(
            "UPDATE documents_version SET reader = 'merida 0.0.1' WHERE id = (SELECT MIN(id) FROM documents_version)"
        )
        held.commit()
    code, said = run(set_up, "demo", "--no-serve")
    assert code == 0, said
    assert "documents held  1 read again by an improved reader, 0 refused" in said
    assert "Done in" in said
    started = set_up | {"MERIDA_STARTED_AS": "python3 start.py"}
    code, again = run(started, "demo", "--no-serve", "--port", "8123")
    assert "read again" not in again
    assert "Serve it:  python3 start.py serve --port 8123\n" in again


def test_a_folder_is_read_instead_of_the_sample_and_refusals_are_named(set_up: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    written.write(folder, "good.txt", written.text("Tonga joined."))
    written.write(folder, "empty.txt", b"")
    code, said = run(set_up, "demo", "--no-serve", "--documents", str(folder))
    assert code == 1
    assert "documents       1 read, 0 unchanged, 1 refused" in said
    assert "refused: empty.txt: the file is empty" in said


def test_a_folder_that_is_not_there_is_said_before_anything_is_done(
    environment: dict[str, str], tmp_path: Path
) -> None:
    code, said = run(environment, "demo", "--documents", str(tmp_path / "nowhere"))
    assert (code, said) == (2, f"merida demo: {tmp_path / 'nowhere'}: there is no such folder.\n")


def test_a_taken_port_is_said_with_one_that_is_free(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = run(environment, "demo", "--port", str(port))
    assert code == 1
    found = re.fullmatch(
        rf"Port {port} is taken by another program, perhaps a merida already running\. "
        r"Port (\d+) is free: add --port \1\.\n",
        said,
    )
    assert found, said
    assert can_listen("127.0.0.1", int(found.group(1)))


def test_serving_before_set_up_says_what_to_do(environment: dict[str, str]) -> None:
    code, said = run(environment, "serve", "--port", str(free_port()))
    assert (code, said) == (1, f"The database is not set up. `{DIRECT} demo --no-serve` does it.\n")


def test_pages_are_served_and_every_process_ends_with_the_parent(first_run: FirstRun) -> None:
    assert "Tonga" in first_run.page
    assert len(first_run.children) >= 3 or not Path("/proc").exists(), "two web workers and a task worker"
    assert first_run.code == 0, first_run.said
    assert first_run.left == []
    assert "Traceback" not in first_run.said


SERVED_BY_NOBODY = """
import os, sys
from merida.interfaces.commands import set_up_django
set_up_django()
import granian
from django.db import connection
from merida.interfaces.commands import serve

class Server:
    def __init__(self, *_words, **_named): pass
    def serve(self):
        pages = os.listdir(os.environ["MERIDA_KEPT_PAGES"])
        print(len(pages), "pages,", "no connection," if connection.connection is None else "a connection,", "API" if "ninja" in sys.modules else "no API")

granian.Granian = Server
serve.serve("127.0.0.1", 1)
"""


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="workers are no forks of the server here")
def test_before_workers_are_forked_home_is_drawn_the_api_loaded_and_the_database_let_go(
    set_up: dict[str, str],
) -> None:
    served = [sys.executable, "-c", SERVED_BY_NOBODY]
    done = subprocess.run(served, env=set_up, capture_output=True, text=True, check=False)
    assert done.stdout == "6 pages, no connection, API\n", done.stderr


@pytest.mark.skipif(not Path("/proc").exists(), reason="asks the system for processes")
def test_workers_end_when_the_parent_is_killed(set_up: dict[str, str]) -> None:
    port = free_port()
    running = subprocess.Popen(
        merida("demo", "--port", str(port)),
        env=set_up,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    answer(f"http://127.0.0.1:{port}/en/", running)
    children = children_of(running.pid)
    running.kill()
    running.wait()
    assert (len(children), left_of(children)) == (3, [])
    assert can_listen("127.0.0.1", port)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="there are no groups of processes")
def test_ctrl_c_at_the_terminal_stops_everything_in_order(set_up: dict[str, str]) -> None:
    port = free_port()
    running = subprocess.Popen(
        merida("serve", "--port", str(port)),
        env=set_up,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    answer(f"http://127.0.0.1:{port}/en/", running)
    wait_for(lambda: len({os.getpgid(int(each)) for each in children_of(running.pid)} - {running.pid}) == 3)
    os.killpg(running.pid, signal.SIGINT)  # a terminal tells its whole group
    said = running.communicate(timeout=PATIENCE)[1]
    assert (running.returncode, said) == (0, ""), "no worker is told twice, lingers and has to be killed"


def wait_for(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answer(address: str, running: subprocess.Popen[str]) -> str:
    """Wait for the page to be served."""
    deadline = time.monotonic() + PATIENCE
    while True:
        assert running.poll() is None, running.stdout and running.stdout.read()
        try:
            with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 (our own server)
                return page.read().decode()
        except OSError:
            assert time.monotonic() < deadline, f"{address} was never served"
            time.sleep(0.05)


def left_of(children: list[str]) -> list[str]:
    """Return which of the processes are still there after a while."""
    deadline = time.monotonic() + PATIENCE
    while (left := [each for each in children if Path(f"/proc/{each}").exists()]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def children_of(parent: int) -> list[str]:
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return found.read_text().split() if found.exists() else []
