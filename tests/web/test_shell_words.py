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


@pytest.mark.parametrize(
    ("language", "days", "weeks", "years"),
    [
        ("en", "7–9 June 2027", "28 June – 2 July 2027", "28 June 2027 – 1 January 2028"),
        ("fr", "7–9 juin 2027", "28 juin – 2 juillet 2027", "28 juin 2027 – 1er janvier 2028"),
        ("es", "7–9 de junio de 2027", "28 de junio – 2 de julio de 2027", "28 de junio de 2027 – 1 de enero de 2028"),
        ("ru", "7–9 июня 2027 года", "28 июня – 2 июля 2027 года", "28 июня 2027 года – 1 января 2028 года"),
        ("zh-hans", "2027年6月7日至9日", "2027年6月28日至7月2日", "2027年6月28日至2028年1月1日"),
        (
            "ar",
            "7–9 حزيران/يونيه 2027",
            "28 حزيران/يونيه – 2 تموز/يوليه 2027",
            "28 حزيران/يونيه 2027 – 1 كانون الثاني/يناير 2028",
        ),
    ],
)
def test_days_say_month_and_year_once(language, days, weeks, years):
    with translation.override(language):
        assert words.long_dates(date(2027, 6, 7), date(2027, 6, 9)) == days
        assert words.long_dates(date(2027, 6, 28), date(2027, 7, 2)) == weeks
        assert words.long_dates(date(2027, 6, 28), date(2028, 1, 1)) == years
        assert words.long_dates(date(2027, 6, 7), date(2027, 6, 7)) == words.long_date(date(2027, 6, 7))
        assert words.long_dates(date(2027, 6, 7), None) == words.long_date(date(2027, 6, 7))


def test_the_first_of_a_month_begins_days_in_french():
    with translation.override("fr"):
        assert words.long_dates(date(2027, 6, 1), date(2027, 6, 3)) == "1er–3 juin 2027"
