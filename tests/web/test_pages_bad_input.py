"""Whatever stands in an address: a page, a clear message or "not found", never an error."""

import pytest

from merida.interfaces.web.pieces import Link
from merida.interfaces.web.templatetags.reading import marked
from merida.interfaces.web.views.marked_text import MarkedText
from merida.interfaces.web.views.reading import NamedThing, ShownMention

DAYS = (
    "2021-02-30",
    "yesterday",
    "0000-00-00",
    "9999-12-31",
    "1200-01-01",
    "2021-03-29T00:00",
    "%00",
    "٢٠٢١-٠٣-٢٩",
    "-1" * 500,
)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("place", ["instruments/uncac/", "mechanisms/greco/", "participation/"])
def test_a_day_that_is_none_is_named_and_the_page_says_which_day_it_took(visitor, place, day):
    page = visitor.get(f"/en/{place}?at={day}")

    assert page.status_code == 200
    assert 'class="notice notice-attention"' in page.text
    assert "instead" in page.text


@pytest.mark.parametrize(
    "place",
    [
        "states/zzz/",
        "states/ghana/",
        "instruments/none/",
        "provisions/uncac/999/",
        "provisions/none/1/",
        "mechanisms/none/",
        "resolutions/cosp-99-99/",
        "organisations/none/",
        "documents/none/",
        "documents/none/zh/",
        "documents/none/zh/1/file/",
    ],
)
def test_what_is_not_there_is_not_found(visitor, place):
    assert visitor.get(f"/en/{place}").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "2000000000", "9" * 400, "x", "1.5", "%00", "٣٣"])
@pytest.mark.parametrize("place", ["states/", "documents/", "states/gha/", "search/?q=corruption&kind=PROVISION"])
def test_an_absurd_page_number_is_not_found(visitor, place, number):
    sign = "&" if "?" in place else "?"

    assert visitor.get(f"/en/{place}{sign}page={number}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense",
        "sort=--name",
        "group=NONE",
        "words=%00",
        "words=" + "x" * 9000,
        "format=exe",
        "density=%3Cscript%3E",
    ],
)
def test_choices_that_do_not_exist_leave_the_list_whole(visitor, query):
    assert visitor.get(f"/en/states/?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "a" * 10_000,
        "q=" + "腐败" * 800,
        "q=%22",
        "q=*",
        "q=a*%20OR%20NEAR(%20%22",
        "q=%F0%90%80%80%ED%A0%80",
        "q=x&state=%00%00%00",
        "q=x&year=99999999999999999999",
        "q=x&provision=a%3Bb",
        "q=x&language=xx&kind=NONE",
        "state=GHA&provision=UNCAC%2013",
        "q=%E2%80%AEcorruption",
    ],
)
def test_the_search_answers_whatever_is_typed(visitor, query):
    assert visitor.get(f"/en/search/?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "start=-5",
        "start=99999999999999",
        "start=x",
        "at=999",
        "at=%00",
        "version=x",
        "beside=xx",
        "beside=zh",
        "only=STATE",
        "only=STATE:%00",
        "only=NONE:X",
        "only=STATE:" + "X" * 5000,
        "marks=1&show=NONE",
    ],
)
def test_the_reader_opens_whatever_was_chosen(visitor, site, query):
    assert visitor.get(f"/en/documents/{site.sample.slug}/en/?{query}").status_code == 200


def test_a_version_that_does_not_exist_is_not_found(visitor, site):
    assert visitor.get(f"/en/documents/{site.sample.slug}/en/?version=77").status_code == 404
    assert visitor.get(f"/en/documents/{site.sample.slug}/ru/").status_code == 404


def test_words_of_a_reader_never_become_elements(visitor):
    for place in ("search/?q=", "states/?words=", "documents/?words="):
        page = visitor.get(f"/en/{place}%3Cscript%3Ealert(1)%3C/script%3E").text
        assert "<script>alert" not in page


def test_text_of_a_document_never_becomes_elements():
    hostile = '"><script>alert(1)</script>&'
    thing = NamedThing("LINK", Link(hostile, f"https://{hostile}"), hostile, confirmed=False)
    spans, calls = [ShownMention(0, len(hostile), thing)], [[hostile, len(hostile)]]
    page = marked(MarkedText(hostile + hostile, spans, calls=calls))

    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 5
