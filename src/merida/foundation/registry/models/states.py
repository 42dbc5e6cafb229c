"""States and territories with their names and regional groups."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from merida.foundation.registry.models.dating import dated, in_order, precision_field
from merida.foundation.sources.fields import MultilingualText
from merida.foundation.sources.models import Sourced


class StateKind(models.TextChoices):
    """What a row of the list of States is."""

    MEMBER_STATE = "MEMBER_STATE", _("Member State of the United Nations")
    OBSERVER_STATE = "OBSERVER_STATE", _("Observer State of the United Nations")
    STATE = "STATE", _("State, not a member of the United Nations")
    REGIONAL_ORGANIZATION = "REGIONAL_ORGANIZATION", _("Regional economic integration organization")


class NameKind(models.TextChoices):
    """SHORT and FORMAL names are shown; an ALIAS is only recognised."""

    SHORT = "SHORT", _("Short name")
    FORMAL = "FORMAL", _("Formal name")
    ALIAS = "ALIAS", _("Also written")


class RegionalGroup(Sourced):
    """A regional group of Member States."""

    classified = "public"

    code = models.CharField(max_length=40, unique=True)
    names = MultilingualText()


class State(Sourced):
    """A State, or the European Union. ``names`` and ``formal_names`` are the current ones."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    iso3 = models.CharField(max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, unique=True)
    m49 = models.CharField(max_length=3, blank=True, default="")
    slug = models.CharField(max_length=3, unique=True)
    kind = models.CharField(max_length=30, choices=StateKind)
    names = MultilingualText()
    formal_names = MultilingualText()

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=StateKind.values), name="registry_state_kind_known"),
        ]

    def __str__(self) -> str:
        return str(self.names.get("en", self.iso3))


class StateName(Sourced):
    """A name of a State in one language, valid from ``since_date`` until before ``until_date``."""

    classified = "public"

    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="dated_names")
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=10, choices=NameKind)
    name = models.CharField(max_length=300)
    since_date = models.DateField(null=True, blank=True)
    since_precision = precision_field()
    until_date = models.DateField(null=True, blank=True)
    until_precision = precision_field()

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(fields=["state", "language", "kind", "name"], name="registry_state_name_once"),
            dated("since", prefix="statename"),
            dated("until", prefix="statename"),
            in_order(prefix="statename"),
        ]


class StateGroup(Sourced):
    """A State in a regional group; no start: from the beginning, or not known."""

    classified = "public"

    state = models.ForeignKey(State, on_delete=models.CASCADE, related_name="groups")
    group = models.ForeignKey(RegionalGroup, on_delete=models.PROTECT, related_name="memberships")
    since_date = models.DateField(null=True, blank=True)
    since_precision = precision_field()
    until_date = models.DateField(null=True, blank=True)
    until_precision = precision_field()

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["state", "group", "since_date"],
                name="registry_state_group_once",
                condition=Q(since_date__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["state", "group"],
                name="registry_state_group_undated_once",
                condition=Q(since_date__isnull=True),
            ),
            dated("since", prefix="stategroup"),
            dated("until", prefix="stategroup"),
            in_order(prefix="stategroup"),
        ]


class Territory(Sourced):
    """A territory that documents name, without a statement about its status; never counted as a State."""

    classified = "public"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, blank=True, default="")
    m49 = models.CharField(max_length=3, blank=True, default="")
    slug = models.CharField(max_length=3, unique=True)
    names = MultilingualText()

    def __str__(self) -> str:
        return str(self.names.get("en", self.code))


class TerritoryName(Sourced):
    """A name of a territory in one language."""

    classified = "public"

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="listed_names")
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=10, choices=NameKind)
    name = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["territory", "language", "kind", "name"], name="registry_territory_name_once"
            ),
        ]
