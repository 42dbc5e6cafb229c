"""What the own State answered elsewhere: beside one question, and as a report over a whole response. Private."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from merida.foundation.access.actors import actor_of
from merida.foundation.access.visibility import Sight
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.templatetags.words import number, percent
from merida.interfaces.web.views import reuse_pieces as pieces
from merida.interfaces.web.views.answer_words import short_question
from merida.interfaces.web.views.naming import in_reader_language
from merida.interfaces.web.views.refusals import told
from merida.review.questionnaires.merging import differences as pieces_of
from merida.review.questionnaires.queries import Desk, answers_seen, desk_of
from merida.review.questionnaires.refusing import NothingHereError, RefusedError
from merida.review.questionnaires.values import ValueProblem
from merida.review.synergies.reuse import offered_anywhere
from merida.review.synergies.reuse_actions import leave, take
from merida.review.synergies.reuse_changes import keep_ours
from merida.review.synergies.reuse_report import Difference, differences, saved_typing

CONFLICT, UNPROCESSABLE = 409, 422
MOST_DIGITS = 9


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reuse_question(request: HttpRequest, uuid: UUID, identifier: str) -> HttpResponse:
    """Show what was answered elsewhere to what this question asks; take one of it, or leave it."""
    desk = _own_desk(request, uuid)
    question = desk.form.by_identifier.get(identifier)
    if question is None or desk.sight(identifier) is not Sight.ALL:
        raise Http404
    version = _version(request, desk)
    error, status = "", 200
    if request.method == "POST":
        error, status = _decided(request, desk, identifier, version)
        if not error:
            return redirect(_question(desk, identifier, version))
    here = next((one for one in answers_seen(desk, [identifier]) if one.language == version), None)
    context = {
        "desk": desk,
        "question": question,
        "words": in_reader_language(dict(question.text), identifier),
        "version": version,
        "seen": here.revision if here else 0,
        "text_here": str(here.value.get("text", "")) if here else "",
        "offered": pieces.shown_at(desk, identifier, version, at=timezone.now().date()),
        "taken": pieces.taken_at(desk, identifier),
        "error": error,
        "typed": request.POST.get("text", "") if error else "",
        "typed_for": request.POST.get("source", "") if error else "",
        "back": _question(desk, identifier, version),
        "breadcrumbs": _way(desk, Link(in_reader_language(dict(question.text), identifier))),
    }
    return render(request, "pages/reuse_question.html", context, status=status)


def _decided(request: HttpRequest, desk: Desk, identifier: str, version: str) -> tuple[str, int]:
    """Do what was asked; return why it was not done and the status, or nothing."""
    actor, today = actor_of(request.user), timezone.now().date()
    try:
        source = UUID(request.POST.get("source", ""))
    except ValueError:
        raise Http404 from None
    revision = _number(request, "source_revision")
    try:
        if request.POST.get("deed") == "leave":
            leave(actor, desk, identifier, version, source, source_revision=revision, at=today)
            messages.success(request, _("It is not offered here again."))
            return "", 200
        if request.POST.get("deed") == "keep":
            keep_ours(actor, desk, identifier, source, source_revision=revision)
            messages.success(
                request, _("The answer here stays as it is. If the earlier one changes again, you are told.")
            )
            return "", 200
        text = request.POST.get("text")
        take(
            actor,
            desk,
            identifier,
            version,
            source,
            source_revision=revision,
            seen=_number(request, "seen"),
            at=today,
            text=text.replace("\r\n", "\n") if text is not None else None,
        )
    except NothingHereError:
        raise Http404 from None
    except RefusedError as refused:
        return f"{told(refused)}. {_('Nothing was overwritten.')}", CONFLICT
    except ValueProblem as problem:
        return told(problem), UNPROCESSABLE
    messages.success(request, _("Taken into the answer. Where it comes from is kept."))
    return "", 200


@never_cache
@require_http_methods(["GET", "HEAD"])
def reuse_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show where the State's answers differ, what changed at its source, and how much typing was saved."""
    desk = _own_desk(request, uuid)
    saved = saved_typing(desk)
    context = {
        "desk": desk,
        "title": pieces.title_of(desk.response),
        "waiting": [
            Link(short_question(desk.form, each), _question(desk, each, desk.response.language))
            for each in offered_anywhere(desk)
        ],
        "differences": _all_shown(desk),
        "changed": list(pieces.changed_at(desk).values()),
        "saved": saved,
        "share": percent(saved.share) if saved.all_signs else "",
        "kept": number(saved.kept_signs),
        "breadcrumbs": _way(desk, Link(_("Reuse"))),
    }
    return render(request, "pages/reuse_report.html", context)


def _all_shown(desk: Desk) -> list[dict[str, Any]]:
    found = differences(desk)
    named = pieces.naming_lines(desk.actor, [text for one in found for text in (one.there.text, one.here.text)])
    return [_shown(desk, one, named) for one in found]


def _shown(desk: Desk, one: Difference, named: Callable[[str], str]) -> dict[str, Any]:
    return {
        "question": in_reader_language(dict(one.here.question.text), one.here.question.identifier),
        "url": _question(desk, one.here.question.identifier, one.here.answer.language),
        "title": pieces.title_of(one.there.response),
        "there": in_reader_language(dict(one.there.question.text), one.there.question.identifier),
        "pieces": pieces_of(named(one.there.text), named(one.here.text)),
        "mapping": one.mapping,
        "language": one.here.answer.language,
    }


def _own_desk(request: HttpRequest, uuid: UUID) -> Desk:
    """Return the response as one of the State's own people; nobody else learns that it is there."""
    actor = actor_of(request.user)
    try:
        desk = desk_of(actor, uuid)
    except (NothingHereError, PermissionDenied):
        raise Http404 from None
    if desk.entrusted is None:
        raise Http404
    return desk


def _version(request: HttpRequest, desk: Desk) -> str:
    asked = request.POST.get("language") or request.GET.get("version", "")
    return asked if asked in LANGUAGES else desk.response.language


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS else -1


def _question(desk: Desk, identifier: str, version: str) -> str:
    address = reverse("answer_question", args=(desk.response.uuid, identifier))
    return address if version == desk.response.language else f"{address}?version={version}"


def _way(desk: Desk, last: Link) -> list[Link]:
    response = desk.response
    return [
        Link(_("My desk"), reverse("answer_desks")),
        Link(pieces.title_of(response), reverse("answer_desk", args=(response.uuid,))),
        last,
    ]
