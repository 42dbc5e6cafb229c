"""Organisations that documents name, and bodies that adopt resolutions."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from merida.foundation.registry.models.instruments import Instrument
from merida.foundation.sources.fields import MultilingualText
from merida.foundation.sources.models import Sourced


class OrganisationKind(models.TextChoices):
    """What kind of organisation it is."""

    UN_ENTITY = "UN_ENTITY", _("United Nations entity")
    UN_BODY = "UN_BODY", _("United Nations body")
    INTERGOVERNMENTAL = "INTERGOVERNMENTAL", _("Intergovernmental organization")
    REGIONAL = "REGIONAL", _("Regional organization")
    MECHANISM = "MECHANISM", _("Review mechanism")
    NETWORK = "NETWORK", _("Network")
    INITIATIVE = "INITIATIVE", _("Initiative")
    PLATFORM = "PLATFORM", _("Platform")
    NATIONAL_AGENCY = "NATIONAL_AGENCY", _("National agency")
    SPORT = "SPORT", _("Sports organization")
    CIVIL_SOCIETY = "CIVIL_SOCIETY", _("Non-governmental organization")


class Organisation(Sourced):
    """An organisation, network, initiative or platform."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    slug = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=30, choices=OrganisationKind)
    acronym = models.CharField(max_length=40, blank=True, default="")
    names = MultilingualText()

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="registry_organisation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.names.get("en", self.code))


class OrganisationName(models.Model):
    """A way in which texts name an organisation."""

    classified = "public"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="surfaces")
    language = models.CharField(max_length=2)
    surface = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "language", "surface"], name="registry_organisation_surface_once"
            ),
        ]


class Body(Sourced):
    """A body that issues documents (``symbol_stem``) and may adopt resolutions (``resolution_prefix``)."""

    classified = "public"

    code = models.CharField(max_length=40, unique=True)
    slug = models.CharField(max_length=40, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="subsidiaries")
    instrument = models.ForeignKey(Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="bodies")
    symbol_stem = models.CharField(max_length=40)
    resolution_prefix = models.CharField(max_length=20, blank=True, default="")
    names = MultilingualText()

    def __str__(self) -> str:
        return str(self.names.get("en", self.code))
