"""What is new in the observatory, by e-mail."""

from django.apps import AppConfig


class DigestsConfig(AppConfig):
    """What is new in the observatory, by e-mail."""

    name = "merida.exchange.digests"
    label = "digests"
    default_auto_field = "django.db.models.BigAutoField"
