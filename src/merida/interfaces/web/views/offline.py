"""Taking answers along in one encrypted file, and bringing them back: shown row by row first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from merida.exchange.offline.packing import take_along
from merida.exchange.offline.passphrases import LONGEST, SHORTEST
from merida.exchange.offline.returning import bring_back, judged, packages, returned_seen, take_in
from merida.exchange.offline.sealing import MOST_SEALED, NotOpenedError
from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Actor
from merida.foundation.changes.keys import signing_key
from merida.interfaces.web.languages import LANGUAGES
from merida.interfaces.web.pieces import Cell, Column, Link, Table
from merida.interfaces.web.templatetags.words import moment, number
from merida.interfaces.web.views.answer_desk import asked_desk
from merida.interfaces.web.views.answer_words import question_words
from merida.interfaces.web.views.listing import language, numbered_page
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.offline_words import VERDICTS, not_opened_words, page_words, why_words
from merida.interfaces.web.views.refusals import told
from merida.review.questionnaires.forms_kept import form_of
from merida.review.questionnaires.judging import Became, Outcome
from merida.review.questionnaires.models import Response
from merida.review.questionnaires.queries import Desk, desk_of
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.values import plain

REFUSED = 422
MOST_BYTES = MOST_SEALED + 1_000_000  # the page around the envelope
LONGEST_SHOWN = 3000  # characters of an answer
PER_PAGE = 100
SHOWN_AFTERWARDS = 500


@sensitive_post_parameters("passphrase", "again")
def offline_take(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show who took answers along; make a package for this person and send it."""
    desk = asked_desk(request, uuid)
    if desk.entrusted is None:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            return _package(request, desk)
        except RefusedError as refused:
            error = told(refused)
    context = {
        "desk": desk,
        "title": _title(desk.response),
        "error": error,
        "languages": LANGUAGES,
        "chosen": request.POST.get("language", language()),
        "shortest": SHORTEST,
        "longest": LONGEST,
        "key": signing_key().key_id,
        "table": _taken(desk),
        "breadcrumbs": [*_way(desk.response, _desk_address(desk.actor, desk.response)), Link(_("Take it offline"))],
    }
    return render(request, "pages/offline_take.html", context, status=REFUSED if error else 200)


@sensitive_post_parameters("passphrase")
def offline_return(request: HttpRequest) -> HttpResponse:
    """Take a file and its passphrase, and lead to what would become of its answers."""
    actor = actor_of(request.user)
    if not actor.role:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            returned = bring_back(actor, _text(request), request.POST.get("passphrase", "")[:LONGEST])
            return redirect("offline_returned", returned.uuid)
        except NotOpenedError as refused:
            error = not_opened_words(refused)
    context = {
        "error": error,
        "breadcrumbs": [Link(_("My desk"), reverse("answer_desks")), Link(_("Bring answers back"))],
    }
    return render(request, "pages/offline_return.html", context, status=REFUSED if error else 200)


def offline_returned(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what would become of every answer; take them in when the person says so, and show what became of them."""
    actor = actor_of(request.user)
    try:
        returned = returned_seen(actor, uuid)
        is_new = returned.taken_in_at is None
        done = take_in(actor, uuid) if request.method == "POST" and is_new else None
        found = judged(actor, returned) if done is None else done
    except NothingHereError:
        raise Http404 from None
    response = returned.package.response
    order = list(VERDICTS)
    rows = sorted(found, key=lambda one: order.index(one.became))
    counts = Counter(str(one.became) for one in rows)
    page = numbered_page(request, rows, per_page=PER_PAGE) if done is None else None
    told_of = [one for one in rows if one.became in {"REFUSED", "ASIDE"}][:SHOWN_AFTERWARDS] if page is None else page
    context = {
        "desk_url": _desk_address(actor, response),
        "title": _title(response),
        "returned": returned,
        "done": done is not None,
        "waits": done is None and is_new,
        "counts": [(VERDICTS[code], number(counts[code])) for code in order if counts[code]],
        "changes": len(rows) - counts["REFUSED"] - counts["UNCHANGED"],
        "rows": [_row(response, one) for one in told_of],
        "page_of": page,
        "breadcrumbs": [
            *_way(response, _desk_address(actor, response)),
            Link(_("Bring answers back"), reverse("offline_return")),
            Link(_("What becomes of them")),
        ],
    }
    return render(request, "pages/offline_returned.html", context)


def _package(request: HttpRequest, desk: Desk) -> HttpResponse:
    passphrase = request.POST.get("passphrase", "")
    if passphrase != request.POST.get("again", ""):
        raise RefusedError("the two passphrases are not the same")
    asked = request.POST.get("language", "")
    chosen = asked if asked in {one.code for one in LANGUAGES} else language()
    package, page = take_along(desk.actor, desk, passphrase, language=chosen, words=page_words(chosen))
    return HttpResponse(
        page,
        content_type="text/html; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="offline-{str(package.uuid)[:8]}.html"',
            "Cache-Control": "no-store",
        },
    )


def _text(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        raise NotOpenedError("NOT_OURS")
    if file.size is None or file.size > MOST_BYTES:
        raise NotOpenedError("TOO_LARGE")
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise NotOpenedError("NOT_OURS") from None


def _row(response: Response, one: Outcome) -> dict[str, Any]:
    question = form_of(response.version).by_identifier.get(one.row.question)
    shown = one.now is not None and question is not None
    brought = one.row.value if one.value is None else one.value
    return {
        "words": question_words(question) if question else one.row.question[:100],
        "provision": question.about if question else "",
        "url": reverse("answer_question", args=(response.uuid, one.row.question)) if shown else "",
        "language": one.row.language if one.row.language in {each.code for each in LANGUAGES} else "",
        "verdict": one.became.value,
        "verdict_words": VERDICTS[one.became],
        "why": why_words(one),
        "both": shown and one.became in {Became.ASIDE, Became.CHANGED, Became.EMPTIED},
        "now": plain(one.now or {})[:LONGEST_SHOWN],
        "brought": "" if one.became is Became.UNCHANGED else _plainly(brought),
    }


def _taken(desk: Desk) -> Table:
    columns = (
        Column(_("Taken along by")),
        Column(_("When")),
        Column(_("Questions"), numeric=True),
        Column(_("Answers"), numeric=True),
        Column(_("Brought back")),
    )
    return Table(_("Packages"), columns, list(_taken_rows(desk)), empty=_("Nothing was taken along yet."))


def _taken_rows(desk: Desk) -> Iterable[tuple[Cell, ...]]:
    for one in packages(desk):
        yield (
            Cell(str(one.taken_by), detail=str(one.uuid)[:8]),
            Cell(moment(one.taken_at)),
            Cell(number(one.questions_count)),
            Cell(number(one.answers_count)),
            Cell(moment(one.returned_at) or _("not yet")),
        )


def _plainly(value: Mapping[str, Any]) -> str:
    """Return a text as it was brought; one that does not fit its question may have any shape."""
    try:
        return plain(value)[:LONGEST_SHOWN]
    except (AttributeError, TypeError):
        return ""


def _desk_address(actor: Actor, response: Response) -> str:
    """Return where the answers are, "" for who no longer sees them."""
    try:
        desk_of(actor, response.uuid)
    except NothingHereError:
        return ""
    return reverse("answer_desk", args=(response.uuid,))


def _title(response: Response) -> str:
    held = response.version.questionnaire
    return in_reader_language(held.titles, held.code)


def _way(response: Response, address: str) -> list[Link]:
    return [Link(_("My desk"), reverse("answer_desks")), Link(_title(response), address)]
