"""Offline packages."""

from django.apps import AppConfig


class OfflineConfig(AppConfig):
    """Offline packages."""

    name = "merida.exchange.offline"
    label = "offline"
    default_auto_field = "django.db.models.BigAutoField"
