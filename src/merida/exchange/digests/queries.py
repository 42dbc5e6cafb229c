"""Reading digests: a person's own, and those that are due."""

from datetime import datetime

from merida.exchange.digests.models import Digest
from merida.exchange.digests.rhythm import due
from merida.foundation.access.visibility import Actor


def digests_of(actor: Actor) -> list[Digest]:
    """Return the digests of a person that have not ended, the oldest first; 1 query."""
    held = Digest.objects.filter(user_id=actor.user_id or 0, ended_at__isnull=True)
    return list(held.order_by("made_at", "pk"))


def digests_due(at: datetime) -> list[Digest]:
    """Return the confirmed digests that are due at a moment, of people who may sign in; 1 query."""
    held = Digest.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True, user__is_active=True)
    found = held.select_related("user").order_by("pk")
    return [one for one in found if due(one.rhythm, told_until=one.told_until_at, at=at)]
