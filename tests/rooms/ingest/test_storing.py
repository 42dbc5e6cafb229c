"""A record becomes rows: what is found again, and what must never be joined, lost or shown to others."""

from dataclasses import replace

import pytest
from tests.rooms.ingest import handwritten as by_hand

from merida.exchange.ingest.indexing import entries_that_differ
from merida.exchange.ingest.outcome import Result
from merida.exchange.search.models import Entry
from merida.foundation.access.models import Workspace
from merida.foundation.access.visibility import ANYBODY, Actor
from merida.foundation.changes.models import Change
from merida.foundation.registry.models import Resolution
from merida.knowledge.documents import queries
from merida.knowledge.documents.models import Document, Heading, Mention, Paragraph, Version

pytestmark = pytest.mark.django_db


def test_a_mention_points_at_its_own_words_even_inside_a_lettered_item() -> None:
    text = by_hand.paragraph(1, "Two States reported:", items=["Tonga, on laws;", "In the north, Fiji."])
    by_hand.store(by_hand.record(text))
    found = {(m.place, m.paragraph.text[m.start : m.end], m.paragraph.place) for m in Mention.objects.all()}
    assert found == {("1(a)", "Tonga", "1"), ("1(b)", "Fiji", "1")}


def test_items_stay_inside_their_paragraph_with_their_marks() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "They agreed:", items=["to write;", "to read."])))
    stored = Paragraph.objects.get(kind="PARAGRAPH")
    assert stored.text == "They agreed:\n(a) to write;\n(b) to read."
    assert [stored.text[start:end] for _, start, end, _, _ in stored.items] == ["(a) to write;", "(b) to read."]


def test_a_place_printed_twice_keeps_both_texts_and_their_mentions_apart() -> None:
    doubled = [
        by_hand.Heading("h:A", 2, "A", "Work in Tonga", "1", "A.", 1),
        by_hand.Heading("h:A", 2, "A", "And in Fiji", "2", "A.", 3),
    ]
    further = [*by_hand.states_in("h:A", "Work in Tonga"), *by_hand.states_in("h:A", "And in Fiji")]
    texts = (by_hand.paragraph(1, "One."), by_hand.paragraph(2, "Two."))
    by_hand.store(by_hand.record(*texts, headings=doubled, further=further))
    found = {(m.heading.title, m.key) for m in Mention.objects.select_related("heading")}
    assert found == {("Work in Tonga", "TON"), ("And in Fiji", "FJI")}


def test_a_summary_without_a_number_is_not_counted_among_the_paragraphs() -> None:
    summary = replace(by_hand.paragraph(1, "In short."), at="u1", number="", mark="")
    by_hand.store(by_hand.record(summary, by_hand.paragraph(1, "One."), by_hand.paragraph(2, "Two.")))
    assert Version.objects.get().paragraph_count == 2


def test_where_no_paragraph_is_numbered_all_are_counted() -> None:
    by_hand.store(by_hand.record(replace(by_hand.paragraph(1, "Text."), at="u1", number="", mark="")))
    assert Version.objects.get().paragraph_count == 1


def test_a_mention_without_a_place_is_left_out_with_a_notice() -> None:
    stray = by_hand.Mention("STATE", "TON", "99", 0, 5, "Tonga", "test")
    outcome = by_hand.store(by_hand.record(by_hand.paragraph(1, "Nothing here."), further=[stray]))
    assert Mention.objects.count() == 0
    assert "1 mentions stand at a place without text; left out" in outcome.notices


def test_language_versions_of_one_symbol_are_one_document() -> None:
    first = by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga joined."), language="en"))
    second = by_hand.store(by_hand.record(by_hand.paragraph(1, "汤加加入。"), language="zh", title="示例报告"))
    assert (first.slug, second.slug) == ("cac-cosp-sample-2021-7",) * 2
    assert (first.result, second.result) == (Result.READ, Result.READ)
    assert Document.objects.get().titles == {"en": "Sample report", "zh": "示例报告"}


