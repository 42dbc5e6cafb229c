"""``merida COMMAND …``: finds the command, reads its arguments, runs it.

Each command is a module with ``add_arguments(parser)`` and ``run(arguments) -> exit code``; only the one asked for is
imported. Exit codes: 0 done, 1 done but something was refused or is wrong, 2 the command line is wrong, 130 stopped.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from merida.interfaces.commands.settling import uncollected

WRONG_USE = 2
STOPPED = 130


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command is written, what it is for, and whether it needs Django set up before it is imported."""

    module: str
    purpose: str
    database: bool = True


COMMANDS: Mapping[str, Command] = {
    "demo": Command("demo", "set up, load reference data, read documents and serve the site"),
    "serve": Command("serve", "serve the site that was set up before"),
    "read": Command("read", "read documents and print what they say; nothing is stored", database=False),
    "ingest": Command("ingest", "take documents into the database"),
    "tasks": Command("tasks", "the task worker: seals changes, solves timetables; `serve` starts it"),
    "reindex": Command("reindex", "make the search index anew from the database"),
    "participation": Command("participation", "how many States take part in one, two, three … mechanisms at a date"),
    "account": Command("account", "accounts: create, role, workspace"),
    "draw": Command("draw", "draw lots, check the record of a draw or a table of pairings", database=False),
    "report": Command("report", "draft the report on resolutions from the records of a period, as .docx too"),
    "timetable": Command("timetable", "plan reviews without collisions, to a proven bound", database=False),
    "crosswalk": Command("crosswalk", "mappings between provisions: check, import and export as SSSOM"),
    "questionnaire": Command("questionnaire", "check, take in, write out and publish questionnaires; ask States"),
    "remind": Command("remind", "letters to people whose answers are due or changed at their source; none twice"),
    "usage": Command("usage", "how much the site is used, by month, with growth against the year before"),
    "digest": Command("digest", "send by e-mail what is new in the observatory to those who asked for it and are due"),
    "check": Command("check", "whether database, search index, change log and reference data are consistent"),
}


class CommandModule(Protocol):
    """What the module of a command offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it and return the exit code."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    name, *rest = words
    if name not in COMMANDS:
        print(f"merida: there is no command {name!r}.\n\n{overview()}", file=sys.stderr)
        return WRONG_USE
    try:
        return _run(name, rest)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # the reader of our output went away: `merida read … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def overview() -> str:
    """Return the list of commands."""
    width = max(map(len, COMMANDS)) + 2
    lines = [f"  {name:<{width}}{command.purpose}" for name, command in COMMANDS.items()]
    return "\n".join(["merida COMMAND …", "", *lines, "", "merida COMMAND --help says more about each."])


def _run(name: str, rest: Sequence[str]) -> int:
    command = COMMANDS[name]
    if command.database:
        set_up_django()
    with uncollected():
        module = cast(CommandModule, importlib.import_module(f"{__name__}.{command.module}"))
    parser = argparse.ArgumentParser(
        prog=f"merida {name}", description=f"{command.purpose[:1].upper()}{command.purpose[1:]}."
    )
    module.add_arguments(parser)
    try:
        arguments = parser.parse_args(rest)
    except SystemExit as stop:  # argparse has said what is wrong, or printed the help
        return int(stop.code or 0)
    return module.run(arguments)


def set_up_django() -> None:
    """Make models and settings importable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "merida.config.settings")
    import django  # noqa: PLC0415 (`merida read` must start without it)

    with uncollected():
        django.setup()
