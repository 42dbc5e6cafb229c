from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "merida.foundation.changes"
    label = "changes"
    default_auto_field = "django.db.models.BigAutoField"
