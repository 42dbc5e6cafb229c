"""What pages read of documents: the window of the reader, where documents speak of a thing, citations."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.rooms.ingest import handwritten as by_hand

from merida.foundation.access.visibility import ANYBODY
from merida.knowledge.documents import queries
from merida.knowledge.documents.citing import cite
from merida.knowledge.documents.models import Document, Mention, Paragraph, Version

pytestmark = pytest.mark.django_db


def long_document(count: int = 250, **given: object) -> str:
    texts = [by_hand.paragraph(n, f"Paragraph {n} names Tonga.") for n in range(1, count + 1)]
    return by_hand.store(by_hand.record(*texts, **given)).slug


def numbers(page: queries.ReaderPage) -> list[str]:
    return [each.paragraph.place for each in page.paragraphs]


def test_a_window_shows_a_hundred_paragraphs_and_leads_on_and_back() -> None:
    slug = long_document()
    page = queries.reader_page(ANYBODY, slug, "en", start=100)
    assert (numbers(page)[0], numbers(page)[-1], len(page.paragraphs)) == ("101", "200", 100)
    assert (page.previous_start, page.next_start, page.total) == (0, 200, 250)


def test_a_cited_paragraph_far_down_is_on_the_page_its_address_leads_to() -> None:
    slug = long_document()
    version = Version.objects.select_related("document").get()
    assert cite(version.document, version, "231").address("fr") == f"/fr/documents/{slug}/en/?at=231#p231"
    assert cite(version.document, version, "15").address() == f"/en/documents/{slug}/en/#p15"
    assert "231" in numbers(queries.reader_page(ANYBODY, slug, "en", at="231"))


@pytest.mark.parametrize("start", [-5, 10_000])
def test_a_start_outside_the_document_shows_a_page_that_exists(start: int) -> None:
    slug = long_document(count=3)
    assert numbers(queries.reader_page(ANYBODY, slug, "en", start=start)) == ["1", "2", "3"]


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_reader_takes_five_queries_however_long_a_version_of_one_window(
    count: int, django_assert_num_queries
) -> None:
    slug = long_document(count=count)
    with django_assert_num_queries(5):
        page = queries.reader_page(ANYBODY, slug, "en")
    assert [len(each.mentions) for each in page.paragraphs] == [1] * count


def test_a_version_that_says_it_is_shorter_than_it_is_shows_its_windows_all_the_same() -> None:
    """The count of a version leaves out what has no number: it says only how to ask."""
    slug = naming_in_turn(150)
    Version.objects.update(paragraph_count=10)
    first, second = (queries.reader_page(ANYBODY, slug, "en", start=start) for start in (0, 100))

    assert (numbers(first), numbers(second)) == (list(map(str, range(1, 101))), list(map(str, range(101, 151))))
    assert [(page.start, page.count, page.total) for page in (first, second)] == [(0, 100, 150), (100, 100, 150)]
    assert [len(one.mentions) for one in second.paragraphs] == [2 if n in (100, 150) else 1 for n in range(101, 151)]


def naming_in_turn(count: int) -> str:
    texts = [
        by_hand.paragraph(n, f"{'Tonga and Fiji' if n % 50 == 0 else 'Tonga'} again.") for n in range(1, count + 1)
    ]
    return by_hand.store(by_hand.record(*texts)).slug


@pytest.mark.parametrize("count", [50, 150])
def test_what_a_version_names_is_counted_alike_in_one_window_and_in_several(count: int) -> None:
    page = queries.reader_page(ANYBODY, naming_in_turn(count), "en")
    assert page.named == [("STATE", "TON", count), ("STATE", "FJI", count // 50)]


def test_a_window_of_a_longer_version_has_its_own_mentions_and_takes_one_more_query(django_assert_num_queries) -> None:
    slug = naming_in_turn(150)
    with django_assert_num_queries(7):
        page = queries.reader_page(ANYBODY, slug, "en", start=100)
    assert [[one.key for one in each.mentions] for each in page.paragraphs] == [*[["TON"]] * 49, ["TON", "FJI"]]


def test_what_one_paragraph_alone_shows_leaves_the_names_of_the_whole() -> None:
    page = queries.reader_page(ANYBODY, naming_in_turn(50), "en", only={"50"})
    assert numbers(page) == ["50"]
    assert page.named == [("STATE", "TON", 50), ("STATE", "FJI", 1)]


def test_headings_stand_above_the_paragraph_they_open_and_form_a_tree() -> None:
    headings = [
        by_hand.Heading("h:I", 1, "I", "Introduction", "1", "I.", 1),
        by_hand.Heading("h:I.A", 2, "A", "Mandate", "1", "A.", 2),
        by_hand.Heading("h:II", 1, "II", "Conclusions", "2", "II.", 3),
        by_hand.Heading("h:III", 1, "III", "Annex without text", "", "III.", 4),
    ]
    texts = (by_hand.paragraph(1, "One.", heading="h:I.A"), by_hand.paragraph(2, "Two.", heading="h:II"))
    slug = by_hand.store(by_hand.record(*texts, headings=headings)).slug
    page = queries.reader_page(ANYBODY, slug, "en")
    above = [[heading.title for heading in each.headings] for each in page.paragraphs]
    assert above == [["Introduction", "Mandate"], ["Conclusions"]]
    assert [heading.title for heading in page.closing_headings] == ["Annex without text"]
    assert [(b.heading.number, [c.heading.number for c in b.children]) for b in page.tree] == [
        ("I", ["A"]),
        ("II", []),
        ("III", []),
    ]
    assert Paragraph.objects.get(place="1").heading.title == "Mandate"


def test_a_note_hangs_on_the_paragraph_that_calls_it_and_others_come_loose() -> None:
    notes = [
        by_hand.Footnote("fn*", "*", "See the agenda.", "masthead", "*", 1),
        by_hand.Footnote("fn1", "1", "www.example.org", "1(a)", "1", 2),
        by_hand.Footnote("fn2", "2", "Called nowhere.", "", "2", 3),
    ]
    text = by_hand.paragraph(1, "They agreed:", items=["to write"])
    slug = by_hand.store(by_hand.record(text, footnotes=notes)).slug
    page = queries.reader_page(ANYBODY, slug, "en")
    assert [note.paragraph.place for note in page.paragraphs[0].notes] == ["fn1"]
    assert [note.paragraph.place for note in page.loose_notes] == ["fn*", "fn2"]


def test_two_languages_are_read_level_with_one_another() -> None:
    slug = by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga joined."), by_hand.paragraph(2, "Alone."))).slug
    by_hand.store(by_hand.record(by_hand.paragraph(1, "汤加加入。"), language="zh"))
    page = queries.reader_page(ANYBODY, slug, "en", beside="zh")
    assert [each.beside.text if each.beside else None for each in page.paragraphs] == ["汤加加入。", None]


def test_a_citation_is_in_the_words_of_the_reader_and_names_the_language_cited() -> None:
    long_document(count=2, language="zh")
    version = Version.objects.select_related("document").get()
    with translation.override("en"):
        assert str(cite(version.document, version, "2")) == "CAC/COSP/SAMPLE/2021/7, para. 2 (Chinese)"
        assert str(cite(version.document, version, "fn3")) == "CAC/COSP/SAMPLE/2021/7, footnote 3 (Chinese)"
        assert str(cite(version.document, version)) == "CAC/COSP/SAMPLE/2021/7 (Chinese)"


def test_a_citation_of_an_earlier_text_keeps_leading_to_that_text() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "First text.")))
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Second text.")))
    earlier = Version.objects.select_related("document").get(number=1)
    citation = cite(earlier.document, earlier, "1")
    assert citation.address() == "/en/documents/cac-cosp-sample-2021-7/en/?version=1#p1"
    with translation.override("en"):
        assert str(citation) == "CAC/COSP/SAMPLE/2021/7, para. 1 (English), version 1"


def provisions(*pairs: tuple[str, str]) -> list[by_hand.Mention]:
    return [by_hand.Mention("PROVISION", key, at, 0, 7, "Article", "test") for at, key in pairs]


def article_document() -> None:
    keys = ["UNCAC 13", "UNCAC 13(1)", "UNCAC 13(1)(c)", "UNCAC 13(10)", "UNCAC 1", "UNTOC 13(1)"]
    texts = [by_hand.paragraph(n, "Article so and so.") for n, _ in enumerate(keys, 1)]
    named = provisions(*((str(n), key) for n, key in enumerate(keys, 1)))
    chapter = by_hand.Mention("CHAPTER", "UNCAC chapter II", "5", 0, 7, "Article", "test")
    by_hand.store(by_hand.record(*texts, further=[*named, chapter]))


@pytest.mark.parametrize(
    ("key", "below", "places"),
    [
        ("UNCAC 13", True, ["1", "2", "3", "4"]),
        ("UNCAC 13", False, ["1"]),
        ("UNCAC 13(1)", True, ["2", "3"]),
        ("UNCAC 13(1)(c)", True, ["3"]),
        ("UNCAC 1", True, ["5"]),
        ("UNCAC chapter II", False, ["5"]),
    ],
)
def test_a_provision_brings_what_lies_inside_it_and_no_neighbour(key: str, below: bool, places: list[str]) -> None:
    article_document()
    found = queries.mentions_of_provision(ANYBODY, key, with_descendants=below)
    assert [each.place for document in found.documents for each in document.places] == places


def test_a_chapter_brings_its_articles_when_the_registry_names_them() -> None:
    article_document()
    found = queries.mentions_of_provision(ANYBODY, "UNCAC chapter II", articles=["UNCAC 13"])
    assert found.place_count == 5


def test_a_document_counts_once_whatever_its_languages_and_is_quoted_in_the_readers() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga joined."), language="en"))
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga 加入。"), language="zh"))
    found = {code: queries.mentions_of_state(ANYBODY, "TON", language=code) for code in ("en", "zh", "fr")}
    assert {code: (each.document_count, each.place_count) for code, each in found.items()} == dict.fromkeys(
        found, (1, 1)
    )
    assert [found[code].documents[0].version.language for code in ("en", "zh")] == ["en", "zh"]


def test_where_documents_speak_is_paged_and_counted_over_all_pages() -> None:
    for number in range(1, 24):
        text = by_hand.paragraph(1, "Tonga joined.")
        by_hand.store(by_hand.record(text, symbol=f"CAC/COSP/SAMPLE/2021/{number}"))
    last = queries.mentions_of_state(ANYBODY, "TON", page=99)
    assert (last.page, last.pages, last.document_count, last.place_count, len(last.documents)) == (2, 2, 23, 23, 3)


@pytest.mark.parametrize("count", [1, 3])
def test_where_documents_speak_takes_four_queries_however_many(count: int, django_assert_num_queries) -> None:
    for number in range(count):
        text = by_hand.paragraph(1, "Tonga joined.")
        by_hand.store(by_hand.record(text, symbol=f"CAC/COSP/SAMPLE/2021/{number}"))
    with django_assert_num_queries(4):
        found = queries.mentions_of_state(ANYBODY, "TON")
    assert [place.excerpt.hit for each in found.documents for place in each.places] == ["Tonga"] * count


def test_the_list_of_documents_can_be_narrowed_by_what_they_name() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga."), symbol="CAC/COSP/SAMPLE/2021/1", date="2021-01-05"))
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Fiji."), symbol="CAC/COSP/SAMPLE/2022/1", date="2022-01-05"))

    def symbols(**given: object) -> list[str]:
        return [document.symbol for document in queries.documents_list(ANYBODY, **given)]

    assert symbols() == ["CAC/COSP/SAMPLE/2022/1", "CAC/COSP/SAMPLE/2021/1"]
    assert symbols(mentions=("STATE", "TON")) == ["CAC/COSP/SAMPLE/2021/1"]
    assert symbols(year=2022) == ["CAC/COSP/SAMPLE/2022/1"]
    assert symbols(words="sample/2021") == ["CAC/COSP/SAMPLE/2021/1"]
    assert symbols(language="zh") == []


def test_a_draft_is_for_nobody_outside() -> None:
    slug = long_document(count=2)
    Document.objects.update(published_at=None)
    assert queries.document_by_slug(ANYBODY, slug) is None
    assert queries.mentions_of_state(ANYBODY, "TON").document_count == 0
    assert queries.latest_documents(ANYBODY) == []
    assert queries.paragraph_at(ANYBODY, slug, "en", "1") is None
    assert list(queries.mentions(ANYBODY)) == []


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        (queries.mention_condition("STATE", "TON"), "documents_mention_kind_key"),
        (queries.provision_condition("UNCAC 13", with_descendants=True), "documents_mention_in_article"),
        (queries.provision_condition("UNCAC 13(1)", with_descendants=True), "documents_mention_in_article"),
        (queries.provision_condition("UNCAC 13(1)", with_descendants=False), "documents_mention_kind_key"),
    ],
)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a small table on PostgreSQL is read whole")
def test_mentions_of_a_thing_are_found_by_index(condition: object, index: str) -> None:
    assert index in Mention.objects.filter(condition).explain()


@pytest.mark.django_db(transaction=True)
def test_the_latest_documents_are_read_once_until_another_comes_in() -> None:
    first = long_document(count=1)
    queries.latest_documents(ANYBODY)
    with CaptureQueriesContext(connection) as asked:
        known = queries.latest_documents(ANYBODY)
    second = long_document(count=1, symbol="CAC/COSP/SAMPLE/2022/7")

    assert len(asked) == 1  # where the change log stands
    assert [one.slug for one in known] == [first]
    assert [one.slug for one in queries.latest_documents(ANYBODY)] == [second, first]
