"""Visits of all review mechanisms to a State, and the secret addresses by which people follow them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.foundation.access.models import Guarded
from merida.foundation.registry.models import Mechanism, Provision, State
from merida.review.synergies.plan_models import CyclePlan, PlannedReview
from merida.review.synergies.reuse_models import ChangeLetter, Reuse, ReuseOutcome

__all__ = [
    "CalendarSubscription",
    "ChangeLetter",
    "CyclePlan",
    "Firmness",
    "PlannedReview",
    "Reuse",
    "ReuseOutcome",
    "Visit",
    "VisitKind",
]


class VisitKind(models.TextChoices):
    """In what form the reviewers and the State meet."""

    VISIT = "VISIT", _("Country visit")
    JOINT_MEETING = "JOINT_MEETING", _("Joint meeting")
    VIRTUAL = "VIRTUAL", _("Virtual meeting")
    HYBRID = "HYBRID", _("Hybrid meeting")


class Firmness(models.TextChoices):
    """How far the days can still change."""

    FIXED = "FIXED", _("fixed")
    MOVABLE = "MOVABLE", _("movable")
    TENTATIVE = "TENTATIVE", _("tentative")


class Visit(Guarded):
    """A visit of a mechanism to a State under review, its last day included; or one session of a dialogue.

    A dialogue of several sessions is one visit each: the first is ``first_session`` of the others, ``session_number``
    counts from 1.

    ``sequence`` counts its changes, ``changed_at`` is the moment of the last one and ``change_reason`` what is told of
    it. ``languages`` are codes of two letters. ``source_text`` is a symbol, an address or who noted the visit.
    """

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="+")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=VisitKind)
    first_date = models.DateField()
    last_date = models.DateField()
    firmness = models.CharField(max_length=20, choices=Firmness)
    joint_allowed = models.BooleanField(default=False)
    languages = models.JSONField(default=list, blank=True)
    provisions: "models.ManyToManyField[Provision, models.Model]" = models.ManyToManyField(
        Provision, related_name="+", blank=True
    )
    source_text = models.CharField(max_length=500, blank=True, default="")
    first_session = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="further_sessions"
    )
    session_number = models.PositiveSmallIntegerField(default=1)
    entered_by = models.CharField(max_length=60)  # person:uuid, or the name of who acts without an account
    cancelled_at = models.DateTimeField(null=True, blank=True)
    change_reason = models.TextField(blank=True, default="")
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
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(change_reason=""),
                name="synergies_visit_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(first_session__isnull=True, session_number=1)
                | Q(first_session__isnull=False, session_number__gte=2),
                name="synergies_visit_session_counted",
            ),
            models.UniqueConstraint(
                fields=["first_session", "session_number"],
                condition=Q(cancelled_at__isnull=True, first_session__isnull=False),
                name="synergies_visit_session_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["first_date", "last_date"], name="synergies_visit_by_day"),
        ]


class CalendarSubscription(models.Model):
    """A secret address under which a calendar program reads what its owner may see; ended, it answers no more.

    Only the SHA-256 of the token is kept: the address is shown once. Without ``state`` it covers all States.
    """

    classified = "secret"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_subscriptions")
    state = models.ForeignKey(State, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("created_at")),
                name="synergies_subscription_moments_in_order",
            ),
        ]
