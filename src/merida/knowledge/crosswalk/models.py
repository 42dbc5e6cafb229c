"""What is compared, the mappings between it, who looked at them and who disputes them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from merida.foundation.registry.models import Instrument, Provision
from merida.foundation.registry.models.instruments import Obligation, ProvisionKind
from merida.foundation.sources.fields import MultilingualText
from merida.foundation.sources.models import Sourced


class StandardKind(models.TextChoices):
    """What kind of text or programme is compared."""

    TREATY = "TREATY", _("Treaty")
    RECOMMENDATION = "RECOMMENDATION", pgettext_lazy("a text", "Recommendation")
    STANDARD = "STANDARD", _("Standard")
    PROGRAMME = "PROGRAMME", _("Review programme")
    GOALS = "GOALS", _("Goals")
    LEGISLATION = "LEGISLATION", _("Legislation of the European Union")


class RelationKind(models.TextChoices):
    """How what the first asks relates to what the second asks."""

    EQUAL = "EQUAL", _("the same, in nearly the same words")
    EQUIVALENT = "EQUIVALENT", _("the same, in other words")
    SUBSET = "SUBSET", _("asks less")
    SUPERSET = "SUPERSET", _("asks more")
    INTERSECTS = "INTERSECTS", _("overlaps in part")
    NONE = "NONE", _("looks alike, is not the same")


class Rationale(models.TextChoices):
    """On what a relation rests."""

    SYNTACTIC = "SYNTACTIC", _("the words")
    SEMANTIC = "SEMANTIC", _("the meaning")
    FUNCTIONAL = "FUNCTIONAL", _("the effect")


class StrengthKind(models.TextChoices):
    """How sure people are."""

    HIGH = "HIGH", pgettext_lazy("sure", "high")
    MEDIUM = "MEDIUM", pgettext_lazy("sure", "medium")
    LOW = "LOW", pgettext_lazy("sure", "low")


class ReuseKind(models.TextChoices):
    """What of an answer may be offered at the other provision, at most."""

    FACTS = "FACTS", _("facts as a draft")
    SUGGEST = "SUGGEST", _("the text beside the question")
    LINK = "LINK", _("a link")
    INDEX = "INDEX", _("found together")
    NONE = "NONE", pgettext_lazy("reuse", "nothing")


class Method(models.TextChoices):
    """Who made a mapping."""

    HUMAN = "HUMAN", _("a person")
    AUTOMATION = "AUTOMATION", _("a machine")
    HYBRID = "HYBRID", _("a person, with a machine")


class MappingStatus(models.TextChoices):
    """How far a mapping can be relied on. Only COMPLETE (two reviewers) is no draft."""

    SUGGESTED = "SUGGESTED", _("suggested by a machine")
    DRAFT = "DRAFT", _("draft")
    REVIEWED = "REVIEWED", _("draft, seen by one reviewer")
    COMPLETE = "COMPLETE", _("agreed by two reviewers")
    DISPUTED = "DISPUTED", _("disputed")
    RETIRED = "RETIRED", _("no longer in use")


class Side(models.TextChoices):
    """On which side of a mapping a provision stands."""

    LEFT = "LEFT", _("first")
    RIGHT = "RIGHT", _("second")


class Verdict(models.TextChoices):
    """What a reviewer says."""

    AGREES = "AGREES", _("agrees")
    DISAGREES = "DISAGREES", _("does not agree")


class DisputeState(models.TextChoices):
    """Where a dispute stands."""

    OPEN = "OPEN", pgettext_lazy("a dispute", "open")
    UPHELD = "UPHELD", _("upheld")
    DISMISSED = "DISMISSED", _("dismissed")


class Standard(Sourced):
    """A treaty, recommendation or programme that is compared. ``instrument``: the same thing in the registry."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    slug = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=StandardKind)
    instrument = models.OneToOneField(Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    short_name = models.CharField(max_length=80, blank=True, default="")
    names = MultilingualText()
    body = models.CharField(max_length=120, blank=True, default="")
    year = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=StandardKind.values), name="crosswalk_standard_kind_known"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.code


