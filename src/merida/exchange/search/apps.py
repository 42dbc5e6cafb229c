from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The app behind the search index."""

    name = "merida.exchange.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
