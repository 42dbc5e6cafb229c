"""What has names in several languages is found once: under its name in the reader's language where that answers."""

import pytest

from merida.exchange.search import things as module
from merida.exchange.search.entry import ANSWER, ORGANISATION, PARAGRAPH, PROVISION, STATE, EntryData
from merida.exchange.search.facets import count_things, facets
from merida.exchange.search.index import delete_entries, put_entries
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import count
from merida.exchange.search.query import Filters
from merida.exchange.search.things import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
LONG = "Conference on the protection of those who report, of witnesses and of experts"


def named(ref, kind, **names):
    return [EntryData(ref, kind, language.strip("_"), *name) for language, name in names.items()]


@pytest.fixture
def library():
    put_entries(
        [
            *named("provision:ABC 1", PROVISION, en=(LONG, "ABC 1"), fr=("Témoins", "ABC 1"), zh=("证人", "ABC 1")),
            *named("provision:ABC 1(1)", PROVISION, _=("ABC 1(1)", "ABC 1")),
            *named("provision:ABC 2", PROVISION, fr=("Experts", "ABC 1")),
            *named("state:GHA", STATE, en=("Ghana",), fr=("Ghana",), zh=("加纳",)),
            EntryData("paragraph:1", PARAGRAPH, "en", "sample, 1", "ABC 1 in Ghana", year=2020),
            EntryData("paragraph:2", PARAGRAPH, "fr", "sample, 1", "ABC 1 au Ghana", year=2020),
            EntryData("answer:1", ANSWER, "en", "Question 1", "Ghana", year=2021),
            EntryData("answer:1", ANSWER, "fr", "Question 1", "Ghana", year=2021),
        ]
    )


def asked(text, language="en", **filters):
    return parse_query(text, language, filters=Filters(**filters))


def shown(query, **more):
    return things(query, **more).shown


def titles(text, language, kind=PROVISION, **more):
    return [one.hit.title for one in shown(asked(text, language, kinds=(kind,)), **more)]


def test_names_in_the_language_asked_in_come_first_then_other_names_then_numbers():
    assert titles("ABC 1", "en") == [LONG, "Experts", "ABC 1(1)"]
    assert set(titles("ABC 1", "fr")[:2]) == {"Témoins", "Experts"}
    assert titles("ABC 1", "fr")[2:] == ["ABC 1(1)"]
    assert titles("ABC 1", "zh") == ["证人", "Experts", "ABC 1(1)"]


def test_what_answers_in_another_language_is_called_by_its_name_in_the_readers():
    (found,) = shown(asked("témoins", "en", kinds=(PROVISION,)))
    assert (found.hit.title, found.hit.language, found.others, found.named) == ("Témoins", "fr", (), LONG)
    in_chinese = shown(asked("experts", "zh", kinds=(PROVISION,)))
    assert {one.hit.title: one.named for one in in_chinese} == {"Experts": "", LONG: "证人"}
    assert {one.named for one in shown(asked("ABC 1", "fr", kinds=(PROVISION,)))} == {""}


def test_a_name_that_the_actor_may_not_see_is_not_told():
    put_entries([EntryData("provision:ABC 2", PROVISION, "en", "Sealed", visibility="R7")])
    (found,) = shown(asked('"experts"', "en", kinds=(PROVISION,)))[1:]
    assert (found.hit.title, found.named) == ("Experts", "")
    assert shown(asked('"experts"', "en", kinds=(PROVISION,)), visible=frozenset({"PUBLIC", "R7"}))[1].named == "Sealed"


def test_the_other_names_that_answer_are_told_beside_it():
    first, *_ = shown(asked("ABC 1", "en", kinds=(PROVISION,)))
    assert {one.title for one in first.others} == {"Témoins", "证人"}


def test_pages_follow_one_another_and_repeat_nothing():
    whole = titles("ABC 1", "en")
    assert [*titles("ABC 1", "en", top=2), *titles("ABC 1", "en", top=2, offset=2)] == whole
    assert titles("ABC 1", "en", offset=3) == []


def test_each_list_counts_a_thing_once_and_the_languages_each_name():
    found = facets(asked("ghana"), by_thing=True)
    assert found.total == 5
    assert dict(found.kinds) == {"STATE": 1, "PARAGRAPH": 2, "ANSWER": 2}
    assert dict(found.languages) == {"en": 3, "fr": 3}
    assert facets(asked("ghana")).total == count(asked("ghana")) == 6


def test_a_list_that_narrows_counts_things_elsewhere_too():
    found = facets(asked("ghana", kinds=(STATE,)), by_thing=True)
    assert count_things(asked("ghana", kinds=(STATE,))) == 1
    assert (found.total, dict(found.kinds)) == (1, {"STATE": 1, "PARAGRAPH": 2, "ANSWER": 2})


def test_a_name_that_comes_later_belongs_to_the_thing_that_was_met_before():
    assert count_things(asked("ABC")) == 5
    put_entries(named("provision:ABC 2", PROVISION, en=("Those who know", "ABC 2"), es=("Peritos", "ABC 2")))
    assert count_things(asked("ABC")) == 5
    put_entries(named("provision:ABC 3", PROVISION, en=("Entry into force", "ABC 3")))
    delete_entries(["provision:ABC 1"])
    assert count_things(asked("ABC")) == 5


def test_what_an_actor_may_not_see_is_neither_a_thing_nor_counted():
    put_entries([EntryData("organisation:x", ORGANISATION, "en", "Sealed ghana office", visibility="R7")])
    query = asked("ghana", kinds=(ORGANISATION,))
    assert (shown(query), count_things(query)) == ((), 0)
    holder = frozenset({"PUBLIC", "R7"})
    assert len(shown(query, visible=holder)) == count_things(query, visible=holder) == 1
    assert shown(query, visible=frozenset()) == ()


def test_nothing_asked_finds_nothing():
    assert shown(asked("")) == ()
    assert count_things(asked("")) == facets(asked(""), by_thing=True).total == 0


def test_a_page_of_things_asks_as_often_however_many_there_are(django_assert_num_queries):
    for text in ("conference", "ABC 1(1)"):
        with django_assert_num_queries(3):
            assert shown(asked(text, kinds=(PROVISION,)))
    for text in ("témoins", "ABC 1"):
        with django_assert_num_queries(4):  # one more for the names of what answers in another language
            assert shown(asked(text, kinds=(PROVISION,)))


def test_no_more_can_be_paged_through_than_are_among_the_entries_looked_at(monkeypatch):
    monkeypatch.setattr(module, "DEEPEST", 2)
    query = asked("ABC 1", kinds=(PROVISION,))
    assert things(query, top=20).reached == len(shown(query, top=20)) < count_things(query)
    monkeypatch.undo()
    assert things(query, top=1).reached == count_things(query)
