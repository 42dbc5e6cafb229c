"""Asking for a digest, agreeing to it, ending it, and noting what was told."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db import transaction
from django.utils import timezone

from merida.exchange.digests.models import Digest, Rhythm
from merida.exchange.digests.queries import digests_of
from merida.foundation.access.actors import person_reference
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to

MOST_AT_ONCE = 20  # of one person
CHOICES = frozenset({"theme", "provision", "state", "type", "since", "until"})
LONGEST_CHOICE = 100
TO_CONFIRM = 7 * 24 * 3600  # seconds in which an address can be confirmed
# Of different salts, so that the address which ends a digest cannot confirm one.
_ENDING, _CONFIRMING = "merida.digests.end", "merida.digests.confirm"


class DigestError(ValueError):
    """The digest cannot be made so; ``code`` says why. Nothing was stored."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


def ask_for_digest(actor: Actor, *, choices: Mapping[str, str], rhythm: str, language: str) -> Digest:
    """Note that ``actor`` wants a digest; it begins once confirmed. Raises DigestError, PermissionDenied (no account).

    ``choices`` are those of the observatory's address, checked before; ``language`` has two letters.
    """
    if actor.user_id is None:
        raise PermissionDenied("only a person with an account is told by e-mail")
    if set(choices) - CHOICES or any(len(value) > LONGEST_CHOICE for value in choices.values()):
        raise DigestError("CHOICES", "these are no choices of the observatory")
    if rhythm not in Rhythm.values:
        raise DigestError("RHYTHM", f"{rhythm!r} is none of {', '.join(Rhythm.values)}")
    with transaction.atomic():
        held = digests_of(actor)
        if len(held) >= MOST_AT_ONCE:
            raise DigestError("TOO_MANY", f"there are {MOST_AT_ONCE} digests already; end one first")
        given = {"choices": dict(choices), "rhythm": rhythm, "language": language}
        same = next((one for one in held if (one.choices, one.rhythm, one.language) == tuple(given.values())), None)
        if same is not None:
            return same
        made = Digest.objects.create(user_id=actor.user_id, **given)
        after = {"rhythm": rhythm, "language": language}  # what somebody follows is nobody else's business
        record_change(actor, "ASK_FOR_DIGEST", reference_to(made), before=None, after=after)
    return made


def confirm_digest(token: str) -> Digest | None:
    """Begin the digest of a token that was sent to its owner; again, it changes nothing.

    None for a token that is false, older than a week, or of a digest that has ended.
    """
    try:
        identifier = TimestampSigner(salt=_CONFIRMING).unsign(token, max_age=TO_CONFIRM)
    except BadSignature:
        return None
    with transaction.atomic():
        found = Digest.objects.select_related("user").filter(uuid=identifier, ended_at__isnull=True).first()
        if found is None or found.confirmed_at is not None:
            return found
        found.confirmed_at = found.told_until_at = timezone.now()  # what was told before it began is not new
        found.save(update_fields=["confirmed_at", "told_until_at"])
        after = {"confirmed_at": found.confirmed_at}
        record_change(_owner(found), "CONFIRM_DIGEST", reference_to(found), before={"confirmed_at": None}, after=after)
    return found


def end_digest(token: str) -> Digest | None:
    """End the digest of a token; again, it changes nothing. None for a token that is false."""
    found = digest_to_end(token)
    return None if found is None else _ended(_owner(found), found)


def end_own_digest(actor: Actor, identifier: str) -> bool:
    """End one of the actor's own digests; False where there is no such one, or it has ended."""
    found = next((one for one in digests_of(actor) if str(one.uuid) == identifier), None)
    return found is not None and _ended(actor, found) is not None


def claim(digest: Digest, *, until: datetime) -> bool:
    """Take over the telling of what is new until a moment; False where another run was first.

    The moment moves before anything is sent: of two runs at once only one sends.
    """
    taken = Digest.objects.filter(pk=digest.pk, told_until_at=digest.told_until_at, ended_at__isnull=True)
    return taken.update(told_until_at=until) == 1


def give_back(digest: Digest, *, until: datetime) -> None:
    """Undo a claim whose message could not be sent, so that the next run tries again."""
    Digest.objects.filter(pk=digest.pk, told_until_at=until).update(told_until_at=digest.told_until_at)


def digest_to_end(token: str) -> Digest | None:
    """Return the digest of a token that ends one, ended or not; None for a token that is false."""
    try:
        identifier = Signer(salt=_ENDING).unsign(token)
    except BadSignature:
        return None
    return Digest.objects.select_related("user").filter(uuid=identifier).first()


def ending_token(digest: Digest) -> str:
    """Return the token that ends a digest, without a sign-in and for as long as it lasts."""
    return Signer(salt=_ENDING).sign(str(digest.uuid))


def confirming_token(digest: Digest) -> str:
    """Return the token that begins a digest, good for a week."""
    return TimestampSigner(salt=_CONFIRMING).sign(str(digest.uuid))


def _ended(actor: Actor, found: Digest) -> Digest:
    with transaction.atomic():
        if found.ended_at is None:
            found.ended_at = timezone.now()
            found.save(update_fields=["ended_at"])
            after = {"ended_at": found.ended_at}
            record_change(actor, "END_DIGEST", reference_to(found), before={"ended_at": None}, after=after)
    return found


def _owner(found: Digest) -> Actor:
    """Who holds a token acts as the owner, for this one deed."""
    return Actor(user_id=found.user_id, reference=person_reference(found.user))
