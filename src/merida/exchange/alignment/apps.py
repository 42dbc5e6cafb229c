"""Language versions of one document laid level, and where they tell different things."""

from django.apps import AppConfig


class AlignmentConfig(AppConfig):
    """Language versions of one document laid level, and where they tell different things."""

    name = "merida.exchange.alignment"
    label = "alignment"
    default_auto_field = "django.db.models.BigAutoField"
