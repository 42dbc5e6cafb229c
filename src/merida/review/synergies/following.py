"""Secret addresses by which people follow the calendar in a program: made, ended, and read by their token."""

import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import State
from merida.review.synergies.models import CalendarSubscription

TOKEN_BYTES = 32
MOST_AT_ONCE = 20  # of one person


class SubscriptionError(ValueError):
    """The subscription cannot be made so; the message says why. Nothing was stored."""


def make_subscription(actor: Actor, *, state: str = "") -> tuple[CalendarSubscription, str]:
    """Make a secret address for ``actor``, for one State (an ISO code of three letters) or all; return its token too.

    The token is kept nowhere. Raises SubscriptionError (unknown State, too many), PermissionDenied (no account).
    """
    if actor.user_id is None:
        raise PermissionDenied("only a person with an account follows by a secret address")
    found = State.objects.filter(iso3=state).first()
    if state and found is None:
        raise SubscriptionError(f"state: {state!r} is not in the registry")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        if subscriptions_of(actor).count() >= MOST_AT_ONCE:
            raise SubscriptionError(f"there are {MOST_AT_ONCE} subscriptions already; end one first")
        made = CalendarSubscription.objects.create(user_id=actor.user_id, state=found, token_digest=digest_of(token))
        record_change(actor, "MAKE_SUBSCRIPTION", reference_to(made), before=None, after={"state": state})
    return made, token


def end_subscription(actor: Actor, identifier: str) -> bool:
    """End one of the actor's own subscriptions; False where there is no such one, or it has ended."""
    with transaction.atomic():
        held = subscriptions_of(actor).select_for_update(of=("self",))
        found = next((one for one in held if str(one.uuid) == identifier), None)
        if found is None:
            return False
        found.ended_at = timezone.now()
        found.save(update_fields=["ended_at"])
        after = {"ended_at": found.ended_at}
        record_change(actor, "END_SUBSCRIPTION", reference_to(found), before={"ended_at": None}, after=after)
    return True


def subscriptions_of(actor: Actor) -> QuerySet[CalendarSubscription]:
    """Return the subscriptions of a person that have not ended, the oldest first."""
    held = CalendarSubscription.objects.filter(user_id=actor.user_id or 0, ended_at__isnull=True)
    return held.select_related("state").order_by("created_at", "pk")


def subscription_by_token(token: str) -> tuple[Actor, CalendarSubscription] | None:
    """Return whose address this is, with what the person may see now; None for one ended, unknown or locked out."""
    found = CalendarSubscription.objects.select_related("user", "state").filter(
        token_digest=digest_of(token), ended_at__isnull=True, user__is_active=True
    )
    held = found.first()
    return None if held is None else (actor_of(held.user), held)


def digest_of(token: str) -> str:
    """Return what is kept of a token. It holds 256 bits by chance: a plain digest cannot be reversed."""
    return hashlib.sha256(token.encode()).hexdigest()
