"""Reading authorities."""

from django.db.models import QuerySet

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import State
from merida.knowledge.directory.models import Authority


def authorities_of(actor: Actor, state: State) -> QuerySet[Authority]:
    """Return the authorities of a State that ``actor`` may see."""
    return Authority.objects.visible_to(actor).filter(state=state).order_by("function", "pk")
