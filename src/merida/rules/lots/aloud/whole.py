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
    sizes = [len(said["urn"]), *(one["weight"] for one in said["urn"])]
    small = all(1 <= size <= 1000 for size in sizes)  # noqa: PLR2004
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
        print(f"WRONG {error}")  # noqa: T201
        sys.exit(1)
    print(f"RIGHT {len(record['pairs'])} pairs, digest {record['digest']}")  # noqa: T201
