"""Numbers in the scripts of the documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.rules.citations.inflection import russian_forms
from merida.rules.citations.numerals import chapter_counted, chinese_number, item_letter, number, roman, roman_number


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("四十六", 46),
        ("十", 10),
        ("二十", 20),
        ("六十三", 63),
        ("一百零五", 105),
        ("二〇一九", 2019),
        ("甲", None),
        ("", None),
    ],
)
def test_chinese_numerals_have_their_value(printed, value):
    assert chinese_number(printed) == value


@given(st.integers(min_value=1, max_value=39))
def test_a_roman_numeral_reads_back(value):
    assert roman_number(roman(value)) == value


@pytest.mark.parametrize(
    ("number", "language", "counted"),
    [
        ("VIII", "zh", "八"),
        ("chapter VIII", "ar", "الثامن"),
        ("chapter IV", "es", "IV"),
        ("VIII", "fr", "VIII"),
        ("XI", "zh", "XI"),
        ("II bis", "ar", "II bis"),
    ],
)
def test_a_chapter_is_counted_as_treaties_in_a_language_do(number, language, counted):
    assert chapter_counted(number, language) == counted


@pytest.mark.parametrize("value", [0, 40])
def test_roman_numerals_end_where_chapters_end(value):
    with pytest.raises(ValueError, match="1 to 39"):
        roman(value)


@pytest.mark.parametrize(
    ("printed", "value"), [("١٢", 12), ("１２", 12), (" 7 ", 7), ("XIV", 14), ("IIX", None), ("十四", 14), ("x", None)]
)
def test_a_number_is_read_in_any_script(printed, value):
    assert number(printed) == value


@pytest.mark.parametrize(
    ("mark", "letter"),
    [("㈢", "c"), ("(三)", "c"), ("三", "c"), ("3", "c"), ("(C)", "c"), ("c", "c"), ("?", ""), ("(甲)", "")],
)
def test_every_item_mark_becomes_its_letter(mark, letter):
    assert item_letter(mark) == letter


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Кения", "Кении"),
        ("Российская Федерация", "Российской Федерацией"),
        ("Управление по делам", "Управлением по делам"),
        ("Всемирный банк", "Всемирного банка"),
        ("Нидерланды", "Нидерландов"),
        ("Филиппины", "Филиппин"),
        ("Соломоновы Острова", "Соломоновых Островов"),
        ("Египет", "Египте"),
        ("Израиль", "Израилем"),
        ("Чили", "Чили"),
        ("Республика Корея", "Республикой Корея"),
    ],
)
def test_russian_names_have_the_form_a_sentence_needs(name, form):
    assert form in russian_forms(name)


def test_initials_are_not_declined():
    assert russian_forms("ОЭСР") == {"ОЭСР"}
