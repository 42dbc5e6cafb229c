"""Rows that one tag draws: every text from outside is escaped, and they say what the values say."""

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from merida.interfaces.web.pictures.tiles import Tile, TileGroup
from merida.interfaces.web.pieces import Cell, Citation, Column, Fact, Table

HOSTILE = "\"><script>alert('1')</script>&"
SAFE_TEXT = "\"&gt;&lt;script&gt;alert('1')&lt;/script&gt;&amp;"  # between tags, where quotes mean nothing
SAFE = "&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;"


def drawn(source: str, **values: object) -> str:
    with translation.override("en"):
        return Template("{% load rows kept %}" + source).render(Context(values))


def table(*cells: Cell) -> Table:
    return Table("", [Column(str(at), numeric=bool(at)) for at in range(len(cells))], [cells])


def test_a_row_has_a_heading_and_values_with_their_links_languages_and_details():
    found = table(Cell("Sample State", "/en/states/xss/", "since 2004"), Cell("3", language="ar"))

    assert drawn("{% table_rows table %}", table=found) == (
        '<tr>\n<th scope="row"><a href="/en/states/xss/"><bdi>Sample State</bdi></a>'
        ' <span class="quiet">since 2004</span></th>\n'
        '<td class="numeric" lang="ar" dir="rtl"><bdi>3</bdi></td>\n</tr>\n'
    )


@pytest.mark.parametrize("name", ["text", "url", "detail", "language"])
def test_no_text_of_a_cell_becomes_an_element(name):
    page = drawn("{% table_rows table %}", table=table(Cell(**{"text": "x", name: HOSTILE})))

    assert (SAFE_TEXT if name in {"text", "detail"} else SAFE) in page
    assert HOSTILE not in page


@pytest.mark.parametrize("name", ["label", "sort_url", "sorted"])
def test_no_text_of_a_column_becomes_an_element(name):
    page = drawn("{% column_heads columns %}", columns=[Column(**{"label": "x", "sort_url": "?", name: HOSTILE})])

    assert (SAFE_TEXT if name == "label" else SAFE) in page
    assert HOSTILE not in page


@pytest.mark.parametrize("name", ["label", "value", "url", "detail"])
def test_no_text_of_a_fact_becomes_an_element(name):
    page = drawn("{% fact_lines facts %}", facts=[Fact(**{"label": "x", name: HOSTILE})])

    assert (SAFE if name == "url" else SAFE_TEXT) in page
    assert HOSTILE not in page


@pytest.mark.parametrize("name", ["code", "name", "url", "level", "words"])
def test_no_text_of_a_tile_becomes_an_element(name):
    values = {"code": "XSS", "name": "Sample State", "url": "/", "group": "", "level": "4", name: HOSTILE}
    page = drawn("{% tiles group %}", group=TileGroup("", (Tile(**values),)))

    assert SAFE in page
    assert HOSTILE not in page


def test_a_mark_is_the_same_every_time_and_says_its_own_source():
    marks = [drawn("{% citation_mark one %}", one=Citation(name)) for name in ("SAMPLE/1", HOSTILE, "SAMPLE/1")]

    assert marks[0] == marks[2]
    assert ["SAMPLE/1" in mark for mark in marks] == [True, False, True]
    assert SAFE in marks[1]
    assert HOSTILE not in marks[1]


def test_a_mark_is_in_the_language_of_its_reader():
    words = []
    for code in ("fr", "en", "fr"):
        with translation.override(code):
            page = Template("{% load kept %}{% citation_mark one %}").render(Context({"one": Citation("SAMPLE/2")}))
            words.append(re.findall(r'<span class="unseen">(.*?)</span>', page))

    assert words[0] == words[2]
    assert words[1] == ["Source"]


def test_a_table_without_rows_says_so():
    page = drawn('{% include "components/table.html" %}', table=Table("", [Column("a")], [], empty="Nobody yet"))

    assert '<tr><td colspan="1" class="table-empty">Nobody yet</td></tr>' in page
