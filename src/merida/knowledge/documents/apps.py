from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The room of documents."""

    name = "merida.knowledge.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
