"""What resolutions ask of whom, and reports drafted from records."""

from django.apps import AppConfig


class MandatesConfig(AppConfig):
    """What resolutions ask of whom, and reports drafted from records."""

    name = "merida.cooperation.mandates"
    label = "mandates"
    default_auto_field = "django.db.models.BigAutoField"
