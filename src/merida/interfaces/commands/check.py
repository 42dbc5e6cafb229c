"""``merida check``: database, change log, stored files, search index, reference data: consistent, or what is not."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import DatabaseError, IntegrityError, connection
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from merida.exchange.ingest.indexing import entries_that_differ
from merida.exchange.search import checking as search_checking
from merida.foundation.changes.queries import export_lines, verify
from merida.foundation.changes.sealing import seal_all
from merida.foundation.files.queries import damaged_files
from merida.foundation.registry.consistency import reference_problems
from merida.interfaces.commands.preparing import pending_migrations
from merida.interfaces.commands.started import to_type

NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. ``remarks`` are worth knowing and not wrong."""

    name: str
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.add_argument("--seal", action="store_true", help="chain what the change log holds unsealed, then check")
    parser.add_argument(
        "--export-changes", type=Path, metavar="FILE", help="write the sealed change log for the offline verifier"
    )


def run(arguments: argparse.Namespace) -> int:
    """Check everything and report; 1 when anything is wrong."""
    pending = pending_migrations()
    if pending:
        words = f"the database lacks {pending} migrations; `{to_type('demo --no-serve')}` brings it up to date"
        return report([Finding("database", (words,))], as_json=arguments.json)
    if arguments.seal:
        seal_all()
    if arguments.export_changes:
        export(arguments.export_changes)
    return report(list(found_by(CHECKS)), as_json=arguments.json)


def found_by(checks: Mapping[str, Callable[[], Finding]]) -> Iterator[Finding]:
    """Yield what each check finds; who watches sees which of them is at work."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=len(checks))
        for name, check in checks.items():
            bar.update(task, description=name)
            yield _survived(name, check)
            bar.advance(task)


def export(path: Path) -> None:
    """Write the sealed log as JSON lines."""
    with path.open("w", encoding="utf-8") as target:
        target.writelines(f"{line}\n" for line in export_lines())


def check_database() -> Finding:
    """Ask the database itself: damaged pages, references into nothing."""
    problems: list[str] = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            problems += [row[0] for row in cursor.fetchall() if row[0] != "ok"]
    try:
        connection.check_constraints()
    except IntegrityError as error:
        problems.append(str(error))
    return Finding("database", tuple(problems))


def check_changes() -> Finding:
    """Follow the chain of changes and its checkpoints."""
    verdict = verify()
    remarks = [f"{verdict.length} changes sealed, {verdict.checkpoints} checkpoints hold"]
    if verdict.unsealed:
        remarks.append(f"{len(verdict.unsealed)} changes are not sealed yet (`{to_type('check --seal')}` seals them):")
        remarks.extend(verdict.unsealed)
    return Finding("change log", (verdict.broken,) if verdict.broken else (), tuple(remarks))


def check_files() -> Finding:
    """Read every stored file and compare its digest."""
    return Finding("stored files", tuple(f"{file}: {problem}" for file, problem in damaged_files()))


def check_search() -> Finding:
    """Compare index and entries, and the entries with what they tell of."""
    problems = search_checking.problems()
    otherwise = list(entries_that_differ())
    if otherwise:
        named = ", ".join(otherwise[:NAMED])
        problems.append(
            f"search index: {len(otherwise)} texts differ from what they were made from ({named} …); where the records "
            f"are right, `{to_type('reindex')}` makes them anew"
        )
    return Finding("search index", tuple(problems))


def check_reference() -> Finding:
    """Compare the reference data with its files."""
    return Finding("reference data", tuple(reference_problems()))


CHECKS: Mapping[str, Callable[[], Finding]] = {
    "database": check_database,
    "change log": check_changes,
    "stored files": check_files,
    "search index": check_search,
    "reference data": check_reference,
}


def _survived(name: str, check: Callable[[], Finding]) -> Finding:
    """Run a check; a database that cannot even answer is itself what was found."""
    try:
        return check()
    except DatabaseError as error:
        return Finding(name, (f"the database could not answer: {error}",))


def report(findings: list[Finding], *, as_json: bool) -> int:
    """Print what was found; return the exit code."""
    wrong = any(finding.problems for finding in findings)
    if as_json:
        print(json.dumps({"consistent": not wrong, "checks": [asdict(each) for each in findings]}, indent=1))
        return int(wrong)
    table = Table("", "", "found", show_header=False, box=None, pad_edge=False)
    for finding in findings:
        lines = (*finding.problems, *finding.remarks)
        table.add_row(finding.name, "WRONG" if finding.problems else "consistent", "\n".join(lines))
    Console(highlight=False, markup=False, soft_wrap=True).print(table)
    return int(wrong)