def test_the_same_symbol_with_another_text_is_a_further_version_and_the_first_stays_readable() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga joined.")))
    outcome = by_hand.store(by_hand.record(by_hand.paragraph(1, "Fiji joined.")))
    assert (outcome.result, outcome.number) == (Result.NEW_VERSION, 2)
    assert list(Version.objects.order_by("number").values_list("number", "is_current")) == [(1, False), (2, True)]
    earlier = queries.reader_page(ANYBODY, outcome.slug, "en", version=1)
    current = queries.reader_page(ANYBODY, outcome.slug, "en")
    assert [p.paragraph.text for p in earlier.paragraphs] == ["Tonga joined."]
    assert [p.paragraph.text for p in current.paragraphs] == ["Fiji joined."]


def test_a_text_that_says_it_is_older_does_not_take_the_place_of_the_current_one() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Later."), date="2021-06-01"))
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Earlier."), date="2021-03-01"))
    assert list(Version.objects.order_by("number").values_list("number", "is_current")) == [(1, True), (2, False)]


def test_where_documents_speak_only_the_current_text_counts() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga joined.")))
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Fiji joined.")))
    counts = {iso3: queries.mentions_of_state(ANYBODY, iso3).place_count for iso3 in ("TON", "FJI")}
    assert counts == {"TON": 0, "FJI": 1}


def test_without_a_printed_symbol_two_alike_documents_are_never_joined() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "One text."), symbol=""))
    outcome = by_hand.store(by_hand.record(by_hand.paragraph(1, "Another text."), symbol=""))
    first = Document.objects.order_by("pk").first()
    assert Document.objects.count() == 2
    assert outcome.notices == (
        "The text prints no symbol; it is filed as a document of its own.",
        f"Body, date and title are those of {first.slug}; not joined, because neither prints a symbol.",
    )


def test_a_symbol_given_by_hand_ties_a_text_that_prints_none() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Printed.")))
    outcome = by_hand.store(
        by_hand.record(by_hand.paragraph(1, "未印。"), symbol="", language="zh"), symbol="CAC/COSP/SAMPLE/2021/7"
    )
    assert (Document.objects.count(), outcome.slug) == (1, "cac-cosp-sample-2021-7")


def test_a_contradicting_masthead_is_said_and_not_hidden() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "One."), language="en", date="2021-03-01"))
    outcome = by_hand.store(by_hand.record(by_hand.paragraph(1, "一。"), language="zh", date="2021-04-01"))
    assert outcome.notices == ("document_date: this text says 2021-04-01, another version of the document 2021-03-01.",)
    assert str(Document.objects.get().document_date) == "2021-03-01"


def test_a_restricted_text_never_joins_the_public_document_of_the_same_symbol() -> None:
    room = Workspace.objects.create(code="room", title="Room")
    public = by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga joined.")))
    closed = by_hand.store(
        by_hand.record(by_hand.paragraph(1, "Fiji is to be visited."), language="zh"), workspace=room
    )
    assert public.slug != closed.slug
    member = Actor(name="A member", role="READER", workspaces=frozenset({room.pk}))
    seen = {who: queries.mentions_of_state(who, "FJI").document_count for who in (ANYBODY, member)}
    assert seen == {ANYBODY: 0, member: 1}
    assert queries.reader_page(ANYBODY, closed.slug, "zh") is None
    assert queries.counts_by_key(ANYBODY, "STATE") == {"TON": 1}


def test_what_only_a_restricted_text_names_does_not_enter_the_public_register() -> None:
    named = by_hand.Mention("RESOLUTION", "COSP 6/6", "1", 0, 14, "resolution 6/6", "test")
    text = by_hand.record(by_hand.paragraph(1, "resolution 6/6 is recalled"), further=[named])
    by_hand.store(text, workspace=Workspace.objects.create(code="room", title="Room"))
    assert Resolution.objects.filter(key="COSP 6/6").count() == 0
    by_hand.store(text, content=b"the same words, published")
    assert Resolution.objects.filter(key="COSP 6/6").count() == 1


