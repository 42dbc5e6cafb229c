"""The one sealer: gives committed changes their place and hash in the chain and signs where it stands."""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from merida.foundation.changes.canonical import GENESIS, chain_hash, checkpoint_message
from merida.foundation.changes.keys import signing_key
from merida.foundation.changes.models import Change, Checkpoint

LOCK = 0x6D65726964610001  # "merida", 1: the advisory lock on PostgreSQL


def seal(limit: int = 1000) -> int:
    """Chain up to ``limit`` committed changes in the order they were written; return how many were chained.

    One sealer works at a time; others wait. Raises RuntimeError inside a transaction: a change that may still be
    rolled back must not be chained.
    """
    with transaction.atomic(durable=True):
        _wait_for_other_sealers()
        waiting = Change.objects.filter(position__isnull=True).order_by("id")
        changes = list(waiting.only("id", "text")[:limit])
        if not changes:
            return 0
        position, digest = _head()
        for change in changes:
            position, digest = position + 1, chain_hash(digest, change.text)
            change.position, change.hash = position, digest
        _write_places(changes)
        _sign(position, digest)
    return len(changes)


def seal_all() -> int:
    """Chain everything that is committed; return how many changes were chained."""
    total = 0
    while sealed := seal():
        total += sealed
    return total


def seal_after_commit() -> None:
    """Seal soon after the current transaction is committed. Should that fail, the next seal goes on from there."""
    waiting = (callback for _, callback, *_ in connection.run_on_commit)
    if _seal_quietly not in waiting:
        transaction.on_commit(_seal_quietly, robust=True)


def _seal_quietly() -> None:
    if getattr(settings, "SEAL_AFTER_COMMIT", True) and not connection.in_atomic_block:
        seal()


def _wait_for_other_sealers() -> None:
    """On PostgreSQL take the advisory lock. SQLite took its write lock at BEGIN IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _write_places(changes: Sequence[Change]) -> None:
    """Write position and hash. Most often one change waits: a plain update costs a third of one for many."""
    if len(changes) == 1:
        Change.objects.filter(pk=changes[0].pk).update(position=changes[0].position, hash=changes[0].hash)
    else:
        Change.objects.bulk_update(changes, ["position", "hash"], batch_size=200)


def _head() -> tuple[int, str]:
    last = Change.objects.filter(position__isnull=False).order_by("-position").values_list("position", "hash").first()
    return (0, GENESIS) if last is None else (last[0] or 0, last[1])


def _sign(position: int, digest: str) -> None:
    key, at = signing_key(), timezone.now()
    message = checkpoint_message(position=position, digest=digest, key_id=key.key_id, at=at)
    Checkpoint.objects.create(
        position=position, hash=digest, key_id=key.key_id, at=at, signature=key.private.sign(message).hex()
    )
