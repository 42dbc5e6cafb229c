"""The history of an answer: every text ever acknowledged, what changed from one to the next, restoring one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from merida.foundation.access.visibility import Sight
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.answer_desk import asked_desk
from merida.interfaces.web.views.answer_question import answer_address, language_asked, way_to
from merida.interfaces.web.views.answer_told import registered_names, told_plainly
from merida.interfaces.web.views.answer_words import aside_words, question_words
from merida.review.questionnaires import queries
from merida.review.questionnaires.merging import differences
from merida.review.questionnaires.models import Revision
from merida.review.questionnaires.queries import Desk
from merida.review.questionnaires.refusing import NothingHereError

SHOWN = 20
MOST_DIGITS = 6


def answer_history(request: HttpRequest, uuid: UUID, identifier: str) -> HttpResponse:
    """Show twenty texts of an answer, the newest first; the page does the same work however many there are."""
    desk = asked_desk(request, uuid)
    try:
        question, sight = queries.seen_question(desk, identifier)
    except NothingHereError:
        raise Http404 from None
    if sight is not Sight.ALL:
        raise Http404
    language, start = language_asked(request, desk), _start(request)
    rows = queries.history(desk, identifier, language, start=start, count=SHOWN + 1)
    now = next((one.revision for one in queries.answers_seen(desk, [identifier]) if one.language == language), 0)
    here = answer_address(desk, identifier, language)
    context = {
        "desk": desk,
        "question": question,
        "words": question_words(question),
        "language": language,
        "revision": now,
        "texts": _told(desk, identifier, language, rows[:SHOWN], now=now),
        "newer": _page(language, max(start - SHOWN, 0)) if start else "",
        "older": _page(language, start + SHOWN) if len(rows) > SHOWN else "",
        "breadcrumbs": [*way_to(desk, question)[:-1], Link(way_to(desk, question)[-1].text, here), Link(_("History"))],
    }
    return render(request, "pages/answer_history.html", context)


def _told(desk: Desk, identifier: str, language: str, rows: list[Revision], *, now: int) -> list[dict[str, Any]]:
    """Return texts with what each changed: against the one before it, an aside one against what its writer saw."""
    behind = {row.number - 1 if row.number else row.based_on for row in rows}
    before = queries.texts_numbered(desk, identifier, language, behind - {0})
    question = desk.form.by_identifier[identifier]
    names = registered_names(desk.actor, [*before.values(), *(row.value for row in rows)])
    return [
        {
            "row": row,
            "aside": aside_words(row.aside) if row.aside else "",
            "is_now": row.number == now,
            "pieces": differences(
                told_plainly(question, before.get(row.number - 1 if row.number else row.based_on, {}), names),
                told_plainly(question, row.value, names),
            ),
        }
        for row in rows
    ]


def _start(request: HttpRequest) -> int:
    given = request.GET.get("start", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS else 0


def _page(language: str, start: int) -> str:
    return f"?version={language}&start={start}"
