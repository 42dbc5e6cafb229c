"""The whole record."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from merida.rules.lots.aloud.start import Stream, digest, numbers, same

Parts = Mapping[str, Callable[[Any, Stream], Any]]  # by the label of their numbers


def check(record: Any, kind: str, parts: Parts) -> None:
    """Stop at the first difference."""
    said, values = record["announcement"], record["values"]
    same("announcement.format", said["format"], kind)
    published = digest(said)
    same("announcement_digest", record["announcement_digest"], published)
    for size in (len(said["urn"]), *(one["weight"] for one in said["urn"])):
        same("announcement.urn: entries, weights up to 1000", 1 <= size <= 1000)  # noqa: PLR2004
    # whole numbers from each source
    same("values", [{*map(type, given)} for given in values], [{int} for _ in said["sources"]])
    key = "".join("".join(f"{number}." for number in sorted(given)) + "/" for given in values)
    seed = hashlib.sha256(f"{key}{published}".encode()).hexdigest()
    right = {
        "format": kind,
        "announcement": said,
        "announcement_digest": published,
        "values": values,
        "seed_key": key,
        "seed": seed,
    }
    for label, part in parts.items():
        right |= part(record, numbers(seed, label))
    right["digest"] = digest(right)
    same("", record, right)
