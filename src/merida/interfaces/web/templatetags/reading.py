"""Text of a document with its mentions: ``{% load reading %}{% marked block.runs %}``.

One tag instead of an included file: a page of the reader shows a thousand mentions.
"""

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString

from merida.interfaces.web.pieces import MENTION_CLASSES
from merida.interfaces.web.views.marked_text import Run
from merida.interfaces.web.views.reading import ShownMention
from merida.knowledge.documents.places import anchor

register = template.Library()

LINKED = '<a class="mention mention-{}{}" href="{}" title="{}"{}>{}</a>'
UNLINKED = '<span class="mention mention-{}{}" title="{}">{}</span>'
CALL = '<sup><a class="note-call" href="#{}">{}</a></sup>'

OUTSIDE = ' rel="external nofollow noreferrer"'


def shown(run: Run) -> str:
    """Return one run as an element, or as escaped text.

    Every text from outside passes ``escape``; Django's own formatting takes ten times as long for each of a thousand.
    """
    mention = run.mention
    if isinstance(mention, ShownMention):
        kind = MENTION_CLASSES.get(mention.kind, "other")
        confirmed = " mention-confirmed" if mention.confirmed else ""
        if not mention.url:
            return UNLINKED.format(kind, confirmed, escape(mention.title), escape(run.text))
        outside = OUTSIDE if mention.kind == "LINK" else ""
        return LINKED.format(kind, confirmed, escape(mention.url), escape(mention.title), outside, escape(run.text))
    if run.note:
        return CALL.format(escape(anchor(f"fn{run.note}")), escape(run.note))
    return escape(run.text)


@register.simple_tag
def marked(runs: Sequence[Run]) -> SafeString:
    """Return the runs of a block: every text escaped, mentions as links, calls of notes raised."""
    return SafeString("".join(shown(run) for run in runs))
