"""The document reader and the search as a reader uses them."""

import re

import pytest
from lxml import html

from merida.foundation.registry.models import Provision
from merida.knowledge.documents.models import Document, Paragraph


@pytest.fixture
def address(site):
    return f"/en/documents/{site.sample.slug}"


def rows_of(page):
    """Yield place, text and text beside it of each paragraph, as the page shows them; numbers and notes are left out."""
    for row in html.fromstring(page.text).find_class("paragraph-row"):
        paragraph = row.find_class("paragraph")[0]
        for apart in (*paragraph.find_class("paragraph-number"), *paragraph.iter("sup", "ul")):
            apart.drop_tree()
        beside = "".join(one.text_content() for one in row.find_class("paragraph-beside"))
        yield paragraph.get("id").removeprefix("p"), paragraph.text_content(), beside


def test_a_document_leads_to_the_language_of_the_page(visitor, site):
    assert visitor.get(f"/zh/documents/{site.sample.slug}/").headers["Location"].endswith("/zh/")
    assert visitor.get(f"/fr/documents/{site.sample.slug}/?at=3").headers["Location"].endswith("/en/?at=3")


def test_a_text_whose_original_language_is_not_known_is_called_neither_original_nor_translation(visitor, site, address):
    def tab_of(page: str) -> str:
        here = page.partition('<nav class="tabs"')[2].partition("</nav>")[0]
        return re.sub(r"<[^>]*>", "", next(one for one in here.split("<li>") if 'aria-current="true"' in one)).strip()

    assert tab_of(visitor.get(f"{address}/en/").text) == "English original"
    assert tab_of(visitor.get(f"{address}/zh/").text) == "中文 translation"
    Document.objects.filter(pk=site.sample.pk).update(original_language="")
    assert tab_of(visitor.get(f"{address}/en/?unkept=1").text) == "English"


def test_every_paragraph_stands_under_its_number_with_its_text_whole(visitor, site, address):
    page = visitor.get(f"{address}/en/")
    shown = {place: text for place, text, _beside in rows_of(page)}
    stored = {
        one.place: one.text
        for one in Paragraph.objects.filter(version__document=site.sample, version__language="en", kind="PARAGRAPH")
    }

    def squash(text):
        return "".join(text.split())

    assert {place: squash(text) for place, text in shown.items()} == {
        place: squash(text) for place, text in stored.items()
    }
    assert all(f'id="p{place}"' in page.text for place in stored)


def test_the_text_keeps_its_own_language_and_direction_on_an_arabic_page(visitor, site):
    page = visitor.get(f"/ar/documents/{site.sample.slug}/zh/").text

    assert '<html lang="ar" dir="rtl"' in page
    assert '<article class="text" lang="zh" dir="ltr"' in page


def test_a_mention_leads_to_its_page_and_says_which_rule_found_it(visitor, address):
    page = visitor.get(f"{address}/en/").text

    assert (
        'class="mention mention-state" href="/en/states/ton/" title="Tonga – State, recognized, not confirmed (rule: '
        in page
    )
    assert 'href="/en/resolutions/cosp-8-8/"' in page
    assert 'href="/en/provisions/uncac/13-1-b/"' in page


def test_marks_of_a_kind_are_shown_only_when_asked_for(visitor, address):
    chosen = visitor.get(f"{address}/en/?marks=1&show=PROVISION").text
    article = chosen.partition("<article")[2].partition("</article>")[0]

    assert 'class="mention mention-provision"' in article
    assert 'class="mention mention-state"' not in article


def test_only_paragraphs_that_mention_a_state_are_shown(visitor, address):
    page = visitor.get(f"{address}/en/?only=STATE:TON")

    assert [found.place for found in page.context["paragraphs"]] == ["3"]
    assert "Show all paragraphs" in page.text


