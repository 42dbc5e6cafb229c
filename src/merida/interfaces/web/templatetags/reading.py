"""Text of a document with its mentions: ``{% load reading %}{% marked block.runs %}``.

One tag instead of an included file: a page of the reader shows a thousand mentions.
"""

from collections.abc import Sequence

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from merida.interfaces.web.pieces import MENTION_CLASSES
from merida.interfaces.web.views.marked_text import Run
from merida.interfaces.web.views.reading import ShownMention
from merida.knowledge.documents.places import anchor

register = template.Library()

LINKED = '<a class="mention mention-{}{}" href="{}" title="{}"{}>{}</a>'
UNLINKED = '<span class="mention mention-{}{}" title="{}">{}</span>'
CALL = '<sup><a class="note-call" href="#{}">{}</a></sup>'

OUTSIDE = mark_safe(' rel="external nofollow noreferrer"')


def shown(run: Run) -> str:
    """Return one run as an element, or as escaped text."""
    mention = run.mention
    if isinstance(mention, ShownMention):
        kind = MENTION_CLASSES.get(mention.kind, "other")
        confirmed = " mention-confirmed" if mention.confirmed else ""
        if not mention.url:
            return format_html(UNLINKED, kind, confirmed, mention.title, run.text)
        outside = OUTSIDE if mention.kind == "LINK" else ""
        return format_html(LINKED, kind, confirmed, mention.url, mention.title, outside, run.text)
    if run.note:
        return format_html(CALL, anchor(f"fn{run.note}"), run.note)
    return conditional_escape(run.text)


@register.simple_tag
def marked(runs: Sequence[Run]) -> SafeString:
    """Return the runs of a block: every text escaped, mentions as links, calls of notes raised."""
    return SafeString("".join(shown(run) for run in runs))
