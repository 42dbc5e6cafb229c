"""Authorities of States: who does what, in which languages, and how to reach them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.models import Guarded
from merida.foundation.registry.models import State
from merida.foundation.sources.fields import MultilingualText


class AuthorityFunction(models.TextChoices):
    """What an authority is there for."""

    MINISTRY = "MINISTRY", _("Ministry")
    CENTRAL_AUTHORITY = "CENTRAL_AUTHORITY", _("Central authority")
    PREVENTIVE_BODY = "PREVENTIVE_BODY", _("Preventive body")
    ASSET_RECOVERY = "ASSET_RECOVERY", _("Asset recovery focal point")
    OTHER = "OTHER", _("Other")


class Authority(Guarded):
    """An office of a State. Its contact is for parties."""

    classified = "parties"  # until a library shows it: what is entered tells of answers in the making
    classified_fields: ClassVar = {"contact_text": "parties"}

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="authorities")
    names = MultilingualText()
    function = models.CharField(max_length=30, choices=AuthorityFunction, default=AuthorityFunction.MINISTRY)
    languages = models.JSONField(default=list, blank=True)  # codes of the languages it works in
    contact_text = models.TextField(blank=True, default="")
    registered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(function__in=AuthorityFunction.values), name="directory_authority_function_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.names.get("en") or next(iter(self.names.values()), self.uuid))