def test_one_change_is_recorded_for_a_file_whatever_its_size() -> None:
    texts = [by_hand.paragraph(n, f"Paragraph {n} names Tonga.") for n in range(1, 40)]
    by_hand.store(by_hand.record(*texts))
    assert list(Change.objects.values_list("verb", flat=True)) == ["INGEST_DOCUMENT"]


def test_storing_takes_no_query_per_paragraph(django_assert_max_num_queries) -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Warm."), symbol="CAC/COSP/SAMPLE/2021/1"))
    few = by_hand.record(*(by_hand.paragraph(n, f"{n} Tonga") for n in range(1, 4)), symbol="CAC/COSP/SAMPLE/2021/2")
    many = by_hand.record(*(by_hand.paragraph(n, f"{n} Tonga") for n in range(1, 200)), symbol="CAC/COSP/SAMPLE/2021/3")
    with django_assert_max_num_queries(60) as for_few:
        by_hand.store(few)
    with django_assert_max_num_queries(60) as for_many:
        by_hand.store(many)
    assert len(for_many) - len(for_few) < 10  # further batches of one INSERT, not one for each of 196 paragraphs


def test_nothing_stays_behind_when_storing_fails_half_way(monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the index is away")

    monkeypatch.setattr("merida.exchange.ingest.storing.entries.index_version", broken)
    with pytest.raises(RuntimeError):
        by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga joined.")))
    left = [model.objects.count() for model in (Document, Version, Heading, Paragraph, Mention, Change)]
    assert left == [0] * 6


def test_words_longer_than_any_name_cost_no_document() -> None:
    """SQLite takes any length; PostgreSQL refuses what is longer than its column."""
    key, link = f"A/RES/{'7' * 200}/1", "www.example.org/" + "a" * 600
    further = [
        by_hand.Mention("RESOLUTION", key, "1", 0, 4, "Long", "test"),
        by_hand.Mention("LINK", link, "1", 0, 4, "Long", "test"),
        by_hand.Mention("PROVISION", f"UNCAC {'9' * 200}", "1", 0, 4, "Long", "test"),
    ]
    by_hand.store(
        by_hand.record(by_hand.paragraph(1, "Long names."), symbol=f"CAC/COSP/{'A' * 300}/1", further=further)
    )
    assert sorted(Mention.objects.values_list("kind", flat=True)) == ["LINK", "PROVISION", "RESOLUTION"]
    assert Mention.objects.get(kind="LINK").key == link[:299] + "…"
    assert Resolution.objects.count() == 0


def test_a_text_altered_behind_its_back_is_found_by_what_the_search_holds_of_it() -> None:
    by_hand.store(by_hand.record(by_hand.paragraph(1, "Tonga joined."), by_hand.paragraph(2, "Fiji paid 100.")))
    consistent = list(entries_that_differ())
    altered = Paragraph.objects.get(text="Fiji paid 100.")
    Paragraph.objects.filter(pk=altered.pk).update(text="Fiji paid 900.")
    named = list(entries_that_differ())
    Paragraph.objects.filter(pk=altered.pk).update(text="Fiji paid 100.")
    Entry.objects.filter(text__contains="Tonga joined.").update(visibility="workspace:other")
    shown = len(list(entries_that_differ()))
    assert (consistent, len(named), shown) == ([], 1, 1)


def test_comparing_the_search_with_its_sources_takes_no_query_per_mention(django_assert_max_num_queries) -> None:
    by_hand.store(by_hand.record(*(by_hand.paragraph(n, f"{n} Tonga") for n in range(1, 60))))
    assert Mention.objects.count() >= 59
    with django_assert_max_num_queries(12):
        assert list(entries_that_differ()) == []
