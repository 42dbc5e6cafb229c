"""Who sees what: workspaces, their members and the abstract model that every confidential record inherits."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.visibility import GuardedQuerySet


class Audience(models.TextChoices):
    """Whom a published record is for."""

    PUBLIC = "PUBLIC", _("Public")
    RESTRICTED = "RESTRICTED", _("Restricted")


class Workspace(models.Model):
    """A closed room: its members see what is restricted to it."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(unique=True)
    title = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.title


class WorkspaceMembership(models.Model):
    """A person's place in a workspace."""

    classified = "parties"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="workspace_memberships")
    since_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "user"], name="access_member_once"),
        ]


class Guarded(models.Model):
    """A record that not everybody may see. Read it through ``visible_to(actor)`` only."""

    audience = models.CharField(max_length=20, choices=Audience, default=Audience.PUBLIC, db_index=True)
    workspace = models.ForeignKey(Workspace, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)  # empty: a draft

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True
