"""Pages drawn for nobody before anybody is served, so that the first reader need not wait for what they load."""

import contextlib

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve, reverse
from django.utils.translation import override

from merida.exchange.search.facets import read_ahead as read_facets
from merida.foundation.registry.figures import mechanisms_known
from merida.foundation.registry.queries import bodies_known, states_in_brief
from merida.knowledge.observatory.having import told_of_articles, told_of_state


def read_ahead() -> None:
    """Draw the home pages and read what other pages would wait for; whatever fails is read when it is asked for.

    Done again where nothing has changed it costs nearly nothing. It leaves no connection to the database behind.
    """
    with contextlib.suppress(DatabaseError, SuspiciousOperation):  # "localhost" need not be a host of this site
        draw_home_pages()
        for read in (mechanisms_known, bodies_known, states_in_brief, read_facets):
            read()
        told_of_state("")  # what is told of any State, and of any article
        told_of_articles(())
    connection.close()


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
