"""B9 Search over all of it: one search, six languages, filters, highlights."""

import pytest

from merida.exchange.search.entry import INSTRUMENT, PARAGRAPH, STATE, EntryData
from merida.exchange.search.explaining import explain
from merida.exchange.search.facets import facets
from merida.exchange.search.index import put_entries
from merida.exchange.search.nearest import in_other_languages, nearest
from merida.exchange.search.parsing import parse_query
from merida.exchange.search.queries import search
from merida.exchange.search.query import Filters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PARAGRAPHS = {
    "ar": "تحمي الدولة المبلِّغين عن المخالفات.",
    "zh": "缔约国保护举报人。",
    "en": "The State protects whistle-blowers.",
    "fr": "L’État protège les lanceurs d’alerte.",
    "ru": "Государство защищает заявителей о нарушениях.",
    "es": "El Estado protege a los denunciantes.",
}
ASKED = {
    "ar": "مبلغ عن المخالفات",
    "zh": "举报人",
    "en": "whistleblower",
    "fr": "lanceur d'alerte",
    "ru": "заявитель о нарушениях",
    "es": "denunciante",
}


@pytest.fixture
def library():
    put_entries(
        EntryData(
            f"paragraph:{language}",
            PARAGRAPH,
            language,
            "sample, 1",
            text,
            states=("GHA",),
            provisions=("UNCAC 33",),
            year=2020,
        )
        for language, text in PARAGRAPHS.items()
    )
    put_entries(
        [
            EntryData("state:GHA", STATE, "en", "Ghana", states=("GHA",)),
            EntryData("instrument:UNCAC", INSTRUMENT, "en", "United Nations Convention against Corruption", "UNCAC"),
        ]
    )


@pytest.mark.parametrize("page", PARAGRAPHS)
@pytest.mark.parametrize("language", PARAGRAPHS)
def test_a_query_in_any_of_six_scripts_is_answered_on_a_page_in_any_language(page, language):
    assert [hit.ref for hit in search(parse_query(ASKED[language], page)).hits] == [f"paragraph:{language}"]


def test_one_box_over_all_kinds():
    assert {hit.kind for hit in search(parse_query("ghana", "en")).hits} == {"STATE"}
    assert {hit.kind for hit in search(parse_query("convention", "en")).hits} == {"INSTRUMENT"}
    about_ghana = search(parse_query("", "en", filters=Filters(states=("GHA",))))
    assert {hit.kind for hit in about_ghana.hits} == {"STATE", "PARAGRAPH"}


def test_filters_by_state_provision_year_kind_language_narrow_together():
    every = Filters(kinds=("PARAGRAPH",), states=("GHA",), provisions=("UNCAC 33",), years=(2020,), languages=("fr",))
    assert [hit.ref for hit in search(parse_query("", "en", filters=every)).hits] == ["paragraph:fr"]
    assert facets(parse_query("", "en", filters=every)).languages == tuple((one, 1) for one in sorted(PARAGRAPHS))


def test_the_words_found_are_marked_in_the_language_found():
    (hit,) = search(parse_query("denunciante", "en")).hits
    assert [piece for piece, marked in hit.snippet.pieces() if marked] == ["denunciantes"]


def test_the_same_thing_in_other_languages_and_the_query_in_words():
    query = parse_query("whistleblower", "en")
    assert [one.language for one in in_other_languages(query)] == ["fr", "es", "ru", "ar", "zh"]
    assert explain(query, "en")[0].startswith("“whistleblower” in any of its forms, or: ")


def test_nothing_found_is_no_dead_end():
    assert nearest(parse_query("whistleblower unicorns", "en"))[0].text == "whistleblower"
