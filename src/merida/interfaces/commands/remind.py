"""``merida remind``: letters about due dates that are near or have passed; once a step, however often it runs."""

import argparse
import datetime as dt
import smtplib
import sys

from django.utils import timezone

from merida.foundation.access.visibility import SYSTEM
from merida.interfaces.commands.preparing import pending_migrations
from merida.interfaces.commands.started import to_type
from merida.interfaces.web.letters import reminder_words, send_reminder
from merida.review.questionnaires.reminding import letters_due, send

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
    letters = letters_due(arguments.today or timezone.localdate())
    if arguments.dry_run:
        for letter in letters:
            print(f"To: {letter.user.email}", *reminder_words(letter), sep="\n")
        return 0
    try:
        sending = send(SYSTEM, letters, send_reminder)
    except (OSError, smtplib.SMTPException) as error:
        print(f"merida remind: the mail server did not take a letter: {error}. Run it again.", file=sys.stderr)
        return 1
    for letter in sending.sent:
        print(f"{letter.user.email}: {letter.response.version} {letter.response.state.iso3}, due {letter.due_date}")
    for letter in sending.refused:
        print(f"merida remind: {letter.user.email}: the mail server does not take this letter.", file=sys.stderr)
    print(f"{len(sending.sent)} reminded.")
    return 1 if sending.refused else 0
