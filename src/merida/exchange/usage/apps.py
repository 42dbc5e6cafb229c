"""Counts of use by day."""

from django.apps import AppConfig


class UsageConfig(AppConfig):
    """Counts of use by day."""

    name = "merida.exchange.usage"
    label = "usage"
    default_auto_field = "django.db.models.BigAutoField"
