"""Digests that people asked for."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """How often a digest is sent, at most: nothing is sent where nothing is new."""

    DAILY = "DAILY", _("every day")
    WEEKLY = "WEEKLY", _("every week")


class Digest(models.Model):
    """A person's wish to be told by e-mail what is new among their choices.

    ``choices`` are those of the observatory's address: ``{"theme": "YOUTH", "state": "TON"}``. Nothing is sent before
    ``confirmed_at``: who reads the address has to agree. ``told_until_at`` is the moment up to which records were told.
    """

    classified = "secret"  # what somebody follows tells about the person

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    choices = models.JSONField(default=dict)
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    told_until_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="digests_digest_rhythm_known"),
            models.CheckConstraint(
                condition=Q(language__in=["ar", "zh", "en", "fr", "ru", "es"]), name="digests_digest_language_known"
            ),
        ]
