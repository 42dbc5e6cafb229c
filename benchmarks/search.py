"""Search at the size of a library: build, size, latency, updates, quality; beside it the engines by themselves.

    python benchmarks/search.py [--paragraphs 100000] [--cache DIR] [--server postgres://…]

Prints Markdown tables. Times are milliseconds, p50 / p95: own time of this process, by which the goals are judged, and
wall time, which on a busy machine is a multiple of it. With DATABASE_URL=postgres://… our own index lies there; then
only wall time says anything. Compare within one run. The corpus is kept in --cache.
The index lies in a scratch directory that goes away at the end.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
QUERIES = 150
TOP = 20


class Took(NamedTuple):
    """Milliseconds: own is what this process itself computed, wall includes waiting for a shared machine."""

    own: float
    wall: float


@dataclass(frozen=True)
class Line:
    """One line of the latency table; goal in milliseconds at p95."""

    name: str
    times: list[Took]
    hits: list[int]
    goal: float

    def text(self) -> str:
        kept = "yes" if at([took.own for took in self.times], 0.95) <= self.goal else "NO"
        hits = f"{at(self.hits, 0.5):.0f} / {at(self.hits, 0.95):.0f}"
        return f"| {self.name} | {shown(self.times)} | {hits} | {self.goal:.0f} | {kept} |"


def at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def shown(times: Sequence[Took]) -> str:
    own, wall = [took.own for took in times], [took.wall for took in times]
    return f"{at(own, 0.5):.2f} / {at(own, 0.95):.2f} | {at(wall, 0.5):.2f} / {at(wall, 0.95):.2f}"


def timed(call: Callable[[], object]) -> tuple[Took, object]:
    own, wall = time.process_time(), time.perf_counter()
    value = call()
    return Took((time.process_time() - own) * 1000, (time.perf_counter() - wall) * 1000), value


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--paragraphs", type=int, default=100_000)
    arguments.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "merida-corpus")
    arguments.add_argument("--server", default="", help="a PostgreSQL to compare with, postgres://…")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="merida-benchmark-") as scratch:
        os.environ["MERIDA_DATA"] = scratch
        os.environ["DJANGO_SETTINGS_MODULE"] = "merida.config.settings"
        sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
        run(given, Path(scratch))


def run(given: argparse.Namespace, scratch: Path) -> None:
    import django
    from benchmarks.corpus import cached
    from django.core.management import call_command
    from django.db import connection

    django.setup()

    call_command("migrate", verbosity=0)
    engine = f"SQLite {sqlite3.sqlite_version}" if connection.vendor == "sqlite" else connection.vendor
    print(f"# Search, {given.paragraphs:,} paragraphs in six languages, {engine}\n")
    quality()
    entries = cached(given.paragraphs, given.cache)
    build(entries)
    latency(entries)
    facet_warmth()
    updates(entries)
    print("\n## Beside it\n")
    beside(entries, scratch, given.server)


def quality() -> None:
    """The held-out queries of the tests, on an index of their own sentences only."""
    from tests.rooms.search.quality import index, labelled, measured

    from merida.exchange.search.index import delete_entries
    from merida.exchange.search.models import Entry

    queries = labelled("heldout.yaml")
    index(queries)
    print("| held-out queries | terms of the Convention | other words |\n|---|---|---|")
    scores = measured(queries)
    for language in queries:
        cells = (scores[language, kind] for kind in ("THESAURUS", "OTHER"))
        print(
            f"| {language} | " + " | ".join(f"{one.recall:.3f} (precision {one.precision:.3f})" for one in cells) + " |"
        )
    pooled = {kind: [one for (_, of), one in scores.items() if of == kind] for kind in ("THESAURUS", "OTHER")}
    cells = (sum(one.found for one in group) / sum(one.wanted for one in group) for group in pooled.values())
    print("| all five | " + " | ".join(f"{one:.3f}" for one in cells) + " |\n")
    delete_entries(list(Entry.objects.values_list("ref", flat=True)))


def build(entries: list) -> None:
    from django.db import connection

    from merida.exchange.search.backend import backend
    from merida.exchange.search.index import put_entries

    text = sum(len(entry.text.encode()) for entry in entries)
    took, _ = timed(lambda: put_entries(entries))
    tidied, _ = timed(lambda: backend().tidy(connection))
    size = backend().size(connection)
    print("| build | value | goal |\n|---|---|---|")
    print(f"| text | {text / 1e6:.1f} MB | |")
    print(f"| analysed, stored, indexed | {took.own / 1000:.1f} s, {len(entries) / took.own * 1000:,.0f} a second | |")
    print(f"| merged (optimize) | {tidied.own / 1000:.1f} s | |")
    print(f"| index, stems and surface words | {size / 1e6:.1f} MB, {size / text:.2f} of the text | ≤ 1.00 |\n")


def asked(entries: list) -> dict[str, list]:
    """Queries drawn from the paragraphs themselves, the same for the same corpus."""
    from merida.exchange.search.parsing import parse_query
    from merida.exchange.search.query import Filters

    chance = random.Random(7)
    classes: dict[str, list] = {name: [] for name in ("one term", "two terms", "phrase", "prefix")}
    classes |= {"term, State": [], "term, provision": [], "State, provision, year": []}
    for entry in chance.sample(entries, min(QUERIES, len(entries))):
        one, two = word_of(entry, chance), word_of(entry, chance)
        language = entry.language
        classes["one term"].append(parse_query(one, language))
        classes["two terms"].append(parse_query(f"{one} {two}", language))
        classes["phrase"].append(parse_query(f'"{stretch_of(entry, chance)}"', language))
        classes["prefix"].append(parse_query(f"{one[:5]}*", language))
        state, provision = entry.states[:1], entry.provisions[:1]
        classes["term, State"].append(parse_query(one, language, filters=Filters(states=state)))
        classes["term, provision"].append(parse_query(one, language, filters=Filters(provisions=provision)))
        three = Filters(states=state, provisions=provision, years=(entry.year,))
        classes["State, provision, year"].append(parse_query("", language, filters=three))
    return classes


def word_of(entry: object, chance: random.Random) -> str:
    """A word of a paragraph that is no small word; in Chinese two characters."""
    from merida.rules.languages.words import is_indexed, words

    found = [word for word in words(entry.language, entry.text) if is_indexed(word) and word.end - word.start > 1]
    word = chance.choice(found)
    return entry.text[word.start : word.end]


def stretch_of(entry: object, chance: random.Random) -> str:
    """Two words side by side; in Chinese four characters."""
    from merida.rules.languages.words import words

    found = words(entry.language, entry.text)
    first = chance.randrange(len(found) - 3)
    last = found[first + (3 if entry.language == "zh" else 1)]
    return entry.text[found[first].start : last.end].replace('"', " ")


def latency(entries: list) -> None:
    from merida.exchange.search.facets import facets
    from merida.exchange.search.queries import search

    classes = asked(entries)
    facets(classes["one term"][0])
    lines = []
    for name, queries in classes.items():
        found = [timed(lambda query=query: search(query, top=TOP)) for query in queries]
        lines.append(Line(name, [took for took, _ in found], [results.total for _, results in found], 12))
    for name in ("one term", "two terms", "phrase", "term, State", "term, provision"):
        both = [
            timed(lambda query=query: (search(query, top=TOP), facets(query, by_thing=True))) for query in classes[name]
        ]
        totals = [counted.total for _, (_, counted) in both]
        lines.append(Line(f"{name}, with facets", [took for took, _ in both], totals, 35))
    print(f"{TOP} hits with snippets, the exact total, as the public sees it:\n")
    print("| query | own p50 / p95 | wall p50 / p95 | hits p50 / p95 | goal p95 | kept |\n|---|---|---|---|---|---|")
    print("\n".join(line.text() for line in lines))


def facet_warmth() -> None:
    from merida.exchange.search import facets as module
    from merida.exchange.search.parsing import parse_query
    from merida.exchange.search.query import Filters

    everything = parse_query("", "en", filters=Filters(kinds=("PARAGRAPH",)))
    module._kept.cache_clear()  # noqa: SLF001
    cold, _ = timed(lambda: module.facets(everything))
    warm, counted = timed(lambda: module.facets(everything))
    first = f"first time in a worker {cold.own:.0f} ms, then {warm.own:.0f} ms"
    print(f"\nFacets over everything ({counted.total:,}): {first}.")


def updates(entries: list) -> None:
    """One paragraph changed and committed, then found by its new word."""
    from dataclasses import replace

    from merida.exchange.search.index import put_entries
    from merida.exchange.search.parsing import parse_query
    from merida.exchange.search.queries import search

    writes, both = [], []
    for number, entry in enumerate(entries[:100]):
        changed = replace(entry, text=f"{entry.text} newly{number}")
        query = parse_query(f"newly{number}", entry.language)
        wrote, _ = timed(lambda changed=changed: put_entries([changed]))
        read, results = timed(lambda query=query: search(query))
        if [hit.ref for hit in results.hits] != [entry.ref]:
            raise SystemExit(f"{entry.ref} is not found by its new word")
        writes.append(wrote)
        both.append(Took(wrote.own + read.own, wrote.wall + read.wall))
    kept = "yes" if at([took.own for took in both], 0.95) <= 5 else "NO"
    print("\n| one update | own p50 / p95 | wall p50 / p95 | goal p95 | kept |\n|---|---|---|---|---|")
    print(f"| committed | {shown(writes)} | | |")
    print(f"| until it is found | {shown(both)} | 5 | {kept} |")


def beside(entries: list, scratch: Path, server: str) -> None:
    """The same texts in SQLite's trigram tokenizer and in PostgreSQL's own configurations; the same words asked."""
    from django.db import connection

    chance = random.Random(7)
    sample = chance.sample(entries, min(QUERIES, len(entries)))
    asked_words = [(entry.language, word_of(entry, chance)) for entry in sample]
    print("| engine | build s | index / text | one term, own | one term, wall | share of our hits found |")
    print("|---|---|---|---|---|---|")
    ours = [ours_for(connection, language, word) for language, word in asked_words]
    print(f"| merida | as above | as above | {shown([took for took, _ in ours])} | 1 |")
    expected = [hits for _, hits in ours]
    print(trigram(entries, scratch, asked_words, expected))
    if server:
        print(own_configuration(entries, server, asked_words, expected))


def ours_for(connection: object, language: str, word: str) -> tuple[Took, set[int]]:
    from merida.exchange.search.backend import backend
    from merida.exchange.search.models import Entry
    from merida.exchange.search.parsing import parse_query

    query = parse_query(word, language, expand=False).narrowed(languages=(language,))
    took, _ = timed(lambda: backend().best(connection, query, None, top=TOP, offset=0))
    found = Entry.objects.filter(pk__in=backend().numbers(connection, query, None)[:500]).values_list("ref", flat=True)
    return took, {int(ref.split(":")[1]) for ref in found}


def share(expected: Sequence[set[int]], found: Iterable[set[int]]) -> str:
    pairs = list(zip(expected, found, strict=True))
    return f"{sum(len(want & have) for want, have in pairs) / max(1, sum(len(want) for want, _ in pairs)):.3f}"


def trigram(entries: list, scratch: Path, asked_words: list, expected: list) -> str:
    database = sqlite3.connect(scratch / "trigram.sqlite3")
    database.execute("CREATE VIRTUAL TABLE plain USING fts5(text, tokenize='trigram', content='')")
    rows = [(number, entry.text) for number, entry in enumerate(entries)]
    took, _ = timed(lambda: database.executemany("INSERT INTO plain(rowid, text) VALUES (?, ?)", rows))
    size = database.execute("SELECT sum(length(block)) FROM plain_data").fetchone()[0]
    best = "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20"
    every = "SELECT rowid FROM plain WHERE plain MATCH ?"
    times, found = [], []
    for _, word in asked_words:
        quoted = f'"{word}"'
        times.append(timed(lambda quoted=quoted: database.execute(best, [quoted]).fetchall())[0])
        found.append({number for (number,) in database.execute(every, [quoted])})
    ratio = size / sum(len(entry.text.encode()) for entry in entries)
    return f"| SQLite trigram | {took.own / 1000:.1f} | {ratio:.2f} | {shown(times)} | {share(expected, found)} |"


CONFIGURATION = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic", "zh": "simple"}


def own_configuration(entries: list, server: str, asked_words: list, expected: list) -> str:
    import psycopg

    with psycopg.connect(server) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE plain (id int, text text, vector tsvector)")
        started = time.perf_counter()
        with cursor.copy("COPY plain (id, text, vector) FROM STDIN") as copy:
            for number, entry in enumerate(entries):
                copy.write_row((number, f"{entry.language} {entry.text}", None))
        for language, configuration in CONFIGURATION.items():
            cursor.execute(
                "UPDATE plain SET vector = to_tsvector(%s::regconfig, substr(text, 4)) WHERE left(text, 2) = %s",
                [configuration, language],
            )
        cursor.execute("CREATE INDEX plain_vector ON plain USING gin (vector)")
        built = time.perf_counter() - started
        cursor.execute("SELECT pg_relation_size('plain_vector') + sum(pg_column_size(vector)) FROM plain")
        size = int(cursor.fetchone()[0])
        times, found = ask_server(cursor, asked_words)
    ratio = size / sum(len(entry.text.encode()) for entry in entries)
    wall = shown(times).split(" | ")[1]  # the server computes, not this process
    return f"| PostgreSQL, own configurations | {built:.1f} | {ratio:.2f} | | {wall} | {share(expected, found)} |"


def ask_server(cursor: object, asked_words: list) -> tuple[list[Took], list[set[int]]]:
    best = (
        "SELECT id FROM plain, plainto_tsquery(%s::regconfig, %s) query WHERE vector @@ query"
        " ORDER BY ts_rank(vector, query) DESC LIMIT 20"
    )
    every = "SELECT id FROM plain WHERE vector @@ plainto_tsquery(%s::regconfig, %s) AND left(text, 2) = %s"
    times, found = [], []
    for language, word in asked_words:
        given = [CONFIGURATION[language], word]
        times.append(timed(lambda given=given: cursor.execute(best, given).fetchall())[0])
        found.append({number for (number,) in cursor.execute(every, [*given, language]).fetchall()})
    return times, found


if __name__ == "__main__":
    main()
