"""``merida draw``: draw lots from files, check a record, check a table of pairings. No database."""

import argparse
import csv
import json
import sys
from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from merida.interfaces.commands.draw_urns import INSTRUMENTS, instruments_of, urn_of_parties, with_parties
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
    check_table,
    draw,
    numbers_of,
    read_table,
    rule_set,
    verify,
)

DATA = Path(__file__).parents[2] / "data"
NAMED = DATA / "draws"
LISTS = {"excluded": Exclusion, "conflicts": Conflict, "kept": Pair, "earlier": Pair}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    run_ = verbs.add_parser("run", help="draw, from a rule set and an urn")
    run_.add_argument("rules", metavar="RULES", help="a name (uncac, untoc, plain) or a file, YAML or JSON")
    run_.add_argument(
        "--urn", metavar="FILE", action="append", help="participants and more, YAML or JSON; all parties unless said"
    )
    run_.add_argument(
        "--instrument", metavar="CODE", action="append", help="one of those the rules draw for; all unless said"
    )
    run_.add_argument("--at", type=day, metavar="DATE", help="the day on which they are parties; today unless said")
    run_.add_argument("--seed", required=True, metavar="NUMBERS", help="numbers of the sources: 9319/2 5 12 29")
    run_.add_argument("--method", type=str.upper, choices=["CEREMONY", "UNIFORM", "YEARS"], default="CEREMONY")
    run_.add_argument("--json", action="store_true", help="print the record; those of several instruments one a line")
    run_.add_argument("--to", metavar="FOLDER", help="write each record into a file there")
    check = verbs.add_parser("verify", help="recompute a record and name what differs")
    check.add_argument("record", metavar="RECORD", nargs="+")
    table = verbs.add_parser("check", help="which rules a table of pairings keeps, whoever made it")
    table.add_argument("table", metavar="TABLE.csv", help="State under review, year, reviewer 1, reviewer 2")
    table.add_argument("--rules", default="uncac", metavar="RULES", help="a name or a file; uncac unless said")
    table.add_argument("--groups", metavar="FILE.csv", help="state,group; the registry's list unless said")
    table.add_argument("--whole-cycle", action="store_true", help="the table holds all reviews of a cycle")
    table.add_argument("--json", action="store_true", help="print the findings as JSON")


def day(text: str) -> date:
    """Read a day from the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date (write 2027-06-01)") from None


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when something was refused or is wrong."""
    try:
        return {"run": run_draw, "verify": run_verify, "check": run_check}[arguments.verb](arguments)
    except LotsError as error:
        print(f"merida draw: {error}.", file=sys.stderr)
        return 1


def run_draw(arguments: argparse.Namespace) -> int:
    """Draw and print the pairs, or the records; of several instruments all or, where one cannot be drawn, none."""
    rules = rules_of(arguments.rules)
    records = {name: record_of(arguments, rules, name, urn) for name, urn in urns_of(arguments, rules).items()}
    if arguments.to:
        write(Path(arguments.to), rules, records)
    for instrument, record in records.items():
        if arguments.json:
            print(canonical(record).decode())
        else:
            print_pairs(instrument, record)
    return 0


def urns_of(arguments: argparse.Namespace, rules: RuleSet) -> dict[str, Urn]:
    """Return the urn of each instrument, ``""`` standing for none named. Raises LotsError."""
    files = dict(named_urn(given) for given in arguments.urn or ())
    asked: list[str] = arguments.instrument or []
    if "" in files:
        if len(files) > 1 or len(arguments.urn) > 1 or len(asked) > 1:
            raise LotsError(
                "one urn without an instrument is drawn from alone: write --urn INSTRUMENT=FILE for several"
            )
        return {asked[0] if asked else "": urn_of(files[""])}
    offered = instruments_of(rules.code)
    for name in [*asked, *files]:
        if name not in offered:
            raise LotsError(f"{rules.code} does not draw for the instrument {name!r}; it does for {', '.join(offered)}")
    listed = with_parties()
    wanted = asked or [name for name in offered if name in files or name in listed]
    for name in offered if not asked else ():
        if name not in wanted:
            print(f"{name}: not drawn, its parties are not listed (--urn {name}=FILE names them).", file=sys.stderr)
    at = arguments.at or datetime.now(UTC).date()
    found = {name: urn_of(files[name]) if name in files else urn_of_parties(name, at) for name in wanted}
    return found if len(offered) > 1 else {"": found[offered[0]]}


def named_urn(given: str) -> tuple[str, str]:
    """Return instrument and file of ``INSTRUMENT=FILE``; the instrument is empty where only a file is named."""
    name, sign, path = given.partition("=")
    several = {one for codes in INSTRUMENTS.values() for one in codes}
    return (name, path) if sign and name in several else ("", given)


def record_of(arguments: argparse.Namespace, rules: RuleSet, instrument: str, urn: Urn) -> dict[str, Any]:
    """Draw for one instrument. Raises LotsError naming it."""
    values = numbers_of(arguments.seed)
    start = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: a draw from the command line is a trial, not an announced one
    due = start + timedelta(seconds=1)
    sources = [Source(f"command line, source {place}", due) for place in range(1, len(values) + 1)]
    try:
        announcement = announce(
            title=f"{rules.title}: {instrument}" if instrument else rules.title,
            rules=rules,
            urn=urn,
            sources=sources,
            announced_at=start,
            draw_at=due,
            method=arguments.method,
            instrument=instrument,
        )
        return draw(announcement, values)
    except LotsError as error:
        raise LotsError(f"{instrument}: {error}" if instrument else str(error)) from error


