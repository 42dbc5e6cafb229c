"""What frames every page, drawn in one go: ``{% load frame %}``. Every text from outside passes ``escape``.

A template asks for each variable of each language anew; the frame of a page took as long as its queries.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from merida.interfaces.web.context import Page
from merida.interfaces.web.languages import own_name
from merida.interfaces.web.pieces import LanguageVersion, Link

register = template.Library()

ALTERNATE = '<link rel="alternate" hreflang="{}" href="{}{}">\n'
LANGUAGE = '<li><a href="{}" lang="{}" hreflang="{}" dir="{}"{}>{}</a></li>\n'
CRUMB = '<li><a href="{}"><bdi>{}</bdi></a></li>\n'
HERE = '<li><span aria-current="page"><bdi>{}</bdi></span></li>\n'
TAB = '<li><a href="{}"{}>{}</a></li>\n'
MISSING_TAB = '<li><span class="tab-missing">{}</span></li>\n'
CURRENT = ' aria-current="true"'


@register.simple_tag
def alternates(page: Page) -> SafeString:
    """Return, for the head, where the page is in each language."""
    origin = escape(page.origin)
    return SafeString("".join([ALTERNATE.format(one.code, origin, escape(one.url)) for one in page.languages]))


@register.simple_tag
def language_links(page: Page) -> SafeString:
    """Return the ways to the page in each language, as items of a list."""
    return SafeString(
        "".join(
            [
                LANGUAGE.format(
                    escape(one.url), one.code, one.code, one.direction, CURRENT if one.current else "", escape(one.name)
                )
                for one in page.languages
            ]
        )
    )


@register.simple_tag
def crumbs(breadcrumbs: Sequence[Link]) -> SafeString:
    """Return where the page stands, from the top, as items of a list; the last has no address."""
    return SafeString(
        "".join(
            [
                CRUMB.format(escape(one.url), escape(one.text)) if one.url else HERE.format(escape(one.text))
                for one in breadcrumbs
            ]
        )
    )


@register.simple_tag
def version_tabs(versions: Sequence[LanguageVersion]) -> SafeString:
    """Return the language versions of a text as items of a list; a missing one leads nowhere."""
    language = get_language() or "en"
    return SafeString("".join([_tab(one, _called(one.code, one.state, language)) for one in versions]))


def _tab(version: LanguageVersion, called: str) -> str:
    if not version.url:
        return MISSING_TAB.format(called)
    return TAB.format(escape(version.url), CURRENT if version.current else "", called)


@lru_cache(512)
def _called(code: str, state: str, language: str) -> str:  # noqa: ARG001 (the active one)
    """Return the name of a language in itself, and what the version in it is."""
    standing = {
        "UNKNOWN": "",
        "ORIGINAL": _("original"),
        "TRANSLATION": _("translation"),
        "MACHINE_DRAFT": _("machine draft"),
    }.get(state, _("not here"))
    name = f'<span lang="{escape(code)}">{escape(own_name(code))}</span>'
    return f"{name} <small>{escape(standing)}</small>" if standing else name
