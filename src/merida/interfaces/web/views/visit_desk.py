"""What planners do with visits: record, move, cancel, publish. Clashes are shown first and saved on confirmation."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.foundation.registry.figures import mechanisms_known
from merida.foundation.registry.models import State
from merida.foundation.registry.queries import states_by_code
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views import visit_pieces as pieces
from merida.interfaces.web.views.calendars import asked_visit, visit_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.naming import short_mechanism
from merida.interfaces.web.views.refusals import told
from merida.interfaces.web.views.visit_forms import (
    CancelForm,
    MoveForm,
    RecordForm,
    SeenForm,
    desk_of,
    states_to_choose,
)
from merida.review.synergies.actions import (
    VisitChangedError,
    VisitError,
    cancel_visit,
    move_visit,
    publish_visit,
    record_visit,
)
from merida.review.synergies.clashes import Clash, PlannedVisit
from merida.review.synergies.models import Visit
from merida.review.synergies.queries import IN_COUNTRY, clashes_if, planned

REFUSED, CONFLICT = 422, 409
NEW = "new"  # the key of a visit that has none yet


@require_http_methods(["GET", "HEAD", "POST"])
def visit_new(request: HttpRequest) -> HttpResponse:
    """Record a visit as a draft."""
    actor = _allowed(request)
    asked = {"state": request.GET.get("state", "").upper()}
    form = RecordForm(states_to_choose(), _mechanisms(), request.POST or None, initial=asked)
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            said = form.cleaned_data
            days = said["first_date"], said["last_date"]
            wished = PlannedVisit(NEW, *days, in_country=said["kind"] in IN_COUNTRY)
            state = states_by_code([said["state"]])[said["state"]]
            warned = _warning(request, actor, state, wished, joint=said["joint_allowed"])
            made = None if warned else _tried(form, lambda: record_visit(actor, **said))
            if made is not None:
                messages.success(request, _("The visit is recorded as a draft. Publish it once it may be seen."))
                return redirect("visit", made.uuid)
            context |= warned
            status = CONFLICT if warned else REFUSED
    context["breadcrumbs"] = [Link(_("Calendar of visits"), reverse("calendar")), Link(_("Record a visit"))]
    return render(request, "pages/visit_new.html", context, status=status)


@require_POST
def visit_move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a visit other days."""
    actor, found = _allowed(request), asked_visit(request, uuid)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _again(request, found, "move_form", form)
    said, sent = form.cleaned_data, _Sent("move_form", form)
    wished = replace(planned(found), first=said["first_date"], last=said["last_date"])
    warned = _warning(request, actor, found.state, wished, joint=found.joint_allowed)
    if warned and said["seen"] == found.sequence:  # who was overtaken is told that first
        return _again(request, found, "move_form", form, status=CONFLICT, **warned)
    return _done(request, found, sent, lambda: move_visit(actor, found, **said), _("The visit is moved."))


@require_POST
def visit_cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Call a visit off."""
    actor, found = _allowed(request), asked_visit(request, uuid)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _again(request, found, "cancel_form", form)
    said = form.cleaned_data
    told = _("The visit is cancelled; it stays in the record.")
    return _done(request, found, _Sent("cancel_form", form), lambda: cancel_visit(actor, found, **said), told)


@require_POST
def visit_publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a visit to everybody."""
    actor, found = _allowed(request), asked_visit(request, uuid)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _again(request, found, "publish_form", form)
    said, told = form.cleaned_data, _("The visit is public.")
    return _done(request, found, _Sent("publish_form", form), lambda: publish_visit(actor, found, **said), told)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A form of the visit's page as somebody sent it, by its name there."""

    name: str
    form: forms.Form

    def read_again(self, visit: Visit) -> forms.Form:
        """Return it with all that was typed, as somebody who has now seen the visit sends it."""
        again = type(self.form)({**self.form.data.dict(), "seen": visit.sequence})  # type: ignore[attr-defined]
        again.is_valid()
        return again


def _done(request: HttpRequest, found: Visit, sent: _Sent, deed: Callable[[], object], told: str) -> HttpResponse:
    try:
        deed()
    except VisitChangedError as changed:
        again = sent.read_again(changed.visit)
        return _again(request, changed.visit, sent.name, again, status=CONFLICT, overtaken=True)
    except VisitError as error:
        _refuse(sent.form, error)
        return _again(request, found, sent.name, sent.form)
    messages.success(request, told)
    return redirect("visit", found.uuid)


def _again(
    request: HttpRequest, found: Visit, name: str, form: forms.Form, *, status: int = REFUSED, **said: Any
) -> HttpResponse:
    """Show the visit's page with a form that was not taken."""
    response = visit_page(request, found, **{**desk_of(found), name: form, **said})
    response.status_code = status
    return response


def _tried(form: forms.Form, deed: Callable[[], Visit]) -> Visit | None:
    try:
        return deed()
    except VisitError as error:
        _refuse(form, error)
        return None


def _refuse(form: forms.Form, error: VisitError) -> None:
    form.add_error(error.field if error.field in form.fields else None, told(error))


def _warning(request: HttpRequest, actor: Actor, state: State, wished: PlannedVisit, *, joint: bool) -> dict[str, Any]:
    """Return the clashes that were not confirmed yet, in words; nothing where none are left to say."""
    found, others = clashes_if(actor, state, wished, language())
    mark = _mark_of(found)
    if not found or request.POST.get("confirmed") == mark:
        return {}
    warnings = pieces.clashes_in_words(found, others, this=wished.key, joint=joint)
    return {"warnings": warnings, "confirmation": mark}


def _mark_of(found: list[Clash]) -> str:
    """Return a mark of exactly these clashes: a new one is shown before it is saved."""
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def _mechanisms() -> list[tuple[str, str]]:
    return [(one.code, short_mechanism(one.code, one.short_name)) for one in mechanisms_known()]


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.PLAN_VISITS):
        raise PermissionDenied
    return actor
