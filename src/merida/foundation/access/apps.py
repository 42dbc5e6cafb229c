"""The room as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who sees what."""

    name = "merida.foundation.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Start listening to what people do with their accounts."""
        from merida.foundation.access import sign_in_record  # noqa: PLC0415  models are ready only now

        sign_in_record.connect()
