"""Paragraphs of a document as one tag draws them."""

import pytest
from django.template import Context, Template
from django.utils import translation

from merida.interfaces.web.context import Page
from merida.interfaces.web.pieces import Link
from merida.interfaces.web.views.marked_text import Block, Run
from merida.interfaces.web.views.reading import ShownFact, ShownHeading, ShownParagraph

HOSTILE = "\"><script>alert('1')</script>&"
PAGE = Page("en", "ltr", (), "http://localhost", "comfortable")
PLAIN = ShownParagraph(
    place="3",
    number="3.",
    mark="",
    anchor="p3",
    headings=[],
    blocks=[Block("", (Run("They agreed:"),)), Block("(a)", (Run("to write."),), depth=1)],
    facts=[],
    notes=[],
    citation="SAMPLE/1, para. 3 (English)",
    address="/en/documents/sample-1/en/#p3",
    beside=[],
)


def drawn(found: ShownParagraph, beside: str = "") -> str:
    source = "{% load reading %}{% paragraphs found beside=beside %}"
    with translation.override("en"):
        return Template(source).render(Context({"found": [found], "beside": beside, "page": PAGE}))


def with_hostile(name: str) -> ShownParagraph:
    texts = [Block(HOSTILE, (Run(HOSTILE),))]
    values = {
        "blocks": texts,
        "headings": [ShownHeading(2, HOSTILE, HOSTILE, texts)],
        "facts": [ShownFact("STATE", HOSTILE, [Link(HOSTILE, HOSTILE), Link(HOSTILE)])],
        "notes": [PLAIN._replace(mark=HOSTILE, blocks=texts)],
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


def test_a_paragraph_that_the_other_language_lacks_says_so():
    assert "No paragraph with this number in the other language." in drawn(PLAIN, beside="zh")
    assert "No paragraph with this number" not in drawn(PLAIN)


@pytest.mark.parametrize(
    "name", ["place", "number", "anchor", "citation", "address", "blocks", "headings", "facts", "notes", "beside"]
)
def test_no_text_of_a_document_becomes_an_element(name):
    page = drawn(with_hostile(name), beside="zh")

    assert "<script" not in page
    assert "&lt;script&gt;" in page
