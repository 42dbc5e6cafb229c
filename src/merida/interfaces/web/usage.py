"""Each answer is counted, without anything about who asked: see docs/decisions/0017-statistics-of-use.md.

Address, browser and referrer of a request are looked at and forgotten; what is counted is a kind, the name of a page
and, of visits, a country.
"""

import functools
import logging
import re
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from merida.exchange.usage.countries import Countries, TableError, read_countries, reader_address
from merida.exchange.usage.models import UseKind
from merida.exchange.usage.storing import TALLY, store_at_the_end, store_when_due
from merida.exchange.usage.tally import plain_words
from merida.interfaces.web.exports import MORE_FORMATS

# Programs that say so; whoever hides is counted as a person.
ROBOT = re.compile(
    r"bot\b|bot[/;-]|crawl|spider|slurp|curl/|wget/|python|java/|go-http|headless|monitor", re.IGNORECASE
)
SIGN_IN = ("account_", "mfa_")
AHEAD = ("prefetch", "prerender")  # fetched before anybody asks to see it
SEARCH = "search"
IN_VAIN = "found_nothing"  # set on the answer by the page of the search

_log = logging.getLogger(__name__)


class UsageMiddleware:
    """Count answers after they are made, kept and unchanged ones too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        request_finished.connect(store_when_due, dispatch_uid="merida.usage")
        if settings.USAGE_COUNTED:
            countries(settings.COUNTRIES_TABLE)  # a large table takes seconds: not while a reader waits

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, and count it."""
        response = self.get_response(request)
        if settings.USAGE_COUNTED and is_counted(request, response):
            seen = what_was_seen(request, response)
            TALLY.add(timezone.now().date(), seen, now=time.monotonic(), sought=_sought(request, response))
            store_at_the_end()
        return response


def is_counted(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a person got a page or a file: no robot, no part of a page but found results, no fetching ahead."""
    if request.method != "GET" or response.status_code not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        return False
    headers = request.headers
    if headers.get("Sec-Purpose", "").startswith(AHEAD):
        return False
    name = _page(request)
    if _is_part(request) and name != SEARCH:  # a search within the page swaps its results only
        return False
    return bool(name) and not name.startswith(SIGN_IN) and not ROBOT.search(headers.get("User-Agent", ""))


def what_was_seen(request: HttpRequest, response: HttpResponseBase) -> list[tuple[str, str, str]]:
    """Return what an answer counts as: kind, page and country each. Feeds, which programs ask for, count as nothing."""
    name = _page(request)
    if "Content-Disposition" in response or request.GET.get("format", "") in MORE_FORMATS:
        return [(UseKind.DOWNLOAD.value, name, "")]
    html = response.status_code == HTTPStatus.NOT_MODIFIED or response.get("Content-Type", "").startswith("text/html")
    if not html or not request.path.endswith("/"):
        return []
    seen = [] if _is_part(request) else [(UseKind.PAGE.value, name, "")]
    if seen and _from_outside(request):
        seen.append((UseKind.VISIT.value, "", _country(request)))
    if name == SEARCH and request.GET.get("q", "").strip() and "page" not in request.GET:
        seen.append((UseKind.SEARCH.value, "", ""))
        if getattr(response, IN_VAIN, False):
            seen.append((UseKind.EMPTY_SEARCH.value, "", ""))
    return seen


@functools.cache
def countries(path: str) -> Countries:
    """Return the operator's table, read once a process; without countries, and said in the log, where it is wrong."""
    if not path:
        return Countries()
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            return read_countries(lines)
    except (OSError, UnicodeDecodeError, TableError) as error:
        _log.error("the table of networks %s is not used: %s", path, error)
        return Countries()


def _is_part(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _page(request: HttpRequest) -> str:
    """Return the name of the address pattern, ``""`` outside the site's own pages and files."""
    found = request.resolver_match
    return "" if found is None or found.namespaces or not found.url_name else found.url_name


def _from_outside(request: HttpRequest) -> bool:
    """Whether the reader came from elsewhere: pages of this site name it as where they lead from."""
    referrer = request.headers.get("Referer", "")
    try:
        return not referrer or urlsplit(referrer).netloc != request.get_host()
    except ValueError:
        return True


def _country(request: HttpRequest) -> str:
    known = countries(settings.COUNTRIES_TABLE)
    if not known.networks:
        return ""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = request.headers.get("X-Forwarded-For", "")
    return known.of(reader_address(forwarded, request.META.get("REMOTE_ADDR", ""), proxies=proxies))


def _sought(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return the words that found nothing, ``""`` for signed-in people: those may name what is not public."""
    if not getattr(response, IN_VAIN, False) or request.user.is_authenticated or "page" in request.GET:
        return ""
    return plain_words(request.GET.get("q", ""))
