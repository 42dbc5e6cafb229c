"""Visits of all review mechanisms to a State."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from merida.foundation.access.models import Guarded
from merida.foundation.registry.models import Mechanism, State
from merida.review.synergies.plan_models import CyclePlan, PlannedReview

__all__ = ["CyclePlan", "Firmness", "PlannedReview", "Visit", "VisitKind"]


class VisitKind(models.TextChoices):
    """In what form the reviewers and the State meet."""

    VISIT = "VISIT"
    JOINT_MEETING = "JOINT_MEETING"
    VIRTUAL = "VIRTUAL"
    HYBRID = "HYBRID"


class Firmness(models.TextChoices):
    """How far the days can still change."""

    FIXED = "FIXED"
    MOVABLE = "MOVABLE"
    TENTATIVE = "TENTATIVE"


class Visit(Guarded):
    """A visit of a mechanism to a State under review, its last day included. ``sequence`` counts its changes."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=VisitKind)
    first_date = models.DateField()
    last_date = models.DateField()
    firmness = models.CharField(max_length=20, choices=Firmness)
    entered_by = models.CharField(max_length=60)  # person:uuid, or the name of who acts without an account
    cancelled_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    sequence = models.PositiveIntegerField(default=0)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_date__gte=F("first_date")), name="synergies_visit_days_in_order"),
            models.CheckConstraint(
                condition=Q(kind__in=VisitKind.values) & Q(firmness__in=Firmness.values),
                name="synergies_visit_codes_known",
            ),
        ]
