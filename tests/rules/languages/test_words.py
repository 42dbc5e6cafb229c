"""Words, stems and offsets in six languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.rules.languages.placed import placed_stems, placed_surfaces
from merida.rules.languages.scripts import guess_script, languages_of
from merida.rules.languages.words import (
    is_indexed,
    surfaces_and_stems,
    tokens,
    words,
)

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es", "")
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80)


def stems(language, text):
    return [token for token, _, _ in tokens(language, text)]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "organised crimes", "Organized crime"),
        ("en", "the programme's labour", "program labor"),
        ("en", "Reviewer’s", "reviewers"),
        ("fr", "l’intégrité", "INTEGRITE"),
        ("fr", "mise en œuvre", "mise en oeuvre"),
        ("fr", "qu'organisations", "organisation"),
        ("fr", "adoptent", "adoption"),
        ("fr", "présidents", "président"),
        ("fr", "les travaux", "travail"),
        ("es", "declaración", "declaracion"),
        ("es", "los países", "pais"),
        ("ru", "учёт", "учета"),
        ("ru", "органы", "органов"),
        ("ru", "страна", "странами"),
        ("ru", "материал", "материалов"),
        ("ar", "المُكافَحة", "مكافحة"),
        ("ar", "ومكافحته", "لمكافحة"),
        ("ar", "الإجراءات", "اجراء"),
        ("ar", "المسؤولون", "مسئول"),
        ("ar", "مـــوظف", "الموظفين"),
        ("zh", "ＵＮＯＤＣ", "unodc"),
        ("en", "e\u0301tude", "étude"),
        ("ar", "٢٠٢١", "2021"),
        ("en", "cor\u00adrup\u200btion", "corruption"),
    ],
)
def test_forms_of_one_word_share_their_stem(language, one, other):
    assert stems(language, one) == stems(language, other) != []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "organ", "organization"),
        ("ru", "суд", "судно"),
        ("ar", "حق", "حكم"),
        ("es", "país", "paisaje"),
        ("fr", "marché", "marcheur"),
    ],
)
def test_other_words_keep_their_own_stem(language, one, other):
    assert stems(language, one) != stems(language, other)


def test_a_compound_is_found_joined_and_by_its_parts():
    assert surfaces_and_stems("en", "anti-corruption") == (
        ["anti", "corruption"],
        ["en_anticorrupt", "en_anti", "en_corrupt"],
    )
    assert surfaces_and_stems("en", "end-to-end") == (["end", "to", "end"], ["en_end", "en_end"])


def test_small_words_have_a_surface_and_no_stem():
    found = words("fr", "la mise en œuvre")
    assert [(word.surface, word.stem) for word in found] == [
        ("la", ""),
        ("mise", "fr_mis"),
        ("en", ""),
        ("oeuvre", "fr_oeuvr"),
    ]


def test_chinese_becomes_pairs_with_a_closing_single_and_latin_inside_stays_whole():
    text = "反腐败UNODC第8/8号"
    assert [(token, text[start:end]) for token, start, end in tokens("zh", text)] == [
        ("反腐", "反腐"), ("腐败", "腐败"), ("败", "败"), ("en_unodc", "UNODC"), ("第", "第"), ("_8", "8"), ("_8", "8"),
        ("号", "号"),
    ]  # fmt: skip


def test_a_protected_border_keeps_a_false_word_from_being_found():
    assert stems("zh", "缔约国会议") == ["缔约", "约国", "国¦会", "会议", "议"]
    assert stems("zh", "国会议员") == ["国会", "会议", "议员", "员"]


@given(st.sampled_from(LANGUAGES), ANY_TEXT)
def test_offsets_lie_in_the_text_in_order(language, text):
    places = [(word.start, word.end) for word in words(language, text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)


@given(st.sampled_from(LANGUAGES), ANY_TEXT)
def test_what_the_index_keeps_is_what_words_say(language, text):
    found = words(language, text)
    kept_stems = [part for word in found for part in (word.joined, word.stem if is_indexed(word) else "") if part]
    surfaces, indexed = surfaces_and_stems(language, text)
    assert surfaces == [word.surface for word in found]
    assert indexed == kept_stems


def places(line):
    return [(token, *line.span(at)) for at, token in enumerate(line.tokens)]


@given(st.sampled_from(LANGUAGES), st.one_of(ANY_TEXT, st.text(alphabet="ab-'’s é\u0301\u00ad国会㈠", max_size=40)))
def test_places_are_those_of_the_words(language, text):
    found = words(language, text)
    surfaces, stems = placed_surfaces(language, text), placed_stems(language, text)
    assert places(surfaces) == [(word.surface, word.start, word.end) for word in found]
    assert stems.tokens == surfaces_and_stems(language, text)[1]
    alone = {(word.stem, word.start, word.end) for word in found}
    joined = {(one.joined, one.start, other.end) for one, other in pairwise(found)}
    assert set(places(stems)) <= alone | joined


@given(st.text(alphabet="国会议法律㈠ a.", max_size=40), st.sets(st.sampled_from("国会议a"), max_size=2))
def test_of_chinese_only_what_is_looked_for_need_be_read(text, beginnings):
    whole, read = (placed_surfaces("zh", text, beginnings=some) for some in (None, beginnings))
    looked_for = [place for place in places(whole) if place[0][0] in beginnings]
    assert [place for place in places(read) if place[0][0] in beginnings] == looked_for


@pytest.mark.parametrize(("language", "text"), [("zh", "国ـ会 ـ"), ("en", "anti-ـ state"), ("fr", "anti-l'état")])
def test_places_beside_what_is_no_word(language, text):
    found = words(language, text)
    assert places(placed_surfaces(language, text)) == [(word.surface, word.start, word.end) for word in found]
    assert placed_stems(language, text).tokens == surfaces_and_stems(language, text)[1]


@given(st.sampled_from(LANGUAGES), ANY_TEXT)
def test_tokens_hold_no_space_and_no_sign_of_a_query(language, text):
    surfaces, kept = surfaces_and_stems(language, text)
    assert all(token and not set(token) & set(" \"'()*:&|!<>\\\0") and len(token) <= 67 for token in (*surfaces, *kept))


def test_an_endless_word_is_cut_and_takes_no_time():
    (word,) = words("en", "a" * 200_000)
    assert (len(word.surface), word.end) == (64, 200_000)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("corruption", "LATIN"),
        ("коррупция", "CYRILLIC"),
        ("الفساد", "ARABIC"),
        ("腐败", "HAN"),
        ("UNODC 采购", "HAN"),
        ("12 / 3", "OTHER"),
        ("", "OTHER"),
    ],
)
def test_the_script_of_a_query_is_recognised(text, script):
    assert guess_script(text) == script


def test_a_latin_query_may_be_meant_in_three_languages_the_page_first():
    assert languages_of("corruption", "fr") == ("fr", "en", "es")
    assert languages_of("corruption", "zh") == ("en", "fr", "es")
    assert languages_of("الفساد", "en") == ("ar",)
