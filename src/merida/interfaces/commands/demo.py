"""``merida demo``: one command from nothing to a served site; run again it changes nothing and says so."""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from rich.console import Console

from merida import __version__
from merida.exchange.curation.samples import decide_sample
from merida.exchange.ingest.actions import sample_workspace
from merida.exchange.ingest.again import held_versions
from merida.exchange.ingest.indexing import index_registry, registry_is_indexed
from merida.exchange.ingest.outcome import Outcome, Result
from merida.foundation.access.visibility import ANYBODY, SYSTEM
from merida.foundation.registry.actions import load_reference_data
from merida.foundation.registry.places import ReferenceDataError
from merida.interfaces.commands import ingest, preparing, serve
from merida.interfaces.commands.preparing import Done
from merida.interfaces.commands.started import to_type
from merida.knowledge.crosswalk.loading import load_crosswalk
from merida.knowledge.documents.citing import title_of
from merida.knowledge.documents.queries import latest_documents
from merida.knowledge.observatory.theme_rows import load_themes
from merida.review.draws.urns import make_sample_draw
from merida.review.questionnaires.shipped import load_questionnaires
from merida.review.synergies.sample_plan import make_sample_plan
from merida.review.synergies.samples import make_sample_visits

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
WRONG_USE = 2
STOPPED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--documents", type=Path, metavar="DIR", help="read these documents instead of the sample")
    parser.add_argument("--port", type=serve.port_number, default=serve.PORT, help=f"(default {serve.PORT})")
    parser.add_argument("--no-serve", action="store_true", help="set up and stop")


def run(arguments: argparse.Namespace) -> int:
    """Set up, say what was done and where to look, serve; 1 when a step failed, 2 when the folder does not exist."""
    folder = arguments.documents
    if folder is not None and not folder.exists():
        print(f"merida demo: {folder}: there is no such folder.", file=sys.stderr)
        return WRONG_USE
    if not arguments.no_serve and not serve.port_is_free(serve.HOST, arguments.port):
        return 1
    started = time.monotonic()
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"merida {__version__} · data in {settings.DATA}", markup=False)
    try:
        done = list(_told(console, steps()))
    except ReferenceDataError as error:
        print(f"The reference data has errors; nothing of it was loaded.\n{error}", file=sys.stderr)
        return 1
    improved, stopped = read_held_again()
    if improved:
        done += _told(console, [held_done(improved)])
    outcomes, stopped = ([], True) if stopped else read_documents(folder)
    done += _told(console, [documents_done(outcomes), sample_facts(), preparing.seal_changes()])
    outcomes = improved + outcomes
    for outcome in outcomes:
        if outcome.result is Result.REFUSED:
            console.print(f"  refused: {outcome.reason}", markup=False)
    if stopped:
        console.print("Stopped. What was read stays; run it again to go on.")
        return STOPPED
    changed = any(each.changed for each in done)
    took = f"{time.monotonic() - started:.1f} s"
    console.print(f"Done in {took}." if changed else f"Everything was current; nothing was changed ({took}).")
    for line in where_to_look(arguments.port, serving=not arguments.no_serve):
        console.print(line, markup=False)
    if arguments.no_serve:
        return int(any(outcome.result is Result.REFUSED for outcome in outcomes))
    return serve.serve(serve.HOST, arguments.port)


def steps() -> Iterator[Done]:
    """Do the steps before any document is read, one after the other."""
    yield preparing.migrate()
    yield preparing.compile_languages()
    yield preparing.collect_static_files()
    yield preparing.prepare_search_terms()
    yield load_reference()
    yield load_mappings()
    yield load_theme_scheme()
    yield questionnaires()
    yield sample_draw()
    yield sample_visits()
    yield sample_timetable()


def load_reference() -> Done:
    """Load the reference data and let the search find it. Raises ReferenceDataError."""
    summary = load_reference_data(SYSTEM)
    if summary.is_empty and registry_is_indexed():
        return Done("reference data", "current", changed=False)
    index_registry()
    return Done("reference data", f"{len(summary.loaded)} files loaded, {summary.changed_rows} rows", changed=True)


def load_mappings() -> Done:
    """Load the crosswalk. Raises ReferenceDataError."""
    done = load_crosswalk(SYSTEM)
    if done.is_current:
        return Done("crosswalk", "current", changed=False)
    return Done("crosswalk", f"{done.made} mappings new, {done.changed} changed, {done.kept} kept", changed=True)


