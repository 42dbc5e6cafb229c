"""Proposals: what a rule read in a paragraph, and what a person decided about it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from merida.knowledge.documents.models import Paragraph, Version
from merida.knowledge.observatory.models import Activity, Figure, GoodPractice, Recommendation


class ProposalKind(models.TextChoices):
    """What is proposed."""

    ACTIVITY = "ACTIVITY", _("Activity")
    FIGURE = "FIGURE", _("Figure")
    GOOD_PRACTICE = "GOOD_PRACTICE", _("Good practice")
    RECOMMENDATION = "RECOMMENDATION", _("Recommendation")


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    PROPOSED = "PROPOSED", _("proposed")
    ACCEPTED = "ACCEPTED", _("accepted")
    CORRECTED = "CORRECTED", _("accepted with corrections")
    REJECTED = "REJECTED", _("rejected")
    MERGED = "MERGED", _("the same as another")
    SPLIT = "SPLIT", _("divided")


class Proposal(models.Model):
    """A fact read in a paragraph. Curators see it who see its document; nobody else sees it.

    ``start`` and ``end`` are offsets into the paragraph's text, ``words`` what stood there when it was read; ``place``
    cites it. ``values`` are as read, checked (``observatory.values``); ``decided_values`` as the person left them.
    ``key`` is the same whenever the same is read at the same words of the document again. ``revision`` counts what
    happened to it, so that two people do not decide at once. ``withdrawn_at``: the latest reading says it no longer.
    ``later_values``: what a later reading says instead, after a person decided.
    """

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    paragraph = models.ForeignKey(Paragraph, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveIntegerField()  # of the paragraph in its text
    place = models.CharField(max_length=300)
    kind = models.CharField(max_length=16, choices=ProposalKind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    rule = models.CharField(max_length=120)
    family = models.CharField(max_length=120)  # of the rule: those are judged together (``precision.family_of``)
    values = models.JSONField()
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.PROPOSED)
    revision = models.PositiveIntegerField(default=0)
    proposed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    later_values = models.JSONField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_in_bulk = models.BooleanField(default=False)
    decided_values = models.JSONField(null=True, blank=True)
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates", db_index=False
    )
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    activity = models.OneToOneField(Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    figure = models.OneToOneField(Figure, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    practice = models.OneToOneField(GoodPractice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recommendation = models.OneToOneField(
        Recommendation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "version", "kind", "position", "start"], name="curation_proposal_queue"),
            models.Index(fields=["kind", "family", "state"], name="curation_proposal_by_family"),
            models.Index(fields=["decided_by", "decided_at"], name="curation_proposal_by_person"),
            # Only the few that have one: an index of all would hold nearly every row under "none", and SQLite, which
            # knows no counts, would walk through all of them where the proposals of one text are asked for.
            models.Index(fields=["part_of"], condition=Q(part_of__isnull=False), name="curation_proposal_parts"),
            models.Index(fields=["same_as"], condition=Q(same_as__isnull=False), name="curation_proposal_duplicates"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key"], name="curation_proposal_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="curation_proposal_span"),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values) & Q(kind__in=ProposalKind.values),
                name="curation_proposal_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(state="PROPOSED", decided_at__isnull=True)
                | (~Q(state="PROPOSED") & Q(decided_at__isnull=False)),
                name="curation_proposal_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="MERGED", same_as__isnull=False) | (~Q(state="MERGED") & Q(same_as__isnull=True)),
                name="curation_proposal_merged_into_another",
            ),
        ]

    @property
    def shown_values(self) -> dict[str, object]:
        """The values that hold: those of the person where one decided, else those read."""
        found: dict[str, object] = self.values if self.decided_values is None else self.decided_values
        return found
