"""Documents handed in on the site."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    """Documents handed in on the site."""

    name = "merida.exchange.deliveries"
    label = "deliveries"
    default_auto_field = "django.db.models.BigAutoField"
