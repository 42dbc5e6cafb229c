"""Treaties and protocols, their provisions, what States did about them, and the identity of resolutions."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from merida.foundation.registry.models.dating import dated, precision_field
from merida.foundation.registry.models.states import State
from merida.foundation.sources.fields import MultilingualText
from merida.foundation.sources.models import Sourced


class InstrumentKind(models.TextChoices):
    """What kind of instrument it is."""

    TREATY = "TREATY", _("Treaty")
    PROTOCOL = "PROTOCOL", _("Protocol")


class ProvisionKind(models.TextChoices):
    """Which level of a treaty a provision is."""

    CHAPTER = "CHAPTER", _("Chapter")
    ARTICLE = "ARTICLE", pgettext_lazy("of a treaty", "Article")
    PARAGRAPH = "PARAGRAPH", pgettext_lazy("of a treaty", "Paragraph")
    SUBPARAGRAPH = "SUBPARAGRAPH", _("Subparagraph")


class Obligation(models.TextChoices):
    """How far a provision binds, in short."""

    MANDATORY = "MANDATORY", _("Mandatory")
    CONSIDER = "CONSIDER", _("To be considered or endeavoured")
    OPTIONAL = "OPTIONAL", _("Optional")


class TreatyActionKind(models.TextChoices):
    """What a State did about an instrument."""

    SIGNATURE = "SIGNATURE", _("Signature")
    RATIFICATION = "RATIFICATION", _("Ratification")
    ACCESSION = "ACCESSION", _("Accession")
    ACCEPTANCE = "ACCEPTANCE", _("Acceptance")
    APPROVAL = "APPROVAL", _("Approval")
    SUCCESSION = "SUCCESSION", _("Succession")
    CONSENT = "CONSENT", _("Deposit, kind of instrument not recorded")
    WITHDRAWAL = "WITHDRAWAL", _("Withdrawal")


class ResolutionKind(models.TextChoices):
    """Resolution or decision."""

    RESOLUTION = "RESOLUTION", _("Resolution")
    DECISION = "DECISION", _("Decision")


class Instrument(Sourced):
    """A treaty or protocol."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    slug = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=InstrumentKind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="protocols")
    short_name = models.CharField(max_length=80, blank=True, default="")
    names = MultilingualText()
    adopted_date = models.DateField(null=True, blank=True)
    in_force_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=InstrumentKind.values), name="registry_instrument_kind_known"),
        ]

    def __str__(self) -> str:
        return str(self.names.get("en", self.code))


class Provision(Sourced):
    """A chapter, article, paragraph or sub-paragraph of an instrument.

    ``key`` is the name that mentions use (``UNCAC 13(1)(c)``), ``position`` its place in the instrument,
    ``changed_date`` the last day on which its text was amended, where that is recorded.
    """

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="provisions")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=20, choices=ProvisionKind)
    number = models.CharField(max_length=40)
    key = models.CharField(max_length=80, unique=True)
    slug = models.CharField(max_length=80, unique=True)
    position = models.PositiveIntegerField()
    chapter = models.CharField(max_length=10, blank=True, default="")
    titles = MultilingualText()
    obligation = models.CharField(max_length=20, choices=Obligation, blank=True, default="")
    review_cycle = models.CharField(max_length=10, blank=True, default="")
    changed_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["instrument", "number"], name="registry_provision_number_once"),
            models.CheckConstraint(condition=Q(kind__in=ProvisionKind.values), name="registry_provision_kind_known"),
            models.CheckConstraint(
                condition=Q(obligation__in=["", *Obligation.values]), name="registry_provision_obligation_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["instrument", "position"], name="registry_provision_order")]

    def __str__(self) -> str:
        return self.key


class TreatyAction(Sourced):
    """A signature, an act of consent or a withdrawal; without a date: done, day not known."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="actions")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="treaty_actions")
    kind = models.CharField(max_length=20, choices=TreatyActionKind)
    action_date = models.DateField(null=True, blank=True)
    action_precision = precision_field()

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["instrument", "state", "kind", "action_date"],
                name="registry_treaty_action_once",
                condition=Q(action_date__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["instrument", "state", "kind"],
                name="registry_treaty_action_undated_once",
                condition=Q(action_date__isnull=True),
            ),
            models.CheckConstraint(condition=Q(kind__in=TreatyActionKind.values), name="registry_action_kind_known"),
            dated("action", prefix="treatyaction"),
        ]
        indexes: ClassVar = [models.Index(fields=["instrument", "kind", "action_date"], name="registry_action_by_date")]


class Resolution(Sourced):
    """The identity of a resolution or decision; ``key`` is the name that mentions use (``COSP 8/8``)."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=80, unique=True)
    slug = models.CharField(max_length=80, unique=True)
    body = models.ForeignKey(
        "registry.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions"
    )
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=ResolutionKind, default=ResolutionKind.RESOLUTION)
    titles = MultilingualText()
    adopted_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=ResolutionKind.values), name="registry_resolution_kind_known"),
        ]

    def __str__(self) -> str:
        return self.key
