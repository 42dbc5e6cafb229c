"""``merida tasks``: the worker of ``serve``: seals, solves timetables, reads documents, sets PDF, sends letters."""

import argparse
import logging
import os
import signal
import threading
from smtplib import SMTPException

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from merida.exchange.deliveries.reading_in import read_next
from merida.exchange.deliveries.reading_in import requeue_abandoned as requeue_files
from merida.exchange.outputs.printing import print_next
from merida.foundation.access.visibility import SYSTEM
from merida.foundation.changes.sealing import seal_all
from merida.interfaces.commands.digest import send_due
from merida.interfaces.web.letters import send_reminder
from merida.review.questionnaires.reminding import letters_due, send
from merida.review.synergies.plan_solving import requeue_abandoned, solve_next

PAUSE = 1.0  # seconds
BETWEEN_LETTERS = 1800.0  # seconds
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
        while read_next() is not None:
            pass
        while print_next(font_folder=settings.FONTS_DIRECTORY) is not None:
            pass
        seal_all()
        return 0
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    # Beside the sealing: a timetable may take minutes.
    planner = threading.Thread(target=_plan, args=[stopped], name="planner")
    planner.start()
    reader = threading.Thread(target=_read, args=[stopped], name="reader")
    reader.start()
    printer = threading.Thread(target=_print, args=[stopped], name="printer")
    printer.start()
    writer = threading.Thread(target=_write, args=[stopped], name="letters")
    writer.start()
    while not stopped.wait(PAUSE) and not _orphaned(arguments.parent):
        _work()
    stopped.set()
    planner.join()
    reader.join()
    printer.join()
    writer.join()
    return 0


def _work() -> None:
    """Do one round; a database that is away for a moment is tried again in the next."""
    close_old_connections()
    try:
        seal_all()
    except DatabaseError:
        log.exception("The change log could not be sealed; trying again.")


def _write(stopped: threading.Event) -> None:
    """Send the letters that are due, every half hour; what could not be sent is tried again then."""
    while not stopped.wait(BETWEEN_LETTERS):
        send_letters()
    connections.close_all()


def send_letters() -> None:
    """Send the reminders and the news of the observatory that are due; what fails of one leaves the other alone."""
    close_old_connections()
    try:
        send(SYSTEM, letters_due(timezone.localdate()), send_reminder)
    except (DatabaseError, OSError, SMTPException):
        log.exception("Reminders could not be sent; trying again later.")
    try:
        send_due(timezone.now(), settings.SITE_ADDRESS)
    except DatabaseError:
        log.exception("News could not be sent; trying again later.")


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


def _read(stopped: threading.Event) -> None:
    """Read the documents that wait until stopped, one at a time; what a worker killed before left is read again."""
    is_first = True
    while not stopped.wait(PAUSE):
        close_old_connections()
        try:
            requeue_files(all_of_them=is_first)
            is_first = False
            while not stopped.is_set() and read_next() is not None:
                pass
        except Exception:
            log.exception("A document could not be read; it is tried again.")
    connections.close_all()


def _print(stopped: threading.Event) -> None:
    """Set the PDF files that wait until stopped, one at a time: each takes a core. One that fails ends no other."""
    while not stopped.wait(PAUSE):
        close_old_connections()
        try:
            while not stopped.is_set() and print_next(font_folder=settings.FONTS_DIRECTORY, stopping=stopped.is_set):
                pass
        except Exception:
            log.exception("A PDF could not be set.")
    connections.close_all()


def _orphaned(parent: int) -> bool:
    return bool(parent) and os.getppid() != parent
