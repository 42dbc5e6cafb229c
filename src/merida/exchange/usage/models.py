"""Counts of a day, and words that were sought in vain on several days."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UseKind(models.TextChoices):
    """What is counted."""

    PAGE = "PAGE", _("Pages read")
    VISIT = "VISIT", _("Visits to the site")
    SEARCH = "SEARCH", _("Searches")
    EMPTY_SEARCH = "EMPTY_SEARCH", _("Searches without results")
    DOWNLOAD = "DOWNLOAD", _("Downloads")


class DayCount(models.Model):
    """How often one thing happened on one day (UTC).

    ``page`` is the name of an address pattern, never an address. ``country`` stands with visits only, so that no row
    tells from where a certain page was read; it is blank without a table of networks.
    """

    classified = "parties"

    day_date = models.DateField()
    kind = models.CharField(max_length=12, choices=UseKind)
    page = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=3, blank=True)
    count = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day_date", "kind", "page", "country"], name="usage_daycount_once"),
            models.CheckConstraint(condition=Q(kind__in=UseKind.values), name="usage_daycount_kind_known"),
            models.CheckConstraint(condition=Q(count__gt=0), name="usage_daycount_counted"),
            models.CheckConstraint(condition=Q(country="") | Q(kind="VISIT"), name="usage_daycount_country_of_visit"),
            models.CheckConstraint(
                condition=Q(page="") | Q(kind__in=["PAGE", "DOWNLOAD"]), name="usage_daycount_page_of_page"
            ),
        ]


class SoughtWords(models.Model):
    """Words that found nothing, within one quarter of a year.

    Until they were asked on enough different days only a keyed digest stands here, another one each quarter;
    ``words`` is blank till then.
    """

    classified = "parties"
    classified_fields: ClassVar = {"digest": "secret"}

    quarter_date = models.DateField()  # its first day
    digest = models.CharField(max_length=64)
    days = models.PositiveIntegerField()
    last_date = models.DateField()
    words = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quarter_date", "digest"], name="usage_soughtwords_once"),
            models.CheckConstraint(condition=Q(words="") | Q(days__gte=5), name="usage_soughtwords_often_enough"),
        ]
