"""The web site as a Django application."""

import threading

from django.apps import AppConfig
from django.utils.translation import trans_real


class WebConfig(AppConfig):
    """Pages, templates, static files and catalogues."""

    name = "merida.interfaces.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the reader's language by thread: a page asks for it 300 times; a worker answers one request in a thread.

        Django keeps it so that tasks of asynchronous code may share it, behind a lock and two functions in Python.
        """
        # Django's own tests put another in its place in the same way.
        trans_real._active = threading.local()  # type: ignore[attr-defined] # noqa: SLF001
