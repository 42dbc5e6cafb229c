"""Requests that could not be read: what arrived was too large, and how large it may be."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from merida.interfaces.web.templatetags.words import number

BAD, TOO_LARGE = 400, 413
MEGABYTE = 1024 * 1024


def unreadable_request(request: HttpRequest, exception: Exception | None) -> HttpResponse:
    """Say why a request could not be read; a page that saves while somebody types is told in its own format."""
    words = _words(request, exception)
    status = TOO_LARGE if words else BAD
    if "X-Autosave" in request.headers:
        return JsonResponse({"kept": False, "words": words}, status=status)
    return HttpResponse(render_to_string("400.html", {"words": words}), status=status)


def _words(request: HttpRequest, exception: Exception | None) -> str:
    if isinstance(exception, RequestDataTooBig):
        sent = number(round(_length(request) / MEGABYTE, 1)) if _length(request) else "?"
        most = number(settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE)
        return _("What was sent holds %(sent)s MB; a form takes at most %(most)s MB. Nothing was changed.") % {
            "sent": sent,
            "most": most,
        }
    if isinstance(exception, TooManyFieldsSent):
        most = number(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
        return _("The form has more than %(most)s fields, the most that are read. Nothing was changed.") % {
            "most": most
        }
    return ""


def _length(request: HttpRequest) -> int:
    given = str(request.META.get("CONTENT_LENGTH", ""))
    return int(given) if given.isascii() and given.isdigit() else 0
