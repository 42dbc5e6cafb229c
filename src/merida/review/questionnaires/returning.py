"""Answers that come back in a file (a workbook, an offline package): what became of each row, and a rehearsal of it.

The one way in for every kind of file. What clashes is kept beside the answer as ``answering.save_answer`` keeps it,
nothing is overwritten, and the same file taken in twice changes nothing.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from merida.foundation.access.visibility import Actor, Entrusted
from merida.foundation.sources.languages import LANGUAGES
from merida.review.questionnaires.answering import Entering, keep_many, save_answer, why_aside
from merida.review.questionnaires.form import Form, Question
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Delegation, Response, Revision
from merida.review.questionnaires.refusing import NothingHereError
from merida.review.questionnaires.values import ValueProblem, clean_value, is_answered

MOST_ROWS: Final = 20_000
_AT_ONCE: Final = 500  # pairs in one query: SQLite takes no more than a thousand values
Key = tuple[str, str]  # question, language


class Became(StrEnum):
    """What became of a row, or would become of it."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    EMPTIED = "EMPTIED"
    UNCHANGED = "UNCHANGED"
    ASIDE = "ASIDE"  # kept beside the answer
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Returned:
    """A row of a file: the answer in one language, the revision it was made from, and where in the file it stands.

    ``template`` with ``values`` says why the row could not be read; it is refused then.
    """

    question: str
    language: str
    seen: int = 0
    value: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: ``aside`` says why it is kept beside, ``template`` with ``values`` why it was refused."""

    row: Returned
    became: Became
    aside: str = ""
    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class _Read(NamedTuple):
    """What the rows are held against."""

    response: Response
    form: Form
    held: Mapping[Key, Answer]
    bases: Mapping[tuple[str, str, int], Mapping[str, Any]]
    taken: frozenset[UUID]  # rows that came in before
    now: Sequence[Entrusted]
    before: Sequence[Entrusted]  # what was entrusted and no longer is
    twice: frozenset[Key]


def take_returned(actor: Actor, response: Response, rows: Iterable[Returned], *, dry_run: bool) -> list[Outcome]:
    """Take in the rows of a file, all in one transaction; with ``dry_run`` nothing is stored.

    A row whose answer is what the file was made from is left alone, whatever happened to the answer meanwhile. A
    refused row keeps no other from being taken in. Raises NothingHereError for who was never on the response.
    """
    given = list(rows)
    with transaction.atomic():
        read = _read(actor, response, given)
        judged = [_judged(read, row) for row in given]
        if not dry_run:
            _take_in(actor, read, judged)
        return [outcome for outcome, _ in judged]


def row_key(response: Response, row: Returned, value: Mapping[str, Any]) -> UUID:
    """Return the key of a row: the same answer on the same revision is one and the same sending."""
    said = json.dumps([row.question, row.language, row.seen, value], sort_keys=True, ensure_ascii=False)
    return uuid5(response.uuid, said)


def _read(actor: Actor, response: Response, rows: Sequence[Returned]) -> _Read:
    if actor.user_id is None:
        raise NothingHereError
    found = Response.objects.select_related("version").defer("version__content")
    held = found.select_for_update(of=("self",)).get(pk=response.pk)
    mine = list(Delegation.objects.filter(response=held, user_id=actor.user_id))
    if not mine:
        raise NothingHereError
    answers = {(one.question, one.language): one for one in Answer.objects.filter(response=held)}
    counted = Counter((row.question, row.language) for row in rows)
    return _Read(
        held,
        form_of(held.version),
        answers,
        _bases(answers, rows),
        _taken(held),
        [Entrusted(one.is_focal_point, frozenset(one.scopes)) for one in mine if one.ended_at is None],
        [Entrusted(one.is_focal_point, frozenset(one.scopes)) for one in mine if one.ended_at is not None],
        frozenset(key for key, count in counted.items() if count > 1),
    )


def _bases(answers: Mapping[Key, Answer], rows: Sequence[Returned]) -> dict[tuple[str, str, int], Mapping[str, Any]]:
    """Return the texts the rows were made from, where the answer has moved on since."""
    wanted = {
        (held.pk, row.seen): (row.question, row.language, row.seen)
        for row in rows
        if (held := answers.get((row.question, row.language))) is not None and 0 < row.seen < held.revision
    }
    pairs, found = list(wanted), {}
    for at in range(0, len(pairs), _AT_ONCE):
        part = pairs[at : at + _AT_ONCE]
        either = Q(pk__in=[])
        for number in {number for _, number in part}:
            either |= Q(number=number, answer_id__in=[pk for pk, other in part if other == number])
        for one in Revision.objects.filter(either):
            found[wanted[one.answer_id, one.number or 0]] = one.value
    return found


def _taken(response: Response) -> frozenset[UUID]:
    known = Revision.objects.filter(answer__response=response, sent_key__isnull=False)
    return frozenset(key for key in known.values_list("sent_key", flat=True) if key is not None)


def _judged(read: _Read, row: Returned) -> tuple[Outcome, dict[str, Any]]:
    if row.template:
        return Outcome(row, Became.REFUSED, template=row.template, values=row.values), {}
    if (row.question, row.language) in read.twice:
        return _refused(row, "{question} stands in the file more than once", question=row.question), {}
    if row.language not in LANGUAGES:
        return _refused(row, "{language} is none of the six languages", language=row.language[:10]), {}
    question, lost = _entrusted(read, row)
    if question is None:
        words = "{question}: no question of this name is entrusted to you"
        return _refused(row, words, question=row.question[:100]), {}
    try:
        value = clean_value(question, row.value)
    except ValueProblem as problem:
        return Outcome(row, Became.REFUSED, template=problem.template, values=problem.values), {}
    return _held_against(read, row, value, lost=lost), value


def _entrusted(read: _Read, row: Returned) -> tuple[Question | None, bool]:
    question, section = read.form.by_identifier.get(row.question), read.form.section_of.get(row.question, "")
    if question is None:
        return None, False
    if any(one.covers(row.question, section) for one in read.now):
        return question, False
    return (question, True) if any(one.covers(row.question, section) for one in read.before) else (None, False)


def _held_against(read: _Read, row: Returned, value: dict[str, Any], *, lost: bool) -> Outcome:
    held = read.held.get((row.question, row.language)) or Answer(question=row.question, language=row.language)
    if row.seen > held.revision:
        return _refused(row, "{question}: the file names a revision that does not exist", question=row.question)
    base = held.value if row.seen == held.revision else read.bases.get((row.question, row.language, row.seen), {})
    if value in (base, held.value) or row_key(read.response, row, value) in read.taken:
        return Outcome(row, Became.UNCHANGED)
    why = why_aside(read.response, held, value, seen=row.seen, lost=lost)
    if why:
        return Outcome(row, Became.ASIDE, aside=str(why))
    if not is_answered(value):
        return Outcome(row, Became.EMPTIED)
    return Outcome(row, Became.CHANGED if held.is_answered else Became.NEW)


def _take_in(actor: Actor, read: _Read, judged: Sequence[tuple[Outcome, dict[str, Any]]]) -> None:
    """Store what was judged: what enters an answer all at once, what is kept aside one by one."""
    texts = []
    for outcome, value in judged:
        row = outcome.row
        key = row_key(read.response, row, value)
        if outcome.became is Became.ASIDE:
            save_answer(actor, read.response, row.question, value, language=row.language, seen=row.seen, sent_key=key)
        elif outcome.became not in {Became.REFUSED, Became.UNCHANGED}:
            made = Answer(response=read.response, question=row.question, language=row.language)
            texts.append(Entering(read.held.get((row.question, row.language)) or made, value, key))
    keep_many(actor, read.response, texts)


def _refused(row: Returned, template: str, **values: Any) -> Outcome:
    return Outcome(row, Became.REFUSED, template=template, values=values)
