"""Reading workspaces."""

from django.db.models import QuerySet

from merida.foundation.access.models import Workspace
from merida.foundation.access.visibility import STAFF, SYSTEM, Actor


def workspace_by_code(code: str) -> Workspace | None:
    """Return the workspace of a code, for merida's own use: whoever asks for a person goes through ``workspaces``."""
    return Workspace.objects.filter(code=code).first()


def workspaces(actor: Actor) -> QuerySet[Workspace]:
    """Return the workspaces that ``actor`` knows of: the own ones, all of them for the staff."""
    if actor.role in STAFF or actor == SYSTEM:
        return Workspace.objects.order_by("code")
    return Workspace.objects.filter(pk__in=actor.workspaces).order_by("code")
