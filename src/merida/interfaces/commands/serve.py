"""``merida serve``: the web workers and the one task worker under one parent, until stopped."""

import argparse
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from merida.interfaces.commands.balance import board
from merida.interfaces.commands.settling import settle, uncollected
from merida.interfaces.commands.started import to_type

HOST = "127.0.0.1"
PORT = 8000
WORKERS = 2
THREADS = 2  # of each worker; every thread keeps a database connection with its own page cache
PATIENCE = 10  # seconds that a process gets to end by itself


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--port", type=port_number, default=PORT, help=f"port on this machine (default {PORT})")
    parser.add_argument("--host", default=HOST, help=f"address to listen on (default {HOST}: this machine only)")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"web workers (default {WORKERS})")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped; 1 when the port is taken or nothing is set up."""
    from merida.interfaces.commands.preparing import pending_migrations  # noqa: PLC0415 (needs Django set up)

    if not port_is_free(arguments.host, arguments.port):
        return 1
    if pending_migrations():
        print(f"The database is not set up. `{to_type('demo --no-serve')}` does it.", file=sys.stderr)
        return 1
    print(f"Serving http://{shown_host(arguments.host)}:{arguments.port}/ – Ctrl-C stops.", flush=True)
    return serve(arguments.host, arguments.port, workers=arguments.workers)


def port_number(text: str) -> int:
    """Read a port from the command line."""
    try:
        port = int(text)
    except ValueError:
        port = 0
    if not 0 < port < 65536:  # noqa: PLR2004 (the ports there are)
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 1 to 65535 is")
    return port


def shown_host(host: str) -> str:
    """Return the name of a host as people type it."""
    return "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0") else host  # noqa: S104 (compared, not bound)


def port_is_free(host: str, port: int) -> bool:
    """Whether the port can be had; where not, say so and name one that can."""
    if can_listen(host, port):
        return True
    free = next((other for other in range(port + 1, min(port + 50, 65536)) if can_listen(host, other)), None)
    advice = f" Port {free} is free: add --port {free}." if free else ""
    print(f"Port {port} is taken by another program, perhaps a merida already running.{advice}", file=sys.stderr)
    return False


def can_listen(host: str, port: int) -> bool:
    """Whether a server may listen at ``host:port`` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def serve(host: str, port: int, *, workers: int = WORKERS) -> int:
    """Run the web workers here and the task worker beside them; return when SIGINT or SIGTERM has stopped them."""
    from django.db import connections  # noqa: PLC0415
    from granian import Granian  # noqa: PLC0415 (only where something is served)
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    forking = multiprocessing.get_start_method() == "fork"
    if forking:
        settle()  # here, so that it is done once and not by each worker
    connections.close_all()  # what is forked off must not share the connection of this process
    with task_worker(), kept_pages(), board():
        if forking:
            read_ahead_for_all()
        Granian(
            "merida.interfaces.commands.worker:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=PATIENCE,
        ).serve()
    return 0


def read_ahead_for_all() -> None:
    """Read what pages would wait for here, so that it is done once and shared by the workers that are forked off."""
    from merida.interfaces.commands.first_pages import read_ahead  # noqa: PLC0415 (needs Django set up)

    with uncollected():
        read_ahead()


@contextmanager
def kept_pages() -> Iterator[None]:
    """Give the workers a directory for the pages that they share; a new one for each run, gone afterwards."""
    from merida.interfaces.web.views.kept_pages import SHARED_BY  # noqa: PLC0415 (needs Django set up)

    with tempfile.TemporaryDirectory(prefix="merida-pages-", ignore_cleanup_errors=True) as directory:
        os.environ[SHARED_BY] = directory
        yield


@contextmanager
def task_worker() -> Iterator[None]:
    """Run the task worker as a child for as long as the block lasts. It also ends when this process is gone."""
    child = multiprocessing.Process(target=_work_at_tasks, args=[os.getpid()], name="tasks")
    child.start()  # where processes are forked it has everything loaded that is loaded here
    before = signal.signal(signal.SIGTERM, _raise_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        child.terminate()
        child.join(PATIENCE)
        if child.is_alive():
            child.kill()


def _work_at_tasks(parent: int) -> None:
    from merida.interfaces.commands import set_up_django  # noqa: PLC0415 (its package imports this module's callers)

    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own: Ctrl-C reaches the parent only, which then stops this process in order
    set_up_django()
    from merida.interfaces.commands.tasks import work_until_stopped  # noqa: PLC0415 (needs Django set up)

    work_until_stopped(parent)


def _raise_interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