def test_two_languages_stand_side_by_side_paragraph_by_paragraph(visitor, site, address):
    page = visitor.get(f"{address}/en/?beside=zh")
    beside = {place: text for place, _text, text in rows_of(page)}
    other = Paragraph.objects.get(version__document=site.sample, version__language="zh", kind="PARAGRAPH", place="4")

    assert "".join(beside["4"].split()) == "".join(other.text.split())
    assert all(beside.values())


def test_the_data_of_a_document_are_its_paragraphs_with_what_they_name(visitor, address):
    rows = {row["place"]: row for row in visitor.get(f"{address}/en/?format=json").json()["rows"]}

    assert rows["3"]["states"] == ["TON"]
    assert rows["5"]["provisions"] == ["UNCAC 6", "UNCAC 5(4)"]
    assert rows["3"]["confidence"] == "RECOGNISED"
    assert rows["3"]["source"] == "CAC/COSP/SAMPLE/2021/1, para. 3 (English)"


def test_the_file_comes_back_as_it_was_handed_in(visitor, address):
    answer = visitor.get(f"{address}/en/1/file/")

    assert b"CAC/COSP/SAMPLE/2021/1" in b"".join(answer.streaming_content)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_snippet_of_a_state_leads_to_the_paragraph(visitor):
    page = visitor.get("/en/states/ton/").text

    assert "#p3" in page
    assert ">Tonga</mark>" in page


@pytest.mark.parametrize(
    ("code", "query", "name"),
    [
        ("en", "Tonga", "Tonga"),
        ("zh", "汤加", "汤加"),
        ("ar", "تونغا", "تونغا"),
        ("ru", "Тонга", "Тонга"),
        ("fr", "汤加", "Tonga"),
        ("es", "Tonga", "Tonga"),
    ],
)
def test_a_state_is_found_in_any_script_and_stands_once(visitor, code, query, name):
    page = visitor.get(f"/{code}/search/", {"q": query})
    groups = {group.kind: group for group in page.context["groups"]}
    states = [result for result in groups["STATE"].results if result.url == f"/{code}/states/ton/"]

    assert len(states) == 1
    assert name in page.text


def test_results_are_grouped_with_counts_and_each_group_can_be_opened(visitor):
    page = visitor.get("/en/search/?q=corruption")
    group = next(group for group in page.context["groups"] if group.kind == "PROVISION")
    opened = visitor.get(f"/en/search/{group.more_url}")

    assert group.count > len(group.results) > 0
    assert opened.context["pages"].number == 1
    assert {result.kind for result in opened.context["results"]} == {"Provision"}


@pytest.mark.parametrize("code", ["en", "es", "zh"])
def test_articles_are_shown_by_their_names_in_the_language_of_the_page(visitor, code):
    page = visitor.get(f"/{code}/search/", {"q": "UNCAC", "kind": "PROVISION"})
    named = Provision.objects.filter(instrument__code="UNCAC").values_list(f"titles__{code}", flat=True)

    assert {result.language for result in page.context["results"]} == {code}
    assert {result.title for result in page.context["results"]} <= set(named)


def test_a_treaty_found_by_its_name_in_another_language_is_called_by_the_readers(visitor):
    page = visitor.get("/ru/search/", {"q": '"Convención Interamericana"', "kind": "INSTRUMENT"})
    (found,) = page.context["results"]

    assert found.title == "Межамериканская конвенция о борьбе с коррупцией"
    assert [other.text for other in found.others] == ["Convención Interamericana contra la Corrupción (Español)"]


def test_an_article_without_a_name_in_the_readers_language_says_in_which_it_is_called(visitor):
    page = visitor.get("/ar/search/", {"q": "AUCPCC 15", "kind": "PROVISION"})

    assert '<bdi lang="en">Extradition</bdi>' in page.text


def test_a_title_in_another_language_than_the_page_says_so_to_those_who_listen(visitor, site):
    page = visitor.get("/fr/search/", {"q": '"South Sudan"', "kind": "PARAGRAPH"})

    assert f'<bdi lang="en">{page.context["results"][0].title}</bdi>' in page.text


