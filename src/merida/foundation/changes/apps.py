"""The room as Django knows it."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """The change log."""

    name = "merida.foundation.changes"
    label = "changes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Turn each query of SQLite once."""
        from merida.foundation.changes.sqlite_marks import remember_turned_queries  # noqa: PLC0415 (loads a database)

        remember_turned_queries()
