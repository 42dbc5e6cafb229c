"""Workspaces and their members; publishing and restricting a guarded record."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone

from merida.foundation.access.actors import person_reference
from merida.foundation.access.models import Audience, Guarded, Workspace, WorkspaceMembership
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.people.models import User


class WorkspaceError(ValueError):
    """The workspace cannot be made so; the message says why."""


def create_workspace(actor: Actor, *, code: str, title: str) -> Workspace:
    """Make a closed room with no members. Raises WorkspaceError (ill-formed or taken code), PermissionDenied."""
    _allow(actor, Deed.MANAGE_WORKSPACES)
    try:
        validate_slug(code)
    except ValidationError:
        raise WorkspaceError(f"{code!r} is no code: letters, digits, hyphens and underscores are") from None
    if Workspace.objects.filter(code=code).exists():
        raise WorkspaceError(f"there is a workspace {code} already")
    with transaction.atomic():
        workspace = Workspace.objects.create(code=code, title=title)
        after = {"code": code, "title": title}
        record_change(actor, "CREATE_WORKSPACE", reference_to(workspace), before=None, after=after, is_confined=True)
    return workspace


def add_member(actor: Actor, workspace: Workspace, user: User) -> None:
    """Let a person into a workspace; a member already there changes nothing. Raises PermissionDenied."""
    _allow(actor, Deed.MANAGE_WORKSPACES)
    with transaction.atomic():
        _, added = WorkspaceMembership.objects.get_or_create(workspace=workspace, user=user)
        if added:
            after = {"member": person_reference(user)}
            record_change(actor, "ADD_MEMBER", reference_to(workspace), before=None, after=after, is_confined=True)


def remove_member(actor: Actor, workspace: Workspace, user: User) -> None:
    """Take a person's place in a workspace away. Raises PermissionDenied."""
    _allow(actor, Deed.MANAGE_WORKSPACES)
    with transaction.atomic():
        removed, _ = WorkspaceMembership.objects.filter(workspace=workspace, user=user).delete()
        if removed:
            before = {"member": person_reference(user)}
            record_change(actor, "REMOVE_MEMBER", reference_to(workspace), before=before, after=None, is_confined=True)


def publish(actor: Actor, record: Guarded) -> None:
    """Open ``record`` to everybody, from now on. Published and public already: nothing changes.

    Curators publish drafts; opening what was restricted takes the staff. The search index follows the change record
    (``changes.signals.change_recorded``). Raises PermissionDenied.
    """
    _allow(actor, Deed.PUBLISH if record.audience == Audience.PUBLIC else Deed.OPEN_RESTRICTED)
    published_at = record.published_at or timezone.now()
    _set(actor, "PUBLISH", record, audience=Audience.PUBLIC, workspace=None, published_at=published_at)


def restrict(actor: Actor, record: Guarded, *, workspace: Workspace) -> None:
    """Close ``record`` to everybody but the members of ``workspace`` and the staff. Raises PermissionDenied."""
    _allow(actor, Deed.RESTRICT)
    published_at = record.published_at or timezone.now()
    _set(actor, "RESTRICT", record, audience=Audience.RESTRICTED, workspace=workspace, published_at=published_at)


def withdraw(actor: Actor, record: Guarded) -> None:
    """Make ``record`` a draft again, for whomever it was. Raises PermissionDenied."""
    _allow(actor, Deed.PUBLISH if record.audience == Audience.PUBLIC else Deed.RESTRICT)
    _set(actor, "WITHDRAW", record, audience=record.audience, workspace=record.workspace, published_at=None)


def _set(actor: Actor, verb: str, record: Guarded, **fields: Any) -> None:
    with transaction.atomic():
        before = _shown(record)
        for name, value in fields.items():
            setattr(record, name, value)
        after = _shown(record)
        if before == after:
            return
        record.save(update_fields=list(fields))
        record_change(actor, verb, reference_to(record), before=before, after=after)


def _shown(record: Guarded) -> dict[str, Any]:
    workspace = "" if record.workspace is None else reference_to(record.workspace)
    return {"audience": str(record.audience), "workspace": workspace, "published_at": record.published_at}


def _allow(actor: Actor, deed: Deed) -> None:
    if not may(actor, deed):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
