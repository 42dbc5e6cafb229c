"""Small secrets encrypted under a key of this installation, made on first use, readable by its owner only."""

import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

KEY_NAME = "second-factors.key"


class NotOurSecretError(ValueError):
    """The text was sealed under another key: the keys directory was lost or belongs to another installation."""


def sealed(text: str) -> str:
    """Return ``text`` encrypted."""
    return Fernet(_key()).encrypt(text.encode("utf-8")).decode("ascii")


def opened(sealed_text: str) -> str:
    """Return what ``sealed`` was given. Raises NotOurSecretError."""
    try:
        return Fernet(_key()).decrypt(sealed_text.encode("ascii")).decode("utf-8")
    except InvalidToken as error:
        raise NotOurSecretError(f"this secret cannot be read with {KEY_NAME}: the person enrols anew") from error


def _key() -> bytes:
    path = Path(settings.KEYS_DIRECTORY) / KEY_NAME
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent) as temporary:  # mode 0600
            temporary.write(Fernet.generate_key())
            temporary.flush()
            os.fsync(temporary.fileno())
            _link_unless_there(temporary.name, path)
    return path.read_bytes()


def _link_unless_there(source: str, path: Path) -> None:
    """Name the new key. Another process may have made one first: then that one counts."""
    try:
        os.link(source, path)
    except FileExistsError:
        return
