"""Registering laws, and noting that they were amended."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from merida.foundation.access.models import Audience, Workspace
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.files.models import StoredFile
from merida.foundation.registry.models import State
from merida.knowledge.library.models import Law

LONGEST_TITLE = 500


class LawError(ValueError):
    """The law cannot be registered so; the message begins with the field.

    ``template`` filled with ``values`` is the English message after the field; a page tells the translated template.
    """

    def __init__(self, field: str, template: str, /, **values: object) -> None:
        self.field, self.template, self.values = field, template, values
        super().__init__(f"{field}: {template.format(**values) if values else template}")


def register_law(
    actor: Actor,
    state: State,
    titles: Mapping[str, str],
    *,
    adopted_date: dt.date | None = None,
    amended_date: dt.date | None = None,
    file: StoredFile | None = None,
    source_text: str = "",
    workspace: Workspace | None = None,
) -> Law:
    """Register a law: in a workspace by one of its members, for everybody by a curator (as a draft).

    Raises LawError (no title, days out of order), PermissionDenied.
    """
    mine = workspace is not None and (workspace.pk in actor.workspaces or may(actor, Deed.RESTRICT))
    if not mine and not (workspace is None and may(actor, Deed.PUBLISH)):
        raise PermissionDenied("only members of the workspace, or curators, register laws")
    said = {language: text.strip()[:LONGEST_TITLE] for language, text in titles.items() if text.strip()}
    if not said:
        raise LawError("titles", "a law has a title")
    if adopted_date and amended_date and amended_date < adopted_date:
        raise LawError("amended_date", "the amendment would come before the law")
    with transaction.atomic():
        law = Law.objects.create(
            state=state,
            titles=said,
            adopted_date=adopted_date,
            amended_date=amended_date,
            file=file,
            source_text=source_text[:500],
            workspace=workspace,
            audience=Audience.PUBLIC if workspace is None else Audience.RESTRICTED,
            published_at=None if workspace is None else timezone.now(),
        )
        after = {"state": state.iso3, "titles": said, "adopted_date": adopted_date, "amended_date": amended_date}
        record_change(actor, "REGISTER_LAW", reference_to(law), before=None, after=after)
    return law


def amend_law(actor: Actor, law: Law, amended_date: dt.date) -> Law:
    """Note the day of the last amendment of a law: earlier answers that name it are then told to be old.

    By who may register a law there. Raises LawError (before the law or before an amendment known), PermissionDenied.
    """
    mine = law.workspace_id is not None and (law.workspace_id in actor.workspaces or may(actor, Deed.RESTRICT))
    if not mine and not (law.workspace_id is None and may(actor, Deed.PUBLISH)):
        raise PermissionDenied("only members of the workspace, or curators, change laws")
    with transaction.atomic():
        held: Law = Law.objects.select_for_update().get(pk=law.pk)
        if held.adopted_date and amended_date < held.adopted_date:
            raise LawError("amended_date", "the amendment would come before the law")
        if held.amended_date and amended_date < held.amended_date:
            raise LawError("amended_date", "an amendment of {day} is known already", day=held.amended_date)
        before, held.amended_date = {"amended_date": held.amended_date}, amended_date
        held.save(update_fields=["amended_date"])
        after = {"amended_date": amended_date}
        record_change(actor, "AMEND_LAW", reference_to(held), before=before, after=after)
    return held
