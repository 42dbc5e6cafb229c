"""``merida questionnaire package`` and ``bring-back``: answers taken along in one file by the account that answers."""

import argparse
import getpass
import json
from collections import Counter
from pathlib import Path
from typing import Any

from merida.exchange.offline.packing import take_along
from merida.exchange.offline.returning import bring_back, judged, returned_seen, take_in
from merida.exchange.offline.sealing import NotOpenedError
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Actor
from merida.foundation.people.queries import account_by_email
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.web.views.offline_words import not_opened_words, page_words, why_words
from merida.review.questionnaires.judging import Became, Outcome
from merida.review.questionnaires.queries import desk_for, responses
from merida.review.questionnaires.refusing import NothingHereError, RefusedError


def add_verbs(verbs: Any) -> None:
    """Declare the arguments of both verbs."""
    package = verbs.add_parser("package", help="take a State's answers along in one encrypted page")
    package.add_argument("code", metavar="CODE", help="a questionnaire")
    package.add_argument("state", metavar="STATE", help="a three-letter code")
    package.add_argument("--to", type=Path, required=True, metavar="FILE", dest="file", help="where the page goes")
    package.add_argument("--language", choices=LANGUAGES, default="en", metavar="LANGUAGE", help="of the page")
    back = verbs.add_parser("bring-back", help="take in what was typed in such a page")
    back.add_argument("file", type=Path, metavar="FILE", help="the exported answers, or the page as it was saved")
    back.add_argument("--dry-run", action="store_true", help="only say what would become of every answer")
    back.add_argument("--json", action="store_true", help="print the report as JSON")
    for verb in (package, back):
        verb.add_argument("--person", required=True, metavar="EMAIL", help="the account that answers")
        verb.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help="holds the passphrase; asked for unless given"
        )


def package(arguments: argparse.Namespace) -> int:
    """Write a package."""
    actor = _actor(arguments.person)
    found = responses(actor).filter(version__questionnaire__code=arguments.code, state__iso3=arguments.state.upper())
    response = found.order_by("-pk").first()
    if response is None:
        raise RefusedError("nothing of this questionnaire is entrusted to this account")
    language = arguments.language
    try:
        desk = desk_for(actor, response)
        made = take_along(actor, desk, _passphrase(arguments), language=language, words=page_words(language))
    except NothingHereError:
        raise RefusedError("nothing of this questionnaire is entrusted to this account") from None
    arguments.file.write_text(made.page, encoding="utf-8")
    print(f"{arguments.file}: {made.package.questions_count} questions, {made.package.answers_count} answers.")
    return 0


def back(arguments: argparse.Namespace) -> int:
    """Take answers in, or only say what would become of them; 1 where one is refused."""
    actor = _actor(arguments.person)
    text = arguments.file.read_text(encoding="utf-8", errors="replace")
    try:
        returned = bring_back(actor, text, _passphrase(arguments))
    except NotOpenedError as error:
        raise RefusedError("{words}", words=not_opened_words(error).rstrip(".")) from None
    rows = judged(actor, returned_seen(actor, returned.uuid)) if arguments.dry_run else take_in(actor, returned.uuid)
    _print(rows, as_json=arguments.json, saved=not arguments.dry_run)
    return int(any(one.became is Became.REFUSED for one in rows))


def _print(rows: list[Outcome], *, as_json: bool, saved: bool) -> None:
    told = [
        {
            "question": one.row.question,
            "language": one.row.language,
            "outcome": one.became.value,
            "why": why_words(one),
        }
        for one in rows
    ]
    if as_json:
        print(json.dumps({"saved": saved, "rows": told}, indent=1, ensure_ascii=False))
        return
    for one in told:
        print(f"{one['outcome']} {one['question']} {one['language']}{': ' + one['why'] if one['why'] else ''}")
    counts = Counter(one["outcome"] for one in told)
    sums = ", ".join(f"{counts[each]} {each}" for each in Became)
    print(f"{sums}. {'Saved.' if saved else 'Nothing was saved.'}")


def _actor(email: str) -> Actor:
    user = account_by_email(email)
    if user is None or not user.is_active:
        raise RefusedError("there is no account with this address")
    return actor_of(user)


def _passphrase(arguments: argparse.Namespace) -> str:
    if arguments.passphrase_file:
        return str(arguments.passphrase_file.read_text(encoding="utf-8")).rstrip("\r\n")
    return getpass.getpass("Passphrase: ")
