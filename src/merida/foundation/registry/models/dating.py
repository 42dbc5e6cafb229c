"""Dates that may be known to the month or year only, and spans between two of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """To what a date is known; a month or year stands for its first day where dates are compared."""

    DAY = "DAY", _("day")
    MONTH = "MONTH", _("month")
    YEAR = "YEAR", _("year")


def precision_field() -> "models.CharField[str, str]":
    """A precision beside a date; empty exactly where the date is."""
    return models.CharField(max_length=5, choices=Precision, blank=True, default="")


def dated(field: str, *, prefix: str) -> models.CheckConstraint:
    """``field_date`` and ``field_precision`` are both there or both empty."""
    known = Q(**{f"{field}_date__isnull": False, f"{field}_precision__in": Precision.values})
    unknown = Q(**{f"{field}_date__isnull": True, f"{field}_precision": ""})
    return models.CheckConstraint(condition=known | unknown, name=f"registry_{prefix}_{field}_dated")


def in_order(*, prefix: str) -> models.CheckConstraint:
    """``until_date`` lies after ``since_date``."""
    condition = Q(since_date__isnull=True) | Q(until_date__isnull=True) | Q(until_date__gt=F("since_date"))
    return models.CheckConstraint(condition=condition, name=f"registry_{prefix}_until_after_since")
