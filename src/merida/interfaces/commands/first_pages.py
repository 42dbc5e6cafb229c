"""Pages drawn for nobody when a worker starts, so that the first reader need not wait for what they load."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve, reverse
from django.utils.translation import override


def draw_home_pages() -> list[HttpResponseBase]:
    """Draw the home page in each language: its names, texts and ways are read by then.

    It passes no middleware, so it is counted in no statistics. Raises SuspiciousOperation where "localhost" is not a
    host of this site, DatabaseError where the database cannot be read.
    """
    return [_home_page(code) for code, _name in settings.LANGUAGES]


def _home_page(code: str) -> HttpResponseBase:
    with override(code):
        request = HttpRequest()
        request.method, request.user = "GET", AnonymousUser()
        request.path = request.path_info = reverse("home")
        request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
        request.resolver_match = found = resolve(request.path)
        answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
        return answer
