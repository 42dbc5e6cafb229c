"""``merida report``: drafts the report to a conference from the records of a period, and writes it as .docx."""

import argparse
import sys
from datetime import date
from pathlib import Path
from uuid import UUID

from merida.cooperation.mandates.models import Report
from merida.cooperation.mandates.report_actions import ReportError, draft_report, redraft_report
from merida.cooperation.mandates.report_queries import parts_of, report_by_uuid, reports_list
from merida.exchange.outputs.report_sheet import report_file
from merida.foundation.access.visibility import SYSTEM

WRONG, WRONG_USE = 1, 2


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a date (write 2021-03-29)"
        raise argparse.ArgumentTypeError(message) from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    new = deeds.add_parser("draft", help="draft a report of a period; it is kept, and edited on its page")
    new.add_argument("title")
    new.add_argument("--from", dest="first_date", type=_day, required=True, metavar="DATE", help="first day")
    new.add_argument("--to", dest="last_date", type=_day, required=True, metavar="DATE", help="last day")
    new.add_argument("--language", default="en", help="en or zh")
    new.add_argument(
        "--resolution",
        dest="resolutions",
        action="append",
        default=[],
        metavar="RESOLUTION",
        help="such as 'COSP 8/8'; may be repeated",
    )
    for name in ("symbol", "body", "session"):
        new.add_argument(f"--{name}", default="", metavar=name.upper(), help="for the masthead")
    new.add_argument("--docx", type=Path, metavar="FILE", help="write it there too")
    again = deeds.add_parser("again", help="draft a report again: edited paragraphs stay")
    write = deeds.add_parser("docx", help="write a report as .docx")
    for one in (again, write):
        one.add_argument("report", help="its identifier")
    write.add_argument("file", type=Path, metavar="FILE")
    deeds.add_parser("list", help="list the reports")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when it was refused, 2 when the command line names what is not there."""
    try:
        return {"draft": _draft, "again": _again, "docx": _docx, "list": _list}[arguments.deed](arguments)
    except (ReportError, OSError) as error:
        print(f"merida report: {error}", file=sys.stderr)
        return WRONG


def _draft(arguments: argparse.Namespace) -> int:
    names = ("title", "language", "resolutions", "first_date", "last_date", "symbol", "body", "session")
    made = draft_report(SYSTEM, **{name: getattr(arguments, name) for name in names})
    paragraphs = sum(not one.level for one in parts_of(made))
    print(f"{made.uuid}: {paragraphs} paragraph{'' if paragraphs == 1 else 's'} drafted.")
    if arguments.docx:  # after its identifier is told: it is kept whether or not the file can be written
        _write(made, arguments.docx)
    return 0


def _again(arguments: argparse.Namespace) -> int:
    found = _named(arguments.report)
    if found is None:
        return WRONG_USE
    waiting = redraft_report(SYSTEM, found)
    print(f"{found.uuid}: drafted again; {waiting} edited paragraph{'' if waiting == 1 else 's'} changed beneath.")
    return 0


def _docx(arguments: argparse.Namespace) -> int:
    found = _named(arguments.report)
    if found is None:
        return WRONG_USE
    _write(found, arguments.file)
    return 0


def _list(arguments: argparse.Namespace) -> int:  # noqa: ARG001 (every deed takes them)
    for one in reports_list(SYSTEM):
        state = "published" if one.published_at else "draft"
        print(f"{one.uuid}  {one.first_date} to {one.last_date}  {one.language}  {state:9}  {one.title}")
    return 0


def _named(text: str) -> Report | None:
    try:
        found = report_by_uuid(SYSTEM, UUID(text))
    except ValueError:
        found = None
    if found is None:
        print(f"merida report: {text!r} is no report here; `merida report list` names them.", file=sys.stderr)
    return found


def _write(report: Report, file: Path) -> None:
    content = report_file(SYSTEM, report, parts_of(report))
    file.write_bytes(content)
    print(f"{file}: {len(content):,} bytes.")
