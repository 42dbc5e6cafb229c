"""Answers that a browser or a cache may keep: a page changes when the records, the program or the day change.

Only for readers who are not signed in. For everybody else a page is private and never kept. Each worker keeps the
last pages it made for the public too, under the same tag, so that a page many ask for is made once.
"""

import functools
import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from threading import Lock
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language

import merida
from merida.foundation.changes.queries import latest_position

View = Callable[..., HttpResponseBase]
COMPRESSION = 4  # a page of 250 kB in 2 ms; the hardest (9) takes five times as long for a twentieth less
ACCEPTS_GZIP = re.compile(r"\bgzip\b")


class KeptPages:
    """The last pages made for the public by this worker, at most ``room`` bytes of them; the oldest go first.

    They are kept as they are sent, compressed. They hold nothing secret, so their length may be known.
    """

    def __init__(self, room: int) -> None:
        self.room, self.used = room, 0
        self.pages: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self.lock = Lock()

    def get(self, request: HttpRequest, tag: str) -> HttpResponse | None:
        """Return the page kept under a tag, as a fresh answer."""
        with self.lock:
            if tag not in self.pages:
                return None
            self.pages.move_to_end(tag)
            content, kind = self.pages[tag]
        return sent(request, content, kind)

    def keep(self, request: HttpRequest, tag: str, response: HttpResponseBase) -> HttpResponseBase:
        """Keep a whole page that went well, and return it; files, forms and errors are not kept."""
        plain = type(response) is HttpResponse and response.status_code == HTTPStatus.OK and not response.cookies
        if not plain or "Content-Disposition" in response or connection.in_atomic_block:
            return response
        content, kind = gzip.compress(response.content, COMPRESSION, mtime=0), response["Content-Type"]  # type: ignore[attr-defined]
        with self.lock:
            self.used += len(content) - len(self.pages.pop(tag, (b"", ""))[0])
            self.pages[tag] = (content, kind)
            while self.used > self.room:
                _tag, (gone, _kind) = self.pages.popitem(last=False)
                self.used -= len(gone)
        if ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
            response.content = content  # type: ignore[attr-defined]
            response["Content-Encoding"] = "gzip"
        return response


def sent(request: HttpRequest, content: bytes, kind: str) -> HttpResponse:
    """Return a kept page in a form that the browser reads."""
    if ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(content, content_type=kind, headers={"Content-Encoding": "gzip"})
    return HttpResponse(gzip.decompress(content), content_type=kind)


PAGES = KeptPages(16 * 1024 * 1024)


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
        response = kept or PAGES.keep(request, tag, view(request, *arguments, **named))
        response["ETag"] = tag if "Content-Encoding" not in response else f"W/{tag}"
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        patch_vary_headers(response, ["Accept-Encoding", "Cookie", "HX-Request"])
        return response

    return conditional
