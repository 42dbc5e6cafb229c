"""How a change is written down: canonical JSON, and salted digests in place of secret values. Pure."""

import datetime as dt
import enum
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import rfc8785

FORMAT = 1
GENESIS = "0" * 64  # what stands before the first change


class NotWritableError(ValueError):
    """A value cannot be written down exactly, for example NaN or an object that JSON does not know."""


def plain(value: Any) -> Any:
    """Return ``value`` in JSON's own types: dates and moments as ISO text, decimals and UUIDs as text.

    Raises NotWritableError for anything else.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value.value if isinstance(value, enum.Enum) else value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(each) for each in value)
    raise NotWritableError(f"{type(value).__name__} cannot be written to the change log")


def canonical_json(value: Any) -> str:
    """Return the one way to write ``value`` as JSON (RFC 8785). Raises NotWritableError."""
    try:
        return rfc8785.dumps(plain(value)).decode("utf-8")
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise NotWritableError(f"this value cannot be written to the change log: {error}") from error


def secret_digest(salt: str, value_text: str) -> str:
    """Return what the log keeps of a secret value: HMAC-SHA-256 of its canonical JSON under the salt (hexadecimal)."""
    return hmac.new(bytes.fromhex(salt), value_text.encode("utf-8"), hashlib.sha256).hexdigest()


def chain_hash(previous: str, text: str) -> str:
    """Return SHA-256 over the previous hash (as bytes) and the stored text (UTF-8), lower-case hexadecimal."""
    return hashlib.sha256(bytes.fromhex(previous) + text.encode("utf-8")).hexdigest()


def checkpoint_message(*, position: int, digest: str, key_id: str, at: dt.datetime) -> bytes:
    """Return the bytes that a checkpoint's signature covers."""
    return f"merida checkpoint {FORMAT}\n{position}\n{digest}\n{key_id}\n{moment(at)}\n".encode()


def moment(at: dt.datetime) -> str:
    """Return a moment as the log writes it: UTC, microseconds, ``Z``."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def change_text(  # the fields of a change, each by name
    *,
    change_id: uuid.UUID,
    at: dt.datetime,
    actor: Mapping[str, str],
    verb: str,
    object_ref: str,
    body: Mapping[str, Any],
) -> str:
    """Return the text of a change, which is what the chain covers. Raises NotWritableError."""
    return canonical_json(
        {
            "format": FORMAT,
            "change": str(change_id),
            "at": moment(at),
            "actor": dict(actor),
            "verb": verb,
            "object": object_ref,
            **body,
        }
    )
