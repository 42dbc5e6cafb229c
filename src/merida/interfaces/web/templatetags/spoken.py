"""Documents that speak of a thing, with the places in which they do: ``{% speaking_items documents %}``.

Ten documents with three places each, a dozen values a place: a template would ask for every one of them again, here an
item is a pattern. Every text from outside passes ``escape``.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from merida.interfaces.web.languages import direction
from merida.interfaces.web.templatetags.words import iso_date, language_name, number
from merida.interfaces.web.views.speaking import ShownDocument, ShownPlace

register = template.Library()

LONGEST_TITLE = 160
KEPT = 600  # a hundred rules in six languages

ITEM = """<li>
<p class="speaking-head">{date}<a href="{url}" data-step><bdi>{name}</bdi></a> <span class="quiet">{language}</span></p>
{title}
<ul class="spoken">
{places}</ul>
{more}
</li>"""
DATE = '<time datetime="{0}">{0}</time> '
TITLE = '<p class="speaking-title" dir="auto"{}>{}</p>'
PLACE = """<li><a class="spoken-place" href="{url}">{label}</a>
<p class="snippet"{language}>{before}<mark title="{title}">{hit}</mark>{after}</p></li>
"""
MORE = '<p><a href="{}">{}</a></p>'


@register.simple_tag
def speaking_items(documents: Sequence[ShownDocument]) -> SafeString:
    """Return each document as an item of a list."""
    return SafeString("".join(map(_item, documents)))


def _item(one: ShownDocument) -> str:
    language = f' lang="{escape(one.language)}"' if one.language else ""
    inside = f'{language} dir="{direction(one.language)}"' if one.language else ""
    return ITEM.format(
        date=DATE.format(iso_date(one.date)) if one.date else "",
        url=escape(one.url),
        name=escape(one.name),
        language=escape(language_name(one.language)),
        title=TITLE.format(language, escape(_shortened(one.title))) if one.title != one.name else "",
        places="".join(_place(place, inside) for place in one.places),
        more=MORE.format(escape(one.more_url), _more(one.more)) if one.more else "",
    )


def _place(place: ShownPlace, language: str) -> str:
    return PLACE.format(
        url=escape(place.url),
        label=escape(place.label),
        language=language,
        before=escape(place.before),
        title=_standing(None if place.confirmed else place.rule, get_language()),
        hit=escape(place.hit),
        after=escape(place.after),
    )


@lru_cache(KEPT)
def _standing(rule: str | None, language: str | None) -> str:  # noqa: ARG001 (part of what is kept)
    """Return by which rule a place was recognised; without one that a person confirmed it."""
    if rule is None:
        return _("confirmed")
    return _("recognized by the rule %(rule)s, not confirmed") % {"rule": escape(rule)}


def _more(count: int) -> str:
    words = ngettext("%(shown)s more paragraph in this document", "%(shown)s more paragraphs in this document", count)
    return words % {"shown": number(count)}


def _shortened(title: str) -> str:
    """Return a title as ``truncatechars`` cuts it, which counts every letter of a short one too."""
    if len(title) <= LONGEST_TITLE:
        return unicodedata.normalize("NFC", title)
    return Truncator(title).chars(LONGEST_TITLE)
