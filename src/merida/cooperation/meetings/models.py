"""Meetings and what their reports tell of them. Everything is recognised until a person confirms the meeting."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.registry.models import Organisation, State
from merida.knowledge.documents.models import Document, Paragraph, Version
from merida.knowledge.observatory.models import Recommendation


class Meeting(models.Model):
    """A meeting that a report tells of, as visible as that document.

    ``version`` is the text that was read. ``confirmed_at`` says that a person compared it with the report; what is
    read later does not change a confirmed meeting.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=140, unique=True)
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="meeting")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    session = models.CharField(max_length=80, blank=True, default="")
    from_date = models.DateField(db_index=True)
    to_date = models.DateField()
    town = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_date__gte=F("from_date")), name="meetings_meeting_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.slug


class Part(models.Model):
    """A part of a meeting with the place that tells it; ``paragraph`` is empty while the text has no such place."""

    paragraph = models.ForeignKey(Paragraph, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place = models.CharField(max_length=300)
    rule = models.CharField(max_length=120)

    class Meta:
        abstract = True


class Capacity(models.TextChoices):
    """As what a State attended."""

    PARTY = "PARTY", _("State party")
    SIGNATORY = "SIGNATORY", _("Signatory")
    OBSERVER = "OBSERVER", _("Observer State")


class Attendance(Part):
    """A State that the report lists as represented."""

    classified = "public"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="attendances")
    capacity = models.CharField(max_length=12, choices=Capacity)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "state"], name="meetings_attendance_once"),
            models.CheckConstraint(
                condition=Q(capacity__in=Capacity.values), name="meetings_attendance_capacity_known"
            ),
        ]


class Observer(Part):
    """An organisation that the report lists, as it prints the name."""

    classified = "public"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="observers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings_attended"
    )


class Office(models.TextChoices):
    """What somebody was for the meeting."""

    CHAIR = "CHAIR", _("Chair")
    VICE_CHAIR = "VICE_CHAIR", _("Vice-Chair")
    RAPPORTEUR = "RAPPORTEUR", _("Rapporteur")


class Officer(Part):
    """Somebody who chaired or reported, as the report names the person."""

    classified = "public"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="officers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.SET_NULL, related_name="offices")
    office = models.CharField(max_length=12, choices=Office)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(office__in=Office.values), name="meetings_officer_office_known"),
        ]


class AgendaItem(Part):
    """An item of the agenda; ``symbols`` are the documents named where the report speaks of it."""

    classified = "public"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60)
    depth = models.PositiveSmallIntegerField()
    title = models.TextField()
    symbols = models.JSONField(default=list)


class ConclusionKind(models.TextChoices):
    """Whether somebody is asked to do something."""

    RECOMMENDATION = "RECOMMENDATION", _("Recommendation")
    CONCLUSION = "CONCLUSION", _("Conclusion")


class Conclusion(Part):
    """Something the meeting concluded or recommended: ``words`` as printed, addressee and condition among them.

    What is held here was read. Once a person confirmed it, ``recommendation`` is the record and ``told`` gives it.
    """

    classified = "public"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="conclusions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=ConclusionKind)
    addressee = models.CharField(max_length=300, blank=True, default="")
    condition = models.CharField(max_length=300, blank=True, default="")
    words = models.TextField()
    recommendation = models.OneToOneField(
        Recommendation, null=True, blank=True, on_delete=models.SET_NULL, related_name="conclusion"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ConclusionKind.values), name="meetings_conclusion_kind_known"),
        ]

    @property
    def told(self) -> "Conclusion | Recommendation":
        """Who tells kind, addressee and condition: the confirmed record where there is one."""
        return self.recommendation or self


class PlannedTopic(Part):
    """A topic set for a year of a plan of work: ``words`` as printed."""

    classified = "public"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="topics")
    position = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    words = models.TextField()
    provisions = models.JSONField(default=list)
