"""Where language versions of a document tell different things, and what a person found when looking."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.knowledge.documents.models import Document


class Finding(models.TextChoices):
    """What a person found about a difference."""

    TEXTS_DIFFER = "TEXTS_DIFFER", _("The texts do differ")
    READ_WRONGLY = "READ_WRONGLY", _("The texts agree; one was read wrongly")
    SAID_OTHERWISE = "SAID_OTHERWISE", _("The texts agree; one says it in other words")


class LanguageDifference(models.Model):
    """A paragraph in which versions tell different things, as the latest readings say.

    ``places`` is where it stands by language, ``told`` what not all languages tell, by language; ``digest`` knows it
    again, so that what a person found stays when the texts are read again and still say the same. ``gone_at``: the
    latest readings agree; kept because a person had looked.
    """

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=300)
    places = models.JSONField()
    kind = models.CharField(max_length=20)
    told = models.JSONField()
    digest = models.CharField(max_length=64)
    found_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=20, choices=Finding, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["document", "position"], name="alignment_difference_in_order")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "digest"], name="alignment_difference_once"),
            models.CheckConstraint(
                condition=Q(finding="", settled_at__isnull=True)
                | (Q(finding__in=Finding.values) & Q(settled_at__isnull=False)),
                name="alignment_settled_has_moment",
            ),
        ]
