"""Where the bytes of a file lie between being handed in and being read."""

from pathlib import Path
from uuid import UUID

from django.conf import settings


def waiting_folder() -> Path:
    """Return the folder in which files wait; it is there."""
    folder = Path(settings.DELIVERIES_DIRECTORY)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def waiting_place(file: UUID) -> Path:
    """Return where the bytes of a delivered file wait."""
    return waiting_folder() / str(file)
