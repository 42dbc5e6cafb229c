"""What a State answered: every text that was ever acknowledged, discussion, attachments, consent and what is public."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.models import Guarded
from merida.foundation.files.models import StoredFile
from merida.foundation.registry.models import State
from merida.review.questionnaires.models.asking import IDENTIFIER_LENGTH, Response, Version


class Stage(models.TextChoices):
    """Where an answer stands inside the State."""

    DRAFT = "DRAFT", _("Draft")
    IN_REVIEW = "IN_REVIEW", _("In internal review")
    CLEARED = "CLEARED", _("Cleared")


class WhyAside(models.TextChoices):
    """Why a text that was sent is kept beside the answer and not in it."""

    NOT = "", _("In the answer")
    BOTH_WROTE = "BOTH_WROTE", _("Somebody else had changed the answer")
    NO_LONGER_ENTRUSTED = "NO_LONGER_ENTRUSTED", _("The writer was no longer entrusted with the question")
    TOO_LATE = "TOO_LATE", _("The deadline had passed")
    SUBMITTED = "SUBMITTED", _("The answers had been submitted")


class Answer(models.Model):
    """An answer in one language. Read it through ``queries`` only: confidential until consent."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=IDENTIFIER_LENGTH)
    language = models.CharField(max_length=2)
    value = models.JSONField(default=dict, blank=True)
    is_answered = models.BooleanField(default=False)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_revision = models.PositiveIntegerField(null=True, blank=True)  # empty: never, or recalled
    submitted_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recall_text = models.TextField(blank=True, default="")
    is_supplement = models.BooleanField(default=False)  # came after the first submission

    class Meta:
        indexes: ClassVar = [
            # Holds all that the desk asks of thousands of answers, without reading their texts.
            models.Index(
                fields=["response", "language", "is_answered", "question", "stage"], name="questionnaires_standing"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "question", "language"], name="questionnaires_answer_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="questionnaires_answer_stage_known"),
        ]


class Revision(models.Model):
    """A text that was acknowledged. Rows are added and never changed, but for the moment an aside one was settled."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(null=True, blank=True)  # empty: kept aside
    based_on = models.PositiveIntegerField(default=0)
    value = models.JSONField(default=dict, blank=True)
    verb = models.CharField(max_length=20, default="SAVE")
    aside = models.CharField(max_length=30, choices=WhyAside, blank=True, default="")
    sent_key = models.UUIDField(null=True, blank=True)  # made by the sender: the same one is taken once
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["answer"],
                condition=Q(number__isnull=True, settled_at__isnull=True),
                name="questionnaires_kept_aside",
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "number"], name="questionnaires_revision_once"),
            models.UniqueConstraint(fields=["answer", "sent_key"], name="questionnaires_sent_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) ^ Q(aside=""), name="questionnaires_revision_numbered_or_aside"
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether it was kept aside and nobody has settled it yet."""
        return self.number is None and self.settled_at is None


class RemarkAudience(models.TextChoices):
    """Who reads a remark."""

    INTERNAL = "INTERNAL", _("Inside the State")
    REVIEWERS = "REVIEWERS", _("With reviewers and the secretariat")


class Remark(models.Model):
    """A word in the discussion of a question."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="remarks")
    question = models.CharField(max_length=IDENTIFIER_LENGTH)
    audience = models.CharField(max_length=20, choices=RemarkAudience, default=RemarkAudience.INTERNAL)
    text = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["response", "question"], name="questionnaires_remarks")]


class Attachment(models.Model):
    """A file handed in with an answer. Taken away, never deleted."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="attachments")
    question = models.CharField(max_length=IDENTIFIER_LENGTH)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["response", "question"], name="questionnaires_attached")]


class Consent(models.Model):
    """The word of a State that one answer in one language may be published. Revoked for the future, never deleted."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="consents")
    question = models.CharField(max_length=IDENTIFIER_LENGTH)
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["response", "question", "language"],
                condition=Q(revoked_at__isnull=True),
                name="questionnaires_consent_once",
            ),
        ]


class PublishedAnswer(Guarded):
    """What the public reads of an answer: a copy, made on consent and gone when it is revoked."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="published")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="published_answers")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="published_answers")
    question = models.CharField(max_length=IDENTIFIER_LENGTH)
    language = models.CharField(max_length=2)
    value = models.JSONField(default=dict)
    submitted_date = models.DateField()
    due_date = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version", "question"], name="questionnaires_published")]

    @property
    def is_late(self) -> bool:
        """Whether the answer was submitted after its deadline."""
        return self.due_date is not None and self.submitted_date > self.due_date
