"""``merida crosswalk check|import|export``: contradictions, and SSSOM files in and out."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from merida.foundation.access.visibility import SYSTEM
from merida.knowledge.crosswalk.checking import MappingError
from merida.knowledge.crosswalk.exchanging import BASE, ImportReport, as_sssom, import_sssom
from merida.knowledge.crosswalk.loading import in_words
from merida.knowledge.crosswalk.queries import all_contradictions, mappings, status_counts
from merida.rules.crosswalk.sssom import SssomError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="which mappings contradict each other")
    check.add_argument("--json", action="store_true", help="print what was found as JSON")
    take = verbs.add_parser("import", help="take an SSSOM file in: all of it or nothing")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("--dry-run", action="store_true", help="only say what would come of it")
    take.add_argument("--json", action="store_true", help="print the report as JSON")
    give = verbs.add_parser("export", help="write all mappings as an SSSOM file")
    give.add_argument("--to", metavar="FILE", type=Path, help="a file; printed unless said")
    give.add_argument("--base", default=BASE, help="the address under which provisions have their identifiers")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when something was refused or is wrong."""
    try:
        return {"check": run_check, "import": run_import, "export": run_export}[arguments.verb](arguments)
    except (SssomError, MappingError) as error:
        print(f"merida crosswalk: {error}.", file=sys.stderr)
    except OSError as error:
        print(f"merida crosswalk: {error.filename}: {error.strerror}.", file=sys.stderr)
    return 1


def run_check(arguments: argparse.Namespace) -> int:
    """Name every contradiction."""
    found, counts = all_contradictions(), status_counts()
    if arguments.json:
        print(json.dumps({"contradictions": [asdict(one) for one in found], "status": counts}, indent=1))
        return int(bool(found))
    print(f"{sum(counts.values())} mappings: {', '.join(f'{number} {code}' for code, number in counts.items())}")
    print(f"{len(found)} contradictions")
    for one in found:
        print(f"  {one.code}: {in_words(one)}")
    return int(bool(found))


def run_import(arguments: argparse.Namespace) -> int:
    """Take a file in, or try it."""
    report = import_sssom(SYSTEM, arguments.file.read_bytes(), dry_run=arguments.dry_run)
    if arguments.json:
        print(json.dumps({"saved": report.saved, "rows": [asdict(one) for one in report.rows]}, indent=1))
    else:
        print_report(report)
    return int(report.is_refused)


def print_report(report: ImportReport) -> None:
    """Print what becomes of each row that changes something."""
    for one in report.rows:
        if one.outcome != "UNCHANGED":
            said = f"{'; '.join(one.left)} {one.relation} {'; '.join(one.right)}".strip()
            print(f"line {one.line}: {one.outcome} {one.code} {said}{': ' + one.what if one.what else ''}")
    counts = ", ".join(f"{report.count(each)} {each}" for each in ("NEW", "CHANGED", "UNCHANGED", "REFUSED"))
    print(f"{counts}. {'Saved.' if report.saved else 'Nothing was saved.'}")


def run_export(arguments: argparse.Namespace) -> int:
    """Write the file."""
    lines = as_sssom(mappings(retired=False), version=datetime.now(UTC).date().isoformat(), base=arguments.base)
    if arguments.to is None:
        sys.stdout.writelines(lines)
        return 0
    with arguments.to.open("w", encoding="utf-8", newline="") as target:
        target.writelines(lines)
    return 0
