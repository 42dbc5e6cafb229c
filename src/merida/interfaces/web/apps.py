"""The web site as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates, static files and catalogues."""

    name = "merida.interfaces.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
