"""What curators do at the crosswalk, and the one thing that anybody may do: say that a mapping is wrong."""

import hashlib
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from merida.exchange.usage.countries import reader_address
from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.views import crosswalk_pieces as pieces
from merida.interfaces.web.views.crosswalk import asked_mapping, mapping_page, top
from merida.interfaces.web.views.crosswalk_forms import (
    CorrectForm,
    DecideForm,
    DisputeForm,
    FileForm,
    MappingForm,
    RetireForm,
    ReviewForm,
    initial_of,
)
from merida.interfaces.web.views.crosswalk_words import REFUSED
from merida.interfaces.web.views.listing import language
from merida.knowledge.crosswalk import actions, queries
from merida.knowledge.crosswalk.checking import MappingError, values_of
from merida.knowledge.crosswalk.exchanging import LARGEST, ImportReport, import_sssom
from merida.knowledge.crosswalk.models import Mapping
from merida.rules.crosswalk.sssom import SssomError

UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429
MOST_OF_ONE: Final = 10  # disputes an hour from one address; kept as a digest, for an hour
MOST_OF_ALL: Final = 200  # disputes an hour from everybody: more is no reader
OF_ALL: Final = "crosswalk-disputes"
HOUR: Final = 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mapping_dispute(request: HttpRequest, code: str) -> HttpResponse:
    """Let anybody say why a mapping is wrong; no name, no address, no account."""
    found = asked_mapping(code)
    form = DisputeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            refusal = _refusal(request, found, form.cleaned_data)
            if not refusal:
                messages.success(request, _("Thank you. A curator will look at it and answer on this page."))
                return redirect("crosswalk_mapping", found.code)
            form.add_error("reason", str(REFUSED[refusal]))
            status = TOO_MANY if refusal == "FULL" else UNPROCESSABLE
    there = queries.forward(found)
    context = {
        "form": form,
        "mapping": found,
        "title": f"{pieces.set_in_words(there.here)} – {pieces.set_in_words(there.there)}",
        "relation": there.relation_label,
        "breadcrumbs": [top(), Link(code, reverse("crosswalk_mapping", args=[code])), Link(_("Dispute this mapping"))],
    }
    return render(request, "pages/crosswalk_dispute.html", context, status=status)


def _refusal(request: HttpRequest, found: Mapping, said: dict[str, Any]) -> str:
    """Take the dispute, or return why not; what fell into the trap is passed over in silence."""
    if said["website"]:
        return ""
    name = _address_digest(request)
    count, of_all = cache.get(name, 0), cache.get(OF_ALL, 0)
    if count >= MOST_OF_ONE or of_all >= MOST_OF_ALL:
        return "FULL"
    try:
        actions.dispute_mapping(found.code, reason=said["reason"], language=language())
    except actions.DisputeRefusedError as error:
        return error.code
    cache.set(name, count + 1, HOUR)
    cache.set(OF_ALL, of_all + 1, HOUR)
    return ""


