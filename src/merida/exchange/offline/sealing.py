"""A text under a passphrase: PBKDF2-SHA-256, HKDF-SHA-256, AES-256-GCM, gzip inside. Pure.

``docs/reference/offline-package.md`` describes the format; ``page/sealing.js`` is the same in a browser.
"""

import base64
import binascii
import gzip
import hashlib
import hmac
import json
import unicodedata
import zlib
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ITERATIONS: Final = 600_000  # OWASP, Password Storage Cheat Sheet (2023): PBKDF2-HMAC-SHA256
MOST_ITERATIONS: Final = 2_000_000  # a file that asks for more only wants to keep this machine busy
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12  # NIST SP 800-38D, 8.2: 96 bits
MOST_SEALED: Final = 24_000_000  # characters of an envelope that are read at all
MOST_OPENED: Final = 120_000_000  # bytes it may unpack to


class NotOpenedError(ValueError):
    """The file was not opened. ``reason`` is NOT_OURS, TRUNCATED, PASSPHRASE, CHANGED or TOO_LARGE."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What can be read without the passphrase. The header is kept as it was written: it is authenticated."""

    header: str
    content: bytes

    def told(self) -> dict[str, Any]:
        """Return the header's values."""
        told: dict[str, Any] = json.loads(self.header)
        return told


def master_key(passphrase: str, salt: bytes, *, iterations: int) -> bytes:
    """Return the 32 bytes that everything else is derived from. Composed and decomposed letters are the same."""
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return hashlib.pbkdf2_hmac("sha256", typed, salt, iterations)


def seal(text: str, master: bytes, *, kind: str, package: str, salt: bytes, nonce: bytes, iterations: int) -> str:
    """Return a text compressed and encrypted, as an envelope of one line.

    ``kind`` names the format and separates the keys: a file of one kind does not open as another. ``nonce`` must
    never be given twice under one salt and passphrase.
    """
    header = json.dumps(
        {
            "format": kind,
            "package": package,
            "kdf": "PBKDF2-SHA-256",
            "iterations": iterations,
            "salt": _written(salt),
            "check": _written(_derived(master, "merida check")[:16]),
            "cipher": "AES-256-GCM",
            "nonce": _written(nonce),
            "packed": "gzip",
        },
        separators=(",", ":"),
    )
    packed = gzip.compress(text.encode(), compresslevel=6, mtime=0)
    content = AESGCM(_derived(master, kind)).encrypt(nonce, packed, header.encode())
    return json.dumps({"header": header, "content": _written(content)}, separators=(",", ":"))


def read_envelope(text: str, *, kind: str) -> Envelope:
    """Return the envelope that ``text`` holds. Raises NotOpenedError."""
    if len(text) > MOST_SEALED:
        raise NotOpenedError("TOO_LARGE")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise NotOpenedError("TRUNCATED" if text.lstrip().startswith('{"header":') else "NOT_OURS") from None
    try:
        envelope = Envelope(given["header"], base64.b64decode(given["content"], validate=True))
        told = envelope.told()
        _check(told, kind)
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error, RecursionError):
        raise NotOpenedError("NOT_OURS") from None
    return envelope


def open_sealed(envelope: Envelope, passphrase: str) -> str:
    """Return the text of an envelope. Raises NotOpenedError: PASSPHRASE, CHANGED, TOO_LARGE."""
    told = envelope.told()
    master = master_key(passphrase, base64.b64decode(told["salt"]), iterations=told["iterations"])
    if not hmac.compare_digest(_derived(master, "merida check")[:16], base64.b64decode(told["check"])):
        raise NotOpenedError("PASSPHRASE")
    key, nonce = _derived(master, told["format"]), base64.b64decode(told["nonce"])
    try:
        packed = AESGCM(key).decrypt(nonce, envelope.content, envelope.header.encode())
    except (InvalidTag, ValueError):
        raise NotOpenedError("CHANGED") from None
    return _unpacked(packed)


def _check(told: dict[str, Any], kind: str) -> None:
    """Refuse what is no envelope of ``kind`` before any key is derived. Raises ValueError, KeyError."""
    sizes = [len(base64.b64decode(told[name], validate=True)) for name in ("salt", "check", "nonce")]
    named = (told["format"], told["kdf"], told["cipher"], told["packed"])
    if named != (kind, "PBKDF2-SHA-256", "AES-256-GCM", "gzip") or sizes != [SALT_BYTES, 16, NONCE_BYTES]:
        raise ValueError(kind)
    if type(told["iterations"]) is not int or not 1 <= told["iterations"] <= MOST_ITERATIONS:
        raise ValueError(kind)
    if not isinstance(told["package"], str):
        raise TypeError(kind)


def _unpacked(packed: bytes) -> str:
    reader = zlib.decompressobj(wbits=31)
    try:
        text = reader.decompress(packed, MOST_OPENED)
        if reader.unconsumed_tail:
            raise NotOpenedError("TOO_LARGE")
        if not reader.eof:
            raise NotOpenedError("CHANGED")
        return text.decode()
    except (zlib.error, UnicodeDecodeError):
        raise NotOpenedError("CHANGED") from None


def _derived(master: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(master)


def _written(content: bytes) -> str:
    return base64.b64encode(content).decode()
