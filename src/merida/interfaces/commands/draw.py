"""``merida draw``: draw lots from files, check a record, check a table of pairings. No database."""

import argparse
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from merida.rules.lots import (
    Conflict,
    Exclusion,
    LotsError,
    Pair,
    Participant,
    RuleSet,
    Source,
    Urn,
    announce,
    canonical,
    draw,
    numbers_of,
    rule_set,
    verify,
)

NAMED = Path(__file__).parents[2] / "data" / "draws"
LISTS = {"excluded": Exclusion, "conflicts": Conflict, "kept": Pair, "earlier": Pair}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    run_ = verbs.add_parser("run", help="draw, from a rule set and an urn")
    run_.add_argument("rules", metavar="RULES", help="a name (uncac, untoc, plain) or a file, YAML or JSON")
    run_.add_argument("--urn", required=True, metavar="FILE", help="participants and more, YAML or JSON")
    run_.add_argument("--seed", required=True, metavar="NUMBERS", help="numbers of the sources: 9319/2 5 12 29")
    run_.add_argument("--method", type=str.upper, choices=["CEREMONY", "UNIFORM"], default="CEREMONY")
    run_.add_argument("--json", action="store_true", help="print the record")
    check = verbs.add_parser("verify", help="recompute a record and name what differs")
    check.add_argument("record", metavar="RECORD")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when something was refused or is wrong."""
    try:
        return {"run": run_draw, "verify": run_verify}[arguments.verb](arguments)
    except LotsError as error:
        print(f"merida draw: {error}.", file=sys.stderr)
        return 1


def run_draw(arguments: argparse.Namespace) -> int:
    """Draw and print the pairs, or the record."""
    rules, urn, values = rules_of(arguments.rules), urn_of(arguments.urn), numbers_of(arguments.seed)
    start = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: a draw from the command line is a trial, not an announced one
    due = start + timedelta(seconds=1)
    sources = [Source(f"command line, source {place}", due) for place in range(1, len(values) + 1)]
    announcement = announce(
        title=rules.title,
        rules=rules,
        urn=urn,
        sources=sources,
        announced_at=start,
        draw_at=due,
        method=arguments.method,
    )
    record = draw(announcement, values)
    if arguments.json:
        print(canonical(record).decode())
        return 0
    for subject in sorted({subject for subject, _ in record["pairs"]}):
        print(subject, *(reviewer for other, reviewer in record["pairs"] if other == subject), sep="\t")
    print(f"digest {record['digest']}")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Recompute a record; print the verdict."""
    record = content(arguments.record)
    wrong = verify(record)
    for line in wrong:
        print(f"WRONG {line}")
    if not wrong:
        print(f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}")
    return 1 if wrong else 0


def content(name: str) -> Any:
    """Return what a YAML or JSON file holds. Raises LotsError where it cannot be read."""
    path = Path(name)
    try:
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except OSError as error:
        raise LotsError(f"{name} cannot be read: {error.strerror}") from error
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise LotsError(f"{name} is neither JSON nor YAML: {str(error).splitlines()[0]}") from error


def rules_of(name: str) -> RuleSet:
    """Return a named rule set, or that of a file."""
    named = NAMED / f"{name}.yaml"
    return rule_set(content(str(named) if name.isidentifier() and named.is_file() else name))


def urn_of(name: str) -> Urn:
    """Return the urn of a file. Raises LotsError naming the field."""
    data = content(name)
    if isinstance(data, list):
        data = {"urn": data}
    if not isinstance(data, dict) or not isinstance(data.get("urn"), list):
        raise LotsError(f"{name}: the list 'urn' is missing")
    participants = tuple(made(Participant, one, "urn") for one in data["urn"])
    lists = {field: tuple(made(kind, one, field) for one in data.get(field, [])) for field, kind in LISTS.items()}
    subjects = tuple(data.get("subjects", [one.code for one in participants]))
    return Urn(participants=participants, subjects=subjects, minimum_due=bool(data.get("minimum_due", True)), **lists)


def made(kind: type[Any], data: object, where: str) -> Any:
    """Return a value from its fields; a text alone is a code. Raises LotsError naming the entry."""
    fields: Any = {"code": data} if isinstance(data, str) else data
    try:
        return kind(**fields)
    except TypeError as error:
        raise LotsError(f"{where}: the entry {data!r} does not fit: {str(error).split(' ', 1)[-1]}") from error
