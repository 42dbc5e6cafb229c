"""Reading laws."""

from django.db.models import F, QuerySet

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import State
from merida.knowledge.library.models import Law


def laws_of(actor: Actor, state: State) -> QuerySet[Law]:
    """Return the laws of a State that ``actor`` may see, the newest first."""
    return Law.objects.visible_to(actor).filter(state=state).order_by(F("adopted_date").desc(nulls_last=True), "pk")
