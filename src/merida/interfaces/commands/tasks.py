"""``merida tasks``: the task worker that ``serve`` starts: seals changes that a stopped process left unsealed."""

import argparse
import logging
import os
import signal
import threading

from django.db import DatabaseError, close_old_connections

from merida.foundation.changes.sealing import seal_all

PAUSE = 1.0  # seconds
log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--parent", type=int, default=0, help="end when this process is gone")
    parser.add_argument("--once", action="store_true", help="do what there is to do and end")


def run(arguments: argparse.Namespace) -> int:
    """Seal until stopped."""
    if arguments.once:
        seal_all()
        return 0
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.wait(PAUSE) and not _orphaned(arguments.parent):
        _work()
    return 0


def _work() -> None:
    """Do one round; a database that is away for a moment is tried again in the next."""
    close_old_connections()
    try:
        seal_all()
    except DatabaseError:
        log.exception("The change log could not be sealed; trying again.")


def _orphaned(parent: int) -> bool:
    return bool(parent) and os.getppid() != parent
