"""Paragraphs of a document as one tag draws them."""

import gc
import weakref

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils import translation
from django.utils.html import escape

from merida.interfaces.web.context import Page
from merida.interfaces.web.pieces import FacetOption, Link
from merida.interfaces.web.templatetags.rows import counted_options
from merida.interfaces.web.views.answering import drawn as drawn_page
from merida.interfaces.web.views.marked_text import MarkedText
from merida.interfaces.web.views.reading import ShownBranch, ShownFact, ShownHeading, ShownParagraph

HOSTILE = "\"><script>alert('1')</script>&"
PAGE = Page("en", "ltr", (), "http://localhost", "comfortable")
PLAIN = ShownParagraph(
    place="3",
    number="3.",
    mark="",
    anchor="p3",
    headings=[],
    text=MarkedText("They agreed: (a) to write.", items=[["(a)", 13, 26, "3(a)", 1]]),
    facts=[],
    notes=[],
    citation="SAMPLE/1, para. 3 (English)",
    address="/en/documents/sample-1/en/#p3",
    beside=None,
)


def drawn(found: ShownParagraph, beside: str = "") -> str:
    source = "{% load reading %}{% paragraphs found beside=beside %}"
    with translation.override("en"):
        return Template(source).render(Context({"found": [found], "beside": beside, "page": PAGE}))


def with_hostile(name: str) -> ShownParagraph:
    texts = MarkedText(f"{HOSTILE} {HOSTILE}", items=[[HOSTILE, 0, 2 * len(HOSTILE) + 1]])
    values = {
        "text": texts,
        "headings": [ShownHeading(2, HOSTILE, HOSTILE, texts)],
        "facts": [ShownFact("STATE", HOSTILE, [Link(HOSTILE, HOSTILE), Link(HOSTILE)])],
        "notes": [PLAIN._replace(mark=HOSTILE, text=texts)],
        "beside": texts,
    }
    return PLAIN._replace(**{name: values.get(name, HOSTILE)})


def test_a_paragraph_has_its_number_items_and_a_way_to_cite_it():
    page = drawn(PLAIN._replace(facts=[ShownFact("STATE", "State", [Link("Tonga", "/en/states/ton/"), Link("A")])]))

    assert '<a class="paragraph-number" href="#p3" data-step><bdi>3.</bdi></a>' in page
    assert '<p>They agreed:</p><p class="item item-1"><span class="item-letter">(a)</span> to write.</p>' in page
    assert '<a href="/en/states/ton/"><bdi>Tonga</bdi></a> · <bdi>A</bdi></p>' in page
    assert 'aria-label="Named in paragraph 3"' in page
    assert 'data-copy="SAMPLE/1, para. 3 (English) http://localhost/en/documents/sample-1/en/#p3"' in page


def test_the_contents_hang_as_deep_as_their_headings():
    tree = [ShownBranch("I. One", "#h1", [ShownBranch(HOSTILE, HOSTILE, [])]), ShownBranch("II.", "#h3", [])]
    page = Template("{% load reading %}{% contents tree %}").render(Context({"tree": tree}))

    assert page.count("<script") == 0
    assert page.replace(escape(HOSTILE), "…") == (
        '<li class="tree-1"><a href="#h1">I. One</a></li>\n<li class="tree-2"><a href="…">…</a></li>\n\n\n'
        '<li class="tree-1"><a href="#h3">II.</a></li>\n\n'
    )


def test_the_choices_are_counted_as_each_language_writes_numbers():
    options = [FacetOption("A & B", 1234, "STATE:A", selected=True)]
    shown = {}
    for code in ("en", "fr", "en"):
        with translation.override(code):
            shown[code] = counted_options(options)

    assert shown["en"] == '<option value="STATE:A" selected>A &amp; B (1,234)</option>'
    assert shown["fr"] == '<option value="STATE:A" selected>A &amp; B (1\u202f234)</option>'


class Value:
    """Something that a page is drawn from."""


def test_what_a_page_was_drawn_from_is_gone_with_it(rf):
    request, value = rf.get("/en/"), Value()
    request.user, gone = AnonymousUser(), weakref.ref(value)
    gc.disable()
    try:
        drawn_page(request, "components/facts.html", {"facts": [], "value": value})
        del value
        assert gone() is None
    finally:
        gc.enable()


def test_a_paragraph_that_the_other_language_lacks_says_so():
    assert "No paragraph with this number in the other language." in drawn(PLAIN, beside="zh")
    assert "No paragraph with this number" not in drawn(PLAIN)


@pytest.mark.parametrize(
    "name", ["place", "number", "anchor", "citation", "address", "text", "headings", "facts", "notes", "beside"]
)
def test_no_text_of_a_document_becomes_an_element(name):
    page = drawn(with_hostile(name), beside="zh")

    assert "<script" not in page
    assert "&lt;script&gt;" in page
