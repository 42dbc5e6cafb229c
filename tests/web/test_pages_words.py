"""Words, numbers and languages on pages as documents of the United Nations write them."""

import pytest
from django.template.loader import get_template
from django.utils import translation

from merida.foundation.registry.models import StateName
from merida.interfaces.web.pieces import FACET_FOLDS, FACET_SHOWN, Citation, Facet, FacetOption
from merida.interfaces.web.templatetags import words
from merida.interfaces.web.views.naming import choice_in_words, isolated, name_of_key, short_mechanism, title_cell

SIX = ("ar", "zh", "en", "fr", "ru", "es")


def test_chinese_names_the_six_languages_as_written_languages():
    with translation.override("zh-hans"):
        assert [words.language_name(code) for code in SIX] == ["阿拉伯文", "中文", "英文", "法文", "俄文", "西班牙文"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "45.5 في المائة"),
        ("zh-hans", "45.5%"),
        ("en", "45.5%"),
        ("fr", "45,5\xa0%"),
        ("ru", "45,5\xa0%"),
        ("es", "45,5\xa0%"),
    ],
)
def test_a_share_is_written_as_the_language_does(language, text):
    with translation.override(language):
        assert words.percent(0.4552) == text


def test_a_citation_of_a_source_is_marked_as_english_and_a_quotation_with_its_language():
    template = get_template("components/citation.html")
    with translation.override("ar"):
        source = template.render({"citation": Citation("Sample Treaty Record", text="A note.")})
        quoted = template.render({"citation": Citation("SAMPLE/1", "15", "zh", text="样例")})

    assert '<bdi lang="en" dir="ltr">Sample Treaty Record</bdi>' in source
    assert '<blockquote lang="en" dir="ltr">A note.</blockquote>' in source
    assert '<blockquote lang="zh" dir="ltr">样例</blockquote>' in quoted


def options(count: int, chosen: int = -1) -> list[FacetOption]:
    return [FacetOption(str(at), 1, "?", selected=at == chosen) for at in range(count)]


def test_a_short_facet_shows_all_its_values():
    facet = Facet("Year", options(FACET_FOLDS))
    assert ([one.text for one in facet.first], facet.rest) == ([str(at) for at in range(FACET_FOLDS)], [])


def test_a_long_facet_folds_all_but_the_first_values_and_the_one_chosen():
    facet = Facet("Year", options(14, chosen=12))
    assert [one.text for one in facet.first] == [*map(str, range(FACET_SHOWN)), "12"]
    assert [one.text for one in facet.rest] == ["8", "9", "10", "11", "13"]


def test_a_title_in_another_language_says_so():
    with translation.override("ru"):
        assert title_cell({"en": "Sample title"}).language == "en"
        assert title_cell({"en": "Sample title", "ru": "Образец"}).language == ""


def test_short_names_of_mechanisms_that_are_words_are_translated_and_acronyms_are_not():
    with translation.override("fr"):
        assert [short_mechanism("UNTOC_REVIEW", "UNTOC review"), short_mechanism("GRECO", "GRECO")] == [
            "Examen UNTOC",
            "GRECO",
        ]


def test_a_resolution_whose_body_is_not_named_says_so_in_words():
    with translation.override("en"):
        assert name_of_key("UNKNOWN 30/1") == "30/1, body not named"


def test_a_code_does_not_turn_an_arabic_line():
    with translation.override("ar"):
        assert isolated("UNCAC 5") == "\u2066UNCAC 5\u2069"
    with translation.override("fr"):
        assert isolated("UNCAC 5") == "UNCAC 5"


def test_a_choice_is_called_as_django_calls_it_in_each_language():
    for code in ("en", "fr", "en"):
        with translation.override(code):
            names = [StateName(kind=kind) for kind in ("SHORT", "ALIAS", "NO_SUCH_KIND", "")]
            assert [choice_in_words(one, "kind") for one in names] == [one.get_kind_display() for one in names]
