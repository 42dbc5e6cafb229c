"""Themes: what a paragraph is about, by its words, by what it cites, by the heading above it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.foundation.registry.reference import load_reference
from merida.rules.citations.mention import Mention
from merida.rules.extraction.themes import LANGUAGES, broader_of, parse, themes, themes_of
from merida.rules.extraction.word_lists import WordListError
from merida.rules.languages.thesaurus import thesaurus


def found(text, language, **more):
    return {each.code: text[each.start : each.end] for each in themes_of(text, language=language, **more)}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "It trained 40 officers on asset declarations and whistle-blowers.",
            "ASSET_DECLARATIONS REPORTING_PERSONS",
        ),
        ("zh", "该国开展了公共采购和反洗钱方面的培训。", "PROCUREMENT MONEY_LAUNDERING_PREVENTION"),
        ("fr", "Un atelier sur l’entraide judiciaire et les marchés publics", "PROCUREMENT MUTUAL_LEGAL_ASSISTANCE"),
        ("es", "Un taller sobre la contratación pública y la recuperación de activos", "PROCUREMENT ASSET_RECOVERY"),
        ("ru", "Семинар о конфликтах интересов и возвращении активов", "CONFLICTS_OF_INTEREST ASSET_RECOVERY"),
        ("ar", "حلقة عمل عن المشتريات واسترداد الموجودات", "PROCUREMENT ASSET_RECOVERY"),
    ],
)
def test_a_paragraph_says_its_themes_in_each_language(language, text, told):
    assert list(found(text, language)) == told.split()


def test_a_longer_name_that_holds_a_term_is_another_thing():
    assert found("教育部在社交媒体上发布了消息。", "zh") == {}
    assert "MEDIA" in found("教育部请媒体参加。", "zh")


def test_part_of_a_word_is_no_term():
    assert found("The Policemanship Aboard", "en") == {}


def test_a_provision_gives_the_theme_that_is_nearest_to_it():
    cited = Mention("PROVISION", "UNCAC 9(2)(a)", "5", 3, 9, "art. 9", "rule")
    assert [(t.code, t.rule) for t in themes_of("See it.", [cited], language="en")] == [
        ("PUBLIC_FINANCES", "theme.provision")
    ]


def test_a_heading_speaks_for_paragraphs_below_it_and_says_so():
    (theme,) = themes_of("It met twice.", (), ["B. Asset recovery"], language="en")
    assert (theme.code, theme.rule, theme.start, theme.end) == ("ASSET_RECOVERY", "theme.heading", 0, 0)


def test_a_broader_theme_is_not_repeated():
    assert "PUBLIC_SECTOR" not in found("recruitment in the public sector", "en")
    assert broader_of("E_PROCUREMENT") == ("PROCUREMENT", "PROCUREMENT_AND_FINANCES", "PREVENTION")


def test_every_match_and_provision_of_the_scheme_exists():
    reference = load_reference()
    known = {f"{row.instrument} {row.number}" for row in reference.provisions}
    for theme in themes().values():
        assert set(theme.exact_match + theme.close_match) <= set(thesaurus().concepts)
        assert set(theme.provisions) <= known
        assert theme.source in {row.code for row in reference.sources}
        assert all(theme.labels[language] for language in LANGUAGES)


def test_a_scheme_with_a_gap_names_its_line():
    with pytest.raises(WordListError, match=r"themes\.csv:2"):
        parse("code,broader\nX,\n")


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_offsets_hold(text, language):
    for each in themes_of(text, language=language):
        assert 0 <= each.start < each.end <= len(text)
