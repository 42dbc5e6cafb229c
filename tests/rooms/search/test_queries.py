"""What a reader gets: hits, counts, facets, the nearest, the same in other languages, the query in words."""

from collections import Counter

import pytest

from merida.exchange.search import nearest as near
from merida.exchange.search.backend import backend
from merida.exchange.search.entry import DOCUMENT, PARAGRAPH, STATE, EntryData
from merida.exchange.search.explaining import explain
from merida.exchange.search.facets import Facets, _kept, facets, read_ahead
from merida.exchange.search.index import put_entries
from merida.exchange.search.nearest import Suggestion, in_other_languages, nearest
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import count, search
from merida.exchange.search.query import Filters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def paragraph(key, language, text, **more):
    return EntryData(f"paragraph:{key}", PARAGRAPH, language, "sample", text, **more)


@pytest.fixture
def library():
    put_entries(
        [
            paragraph("1", "en", "Asset recovery in practice.", states=("GHA",), provisions=("UNCAC 51",), year=2019),
            paragraph(
                "2",
                "en",
                "Recovery of an asset, twice.",
                states=("GHA", "KEN"),
                provisions=("UNCAC 51(a)", "UNCAC 51(b)"),
                year=2020,
            ),
            paragraph("3", "fr", "Le recouvrement des avoirs.", states=("FRA",), year=2020),
            paragraph("4", "zh", "资产追回与司法协助。", states=("KEN",), provisions=("UNCAC 46",), year=2020),
            paragraph("5", "en", "A sealed paper on asset recovery.", states=("XKX",), visibility="R7", year=1999),
            EntryData("state:GHA", STATE, "en", "Ghana", "Republic of Ghana", states=("GHA",), link=("state", "GHA")),
            EntryData("document:d", DOCUMENT, "en", "Asset recovery guide", "CAC/2020/1", year=2020),
        ]
    )


def asked(text, language="en", **filters):
    return parse_query(text, language, filters=Filters(**filters))


def test_facets_count_every_list_exactly_and_articles_once():
    assert facets(asked("asset recovery")) == Facets(
        total=3,
        kinds=(("PARAGRAPH", 2), ("DOCUMENT", 1)),
        states=(("GHA", 2), ("KEN", 1)),
        provisions=(("UNCAC 51", 2),),
        years=(("2020", 2), ("2019", 1)),
        languages=(("en", 3),),
    )


def test_an_entry_counts_once_for_each_state_that_it_names_however_many_and_however_often():
    put_entries([paragraph("6", "en", "Customs.", states=("GHA", "GHA", "KEN", "FRA", "TGO", "KEN"))])
    found = facets(asked("customs"))
    assert found.states == (("FRA", 1), ("GHA", 1), ("KEN", 1), ("TGO", 1))
    assert (found.total, found.provisions, found.years) == (1, (), ())


def test_a_list_that_narrows_still_shows_where_else_one_could_go():
    found = facets(asked("asset recovery", states=("KEN",)))
    assert (found.total, found.states, found.years) == (1, (("GHA", 2), ("KEN", 1)), (("2020", 1),))


def test_no_count_gives_away_a_restricted_entry():
    public, reader = (
        facets(asked("asset recovery")),
        facets(asked("asset recovery"), visible=frozenset({"PUBLIC", "R7"})),
    )
    assert ("1999", 1) in reader.years
    assert ("XKX", 1) in reader.states
    assert ("1999", 1) not in public.years
    assert "XKX" not in dict(public.states)
    assert (count(asked("sealed")), count(asked("sealed"), visible=frozenset({"R7"}))) == (0, 1)
    assert all("sealed" not in one.text for one in nearest(asked("sealed nowhere")))
    assert Counter(hit.kind for hit in search(asked("asset recovery")).hits) == {"DOCUMENT": 1, "PARAGRAPH": 2}


def test_a_hit_carries_its_place_its_snippet_and_its_marks():
    (hit,) = search(asked("ghana")).hits
    assert (hit.ref, hit.link, hit.title, hit.title_marks) == ("state:GHA", ("state", "GHA"), "Ghana", ((0, 5),))
    assert hit.snippet.pieces() == (("Republic of ", False), ("Ghana", True))


def test_pages_follow_each_other_and_the_total_stays_exact():
    put_entries(paragraph(f"many{number}", "en", f"Customs office {number}.") for number in range(45))
    pages = [search(asked("customs"), top=20, offset=offset) for offset in (0, 20, 40, 60)]
    assert [(len(page.hits), page.total) for page in pages] == [(20, 45), (20, 45), (5, 45), (0, 45)]
    assert len({hit.ref for page in pages for hit in page.hits}) == 45


def test_beyond_the_newest_that_are_ranked_pages_go_on_by_age(monkeypatch):
    monkeypatch.setattr(backend(), "RANKED", 7)
    put_entries(paragraph(f"m{number}", "en", "Customs office." + " Another." * (number % 3)) for number in range(20))
    pages = [search(asked("customs"), top=5, offset=offset) for offset in (0, 5, 10, 15, 20)]
    found = [[int(hit.ref.removeprefix("paragraph:m")) for hit in page.hits] for page in pages]
    assert [page.total for page in pages] == [20] * 5
    assert sorted(found[0] + found[1][:2]) == list(range(13, 20))
    assert found[1][2:] + found[2] + found[3] == list(range(12, -1, -1))
    assert found[4] == []


