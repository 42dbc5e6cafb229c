"""The room as Django knows it."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored bytes."""

    name = "merida.foundation.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
