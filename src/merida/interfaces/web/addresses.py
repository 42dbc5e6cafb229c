"""Addresses: every page lies under its language, ``/en/…`` to ``/ar/…``; ``/`` leads to the reader's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import LocalePrefixPattern
from django.utils.cache import patch_vary_headers

from merida.interfaces.web.languages import LANGUAGES, content_language


class LanguagePrefix(LocalePrefixPattern):
    """The first part of an address, in two letters: Chinese is ``/zh/`` here and ``zh-hans`` inside Django."""

    @property
    def language_prefix(self) -> str:
        """Return the prefix of the active language."""
        return f"{content_language()}/"


def language_pattern(included: tuple[Any, Any, Any]) -> list[URLResolver | URLPattern]:
    """Return the patterns of the site: ``/``, the browser's ``/favicon.ico`` and the pages under each language."""
    module, app_name, namespace = included
    return [
        path("", to_own_language, name="first-page"),
        path("favicon.ico", to_mark, name="favicon"),
        URLResolver(LanguagePrefix(), module, None, app_name=app_name, namespace=namespace),
    ]


def to_own_language(request: HttpRequest) -> HttpResponse:
    """Lead ``/`` to the home page in the language that the reader's browser asks for; no cookie is set."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"/{content_language()}/" + (f"?{query}" if query else ""))
    patch_vary_headers(response, ["Accept-Language"])
    return response


def to_mark(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Lead browsers that ask for the customary address to our own mark."""
    return HttpResponseRedirect(static("merida/mark.svg"))


def in_every_language(request: HttpRequest) -> dict[str, str]:
    """Return the address of the page asked for in each language, the query kept: ``{"fr": "/fr/states/NAM/?a=b"}``.

    A page without language in its address (an error outside the site) leads to the home pages.
    """
    codes = {language.code for language in LANGUAGES}
    first, _, rest = request.path.lstrip("/").partition("/")
    place = rest if first in codes else ""
    query = request.META.get("QUERY_STRING", "")
    return {code: f"/{code}/{place}" + (f"?{query}" if query else "") for code in codes}
