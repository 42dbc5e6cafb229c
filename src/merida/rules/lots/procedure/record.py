"""The record: made, and checked by making it again."""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from merida.rules.lots.procedure.ceremony import ceremony
from merida.rules.lots.procedure.chance import FORMAT, SECOND, DrawError, Json, Stream, digest, seed_key
from merida.rules.lots.procedure.limits import check_sizes
from merida.rules.lots.procedure.table import Table
from merida.rules.lots.procedure.uniform import uniform
from merida.rules.lots.procedure.years import staggered, years


def run(announcement: Json, values: list[list[int]]) -> Json:
    """Draw by the announcement with the numbers of its public sources; return the record with its digest."""
    if len(values) != len(announcement["sources"]):
        raise DrawError(f"{len(announcement['sources'])} sources are announced, {len(values)} were given numbers")
    check_sizes(announcement, values)
    published = digest(announcement)
    key = seed_key(values)
    seed = hashlib.sha256(f"{key}{published}".encode()).hexdigest()
    table = Table(announcement)
    method, scope = announcement["method"], announcement.get("instrument")
    # the announcement, which names the instrument, is part of the seed; the first format said it once more
    ending = f" {scope}" if scope and table.first_format else ""
    steps = METHODS[method](table, Stream(seed, method + ending))
    drawn = steps.pop("drawn")
    if announcement["rules"].get("staggered") and method != "YEARS":
        steps["staggered"] = staggered(table, Stream(seed, "YEARS" + ending))
    record: Json = {
        "format": announcement.get("format", FORMAT),
        "announcement": announcement,
        "announcement_digest": published,
        "values": values,
        "seed_key": key,
        "seed": seed,
        **steps,
        "pairs": sorted([*table.pairs(table.kept), *drawn]),
    }
    return {**record, "digest": digest(record)}


def format_of(announcement: Json) -> str:
    """Return the format of the records of what is announced today: the second, and what is drawn."""
    staggered = announcement["method"] != "YEARS" and announcement["rules"].get("staggered")
    return f"{SECOND} {announcement['method']}{' STAGGERED' if staggered else ''}"


METHODS: dict[str, Callable[[Table, Stream], Json]] = {"CEREMONY": ceremony, "UNIFORM": uniform, "YEARS": years}


def first_difference(found: object, expected: object, where: str = "") -> str:
    """Return where two values first differ, keys in their order, and what stands there; empty when they are alike."""
    if isinstance(found, dict) and isinstance(expected, dict):
        keys = sorted({*found, *expected}, key=lambda key: (key == "digest", key))
        odd = next((key for key in keys if key not in found or key not in expected), None)
        if odd is not None:
            return f"{where}{odd}: {'is missing' if odd not in found else 'is no field of it'}"
        parts = [(f"{where}{key}", found[key], expected[key]) for key in keys]
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            return f"{where[:-1]}: {len(found)} entries, not {len(expected)}"
        parts = [(f"{where}{place + 1}", *both) for place, both in enumerate(zip(found, expected, strict=True))]
    else:
        same = type(found) is type(expected) and found == expected
        return "" if same else f"{where[:-1]}: the record says {found!r}, the procedure gives {expected!r}"
    return next((said for name, one, other in parts if (said := first_difference(one, other, f"{name}."))), "")


def verify(record: Json) -> list[str]:
    """Return what is wrong with a record, the first difference of each part; an empty list when it holds."""
    if not isinstance(record, dict) or not str(record.get("format")).startswith((FORMAT, SECOND)):
        return [f"format: this is no record of a draw of the format {FORMAT} or {SECOND}"]
    wrong = list[str]()
    body = {key: value for key, value in record.items() if key != "digest"}
    try:
        for name, value in (("announcement_digest", record.get("announcement")), ("digest", body)):
            if record.get(name) != digest(value):
                wrong.append(f"{name}: the record says {record.get(name)!r}, its content gives {digest(value)!r}")
        difference = first_difference(record, run(record["announcement"], record["values"]))
    except DrawError as error:
        return [f"announcement: {error}"]
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        return [*wrong, f"announcement: something is missing or of the wrong kind ({type(error).__name__}: {error})"]
    return [difference, *wrong] if difference else wrong


def main(argv: list[str]) -> int:
    """Check the file named on the command line, say the verdict, return the exit code."""
    if len(argv) != 2:  # noqa: PLR2004 (the program and the file)
        sys.stderr.write("usage: verify_draw.py RECORD.json\n")
        return 2
    try:
        record = json.loads(Path(argv[1]).read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        sys.stderr.write(f"{argv[1]}: cannot be read as JSON: {error}\n")
        return 1
    wrong = verify(record)
    right = "" if wrong else f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}\n"
    sys.stdout.write(right or "".join(f"WRONG {line}\n" for line in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
