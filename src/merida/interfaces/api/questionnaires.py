"""Questions and the answers that States consented to publish, as rows of the bulk tables."""

import datetime as dt
from typing import Any

from ninja import Schema

from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import AskedQuestion, PublishedAnswer


class QuestionOut(Schema):
    """A question of a published version; ``texts`` by language."""

    questionnaire: str
    version: int
    question: str
    section: str
    kind: str
    provision: str
    provisions: list[str]
    texts: dict[str, str]


class PublishedAnswerOut(Schema):
    """An answer in one language; ``answer`` holds its parts, by the kind of the question."""

    questionnaire: str
    version: int
    question: str
    state: str
    language: str
    submitted_date: dt.date
    due_date: dt.date | None
    answer: dict[str, Any]


def question_out(one: AskedQuestion) -> dict[str, Any]:
    """Show a question."""
    question = form_of(one.version).by_identifier[one.identifier]
    return {
        "questionnaire": one.version.questionnaire.code,
        "version": one.version.number,
        "question": one.identifier,
        "section": one.section,
        "kind": one.kind,
        "provision": one.provision.key if one.provision else "",
        "provisions": list(question.provisions),
        "texts": dict(question.text),
    }


def published_answer_out(one: PublishedAnswer) -> dict[str, Any]:
    """Show an answer."""
    return {
        "questionnaire": one.version.questionnaire.code,
        "version": one.version.number,
        "question": one.question,
        "state": one.state.iso3,
        "language": one.language,
        "submitted_date": one.submitted_date,
        "due_date": one.due_date,
        "answer": one.value,
    }
