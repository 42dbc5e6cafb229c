"""``merida reindex``: the search index anew from the database."""

import argparse

from rich.console import Console
from rich.progress import Progress

from merida.exchange.ingest.indexing import reindex


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none."""
    parser.set_defaults()


def run(_arguments: argparse.Namespace) -> int:
    """Make the entries anew and say how many had to change."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("Indexing documents", total=None)
        changed = reindex(lambda done, total: bar.update(task, completed=done, total=total))
    print(f"{changed} entries of the search were new or had changed.")
    return 0
