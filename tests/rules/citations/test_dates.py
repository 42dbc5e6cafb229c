"""Dates in six languages; what a document leaves out is taken from the date before, never from a clock."""

import pytest
from tests.rules.citations.reading_aids import keys, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019年12月9日", ["2019-12-09"]),
        ("2019 年 11 月", ["2019-11"]),
        ("2018 年间", ["2018"]),
        ("2019年12月16日至20日", ["2019-12-16/2019-12-20"]),
        ("2020年6月9日和10日", ["2020-06-09/2020-06-10"]),
        ("2015 年 5 月 29 日和 31 日", ["2015-05-29", "2015-05-31"]),
        ("2015年8月31日至9月2日", ["2015-08-31/2015-09-02"]),
        ("2018 年 2 月至 2019 年 2 月", ["2018-02/2019-02"]),
        ("2018-2019 年工作计划", ["2018/2019"]),
        ("2018 年 6 月和 10 月", ["2018-06", "2018-10"]),
        ("二〇一九年十二月九日", ["2019-12-09"]),
        ("《2030 年可持续发展议程》和2030年议程", []),
        ("1988 年《某某公约》", []),
        ("2019年2月30日", []),
        ("12月没有年份", []),
        ("三个月", []),
        ("第1244(1999)号、2019/2", []),
    ],
)
def test_chinese_dates_become_iso_keys(text, expected):
    assert keys("DATE", text) == expected


def test_the_year_and_the_month_are_taken_from_the_date_before():
    assert keys("DATE", "2019年11月开会，12月续会。", "同月举办讲习班", "8 月 21 日") == [
        "2019-11",
        "2019-12",
        "2019-12",
        "2019-08-21",
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "from 31 August to 2 September 2015", ["2015-08-31/2015-09-02"]),
        ("en", "9 and 10 June 2020", ["2020-06-09/2020-06-10"]),
        ("en", "5 and 9 June 2020", ["2020-06-05", "2020-06-09"]),
        ("en", "from November 2019 to February 2020", ["2019-11/2020-02"]),
        ("en", "In November 2019 and in March; in the same month", ["2019-11", "2019-03", "2019-03"]),
        ("en", "States may march on; it may", []),
        ("en", "since 2010, resolution 2018/244, 2018–2021", ["2010", "2018/2021"]),
        ("fr", "du 16 au 20 décembre 2019 et le 1er mars 2020", ["2019-12-16/2019-12-20", "2020-03-01"]),
        ("es", "9 y 10 de junio de 2020; diciembre de 2019", ["2020-06-09/2020-06-10", "2019-12"]),
        ("es", "entre el 1 de enero y el 30 de junio de 2036", ["2036-01-01", "2036-06-30"]),
        ("fr", "entre le 1er janvier et le 30 juin 2036", ["2036-01-01", "2036-06-30"]),
        ("ru", "16–20 декабря 2019 года и в ноябре 2019 года", ["2019-12-16/2019-12-20", "2019-11"]),
        ("ar", "9 و10 حزيران/يونيه 2020", ["2020-06-09/2020-06-10"]),
        ("ar", "في تشرين الثاني/نوفمبر 2019", ["2019-11"]),
    ],
)
def test_dates_of_the_other_languages_become_iso_keys(language, text, expected):
    assert keys("DATE", text, language=language) == expected


def test_the_rule_says_what_was_supplied():
    found = read("2019年11月开会，12月续会，同月结束")
    assert [(m.surface, m.rule) for m in found] == [
        ("2019年11月", "date.zh"),
        ("12月", "date.zh.year_before"),
        ("同月", "date.zh.same_month"),
    ]
