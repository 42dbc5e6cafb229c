"""``merida questionnaire``: check, take in, write out and publish questionnaire files; ask States."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from merida.foundation.access.visibility import SYSTEM
from merida.foundation.people.queries import account_by_email
from merida.foundation.registry.queries import states_by_code
from merida.interfaces.commands.preparing import pending_migrations
from merida.interfaces.commands.started import to_type
from merida.review.questionnaires import asking, editing
from merida.review.questionnaires.carrying import compare
from merida.review.questionnaires.form_file import FormError, read_form, write_form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Version
from merida.review.questionnaires.moving import left_behind
from merida.review.questionnaires.queries import responses, version_seen
from merida.review.questionnaires.refusing import RefusedError

WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="whether a file is a questionnaire; nothing is stored")
    check.add_argument("file", type=Path, metavar="FILE")
    take = verbs.add_parser("import", help="keep a file as the draft of its next version")
    take.add_argument("file", type=Path, metavar="FILE")
    for name, words in (("export", "print the file of a questionnaire"), ("publish", "freeze its newest version")):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("code", metavar="CODE")
    verb.add_argument("--due", type=dt.date.fromisoformat, metavar="DATE")
    verb.add_argument("--note", default="", help="symbol and date of the note verbale")
    ask = verbs.add_parser("ask", help="ask States to answer the newest version")
    ask.add_argument("code", metavar="CODE")
    ask.add_argument("states", nargs="*", metavar="STATE", help="three-letter codes")
    ask.add_argument("--all", action="store_true", help="all States of the registry")
    ask.add_argument("--due", type=dt.date.fromisoformat, metavar="DATE", help="instead of the day of the version")
    ask.add_argument("--focal-point", metavar="EMAIL", help="the account that each of these States answers with")

    move = verbs.add_parser("move", help="carry older responses over to the newest version; a report without --do")
    move.add_argument("code", metavar="CODE")
    move.add_argument("states", nargs="*", metavar="STATE", help="three-letter codes; all without them")
    move.add_argument("--do", action="store_true", help="carry over; without it nothing is changed")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when it was refused, with the reason; 2 when the database is not set up or the file is missing."""
    if arguments.verb != "check" and pending_migrations():
        words = f"the database is not set up; `{to_type('demo --no-serve')}` does that."
        print(f"merida questionnaire: {words}", file=sys.stderr)
        return WRONG_USE
    try:
        return {"check": check, "import": take_in, "export": export, "publish": publish, "ask": ask, "move": move}[
            arguments.verb
        ](arguments)
    except FormError as error:
        for problem in error.problems:
            print(f"merida questionnaire: {problem}", file=sys.stderr)
        return 1
    except RefusedError as error:
        print(f"merida questionnaire: {error}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"merida questionnaire: {arguments.file}: {error.strerror}.", file=sys.stderr)
        return WRONG_USE


def check(arguments: argparse.Namespace) -> int:
    """Read a file and say how many questions it has."""
    form = read_form(arguments.file.read_text(encoding="utf-8", errors="replace"))
    print(f"{form.code}: {len(form.order)} questions in {len(form.sections)} sections.")
    return 0


def take_in(arguments: argparse.Namespace) -> int:
    """Keep a file as a draft."""
    version = editing.take_in(SYSTEM, arguments.file.read_text(encoding="utf-8", errors="replace"))
    print(f"{version}: {version.questions_count} questions, {'published' if version.frozen_at else 'a draft'}.")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Print a questionnaire's file."""
    print(write_form(form_of(_version(arguments.code))), end="")
    return 0


def publish(arguments: argparse.Namespace) -> int:
    """Freeze and publish the newest version."""
    version = _version(arguments.code)
    print(
        f"{editing.publish_version(SYSTEM, version, due_date=arguments.due, note_verbale=arguments.note)} is published."
    )
    return 0


def ask(arguments: argparse.Namespace) -> int:
    """Ask States, and name their focal point."""
    version = _version(arguments.code)
    if arguments.all:
        print(f"{len(asking.ask_all_states(SYSTEM, version, due_date=arguments.due))} asked.")
        return 0
    if not arguments.states:
        raise RefusedError("name States, or --all")
    known = states_by_code([code.upper() for code in arguments.states])
    unknown = [code for code in arguments.states if code.upper() not in known]
    if unknown:
        raise RefusedError("not in the registry: {what}", what=", ".join(unknown))
    user = account_by_email(arguments.focal_point) if arguments.focal_point else None
    if arguments.focal_point and user is None:
        raise RefusedError("there is no account with this address")
    made = asking.ask_states(SYSTEM, version, list(known.values()), due_date=arguments.due)
    if user is not None:
        for response in responses(SYSTEM).filter(version=version, state__in=known.values()):
            asking.name_focal_point(SYSTEM, response, user)
    print(f"{len(made)} asked, {len(known) - len(made)} had been asked before.")
    return 0


def move(arguments: argparse.Namespace) -> int:
    """Carry responses over, or say what that would do; a response that was submitted is named and left."""
    version, wanted = _version(arguments.code), {code.upper() for code in arguments.states}
    waiting = [one for one in left_behind(SYSTEM, version) if not wanted or one.response.state.iso3 in wanted]
    for one in waiting:
        response = one.response
        report = compare(form_of(response.version), form_of(version))
        counts = {name: len(getattr(report, name)) for name in ("same", "reworded", "changed", "gone", "new")}
        words = ", ".join(f"{name} {count}" for name, count in counts.items())
        print(f"{response.state.iso3} {response.version} → {version}: {words}; answers not carried over: {one.lost}")
        if arguments.do:
            try:
                asking.move_to_version(SYSTEM, response, version)
            except RefusedError as error:
                print(f"{response.state.iso3}: {error}.", file=sys.stderr)
    print(f"{len(waiting)} {'looked at' if not arguments.do else 'done'}.")
    return 0


def _version(code: str) -> Version:
    version = version_seen(SYSTEM, code)
    if version is None:
        raise RefusedError("there is no questionnaire {code}", code=code)
    return version
