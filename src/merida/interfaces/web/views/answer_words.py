"""What the desk says: stages, reasons, refusals, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, gettext_noop, pgettext_lazy

from merida.interfaces.web.views.naming import in_reader_language
from merida.review.questionnaires.form import Form, Question
from merida.review.questionnaires.models import Stage, WhyAside

KINDS: Mapping[str, Any] = {
    "COMPLIANCE": gettext_lazy("Compliance"),
    "MEASURES": gettext_lazy("Measures"),
    "LAW": gettext_lazy("Law"),
    "AUTHORITIES": gettext_lazy("Authorities"),
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
OBLIGATIONS: Mapping[str, Any] = {
    "MANDATORY": gettext_lazy("Mandatory"),
    "CONSIDER": gettext_lazy("To be considered or endeavoured"),
    "OPTIONAL": gettext_lazy("Optional"),
}
BLOCKS: Mapping[str, Any] = {
    "MISSING": gettext_lazy("no answer yet"),
    "NOT_CLEARED": gettext_lazy("not cleared"),
    "TWO_TEXTS": gettext_lazy("two texts to merge"),
}
ROWS_REFUSED = (  # templates of rows of a file; those that an exception carries are found where it is raised
    gettext_noop("{question} stands in the file more than once"),
    gettext_noop("{language} is none of the six languages"),
    gettext_noop("{question}: no question of this name is entrusted to you"),
    gettext_noop("{question}: the question takes another kind of answer now"),
    gettext_noop("{question}: {what} is not in the list of laws"),
    gettext_noop("{question}: {what} is not in the list of authorities"),
    gettext_noop("{question}: choose laws from the register"),
    gettext_noop("{question}: choose authorities from the register"),
    gettext_noop("row {row} has an answer but no identifier"),
    gettext_noop("{place}: a formula is no answer, put its value there"),
)
BECAME: Mapping[str, Any] = {
    "NEW": pgettext_lazy("row of a file", "new"),
    "CHANGED": pgettext_lazy("row of a file", "changed"),
    "EMPTIED": pgettext_lazy("row of a file", "emptied"),
    "UNCHANGED": pgettext_lazy("row of a file", "unchanged"),
    "ASIDE": pgettext_lazy("row of a file", "kept beside the answer"),
    "REFUSED": pgettext_lazy("row of a file", "refused"),
}


def became_words(became: str) -> str:
    """Return what became of a row of a file."""
    return str(BECAME[became])


def stage_words(stage: str) -> str:
    """Return the name of a stage; SUBMITTED comes after those inside the State."""
    return str(Stage(stage).label) if stage in Stage.values else gettext("Submitted")


def aside_words(why: str) -> str:
    """Return why a text is kept beside the answer."""
    return str(WhyAside(why).label)


def obligation_words(obligation: str) -> str:
    """Return how far a question binds, "" where the questionnaire does not say."""
    return str(OBLIGATIONS.get(obligation, ""))


def question_words(question: Question) -> str:
    """Return a question in the reader's language, after its provision and kind."""
    return in_reader_language(dict(question.text), question.identifier)


def short_question(form: Form, identifier: str) -> str:
    """Return where a question stands and what kind it is, for lists."""
    question = form.by_identifier.get(identifier)
    if question is None:
        return identifier
    place = question.about or identifier
    return f"{place} · {KINDS[question.kind]}"
