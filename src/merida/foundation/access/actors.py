"""From a signed-in person to the actor that every query and action takes."""

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from merida.foundation.access.models import WorkspaceMembership
from merida.foundation.access.visibility import ANYBODY, Actor
from merida.foundation.people.models import Role, User
from merida.foundation.people.queries import second_factor_missing


def actor_of(user: User | AnonymousUser | None) -> Actor:
    """Return who acts when ``user`` does.

    A role above reader counts only while its second factor is set up; until then the person reads as a reader. For
    ``request.user`` the answer is worked out once a request: one query for a reader, two for everybody else.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return ANYBODY
    if not isinstance(user, SimpleLazyObject):
        return _worked_out(user)
    remembered: Actor | None = getattr(user, "_acting_in_this_request", None)
    if remembered is None:
        remembered = _worked_out(user)
        user._acting_in_this_request = remembered  # noqa: SLF001
    return remembered


def person_reference(user: User) -> str:
    """Return the stable identifier of a person: ``person:uuid``."""
    return f"person:{user.uuid}"


def _worked_out(user: User) -> Actor:
    role = Role.READER.value if second_factor_missing(user) else user.role
    workspaces = WorkspaceMembership.objects.filter(user_id=user.pk).values_list("workspace_id", flat=True)
    return Actor(
        name=user.full_name,
        role=str(role),
        user_id=user.pk,
        workspaces=frozenset(workspaces),
        reference=person_reference(user),
    )
