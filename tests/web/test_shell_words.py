"""Dates, numbers and languages in the reader's words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from merida.interfaces.web.templatetags import words

DAY = date(2004, 8, 3)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "3 آب/أغسطس 2004"),
        ("zh-hans", "2004年8月3日"),
        ("en", "3 August 2004"),
        ("fr", "3 août 2004"),
        ("ru", "3 августа 2004 года"),
        ("es", "3 de agosto de 2004"),
    ],
)
def test_a_date_is_written_out(language, text):
    with translation.override(language):
        assert words.long_date(DAY) == text


def test_the_first_of_a_month_is_the_first_in_french():
    with translation.override("fr"):
        assert words.long_date(date(2005, 1, 1)) == "1er janvier 2005"


def test_an_unknown_date_or_number_is_empty():
    assert [
        words.long_date(None),
        words.iso_date(None),
        words.number(None),
        words.percent(None),
        words.moment(None),
    ] == [""] * 5


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "1,234,567"),
        ("zh-hans", "1,234,567"),
        ("en", "1,234,567"),
        ("fr", "1 234 567"),
        ("ru", "1 234 567"),
        ("es", "1.234.567"),
    ],
)
def test_numbers_are_grouped_as_the_language_does(language, text):
    with translation.override(language):
        assert words.number(1234567).replace("\u202f", " ").replace("\xa0", " ") == text


def test_a_moment_names_its_zone():
    with translation.override("en"):
        assert words.moment(datetime(2030, 5, 6, 14, 2, tzinfo=UTC)) == "6 May 2030, 14:02 UTC"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ar", "6 أيار/مايو 2030، 14:02 UTC"),
        ("zh-hans", "2030年5月6日 14:02 UTC"),
        ("fr", "6 mai 2030, 14:02 UTC"),
        ("ru", "6 мая 2030 года, 14:02 UTC"),
    ],
)
def test_day_and_time_stand_beside_each_other_as_the_language_sets_them(code, said):
    with translation.override(code):
        assert words.moment(datetime(2030, 5, 6, 14, 2, tzinfo=UTC)) == said


def test_languages_are_named_in_the_readers_language_and_in_themselves():
    with translation.override("fr"):
        assert (words.language_name("zh"), words.language_name(""), words.language_name("??")) == ("chinois", "", "??")
    assert words.own_name("zh") == "中文"


def test_arabic_counts_in_six_forms():
    with translation.override("ar"):
        forms = {ngettext("%(counter)s State", "%(counter)s States", count) for count in (0, 1, 2, 3, 11, 100)}

    assert len(forms) == 6


def test_russian_counts_in_three_forms():
    with translation.override("ru"):
        forms = [ngettext("%(counter)s State", "%(counter)s States", count) for count in (1, 2, 5, 21)]

    assert len(set(forms)) == 3
    assert forms[0] == forms[3]


def test_a_query_is_changed_without_losing_the_rest(rf):
    request = rf.get("/en/search/", {"q": "a b", "year": ["2019", "2020"], "page": "3"})

    assert words.query_string(request, page=None, state="NAM") == "?q=a+b&year=2019&year=2020&state=NAM"
