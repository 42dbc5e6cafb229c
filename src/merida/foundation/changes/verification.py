"""Does the chain hold? Pure: rows come in, the first broken place comes out. ``verify`` in queries.py feeds it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from merida.foundation.changes.canonical import GENESIS, chain_hash, checkpoint_message, moment, secret_digest


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A sealed change as it is stored. Rows come in by position."""

    change: str  # UUID
    at: datetime
    verb: str
    object_ref: str
    actor_name: str
    person: str  # "person:uuid" of the account that the row points to, "" for none
    text: str
    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint as it is stored. Checkpoints come in by position."""

    position: int
    hash: str
    signature: str
    key_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptSecret:
    """A secret value that has not been erased, beside the text of its change."""

    change: str
    field: str  # "before.email"
    salt: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found. ``broken`` names the first broken place in words, "" when all holds."""

    broken: str = ""
    broken_position: int | None = None
    length: int = 0  # sealed changes that hold, up to the first broken one
    checkpoints: int = 0
    unsealed: tuple[str, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether nothing is broken. Unsealed changes are not broken: they wait for the sealer."""
        return not self.broken


SignatureCheck = Callable[[str, str, bytes], str]  # (key id, signature, message) -> "" or what is wrong


class _BrokenError(Exception):
    def __init__(self, position: int | None, what: str) -> None:
        super().__init__(what)
        self.position = position


def check_chain(
    rows: Iterable[SealedRow],
    checkpoints: Iterable[SignedCheckpoint],
    *,
    signature_problem: SignatureCheck,
    unsealed: Iterable[str] = (),
    secrets: Iterable[KeptSecret] = (),
) -> Verdict:
    """Follow the chain from its first change and hold every checkpoint against it."""
    waiting = iter(checkpoints)
    counts = {"rows": 0, "checkpoints": 0}
    try:
        _follow(rows, waiting, counts, signature_problem)
        _check_secrets(secrets)
    except _BrokenError as broken:
        return Verdict(str(broken), broken.position, counts["rows"], counts["checkpoints"], tuple(unsealed))
    return Verdict(length=counts["rows"], checkpoints=counts["checkpoints"], unsealed=tuple(unsealed))


def _follow(
    rows: Iterable[SealedRow],
    checkpoints: Iterator[SignedCheckpoint],
    counts: dict[str, int],
    signature_problem: SignatureCheck,
) -> None:
    digest = GENESIS
    checkpoint = next(checkpoints, None)
    for row in rows:
        digest = _check_row(row, expected=counts["rows"] + 1, previous=digest)
        counts["rows"] += 1
        while checkpoint is not None and checkpoint.position <= row.position:
            _check_checkpoint(checkpoint, row, signature_problem)
            counts["checkpoints"] += 1
            checkpoint = next(checkpoints, None)
    if checkpoint is not None:
        last = counts["rows"]
        raise _BrokenError(
            last + 1, f"changes after position {last} are missing: a checkpoint was signed at {checkpoint.position}"
        )


def _check_row(row: SealedRow, *, expected: int, previous: str) -> str:
    if row.position != expected:
        raise _BrokenError(expected, f"the change at position {expected} is missing")
    digest = chain_hash(previous, row.text)
    if digest != row.hash:
        raise _BrokenError(
            expected, f"the change at position {expected} ({row.change}) was altered or stands in another place"
        )
    for column, stored, written in _columns(row):
        if stored != written:
            raise _BrokenError(
                expected, f"the column {column} of position {expected} ({row.change}) differs from the sealed text"
            )
    return digest


def _columns(row: SealedRow) -> Iterator[tuple[str, str, str]]:
    text = json.loads(row.text)
    yield "uuid", row.change, text["change"]
    yield "at", moment(row.at), text["at"]
    yield "verb", row.verb, text["verb"]
    yield "object_ref", row.object_ref, text["object"]
    yield "actor_name", row.actor_name, text["actor"].get("name", "")
    if row.person:  # the account of a person who was forgotten is gone; the sealed text still holds the reference
        yield "user", row.person, text["actor"].get("person", "")


def _check_checkpoint(checkpoint: SignedCheckpoint, row: SealedRow, signature_problem: SignatureCheck) -> None:
    place = f"the checkpoint at position {checkpoint.position}"
    if checkpoint.position != row.position or checkpoint.hash != row.hash:
        raise _BrokenError(checkpoint.position, f"{place} does not agree with the chain")
    message = checkpoint_message(
        position=checkpoint.position, digest=checkpoint.hash, key_id=checkpoint.key_id, at=checkpoint.at
    )
    if problem := signature_problem(checkpoint.key_id, checkpoint.signature, message):
        raise _BrokenError(checkpoint.position, f"{place}: {problem}")


def _check_secrets(secrets: Iterable[KeptSecret]) -> None:
    for secret in secrets:
        side, _, name = secret.field.partition(".")
        written: Mapping[str, Any] = (json.loads(secret.text).get(side) or {}).get(name) or {}
        if written.get("digest") != secret_digest(secret.salt, secret.value):
            raise _BrokenError(
                None, f"the secret value {secret.field} of {secret.change} differs from its sealed digest"
            )
