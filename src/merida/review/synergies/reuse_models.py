"""What a named person decided about an earlier answer that was offered at a question."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.review.questionnaires.models import Answer, Response


class ReuseOutcome(models.TextChoices):
    """What became of it."""

    ACCEPTED = "ACCEPTED", _("taken as it was")
    ADAPTED = "ADAPTED", _("taken and adapted")
    REJECTED = "REJECTED", _("not taken")


class Reuse(models.Model):
    """An earlier answer taken, adapted or not taken at a question, with exactly the text that was read.

    Read it through ``reuse`` only: it tells that the source answer is there. ``mapping_code`` is empty where both
    questions are about the same provision. ``mapping_revision`` and ``source_revision`` are those of the moment.
    """

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="reuses")
    question = models.CharField(max_length=100)
    language = models.CharField(max_length=2)
    source = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="reuses")
    source_revision = models.PositiveIntegerField()
    source_text = models.TextField()
    mapping_code = models.CharField(max_length=40, blank=True, default="")
    mapping_revision = models.PositiveIntegerField(default=0)
    relation = models.CharField(max_length=12)
    differs_text = models.TextField(blank=True, default="")  # what a person had written differs, as it was shown
    signs = models.JSONField(default=list)  # of age, as they stood
    outcome = models.CharField(max_length=12, choices=ReuseOutcome)
    answer_revision = models.PositiveIntegerField(null=True, blank=True)  # empty: not taken
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["response", "question", "language", "source", "source_revision"], name="synergies_reuse_once"
            ),
            models.CheckConstraint(
                condition=(Q(outcome="REJECTED", answer_revision__isnull=True))
                | (Q(outcome__in=["ACCEPTED", "ADAPTED"], answer_revision__isnull=False)),
                name="synergies_reuse_taken_has_revision",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["response", "question"], name="synergies_reuse_of_question")]


class ChangeLetter(models.Model):
    """A letter that told a person that an answer was changed from which one here was taken.

    ``decided_revision`` is the newest text of the source that somebody had decided about: until somebody decides
    again, the same person is not written to again. Rows are added and never changed.
    """

    classified = "parties"

    reuse = models.ForeignKey(Reuse, on_delete=models.CASCADE, related_name="change_letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_revision = models.PositiveIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reuse", "user", "decided_revision"], name="synergies_change_told_once"),
        ]
