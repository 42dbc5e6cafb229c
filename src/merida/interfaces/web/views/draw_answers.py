"""Answers that are due: which reviewers have not said whether they accept, by when, and words to remind them with."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.templatetags.words import long_date
from merida.interfaces.web.views.draw_pieces import Names, due_on, names_now, title_of
from merida.review.draws.models import Draw, EventKind, Pairing
from merida.review.draws.queries import draws_list, unanswered
from merida.review.draws.reading import read_announcement


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that is missing. ``due`` None: no period is set. ``words`` remind the reviewer."""

    pairing: Pairing
    draw: Draw
    title: str
    state: str
    reviewer: str
    due: dt.date | None
    overdue: bool
    reminded: str
    words: str


def draw_answers(request: HttpRequest) -> HttpResponse:
    """List the answers that are missing, those longest due first."""
    actor = actor_of(request.user)
    if not may(actor, Deed.HOLD_DRAW):
        raise PermissionDenied
    today, names = timezone.now().date(), names_now()
    draws = {one.pk: one for one in draws_list(actor)}
    owed = [
        _owed(one, draws[one.draw_id], names, today=today, host=request.build_absolute_uri("/")[:-1])
        for one in unanswered(actor)
    ]
    owed.sort(key=lambda one: (one.due is None, one.due or today))
    context = {
        "overdue": [one for one in owed if one.overdue],
        "waiting": [one for one in owed if not one.overdue],
        "today": today.isoformat(),
        "breadcrumbs": [Link(_("Drawing of lots"), reverse("draws")), Link(_("Answers due"))],
    }
    return render(request, "pages/draw_answers.html", context)


def _owed(pairing: Pairing, draw: Draw, names: Names, *, today: dt.date, host: str) -> Owed:
    due = due_on(pairing, read_announcement(draw.announcement_text).answer_days)
    title, state, reviewer = title_of(draw), names.of(pairing.state.iso3), names.of(pairing.reviewer.iso3)
    values = {
        "title": title,
        "state": state,
        "reviewer": reviewer,
        "day": long_date(pairing.record.drawn_at.date()),
        "due": long_date(due) if due else "",
        "address": f"{host}{reverse('draw', args=[draw.slug])}",
    }
    words = _(
        "%(title)s. On %(day)s lots fell on %(reviewer)s to review %(state)s. No answer has been recorded yet. "
        "Please say whether the review is accepted. %(address)s"
    )
    if due:
        words = _(
            "%(title)s. On %(day)s lots fell on %(reviewer)s to review %(state)s. An answer is asked for by %(due)s; "
            "none has been recorded yet. Please say whether the review is accepted. %(address)s"
        )
    return Owed(
        pairing=pairing,
        draw=draw,
        title=title,
        state=state,
        reviewer=reviewer,
        due=due,
        overdue=due is not None and due < today,
        reminded=_reminded([one.event_date for one in pairing.events.all() if one.kind == EventKind.REMINDED]),
        words=words % values,
    )


def _reminded(days: Sequence[dt.date]) -> str:
    if not days:
        return _("not reminded yet")
    said = ngettext("reminded once, on %(day)s", "reminded %(count)s times, last on %(day)s", len(days))
    return said % {"count": len(days), "day": long_date(max(days))}
