"""What the desk says: stages, reasons, refusals, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from merida.interfaces.web.views.naming import in_reader_language
from merida.review.questionnaires.form import Form, Question
from merida.review.questionnaires.models import Stage, WhyAside

KINDS: Mapping[str, Any] = {
    "COMPLIANCE": gettext_lazy("Compliance"),
    "MEASURES": gettext_lazy("Measures"),
    "LAW": gettext_lazy("Law"),
    "PRACTICE": gettext_lazy("Practice"),
    "CASES": gettext_lazy("Cases"),
    "STATISTICS": gettext_lazy("Statistics"),
    "CHALLENGES": gettext_lazy("Challenges"),
    "ASSISTANCE": gettext_lazy("Technical assistance"),
    "NARRATIVE": gettext_lazy("Free text"),
    "CHOICE": gettext_lazy("Choice"),
    "NUMBER": pgettext_lazy("kind of question", "Number"),
    "DAY": pgettext_lazy("kind of question", "Day"),
    "MATRIX": pgettext_lazy("kind of question", "Table"),
    "SET": gettext_lazy("List"),
    "ATTACHMENTS": gettext_lazy("Files"),
}
BLOCKS: Mapping[str, Any] = {
    "MISSING": gettext_lazy("no answer yet"),
    "NOT_CLEARED": gettext_lazy("not cleared"),
    "TWO_TEXTS": gettext_lazy("two texts to merge"),
}


def stage_words(stage: str) -> str:
    """Return the name of a stage; SUBMITTED comes after those inside the State."""
    return str(Stage(stage).label) if stage in Stage.values else gettext("Submitted")


def aside_words(why: str) -> str:
    """Return why a text is kept beside the answer."""
    return str(WhyAside(why).label)


def question_words(question: Question) -> str:
    """Return a question in the reader's language, after its provision and kind."""
    return in_reader_language(dict(question.text), question.identifier)


def short_question(form: Form, identifier: str) -> str:
    """Return where a question stands and what kind it is, for lists."""
    question = form.by_identifier.get(identifier)
    if question is None:
        return identifier
    place = question.provision or identifier
    return f"{place} · {KINDS[question.kind]}"
