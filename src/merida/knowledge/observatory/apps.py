"""Activities and figures that documents tell."""

from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    """Activities and figures that documents tell."""

    name = "merida.knowledge.observatory"
    label = "observatory"
    default_auto_field = "django.db.models.BigAutoField"
