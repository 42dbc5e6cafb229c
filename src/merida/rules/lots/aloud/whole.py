"""The whole record."""

import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from merida.rules.lots.aloud.start import Stream, WrongError, at, digest, same, stream_of

Parts = Mapping[str, Callable[[Any, Stream], Any]]  # by the label of their numbers


def check(record: Any, kind: str, parts: Parts) -> None:
    """Stop at the first place that does not hold."""
    said, values = record["announcement"], record["values"]
    same("announcement.format", said["format"], kind)
    published = digest(said)
    same("announcement_digest", record.get("announcement_digest"), published)
    weights = [one["weight"] for one in said["urn"]]
    small = len(weights) <= 1000 and all(1 <= weight <= 1000 for weight in weights)  # noqa: PLR2004
    same("announcement.urn: entries and weights up to 1000", small, right=True)
    same("values: one list for each source", len(values), len(said["sources"]))
    same("values: whole numbers", {type(number) for numbers in values for number in numbers}, {int})
    key = "".join("".join(f"{number}." for number in sorted(numbers)) + "/" for numbers in values)
    seed = hashlib.sha256(f"{key}{published}".encode()).hexdigest()
    right = {"format": kind, "announcement": said, "announcement_digest": published, "values": values}
    right |= {"seed_key": key, "seed": seed}
    for label, part in parts.items():
        right |= part(record, stream_of(seed, label))
    right["digest"] = digest(right)
    for name in {**right, **record}:
        same(name, record.get(name), right.get(name))


def main(kind: str, parts: Parts) -> None:
    """Say the verdict on a file."""
    try:
        with at("record"):
            record = json.loads(Path(sys.argv[1]).read_bytes())
            check(record, kind, parts)
    except WrongError as error:
        sys.stdout.write(f"WRONG {error}\n")
        sys.exit(1)
    sys.stdout.write(f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}\n")
