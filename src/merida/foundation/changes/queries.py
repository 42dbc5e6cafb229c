"""Reading the log: the history of a record, whether the chain holds, and the whole log for an outside verifier."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from merida.foundation.changes.canonical import moment
from merida.foundation.changes.keys import public_keys, signature_holds
from merida.foundation.changes.models import Change, Checkpoint, ErasableValue
from merida.foundation.changes.verification import KeptSecret, SealedRow, SignedCheckpoint, Verdict, check_chain

LOOKED_AT = 200  # changes walked back for one of them
NAMED_AT_MOST = 50  # unsealed changes named one by one


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a record's history. Secret values stand as ``{"digest": …}``."""

    at: datetime
    who: str  # the person's name as it is now, or merida's own
    verb: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    digest: str  # of the content, where a whole file came in; "" otherwise
    counts: Mapping[str, int]
    sealed: bool


def history(object_ref: str) -> list[HistoryEntry]:
    """Return what was done to the record ``object_ref`` (``kind:uuid``), oldest first.

    Whoever calls this has checked that the reader may see the record.
    """
    changes = Change.objects.filter(object_ref=object_ref).select_related("user").order_by("at", "id")
    return [_entry(change) for change in changes]


def last_change(object_ref: str, wanted: Callable[[HistoryEntry], bool]) -> HistoryEntry | None:
    """Return the newest of the last changes of a record that is ``wanted``; None where none of 200 is."""
    changes = Change.objects.filter(object_ref=object_ref).select_related("user").order_by("-at", "-id")
    return next((one for one in map(_entry, changes[:LOOKED_AT].iterator(chunk_size=10)) if wanted(one)), None)


def _entry(change: Change) -> HistoryEntry:
    text = json.loads(change.text)
    who = change.actor_name or (change.user.full_name if change.user else "") or text["actor"].get("person", "")
    return HistoryEntry(
        at=change.at,
        who=who,
        verb=change.verb,
        before=text.get("before"),
        after=text.get("after"),
        digest=text.get("digest", ""),
        counts=text.get("counts", {}),
        sealed=change.position is not None,
    )


def verify() -> Verdict:
    """Follow the whole chain in the database: the first broken place, and the changes not sealed yet."""
    keys = public_keys()

    def signature_problem(key_id: str, signature: str, message: bytes) -> str:
        if key_id not in keys:
            return f"it is signed with a key unknown here ({key_id})"
        return "" if signature_holds(keys[key_id], signature, message) else "its signature is forged or damaged"

    return check_chain(
        _sealed_rows(),
        _checkpoints(),
        signature_problem=signature_problem,
        unsealed=unsealed_changes(),
        secrets=_kept_secrets(),
    )


def unsealed_changes(limit: int = NAMED_AT_MOST) -> list[str]:
    """Return the committed changes that the sealer has not reached, as ``VERB kind:uuid (change)``."""
    return [str(change) for change in Change.objects.filter(position__isnull=True).order_by("id")[:limit]]


def latest_position() -> int:
    """Return a number that grows with every change that is not confined, sealed or not.

    What everybody sees may have changed when it has. Drafts of answers and the like, which only few may see, leave it:
    fifty people who type would otherwise make every public page anew, and its tag would tell that somebody typed.
    """
    # Both, because the database may commit a lower number after a higher one; its seal then raises the position.
    # In plain SQL, because every page asks.
    table = connection.ops.quote_name(Change._meta.db_table)  # noqa: SLF001 (Django names it so)
    with connection.cursor() as cursor:
        opened = f"FROM {table} WHERE NOT is_confined"
        cursor.execute(f"SELECT (SELECT MAX(id) {opened}), (SELECT MAX(position) {opened})")
        last, sealed = cursor.fetchone()
    return (last or 0) + (sealed or 0)


def latest_moment(kind: str) -> datetime | None:
    """Return when a record of this kind (``visit``) last changed in any way; None where none ever did. 1 query."""
    refs = Change.objects.filter(
        object_ref__gte=f"{kind}:", object_ref__lt=f"{kind};"
    )  # a range, so that the index serves
    latest: datetime | None = refs.aggregate(latest=Max("at"))["latest"]
    return latest


def export_lines() -> Iterator[str]:
    """Yield the sealed log as JSON lines for the offline verifier: the keys, then changes and checkpoints in order.

    Secret values and salts are not part of it.
    """
    keys = {name: raw.hex() for name, raw in public_keys().items()}
    yield json.dumps({"log": "merida change log", "format": 1, "public_keys": keys})
    checkpoints = _checkpoints()
    checkpoint = next(checkpoints, None)
    for row in _sealed_rows():
        yield json.dumps({"position": row.position, "hash": row.hash, "text": row.text}, ensure_ascii=False)
        while checkpoint is not None and checkpoint.position <= row.position:
            yield _checkpoint_line(checkpoint)
            checkpoint = next(checkpoints, None)
    while checkpoint is not None:
        yield _checkpoint_line(checkpoint)
        checkpoint = next(checkpoints, None)


def _checkpoint_line(checkpoint: SignedCheckpoint) -> str:
    return json.dumps(
        {
            "checkpoint": checkpoint.position,
            "hash": checkpoint.hash,
            "signature": checkpoint.signature,
            "key": checkpoint.key_id,
            "at": moment(checkpoint.at),
        }
    )


def _sealed_rows() -> Iterator[SealedRow]:
    columns = ("uuid", "at", "verb", "object_ref", "actor_name", "user__uuid", "text", "position", "hash")
    sealed = Change.objects.filter(position__isnull=False).order_by("position").values_list(*columns)
    for change, at, verb, object_ref, name, person, text, position, digest in sealed.iterator(chunk_size=1000):
        reference = f"person:{person}" if person else ""
        yield SealedRow(str(change), at, verb, object_ref, name, reference, text, position, digest)


def _checkpoints() -> Iterator[SignedCheckpoint]:
    columns = ("position", "hash", "signature", "key_id", "at")
    for row in Checkpoint.objects.order_by("position", "id").values_list(*columns).iterator(chunk_size=1000):
        yield SignedCheckpoint(*row)


def _kept_secrets() -> Iterator[KeptSecret]:
    kept = ErasableValue.objects.filter(erased_at__isnull=True).order_by("id")
    for row in kept.values_list("change__uuid", "field", "salt", "value", "change__text").iterator(chunk_size=1000):
        change, field, salt, value, text = row
        yield KeptSecret(str(change), field, salt, value, text)
