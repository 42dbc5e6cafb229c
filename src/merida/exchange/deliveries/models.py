"""A delivery: files that a person handed in together, and what became of each."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from merida.foundation.access.models import Workspace

LONGEST_NAME = 255


class Delivery(models.Model):
    """What one person handed in at once; with a workspace it is for the members of that workspace only."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    handed_in_at = models.DateTimeField(default=timezone.now, db_index=True)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return str(self.uuid)


class FileState(models.TextChoices):
    """How far a file is; the last four are results of reading."""

    WAITING = "WAITING"
    READING = "READING"
    READ = "READ"
    NEW_VERSION = "NEW_VERSION"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"


class DeliveredFile(models.Model):
    """One file of a delivery. Its bytes wait in a folder until it is read, and are gone from there afterwards."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)  # as handed in, without folders
    size = models.PositiveBigIntegerField()  # bytes
    symbol = models.CharField(max_length=80, blank=True, default="")  # given by hand, where the text prints none
    state = models.CharField(max_length=12, choices=FileState, default=FileState.WAITING)
    code = models.CharField(max_length=30, blank=True, default="")  # why it was refused
    reason = models.TextField(blank=True, default="")  # the same in English, with the place in the file
    slug = models.CharField(max_length=120, blank=True, default="")  # of the document that it became
    language = models.CharField(max_length=2, blank=True, default="")
    number = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField(default=dict)  # headings, texts, mentions, proposals
    pages_read = models.PositiveIntegerField(default=0)  # of a file with pages that is being read
    pages_all = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)  # the last page that its reader told of
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["delivery_id", "position"]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="deliveries_file_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "position"], name="deliveries_file_once"),
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="deliveries_file_state_known"),
            models.CheckConstraint(condition=~Q(state="REFUSED") | ~Q(code=""), name="deliveries_file_refused_why"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