def test_an_exact_phrase_that_stands_in_very_many_texts_comes_by_age(monkeypatch):
    monkeypatch.setattr(backend(), "RANKED", 7)
    put_entries(paragraph(f"m{number}", "en", "Customs office." + " Another." * (number % 3)) for number in range(20))

    def found(text, **given):
        return [int(hit.ref.removeprefix("paragraph:m")) for hit in search(asked(text), **given).hits]

    assert [number for at in (0, 5, 10, 15, 20) for number in found('"customs office"', top=5, offset=at)] == list(
        range(19, -1, -1)
    )
    assert found('"customs office"', top=5, total=20) == [19, 18, 17, 16, 15]
    assert found('"customs"', top=20)[:7] != list(range(19, 12, -1))  # a word is ranked
    monkeypatch.setattr(backend(), "RANKED", 20)
    assert found('"customs office"', top=20) != list(range(19, -1, -1))  # so is a phrase that few texts hold


def test_a_total_that_is_known_is_not_counted_again(django_assert_num_queries):
    put_entries(paragraph(f"many{number}", "en", f"Customs office {number}.") for number in range(45))
    with django_assert_num_queries(2):
        assert search(asked("customs"), total=45).total == 45
    with django_assert_num_queries(3):
        assert search(asked("customs")).total == 45


def test_an_empty_question_has_no_hits_and_no_counts():
    assert (search(asked("")).total, facets(asked("  ")).total, search(asked("***")).total) == (0, 0, 0)


def test_nothing_found_offers_what_would_be_found():
    def ways(text, language="en", **filters):
        return [(one.how, one.text, one.total) for one in nearest(asked(text, language, **filters))]

    assert ways("asset recovery", years=(1950,)) == [(near.WITHOUT_FILTER, "asset recovery", 3)]
    assert ways('"practice recovery asset"') == [(near.WITHOUT_QUOTES, "practice recovery asset", 1)]
    assert ways("recovery elephants") == [(near.WITHOUT_WORD, "recovery", 3)]
    assert (near.BEGINNING, "practic*", 1) in ways("practicum")
    assert (near.SPELLING, "recovery", 3) in ways("recovrey")
    assert (near.OTHER_LANGUAGE, "资产追回", 1) in ways("возвращение активов", "ru")
    assert ways("司法协助资产追回", "zh") == [
        (near.PIECES, "司法协助 资产追回", 1),
        (near.PIECES, "司法协助", 1),
        (near.PIECES, "资产追回", 1),
    ]
    assert ways("zzzz", states=("GHA",)) == [(near.FILTERS_ONLY, "", 3)]


def test_there_is_always_something_to_offer_while_anything_is_visible():
    (last,) = nearest(asked("qqqqqqqq"))
    assert (last.how, last.text, last.total) == (near.EVERYTHING, "", 6)
    assert nearest(asked("qqqqqqqq"), visible=frozenset()) == ()


def test_the_same_thing_in_other_languages():
    assert in_other_languages(asked("asset recovery")) == (
        Suggestion(
            near.OTHER_LANGUAGE, "recouvrement d'avoirs", "recouvrement d'avoirs", Filters(languages=("fr",)), "fr", 1
        ),
        Suggestion(near.OTHER_LANGUAGE, "资产追回", "资产追回", Filters(languages=("zh",)), "zh", 1),
    )


def test_the_name_of_a_state_is_put_into_other_languages_too():
    put_entries(
        [
            EntryData("state:CIV", STATE, "en", "Côte d'Ivoire", states=("CIV",)),
            EntryData("state:CIV", STATE, "zh", "科特迪瓦", states=("CIV",)),
            paragraph("6", "zh", "科特迪瓦报告了资产追回。", states=("CIV",)),
        ]
    )
    found = in_other_languages(asked("asset recovery côte d'ivoire"))
    assert [(one.language, one.text, one.total) for one in found] == [("zh", "资产追回 科特迪瓦", 1)]


def test_a_query_is_told_in_words():
    told = explain(
        asked('the customs "public sector" proc* conflict of interest', states=("GHA",), years=(2019, 2020)), "en"
    )
    assert told == (
        "4 parts, all of them within one text",
        "exactly “public sector”",
        "any word that begins with “proc”",
        (
            "“customs” in any of its forms, or: border control, customs administration, customs officers,"
            " customs authorities, border agencies"
        ),
        (
            "“conflict of interest” in any of its forms, or: conflicts of interest, conflict of interests,"
            " conflicting interests, competing interests, personal interest"
        ),
        "State: GHA",
        "year: 2019, 2020",
        "left out, too common to help: “the”",
    )


def test_the_number_of_queries_does_not_grow_with_the_hits(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert search(asked("ghana")).total == 1
    with django_assert_num_queries(2):
        assert search(asked("asset recovery")).total == 3


@pytest.mark.django_db(transaction=True)
def test_counts_kept_by_a_worker_follow_every_change():
    before = facets(asked("asset recovery"))
    assert facets(asked("asset recovery")) == before
    put_entries([paragraph("2", "en", "Recovery of an asset.", states=("TGO",), year=2021)])
    after = facets(asked("asset recovery"))
    assert (after.total, after.states, after.years) == (
        3,
        (("GHA", 1), ("TGO", 1)),
        (("2021", 1), ("2020", 1), ("2019", 1)),
    )


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_read_ahead_lets_nobody_wait_for_the_values_of_entries(django_assert_num_queries):
    before = facets(asked("asset recovery"))
    _kept.cache_clear()
    read_ahead()
    with django_assert_num_queries(2):  # the hits, and whether the index is still the same
        assert facets(asked("asset recovery")) == before


@pytest.mark.django_db(transaction=True)
def test_what_was_read_ahead_is_not_read_again(django_assert_num_queries):
    _kept.cache_clear()
    read_ahead()
    with django_assert_num_queries(1):  # whether the index is still the same
        read_ahead()
