"""The whole checklist as a document to take along: the own part of a response, or what a State published."""

from collections.abc import Callable
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from merida.exchange.outputs import checklist_docx, checklist_pdf, printing, workbook
from merida.exchange.outputs.checklist import Checklist
from merida.exchange.outputs.models import PrintState
from merida.exchange.outputs.printing import Progress
from merida.foundation.access.actors import actor_of
from merida.foundation.registry.queries import states_by_code
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.web.answers_book import answers_workbook
from merida.interfaces.web.checklists import checklist_of_desk, checklist_of_published
from merida.interfaces.web.languages import content_language
from merida.interfaces.web.templatetags.words import query_string
from merida.interfaces.web.views.answer_desk import asked_desk
from merida.interfaces.web.views.questionnaires import asked_version
from merida.review.questionnaires.publications import published_answers
from merida.review.questionnaires.queries import Desk

ACCEPTED, UNAVAILABLE = 202, 503
KEPT_FOR: Final = 24 * 3600  # seconds
TYPES: Final = {"docx": checklist_docx.MEDIA_TYPE, "pdf": checklist_pdf.MEDIA_TYPE}
MAKERS: Final[dict[str, Callable[[Checklist], bytes]]] = {
    "docx": checklist_docx.checklist_docx,
    "pdf": lambda one: checklist_pdf.checklist_pdf(one, font_folder=settings.FONTS_DIRECTORY),
}


@never_cache
@require_safe
def answer_paper(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Send a response as a document: what its reader may see of it, in the language asked for."""
    desk = asked_desk(request, uuid)
    if kind == "xlsx":
        return _workbook(request, desk)
    if kind not in MAKERS:
        raise Http404
    if kind == "pdf" and (looked := _looked(request)) is not None:
        return looked
    made = checklist_of_desk(desk, language_wanted(request), day=timezone.now().date())
    return _sent(request, made, kind)


@never_cache
@require_safe
def published_paper(request: HttpRequest, code: str, state: str, kind: str) -> HttpResponse:
    """Send what a State consented to publish of its answers as a document."""
    version, known = asked_version(request, code), states_by_code([state.upper()])
    if not known or kind not in MAKERS:
        raise Http404
    (held,) = known.values()
    today, actor = timezone.now().date(), actor_of(request.user)
    is_there = published_answers(actor, version).filter(state=held).exists()
    if kind == "pdf" and is_there and (looked := _looked(request)) is not None:
        return looked
    made = checklist_of_published(actor, version, held, language_wanted(request), day=today)
    if made is None:
        raise Http404
    return _sent(request, made, kind, kept=True)


def language_wanted(request: HttpRequest) -> str:
    """Return the language asked for, that of the page without one."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else content_language()


def why_no_pdf(fault: str, script: str = "") -> str:
    """Return why there is no PDF, and what helps."""
    if fault == "NO_FONT":
        words = _("This machine has no font for this script. Install one of these or name their folder: %(fonts)s.")
        return words % {"fonts": ", ".join(checklist_pdf.SCRIPTS.get(script, ()))}
    if fault == "NO_ENGINE":
        return _("The program that sets PDF files is not installed. The Word document holds the same.")
    if fault == "TOO_MANY":
        return _("So many documents wait that no other can be set now. Try again in a few minutes.")
    return _(
        "The PDF could not be set. The Word document holds the same; whoever runs this site finds more in its log."
    )


def _workbook(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send the workbook to be filled in, to those who may write."""
    if desk.entrusted is None:
        raise Http404
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else desk.response.language
    version, state = desk.response.version, desk.response.state.iso3
    name = f"{version.questionnaire.code}-{version.number}-{state}-{language}.xlsx"
    return _file(answers_workbook(desk, language), workbook.TYPE, name)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sent(request: HttpRequest, made: Checklist, kind: str, *, kept: bool = False) -> HttpResponse:
    """Send the document. ``kept``: what everybody may ask for is made once; another text is another document."""
    name = f"{made.running.replace('/', '-')}-{made.language}.{kind}"
    if kind == "pdf":
        return _printed(request, made, name)
    return _file(_made_once(made, kind) if kept else MAKERS[kind](made), TYPES[kind], name)


def _printed(request: HttpRequest, made: Checklist, name: str) -> HttpResponse:
    """Send the PDF where it is made; else say how far it is, at an address that is asked again."""
    try:
        progress = printing.ask(made)
    except printing.TooManyWaitingError:
        return _waiting(request, None, title=made.title, error=why_no_pdf("TOO_MANY"), status=UNAVAILABLE)
    if progress.state == PrintState.MADE:
        return _file(printing.file_of(progress.uuid), TYPES["pdf"], name)
    return _waiting(request, progress, title=made.title, status=ACCEPTED)


def _looked(request: HttpRequest) -> HttpResponse | None:
    """Return how far a file is that was asked for, without building its text again; None where that was not asked."""
    asked = request.GET.get("printing", "")
    try:
        progress = printing.progress_of(UUID(asked)) if asked else None
    except ValueError:
        progress = None
    return None if progress is None else _waiting(request, progress, fragment=True)


def _waiting(
    request: HttpRequest,
    progress: Progress | None,
    *,
    title: str = "",
    fragment: bool = False,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    failed = progress is not None and progress.state == PrintState.FAILED
    address = f"{request.path}{query_string(request, printing=None)}"
    context = {
        "title": title,
        "progress": progress,
        "waits": progress is not None and progress.state in {PrintState.QUEUED, PrintState.SETTING},
        "error": why_no_pdf(progress.fault, progress.script) if failed and progress else error,
        "address": address,
        "look": "" if progress is None else f"{request.path}{query_string(request, printing=str(progress.uuid))}",
        "word": address.replace("/pdf/", "/docx/"),
    }
    page = "pages/_paper_progress.html" if fragment else "pages/paper_progress.html"
    answer = render(request, page, context, status=UNAVAILABLE if failed and not fragment else status)
    if status == ACCEPTED and not failed:
        answer["Retry-After"] = "2"
    return answer


def _made_once(made: Checklist, kind: str) -> bytes:
    key = f"paper:{kind}:{sha256(repr(made).encode('utf-8', 'replace')).hexdigest()}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = MAKERS[kind](made)
        cache.set(key, content, KEPT_FOR)
    return content
