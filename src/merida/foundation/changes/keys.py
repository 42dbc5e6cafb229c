"""The installation's signing key: made on first use, readable by its owner only, never replaced."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

PRIVATE_NAME = "changes.pem"
PUBLIC_PATTERN = "changes-*.pub"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the short name that its checkpoints carry."""

    key_id: str
    private: Ed25519PrivateKey


def signing_key() -> SigningKey:
    """Return the key of this installation, made now if there is none."""
    directory = Path(settings.KEYS_DIRECTORY)
    path = directory / PRIVATE_NAME
    if not path.exists():
        _make(directory, path)
    private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise TypeError(f"{PRIVATE_NAME} holds no Ed25519 key")
    return SigningKey(key_id(_raw(private.public_key())), private)


def public_keys() -> dict[str, bytes]:
    """Return the public keys known here, the present one and earlier ones: raw bytes by key id."""
    keys = {}
    for path in sorted(Path(settings.KEYS_DIRECTORY).glob(PUBLIC_PATTERN)):
        raw = bytes.fromhex(path.read_text(encoding="ascii").strip())
        keys[key_id(raw)] = raw
    return keys


def key_id(raw_public_key: bytes) -> str:
    """Return the short name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(raw_public_key).hexdigest()[:16]


def signature_holds(raw_public_key: bytes, signature: str, message: bytes) -> bool:
    """Say whether ``signature`` (hexadecimal) is that key's over ``message``."""
    try:
        Ed25519PublicKey.from_public_bytes(raw_public_key).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _make(directory: Path, path: Path) -> None:
    """Make the key. Two processes may try at once: a link, unlike a rename, refuses to replace the first one's."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = Ed25519PrivateKey.generate()
    raw = _raw(private.public_key())
    with tempfile.NamedTemporaryFile(dir=directory) as temporary:  # mode 0600
        temporary.write(
            private.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        temporary.flush()
        os.fsync(temporary.fileno())
        (directory / f"changes-{key_id(raw)}.pub").write_text(raw.hex() + "\n", encoding="ascii")
        try:
            os.link(temporary.name, path)
        except FileExistsError:
            (directory / f"changes-{key_id(raw)}.pub").unlink()


def _raw(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
