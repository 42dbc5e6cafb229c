"""Visits to States by all review mechanisms."""

from django.apps import AppConfig


class SynergiesConfig(AppConfig):
    """Visits to States by all review mechanisms."""

    name = "merida.review.synergies"
    label = "synergies"
    default_auto_field = "django.db.models.BigAutoField"