def load_theme_scheme() -> Done:
    """Load the scheme of themes."""
    changed = load_themes(SYSTEM).changed
    return Done("themes", f"{changed} loaded" if changed else "current", changed=bool(changed))


def questionnaires() -> Done:
    """Publish the questionnaires that come with merida, where they are new or have changed."""
    done = load_questionnaires(SYSTEM)
    words = [f"{len(done.published)} published"] if done.published else []
    words += [f"{len(done.kept)} left as changed here"] if done.kept else []
    return Done("questionnaires", ", ".join(words) or "current", changed=bool(words))


def sample_draw() -> Done:
    """Hold the sample draw, once."""
    made = make_sample_draw(SYSTEM)
    return Done("sample draw", f"held, {made.slug}" if made else "current", changed=made is not None)


def sample_visits() -> Done:
    """Record the sample visits of other mechanisms, once."""
    made = make_sample_visits(SYSTEM)
    return Done("sample visits", f"{made} recorded" if made else "current", changed=bool(made))


def sample_timetable() -> Done:
    """Solve and publish the timetable of the sample draw, once."""
    made = make_sample_plan(SYSTEM)
    words = f"{made.reviews.count()} reviews, {made.state.lower()}" if made else "current"
    return Done("sample plan", words, changed=made is not None)


def read_documents(folder: Path | None) -> tuple[list[Outcome], bool]:
    """Take in the documents of a folder, or the sample: its public texts, and one for a workspace of its own.

    The second value says whether it was stopped before the end.
    """
    with ingest.Stopping() as stopping:
        if folder is not None:
            files = list(ingest.files_below([folder]))
            outcomes = ingest.ingest_files(files, stopping)
            return outcomes, len(outcomes) < len(files)
        public, closed = sorted(SAMPLE.glob("*.txt")), sorted((SAMPLE / "restricted").glob("*.txt"))
        outcomes = ingest.ingest_files(public, stopping)
        if not stopping.asked:
            outcomes += ingest.ingest_files(closed, stopping, workspace=sample_workspace(SYSTEM))
        return outcomes, len(outcomes) < len(public) + len(closed)


def read_held_again() -> tuple[list[Outcome], bool]:
    """Read again what an earlier reader read, so that an upgrade improves what is shown; whether it was stopped."""
    with ingest.Stopping() as stopping:
        numbers = held_versions(outdated=True)
        outcomes = ingest.read_versions_again(numbers, stopping)
        return outcomes, len(outcomes) < len(numbers)


def held_done(outcomes: Sequence[Outcome]) -> Done:
    """Say what became of the documents held."""
    refused = sum(outcome.result is Result.REFUSED for outcome in outcomes)
    words = f"{len(outcomes) - refused} read again by an improved reader, {refused} refused"
    return Done("documents held", words, changed=len(outcomes) > refused)


def documents_done(outcomes: Sequence[Outcome]) -> Done:
    """Say what became of the documents."""
    counts = Counter(outcome.result for outcome in outcomes)
    fresh = counts[Result.READ] + counts[Result.NEW_VERSION]
    words = f"{fresh} read, {counts[Result.UNCHANGED]} unchanged, {counts[Result.REFUSED]} refused"
    return Done("documents", words, changed=bool(fresh))


def sample_facts() -> Done:
    """Confirm what the makers of the sample text say is told in it, once."""
    decided = decide_sample(SYSTEM)
    return Done("sample facts", f"{decided} confirmed" if decided else "current", changed=bool(decided))


def where_to_look(port: int, *, serving: bool) -> Iterator[str]:
    """Yield the addresses worth opening first."""
    if not serving:
        yield f"Serve it:  {to_type(f'serve --port {port}')}"
    site = f"http://localhost:{port}"
    yield f"  {site}/en/ (also ar, zh, fr, ru, es)   the home page"
    for document in latest_documents(ANYBODY, count=3):
        yield f"  {site}/en/documents/{document.slug}/   {title_of(document, 'en') or document}"
    yield f"  {site}/en/observatory/   what documents tell, as far as somebody confirmed it"
    yield f"  {site}/en/data/   everything as CSV and JSON, and the API"
    if serving:
        yield "Ctrl-C stops."


def _told(console: Console, done: Iterator[Done] | Sequence[Done]) -> Iterator[Done]:
    for each in done:
        console.print(f"  {each.step:<16}{each.words}", markup=False)
        yield each
