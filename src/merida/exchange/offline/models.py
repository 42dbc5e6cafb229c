"""Packages that were taken along, and what waits to be taken in."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from merida.review.questionnaires.models import Response, Version


class Package(models.Model):
    """Who took which part of a response along, and when. The passphrase is nowhere."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="packages")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)  # of the page
    questions_count = models.PositiveIntegerField()
    answers_count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)  # the last time

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="offline_package_digest_is_sha256"
            ),
        ]


class Returned(models.Model):
    """Answers that were brought back and opened: shown first, then taken in, after which the texts are gone here."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="returns")
    content = models.TextField(blank=True, default="")  # of answers_file.rows_as_text
    returned_at = models.DateTimeField(default=timezone.now)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_in_at = models.DateTimeField(null=True, blank=True)
