"""The thesaurus: readable errors, and the data itself."""

import pytest

from merida.rules.languages.chinese import parse_borders
from merida.rules.languages.scripts import SCRIPT_OF_LANGUAGE, script_of
from merida.rules.languages.thesaurus import LANGUAGES, ThesaurusError, key_of, keys_of, parse, thesaurus

HEAD = "concept,en,fr,es,ru,ar,zh,source,confidence\n"


def test_number_case_accents_and_small_words_do_not_matter():
    known = thesaurus()
    assert known.codes("en", key_of("en", "Conflicts of Interest")) == ("conflict_of_interest",)
    assert known.codes("es", key_of("es", "declaraciones de bienes")) == ("asset_declaration",)
    assert known.codes("ru", key_of("ru", "возвращению активов")) == ("asset_recovery",)
    assert known.codes("ar", key_of("ar", "القوانين")) == ("law",)
    assert known.codes("en", key_of("en", "unheard of")) == ()


def test_the_same_concept_has_a_usual_form_in_every_language():
    usual = {language: thesaurus().same(language, "extradition")[0] for language in LANGUAGES}
    assert usual == {
        "en": "extradition",
        "fr": "extradition",
        "es": "extradición",
        "ru": "выдача",
        "ar": "تسليم المطلوبين",
        "zh": "引渡",
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("law,law,loi,,закон,قانون,法律,glossary,sourced", "line 2, field es: empty"),
        ("law,law,loi,ley,закон,قانون,法律,,sourced", "line 2, field source: empty"),
        ("law,...,loi,ley,закон,قانون,法律,glossary,sourced", "line 2, field en: a form without any word"),
    ],
)
def test_a_bad_row_is_named_by_line_and_field(line, message):
    with pytest.raises(ThesaurusError, match=message):
        parse(HEAD + line + "\n")


def test_a_concept_that_stands_there_twice_is_refused():
    line = "law,law,loi,ley,закон,قانون,法律,glossary,sourced\n"
    with pytest.raises(ThesaurusError, match="line 3, field concept: law stands there twice"):
        parse(HEAD + line + line)


def test_every_form_is_written_in_the_script_of_its_language_and_stands_there_once():
    for concept in thesaurus().concepts.values():
        for language, forms in concept.forms.items():
            letters = "".join(character for form in forms for character in form if character.isalpha())
            assert {script_of(letter) for letter in letters} == {SCRIPT_OF_LANGUAGE[language]}, concept.code
            assert len(forms) == len(set(forms)), concept.code
        assert concept.confidence in {"sourced", "recalled"}


def test_borders_are_read_from_bars_and_a_second_word_on_a_line_is_refused():
    assert parse_borders("缔约国|会议 # note\n\n国会议员\n") == {"缔约国会议": {3}, "国会议员": frozenset()}
    with pytest.raises(ValueError, match="line 2"):
        parse_borders("国会议员\n国 会\n")


def test_a_compound_that_begins_with_a_small_word_is_known_apart_and_together():
    known = thesaurus()
    assert known.codes("es", key_of("es", "e-gobierno")) == known.codes("es", key_of("es", "egobierno"))
    assert all(key for _, key in known.by_key)


def test_hardly_any_form_names_two_concepts():
    """A form that is the usual one of a concept means that concept alone; the others are counted."""
    known = thesaurus()
    unclear = {
        (language, key)
        for (language, key), codes in known.by_words.items()
        if len(codes) > 1
        and sum(
            sorted(key) == sorted(one) for code in codes for one in keys_of(language, known.same(language, code)[0])
        )
        != 1
    }
    # "État examiné" and "État examinateur" have one stem.
    assert {language for language, _ in unclear} <= {"fr"}
    assert len(unclear) <= 1
