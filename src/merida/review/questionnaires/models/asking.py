"""What is asked of whom: questionnaires, frozen versions, a State's response, the people it is entrusted to."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.models import Guarded, Workspace
from merida.foundation.registry.models import Mechanism, Provision, State
from merida.foundation.sources.fields import MultilingualText
from merida.knowledge.directory.models import Authority

IDENTIFIER_LENGTH = 100


class Questionnaire(Guarded):
    """A questionnaire of a mechanism, or an ad-hoc one to States. A draft until a version is published."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(unique=True)
    titles = MultilingualText()
    mechanism = models.ForeignKey(
        Mechanism, null=True, blank=True, on_delete=models.PROTECT, related_name="questionnaires"
    )

    def __str__(self) -> str:
        return str(self.titles.get("en") or next(iter(self.titles.values()), self.code))


class Version(models.Model):
    """One version. ``content`` is the file; once published it does not change any more (the digest shows it)."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()  # of form_file.write_form
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    questions_count = models.PositiveIntegerField()
    changed_at = models.DateTimeField(default=timezone.now)
    frozen_at = models.DateTimeField(null=True, blank=True)  # when it was published
    note_verbale_text = models.CharField(max_length=500, blank=True, default="")  # its symbol and date
    due_date = models.DateField(null=True, blank=True)
    takes_late = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaires_version_once"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="questionnaires_version_digest_is_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire.code} {self.number}"


class AskedQuestion(models.Model):
    """A question of a published version, to find what is asked about a provision."""

    classified = "public"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="asked")
    identifier = models.CharField(max_length=IDENTIFIER_LENGTH)
    section = models.CharField(max_length=IDENTIFIER_LENGTH)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    provision = models.ForeignKey(Provision, null=True, blank=True, on_delete=models.PROTECT, related_name="asked")
    further = models.ManyToManyField(Provision, blank=True, related_name="asked_too")  # where it asks about several

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "identifier"], name="questionnaires_asked_once"),
        ]


class ResponseStage(models.TextChoices):
    """Where a response stands."""

    OPEN = "OPEN", _("Being answered")
    SUBMITTED = "SUBMITTED", _("Submitted")


class Response(models.Model):
    """A State asked to answer a version. Read it through ``queries.responses(actor)`` only."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="responses")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="responses")
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, default="en")
    stage = models.CharField(max_length=20, choices=ResponseStage, default=ResponseStage.OPEN)
    due_date = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)  # the last time
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "state"], name="questionnaires_response_once"),
            models.CheckConstraint(
                condition=Q(stage__in=ResponseStage.values), name="questionnaires_response_stage_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage="SUBMITTED") | Q(submitted_at__isnull=False),
                name="questionnaires_response_submitted_when",
            ),
        ]


class SectionCount(models.Model):
    """How far a section of a response is, kept with every save: questions asked, answered and cleared."""

    classified = "parties"

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="counts")
    section = models.CharField(max_length=IDENTIFIER_LENGTH)
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "section"], name="questionnaires_count_once"),
            models.CheckConstraint(
                condition=Q(cleared__lte=F("answered"), answered__lte=F("asked")), name="questionnaires_counts_nest"
            ),
        ]


class Delegation(models.Model):
    """A person a response, or some of its sections and questions, is entrusted to. Ended, never deleted."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="delegations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations")
    authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_focal_point = models.BooleanField(default=False)  # sees and clears all of it
    scopes = models.JSONField(default=list, blank=True)  # identifiers of sections and questions
    due_date = models.DateField(null=True, blank=True)
    since_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "ended_at"], name="questionnaires_entrusted")]


class Reminder(models.Model):
    """A letter that reminded a person of a response. Rows are added and never changed."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField(null=True, blank=True)  # as it stood; empty: no deadline, sent by hand
    step_date = models.DateField()  # the day the letter was for
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "user", "step_date"], name="questionnaires_reminded_once"),
        ]
