"""Answers that come back in a file (a workbook, an offline package): rehearsed and told row by row, then taken in.

The one way in for every kind of file; what becomes of each row, ``judging`` says. Nothing is overwritten, and the
same file taken in twice changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from merida.foundation.access.visibility import Actor, Entrusted
from merida.review.questionnaires.answering import Entering, is_closed, keep_many, save_answer
from merida.review.questionnaires.form import Form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.judging import Around, Became, Outcome, Returned, Standing, Trust, judge, row_key
from merida.review.questionnaires.models import Answer, Delegation, Response, Revision
from merida.review.questionnaires.refusing import NothingHereError

MOST_ROWS: Final = 20_000
_AT_ONCE: Final = 500  # pairs in one query: SQLite takes no more than a thousand values
_VERB: Final = "IMPORT"
Key = tuple[str, str]  # question, language


@dataclass(frozen=True, slots=True)
class _Read:
    """What the rows are held against."""

    response: Response
    form: Form
    held: Mapping[Key, Answer]
    standing: Mapping[Key, Standing]
    bases: Mapping[tuple[str, str, int], Mapping[str, Any]]
    now: Sequence[Entrusted]
    before: Sequence[Entrusted]  # what was entrusted and no longer is
    twice: frozenset[Key]
    fits: Collection[str] | None
    closed: bool


def judge_returned(
    actor: Actor, response: Response, rows: Iterable[Returned], *, fits: Collection[str] | None = None
) -> list[Outcome]:
    """Return what would become of each row now; nothing is stored.

    ``fits`` names the questions that ask the same as the file does, None where the file is of the version answered
    now. Raises NothingHereError for who was never on the response.
    """
    given = list(rows)
    read = _read(actor, response, given, fits)
    return [_judged(read, row) for row in given]


def take_returned(
    actor: Actor,
    response: Response,
    rows: Iterable[Returned],
    *,
    dry_run: bool,
    fits: Collection[str] | None = None,
) -> list[Outcome]:
    """Take in the rows of a file, all in one transaction; with ``dry_run`` nothing is stored.

    A row whose answer is what the file was made from is left alone, whatever happened to the answer meanwhile. A
    refused row keeps no other from being taken in. Raises NothingHereError for who was never on the response.
    """
    if dry_run:
        return judge_returned(actor, response, rows, fits=fits)
    given = list(rows)
    with transaction.atomic():
        Response.objects.select_for_update(of=("self",)).only("pk").get(pk=response.pk)
        read = _read(actor, response, given, fits)
        judged = [_judged(read, row) for row in given]
        _take_in(actor, read, judged)
    return judged


def was_entrusted(actor: Actor, response: Response) -> bool:
    """Whether this person works on the response, or did."""
    return actor.user_id is not None and Delegation.objects.filter(response=response, user_id=actor.user_id).exists()


def _read(actor: Actor, response: Response, rows: Sequence[Returned], fits: Collection[str] | None) -> _Read:
    if actor.user_id is None:
        raise NothingHereError
    held = Response.objects.select_related("version").defer("version__content").get(pk=response.pk)
    mine = list(Delegation.objects.filter(response=held, user_id=actor.user_id))
    if not mine:
        raise NothingHereError
    answers = {(one.question, one.language): one for one in Answer.objects.filter(response=held)}
    counted = Counter((row.question, row.language) for row in rows)
    return _Read(
        held,
        form_of(held.version),
        answers,
        _standing(held, answers),
        _bases(answers, rows),
        [Entrusted(one.is_focal_point, frozenset(one.scopes)) for one in mine if one.ended_at is None],
        [Entrusted(one.is_focal_point, frozenset(one.scopes)) for one in mine if one.ended_at is not None],
        frozenset(key for key, count in counted.items() if count > 1),
        fits,
        is_closed(held, timezone.now().date()),
    )


def _standing(response: Response, answers: Mapping[Key, Answer]) -> dict[Key, Standing]:
    named = Revision.objects.filter(answer__response=response, sent_key__isnull=False)
    keys: dict[int, dict[UUID, int | None]] = defaultdict(dict)
    for answer, number, key in named.values_list("answer_id", "number", "sent_key"):
        if key is not None:
            keys[answer][key] = number
    return {
        place: Standing(
            one.revision,
            one.value,
            submitted=one.submitted_revision is not None,
            key=next((key for key, number in keys[one.pk].items() if number == one.revision), None),
            keys=frozenset(keys[one.pk]),
        )
        for place, one in answers.items()
    }


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


def _judged(read: _Read, row: Returned) -> Outcome:
    standing = read.standing.get((row.question, row.language), Standing())
    base = read.bases.get((row.question, row.language, row.seen))
    if base is not None:
        standing = replace(standing, base=base)
    around = Around(
        read.response.uuid,
        read.form.by_identifier.get(row.question),
        _trust(read, row.question),
        fits=read.fits is None or row.question in read.fits,
        twice=(row.question, row.language) in read.twice,
        closed=read.closed,
    )
    return judge(row, standing, around)


def _trust(read: _Read, question: str) -> Trust:
    section = read.form.section_of.get(question, "")
    if any(one.covers(question, section) for one in read.now):
        return Trust.NOW
    return Trust.BEFORE if any(one.covers(question, section) for one in read.before) else Trust.NEVER


def _take_in(actor: Actor, read: _Read, judged: Sequence[Outcome]) -> None:
    """Store what was judged: what enters an answer all at once, what is kept aside one by one."""
    texts = []
    for one in judged:
        row, value = one.row, dict(one.value or {})
        key = row_key(read.response.uuid, row, value)
        if one.became is Became.ASIDE:
            save_answer(
                actor,
                read.response,
                row.question,
                value,
                language=row.language,
                seen=row.seen,
                sent_key=key,
                verb=_VERB,
            )
        elif one.became not in {Became.REFUSED, Became.UNCHANGED}:
            made = Answer(response=read.response, question=row.question, language=row.language)
            texts.append(Entering(read.held.get((row.question, row.language)) or made, value, key))
    keep_many(actor, read.response, texts, verb=_VERB)
