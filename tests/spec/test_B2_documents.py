"""B2 Document ingestion: a document becomes metadata, headings, numbered paragraphs and mentions, each with its place.

The documents are the samples that merida brings along: one report in English and Chinese, and a restricted draft.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation
from tests.loaded_registry import loaded_registry  # noqa: F401

import merida
from merida.exchange.alignment.models import LanguageDifference
from merida.exchange.ingest.actions import ingest_file, sample_workspace
from merida.exchange.ingest.indexing import index_registry, reindex
from merida.exchange.search.models import Entry
from merida.foundation.access.actions import publish, restrict
from merida.foundation.access.visibility import ANYBODY, SYSTEM, Actor
from merida.foundation.changes.models import Change
from merida.foundation.registry.models import Resolution
from merida.knowledge.documents import queries
from merida.knowledge.documents.citing import cite
from merida.knowledge.documents.models import Document, Mention, Version

SAMPLE = Path(merida.__file__).parent / "data" / "sample"
SLUG = "cac-cosp-sample-2021-1"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


@pytest.fixture(scope="module")
def sample(loaded_registry: object, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:  # noqa: F811
    """Take the three samples in, once for all tests here."""
    with django_db_blocker.unblock(), override_settings(FILES_DIRECTORY=tmp_path_factory.mktemp("files")):
        for path in sorted(SAMPLE.glob("*.txt")):
            ingest_file(SYSTEM, path)
        restricted = SAMPLE / "restricted" / "sample-draft-report-en.txt"
        ingest_file(SYSTEM, restricted, audience="RESTRICTED", workspace=sample_workspace(SYSTEM))
        yield


def page(language: str) -> queries.ReaderPage:
    found = queries.reader_page(ANYBODY, SLUG, language)
    assert found is not None
    return found


def test_the_masthead_says_what_the_document_is() -> None:
    document = Document.objects.get(slug=SLUG)
    assert (document.symbol, document.body, str(document.document_date)) == (
        "CAC/COSP/SAMPLE/2021/1",
        "COSP",
        "2021-03-01",
    )
    assert (str(document.meeting_from_date), str(document.meeting_to_date)) == ("2021-06-14", "2021-06-16")
    assert (document.distribution, document.original_language) == ("General", "en")
    assert sorted(document.titles) == ["en", "zh"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_paragraphs_are_numbered_without_a_gap_in_each_language(language: str) -> None:
    assert [each.paragraph.place for each in page(language).paragraphs] == [str(n) for n in range(1, 13)]


def test_headings_form_the_same_tree_in_both_languages() -> None:
    def shape(branches: list[queries.HeadingBranch]) -> list[Any]:
        return [(branch.heading.first_paragraph, shape(branch.children)) for branch in branches]

    expected = [
        ("1", []),
        ("3", [("3", [("3", []), ("4", [])]), ("5", [("5", []), ("7", [])])]),
        ("8", [("8", []), ("10", [])]),
        ("11", []),
    ]
    assert shape(page("en").tree) == expected
    assert shape(page("zh").tree) == expected


@pytest.mark.parametrize("language", ["en", "zh"])
def test_notes_hang_on_the_paragraph_that_calls_them(language: str) -> None:
    called = {each.paragraph.place: [note.paragraph.place for note in each.notes] for each in page(language).paragraphs}
    assert {place: notes for place, notes in called.items() if notes} == {"3": ["fn1"], "9": ["fn2"]}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_states_are_found_where_their_own_name_stands(language: str) -> None:
    found = Mention.objects.filter(kind="STATE", version__document__slug=SLUG, version__language=language)
    by_place: dict[str, set[str]] = {}
    for place, key in found.values_list("paragraph__place", "key"):
        by_place.setdefault(place, set()).add(key)
    assert by_place == {
        "3": {"TON"},
        "4": {"NAM", "NER", "NGA", "SSD", "SDN"},
        "6": {"GIN", "GNB", "PNG"},
        "8": {"GHA", "KEN", "MUS", "PAN"},
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_articles_are_tied_to_the_right_treaty_down_to_the_item(language: str) -> None:
    found = Mention.objects.filter(kind="PROVISION", version__document__slug=SLUG, version__language=language)
    assert {(m.place, m.key) for m in found} >= {
        ("5", "UNCAC 6"),
        ("5", "UNCAC 5(4)"),
        ("7", "UNCAC 9(1)(a)"),
        ("7", "UNCAC 9(1)(b)"),
        ("7", "UNCAC 10"),
        ("8", "UNCAC 13(1)(b)"),
        ("11(a)", "UNCAC 6(3)"),
    }
    assert {m.key for m in found if m.place == "9"} == {"UNTOC 9"}


def test_a_resolution_named_has_a_page_of_its_own_and_leads_back_to_the_paragraphs() -> None:
    assert Resolution.objects.filter(key="COSP 8/7").exists()
    found = queries.mentions_of_resolution(ANYBODY, "COSP 8/7", language="zh")
    (document,) = found.documents
    assert [(each.place, each.excerpt.hit) for each in document.places] == [("2", "8/7"), ("5", "第8/7号决议")]


def test_a_paragraph_can_be_cited_in_words_and_by_address() -> None:
    version = Version.objects.select_related("document").get(language="zh")
    with translation.override("en"):
        assert str(cite(version.document, version, "3")) == "CAC/COSP/SAMPLE/2021/1, para. 3 (Chinese)"
    assert cite(version.document, version, "3").address() == f"/en/documents/{SLUG}/zh/#p3"


def test_every_mention_carries_its_rule_and_points_at_its_words() -> None:
    found = list(Mention.objects.select_related("paragraph", "heading"))
    texts = [(m.paragraph.text if m.paragraph else m.heading.title)[m.start : m.end] for m in found]
    assert texts == [m.surface for m in found]
    assert [m for m in found if not m.rule] == []
    assert len(found) > 80


def test_nobody_outside_the_workspace_learns_what_the_restricted_sample_says() -> None:
    member = Actor(name="A member", role="READER", workspaces=frozenset({sample_workspace(SYSTEM).pk}))
    assert [queries.mentions_of_state(who, "FJI").place_count for who in (member, ANYBODY)] == [1, 0]
    assert ["FJI" in queries.counts_by_key(who, "STATE") for who in (member, ANYBODY)] == [True, False]
    assert [queries.mentions(who).filter(key="FJI").count() for who in (member, ANYBODY)] == [2, 0]
    assert set(Entry.objects.filter(text__contains="Fiji", kind="PARAGRAPH").values_list("visibility", flat=True)) == {
        f"R{sample_workspace(SYSTEM).pk}"
    }


def test_the_search_follows_when_a_document_is_closed_and_opened_again() -> None:
    document, room = Document.objects.get(slug=SLUG), sample_workspace(SYSTEM)
    of_document = Entry.objects.filter(document=str(document.uuid))
    count = of_document.count()
    restrict(SYSTEM, document, workspace=room)
    assert set(of_document.values_list("visibility", flat=True)) == {f"R{room.pk}"}
    publish(SYSTEM, document)
    assert set(of_document.values_list("visibility", flat=True)) == {"PUBLIC"}
    assert of_document.count() == count


def test_the_index_made_anew_is_the_index_that_was_there() -> None:
    index_registry()
    before = sorted(Entry.objects.values_list("ref", "language", "title", "text", "visibility", "states", "provisions"))
    assert reindex() == 0
    Entry.objects.filter(ref__startswith="state:").delete()
    stray = Entry.objects.filter(kind="PARAGRAPH").first()
    stray.pk, stray.ref = None, "paragraph:gone/PARAGRAPH/1"
    stray.save()
    assert reindex() > 0
    after = sorted(Entry.objects.values_list("ref", "language", "title", "text", "visibility", "states", "provisions"))
    assert after == before


def test_each_file_is_one_change_of_the_log() -> None:
    assert Change.objects.filter(verb="INGEST_DOCUMENT").count() == 3


@pytest.mark.parametrize(
    "words", ["1. Xyzzy qwrtp.\n\n2. Zzxx.\n", "Tonga", "1\n2\n3\n", "1. <script>alert(1)</script> & <b>\n"]
)
def test_a_document_of_unknown_language_or_shape_can_still_be_opened(words: str, client: Any) -> None:
    outcome = ingest_file(SYSTEM, words.encode(), "odd.txt")
    answer = client.get(f"/en/documents/{outcome.slug}/", follow=True)
    assert (answer.status_code, answer.redirect_chain[0][0][-5:]) == (200, f"/{outcome.language or 'und'}/"[-5:])
    assert b"<script>alert" not in answer.content


def test_language_versions_are_compared_when_the_second_one_comes_in() -> None:
    """Issue 4, point 2: facts found in one language are checked against the others, disagreements are listed."""
    found = LanguageDifference.objects.filter(document__slug=SLUG)
    assert Change.objects.filter(verb="COMPARE_LANGUAGES").exists()
    assert {tuple(sorted(one.places)) for one in found} <= {("en", "zh")}
    assert not found.filter(kind__in=["STATE", "PROVISION", "RESOLUTION", "DATE"]).exists()
