"""The room as Django knows it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The room of authorities."""

    name = "merida.knowledge.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
