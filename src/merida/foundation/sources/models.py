"""Where facts come from: citations, and how far a fact is supported by its citation."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from merida.foundation.sources.fields import MultilingualText
from merida.foundation.sources.languages import text_in

__all__ = ["Confidence", "MultilingualText", "Source", "SourceKind", "Sourced", "text_in"]


class Confidence(models.TextChoices):
    """How far a fact is supported. Everything but SOURCED is shown as unverified."""

    SOURCED = "SOURCED", _("Stands in the source")
    UNVERIFIED = "UNVERIFIED", _("Unverified: supported in part")
    RECALLED = "RECALLED", _("Unverified: recalled, no source seen")


class SourceKind(models.TextChoices):
    """What kind of thing a source is."""

    UN_DOCUMENT = "UN_DOCUMENT", _("United Nations document")
    TREATY_RECORD = "TREATY_RECORD", _("Record of a depositary")
    TREATY_TEXT = "TREATY_TEXT", _("Text of a treaty")
    ORGANISATION_STATEMENT = "ORGANISATION_STATEMENT", _("Statement of an organization")
    DATASET = "DATASET", _("Dataset")
    REFERENCE_WORK = "REFERENCE_WORK", _("Reference work")
    PRESS = "PRESS", _("Press")
    RECOLLECTION = "RECOLLECTION", _("Recollection")


class Source(models.Model):
    """A citation that facts refer to."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=30, choices=SourceKind)
    citation = models.TextField()
    as_of_date = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="sources_source_kind_known"),
        ]

    def __str__(self) -> str:
        return self.citation


class Sourced(models.Model):
    """A fact with its source and confidence."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    confidence = models.CharField(max_length=20, choices=Confidence)
    note = models.TextField(blank=True, default="")

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values), name="%(app_label)s_%(class)s_confidence_known"
            ),
        ]

    @property
    def is_unverified(self) -> bool:
        """Whether the fact must carry the mark and the word "unverified"."""
        return self.confidence != Confidence.SOURCED
