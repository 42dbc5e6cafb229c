"""Reading visits, and the clashes among those that a reader may see."""

from collections.abc import Collection
from typing import Any

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import State
from merida.review.synergies.clashes import BlockedMeeting, Clash, Holiday, PlannedVisit, clashes
from merida.review.synergies.models import Visit


def visits_of(actor: Actor, state: State) -> Any:
    """Return the visits to ``state`` that ``actor`` may see, cancelled ones too, by day."""
    found = Visit.objects.visible_to(actor).filter(state=state)
    return found.select_related("mechanism").order_by("first_date", "uuid")


def clashes_of(
    actor: Actor, state: State, *, blocked: Collection[BlockedMeeting] = (), holidays: Collection[Holiday] = ()
) -> list[Clash]:
    """Return the clashes among the visits to ``state`` that ``actor`` may see; those cancelled clash with nothing."""
    held = visits_of(actor, state).filter(cancelled_at__isnull=True)
    planned = [PlannedVisit(str(one.uuid), one.first_date, one.last_date) for one in held]
    return clashes(planned, blocked=blocked, holidays=holidays)
