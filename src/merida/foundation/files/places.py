"""Where stored bytes lie."""

from pathlib import Path

from django.conf import settings


def path_of(digest: str) -> Path:
    """Return the place of a content: ``FILES_DIRECTORY/ab/cd/abcd…``."""
    return Path(settings.FILES_DIRECTORY) / digest[:2] / digest[2:4] / digest
