"""The room as Django knows it."""

from django.apps import AppConfig


class DrawsConfig(AppConfig):
    """The room of draws."""

    name = "merida.review.draws"
    label = "draws"
    default_auto_field = "django.db.models.BigAutoField"
