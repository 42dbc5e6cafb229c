"""Registering authorities."""

from collections.abc import Collection, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import State
from merida.foundation.sources.languages import LANGUAGES
from merida.knowledge.directory.models import Authority, AuthorityFunction

LONGEST_NAME = 300


class AuthorityError(ValueError):
    """The authority cannot be registered so; the message begins with the field.

    ``template`` filled with ``values`` is the English message after the field; a page tells the translated template.
    """

    def __init__(self, field: str, template: str, /, **values: object) -> None:
        self.field, self.template, self.values = field, template, values
        super().__init__(f"{field}: {template.format(**values) if values else template}")


def register_authority(
    actor: Actor,
    state: State,
    names: Mapping[str, str],
    *,
    workspace: Workspace,
    function: str = AuthorityFunction.MINISTRY,
    languages: Collection[str] = (),
    contact: str = "",
) -> Authority:
    """Register an authority in a workspace, for its members. Raises AuthorityError, PermissionDenied."""
    if workspace.pk not in actor.workspaces and not may(actor, Deed.RESTRICT):
        raise PermissionDenied("only members of the workspace register authorities there")
    said = {language: text.strip()[:LONGEST_NAME] for language, text in names.items() if text.strip()}
    if not said:
        raise AuthorityError("names", "an authority has a name")
    if function not in AuthorityFunction.values:
        known = ", ".join(AuthorityFunction.values)
        raise AuthorityError("function", "{function} is none of {known}", function=function, known=known)
    strange = next((each for each in languages if each not in LANGUAGES), "")
    if strange:
        raise AuthorityError("languages", "{language} is none of the six languages", language=strange[:10])
    with transaction.atomic():
        made = Authority.objects.create(
            state=state,
            names=said,
            function=function,
            languages=sorted(languages),
            contact_text=contact[:2000],
            workspace=workspace,
            audience=Audience.RESTRICTED,
            published_at=timezone.now(),
        )
        after = {"state": state.iso3, "names": said, "function": function}
        record_change(actor, "REGISTER_AUTHORITY", reference_to(made), before=None, after=after)
    return made
