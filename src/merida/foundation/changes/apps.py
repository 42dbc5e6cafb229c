"""The room as Django knows it."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """The change log."""

    name = "merida.foundation.changes"
    label = "changes"
    default_auto_field = "django.db.models.BigAutoField"
