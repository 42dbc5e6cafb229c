"""Reading laws."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import State
from merida.knowledge.library.models import Law


def laws_of(actor: Actor, state: State) -> QuerySet[Law]:
    """Return the laws of a State that ``actor`` may see, the newest first."""
    return Law.objects.visible_to(actor).filter(state=state).order_by(F("adopted_date").desc(nulls_last=True), "pk")


def laws_by_uuid(actor: Actor, identifiers: Collection[str | UUID]) -> dict[str, Law]:
    """Return laws by identifier; those that ``actor`` may not see are left out."""
    return {str(law.uuid): law for law in Law.objects.visible_to(actor).filter(uuid__in=list(identifiers))}
