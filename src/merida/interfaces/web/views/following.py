"""How to follow the calendar in a program: the public feeds, and a person's own secret addresses."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from merida.foundation.access.actors import actor_of
from merida.foundation.registry.figures import cycles_of, mechanisms_known
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import long_date
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.naming import in_reader_language, short_mechanism
from merida.interfaces.web.views.visit_forms import Choices, states_to_choose
from merida.review.synergies.following import (
    SubscriptionError,
    end_subscription,
    make_subscription,
    subscriptions_of,
)
from merida.review.synergies.models import CalendarSubscription


class SubscribeForm(forms.Form):
    """For which State: all without one."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, states: Choices, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["state"].choices = [("", _("all")), *states]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def calendar_follow(request: HttpRequest) -> HttpResponse:
    """Show the feeds; make a secret address, which is shown this once."""
    actor = actor_of(request.user)
    if request.method != "POST":
        return _page(request)
    if actor.user_id is None:
        return redirect_to_login(reverse("calendar_follow"))
    form = SubscribeForm(states_to_choose(), request.POST)
    if form.is_valid():
        try:
            _made, token = make_subscription(actor, state=form.cleaned_data["state"])
        except SubscriptionError:
            form.add_error(None, _("You have as many addresses as one person may have; end one first."))
        else:
            address = request.build_absolute_uri(reverse("person_feed", args=[token]))
            return _page(request, status=HTTPStatus.CREATED, token_address=address)
    return _page(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, form=form)


@require_POST
def calendar_unfollow(request: HttpRequest) -> HttpResponse:
    """End one of the reader's own secret addresses."""
    actor = actor_of(request.user)
    if actor.user_id is None:
        return redirect_to_login(reverse("calendar_follow"))
    if end_subscription(actor, request.POST.get("subscription", "")):
        messages.success(request, _("The address is ended: it answers no more."))
    else:
        messages.warning(request, _("There is no such address of yours, or it has ended."))
    return redirect("calendar_follow")


def _page(request: HttpRequest, *, status: int = HTTPStatus.OK, **said: object) -> HttpResponse:
    actor = actor_of(request.user)
    context = {
        "feeds": _feeds(request),
        "breadcrumbs": [Link(_("Calendar of visits"), reverse("calendar")), Link(_("Follow in your calendar"))],
    }
    if actor.user_id is not None:
        own = [(one, _scope(one), long_date(one.created_at.date())) for one in subscriptions_of(actor)]
        context |= {"own": own, "form": SubscribeForm(states_to_choose())}
    return render(request, "pages/calendar_follow.html", {**context, **said}, status=status)


def _scope(one: CalendarSubscription) -> str:
    return in_reader_language(one.state.names, one.state.iso3) if one.state else _("all States")


def _feeds(request: HttpRequest) -> Table:
    """Return the feeds of mechanisms and of their dated cycles."""
    rows = []
    for one in mechanisms_known():
        short = short_mechanism(one.code, one.short_name)
        rows.append(_feed(request, short, "", reverse("mechanism_feed", args=[one.slug])))
        rows += [
            _feed(
                request,
                short,
                f"{cycle.version.get_term_display()} {cycle.number}",
                reverse("cycle_feed", args=[one.slug, cycle.number]),
            )
            for cycle in cycles_of(one)
            if cycle.since_date
        ]
    columns = (Column(_("Mechanism")), Column(_("Cycle")), Column(_("Address for your calendar")))
    return Table(_("Feeds of mechanisms"), columns, rows)


def _feed(request: HttpRequest, name: str, cycle: str, path: str) -> tuple[Cell, ...]:
    return Cell(name), Cell(cycle), Cell(request.build_absolute_uri(path), path)
