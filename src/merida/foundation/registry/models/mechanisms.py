"""Review mechanisms: their versions, cycles and members, and counts that somebody printed."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from merida.foundation.registry.models.dating import dated, in_order, precision_field
from merida.foundation.registry.models.instruments import Instrument, Provision
from merida.foundation.registry.models.organisations import Organisation
from merida.foundation.registry.models.states import State
from merida.foundation.sources.fields import MultilingualText
from merida.foundation.sources.models import Source, Sourced


class ParticipationRule(models.TextChoices):
    """Who takes part in a mechanism."""

    PARTIES = "PARTIES", _("Every party to the instrument")
    MEMBERS = "MEMBERS", _("The members listed")


class CycleTerm(models.TextChoices):
    """What a mechanism calls its cycles."""

    CYCLE = "CYCLE", _("Cycle")
    ROUND = "ROUND", _("Round")
    PHASE = "PHASE", _("Phase")
    CLUSTER = "CLUSTER", _("Cluster")


class SinceKind(models.TextChoices):
    """What the date of joining is the date of."""

    ACCESSION = "ACCESSION", _("accession")
    ASSUMED = "ASSUMED", _("assumed")
    DECLARATION = "DECLARATION", _("signature of the declaration")
    DEPOSIT = "DEPOSIT", _("deposit of the instrument")
    ENTRY_INTO_FORCE = "ENTRY_INTO_FORCE", _("entry into force")
    JOINED = "JOINED", _("joining")
    SEAT = "SEAT", _("seat in the group")
    UNKNOWN = "UNKNOWN", _("not known")


class UntilKind(models.TextChoices):
    """What the date of leaving is the date of."""

    ASSUMED = "ASSUMED", _("assumed")
    LETTER = "LETTER", _("letter")
    UNKNOWN = "UNKNOWN", _("not known")
    WITHDRAWAL = "WITHDRAWAL", _("withdrawal")


class Counted(models.TextChoices):
    """What a printed figure counts."""

    PARTIES = "PARTIES", _("Parties")
    SIGNATORIES = "SIGNATORIES", _("Signatories")
    MEMBERS = "MEMBERS", _("Members")


class Mechanism(Sourced):
    """A review mechanism."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    slug = models.CharField(max_length=40, unique=True)
    short_name = models.CharField(max_length=80)
    names = MultilingualText()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mechanisms")
    instrument = models.ForeignKey(
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="mechanisms"
    )
    rule = models.CharField(max_length=20, choices=ParticipationRule)

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rule__in=ParticipationRule.values), name="registry_mechanism_rule_known"
            ),
            models.CheckConstraint(
                condition=~Q(rule="PARTIES") | Q(instrument__isnull=False), name="registry_mechanism_parties_of_what"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class MechanismVersion(Sourced):
    """The rules of a mechanism in one period."""

    classified = "public"

    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=20, choices=CycleTerm)
    since_date = models.DateField(null=True, blank=True)
    since_precision = precision_field()
    until_date = models.DateField(null=True, blank=True)
    until_precision = precision_field()

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["mechanism", "number"], name="registry_version_once"),
            dated("since", prefix="version"),
            dated("until", prefix="version"),
            in_order(prefix="version"),
        ]


class Cycle(Sourced):
    """A cycle, round, phase or cluster and the provisions it covers."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(MechanismVersion, on_delete=models.CASCADE, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    provisions: "models.ManyToManyField[Provision, models.Model]" = models.ManyToManyField(
        Provision, related_name="cycles", blank=True
    )
    since_date = models.DateField(null=True, blank=True)
    since_precision = precision_field()
    until_date = models.DateField(null=True, blank=True)
    until_precision = precision_field()

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["version", "number"], name="registry_cycle_once"),
            dated("since", prefix="cycle"),
            dated("until", prefix="cycle"),
            in_order(prefix="cycle"),
        ]


class Membership(Sourced):
    """A State in a mechanism; an end whose kind is UNKNOWN and that has no date: ended, day not known."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="memberships")
    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="memberships")
    since_date = models.DateField(null=True, blank=True)
    since_precision = precision_field()
    since_kind = models.CharField(max_length=20, choices=SinceKind)
    until_date = models.DateField(null=True, blank=True)
    until_precision = precision_field()
    until_kind = models.CharField(max_length=20, choices=UntilKind, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["mechanism", "state", "since_date"],
                name="registry_membership_once",
                condition=Q(since_date__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["mechanism", "state"],
                name="registry_membership_undated_once",
                condition=Q(since_date__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(since_kind__in=SinceKind.values) & Q(until_kind__in=["", *UntilKind.values]),
                name="registry_membership_kinds_known",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | ~Q(until_kind=""), name="registry_membership_end_has_kind"
            ),
            dated("since", prefix="membership"),
            dated("until", prefix="membership"),
            in_order(prefix="membership"),
        ]


class PrintedFigure(models.Model):
    """A count that somebody printed, to be held against ours."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instrument = models.ForeignKey(
        Instrument, null=True, blank=True, on_delete=models.CASCADE, related_name="printed_figures"
    )
    mechanism = models.ForeignKey(
        Mechanism, null=True, blank=True, on_delete=models.CASCADE, related_name="printed_figures"
    )
    counted = models.CharField(max_length=20, choices=Counted)
    at_date = models.DateField()
    value = models.PositiveIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="printed_figures")
    note = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(instrument__isnull=False, mechanism__isnull=True)
                | Q(instrument__isnull=True, mechanism__isnull=False),
                name="registry_printed_figure_of_one",
            ),
            models.UniqueConstraint(
                fields=["instrument", "counted", "at_date"],
                name="registry_instrument_figure_once",
                condition=Q(instrument__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["mechanism", "counted", "at_date"],
                name="registry_mechanism_figure_once",
                condition=Q(mechanism__isnull=False),
            ),
        ]
