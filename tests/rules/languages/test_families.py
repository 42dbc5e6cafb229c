"""Words of one family meet although their stems differ; letters written together with an Arabic word are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.rules.languages.stemming import families, parse_families
from merida.rules.languages.words import words


def stems(language, text):
    return {word.stem for word in words(language, text)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "bribe bribery bribed bribing"),
        ("en", "recover recovery recovered"),
        ("en", "offence offenses offense"),
        ("en", "judgement judgments"),
        ("fr", "corrompu corrompre corrupteurs"),
        ("fr", "poursuivre poursuivis poursuivent"),
        ("es", "extradición extraditado extraditar"),
        ("es", "juez jueces"),
        ("ru", "закупка закупок закупками"),
        ("ru", "взятка взяток взяточничество"),
        ("ru", "возвращение возвращать возвращены возвратить"),
        ("ru", "владелец владельца владельцам"),
        ("ar", "قانون القوانين وقانون بقانون للقوانين وبالقوانين"),
        ("ar", "جريمة الجرائم وجرائم بجرائم"),
        ("ar", "تسليم وتسليم بتسليم لتسليم فتسليم"),
        ("ar", "مكافحة لمكافحة ولمكافحة بمكافحة المكافحة"),
        ("ar", "الشاهد شهود والشهود للشهود"),
    ],
)
def test_forms_of_one_word_meet(language, text):
    assert len(stems(language, text)) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ar", "بلد", "ولد"),
        ("ar", "وزارة", "زيارة"),
        ("ar", "ولاية", "بنك"),
        ("ar", "كتاب", "بنود"),
        ("ru", "срок", "сырок"),
        ("en", "traffic", "tariff"),
        ("en", "police", "policy"),
    ],
)
def test_words_that_only_look_alike_do_not_meet(language, one, other):
    assert not stems(language, one) & stems(language, other)


def test_no_stem_stands_in_two_families_and_every_first_stem_stands_for_itself():
    for known in families().values():
        assert all(known[first] == first for first in known.values())


def test_a_word_in_two_families_is_named_with_its_line():
    with pytest.raises(ValueError, match=r"line 2: .*juec"):
        parse_families("es: juez jueces\nes: tribunal jueces\n")


@given(st.text(alphabet="والبفكسقانوجريمةتسليم", min_size=1, max_size=12))
def test_any_run_of_arabic_letters_keeps_a_stem_and_its_place(text):
    for word in words("ar", text):
        assert word.surface
        assert text[word.start : word.end]
