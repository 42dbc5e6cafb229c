"""Answers from a workbook: rehearsed and told row by row, then taken in."""

from collections import Counter
from collections.abc import Sequence
from secrets import token_urlsafe
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from merida.exchange.ingest.returned_answers import identity_of, returned_rows
from merida.exchange.ingest.sheets_read import LARGEST_WORKBOOK, read_workbook
from merida.exchange.ingest.unreadable import UnreadableDocument
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Actor
from merida.foundation.files.sniffing import clean_name
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import number
from merida.interfaces.web.views.answer_words import aside_words, became_words
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.refusals import in_words, told
from merida.review.questionnaires import queries
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.judging import Became, Outcome
from merida.review.questionnaires.models import Response
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.returning import MOST_ROWS, take_returned

REFUSED: Final = 422
KEPT_FOR: Final = 3600  # seconds between the rehearsal and the taking in
ROWS_SHOWN: Final = 1000
QUIET: Final = frozenset({Became.UNCHANGED})
_FILE_WORDS: Final = {
    "TOO_LARGE": gettext_lazy("The file is too large for a workbook of answers."),
    "ZIP_BOMB": gettext_lazy("The file unpacks to more than a workbook of answers can hold."),
    "BROKEN_ARCHIVE": gettext_lazy("The file is broken or cut short: save it again."),
    "MACROS": gettext_lazy("The workbook has macros in it: save it as .xlsx without them."),
    "NOT_A_DOCUMENT": gettext_lazy("This is no .xlsx workbook. Save it as .xlsx, without a password."),
    "NOT_ANSWERS": gettext_lazy("This workbook holds no answers: fill in the one downloaded here."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_workbook(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how to answer in a workbook; rehearse one that is handed in; take it in."""
    actor = actor_of(request.user)
    try:
        desk = queries.desk_of(actor, uuid)
        response: Response | None = desk.response if desk.entrusted else None
    except NothingHereError:  # what was entrusted and no longer is, is kept beside the answers
        response = queries.response_written_to(actor, uuid) if request.method == "POST" else None
    if response is None:
        raise Http404
    if request.method != "POST":
        return _page(request, response)
    try:
        return _rehearsed(request, actor, response) if request.FILES else _taken_in(request, actor, response)
    except UnreadableDocument as error:
        return _page(request, response, error=file_words(error), status=REFUSED)
    except RefusedError as error:
        return _page(request, response, error=told(error), status=REFUSED)


def file_words(error: UnreadableDocument) -> str:
    """Return what is wrong with a file, in the reader's language."""
    return str(_FILE_WORDS.get(error.code, error.what))


def taken(actor: Actor, response: Response, content: bytes, *, dry_run: bool) -> list[Outcome]:
    """Take in a workbook, or rehearse it. Raises UnreadableDocument, RefusedError where it is of another response."""
    sheets = read_workbook(content)
    identity = identity_of(sheets)
    if identity.response != response.uuid:
        raise RefusedError("this workbook was made for other answers")
    if identity.digest != response.version.digest:
        raise RefusedError("this workbook was made for another version of the questionnaire: download it again")
    rows = returned_rows(form_of(response.version), sheets, identity.language)
    if len(rows) > MOST_ROWS:
        raise RefusedError("the file has {count} rows, at most {most} are taken", count=len(rows), most=MOST_ROWS)
    return take_returned(actor, response, rows, dry_run=dry_run)


def counted(outcomes: Sequence[Outcome]) -> list[tuple[Became, int]]:
    """Return how many rows became what, in the order of ``Became``."""
    counts = Counter(one.became for one in outcomes)
    return [(each, counts[each]) for each in Became if counts[each]]


def outcome_words(one: Outcome) -> str:
    """Return what became of a row, and why."""
    words = became_words(one.became)
    if one.became is Became.ASIDE:
        return f"{words}: {aside_words(one.aside)}"
    return f"{words}: {in_words(one.template, one.values)}" if one.became is Became.REFUSED else words


def _rehearsed(request: HttpRequest, actor: Actor, response: Response) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise RefusedError("choose a file first")
    if file.size > LARGEST_WORKBOOK:
        raise UnreadableDocument("TOO_LARGE", "", "")
    content: bytes = file.read()
    outcomes = taken(actor, response, content, dry_run=True)
    token = ""
    if any(one.became not in {Became.UNCHANGED, Became.REFUSED} for one in outcomes):
        token = token_urlsafe(24)
        cache.set(_place(actor, response, token), content, KEPT_FOR)
    return _page(request, response, outcomes=outcomes, token=token, name=clean_name(file.name or ""))


def _taken_in(request: HttpRequest, actor: Actor, response: Response) -> HttpResponse:
    place = _place(actor, response, request.POST.get("token", "")[:64])
    content = cache.get(place)
    if content is None:
        raise RefusedError("the file is no longer here: hand it in again")
    outcomes = taken(actor, response, content, dry_run=False)
    cache.delete(place)
    words = ", ".join(f"{became_words(each)}: {number(count)}" for each, count in counted(outcomes))
    messages.success(request, f"{_('Taken in.')} {words}")
    return redirect("answer_desk" if _still_sees(actor, response) else "answer_desks", *_args(actor, response))


def _args(actor: Actor, response: Response) -> tuple[UUID, ...]:
    return (response.uuid,) if _still_sees(actor, response) else ()


def _still_sees(actor: Actor, response: Response) -> bool:
    return queries.responses(actor).filter(uuid=response.uuid).exists()


def _place(actor: Actor, response: Response, token: str) -> str:
    return f"returned:{actor.user_id}:{response.uuid}:{token}"


def _page(request: HttpRequest, response: Response, *, status: int = 200, **more: Any) -> HttpResponse:
    outcomes: Sequence[Outcome] = more.pop("outcomes", ())
    told_rows = [one for one in outcomes if one.became not in QUIET]
    context = {
        "uuid": response.uuid,
        "languages": LANGUAGES,
        "answer_language": response.language,
        "outcomes": bool(outcomes),
        "counts": [(became_words(each), count) for each, count in counted(outcomes)],
        "table": _table(told_rows[:ROWS_SHOWN]) if told_rows else None,
        "not_shown": max(len(told_rows) - ROWS_SHOWN, 0),
        "breadcrumbs": [
            Link(_("My desk"), reverse("answer_desks")),
            Link(_title(response), reverse("answer_desk", args=(response.uuid,))),
            Link(_("Workbook")),
        ],
        **more,
    }
    return render(request, "pages/answer_workbook.html", context, status=status)


def _title(response: Response) -> str:
    held = response.version.questionnaire
    return in_reader_language(held.titles, held.code)


def _table(outcomes: Sequence[Outcome]) -> Table:
    columns = (Column(_("Row")), Column(_("Question")), Column(_("What happens")))
    rows = [(Cell(one.row.place), Cell(one.row.question), Cell(outcome_words(one))) for one in outcomes]
    return Table(_("Row by row"), columns, rows)