def _address_digest(request: HttpRequest) -> str:
    """Return a name for the reader's address of today that leads to nobody; behind proxies, for what they saw."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded, direct = request.headers.get("X-Forwarded-For", ""), request.META.get("REMOTE_ADDR", "")
    text = f"{reader_address(forwarded, direct, proxies=proxies)} {timezone.now().date()}"
    return f"crosswalk-dispute-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def crosswalk_desk(request: HttpRequest) -> HttpResponse:
    """Show the disputes that wait, and try or take an SSSOM file."""
    actor = _allowed(request)
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        report = _taken(actor, form) if form.is_valid() else None
        if report is not None:
            context |= {"report": report, "report_table": _report_table(report)}
            status = UNPROCESSABLE if report.is_refused else 200
    context["disputes"] = list(queries.open_disputes(actor))
    context["decide_form"] = DecideForm()
    context["breadcrumbs"] = [top(), Link(_("For curators"))]
    return render(request, "pages/crosswalk_desk.html", context, status=status)


def _taken(actor: Actor, form: FileForm) -> ImportReport | None:
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        form.add_error("file", _("The file is larger than 8 MB."))
        return None
    try:
        return import_sssom(actor, file.read(), dry_run=not form.cleaned_data["take"])
    except SssomError as error:
        form.add_error("file", str(error))
    except MappingError as error:
        form.add_error("file", f"{error.field}: {error}")
    return None


def _report_table(report: ImportReport) -> Table:
    said = {"NEW": _("new"), "CHANGED": _("changed"), "UNCHANGED": _("unchanged"), "REFUSED": _("refused")}
    columns = (Column(_("Line"), numeric=True), Column(_("Mapping")), Column(_("What becomes of it")), Column(_("Why")))
    shown = sorted(report.rows, key=lambda one: (one.outcome != "REFUSED", one.outcome == "UNCHANGED", one.line))
    rows = [
        (
            Cell(str(one.line)),
            Cell(f"{'; '.join(one.left)} {one.relation} {'; '.join(one.right)}".strip(), detail=one.code),
            Cell(said[one.outcome]),
            Cell(one.what, language="en" if one.what else ""),
        )
        for one in shown[:1000]
    ]
    return Table(_("The file line by line"), columns, rows)


@require_POST
def dispute_decide(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Answer a dispute."""
    actor = _allowed(request)
    found = queries.dispute(actor, identifier)
    if found is None:
        raise Http404
    form = DecideForm(request.POST)
    if form.is_valid():
        try:
            actions.decide_dispute(
                actor, found, upheld=request.POST.get("upheld") == "yes", decision=form.cleaned_data["decision"]
            )
            messages.success(request, _("The dispute is answered."))
        except MappingError as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("Say why: nothing was decided."))
    return redirect("crosswalk_desk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mapping_new(request: HttpRequest) -> HttpResponse:
    """Record a mapping as a draft."""
    actor = _allowed(request)
    form = MappingForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        made = _tried(form, lambda: actions.record_mapping(actor, form.values())) if form.is_valid() else None
        if made is not None:
            messages.success(request, _("The mapping is recorded as a draft."))
            return redirect("crosswalk_mapping", made.code)
    context = {"form": form, "title": _("Record a mapping"), "breadcrumbs": [top(), Link(_("Record a mapping"))]}
    return render(request, "pages/crosswalk_edit.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mapping_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a mapping."""
    actor, found = _allowed(request), asked_mapping(code)
    held = {"seen": found.revision, **initial_of(values_of(found))}
    form = CorrectForm(request.POST or None, initial=held)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            said = form.cleaned_data

            def deed() -> Mapping:
                return actions.correct_mapping(actor, code, form.values(), seen=said["seen"], reason=said["reason"])

            made = _tried(form, deed)
            if made is not None:
                messages.success(request, _("The mapping is corrected; it is a draft until two reviewers agree."))
                return redirect("crosswalk_mapping", code)
    title = _("Correct %(code)s") % {"code": code}
    crumbs = [top(), Link(code, reverse("crosswalk_mapping", args=[code])), Link(title)]
    return render(
        request, "pages/crosswalk_edit.html", {"form": form, "title": title, "breadcrumbs": crumbs}, status=status
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mapping_judge(request: HttpRequest, code: str) -> HttpResponse:
    """Review a mapping, or take it out of use."""
    actor, found = _allowed(request), asked_mapping(code)
    retiring = request.POST.get("deed") == "retire"
    seen = {"seen": found.revision}
    review = ReviewForm(request.POST if request.POST and not retiring else None, initial=seen)
    retire = RetireForm(request.POST if retiring else None, initial=seen)
    forms_said = {"review_form": review, "retire_form": retire}
    if request.method != "POST":
        return mapping_page(request, found, **forms_said)
    form = retire if retiring else review
    if form.is_valid():
        said = form.cleaned_data
        deed = actions.retire_mapping if retiring else actions.review_mapping
        if _tried(form, lambda: deed(actor, code, **said)) is not None:
            messages.success(request, _("It is recorded."))
            return redirect("crosswalk_mapping", code)
    response = mapping_page(request, asked_mapping(code), **forms_said)
    response.status_code = UNPROCESSABLE
    return response


def _tried(form: forms.Form, deed: Callable[[], Mapping]) -> Mapping | None:
    try:
        return deed()
    except actions.MappingChangedError:
        form.add_error(None, _("Somebody else changed this mapping meanwhile. Open it again; nothing was overwritten."))
    except MappingError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    return None


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied
    return actor
