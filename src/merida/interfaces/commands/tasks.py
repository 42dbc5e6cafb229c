"""``merida tasks``: the worker of ``serve``: seals, solves timetables, reads documents, sets PDF, sends letters."""

import argparse
import logging
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from smtplib import SMTPException
from typing import Final

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from merida.exchange.deliveries.reading_in import read_next, remove_strays
from merida.exchange.deliveries.reading_in import requeue_abandoned as requeue_files
from merida.exchange.ingest.indexing import index_what_is_missing
from merida.exchange.outputs.printing import print_next
from merida.exchange.search.index import put_together
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.sealing import seal_all
from merida.interfaces.commands.digest import send_due
from merida.interfaces.web.letters import send_change, send_reminder
from merida.review.questionnaires.reminding import letters_due, send
from merida.review.synergies import reuse_changes
from merida.review.synergies.plan_solving import requeue_abandoned, solve_next

PAUSE = 1.0  # seconds
BETWEEN_LETTERS = 1800.0  # seconds
BETWEEN_ENTRIES = 0.2  # seconds in which others come to save
BETWEEN_TIDYINGS = 3600.0  # seconds
NEVER: Callable[[], bool] = lambda: False  # noqa: E731
log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--parent", type=int, default=0, help="end when this process is gone")
    parser.add_argument("--once", action="store_true", help="do what there is to do and end")


def run(arguments: argparse.Namespace) -> int:
    """Seal and solve until stopped, or once."""
    if arguments.once:
        fill_the_search()
        tidy_the_search()
        for work, _complaint in KINDS_OF_WORK:
            work(NEVER)
        seal_all()
    else:
        work_until_stopped(arguments.parent)
    return 0


def work_until_stopped(parent: int = 0) -> None:
    """Seal and solve until this process is told to end, or until the process ``parent`` is gone."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with suppress(DatabaseError):  # later they wait a quarter of an hour
        requeue_abandoned(SYSTEM, all_of_them=True)  # whoever solved them is gone: this worker starts
        requeue_files(all_of_them=True)
        remove_strays()
    # Beside the sealing: a timetable may take minutes.
    beside = [
        *(
            threading.Thread(target=_repeat, args=[stopped, partial(work, stopped.is_set), complaint])
            for work, complaint in KINDS_OF_WORK
        ),
        threading.Thread(target=_write, args=[stopped]),
        threading.Thread(target=_keep_the_search, args=[stopped]),
    ]
    for thread in beside:
        thread.start()
    while not stopped.wait(PAUSE) and not _orphaned(parent):
        _work()
    stopped.set()
    for thread in beside:
        thread.join()


def _work() -> None:
    """Do one round; a database that is away for a moment is tried again in the next."""
    close_old_connections()
    try:
        seal_all()
    except DatabaseError:
        log.exception("The change log could not be sealed; trying again.")


def fill_the_search(stopping: Callable[[], bool] = NEVER) -> None:
    """Put into the search what a version of merida before this one did not; most often that is one query."""
    close_old_connections()
    try:
        if changed := index_what_is_missing(stopping):
            log.info("%s published answers were put into the search.", changed)
    except DatabaseError:
        log.exception("The search could not be completed; it is tried again when the worker starts next.")
    finally:
        connections.close_all()


def tidy_the_search(stopping: Callable[[], bool] = NEVER) -> None:
    """Merge what documents that came in one after the other left in many pieces; most often that is one query."""
    close_old_connections()
    try:
        if steps := put_together(stopping):
            log.info("The index of the search was put together in %s steps.", steps)
    except DatabaseError:
        log.exception("The index of the search could not be put together; it is tried again in an hour.")
    finally:
        connections.close_all()


def _keep_the_search(stopped: threading.Event) -> None:
    """Complete the search when the worker starts, and tidy it then and every hour."""
    waiting = partial(stopped.wait, BETWEEN_ENTRIES)
    fill_the_search(waiting)
    tidy_the_search(waiting)
    while not stopped.wait(BETWEEN_TIDYINGS):
        tidy_the_search(waiting)


def _write(stopped: threading.Event) -> None:
    """Send the letters that are due, every half hour; what could not be sent is tried again then."""
    while not stopped.wait(BETWEEN_LETTERS):
        send_letters()
    connections.close_all()


def send_letters() -> None:
    """Send reminders, changes at the source of answers and news that are due; what fails of one leaves the others."""
    close_old_connections()
    try:
        send(SYSTEM, letters_due(timezone.localdate()), send_reminder)
    except (DatabaseError, OSError, SMTPException):
        log.exception("Reminders could not be sent; trying again later.")
    try:
        reuse_changes.send(SYSTEM, reuse_changes.letters_due(timezone.now()), send_change)
    except (DatabaseError, OSError, SMTPException):
        log.exception("Changes at the source of answers could not be told; trying again later.")
    try:
        send_due(timezone.now(), settings.SITE_ADDRESS)
    except DatabaseError:
        log.exception("News could not be sent; trying again later.")


def _repeat(stopped: threading.Event, work: Callable[[], None], complaint: str) -> None:
    """Do a kind of work until stopped; what fails once does not end what comes after it."""
    while not stopped.wait(PAUSE):
        close_old_connections()
        try:
            work()
        except Exception:
            log.exception(complaint)
    connections.close_all()


def solve_waiting(stopping: Callable[[], bool] = NEVER) -> None:
    """Solve the timetables that wait, one after the other."""
    requeue_abandoned(SYSTEM)
    while not stopping() and solve_next(SYSTEM, stopping=stopping) is not None:
        requeue_abandoned(SYSTEM)


def read_waiting(stopping: Callable[[], bool] = NEVER) -> None:
    """Read the documents that wait, one after the other."""
    requeue_files()
    while not stopping() and read_next() is not None:
        pass


def print_waiting(stopping: Callable[[], bool] = NEVER) -> None:
    """Set the PDF files that wait, one after the other: each takes a core."""
    while not stopping() and print_next(font_folder=settings.FONTS_DIRECTORY, stopping=stopping) is not None:
        pass


def _orphaned(parent: int) -> bool:
    return bool(parent) and os.getppid() != parent


KINDS_OF_WORK: Final = (
    (solve_waiting, "A timetable could not be solved; it is tried again."),
    (read_waiting, "A document could not be read; it is tried again."),
    (print_waiting, "A PDF could not be set."),
)
