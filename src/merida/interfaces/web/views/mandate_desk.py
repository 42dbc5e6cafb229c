"""What curators do with resolutions: read, enter, confirm, link, join."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from merida.cooperation.mandates import actions
from merida.cooperation.mandates.actions import MandateChangedError, MandateError
from merida.cooperation.mandates.operative import OperativeTextError
from merida.cooperation.mandates.queries import evidence_by_uuid, mandate_by_uuid
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.registry.models import Resolution
from merida.interfaces.web.views.mandate_forms import (
    ConfirmForm,
    FollowForm,
    LinkForm,
    MandateForm,
    ReadForm,
    refusal,
)
from merida.interfaces.web.views.mandates import (
    asked_mandate,
    asked_resolution,
    confirm_form_of,
    mandate_page,
    mandates_page,
)

REFUSED, CONFLICT = 422, 409


@require_POST
def mandates_deed(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    """Do something about a resolution: read, enter, confirm, follow."""
    actor, found = _allowed(request), asked_resolution(request, slug)
    if deed == "confirm":
        count = actions.confirm_all(actor, found)
        messages.success(request, ngettext("%d paragraph is confirmed.", "%d paragraphs are confirmed.", count) % count)
        return redirect("mandates", slug)
    if deed not in DEEDS:
        raise Http404
    name, form_of, done = DEEDS[deed]
    form = form_of(request.POST)
    if form.is_valid() and _tried(form, lambda: messages.success(request, done(actor, found, form.cleaned_data))):
        return redirect("mandates", slug)
    response = mandates_page(request, found, **{name: form})
    response.status_code = REFUSED
    return response


def _read(actor: Actor, found: Resolution, said: dict[str, Any]) -> str:
    if said["document"]:
        made = actions.read_mandates_of_document(actor, resolution=found.key, document=said["document"].strip())
    else:
        made = actions.read_mandates(actor, resolution=found.key, text=said["text"], language=said["language"])
    count = len(made)
    return ngettext("%d paragraph was read; confirm it.", "%d paragraphs were read; confirm them.", count) % count


def _enter(actor: Actor, found: Resolution, said: dict[str, Any]) -> str:
    actions.enter_mandate(actor, resolution=found.key, **said)
    return _("The paragraph is recorded.")


def _follow(actor: Actor, found: Resolution, said: dict[str, Any]) -> str:
    actions.record_succession(actor, earlier=said["earlier"], later=found.key)
    return _("The resolutions are joined.")


Done = Callable[[Actor, Resolution, dict[str, Any]], str]
DEEDS: dict[str, tuple[str, Callable[[Any], forms.Form], Done]] = {
    "read": ("read_form", ReadForm, _read),
    "enter": ("enter_form", lambda posted: MandateForm(posted, prefix="enter"), _enter),
    "follow": ("follow_form", FollowForm, _follow),
}


@require_POST
def mandate_confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Confirm a paragraph, corrected or not."""
    actor, found = _allowed(request), asked_mandate(request, uuid)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        said = dict(form.cleaned_data)
        seen = said.pop("seen")
        try:
            actions.confirm_mandate(actor, found, seen=seen, **said)
        except MandateChangedError as changed:
            fresh = mandate_by_uuid(actor, uuid) or found
            again = ConfirmForm({**request.POST.dict(), "seen": changed.mandate.revision})
            again.is_valid()
            return _answered(mandate_page(request, fresh, confirm_form=again, overtaken=True), CONFLICT)
        except MandateError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("The paragraph is confirmed."))
            return redirect("mandate", uuid)
    return _answered(mandate_page(request, found, confirm_form=form), REFUSED)


@require_POST
def mandate_link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Link a record, or every activity that names the resolution."""
    actor, found = _allowed(request), asked_mandate(request, uuid)
    if "all" in request.POST:
        count = actions.link_all_told(actor, found)
        messages.success(request, ngettext("%d activity is linked.", "%d activities are linked.", count) % count)
        return redirect("mandate", uuid)
    form = LinkForm(request.POST)
    if form.is_valid() and _tried(form, lambda: actions.link_evidence(actor, found, **form.cleaned_data)):
        messages.success(request, _("The record is linked."))
        return redirect("mandate", uuid)
    return _answered(mandate_page(request, found, link_form=form), REFUSED)


@require_POST
def evidence_unlink(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a link back."""
    actor = _allowed(request)
    found = evidence_by_uuid(actor, uuid)
    if found is None:
        raise Http404
    mandate = found.mandate.uuid
    actions.unlink_evidence(actor, found)
    messages.success(request, _("The link is taken back."))
    return redirect("mandate", mandate)


@require_POST
def mandate_take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Remove a paragraph that was entered or read by mistake."""
    actor, found = _allowed(request), asked_mandate(request, uuid)
    seen = request.POST.get("seen", "")
    try:
        actions.take_back_mandate(actor, found, seen=int(seen) if seen.isdecimal() else -1)
    except MandateChangedError:
        fresh = mandate_by_uuid(actor, uuid) or found
        return _answered(mandate_page(request, fresh, confirm_form=confirm_form_of(fresh), overtaken=True), CONFLICT)
    messages.success(request, _("The paragraph is removed; the change log keeps it."))
    return redirect("mandates", found.resolution.slug)


def _tried(form: forms.Form, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except (MandateError, OperativeTextError) as error:
        _refuse(form, error)
        return False
    return True


def _refuse(form: forms.Form, error: MandateError | OperativeTextError) -> None:
    field = getattr(error, "field", "text")
    form.add_error(field if field in form.fields else None, refusal(error.code, str(error)))


def _answered(response: HttpResponse, status: int) -> HttpResponse:
    response.status_code = status
    return response


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied
    return actor
