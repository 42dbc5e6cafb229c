"""``merida questionnaire``: check, take in, write out and publish questionnaire files; ask States; answers as files."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from django.utils import timezone

from merida.exchange.ingest.returned_answers import identity_of
from merida.exchange.ingest.sheets_read import read_workbook
from merida.exchange.ingest.unreadable import UnreadableDocument
from merida.exchange.outputs.checklist_pdf import NoEngineError, NoFontError
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.people.queries import account_by_email
from merida.foundation.registry.queries import states_by_code
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.commands import questionnaire_offline
from merida.interfaces.commands.preparing import pending_migrations
from merida.interfaces.commands.started import to_type
from merida.interfaces.web.answers_book import answers_workbook
from merida.interfaces.web.checklists import checklist_of_desk, checklist_of_published
from merida.interfaces.web.views.answer_papers import MAKERS
from merida.interfaces.web.views.answer_words import became_words
from merida.interfaces.web.views.answer_workbooks import counted, outcome_words, taken
from merida.review.questionnaires import asking, editing
from merida.review.questionnaires.carrying import compare
from merida.review.questionnaires.form_file import FormError, read_form, write_form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.judging import Became
from merida.review.questionnaires.models import Version
from merida.review.questionnaires.moving import left_behind
from merida.review.questionnaires.queries import Desk, desk_for, responses, version_seen
from merida.review.questionnaires.refusing import RefusedError

WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="whether a file is a questionnaire; nothing is stored")
    check.add_argument("file", type=Path, metavar="FILE")
    take = verbs.add_parser("import", help="keep a file as the draft of its next version")
    take.add_argument("file", type=Path, metavar="FILE", help="a questionnaire, or a workbook (.xlsx) of answers")
    take.add_argument("--person", metavar="EMAIL", help="of answers: the account that brings them in")
    take.add_argument("--dry-run", action="store_true", help="of answers: tell row by row, store nothing")
    for name, words in (("export", "print the file of a questionnaire"), ("publish", "freeze its newest version")):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("code", metavar="CODE")
        if name == "export":
            _add_answers_out(verb)
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
    questionnaire_offline.add_verbs(verbs)


def _add_answers_out(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--state", metavar="STATE", help="the answers of this State instead, as a document or workbook")
    verb.add_argument("--to", type=Path, metavar="FILE", help="of answers: .docx, .pdf or .xlsx")
    verb.add_argument("--language", choices=LANGUAGES, default="en")
    verb.add_argument("--person", metavar="EMAIL", help="as this account sees them; without it, what is published")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when it was refused, with the reason; 2 when the database is not set up or the file is missing."""
    if arguments.verb != "check" and pending_migrations():
        words = f"the database is not set up; `{to_type('demo --no-serve')}` does that."
        print(f"merida questionnaire: {words}", file=sys.stderr)
        return WRONG_USE
    try:
        return VERBS[arguments.verb](arguments)
    except FormError as error:
        for problem in error.problems:
            print(f"merida questionnaire: {problem}", file=sys.stderr)
        return 1
    except RefusedError as error:
        print(f"merida questionnaire: {error}.", file=sys.stderr)
        return 1
    except (UnreadableDocument, NoFontError, NoEngineError) as error:
        print(f"merida questionnaire: {error or 'Typst is not installed'}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"merida questionnaire: {error.filename or arguments.file}: {error.strerror}.", file=sys.stderr)
        return WRONG_USE


def check(arguments: argparse.Namespace) -> int:
    """Read a file and say how many questions it has."""
    form = read_form(arguments.file.read_text(encoding="utf-8", errors="replace"))
    print(f"{form.code}: {len(form.order)} questions in {len(form.sections)} sections.")
    return 0


def take_in(arguments: argparse.Namespace) -> int:
    """Keep a file as a draft, or take answers in."""
    if arguments.file.suffix.lower() in {".xlsx", ".xlsm"}:
        return take_answers_in(arguments)
    version = editing.take_in(SYSTEM, arguments.file.read_text(encoding="utf-8", errors="replace"))
    print(f"{version}: {version.questions_count} questions, {'published' if version.frozen_at else 'a draft'}.")
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Print a questionnaire's file, or write the answers of a State."""
    if arguments.state:
        return answers_out(arguments)
    print(write_form(form_of(_version(arguments.code))), end="")
    return 0


def answers_out(arguments: argparse.Namespace) -> int:
    """Write the answers of a State into a file, as an account sees them or as everybody does."""
    kind = arguments.to.suffix.lower().lstrip(".") if arguments.to else ""
    if kind not in {"docx", "pdf", "xlsx"}:
        raise RefusedError("name a file that ends in .docx, .pdf or .xlsx with --to")
    version, today = _version(arguments.code), timezone.now().date()
    if arguments.person:
        desk = _desk(_account(arguments.person), version, arguments.state)
        made = checklist_of_desk(desk, arguments.language, day=today) if kind != "xlsx" else None
        content = MAKERS[kind](made) if made else answers_workbook(desk, arguments.language)
    else:
        if kind == "xlsx":
            raise RefusedError("a workbook is for those who answer: name one with --person")
        state = states_by_code([arguments.state.upper()]).get(arguments.state.upper())
        made = checklist_of_published(ANYBODY, version, state, arguments.language, day=today) if state else None
        if made is None:
            raise RefusedError("{state} has published no answers", state=arguments.state)
        content = MAKERS[kind](made)
    arguments.to.write_bytes(content)
    print(f"{arguments.to}: {len(content):,} bytes.")
    return 0


def take_answers_in(arguments: argparse.Namespace) -> int:
    """Take a workbook of answers in, or tell what it would change."""
    if not arguments.person:
        raise RefusedError("name the account that brings the answers in with --person")
    actor, content = _account(arguments.person), arguments.file.read_bytes()
    identity = identity_of(read_workbook(content, arguments.file.name), arguments.file.name)
    response = responses(actor).filter(uuid=identity.response).first()
    if response is None:
        raise RefusedError("these answers are not entrusted to this account")
    outcomes = taken(actor, response, content, dry_run=arguments.dry_run)
    for one in outcomes:
        if one.became is not Became.UNCHANGED:
            print(f"{one.row.place}: {one.row.question}: {outcome_words(one)}")
    words = ", ".join(f"{count} {became_words(each)}" for each, count in counted(outcomes))
    print(f"{words or 'no rows'}{'; nothing is stored' if arguments.dry_run else ''}.")
    return 1 if any(one.became is Became.REFUSED for one in outcomes) else 0


def _account(email: str) -> Actor:
    user = account_by_email(email)
    if user is None:
        raise RefusedError("there is no account with this address")
    return actor_of(user)


def _desk(actor: Actor, version: Version, state: str) -> Desk:
    found = responses(actor).filter(version=version, state__iso3=state.upper()).first()
    if found is None:
        raise RefusedError("these answers are not entrusted to this account")
    desk = desk_for(actor, found)
    if desk.entrusted is None:
        raise RefusedError("these answers are not entrusted to this account")
    return desk


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


VERBS = {
    "check": check,
    "import": take_in,
    "export": export,
    "publish": publish,
    "ask": ask,
    "move": move,
    "package": questionnaire_offline.package,
    "bring-back": questionnaire_offline.back,
}
