"""``merida tasks``: the task worker that ``serve`` starts: seals changes left unsealed, solves timetables that wait."""

import argparse
import logging
import os
import signal
import threading

from django.db import DatabaseError, close_old_connections, connections

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.sealing import seal_all
from merida.review.synergies.plan_solving import requeue_abandoned, solve_next

PAUSE = 1.0  # seconds
log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--parent", type=int, default=0, help="end when this process is gone")
    parser.add_argument("--once", action="store_true", help="do what there is to do and end")


def run(arguments: argparse.Namespace) -> int:
    """Seal and solve until stopped."""
    if arguments.once:
        requeue_abandoned(SYSTEM)
        while solve_next(SYSTEM) is not None:
            pass
        seal_all()
        return 0
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    # Beside the sealing: a timetable may take minutes.
    planner = threading.Thread(target=_plan, args=[stopped], name="planner")
    planner.start()
    while not stopped.wait(PAUSE) and not _orphaned(arguments.parent):
        _work()
    stopped.set()
    planner.join()
    return 0


def _work() -> None:
    """Do one round; a database that is away for a moment is tried again in the next."""
    close_old_connections()
    try:
        seal_all()
    except DatabaseError:
        log.exception("The change log could not be sealed; trying again.")


def _plan(stopped: threading.Event) -> None:
    """Solve what waits until stopped; one timetable that fails does not end the others."""
    while not stopped.wait(PAUSE):
        close_old_connections()
        try:
            requeue_abandoned(SYSTEM)
            while not stopped.is_set() and solve_next(SYSTEM, stopping=stopped.is_set) is not None:
                pass
        except Exception:
            log.exception("A timetable could not be solved; it is tried again.")
    connections.close_all()


def _orphaned(parent: int) -> bool:
    return bool(parent) and os.getppid() != parent
