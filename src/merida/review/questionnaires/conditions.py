"""Whether a question is asked, given the answers so far. Pure."""

from collections.abc import Collection, Mapping
from typing import Any

from merida.review.questionnaires.form import Form, Question

Values = Mapping[str, Mapping[str, Any]]  # by identifier of the question


def is_asked(form: Form, question: Question, values: Values) -> bool:
    """Whether all conditions of the question hold. What depends on a question that is not asked is not asked."""
    for condition in question.conditions:
        asked_about = form.by_identifier[condition.question]
        if not is_asked(form, asked_about, values) or not _said(values.get(condition.question, {}), condition.codes):
            return False
    return True


def is_ruled_out(form: Form, question: Question, values: Values) -> bool:
    """Whether an answer says that the question is not asked. Where what decides is unanswered, nothing says so yet."""
    return any(
        (condition.question in values and not _said(values[condition.question], condition.codes))
        or is_ruled_out(form, form.by_identifier[condition.question], values)
        for condition in question.conditions
    )


def asked_questions(form: Form, values: Values) -> frozenset[str]:
    """Return the identifiers of all questions that are asked."""
    return frozenset(form.order) - not_asked(form, values)


def not_asked(form: Form, values: Values) -> frozenset[str]:
    """Return the identifiers of the questions that are not asked: only those with conditions can be."""
    return frozenset(each.identifier for each in form.conditional if not is_asked(form, each, values))


def questions_behind(form: Form, identifiers: Collection[str]) -> frozenset[str]:
    """Return the questions whose answers decide whether ``identifiers`` are asked."""
    found: set[str] = set()
    waiting = list(identifiers)
    while waiting:
        for condition in form.by_identifier[waiting.pop()].conditions:
            if condition.question not in found:
                found.add(condition.question)
                waiting.append(condition.question)
    return frozenset(found)


def _said(value: Mapping[str, Any], codes: Collection[str]) -> bool:
    return value.get("choice") in codes or any(code in codes for code in value.get("choices", ()))
