"""``merida participation --at DATE``: States in one, two, three and four review mechanisms, with definitions."""

import argparse
import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from merida.foundation.registry.figures import (
    Support,
    is_loaded,
    participation_at,
    support_of_memberships,
    support_of_parties,
)
from merida.foundation.registry.participation import FIRST, OTHERS, Participation, Reading
from merida.foundation.registry.reference import ReferenceDataError, load_reference
from merida.foundation.registry.reference_figures import participation_in

WRONG = 1
WIDTH = 100
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four"}
MECHANISMS = {
    FIRST: "UNCAC Implementation Review Mechanism",
    "OECD_WGB": "OECD Working Group on Bribery",
    "GRECO": "GRECO (Council of Europe)",
    "MESICIC": "MESICIC (Organization of American States)",
}
DEFINITIONS = {
    FIRST: "every State, and the European Union, that deposited its instrument on or before the day",
    "OECD_WGB": "States with a seat in the Working Group; where the seat is not dated, from the deposit",
    "GRECO": "members of GRECO from their accession until before the day on which they left",
    "MESICIC": "States that signed the declaration on the mechanism; where the day is not known, at every date",
    "one": "a party that takes part in the UNCAC review and in none of the three others",
    "by_wording": "parties to the Convention in at least one of the three others, over the number of parties",
    "wide": "all members of the three others, parties to the Convention or not, over the number of parties",
}
PRINTED = {
    "claim": "nearly 50 per cent of the parties take part in another mechanism; bars for one, two, three and four",
    "citation": "CAC/COSP/IRG/2021/…, para. 5 and figure I (as of 29 March 2021)",
    "bars": None,
    "note": "The text at hand does not carry the picture, so the bars cannot be compared, only recomputed.",
}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a date (write 2021-03-29)"
        raise argparse.ArgumentTypeError(message) from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--at", type=_day, required=True, metavar="DATE", help="the day to count, as 2021-03-29")
    parser.add_argument("--json", action="store_true", help="print the facts as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the figure; 1 when the reference data cannot be read."""
    try:
        figure, support = _figure(arguments.at)
    except ReferenceDataError as error:
        print(f"The reference data cannot be used:\n{error}", file=sys.stderr)
        return WRONG
    if arguments.json:
        print(json.dumps(facts(figure, support), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(figure, support)))
    return 0


def _figure(at: date) -> tuple[Participation, Mapping[str, Support]]:
    """The figure from the database, or from the files where the database holds no reference data."""
    if not is_loaded():
        return participation_in(load_reference(), at), {}
    return participation_at(at), {FIRST: support_of_parties("UNCAC", at), **support_of_memberships(OTHERS, at)}


def facts(figure: Participation, support: Mapping[str, Support]) -> dict[str, object]:
    """Return the figure with definitions, lists of States by ISO code and how far it is supported."""
    return {
        "at": figure.at.isoformat(),
        "computed_from": "database" if support else "reference files",
        "definitions": DEFINITIONS,
        "parties": len(figure.parties),
        "members": {code: {"count": len(states), "states": states} for code, states in figure.members.items()},
        "takes_part_in": {
            NUMBERS[n]: {"count": len(states), "states": states} for n, states in figure.by_number.items()
        },
        "nearly_50_per_cent": {"by_wording": _reading(figure.by_wording), "wide": _reading(figure.wide)},
        "members_not_parties": figure.members_not_parties,
        "sourced": {code: {"facts": one.count, "sourced": one.sourced} for code, one in support.items()} or None,
        "printed": PRINTED,
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "count": reading.count,
        "parties": reading.parties,
        "per_cent": reading.per_cent,
        "states": reading.states,
    }


def lines(figure: Participation, support: Mapping[str, Support]) -> Iterator[str]:
    """Yield the figure as text."""
    yield f"Participation in review mechanisms on {figure.at.isoformat()}"
    yield (
        "Computed from the database." if support else "Computed from the reference files; the database holds none yet."
    )
    yield from ("", "Mechanism                                     States   in a source")
    counts = {FIRST: len(figure.parties)} | {code: len(states) for code, states in figure.members.items()}
    for code, count in counts.items():
        sourced = f"{support[code].sourced:>9}" if support else "        –"
        yield f"  {MECHANISMS[code]:<42}{count:>8}   {sourced}"
    yield from ("", "States parties to the Convention that take part in")
    for n, states in figure.by_number.items():
        yield f"  {NUMBERS[n]:<6}{len(states):>5}"
    yield from ("", "“Nearly 50 per cent”, read in two ways")
    yield from _reading_lines("by the wording", DEFINITIONS["by_wording"], figure.by_wording)
    yield from _reading_lines("wide", DEFINITIONS["wide"], figure.wide)
    yield from _wrapped("Counted in the wide reading, not parties on that day: ", figure.members_not_parties)
    yield from ("", "States")
    for n, states in figure.by_number.items():
        yield from _wrapped(f"  {NUMBERS[n]}: ", states)
    yield from ("", "Definitions")
    for code, words in DEFINITIONS.items():
        if code in MECHANISMS or code == "one":
            yield from _indented(f"{MECHANISMS.get(code, code)}: {words}.")
    yield from ("", f"Printed: {PRINTED['claim']}.", f"  {PRINTED['citation']}", f"  {PRINTED['note']}")


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _reading_lines(name: str, definition: str, reading: Reading) -> Iterator[str]:
    yield f"  {name + ':':<16}{reading.count} of {reading.parties} = {reading.per_cent} %"
    yield from textwrap.wrap(f"({definition})", WIDTH, initial_indent="    ", subsequent_indent="     ")


def _wrapped(head: str, states: Iterable[str]) -> list[str]:
    return textwrap.wrap(head + (" ".join(states) or "none"), WIDTH, subsequent_indent="    ")
