"""The room as Django knows it."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """The room of laws."""

    name = "merida.knowledge.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
