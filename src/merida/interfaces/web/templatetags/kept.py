"""Small components that are the same in many places: ``{% load kept %}{% citation_mark citation %}``.

A State's page shows thirty marks of the same few sources, a theme's fifty of as many paragraphs. Each worker renders
the template of a mark once for every language and set of parts, and afterwards only fills in what differs.
"""

import re
from dataclasses import replace
from functools import lru_cache
from html import escape

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from merida.interfaces.web.pieces import Citation

register = template.Library()

FILLED_IN = ("symbol", "place", "url", "text", "outside")
# What stands for a part while the template is rendered: private use, so that no text has it by chance.
STANDS_FOR = {name: f"\ue000{name}\ue001" for name in FILLED_IN}
SPLIT = re.compile("\ue000([a-z]+)\ue001")


@register.simple_tag
def citation_mark(citation: Citation) -> SafeString:
    """Return the mark that leads to a source (``components/citation.html``). A ``<details>``: not inside ``<p>``."""
    parts = frozenset(name for name in FILLED_IN if getattr(citation, name))
    pieces = _mark(parts, citation.language, citation.verified, get_language())
    # Every second piece is the name of a part, as ``re.split`` returns them.
    return SafeString("".join(escape(getattr(citation, one)) if at % 2 else one for at, one in enumerate(pieces)))


@lru_cache(256)
def _mark(parts: frozenset[str], of: str, verified: bool, language: str | None) -> tuple[str, ...]:  # noqa: ARG001 (parts of what is kept)
    given = {name: STANDS_FOR[name] for name in parts}
    citation = replace(Citation("", language=of, confidence="SOURCED" if verified else ""), **given)
    return tuple(SPLIT.split(get_template("components/citation.html").render({"citation": citation})))
