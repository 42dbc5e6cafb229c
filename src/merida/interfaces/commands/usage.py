"""``merida usage``: how much the site is used, as its page shows it, and whether the table of networks is right."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override
from rich.console import Console
from rich.table import Table

from merida.exchange.outputs.tables import csv_lines
from merida.exchange.usage.countries import TableError, read_countries
from merida.exchange.usage.queries import Compared, statistics
from merida.foundation.access.visibility import SYSTEM
from merida.interfaces.web.views.usage import COLUMNS, KINDS, rows

WRONG = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write the numbers to a file instead")


def run(arguments: argparse.Namespace) -> int:
    """Print or write the statistics; 1 where the table of networks is wrong or the file cannot be written."""
    with override("en"):
        found = statistics(SYSTEM, timezone.now().date())
        if arguments.csv:
            try:
                arguments.csv.write_text("".join(csv_lines(COLUMNS, rows(found))), encoding="utf-8", newline="")
            except OSError as error:
                print(f"merida usage: {error}", file=sys.stderr)
                return WRONG
        elif not found.months:
            print("Nothing is counted yet.")
        else:
            months = Table("month", *(str(kind.label) for kind in KINDS), box=None)
            for one in found.months:
                cells = (_cell(one.counts.get(kind, 0), one.growth(kind)) for kind in KINDS)
                months.add_row(f"{one.first:%Y-%m}{' (until today)' if one.running else ''}", *cells)
            _print(months)
            _print(_compared("page, last 365 days", found.pages))
            if found.countries:
                _print(_compared("country, last 365 days", found.countries))
            for sought in found.sought:
                print(f"sought in vain on {sought.days} days of the quarter from {sought.quarter}: {sought.words}")
    return _checked_table()


def _cell(count: int, growth: float | None) -> str:
    return f"{count:,}" if growth is None else f"{count:,} ({growth:+.1%})"


def _compared(label: str, found: Sequence[Compared]) -> Table:
    table = Table(label, "times", box=None)
    for one in found:
        table.add_row(one.name, _cell(one.count, one.growth))
    return table


def _print(table: Table) -> None:
    Console(highlight=False, markup=False, soft_wrap=True).print(table)


def _checked_table() -> int:
    path = settings.COUNTRIES_TABLE
    if not path:
        return 0
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            read_countries(lines)
    except (OSError, UnicodeDecodeError, TableError) as error:
        print(f"merida usage: the table of networks {path} is not used: {error}", file=sys.stderr)
        return WRONG
    return 0
