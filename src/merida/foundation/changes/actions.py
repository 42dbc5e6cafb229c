"""Writing a change down, in the transaction of the deed itself."""

import datetime as dt
import re
import secrets
import uuid
from collections.abc import Collection, Mapping
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone

from merida.foundation.changes.canonical import canonical_json, change_text, secret_digest
from merida.foundation.changes.models import Change, ErasableValue
from merida.foundation.changes.sealing import seal_after_commit
from merida.foundation.changes.signals import change_recorded

OBJECT_REF = re.compile(r"[a-z][a-z0-9-]*:[A-Za-z0-9][A-Za-z0-9._-]*")


class Acting(Protocol):
    """Who acts, as far as the log needs to know: ``access.visibility.Actor`` is one."""

    @property
    def name(self) -> str:
        """The name to show."""

    @property
    def role(self) -> str:
        """The role's code at this moment."""

    @property
    def user_id(self) -> int | None:
        """The account, or None for merida itself."""

    @property
    def reference(self) -> str:
        """The account by its stable identifier, ``person:uuid``, or an empty text."""


class NotInTransactionError(RuntimeError):
    """A change was recorded outside a transaction: deed and record must be kept or lost together."""


def reference_to(record: models.Model) -> str:
    """Return the stable identifier of a record with a ``uuid``: ``kind:uuid``, for example ``document:8f1c…``."""
    return f"{record._meta.model_name}:{record.uuid}"  # type: ignore[attr-defined]  # noqa: SLF001


def record_change(  # a change has this many parts
    actor: Acting,
    verb: str,
    object_ref: str,
    *,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    secret_fields: Collection[str] = (),
    is_confined: bool = False,
) -> Change:
    """Write down that ``actor`` did ``verb`` to the record ``object_ref`` (``kind:uuid``).

    ``before`` and ``after`` hold the fields that changed (None: there was, or is, no record). Values of
    ``secret_fields`` enter as salted digests; the values themselves can be erased later. ``is_confined`` says that
    nothing has changed that everybody may see, so that public pages stay as they are. The change is chained soon after
    the transaction is committed. Raises NotInTransactionError outside a transaction, NotWritableError for
    values that JSON cannot hold, ValueError for an ill-formed verb or identifier.
    """
    erasable: list[ErasableValue] = []
    body = {
        "before": _without_secrets("before", before, secret_fields, erasable),
        "after": _without_secrets("after", after, secret_fields, erasable),
    }
    return _write(actor, verb, object_ref, body, erasable, is_confined=is_confined)


def record_bulk(
    actor: Acting, verb: str, object_ref: str, *, digest: str, counts: Mapping[str, int], is_confined: bool = False
) -> Change:
    """Write down a whole file or document that was taken in as ONE change.

    ``digest`` is the SHA-256 of the content, ``counts`` how many rows of which kind came of it. ``is_confined``, and
    what is raised, are as of ``record_change``.
    """
    return _write(actor, verb, object_ref, {"digest": digest, "counts": dict(counts)}, [], is_confined=is_confined)


def erase_secret_values(actor: Acting, object_ref: str, *, reason: str) -> int:
    """Erase the secret values of all changes of ``object_ref``; return how many. The chain still verifies.

    The erasure itself is recorded.
    """
    with transaction.atomic():
        kept = ErasableValue.objects.filter(change__object_ref=object_ref, erased_at__isnull=True)
        erased = kept.update(salt="", value="", erased_at=timezone.now())
        record_change(
            actor, "ERASE_SECRET_VALUES", object_ref, before=None, after={"values_erased": erased, "reason": reason}
        )
    return erased


def _without_secrets(
    side: str, values: Mapping[str, Any] | None, secret_fields: Collection[str], erasable: list[ErasableValue]
) -> dict[str, Any] | None:
    """Return ``values`` with digests in place of secrets; the secrets are appended to ``erasable``."""
    if values is None:
        return None
    shown = dict(values)
    for name in sorted(set(secret_fields) & shown.keys()):
        salt, value = secrets.token_hex(32), canonical_json(shown[name])
        shown[name] = {"digest": secret_digest(salt, value)}
        erasable.append(ErasableValue(field=f"{side}.{name}", salt=salt, value=value))
    return shown


def _write(
    actor: Acting,
    verb: str,
    object_ref: str,
    body: Mapping[str, Any],
    erasable: list[ErasableValue],
    *,
    is_confined: bool = False,
) -> Change:
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError(f"{verb} {object_ref}: record a change inside the transaction of the deed")
    if not re.fullmatch(r"[A-Z][A-Z0-9_]*", verb):
        raise ValueError(f"{verb!r} is not a verb of the change log: UPPER_CASE is")
    if not OBJECT_REF.fullmatch(object_ref):
        raise ValueError(f"{object_ref!r} does not identify a record: kind:identifier does")
    change_id, at = uuid.uuid4(), timezone.now()
    who = _written_actor(actor)
    change = Change.objects.create(
        uuid=change_id,
        at=at.astimezone(dt.UTC),
        actor_name=who.get("name", ""),
        user_id=actor.user_id,
        verb=verb,
        object_ref=object_ref,
        is_confined=is_confined,
        text=change_text(change_id=change_id, at=at, actor=who, verb=verb, object_ref=object_ref, body=body),
    )
    for value in erasable:
        value.change = change
    ErasableValue.objects.bulk_create(erasable)
    change_recorded.send(sender=Change, change=change)
    seal_after_commit()
    return change


def _written_actor(actor: Acting) -> dict[str, str]:
    """Return the actor as the log writes it: a person by reference, so that the name can be forgotten."""
    if actor.reference:
        return {"person": actor.reference, "role": actor.role}
    return {"name": actor.name, "role": actor.role}
