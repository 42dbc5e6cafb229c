"""The registry: States, organisations, instruments and mechanisms."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The registry: States, organisations, instruments and mechanisms."""

    name = "merida.foundation.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