class Clause(Sourced):
    """A provision, Recommendation, round or area of a standard.

    ``provision`` is the registry's: the same one, or the nearest one that holds it (``is_exact`` says which). ``level``
    is empty where it is not known, also for an article that has no paragraphs.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=60)
    key = models.CharField(max_length=110, unique=True)
    slug = models.CharField(max_length=110, unique=True)
    titles = MultilingualText()
    level = models.CharField(max_length=20, choices=ProvisionKind, blank=True, default="")
    obligation = models.CharField(max_length=20, choices=Obligation, blank=True, default="")
    provision = models.ForeignKey(Provision, null=True, blank=True, on_delete=models.PROTECT, related_name="clauses")
    is_exact = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(level__in=["", *ProvisionKind.values]) & Q(obligation__in=["", *Obligation.values]),
                name="crosswalk_clause_codes_known",
            ),
            models.CheckConstraint(
                condition=Q(is_exact=False) | Q(provision__isnull=False), name="crosswalk_clause_exact_has_provision"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["standard", "position"], name="crosswalk_clause_order")]

    def __str__(self) -> str:
        return self.key


class Mapping(Sourced):
    """A relation between two sets of clauses, read from left to right; the way back is derived, never stored.

    ``kinds``: the kinds of question for which it holds, none for all. ``differs``: what a reader of one must not
    assume of the other. ``revision`` counts what people changed; ``edited_at`` keeps a person's wording from the next
    loading of the file. ``from_date`` and ``until_date``: when the mapping holds, for editions that are replaced.
    """

    classified = "public"
    classified_fields: ClassVar = {"edited_by": "parties"}

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    relation = models.CharField(max_length=12, choices=RelationKind)
    rationale = models.CharField(max_length=12, choices=Rationale, default=Rationale.SEMANTIC)
    strength = models.CharField(max_length=8, choices=StrengthKind)
    method = models.CharField(max_length=12, choices=Method, default=Method.HUMAN)
    status = models.CharField(max_length=12, choices=MappingStatus, default=MappingStatus.DRAFT)
    kinds = models.JSONField(default=list)
    differs = MultilingualText()
    reuse_forward = models.CharField(max_length=8, choices=ReuseKind, default=ReuseKind.SUGGEST)
    reuse_backward = models.CharField(max_length=8, choices=ReuseKind, default=ReuseKind.SUGGEST)
    from_date = models.DateField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(relation__in=RelationKind.values)
                & Q(rationale__in=Rationale.values)
                & Q(strength__in=StrengthKind.values)
                & Q(method__in=Method.values)
                & Q(status__in=MappingStatus.values)
                & Q(reuse_forward__in=ReuseKind.values)
                & Q(reuse_backward__in=ReuseKind.values),
                name="crosswalk_mapping_codes_known",
            ),
            models.CheckConstraint(
                condition=~Q(relation="NONE") | Q(reuse_forward="NONE", reuse_backward="NONE"),
                name="crosswalk_mapping_false_friend_reuses_nothing",
            ),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="crosswalk_mapping_days_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "relation"], name="crosswalk_mapping_by_status")]

    def __str__(self) -> str:
        return self.code


class MappingEnd(models.Model):
    """A clause in one of the two sets of a mapping."""

    classified = "public"

    mapping = models.ForeignKey(Mapping, on_delete=models.CASCADE, related_name="ends")
    side = models.CharField(max_length=8, choices=Side)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="ends")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mapping", "clause"], name="crosswalk_end_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="crosswalk_end_side_known"),
        ]


class MappingReview(models.Model):
    """What a reviewer says of one revision of a mapping. The public sees how many agree, not who."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mapping = models.ForeignKey(Mapping, on_delete=models.CASCADE, related_name="reviews")
    revision = models.PositiveIntegerField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict)
    reason = models.TextField(blank=True, default="")
    reviewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mapping", "revision", "reviewer"], name="crosswalk_review_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="crosswalk_verdict_known"),
        ]


class Dispute(models.Model):
    """A reader's reason why a mapping is wrong. Nothing of the reader is kept. Curators read it, nobody else."""

    classified = "parties"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mapping = models.ForeignKey(Mapping, on_delete=models.CASCADE, related_name="disputes")
    reason = models.TextField()
    language = models.CharField(max_length=2, default="en")
    state = models.CharField(max_length=12, choices=DisputeState, default=DisputeState.OPEN)
    received_at = models.DateTimeField(default=timezone.now)
    decision = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "received_at"], name="crosswalk_dispute_queue")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="OPEN", decided_at__isnull=True)
                | (Q(state__in=["UPHELD", "DISMISSED"]) & Q(decided_at__isnull=False)),
                name="crosswalk_dispute_decided_has_moment",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="crosswalk_dispute_has_reason"),
        ]


class LoadedCrosswalk(models.Model):
    """The files of the crosswalk as they were last loaded: the same bytes again change nothing."""

    classified = "public"

    digest = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField(default=timezone.now)
