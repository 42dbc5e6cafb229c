"""The change log: who did what to which record and when, sealed into one chain that shows any later touch."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Change(models.Model):
    """One thing done. ``text`` says all of it; the columns beside it only help to find it.

    ``position`` and ``hash`` are empty until the row is sealed. The hash covers the hash before it and the bytes of
    ``text`` as they are stored, never a value that was read and written again.
    """

    classified = "secret"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(db_index=True)
    actor_name = models.CharField(max_length=200, blank=True, default="")  # of an actor without an account
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes"
    )
    verb = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=100, db_index=True)  # "kind:uuid"
    text = models.TextField()  # canonical JSON (RFC 8785)
    position = models.PositiveBigIntegerField(null=True, blank=True, unique=True)
    hash = models.CharField(max_length=64, blank=True, default="")  # SHA-256, lower-case hexadecimal
    is_confined = models.BooleanField(default=False)  # nothing that everybody may see has changed

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(position__isnull=True, hash="") | Q(position__gte=1, hash__regex=r"^[0-9a-f]{64}$"),
                name="changes_position_with_hash",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(position__isnull=True), name="changes_unsealed"),
            # The last change that everybody may see is asked for by every page: found without walking past the others.
            models.Index(fields=["id"], condition=Q(is_confined=False), name="changes_open_id"),
            models.Index(fields=["position"], condition=Q(is_confined=False), name="changes_open_position"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_ref} ({self.uuid})"


class Checkpoint(models.Model):
    """The signed word that the chain stood at ``hash`` when it was ``position`` long."""

    classified = "public"

    position = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)  # Ed25519, lower-case hexadecimal
    key_id = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["position"], name="changes_checkpoint_position")]


class ErasableValue(models.Model):
    """A secret value of a change. The change's text holds its salted digest only, so the value can be erased."""

    classified = "secret"

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="erasable_values")
    field = models.CharField(max_length=120)  # "before.email", "after.email"
    salt = models.CharField(max_length=64, blank=True, default="")
    value = models.TextField(blank=True, default="")  # canonical JSON
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "field"], name="changes_erasable_value_once"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(salt="", value=""), name="changes_erased_is_gone"
            ),
        ]
