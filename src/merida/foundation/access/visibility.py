"""THE rule who sees what. Nothing else in merida decides visibility.

A published public record is for everybody. A draft is for curators and above. A restricted record is for the
members of its workspace, the secretariat and administrators; unpublished, only for those members who are curators.
The rule is written three times in this file, for a record in hand, as a database condition and as tags for the
search index, and a test holds the three together.
"""

from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Q

STAFF = frozenset({"SECRETARIAT", "ADMINISTRATOR"})
EDITORS = STAFF | {"CURATOR"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a signed-in person, nobody in particular, or merida itself (``system``).

    ``role`` is a role code, ``""`` for somebody not signed in, ``SYSTEM`` for commands run on the machine.
    ``reference`` is the account by its stable identifier (``person:uuid``), the only thing the change log keeps of it.
    """

    name: str = ""
    role: str = ""
    user_id: int | None = None
    workspaces: frozenset[int] = frozenset()
    reference: str = ""


ANYBODY = Actor()
SYSTEM = Actor(name="merida", role="SYSTEM")


def may_see(actor: Actor, *, audience: str, workspace_id: int | None, published: bool) -> bool:
    """Whether ``actor`` may see a record with these properties."""
    if actor.role in STAFF or actor == SYSTEM:
        return True
    if not published and actor.role not in EDITORS:
        return False
    return audience == "PUBLIC" or workspace_id in actor.workspaces


def visible_condition(actor: Actor, prefix: str = "") -> Q:
    """Return the condition that holds for the records ``actor`` may see.

    ``prefix`` leads from the queried model to the guarded one, for example ``version__document__``.
    """
    if actor.role in STAFF or actor == SYSTEM:
        return Q()
    public = Q(**{f"{prefix}audience": "PUBLIC"})
    published = Q(**{f"{prefix}published_at__isnull": False})
    seen = public if actor.role in EDITORS else public & published
    if actor.workspaces:
        member = Q(**{f"{prefix}workspace_id__in": sorted(actor.workspaces)})
        seen |= member if actor.role in EDITORS else member & published
    return seen


def visibility_tag(*, audience: str, workspace_id: int | None, published: bool) -> str:
    """Return the one tag that the search index keeps for a record: ``PUBLIC``, ``DRAFT``, ``R7`` or ``RDRAFT7``."""
    room = "" if workspace_id is None else str(workspace_id)
    if audience == "PUBLIC":
        return "PUBLIC" if published else "DRAFT"
    return f"R{room}" if published else f"RDRAFT{room}"


def visibility_tags(actor: Actor) -> frozenset[str] | None:
    """Return the tags ``actor`` may see, or None where the actor sees everything."""
    if actor.role in STAFF or actor == SYSTEM:
        return None
    tags = {"PUBLIC"} | {f"R{room}" for room in actor.workspaces}
    if actor.role in EDITORS:
        tags |= {"DRAFT"} | {f"RDRAFT{room}" for room in actor.workspaces}
    return frozenset(tags)


class GuardedQuerySet(models.QuerySet[Any]):
    """A queryset of guarded records."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what ``actor`` may see."""
        return self.filter(visible_condition(actor))