@pytest.mark.parametrize(
    ("code", "words"), [("zh", "UNCAC 第二章"), ("ar", "UNCAC الفصل الثاني"), ("fr", '"chapitre II" UNCAC')]
)
def test_a_chapter_is_found_as_it_is_cited(visitor, code, words):
    page = visitor.get(f"/{code}/search/", {"q": words, "kind": "PROVISION"})

    assert f"/{code}/provisions/uncac/chapter-ii/" in {result.url for result in page.context["results"][:2]}


def test_what_has_six_names_is_counted_and_listed_once(visitor):
    first = visitor.get("/en/search/?q=UNCAC")
    group = next(group for group in first.context["groups"] if group.kind == "PROVISION")
    pages = [visitor.get("/en/search/", {"q": "UNCAC", "kind": "PROVISION", "page": number}) for number in
             range(1, -(-group.count // 20) + 1)]  # fmt: skip
    listed = [result.url for page in pages for result in page.context["results"]]

    assert len(listed) == len(set(listed)) == group.count
    assert {page.context["total"] for page in pages} == {group.count}
    assert first.context["total"] == sum(each.count for each in first.context["groups"])


def test_the_choices_are_told_by_their_names(visitor):
    told = visitor.get("/en/search/?q=corruption&kind=PROVISION&state=TON&language=fr").context["explained"]

    assert told[-3:] == ("kind: Provision", "State: Tonga", "language: French")


def test_an_exact_phrase_is_found_side_by_side_and_marked(visitor):
    page = visitor.get("/en/search/", {"q": '"South Sudan"', "kind": "PARAGRAPH"})

    assert page.context["total"] == 1
    assert "<mark>South Sudan</mark>" in page.text
    assert page.context["results"][0].url.endswith("/en/#p4")


def test_the_query_is_told_in_words(visitor):
    page = visitor.get("/en/search/?q=corrup*&state=GHA&year=2021").text

    assert "any word that begins with “corrup”" in page
    assert "2021" in page


def test_nothing_found_leads_on(visitor):
    page = visitor.get("/en/search/", {"q": "corruption zzzqqq"})

    assert page.context["total"] == 0
    assert [one.count > 0 for one in page.context["suggestions"]] == [True] * len(page.context["suggestions"])
    assert page.context["suggestions"]


def test_a_fragment_is_the_results_alone(visitor):
    whole = visitor.get("/en/search/?q=Tonga")
    part = visitor.get("/en/search/?q=Tonga", headers={"hx-request": "true"})

    assert "<html" not in part.text
    assert part.text.strip() in whole.text
    assert "HX-Request" in part.headers["Vary"]


def test_very_long_words_are_cut_and_it_is_said(visitor):
    assert "only the first 500 characters were used" in visitor.get("/en/search/", {"q": "corruption " * 909}).text


def test_a_paragraph_of_a_file_with_pages_is_cited_with_its_page(visitor, site, address):
    Paragraph.objects.filter(version__document=site.sample, version__language="en", place="3").update(page=7)
    page = visitor.get(f"{address}/en/").text
    spoken = visitor.get(f"{address}/en/?format=csv").text

    assert f"{site.sample.symbol}, para. 3, page 7 (English)" in page
    assert f"{site.sample.symbol}, para. 4 (English)" in page
    assert f"{site.sample.symbol}, para. 3, page 7 (English)" in spoken


@pytest.mark.parametrize(("page", "count"), [("search/?q=Tonga", "total"), ("documents/", "documents")])
def test_a_link_above_the_facets_leads_past_them_to_what_was_found(visitor, site, page, count):
    answer = visitor.get(f"/en/{page}")
    found = answer.context["total"] if count == "total" else answer.context["pages"].count

    before, _, after = answer.text.partition('<section class="facets"')
    link = re.search(r'<a href="#found">Results <span class="count">(\d+)</span></a>', before)
    assert (link[1] if link else "none", 'id="found"' in after) == (str(found), True)
