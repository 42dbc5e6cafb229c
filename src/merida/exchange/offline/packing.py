"""Taking a part of a response along: made for one person, recorded, readable with the passphrase only."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from merida.exchange.offline.models import Package
from merida.exchange.offline.package_file import (
    PACKAGE,
    SIGNED_PACKAGE,
    Named,
    key_as_jwk,
    manifest_text,
    package_text,
    sections_told,
)
from merida.exchange.offline.page_file import page_file
from merida.exchange.offline.passphrases import LONGEST, SHORTEST, weakness
from merida.exchange.offline.sealing import ITERATIONS, NONCE_BYTES, SALT_BYTES, master_key, seal
from merida.foundation.access.visibility import Actor, Sight
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.changes.keys import signing_key
from merida.foundation.sources.languages import LANGUAGES, text_in
from merida.knowledge.directory.queries import authorities_of
from merida.knowledge.library.queries import laws_of
from merida.review.questionnaires.form import Texts
from merida.review.questionnaires.queries import AnswerSeen, Desk, answers_seen
from merida.review.questionnaires.refusing import NothingHereError, RefusedError

WEAK: Final = {
    "TOO_SHORT": "a passphrase has at least {least} characters: four words that do not belong together are good",
    "TOO_LONG": "a passphrase has at most {most} characters",
    "TOO_SIMPLE": "this passphrase is easily guessed: take four words that do not belong together",
}


class Taken(NamedTuple):
    """A package that was made: its record and the file."""

    package: Package
    page: str


def take_along(actor: Actor, desk: Desk, passphrase: str, *, language: str, words: Mapping[str, str]) -> Taken:
    """Return this person's part of a response as one encrypted page, and record who took it and when.

    ``words`` are what the page says besides the questionnaire, in ``language``. The passphrase is used and forgotten.
    Raises RefusedError (weak passphrase, no such language), NothingHereError for whoever does not answer here.
    """
    if desk.entrusted is None or actor.user_id is None:
        raise NothingHereError
    if language not in LANGUAGES:
        raise RefusedError("{language} is none of the six languages", language=language[:10])
    refuse_weak(passphrase)
    identifier, at, key = uuid.uuid4(), timezone.now(), generate_private_key(SECP256R1())
    answers = [one for one in answers_seen(desk) if desk.sight(one.question) is Sight.ALL]
    manifest = manifest_text(_told(desk, identifier, at, language), _bases(answers), key)
    signer = signing_key()
    signature = signer.private.sign(SIGNED_PACKAGE + manifest.encode()).hex()
    inside = package_text(
        manifest, signature, signer.private.public_key().public_bytes_raw(), _content(desk, answers, key, language)
    )
    page = page_file(_sealed(inside, passphrase, identifier), language=language, words=words)
    with transaction.atomic():
        package = Package.objects.create(
            uuid=identifier,
            response=desk.response,
            version=desk.response.version,
            language=language,
            questions_count=len(desk.order()),
            answers_count=len(answers),
            digest=hashlib.sha256(page.encode()).hexdigest(),
            taken_at=at,
            taken_by_id=actor.user_id,
        )
        after = {"response": str(desk.response.uuid), "questions": package.questions_count, "digest": package.digest}
        record_change(actor, "TAKE_ALONG", reference_to(package), before=None, after=after, is_confined=True)
    return Taken(package, page)


def refuse_weak(passphrase: str) -> None:
    """Raise RefusedError for a passphrase that is short, monotonous or among the common ones."""
    found = weakness(passphrase)
    try:
        CommonPasswordValidator().validate(passphrase)
    except ValidationError:
        found = found or "TOO_SIMPLE"
    if found:
        raise RefusedError(WEAK[found], least=SHORTEST, most=LONGEST)


def _sealed(inside: str, passphrase: str, identifier: uuid.UUID) -> str:
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    master = master_key(passphrase, salt, iterations=ITERATIONS)
    return seal(inside, master, kind=PACKAGE, package=str(identifier), salt=salt, nonce=nonce, iterations=ITERATIONS)


def _told(desk: Desk, identifier: uuid.UUID, at: dt.datetime, language: str) -> dict[str, Any]:
    version = desk.response.version
    return {
        "package": str(identifier),
        "response": str(desk.response.uuid),
        "state": desk.response.state.iso3,
        "questionnaire": version.questionnaire.code,
        "version": version.digest,
        "made_at": at.isoformat(timespec="seconds"),
        "language": language,
    }


def _bases(answers: list[AnswerSeen]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for one in answers:
        found.setdefault(one.question, {})[one.language] = one.revision
    return found


def _content(desk: Desk, answers: list[AnswerSeen], key: EllipticCurvePrivateKey, language: str) -> dict[str, Any]:
    values: dict[str, dict[str, Any]] = {}
    for one in answers:
        values.setdefault(one.question, {})[one.language] = one.value
    read = _reader(language)
    due = min(filter(None, (desk.response.due_date, *desk.due_dates)), default=None)
    return {
        "title": read(desk.form.title) or desk.form.code,
        "introduction": read(desk.form.introduction),
        "state": read(desk.response.state.names) or desk.response.state.iso3,
        "language": desk.response.language,
        "due": due.isoformat() if due else "",
        "sections": sections_told(desk.sections(), read),
        "laws": [[one.identifier, one.text, one.detail] for one in _laws(desk, read)],
        "authorities": [[one.identifier, one.text, one.detail] for one in _authorities(desk, read)],
        "answers": values,
        "key": key_as_jwk(key),
    }


def _laws(desk: Desk, read: Callable[[Texts], str]) -> list[Named]:
    return [
        Named(
            str(law.uuid),
            read(law.titles) or str(law.uuid),
            " · ".join(each.isoformat() for each in (law.adopted_date, law.amended_date) if each),
        )
        for law in laws_of(desk.actor, desk.response.state)
    ]


def _authorities(desk: Desk, read: Callable[[Texts], str]) -> list[Named]:
    return [
        Named(str(one.uuid), read(one.names) or str(one.uuid), "")
        for one in authorities_of(desk.actor, desk.response.state)
    ]


def _reader(language: str) -> Callable[[Texts], str]:
    return lambda texts: text_in(texts, language).text
