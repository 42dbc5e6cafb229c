"""Which resolutions a reader may know of."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from merida.foundation.access.visibility import Actor, visible_condition
from merida.foundation.registry.models import Resolution
from merida.foundation.registry.queries import resolutions_list
from merida.knowledge.documents.models import Mention, MentionKind


def resolutions_known_to(actor: Actor, *, body: str = "") -> QuerySet[Resolution]:
    """Return resolutions and decisions by body and number that ``actor`` may know of.

    Those of the reference data (they bring a title), and those that a document ``actor`` may see names. What only a
    hidden document names is not known, not even by its number.
    """
    naming = Mention.objects.filter(kind=MentionKind.RESOLUTION, key=OuterRef("key"))
    visible = naming.filter(visible_condition(actor, "version__document__"))
    return resolutions_list(body=body).filter(~Q(titles={}) | Exists(visible))
