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

from merida.exchange.outputs import checklist_docx, checklist_pdf, workbook
from merida.exchange.outputs.checklist import Checklist
from merida.foundation.access.actors import actor_of
from merida.foundation.registry.queries import states_by_code
from merida.foundation.sources.languages import LANGUAGES
from merida.interfaces.web.answers_book import answers_workbook
from merida.interfaces.web.checklists import checklist_of_desk, checklist_of_published
from merida.interfaces.web.languages import content_language
from merida.interfaces.web.views.answer_desk import asked_desk
from merida.interfaces.web.views.questionnaires import asked_version
from merida.review.questionnaires.queries import Desk

UNAVAILABLE = 503
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
    today = timezone.now().date()
    made = checklist_of_published(actor_of(request.user), version, held, language_wanted(request), day=today)
    if made is None:
        raise Http404
    return _sent(request, made, kind, kept=True)


def language_wanted(request: HttpRequest) -> str:
    """Return the language asked for, that of the page without one."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else content_language()


def why_no_pdf(error: LookupError) -> str:
    """Return what is missing on this machine for a PDF, and what helps."""
    if isinstance(error, checklist_pdf.NoFontError):
        words = _("This machine has no font for this script. Install one of these or name their folder: %(fonts)s.")
        return words % {"fonts": ", ".join(error.fonts)}
    return _("The program that sets PDF files is not installed. The Word document holds the same.")


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
    try:
        content = _made_once(made, kind) if kept else MAKERS[kind](made)
    except (checklist_pdf.NoFontError, checklist_pdf.NoEngineError) as error:
        context = {"title": made.title, "error": why_no_pdf(error)}
        return render(request, "pages/paper_missing.html", context, status=UNAVAILABLE)
    return _file(content, TYPES[kind], f"{made.running.replace('/', '-')}-{made.language}.{kind}")


def _made_once(made: Checklist, kind: str) -> bytes:
    key = f"paper:{kind}:{sha256(repr(made).encode('utf-8', 'replace')).hexdigest()}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = MAKERS[kind](made)
        cache.set(key, content, KEPT_FOR)
    return content
