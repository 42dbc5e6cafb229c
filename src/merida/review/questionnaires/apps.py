"""The room as Django knows it."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """The room of questionnaires and answers."""

    name = "merida.review.questionnaires"
    label = "questionnaires"
    default_auto_field = "django.db.models.BigAutoField"
