"""Bringing answers back: opened, checked and shown row by row first; then taken in as a whole, overwriting nothing."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from merida.exchange.offline.answers_file import AnswersFile, Row, envelope_in, read_answers, rows_as_text, rows_from
from merida.exchange.offline.judging import Around, Judged, Standing, Verdict, judge
from merida.exchange.offline.models import Package, Returned
from merida.exchange.offline.package_file import ANSWERS, SIGNED_PACKAGE
from merida.exchange.offline.sealing import NotOpenedError, open_sealed, read_envelope
from merida.foundation.access.visibility import Actor, Sight
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.changes.keys import public_keys, signature_holds
from merida.foundation.sources.languages import LANGUAGES
from merida.review.questionnaires.answering import Entering, is_closed, keep_many, save_answer
from merida.review.questionnaires.carrying import compare
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.models import Answer, Response, Revision
from merida.review.questionnaires.queries import Desk, desk_of
from merida.review.questionnaires.refusing import NothingHereError

KEPT: Final = dt.timedelta(days=1)  # how long answers that were shown and not taken in stay
AT_ONCE: Final = 500
Each = TypeVar("Each")
TAKEN: Final = frozenset({Verdict.NEW, Verdict.CHANGES})


def bring_back(actor: Actor, text: str, passphrase: str) -> Returned:
    """Open an answers file, or a package that was saved whole, and keep its rows to be shown. No answer is changed.

    Raises NotOpenedError: as ``sealing``, or NOTHING_TYPED, FORGED (not made here, or edited since), NOT_YOURS (of
    another State, or not entrusted to this person, or no longer).
    """
    envelope = read_envelope(envelope_in(text), kind=ANSWERS)
    file = read_answers(open_sealed(envelope, passphrase), package=envelope.told()["package"])
    package = _package(file)
    _desk(actor, package)
    if actor.user_id is None:
        raise NotOpenedError("NOT_YOURS")
    with transaction.atomic():
        Returned.objects.filter(taken_in_at__isnull=True, returned_at__lt=timezone.now() - KEPT).delete()
        return Returned.objects.create(package=package, content=rows_as_text(file.rows), returned_by_id=actor.user_id)


def judged(desk: Desk, returned: Returned) -> list[Judged]:
    """Return what would become of every row now, in the order of the questionnaire."""
    rows = rows_from(returned.content) if returned.content else ()
    response = desk.response
    standing, known = _standing(response, rows), _known(response, rows)
    fits = _fitting(desk, returned.package)
    closed = is_closed(response, timezone.now().date())
    found = []
    for row in rows:
        question = desk.form.by_identifier.get(row.question)
        around = Around(
            question,
            fits=row.question in fits,
            mine=question is not None and desk.sight(row.question) is Sight.ALL,
            closed=closed,
            known=(row.question, row.language, row.key) in known,
            in_six_languages=row.language in LANGUAGES,
        )
        found.append(judge(row, standing.get((row.question, row.language), Standing()), around))
    places = desk.form.places
    return sorted(found, key=lambda one: (places.get(one.row.question, len(places)), one.row.question))


def take_in(actor: Actor, uuid: UUID) -> list[Judged]:
    """Take in what can be taken, all of it or nothing, and return what became of every row.

    Judged anew: what changed since it was shown counts. A second time changes nothing. Raises NothingHereError.
    """
    with transaction.atomic():
        _, desk = returned_seen(actor, uuid)
        Response.objects.select_for_update(of=("self",)).get(pk=desk.response.pk)
        returned, desk = returned_seen(actor, uuid)  # as it is now that nobody else changes it
        found = judged(desk, returned)
        entering = _entering(desk.response, [one for one in found if one.verdict in TAKEN])
        keep_many(actor, desk.response, entering, verb="IMPORT")
        for one in found:
            if one.verdict is Verdict.BESIDE:
                _keep_beside(actor, desk.response, one)
        counts = Counter(str(one.verdict) for one in found)
        digest = hashlib.sha256(returned.content.encode()).hexdigest()
        if returned.content:
            after = {"digest": digest, "counts": dict(counts)}
            record_change(
                actor, "BRING_BACK", reference_to(returned.package), before=None, after=after, is_confined=True
            )
        now = timezone.now()
        Package.objects.filter(pk=returned.package_id).update(returned_at=now)
        Returned.objects.filter(pk=returned.pk).update(content="", taken_in_at=now)
    return found


def returned_seen(actor: Actor, uuid: UUID) -> tuple[Returned, Desk]:
    """Return what this person brought back, with the desk it belongs to. Raises NothingHereError."""
    found = Returned.objects.select_related("package__response", "package__version").defer("package__version__content")
    returned = found.filter(uuid=uuid, returned_by_id=actor.user_id).first()
    if returned is None or actor.user_id is None:
        raise NothingHereError
    if returned.taken_in_at is None and returned.returned_at < timezone.now() - KEPT:
        raise NothingHereError
    try:
        return returned, _desk(actor, returned.package)
    except NotOpenedError:
        raise NothingHereError from None


def packages(desk: Desk) -> list[Package]:
    """Return who took answers of a response along: all of them for the focal point, the own ones for the others."""
    found = Package.objects.filter(response=desk.response).select_related("taken_by")
    if not desk.is_focal_point:
        found = found.filter(taken_by_id=desk.actor.user_id)
    return list(found.order_by("-taken_at", "-pk")[:50])


def _entering(response: Response, taken: Sequence[Judged]) -> list[Entering]:
    """Return what was judged to enter its answer, with the answers as they are."""
    held = {(one.question, one.language): one for one in _answers(response, [one.row.question for one in taken])}
    return [
        Entering(
            held.get((one.row.question, one.row.language))
            or Answer(response=response, question=one.row.question, language=one.row.language),
            dict(one.value or {}),
            one.row.key,
        )
        for one in taken
    ]


def _keep_beside(actor: Actor, response: Response, one: Judged) -> None:
    row = one.row
    save_answer(actor, response, row.question, row.value, language=row.language, seen=one.seen, sent_key=row.key)


def _package(file: AnswersFile) -> Package:
    message = SIGNED_PACKAGE + file.manifest.encode()
    if not any(signature_holds(key, file.signature, message) for key in public_keys().values()):
        raise NotOpenedError("FORGED")
    found = Package.objects.select_related("response", "version").defer("version__content")
    try:
        package = found.filter(uuid=UUID(file.told["package"])).first()
    except ValueError:
        package = None
    if package is None or str(package.response.uuid) != file.told["response"]:
        raise NotOpenedError("FORGED")
    return package


def _desk(actor: Actor, package: Package) -> Desk:
    try:
        desk = desk_of(actor, package.response.uuid)
    except NothingHereError:
        raise NotOpenedError("NOT_YOURS") from None
    if desk.entrusted is None:
        raise NotOpenedError("NOT_YOURS")
    return desk


def _fitting(desk: Desk, package: Package) -> frozenset[str]:
    """Return the questions that an answer of the package is an answer to, in the version that is answered now."""
    if package.version_id == desk.response.version_id:
        return frozenset(desk.form.order)
    return compare(form_of(package.version), desk.form).carried()


def _standing(response: Response, rows: Sequence[Row]) -> dict[tuple[str, str], Standing]:
    held = list(_answers(response, [row.question for row in rows]))
    keys = {key: name for part in _parts(held) for key, name in _keys_of(part)}
    return {
        (one.question, one.language): Standing(
            one.revision, one.value, one.submitted_revision is not None, keys.get(one.pk)
        )
        for one in held
    }


def _answers(response: Response, questions: Sequence[str]) -> Iterator[Answer]:
    for part in _parts(questions):
        yield from Answer.objects.filter(response=response, question__in=part)


def _keys_of(answers: Iterable[Answer]) -> Iterable[tuple[int, UUID | None]]:
    numbers = {one.pk: one.revision for one in answers}
    texts = Revision.objects.filter(answer_id__in=numbers, sent_key__isnull=False, number__isnull=False)
    for answer, number, key in texts.values_list("answer_id", "number", "sent_key"):
        if numbers[answer] == number:
            yield answer, key


def _known(response: Response, rows: Sequence[Row]) -> set[tuple[str, str, UUID]]:
    found: set[tuple[str, str, UUID]] = set()
    for keys in _parts([row.key for row in rows]):
        texts = Revision.objects.filter(answer__response=response, sent_key__in=keys)
        for question, language, key in texts.values_list("answer__question", "answer__language", "sent_key"):
            if key is not None:
                found.add((question, language, key))
    return found


def _parts(every: Sequence[Each]) -> Iterator[set[Each]]:
    """Yield what stands in ``every``, a few hundred at once: databases limit how many values a query names."""
    for first in range(0, len(every), AT_ONCE):
        yield set(every[first : first + AT_ONCE])
