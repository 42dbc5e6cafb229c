"""``merida remind``: letters about due dates, once a step, and about answers whose source changed, once a decision."""

import argparse
import datetime as dt
import smtplib
import sys
from collections.abc import Iterable

from django.utils import timezone

from merida.foundation.access.visibility import SYSTEM
from merida.interfaces.commands.preparing import pending_migrations
from merida.interfaces.commands.started import to_type
from merida.interfaces.web.letters import change_words, reminder_words, send_change, send_reminder
from merida.review.questionnaires.reminding import letters_due, send
from merida.review.synergies import reuse_changes

WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--today", type=dt.date.fromisoformat, metavar="DATE", help="as if it were this day")
    parser.add_argument("--dry-run", action="store_true", help="print the letters; nothing is sent or recorded")


def run(arguments: argparse.Namespace) -> int:
    """Send what is due; 1 where the mail server did not take a letter, 2 when the database is not set up."""
    if pending_migrations():
        words = f"the database is not set up; `{to_type('demo --no-serve')}` does that."
        print(f"merida remind: {words}", file=sys.stderr)
        return WRONG_USE
    letters, changes = letters_due(arguments.today or timezone.localdate()), reuse_changes.letters_due(timezone.now())
    if arguments.dry_run:
        _print((one.user.email, *reminder_words(one)) for one in letters)
        _print((one.user.email, *change_words(one)) for one in changes)
        return 0
    try:
        sending = send(SYSTEM, letters, send_reminder)
        telling = reuse_changes.send(SYSTEM, changes, send_change)
    except (OSError, smtplib.SMTPException) as error:
        print(f"merida remind: the mail server did not take a letter: {error}. Run it again.", file=sys.stderr)
        return 1
    for letter in sending.sent:
        print(f"{letter.user.email}: {letter.response.version} {letter.response.state.iso3}, due {letter.due_date}")
    for told in telling.sent:
        about = f"{told.response.version} {told.response.state.iso3}"
        print(f"{told.user.email}: {about}, {len(told.changed)} changed elsewhere")
    refused = [one.user.email for one in sending.refused] + [one.user.email for one in telling.refused]
    for address in refused:
        print(f"merida remind: {address}: the mail server does not take this letter.", file=sys.stderr)
    print(f"{len(sending.sent)} reminded, {len(telling.sent)} told of changes.")
    return 1 if refused else 0


def _print(letters: Iterable[tuple[str, str, str]]) -> None:
    for address, subject, text in letters:
        print(f"To: {address}", subject, text, sep="\n")
