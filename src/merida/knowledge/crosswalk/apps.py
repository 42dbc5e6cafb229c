"""The room as Django knows it."""

from django.apps import AppConfig


class CrosswalkConfig(AppConfig):
    """Provisions of different instruments held against each other."""

    name = "merida.knowledge.crosswalk"
    label = "crosswalk"
    default_auto_field = "django.db.models.BigAutoField"
