"""Laws of States, to be chosen wherever one is named."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from merida.foundation.access.models import Guarded
from merida.foundation.files.models import StoredFile
from merida.foundation.registry.models import State
from merida.foundation.sources.fields import MultilingualText


class Law(Guarded):
    """A law, regulation or policy of a State. Registered at a State's desk it stays there until it is published."""

    classified = "parties"  # until a library shows it: what is entered tells of answers in the making

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="laws")
    titles = MultilingualText()
    adopted_date = models.DateField(null=True, blank=True)
    amended_date = models.DateField(null=True, blank=True)  # the last amendment
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source_text = models.CharField(max_length=500, blank=True, default="")
    registered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amended_date__isnull=True)
                | Q(adopted_date__isnull=True)
                | Q(amended_date__gte=F("adopted_date")),
                name="library_law_amended_after_adopted",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "adopted_date"], name="library_law_of_state")]

    def __str__(self) -> str:
        return str(self.titles.get("en") or next(iter(self.titles.values()), self.uuid))
