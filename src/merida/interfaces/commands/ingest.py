"""``merida ingest PATH…``: documents into the database, with progress; can be stopped and run again.

``merida ingest --again`` reads what is held again when the reader has improved.
"""

import argparse
import json
import logging
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from merida.exchange.ingest.actions import ingest_file, workspace_called
from merida.exchange.ingest.again import held_versions, read_again, versions_called
from merida.exchange.ingest.how_far import listening
from merida.exchange.ingest.outcome import Outcome, Result
from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.visibility import SYSTEM

log = logging.getLogger(__name__)
WRONG_USE = 2
STOPPED = 130
NAMED = 20  # files named in one line
NAME_SHOWN = 40  # signs of a name beside the bar
SUFFIXES = frozenset({".txt", ".docx", ".pdf", ".html", ".htm"})


class Stopping:
    """Turns Ctrl-C into "after this document"; a second one stops at once, and what was begun is rolled back."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="documents, or folders of them")
    parser.add_argument(
        "--again",
        action="store_true",
        help="read files already held again: those that an earlier reader read, or those named by PATH, by the name "
        "they were handed in under, by symbol or by address; confirmed mentions stay",
    )
    parser.add_argument("--restricted", metavar="WORKSPACE", default="", help="for the members of this workspace only")
    parser.add_argument("--symbol", default="", help="of one document that does not print its own")
    parser.add_argument("--json", action="store_true", help="print one JSON list of outcomes")


def run(arguments: argparse.Namespace) -> int:
    """Ingest and report; 1 when a file was refused, 2 when a path or workspace does not exist, 130 when stopped."""
    if arguments.again:
        return run_again(arguments)
    missing = [path for path in arguments.paths if not path.exists()]
    workspace = workspace_called(arguments.restricted) if arguments.restricted else None
    files = list(files_below(arguments.paths))
    problems = [f"{path}: there is no such file or folder." for path in missing]
    if not arguments.paths:
        problems.append("name documents or folders; --again reads those already held again.")
    if arguments.restricted and workspace is None:
        problems.append(f"there is no workspace {arguments.restricted!r}.")
    if arguments.symbol and len(files) != 1:
        problems.append(f"--symbol names one document; {len(files)} files were given.")
    if problems:
        print("\n".join(f"merida ingest: {problem}" for problem in problems), file=sys.stderr)
        return WRONG_USE
    with Stopping() as stopping:
        outcomes = ingest_files(files, stopping, workspace=workspace, symbol=arguments.symbol, quiet=arguments.json)
    report(outcomes, len(files), as_json=arguments.json)
    if not arguments.json and (others := sorted(path.name for path in other_files_below(arguments.paths))):
        print(
            f"left out, none of .docx, .htm, .html, .pdf, .txt: {', '.join(others[:NAMED])}"
            + (" …" if others[NAMED:] else "")
        )
    if stopping.asked and len(outcomes) < len(files):
        return STOPPED
    return int(any(outcome.result is Result.REFUSED for outcome in outcomes))


def run_again(arguments: argparse.Namespace) -> int:
    """Read files held again and report; exit codes as those of ``run``."""
    found = {str(path): versions_named(path) for path in arguments.paths}
    problems = [f"{name}: nothing that is held has this content, name, symbol or address." for name in found]
    problems = [problem for problem, versions in zip(problems, found.values(), strict=True) if not versions]
    if arguments.restricted or arguments.symbol:
        problems.append("--again changes neither who may see a document nor its symbol; leave the other option out.")
    if problems:
        print("\n".join(f"merida ingest: {problem}" for problem in problems), file=sys.stderr)
        return WRONG_USE
    named = dict.fromkeys(number for versions in found.values() for number in versions)
    numbers = list(named) if found else held_versions(outdated=True)
    with Stopping() as stopping:
        outcomes = read_versions_again(numbers, stopping, quiet=arguments.json)
    report(outcomes, len(numbers), as_json=arguments.json)
    if not arguments.json and not found:
        print(f"Read by this reader before: {len(held_versions(outdated=False)) - len(numbers)}.")
    if stopping.asked and len(outcomes) < len(numbers):
        return STOPPED
    return int(any(outcome.result is Result.REFUSED for outcome in outcomes))


def versions_named(path: Path) -> list[int]:
    """Return the versions held that a word of the command line means, of a folder those of the files in it."""
    names = map(str, files_below([path])) if path.is_dir() else [str(path)]
    return [number for name in names for number in versions_called(name)]


def read_versions_again(numbers: Sequence[int], stopping: Stopping, *, quiet: bool = False) -> list[Outcome]:
    """Read the files of these versions again until done or stopped; draw the progress on stderr."""
    outcomes: list[Outcome] = []
    with progress_bar(quiet=quiet) as progress:
        for number in progress.track(numbers, description="Reading again"):
            if stopping.asked:
                break
            outcomes.append(_survived(f"the file of version {number}", partial(read_again, SYSTEM, number)))
    return outcomes


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to read: a file named as it is, of a folder the documents in it and below, by name."""
    for path in paths:
        if path.is_dir():
            yield from (each for each in _below(path) if each.suffix.lower() in SUFFIXES)
        else:
            yield path


