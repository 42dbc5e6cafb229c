"""The text of a document with what it names: ``{% load reading %}{% paragraphs paragraphs beside=choices.beside %}``.

One tag instead of an included file for each paragraph: a page of the reader shows a hundred paragraphs and a thousand
mentions. Every text from outside passes ``escape``; Django's own formatting takes ten times as long for each of them.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from merida.interfaces.web.escaping import as_text
from merida.interfaces.web.languages import direction
from merida.interfaces.web.pieces import MENTION_CLASSES
from merida.interfaces.web.views.marked_text import Drawing, MarkedText, Span, lay_out
from merida.interfaces.web.views.reading import (
    NamedThing,
    ShownBranch,
    ShownFact,
    ShownHeading,
    ShownParagraph,
)
from merida.interfaces.web.views.reading_choices import KindChoice
from merida.knowledge.documents.places import anchor

register = template.Library()

LINKED = '<a class="mention mention-{named}{mark}" href="{url}" title="{title}"{outside}>', "</a>"
UNLINKED = '<span class="mention mention-{named}{mark}" title="{title}">', "</span>"
CALL = '<sup><a class="note-call" href="#{}">{}</a></sup>'
OUTSIDE = ' rel="external nofollow noreferrer"'

BRANCH = '<li class="tree-{}"><a href="{}">{}</a></li>\n{}\n'
HEADING = '<h{level} id="{anchor}" class="text-heading">{number}{text}</h{level}>\n'
HEADING_NUMBER = '<span class="heading-number">{}</span> '
NOTE = '<li class="note" id="{}"><span class="note-mark">{}</span> {}</li>'
NOTES = '<ul class="notes">{}</ul>\n'
NUMBER = '<a class="paragraph-number" href="#{}" data-step><bdi>{}</bdi></a>'
ITEM = '<p class="item item-{}"><span class="item-letter">{}</span> {}</p>'
BESIDE = '<div class="paragraph-beside" lang="{}" dir="{}">{}</div>\n'
NOTHING_BESIDE = '<p class="quiet" lang="{}" dir="{}">{}</p>'
FACT = '<p><span class="fact-kind">{}</span> {}</p>'
FACT_LINK = '<a href="{}"><bdi>{}</bdi></a>'
FACT_TEXT = "<bdi>{}</bdi>"
KEPT = 4096  # of about 500 bytes: documents name the same things again and again
KIND = (
    '<label class="mark-choice"><input type="checkbox" id="show-{0}" name="show" value="{1}"{2}> '
    '<span class="mention mention-{0}">{3}</span></label>\n'
)


def _named(text: str, span: Span) -> str:
    """Return the words of a mention between the tags that lead to what they name."""
    thing = span.thing  # type: ignore[attr-defined]  # (all spans of a page are mentions shown)
    opening, closing = _around(thing)
    return f"{opening}{as_text(text)}{closing}"


@lru_cache(KEPT)
def _around(thing: NamedThing) -> tuple[str, str]:
    """Return the tags around the words of a mention."""
    kind, title, url = thing.kind, escape(thing.title), escape(thing.link.url)
    named, mark = MENTION_CLASSES.get(kind, "other"), " mention-confirmed" if thing.confirmed else ""
    opening, closing = LINKED if url else UNLINKED
    outside = OUTSIDE if kind == "LINK" else ""
    return opening.format(named=named, mark=mark, url=url, title=title, outside=outside), closing


def _call(mark: str) -> str:
    return CALL.format(escape(anchor(f"fn{mark}")), as_text(mark))


DRAWING = Drawing(as_text, _named, _call)


def text_of(marked: MarkedText) -> str:
    """Return all of a text in one line."""
    return "".join([block.drawn for block in lay_out(marked, DRAWING)])


def _blocks(marked: MarkedText) -> str:
    return "".join(
        [
            ITEM.format(depth, as_text(letter), drawn) if letter else f"<p>{drawn}</p>"
            for letter, drawn, depth, _place in lay_out(marked, DRAWING)
        ]
    )


def _heading(found: ShownHeading) -> str:
    number = HEADING_NUMBER.format(escape(found.number)) if found.number else ""
    return HEADING.format(level=found.level, anchor=escape(found.anchor), number=number, text=text_of(found.text))


def _headings(found: Sequence[ShownHeading]) -> str:
    return "".join(map(_heading, found)) if found else ""


def _notes(found: Sequence[ShownParagraph]) -> str:
    return NOTES.format("".join(map(_note, found))) if found else ""


def _note(found: ShownParagraph) -> str:
    return NOTE.format(escape(found.anchor), escape(found.mark), text_of(found.text))


@lru_cache(KEPT)
def _link(url: str, text: str) -> str:
    return FACT_LINK.format(escape(url), escape(text)) if url else FACT_TEXT.format(escape(text))


def _fact(fact: ShownFact) -> str:
    return FACT.format(_kept_escaped(fact.label), " · ".join([_link(link.url, link.text) for link in fact.links]))


# The same on every page: kinds of things, and paragraphs 1 to 100.
@lru_cache(KEPT)
def _kept_escaped(text: str) -> str:
    return escape(text)


@lru_cache(KEPT)
def _number(anchor: str, number: str) -> str:
    return NUMBER.format(escape(anchor), escape(number)) if number else ""


@register.simple_tag
def kind_boxes(choices: Sequence[KindChoice]) -> SafeString:
    """Return a box to tick for each kind of mention that can be marked."""
    return SafeString("".join(map(_kind_box, choices)))


def _kind_box(one: KindChoice) -> str:
    return KIND.format(escape(one.name), escape(one.kind), " checked" if one.chosen else "", escape(one.label))


@register.simple_tag
def contents(tree: Sequence[ShownBranch]) -> SafeString:
    """Return the headings as items of one list, each with how deep it hangs."""
    return SafeString("".join([_branch(branch, 1) for branch in tree]))


def _branch(branch: ShownBranch, level: int) -> str:
    below = "".join([_branch(child, level + 1) for child in branch.children])
    return BRANCH.format(level, escape(branch.url), escape(branch.title), below)


@register.simple_tag
def marked(text: MarkedText) -> SafeString:
    """Return a title: every text escaped, mentions as links, calls of notes raised."""
    return SafeString(text_of(text))


@register.simple_tag
def headings(found: Sequence[ShownHeading]) -> SafeString:
    """Return headings that stand in the text."""
    return SafeString(_headings(found))


@register.simple_tag
def notes(found: Sequence[ShownParagraph]) -> SafeString:
    """Return notes as a list, nothing where there are none."""
    return SafeString(_notes(found))


@register.simple_tag(takes_context=True)
def paragraphs(context: Context, found: Sequence[ShownParagraph], beside: str = "") -> SafeString:
    """Return the paragraphs with headings, notes and what they name; ``beside`` is the language read beside them."""
    page = context["page"]
    label, copy = escape(_("Named in paragraph %(place)s")), escape(_("Copy citation"))
    row = ' class="paragraph-row paragraph-row-beside"' if beside else ' class="paragraph-row"'
    aside = f'<aside class="paragraph-facts" lang="{page.language}" dir="{page.direction}"'
    nothing = NOTHING_BESIDE.format(
        page.language, page.direction, escape(_("No paragraph with this number in the other language."))
    )

    def level(one: ShownParagraph) -> str:
        text = _blocks(one.beside) if one.beside else ""
        return BESIDE.format(escape(beside), direction(beside), text or nothing) if beside else ""

    def drawn(one: ShownParagraph) -> str:  # a pattern with names takes three times as long as its pieces joined
        named_here = label % {"place": _kept_escaped(one.place)}
        citation = escape(f"{one.citation} {page.origin}{one.address}")
        return (
            f"{_headings(one.headings)}<div{row}>\n"
            f'<div class="paragraph" id="{_kept_escaped(one.anchor)}">{_number(one.anchor, one.number)}\n'
            f"{_blocks(one.text)}\n{_notes(one.notes)}</div>\n"
            f'{level(one)}{aside} aria-label="{named_here}">\n'
            f"{''.join(map(_fact, one.facts))}\n"
            f'<button type="button" class="plain" hidden data-copy="{citation}">{copy}</button>\n'
            "</aside>\n</div>\n"
        )

    return SafeString("".join(map(drawn, found)))
