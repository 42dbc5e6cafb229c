"""The database field for reference texts in six languages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from merida.foundation.sources.languages import problem_with_texts


def validate_texts(value: object) -> None:
    """Raise ValidationError unless ``value`` maps languages of the United Nations to texts."""
    problem = problem_with_texts(value)
    if problem:
        raise ValidationError(problem, code="texts")


class MultilingualText(models.JSONField):
    """A text as one value ``{"en": …, "zh": …}``; read it with ``sources.languages.text_in``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", dict)
        options.setdefault("blank", True)
        super().__init__(*args, **options)
        self.validators = [*self.validators, validate_texts]

    def get_prep_value(self, value: Any) -> Any:
        """Refuse a value that is not a text by language, whoever writes it."""
        if isinstance(value, dict):
            validate_texts(value)
        return super().get_prep_value(value)
