"""Dates that cannot be are told, not dropped, and nothing is read from them."""

import pytest
from tests.rules.extraction.telling import told

from merida.exchange.ingest.reading import read


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("zh", "2021年2月31日，本处在秘鲁举办了讲习班。", "2月31日"),
        ("zh", "20210年3月1日，本处在秘鲁举办了讲习班。", "20210年"),
        ("zh", "2021年2月29日，本处在秘鲁举办了讲习班。", "2021年2月29日"),
        ("zh", "2021年13月2日，本处在秘鲁举办了讲习班。", "13月2日"),
        ("en", "On 31 February 2021, the Office held a workshop in Peru.", "31 February"),
        ("en", "On 1 March 20210, the Office held a workshop in Peru.", "1 March 20210"),
        ("fr", "Le 31 avril 2021, un atelier a été organisé au Pérou.", "31 avril"),
        ("es", "El 31 de junio de 2021 se organizó un taller en el Perú.", "31 de junio"),
        ("ru", "31 ноября 2021 года в Перу был проведен семинар.", "31 ноября"),
    ],
)
def test_dates_that_cannot_be_are_named(language: str, text: str, words: str) -> None:
    facts = told(text, language=language)
    assert [odd.words for odd in facts.oddities] == [words]
    assert [a for a in facts.activities if a.precision == "DAY"] == []


@pytest.mark.parametrize(
    "text", ["2020年2月29日，会议开始。", "2021年12月31日，会议开始。", "2021年11月30日。", "2021年10月31日。"]
)
def test_real_days_are_not_named(text: str) -> None:
    assert told(text).oddities == ()


def test_each_impossible_date_of_a_long_passage_is_named_once_and_in_its_place() -> None:
    told_of = "Some 45 prosecutors came. " * 8
    text = f"{told_of}On 31 February 2021 and on 32 May 2021 it met. {told_of}It closed on 5 November 20210."
    found = told(text, language="en").oddities
    assert [(odd.words, odd.start) for odd in found] == [
        (words, text.index(words)) for words in ("31 February", "32 May", "5 November 20210")
    ]


def test_the_reading_report_says_where() -> None:
    text = "联合国反腐败公约 缔约国会议\n\nDistr.: General\n1 March 2021\nChinese\nOriginal: English\n\n一. 引言\n\n1. 2021年2月31日，本处举办了讲习班。\n\n2. 会议结束。\n"
    notices = [n for n in read(text.encode(), "sample.txt").notices if n.code == "IMPOSSIBLE_DATE"]
    assert [n.message for n in notices] == ["1: “2月31日” cannot be a date; nothing was read from it."]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "2019年11月6日至2日，本处在斐济举办了讲习班。"),
        ("zh", "2019年12月5日至2019年11月2日，本处在斐济举办了讲习班。"),
        ("en", "From 6 to 2 November 2019, a workshop was held in Fiji."),
        ("en", "A workshop took place in Fiji from 5 December 2019 to 2 November 2019."),
        ("fr", "Un atelier a eu lieu aux Fidji du 6 au 2 novembre 2019."),
        ("es", "Se organizó un taller en Fiji del 6 al 2 de noviembre de 2019."),
        ("ru", "Семинар состоялся на Фиджи с 6 по 2 ноября 2019 года."),
    ],
)
def test_what_ends_before_it_begins_is_named(language: str, text: str) -> None:
    assert [odd.code for odd in told(text, language=language).oddities] == ["ENDS_BEFORE"]


@pytest.mark.parametrize(
    "text", ["2019年11月2日至6日，本处在斐济举办了讲习班。", "2019年11月30日至12月2日，本处在斐济举办了讲习班。"]
)
def test_ranges_in_order_are_not_named(text: str) -> None:
    assert told(text).oddities == ()


def test_a_state_before_its_time_is_named_and_the_activity_stays() -> None:
    facts = told("2005年3月，本处在南苏丹举办了讲习班。", "2012年3月，本处在南苏丹举办了讲习班。")
    assert [(odd.code, odd.at, odd.words) for odd in facts.oddities] == [("STATE_NOT_YET", "1", "SSD, 2005-03")]
    assert [activity.country for activity in facts.activities] == ["SSD", "SSD"]


def test_the_report_names_all_that_cannot_be() -> None:
    text = (
        "联合国反腐败公约 缔约国会议\n\nDistr.: General\n1 March 2021\nChinese\nOriginal: English\n\n一. 引言\n\n"
        "1. 2019年11月6日至2日，本处在斐济举办了讲习班。\n\n2. 2005年3月，本处在南苏丹举办了讲习班。\n\n"
        "3. 20180年11月，本处在秘鲁举办了讲习班。\n"
    )
    codes = {n.code for n in read(text.encode(), "sample.txt").notices}
    assert codes >= {"ENDS_BEFORE", "STATE_NOT_YET", "IMPOSSIBLE_DATE"}
