"""Where facts come from."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """Where facts come from."""

    name = "merida.foundation.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"
