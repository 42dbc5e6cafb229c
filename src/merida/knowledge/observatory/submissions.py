"""Submissions of States: recorded, taken back, read."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor, visible_condition
from merida.foundation.changes.actions import record_change, reference_to
from merida.foundation.registry.models import Resolution, State
from merida.knowledge.documents.models import Document
from merida.knowledge.observatory.handed_in import SubmissionValues
from merida.knowledge.observatory.models import Submission, Theme
from merida.knowledge.observatory.values import ValuesError


def record_submission(actor: Actor, values: SubmissionValues) -> Submission:
    """Record what a State handed in. Raises ValuesError where something is not here, or is here already.

    Raises PermissionDenied for all but curators and above.
    """
    _allow(actor)
    state = State.objects.filter(iso3=values.state).first()
    if state is None:
        raise ValuesError("NOT_IN_REGISTRY", "state", values.state, f"{values.state!r} is not in the registry")
    if values.resolution and not Resolution.objects.filter(key=values.resolution).exists():
        raise ValuesError("NOT_IN_REGISTRY", "resolution", values.resolution, f"{values.resolution!r} is not here")
    given = {
        "state": state,
        "title": values.title,
        "submitted_date": values.submitted,
        "resolution": values.resolution,
        "paragraph": values.paragraph,
        "called_in": _document(actor, "called_in", values.called_in),
        "link": values.link,
        "document": _document(actor, "document", values.document),
    }
    with transaction.atomic():
        if Submission.objects.filter(**given).exists():
            raise ValuesError("HERE_ALREADY", "title", values.title, "this is recorded already")
        made = Submission.objects.create(**given, languages=list(values.languages), source=values.source)
        made.themes.set(Theme.objects.filter(code__in=values.themes))
        record_change(actor, "RECORD_SUBMISSION", reference_to(made), before=None, after=_logged(made))
    return made


def take_back_submission(actor: Actor, identifier: UUID) -> bool:
    """Remove a submission recorded by mistake; the change log keeps it. False where there is no such one."""
    _allow(actor)
    with transaction.atomic():
        found = submissions(actor).filter(uuid=identifier).first()
        if found is None:
            return False
        record_change(actor, "TAKE_BACK_SUBMISSION", reference_to(found), before=_logged(found), after=None)
        found.delete()
    return True


def submissions(
    actor: Actor, *, state: str = "", themes: tuple[str, ...] = (), called_in: Document | None = None
) -> QuerySet[Submission]:
    """Return the submissions that ``actor`` may see, the latest first, with State, documents and themes; 2 queries."""
    found = Submission.objects.all()
    for name in ("document", "called_in"):
        seen = visible_condition(actor, f"{name}__")
        if seen:  # for somebody who sees everything it is empty, and "empty or none named" would mean none named
            found = found.filter(seen | Q(**{f"{name}__isnull": True}))
    if state:
        found = found.filter(state__iso3=state)
    if themes:
        tagged = Submission.themes.through.objects.filter(theme__code__in=themes)
        found = found.filter(pk__in=tagged.values("submission_id"))
    if called_in is not None:
        found = found.filter(called_in=called_in)
    named = found.select_related("state", "document", "called_in")
    return named.prefetch_related(Prefetch("themes", Theme.objects.only("code"))).order_by("-submitted_date", "pk")


def _document(actor: Actor, field: str, name: str) -> Document | None:
    if not name:
        return None
    seen = Document.objects.visible_to(actor)
    found: Document | None = seen.filter(slug=name).first() or seen.filter(symbol=name).order_by("pk").first()
    if found is None:
        raise ValuesError("UNKNOWN_DOCUMENT", field, name, f"{name!r} is no document here")
    return found


def _logged(made: Submission) -> dict[str, Any]:
    return {
        "state": made.state.iso3,
        "title": made.title,
        "languages": made.languages,
        "submitted_date": made.submitted_date,
        "resolution": made.resolution,
        "paragraph": made.paragraph,
        "called_in": reference_to(made.called_in) if made.called_in else "",
        "link": made.link,
        "document": reference_to(made.document) if made.document else "",
        "source": made.source,
        "themes": sorted(one.code for one in made.themes.all()),
    }


def _allow(actor: Actor) -> None:
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied(f"the role {actor.role or 'of a visitor'} does not allow this")
