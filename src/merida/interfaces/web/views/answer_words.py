"""What the desk says: stages, reasons, refusals, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from merida.foundation.files.sniffing import NotAcceptedError
from merida.interfaces.web.views.naming import in_reader_language
from merida.review.questionnaires.form import Form, Question
from merida.review.questionnaires.models import Stage, WhyAside
from merida.review.questionnaires.refusing import RefusedError
from merida.review.questionnaires.returning import Outcome
from merida.review.questionnaires.values import ValueProblem

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
REFUSALS = (
    gettext_lazy("{count} questions keep the answers from being submitted"),
    gettext_lazy("late answers are not taken: the deadline was {day}"),
    gettext_lazy("there is nothing new to submit"),
    gettext_lazy("say why the answers are recalled"),
    gettext_lazy("none of these answers was submitted"),
    gettext_lazy("only an answer that was submitted can be published"),
    gettext_lazy("consent was given already"),
    gettext_lazy("there is no consent to revoke"),
    gettext_lazy("only the focal point clears answers"),
    gettext_lazy("two texts stand beside each other here: merge them first"),
    gettext_lazy("there is no answer yet"),
    gettext_lazy("the answers were submitted: recall this one first"),
    gettext_lazy("somebody changed the answer meanwhile: look at it again"),
    gettext_lazy("the remark has no words"),
    gettext_lazy("an answer has at most {most} files"),
    gettext_lazy("choose sections or questions of this questionnaire: {what}"),
    gettext_lazy("the day lies after the deadline of the whole, {day}"),
    gettext_lazy("{person} is entrusted with all of it already"),
    gettext_lazy("the text has {count} characters, at most {most} are kept"),
    gettext_lazy("{text} is no number"),
    gettext_lazy("{text} is no day"),
    gettext_lazy("{question} stands in the file more than once"),
    gettext_lazy("{language} is none of the six languages"),
    gettext_lazy("{question}: no question of this name is entrusted to you"),
    gettext_lazy("{question}: the file names a revision that does not exist"),
    gettext_lazy("{question}: this question takes no {part}"),
    gettext_lazy("{question}: {code} is no choice"),
    gettext_lazy("{question}: choose laws from the register"),
    gettext_lazy("{question}: a table has at most {most} rows"),
    gettext_lazy("{question}: {what} is not in the list of laws"),
    gettext_lazy("row {row} has an answer but no identifier"),
    gettext_lazy("{place}: a formula is no answer, put its value there"),
    gettext_lazy("this workbook was made for other answers"),
    gettext_lazy("this workbook was made for another version of the questionnaire: download it again"),
    gettext_lazy("the file has {count} rows, at most {most} are taken"),
    gettext_lazy("the file is no longer here: hand it in again"),
    gettext_lazy("choose a file first"),
)
BECAME: Mapping[str, Any] = {
    "NEW": pgettext_lazy("row of a file", "new"),
    "CHANGED": pgettext_lazy("row of a file", "changed"),
    "EMPTIED": pgettext_lazy("row of a file", "emptied"),
    "UNCHANGED": pgettext_lazy("row of a file", "unchanged"),
    "ASIDE": pgettext_lazy("row of a file", "kept beside the answer"),
    "REFUSED": pgettext_lazy("row of a file", "refused"),
}


def told(error: RefusedError | ValueProblem | NotAcceptedError | Outcome) -> str:
    """Return why something was refused, translated where it carries a template."""
    template = getattr(error, "template", "")
    return gettext(template).format(**getattr(error, "values", {})) if template else str(error)


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
    place = question.provision or identifier
    return f"{place} · {KINDS[question.kind]}"
