"""Meetings as their reports tell them."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings as their reports tell them."""

    name = "merida.cooperation.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
