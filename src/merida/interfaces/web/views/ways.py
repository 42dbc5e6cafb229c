"""From what a text names to the page about it, and back: addresses are made of the codes of the registry.

``UNCAC 13(1)(c)`` lies at ``provisions/uncac/13-1-c/``, ``COSP 8/8`` at ``resolutions/cosp-8-8/``,
``OECD_WGB`` at ``organisations/oecd-wgb/``, ``TON`` at ``states/ton/``.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, override

from merida.interfaces.web.languages import content_language

NO_WAY = ""
CODE = re.compile(r"^[A-Za-z0-9_-]{1,60}$")
KEPT_WAYS = 8192  # of about 300 bytes: texts name the same things again and again


def slug_of_code(code: str) -> str:
    """Return a code as it stands in an address: ``OECD_WGB`` as ``oecd-wgb``."""
    return code.lower().replace("_", "-")


def slug_of_key(key: str) -> str:
    """Return a key with signs as it stands in an address: ``COSP 8/8`` as ``cosp-8-8``."""
    return re.sub(r"[^0-9a-z]+", "-", key.lower()).strip("-")


def way_to_provision(key: str) -> str:
    """Return the address of a provision or chapter by its key."""
    code, _, number = key.partition(" ")
    slug, part = slug_of_code(code), slug_of_key(number)
    return reverse("provision", args=[slug, part]) if CODE.match(slug) and part else NO_WAY


def way_to_link(key: str) -> str:
    """Return the address of a page elsewhere; nothing but web addresses leads out."""
    if re.match(r"^https?://", key):
        return key
    return NO_WAY if re.match(r"^[a-z]+:", key, re.IGNORECASE) else f"https://{key}"


def way_to_words(key: str) -> str:
    """Return the search for exact words."""
    return f"{reverse('search')}?{urlencode({'q': chr(34) + key + chr(34)})}"


def way_to_resolution(key: str) -> str:
    """Return the address of a resolution or decision."""
    slug = slug_of_key(key)
    return reverse("resolution", args=[slug]) if slug else NO_WAY


def way_to_page(name: str, *arguments: str | int) -> str:
    """Return the address of a page of the site: a table leads to the same pages in every row, and Django looks anew."""
    before, behind = _page(name, arguments)
    return f"{before}{content_language()}{behind}"


@lru_cache(KEPT_WAYS)
def _page(name: str, arguments: tuple[str | int, ...]) -> tuple[str, str]:
    """Return what stands before and behind the language, in which alone the addresses of a page differ."""
    with override("en"):
        before, behind = reverse(name, args=arguments).split("/en/", 1)
    return f"{before}/", f"/{behind}"


WAYS: dict[str, Callable[[str], str]] = {
    "STATE": lambda key: reverse("state", args=[slug_of_code(key)]),
    "ORGANISATION": lambda key: reverse("organisation", args=[slug_of_code(key)]),
    "RESOLUTION": way_to_resolution,
    "PROVISION": way_to_provision,
    "CHAPTER": way_to_provision,
    "SYMBOL": lambda key: f"{reverse('documents')}?{urlencode({'symbol': key})}",
    "TERRITORY": way_to_words,
    "LINK": way_to_link,
    "DATE": lambda key: NO_WAY,  # noqa: ARG005 (a day has no page)
}


def way_to(kind: str, key: str) -> str:
    """Return the address of what a mention names, ``""`` where there is no page about it."""
    return _way(kind, key, get_language()) if kind in WAYS and key else NO_WAY


@lru_cache(KEPT_WAYS)
def _way(kind: str, key: str, language: str | None) -> str:  # noqa: ARG001 (part of every address)
    return WAYS[kind](key)