def write(folder: Path, rules: RuleSet, records: dict[str, dict[str, Any]]) -> None:
    """Write each record into a file of its own. Raises LotsError where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for instrument, record in records.items():
            name = f"draw-{instrument or rules.code}.json".lower()
            (folder / name).write_bytes(canonical(record))
    except OSError as error:
        raise LotsError(f"{folder} cannot be written to: {error.strerror}") from error


def print_pairs(instrument: str, record: dict[str, Any]) -> None:
    """Print the reviewers of each State under review, in front of them its staggered group where there is one."""
    if instrument:
        print(f"instrument {instrument}")
    groups = dict(record.get("staggered", {}).get("groups", ()))
    for subject in sorted({subject for subject, _ in record["pairs"]}):
        group = [f"group {groups[subject]}"] if groups else []
        print(subject, *group, *(reviewer for other, reviewer in record["pairs"] if other == subject), sep="\t")
    print(f"digest {record['digest']}")


def run_verify(arguments: argparse.Namespace) -> int:
    """Check the records of each file; print the verdicts."""
    everything = [(name, record) for name in arguments.record for record in records_in(name)]
    failed = False
    for name, record in everything:
        said = f"{name}: " if len(arguments.record) > 1 else ""
        wrong = verify(record)
        for line in wrong:
            print(f"WRONG {said}{line}")
        if not wrong:
            instrument = record["announcement"].get("instrument", "")
            of = f"{instrument}: " if instrument else ""
            print(f"RIGHT {said}{of}{len(record['pairs'])} pairs, digest {record['digest']}")
        failed = failed or bool(wrong)
    return 1 if failed else 0


def records_in(name: str) -> list[Any]:
    """Return the record of a file, or those of a file that holds one a line. Raises LotsError."""
    lines = [line for line in text_of(name).splitlines() if line.strip()]
    if len(lines) > 1 and all(line.startswith('{"') and line.endswith("}") for line in lines):
        try:
            return [json.loads(line, object_pairs_hook=_once) for line in lines]
        except (ValueError, RecursionError) as error:
            raise LotsError(f"{name}: a line is no record: {str(error).splitlines()[0]}") from error
    return [content(name)]


def run_check(arguments: argparse.Namespace) -> int:
    """Print what each rule came to; 1 when one is broken."""
    rules = rules_of(arguments.rules)
    rows = read_table(text_of(arguments.table))
    if arguments.groups:
        groups, spelled = groups_of(arguments.groups), dict[str, str]()
    else:
        groups, spelled = groups_of(str(DATA / "state_groups.csv")), states_by_name()
    known = [
        replace(
            row,
            subject=spelled.get(row.subject.casefold(), row.subject),
            reviewers=tuple(spelled.get(one.casefold(), one) for one in row.reviewers),
        )
        for row in rows
    ]
    findings = check_table(known, rules, groups, whole_cycle=arguments.whole_cycle)
    if arguments.json:
        print(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=1))
    else:
        for one in findings:
            where = f" (rows {', '.join(map(str, one.rows))})" if one.rows else ""
            print(f"{one.verdict:<14}{one.rule}{where}{': ' if one.message else ''}{one.message}")
    return 1 if any(one.verdict == "BROKEN" for one in findings) else 0


def groups_of(name: str) -> dict[str, str]:
    """Return the regional group of each State that a CSV table says. Raises LotsError where a column is missing."""
    rows = list(csv.DictReader(text_of(name).splitlines()))
    if not rows or not {"state", "group"} <= set(rows[0]):
        raise LotsError(f"{name} needs the columns 'state' and 'group'")
    return {row["state"]: row["group"] or "" for row in rows if not row.get("until")}


def states_by_name() -> dict[str, str]:
    """Return the code of each State by its names in six languages, former names included."""
    rows = csv.DictReader(text_of(str(DATA / "state_names.csv")).splitlines())
    return {row["name"].casefold(): row["state"] for row in rows}


def text_of(name: str) -> str:
    """Return the text of a file. Raises LotsError where it cannot be read."""
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LotsError(f"{name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LotsError(f"{name} is not in UTF-8") from error


def _once(named: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON. Refused where a name stands twice: one reader would see the first, another the last."""
    known = dict(named)
    if len(known) < len(named):
        ((twice, _count),) = Counter(name for name, _ in named).most_common(1)
        raise LotsError(f"{twice!r} stands twice in one object of the file")
    return known


def content(name: str) -> Any:
    """Return what a YAML or JSON file holds. Raises LotsError where it cannot be read."""
    text = text_of(name)
    try:
        return json.loads(text, object_pairs_hook=_once) if name.endswith(".json") else yaml.safe_load(text)
    except LotsError as error:
        raise LotsError(f"{name}: {error}") from error
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
    for field in ("subjects", *LISTS):
        if not isinstance(data.get(field, []), list):
            raise LotsError(f"{name}: the list '{field}' is not a list")
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
