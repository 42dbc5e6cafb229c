"""Submissions of States: the list, and how a curator enters one."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.access.visibility import Actor
from merida.interfaces.web import exports
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language
from merida.interfaces.web.views.lists import Head, Listed, by_name, choice, chosen, list_page
from merida.interfaces.web.views.observatory_choices import names_in_branches, state_names
from merida.interfaces.web.views.submission_pieces import CELLS, COLUMNS, state_name, submission_row
from merida.knowledge.observatory.handed_in import submission_values
from merida.knowledge.observatory.narrowing import themes_known
from merida.knowledge.observatory.submissions import record_submission, submissions, take_back_submission
from merida.knowledge.observatory.values import ValuesError


class SubmissionForm(forms.Form):
    """What a State handed in, what had called for it, where it can be read."""

    state = forms.ChoiceField(label=gettext_lazy("State"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=[(one.code, one.name) for one in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
    )
    submitted = forms.CharField(
        label=gettext_lazy("Handed in on"), max_length=10, widget=forms.DateInput(attrs={"type": "date"})
    )
    resolution = forms.CharField(
        label=gettext_lazy("Called for by the resolution"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("such as COSP 7/6"),
    )
    paragraph = forms.CharField(label=gettext_lazy("in its paragraph"), required=False, max_length=20)
    called_in = forms.CharField(
        label=gettext_lazy("Or by a document here"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("its symbol or address"),
    )
    link = forms.CharField(
        label=gettext_lazy("Where it can be read"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("an address that begins with https:// or http://"),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
    )
    document = forms.CharField(
        label=gettext_lazy("Or a document here that holds it"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("its symbol or address"),
    )
    source = forms.CharField(
        label=gettext_lazy("Source of this record"), max_length=300, help_text=gettext_lazy("where you found it")
    )
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["state"].choices = list(state_names(language()).items())  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", "—"), *names_in_branches(themes_known()).items()]  # type: ignore[attr-defined]


@public_page
def submissions_list(request: HttpRequest) -> HttpResponse:
    """Show all submissions, narrowed by State or words."""
    actor = actor_of(request.user)
    names = state_names(language())
    state = chosen(request, "state", list(names))
    rows = list(submissions(actor, state=state))
    heads = [
        Head("date", _("Handed in"), CELLS["date"], lambda one: one.submitted_date),
        Head("state", _("State"), CELLS["state"], lambda one: by_name(state_name(one))),
        Head("title", _("Title"), CELLS["title"], lambda one: by_name(one.title)),
        Head("languages", _("Languages"), CELLS["languages"]),
        Head("called", _("Called for by"), CELLS["called"], lambda one: one.resolution),
        Head("source", _("Source"), CELLS["source"]),
    ]
    listed = Listed(
        title=_("Submissions by States"),
        lead=_("What States handed in when a resolution or a meeting asked them to, and where it can be read."),
        rows=rows,
        heads=heads,
        data=exports.Table(name="submissions", columns=COLUMNS, rows=lambda: map(submission_row, rows)),
        words_of=lambda one: f"{one.title} {state_name(one)} {one.resolution}",
        choices=[choice(request, "state", _("State"), names)],
    )
    allowed = may(actor, Deed.CONFIRM)
    way_on = Link(_("Enter a submission"), reverse("submission_new")) if allowed else None
    return list_page(request, listed, context={"way_on": way_on})


@require_http_methods(["GET", "HEAD", "POST"])
def submission_new(request: HttpRequest) -> HttpResponse:
    """Enter a submission."""
    actor = _allowed(request)
    if request.method != "POST":
        return _page(request, SubmissionForm(initial={"state": request.GET.get("state", "")}))
    form = SubmissionForm(request.POST)
    if form.is_valid():
        said = dict(form.cleaned_data)
        theme = said.pop("theme")
        try:
            made = record_submission(actor, submission_values({**said, "themes": [theme] if theme else []}))
        except ValuesError as error:
            form.add_error(error.field if error.field in form.fields else None, refusal(error))
        else:
            messages.success(request, _("The submission is recorded."))
            return redirect(f"{reverse('submissions')}?state={made.state.iso3}")
    return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
def submission_take_back(request: HttpRequest) -> HttpResponse:
    """Remove a submission entered by mistake."""
    actor = _allowed(request)
    try:
        done = take_back_submission(actor, UUID(request.POST.get("submission", "")))
    except ValueError:
        done = False
    if done:
        messages.success(request, _("The submission is removed; the change log keeps it."))
    else:
        messages.warning(request, _("There is no such submission."))
    return redirect("submission_new")


def refusal(error: ValuesError) -> str:
    """Return why something was refused, in the reader's language."""
    said = {
        "MISSING": _("This must not be empty."),
        "TOO_LONG": _("This is too long."),
        "NO_DATE": _("This is not a day that exists. Write it as year-month-day, like 2021-03-29."),
        "NO_LINK": _("This is no address of the web. It begins with https:// or http:// and holds no password."),
        "UNKNOWN_DOCUMENT": _("No document here has this symbol or address."),
        "NOT_IN_REGISTRY": _("Nothing here has this name."),
        "UNKNOWN_CODE": _("Nothing here has this name."),
        "HERE_ALREADY": _("This is recorded already."),
    }
    if error.field in {"link", "resolution"} and error.code == "MISSING":
        either = {
            "link": _("Give a link, or a document here that holds it."),
            "resolution": _("Name the resolution or the document that called for it."),
        }
        return either[error.field]
    return said.get(error.code, str(error))


def _allowed(request: HttpRequest) -> Actor:
    actor = actor_of(request.user)
    if not may(actor, Deed.CONFIRM):
        raise PermissionDenied
    return actor


def _page(request: HttpRequest, form: SubmissionForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    latest = sorted(submissions(actor_of(request.user)), key=lambda one: one.recorded_at, reverse=True)[:20]
    context = {
        "form": form,
        "latest": [(one, state_name(one)) for one in latest],
        "breadcrumbs": [
            Link(_("Observatory"), reverse("observatory")),
            Link(_("Submissions by States"), reverse("submissions")),
            Link(_("Enter a submission")),
        ],
    }
    return render(request, "pages/submission_new.html", context, status=status)
