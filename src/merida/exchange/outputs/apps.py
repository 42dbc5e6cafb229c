"""What leaves as a file, and the PDF files that wait to be set."""

from django.apps import AppConfig


class OutputsConfig(AppConfig):
    """What leaves as a file."""

    name = "merida.exchange.outputs"
    label = "outputs"
    default_auto_field = "django.db.models.BigAutoField"
