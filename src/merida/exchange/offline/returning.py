"""Bringing answers back: opened, checked and shown row by row first; then taken in as a whole, overwriting nothing."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from merida.exchange.offline.answers_file import AnswersFile, envelope_in, read_answers, rows_as_text, rows_from
from merida.exchange.offline.models import Package, Returned
from merida.exchange.offline.package_file import ANSWERS, SIGNED_PACKAGE
from merida.exchange.offline.sealing import NotOpenedError, open_sealed, read_envelope
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.changes.keys import public_keys, signature_holds
from merida.review.questionnaires.carrying import compare
from merida.review.questionnaires.form import Form
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.judging import Outcome
from merida.review.questionnaires.judging import Returned as Row
from merida.review.questionnaires.models import Response
from merida.review.questionnaires.queries import Desk
from merida.review.questionnaires.refusing import NothingHereError
from merida.review.questionnaires.returning import judge_returned, take_returned, was_entrusted

KEPT: Final = dt.timedelta(days=1)  # how long answers that were shown and not taken in stay
_WITH = ("package__response__version__questionnaire", "package__version")
_NOT_READ = ("package__response__version__content",)


def bring_back(actor: Actor, text: str, passphrase: str) -> Returned:
    """Open an answers file, or a package that was saved whole, and keep its rows to be shown. No answer is changed.

    Raises NotOpenedError: as ``sealing``, or NOTHING_TYPED, FORGED (not made here, or edited since), NOT_YOURS (of
    another State, or never entrusted to this person).
    """
    envelope = read_envelope(envelope_in(text), kind=ANSWERS)
    file = read_answers(open_sealed(envelope, passphrase), package=envelope.told()["package"])
    package = _package(file)
    if actor.user_id is None or not was_entrusted(actor, package.response):
        raise NotOpenedError("NOT_YOURS")
    with transaction.atomic():
        Returned.objects.filter(taken_in_at__isnull=True, returned_at__lt=timezone.now() - KEPT).delete()
        return Returned.objects.create(package=package, content=rows_as_text(file.rows), returned_by_id=actor.user_id)


def judged(actor: Actor, returned: Returned) -> list[Outcome]:
    """Return what would become of every row now, in the order of the questionnaire. Raises NothingHereError."""
    response, form, fits = _asked_now(returned)
    return _in_order(form, judge_returned(actor, response, _rows(returned), fits=fits))


def take_in(actor: Actor, uuid: UUID) -> list[Outcome]:
    """Take in what can be taken, all of it or nothing, and return what became of every row.

    Judged anew: what changed since it was shown counts. A second time changes nothing. Raises NothingHereError.
    """
    with transaction.atomic():
        returned = returned_seen(actor, uuid)
        Response.objects.select_for_update(of=("self",)).only("pk").get(pk=returned.package.response_id)
        returned = returned_seen(actor, uuid)  # as it is now that nobody else changes it
        response, form, fits = _asked_now(returned)
        found = _in_order(form, take_returned(actor, response, _rows(returned), dry_run=False, fits=fits))
        counts = Counter(str(one.became) for one in found)
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


def returned_seen(actor: Actor, uuid: UUID) -> Returned:
    """Return what this person brought back, also what is no longer entrusted. Raises NothingHereError."""
    found = Returned.objects.select_related(*_WITH).defer("package__version__content", *_NOT_READ)
    returned = found.filter(uuid=uuid, returned_by_id=actor.user_id).first()
    if returned is None or not was_entrusted(actor, returned.package.response):
        raise NothingHereError
    if returned.taken_in_at is None and returned.returned_at < timezone.now() - KEPT:
        raise NothingHereError
    return returned


def packages(desk: Desk) -> list[Package]:
    """Return who took answers of a response along: all of them for the focal point, the own ones for the others."""
    found = Package.objects.filter(response=desk.response).select_related("taken_by")
    if not desk.is_focal_point:
        found = found.filter(taken_by_id=desk.actor.user_id)
    return list(found.order_by("-taken_at", "-pk")[:50])


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


def _rows(returned: Returned) -> list[Row]:
    return [
        Row(one.question, one.language, one.base, one.value, key=one.key, earlier=one.earlier)
        for one in (rows_from(returned.content) if returned.content else ())
    ]


def _asked_now(returned: Returned) -> tuple[Response, Form, Collection[str] | None]:
    """Return what is answered now, and which of its questions ask the same as the package did; None: all of them."""
    package, response = returned.package, returned.package.response
    form = form_of(response.version)
    if package.version_id == response.version_id:
        return response, form, None
    return response, form, compare(form_of(package.version), form).carried()


def _in_order(form: Form, found: list[Outcome]) -> list[Outcome]:
    places = form.places
    return sorted(found, key=lambda one: (places.get(one.row.question, len(places)), one.row.question))