def other_files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of folders that are no documents by their name."""
    for path in paths:
        if path.is_dir():
            yield from (each for each in _below(path) if each.suffix.lower() not in SUFFIXES)


def _below(folder: Path) -> list[Path]:
    """Return the files of a folder by name, without hidden ones and the locks that Word leaves."""
    return sorted(
        each
        for each in folder.rglob("*")
        if each.is_file() and not any(part.startswith((".", "~$")) for part in each.relative_to(folder).parts)
    )


def ingest_files(
    files: Sequence[Path],
    stopping: Stopping,
    *,
    workspace: Workspace | None = None,
    symbol: str = "",
    quiet: bool = False,
) -> list[Outcome]:
    """Ingest one file after the other until done or stopped; draw the progress on stderr."""
    audience = Audience.PUBLIC if workspace is None else Audience.RESTRICTED
    outcomes: list[Outcome] = []
    with progress_bar(quiet=quiet) as progress:
        task = progress.add_task("Reading documents", total=len(files))
        for path in files:
            if stopping.asked:
                break
            progress.update(task, description=path.name[:NAME_SHOWN])
            ingest = partial(ingest_file, SYSTEM, path, audience=audience, workspace=workspace, symbol=symbol)
            with listening(partial(_show_pages, progress, task, path.name)):
                outcomes.append(_survived(path.name, ingest))
            progress.advance(task)
    return outcomes


def _show_pages(progress: Progress, task: TaskID, name: str, done: int, pages: int) -> None:
    """Show within a long file that it moves."""
    progress.update(task, description=f"{name[:NAME_SHOWN]}, page {done:,} of {pages:,}")


def progress_bar(*, quiet: bool) -> Progress:
    """Return a bar on stderr; it is not drawn where nobody sees it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, disable=quiet or not console.is_terminal, transient=True)


def _survived(name: str, deed: Callable[[], Outcome]) -> Outcome:
    """Take in one file; an error of merida itself is said, logged and keeps no other file back."""
    try:
        return deed()
    except Exception as error:
        log.exception("%s could not be taken in", name)
        reason = f"{name}: an error of merida itself, not of the file ({type(error).__name__}: {error}); nothing stored"
        return Outcome(name, Result.REFUSED, reason=reason)


def report(outcomes: Sequence[Outcome], total: int, *, as_json: bool = False) -> None:
    """Print what became of the files: a table of counts, then every refusal with its reason."""
    if as_json:
        print(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=1))
        return
    console = Console(soft_wrap=True, highlight=False)
    counts = Counter(outcome.result for outcome in outcomes)
    table = Table(box=None, show_header=False)
    words = {
        Result.READ: "read",
        Result.NEW_VERSION: "read as a further version",
        Result.READ_AGAIN: "read again",
        Result.UNCHANGED: "unchanged, taken in before",
        Result.REFUSED: "refused",
    }
    for result, word in words.items():
        table.add_row(str(counts[result]), word)
    console.print(table)
    for outcome in outcomes:
        for line in _lines(outcome):
            console.print(line, markup=False)
    if len(outcomes) < total:
        console.print(f"Stopped after {len(outcomes)} of {total}. Run it again to go on; what was read stays.")


def _lines(outcome: Outcome) -> list[str]:
    if outcome.result is Result.REFUSED:
        return [f"refused  {outcome.reason}"]
    if outcome.result is Result.UNCHANGED:
        return []
    counted = ", ".join(f"{number} {name}" for name, number in outcome.counts.items())
    lines = [f"{outcome.name}: {outcome.symbol or outcome.slug} ({outcome.language or 'unknown language'}) {counted}"]
    return lines + [f"  notice: {notice}" for notice in outcome.notices]
