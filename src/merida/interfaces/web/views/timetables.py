"""A cycle's timetable: lanes by State, load by month, table, and why a visit lies where it lies."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.interfaces.web import exports
from merida.interfaces.web.languages import content_language, direction
from merida.interfaces.web.pictures.lanes import Words, draw_lanes, span_words
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.templatetags.words import query_string
from merida.interfaces.web.views import timetable_pieces as pieces
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.lists import Choice, choice, chosen
from merida.interfaces.web.views.naming import isolated
from merida.review.synergies.plan_models import CyclePlan
from merida.review.synergies.plan_queries import plan_by_uuid, plan_view
from merida.review.synergies.plan_view import Bar, PlanView
from merida.review.synergies.why_here import why_here


@public_page
def timetable(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one timetable as far as the reader may see it."""
    actor = actor_of(request.user)
    view = plan_view(actor, uuid)
    if view is None:
        raise Http404(_("There is no timetable with this address."))
    plan = plan_by_uuid(actor, uuid)
    shown = view if plan is None else pieces.titled(view, plan)
    return timetable_page(request, shown, plan=plan, may_plan=may(actor, Deed.PLAN_VISITS))


def timetable_page(request: HttpRequest, view: PlanView, *, plan: CyclePlan | None = None, **more: Any) -> HttpResponse:
    """Render the page of a timetable; ``more`` goes into its context."""
    words = pieces.words_now()
    view = pieces.in_order(view, words)
    choices = _choices(request, view, words)
    taken = pieces.Narrowed(**{name: chosen(request, name, values) for name, values in _values(view).items()})
    shown = taken.of(view)
    window, problem = pieces.asked_window(request, view)

    kept = query_string(request, why="", format=None)

    def address(bar: Bar) -> str:
        return f"{kept}{quote(bar.code, safe='')}#why"

    asked = request.GET.get("why", "")
    why = None
    if asked:
        if any(one.code == asked for one in view.bars):
            close = query_string(request, why=None, format=None)
            why = pieces.shown_why(why_here(view, asked), view, words, address=address, close=close)
        else:
            problem = problem or _('This timetable has no review "%(code)s".') % {"code": asked[:40]}
    lanes = draw_lanes(
        shown,
        window,
        words=words,
        caption=isolated(span_words(window.first, window.last)),
        today=timezone.localdate(),
        address=address,
        chosen=asked,
        right_to_left=direction(content_language()) == "rtl",
    )
    context = {
        "view": view,
        "plan": plan,
        "facts": pieces.facts_of(view, words, plan),
        "choices": choices,
        "window": window,
        "problem": problem,
        "zooms": pieces.zooms(request, view, window),
        "lanes": lanes,
        "why": why,
        "reviews": pieces.reviews_table(request, shown, words, address),
        "others": pieces.others_table(shown, window, words),
        "load": pieces.load_table(view, window),
        "breadcrumbs": [pieces.list_link(), Link(view.title)],
        **more,
    }
    data = exports.Table(
        name=f"timetable-{view.uuid}",
        columns=pieces.COLUMNS,
        rows=lambda: pieces.data_rows(shown.bars),
        about={"title": view.title, "sample": view.is_sample, "first": view.first, "last": view.last},
    )
    return answer(request, "pages/timetable.html", context, data=data)


def _values(view: PlanView) -> dict[str, list[str]]:
    return {
        "group": sorted({one.group for one in view.bars} - {""}),
        "mechanism": sorted({one.mechanism for one in view.bars} | {one.mechanism for one in view.others}),
        "officer": sorted({one.officer for one in view.bars} - {""}),
    }


def _choices(request: HttpRequest, view: PlanView, words: Words) -> list[Choice]:
    values = _values(view)
    groups = {code: words.groups.get(code, code) for code in values["group"]}
    mechanisms = {code: words.mechanism(code) for code in values["mechanism"]}
    offered = [
        choice(request, "group", _("Regional group"), groups),
        choice(request, "mechanism", _("Mechanism"), mechanisms),
        choice(request, "officer", _("Officer"), {name: name for name in values["officer"]}),
    ]
    return [one for one in offered if one.options]
