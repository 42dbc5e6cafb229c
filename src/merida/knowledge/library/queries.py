"""Reading laws."""

from collections.abc import Collection

from django.db.models import F, QuerySet

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import State
from merida.knowledge.library.models import Law


def laws_of(actor: Actor, state: State) -> QuerySet[Law]:
    """Return the laws of a State that ``actor`` may see, the newest first."""
    return Law.objects.visible_to(actor).filter(state=state).order_by(F("adopted_date").desc(nulls_last=True), "pk")


def laws_named(actor: Actor, identifiers: Collection[str]) -> QuerySet[Law]:
    """Return those of some laws that ``actor`` may see, of whatever State."""
    return Law.objects.visible_to(actor).filter(uuid__in=identifiers)
