"""How far a response is: kept with every save, counted again only where a condition turned."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F

from merida.review.questionnaires.conditions import asked_questions, is_asked, questions_behind
from merida.review.questionnaires.form import Form
from merida.review.questionnaires.models import Answer, Response, SectionCount, Stage
from merida.review.questionnaires.reach import Standing

Values = dict[str, Mapping[str, Any]]


def count_anew(response: Response, form: Form) -> None:
    """Count all sections of a response from its answers."""
    rows = Answer.objects.filter(response=response, language=response.language)
    held = {row.question: row for row in rows}
    asked = asked_questions(form, {question: row.value for question, row in held.items()})
    made = []
    for section in form.sections:
        questions = [each.identifier for each in section.questions if each.identifier in asked]
        answers = [held[each] for each in questions if each in held and held[each].is_answered]
        cleared = sum(row.stage == Stage.CLEARED for row in answers)
        made.append(
            SectionCount(
                response=response,
                section=section.identifier,
                asked=len(questions),
                answered=len(answers),
                cleared=cleared,
            )
        )
    SectionCount.objects.filter(response=response).delete()
    SectionCount.objects.bulk_create(made)


def count_first(responses: Collection[Response], form: Form) -> None:
    """Write the counts of responses that nobody has answered yet: they are the same for all."""
    asked = asked_questions(form, {})
    counts = {one.identifier: sum(each.identifier in asked for each in one.questions) for one in form.sections}
    rows = [
        SectionCount(response=response, section=section, asked=count)
        for response in responses
        for section, count in counts.items()
    ]
    SectionCount.objects.bulk_create(rows, batch_size=1000)


def follow(response: Response, form: Form, answer: Answer, before: Answer) -> None:
    """Bring the counts up to date after ``answer`` changed from ``before``; other questions only where asked anew."""
    if answer.language != response.language:
        return
    question = form.by_identifier[answer.question]
    dependents = form.dependents.get(answer.question, ())
    if not dependents and not question.conditions:
        _apply(response, form, [(answer.question, True, _standing(before), True, _standing(answer))])
        return
    touched = [answer.question, *dependents]
    behind = questions_behind(form, touched) | set(touched)
    rows = Answer.objects.filter(response=response, language=response.language, question__in=behind)
    now = {row.question: row for row in rows} | {answer.question: answer}
    was = now | {answer.question: before}
    moves = []
    for identifier in touched:
        each = form.by_identifier[identifier]
        old, new = was.get(identifier), now.get(identifier)
        asked_before, asked_now = is_asked(form, each, _values(was)), is_asked(form, each, _values(now))
        moves.append((identifier, asked_before, _standing(old), asked_now, _standing(new)))
    _apply(response, form, moves)


def of_questions(response: Response, form: Form, identifiers: Collection[str]) -> dict[str, Standing]:
    """Return, of each of some questions that is asked, whether it is answered and cleared. At most 1 query."""
    known = [each for each in identifiers if each in form.by_identifier]
    if not known:
        return {}
    behind = questions_behind(form, known) | set(known)
    rows = Answer.objects.filter(response=response, language=response.language, question__in=behind)
    held = {row.question: row for row in rows}
    values = _values(held)
    return {each: _standing(held.get(each)) for each in known if is_asked(form, form.by_identifier[each], values)}


def _values(rows: Mapping[str, Answer]) -> Values:
    return {question: row.value for question, row in rows.items()}


def _standing(answer: Answer | None) -> Standing:
    if answer is None or not answer.is_answered:
        return False, False
    return True, answer.stage == Stage.CLEARED


def _apply(response: Response, form: Form, moves: Iterable[tuple[str, bool, Standing, bool, Standing]]) -> None:
    sums: dict[str, Counter[str]] = {}
    for identifier, asked_before, before, asked_now, now in moves:
        count = sums.setdefault(form.section_of[identifier], Counter())
        count["asked"] += asked_now - asked_before
        count["answered"] += (asked_now and now[0]) - (asked_before and before[0])
        count["cleared"] += (asked_now and now[1]) - (asked_before and before[1])
    for section, count in sums.items():
        changed = {name: F(name) + number for name, number in count.items() if number}
        if changed:
            SectionCount.objects.filter(response=response, section=section).update(**changed)
