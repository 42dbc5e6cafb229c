"""Stored bytes, named by their digest: the same content is kept once and never changed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """The original bytes of something handed in. They lie under the data directory, named by SHA-256."""

    classified = "parties"

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the bytes, lower-case hexadecimal
    size = models.PositiveBigIntegerField()  # bytes
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)  # as handed in, without folders
    stored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="files_digest_is_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.digest[:12]})"
