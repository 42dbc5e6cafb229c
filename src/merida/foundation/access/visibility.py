"""THE rule who sees what. Nothing else in merida decides visibility.

A published public record is for everybody. A draft is for curators and above. A restricted record is for the
members of its workspace, the secretariat and administrators; unpublished, only for those members who are curators.
A State's answers to a questionnaire are for the people they are entrusted to, and for the staff once submitted
(``sight_of_answer``); the public reads copies that are made on consent.
The rule is written three times in this file, for a record in hand, as a database condition and as tags for the
search index, and a test holds the three together.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.db.models import Q

STAFF = frozenset({"SECRETARIAT", "ADMINISTRATOR"})
EDITORS = STAFF | {"CURATOR"}


class Sight(StrEnum):
    """How much of a State's answer to a questionnaire somebody sees before it is published."""

    NOTHING = "NOTHING"  # not even that it is there
    SUBMITTED = "SUBMITTED"  # the text that the State submitted, and the discussion it shares
    ALL = "ALL"  # drafts, history, internal discussion


@dataclass(frozen=True, slots=True)
class Entrusted:
    """What a person is entrusted with in one response: all of it, or the named sections and questions."""

    everything: bool = False
    scopes: frozenset[str] = frozenset()

    def covers(self, question: str, section: str) -> bool:
        """Whether a question is among it."""
        return self.everything or question in self.scopes or section in self.scopes


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


def sight_of_answer(actor: Actor, entrusted: Entrusted | None, *, question: str, section: str) -> Sight:
    """Return how much of an answer ``actor`` sees: the State's own people their part, the staff what was submitted.

    ``entrusted`` is what holds now for this person in this response, None for everybody else.
    """
    if actor == SYSTEM or (entrusted is not None and entrusted.covers(question, section)):
        return Sight.ALL
    return Sight.SUBMITTED if actor.role in STAFF else Sight.NOTHING


def entrusted_condition(actor: Actor, prefix: str = "") -> Q:
    """Return the condition that holds for the responses ``actor`` knows of: the own ones, all of them for the staff.

    ``prefix`` leads from the queried model to the response.
    """
    if actor.role in STAFF or actor == SYSTEM:
        return Q()
    if actor.user_id is None:
        return Q(pk__in=[])
    return Q(**{f"{prefix}delegations__user_id": actor.user_id, f"{prefix}delegations__ended_at__isnull": True})


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
