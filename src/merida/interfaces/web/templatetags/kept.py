"""Small components that are the same in many places: ``{% load kept %}{% citation_mark citation %}``.

A State's page shows thirty marks of the same few sources. Each worker renders the template of a mark once for every
source and language, and gives out the text again afterwards.
"""

from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from merida.interfaces.web.pieces import Citation

register = template.Library()

MARKS = 2048  # kept, of about 800 bytes each


@register.simple_tag
def citation_mark(citation: Citation) -> SafeString:
    """Return the mark that leads to a source (``components/citation.html``). A ``<details>``: not inside ``<p>``."""
    return _mark(citation, get_language())


@lru_cache(MARKS)
def _mark(citation: Citation, language: str | None) -> SafeString:  # noqa: ARG001 (part of what is kept)
    return SafeString(get_template("components/citation.html").render({"citation": citation}))
