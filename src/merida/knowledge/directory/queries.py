"""Reading authorities."""

from collections.abc import Collection

from django.db.models import QuerySet

from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import State
from merida.knowledge.directory.models import Authority


def authorities_of(actor: Actor, state: State) -> QuerySet[Authority]:
    """Return the authorities of a State that ``actor`` may see."""
    return Authority.objects.visible_to(actor).filter(state=state).order_by("function", "pk")


def authorities_named(actor: Actor, identifiers: Collection[str]) -> QuerySet[Authority]:
    """Return those of some authorities that ``actor`` may see, of whatever State."""
    return Authority.objects.visible_to(actor).filter(uuid__in=identifiers)
