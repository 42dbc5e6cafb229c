"""PDF files that were asked for: waiting, being set, made, or not to be made."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class PrintState(models.TextChoices):
    """How far a file is."""

    QUEUED = "QUEUED"
    SETTING = "SETTING"
    MADE = "MADE"
    FAILED = "FAILED"


class Printing(models.Model):
    """One PDF, named by the digest of all that stands in it: whoever may see that very text shares the file.

    A copy for a while, not a record: ``content`` goes when the file is made, the row when it is old. What a reader
    may see is decided anew before each look, so that nothing here outlives a consent.
    """

    classified = "secret"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of ``content``
    content = models.BinaryField(default=b"", blank=True)  # JSON, of ``checklist_pdf.asked``; empty once it is made
    characters_count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PrintState, default=PrintState.QUEUED)
    file = models.BinaryField(default=b"", blank=True)
    fault = models.CharField(max_length=20, blank=True, default="")  # NO_ENGINE, NO_FONT, TOO_LONG, BROKEN
    script = models.CharField(max_length=20, blank=True, default="")  # that no font writes
    asked_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)  # the last sign of life
    ended_at = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(max_length=32, blank=True, default="")  # of the worker that sets it

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"], name="outputs_printing_waiting")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=PrintState.values), name="outputs_printing_state_known"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="outputs_printing_digest"),
            models.CheckConstraint(condition=~Q(state="FAILED") | ~Q(fault=""), name="outputs_printing_fault_named"),
            models.CheckConstraint(condition=~Q(state="SETTING") | ~Q(claim=""), name="outputs_printing_set_by_one"),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.state}"
