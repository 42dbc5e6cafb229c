"""Proposals and what people decided about them."""

from django.apps import AppConfig


class CurationConfig(AppConfig):
    """Proposals and what people decided about them."""

    name = "merida.exchange.curation"
    label = "curation"
    default_auto_field = "django.db.models.BigAutoField"
