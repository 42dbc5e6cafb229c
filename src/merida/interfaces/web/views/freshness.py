"""Answers that a browser or a cache may keep: a page changes when the records, the program or the day change.

Only for readers who are not signed in. For everybody else a page is private and never kept. The server keeps the last
pages made for the public too, under the same tag (``kept_pages``).
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language

import merida
from merida.foundation.changes.queries import latest_position
from merida.interfaces.web.usage import IN_VAIN
from merida.interfaces.web.views.kept_pages import PAGES

View = Callable[..., HttpResponseBase]


def kept_for_everybody(request: HttpRequest) -> bool:
    """Whether the answer depends on nothing but the address: a plain read by somebody not signed in."""
    plain = request.method in {"GET", "HEAD"} and "messages" not in request.COOKIES
    return plain and not request.user.is_authenticated


def entity_tag(request: HttpRequest) -> str:
    """Return the tag of the answer to ``request`` as of now."""
    parts = (
        request.scheme,
        request.get_host(),  # canonical addresses stand in the page
        request.get_full_path(),
        get_language(),
        merida.__version__,
        latest_position(),
        timezone.now().date(),
        request.headers.get("HX-Request", ""),
    )
    return quote_etag(hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()[:32])


def public_page(view: View) -> View:
    """Let readers who are not signed in keep a page until something changes; nobody keeps the pages of others."""

    @functools.wraps(view)
    def conditional(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if not kept_for_everybody(request):
            response = view(request, *arguments, **named)
            patch_cache_control(response, private=True, no_store=True)
            return response
        tag = entity_tag(request)
        unchanged = get_conditional_response(request, etag=tag)
        kept = unchanged or PAGES.get(request, tag)
        made = kept or view(request, *arguments, **named)
        response = kept or PAGES.keep(request, tag, made)
        if getattr(response, IN_VAIN, False):  # no browser keeps it, so that it is counted each time
            patch_cache_control(response, private=True, no_store=True)
            return response
        response["ETag"] = tag if "Content-Encoding" not in response else f"W/{tag}"
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        patch_vary_headers(response, ["Accept-Encoding", "Cookie", "HX-Request"])
        return response

    return conditional
