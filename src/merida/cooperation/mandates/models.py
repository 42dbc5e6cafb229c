"""Operative paragraphs and what was done about them; reports, part by part, as drafted and as people left them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.models import Guarded
from merida.foundation.registry.models import Resolution
from merida.knowledge.documents.models import Document, Paragraph, Version
from merida.knowledge.observatory.models import Activity, Figure


class Addressee(models.TextChoices):
    """Who is asked."""

    STATES = "STATES", _("States parties")
    SECRETARIAT = "SECRETARIAT", _("Secretariat")
    UNODC = "UNODC", _("United Nations Office on Drugs and Crime")
    WORKING_GROUP = "WORKING_GROUP", _("Working group")
    CONFERENCE = "CONFERENCE", _("The Conference itself")
    ORGANISATIONS = "ORGANISATIONS", _("International organizations")
    DONORS = "DONORS", _("Donors")
    OTHER = "OTHER", _("Others")


class Condition(models.TextChoices):
    """What limits a request."""

    EXTRABUDGETARY = "EXTRABUDGETARY", _("subject to extrabudgetary resources")
    EXISTING_RESOURCES = "EXISTING_RESOURCES", _("within existing resources")
    ON_REQUEST = "ON_REQUEST", _("upon request")
    OTHER = "OTHER", _("another condition")


class Mandate(models.Model):
    """An operative paragraph, or a lettered item of one, as far as it asks one addressee; "" where it asks nobody.

    ``number`` is as printed: ``22``, ``22(a)``. One read from a document (``version``, ``place``) is as visible as
    that, one that a person entered is public. Until ``confirmed_at`` only curators see it. ``condition_words`` and
    ``due_words`` are as printed. ``revision`` counts changes, so that two people do not overwrite each other.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="mandates")
    number = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=2)
    addressee = models.CharField(max_length=20, choices=Addressee, blank=True, default="")
    condition = models.CharField(max_length=20, choices=Condition, blank=True, default="")
    condition_words = models.CharField(max_length=300, blank=True, default="")
    due_date = models.DateField(null=True, blank=True)
    due_words = models.CharField(max_length=300, blank=True, default="")
    version = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paragraph = models.ForeignKey(Paragraph, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.CharField(max_length=300, blank=True, default="")
    rule = models.CharField(max_length=120, blank=True, default="")  # that read it; "" where a person entered it
    recorded_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resolution", "number", "addressee"], name="mandates_mandate_once"),
            models.CheckConstraint(
                condition=Q(addressee__in=["", *Addressee.values]) & Q(condition__in=["", *Condition.values]),
                name="mandates_mandate_codes_known",
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(text=""), name="mandates_mandate_says_something"),
            models.CheckConstraint(
                condition=Q(version__isnull=True, place="") | (Q(version__isnull=False) & ~Q(place="")),
                name="mandates_mandate_read_has_place",
            ),
        ]


class Succession(models.Model):
    """A resolution that takes up the subject of an earlier one."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    earlier = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="successions")
    later = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="precedents")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["earlier", "later"], name="mandates_succession_once"),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="mandates_succession_of_another"),
        ]


class Evidence(models.Model):
    """A record that shows what was done about a mandate: an activity, a figure or a document. Shown only with it."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="evidence")
    activity = models.ForeignKey(Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    figure = models.ForeignKey(Figure, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, figure__isnull=True, document__isnull=True)
                | Q(activity__isnull=True, figure__isnull=False, document__isnull=True)
                | Q(activity__isnull=True, figure__isnull=True, document__isnull=False),
                name="mandates_evidence_is_one_record",
            ),
            models.UniqueConstraint(
                fields=["mandate", "activity"], condition=Q(activity__isnull=False), name="mandates_activity_once"
            ),
            models.UniqueConstraint(
                fields=["mandate", "figure"], condition=Q(figure__isnull=False), name="mandates_figure_once"
            ),
            models.UniqueConstraint(
                fields=["mandate", "document"], condition=Q(document__isnull=False), name="mandates_document_once"
            ),
        ]


class Placement(models.Model):
    """Under which heading of reports a person put an activity; it holds for every draft."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=40)  # a code of the scheme
    placed_at = models.DateTimeField(default=timezone.now)


class Report(Guarded):
    """A report to a conference on resolutions, made of public records of a period (both days included).

    The lines of the masthead are as the secretariat gives them; an empty one is left out.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2, choices=[("en", _("English")), ("zh", _("Chinese"))])
    resolutions = models.ManyToManyField(Resolution, related_name="+")
    first_date = models.DateField()
    last_date = models.DateField()
    symbol = models.CharField(max_length=60, blank=True, default="")
    body = models.CharField(max_length=300, blank=True, default="")
    session = models.CharField(max_length=300, blank=True, default="")
    agenda_item = models.CharField(max_length=300, blank=True, default="")
    document_date = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    drafted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_date__gte=F("first_date")), name="mandates_report_days_in_order"),
            models.CheckConstraint(
                condition=~Q(title="") & Q(language__in=["en", "zh"]), name="mandates_report_has_title_and_language"
            ),
        ]


class ReportPart(models.Model):
    """A heading or paragraph of a report, as visible as its report.

    ``key`` is the same in every draft. Sentences are ``[[text, [record, …]], …]`` with records as ``kind:uuid``:
    ``drafted`` by the draft that ``shown`` rests on, ``shown`` in the report, ``beneath`` by a later draft where a
    person's words stand over it. ``gone``: a later draft has nothing here.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=80)
    heading = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()  # 0 a paragraph, 1 to 4 a heading
    position = models.PositiveIntegerField()
    drafted = models.JSONField(default=list)
    shown = models.JSONField(default=list)
    beneath = models.JSONField(default=list)
    edited = models.BooleanField(default=False)
    gone = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "key"], name="mandates_part_once"),
            models.CheckConstraint(condition=Q(level__lte=4), name="mandates_part_level_known"),
        ]
