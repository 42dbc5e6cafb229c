"""Where a State's answers differ between mechanisms, and how much typing reuse saved; for the State's own people."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from merida.knowledge.crosswalk.queries import same_asked
from merida.review.questionnaires.form import Question
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Response
from merida.review.questionnaires.queries import Desk
from merida.review.synergies.reuse import (
    KINDS,
    OF_ANSWER,
    Elsewhere,
    covers,
    elsewhere,
    provisions_of_question,
    reuses_of,
    text_of,
)
from merida.rules.crosswalk.reuse import Saved, differ, typing_saved
from merida.rules.crosswalk.scope import NEVER_CARRIED


@dataclass(frozen=True, slots=True)
class Side:
    """An answer of the State in one response."""

    response: Response
    question: Question
    answer: Answer
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two answers of the State to what is asked alike that differ; ``mapping`` is empty where the provision is one."""

    here: Side
    there: Side
    mapping: str


def differences(desk: Desk) -> list[Difference]:
    """Return where answers of this response differ from those elsewhere to what is the same, in these or other words.

    Facts only: levels and ratings are judgements about one treaty and are not compared. Six queries.
    """
    if desk.entrusted is None:
        return []
    here = _sides(Elsewhere(desk.response, desk.entrusted))
    asked = {key for side in here for key in _keys(side)}
    same = same_asked(asked)
    near = asked.union(*({key for key, _mapping in found} for found in same.values()))
    there = [side for other in elsewhere(desk) for side in _sides(other, near)] if here else []
    by_key: dict[str, list[Side]] = defaultdict(list)
    for side in there:
        for key in _keys(side):
            by_key[key].append(side)
    found = []
    for side in here:
        for key in _keys(side):
            for other_key, mapping in ((key, ""), *same.get(key, ())):
                found += [Difference(side, each, mapping) for each in by_key[other_key] if _unlike(side, each)]
    return found


def saved_typing(desk: Desk) -> Saved:
    """Return how much of what was taken over here still stands. 2 queries."""
    rows = {(row.question, row.language): row.source_text for row in reuses_of(desk)}
    held = Answer.objects.filter(response=desk.response, question__in={question for question, _ in rows})
    return typing_saved(
        (rows[one.question, one.language], text_of(one.value)) for one in held if (one.question, one.language) in rows
    )


def _sides(one: Elsewhere, keys: Collection[str] | None = None) -> list[Side]:
    """Return the answers that can be compared, of questions about some provisions or about any."""
    questions = {each.identifier: each for each in _comparable(one, keys)}
    rows = Answer.objects.filter(response=one.response, is_answered=True, question__in=questions).order_by("pk")
    sides = (Side(one.response, questions[row.question], row, text_of(row.value)) for row in rows.only(*OF_ANSWER))
    return [side for side in sides if side.text]


def _comparable(one: Elsewhere, keys: Collection[str] | None) -> Iterator[Question]:
    form = form_of(one.response.version)
    for question in form.questions():
        if KINDS[question.kind] in NEVER_CARRIED or not covers(one, question.identifier):
            continue
        about = provisions_of_question(one.response.version, question.identifier)
        if about if keys is None else not about.isdisjoint(keys):
            yield question


def _keys(side: Side) -> frozenset[str]:
    return provisions_of_question(side.response.version, side.question.identifier)


def _unlike(one: Side, other: Side) -> bool:
    alike = KINDS[one.question.kind] is KINDS[other.question.kind] and one.answer.language == other.answer.language
    return alike and differ(one.text, other.text)
