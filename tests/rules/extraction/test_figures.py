"""Figures in Chinese: what counts as one, what does not, and what is said beside it."""

import pytest
from tests.rules.extraction.telling import told


def figures(text: str) -> list[tuple[str, str]]:
    return [(f.value, f.counted) for f in told(text).figures]


def test_numbers_with_a_counter_are_figures() -> None:
    assert figures("共有 1,250 名教师和九所学校参加了三期课程。") == [
        ("1250", "教师"),
        ("9", "学校"),
        ("3", "课程"),
    ]


def test_percentages_and_money_carry_their_unit() -> None:
    facts = told("费用增加了 12.5%，捐款达到 40,300 美元。").figures
    assert [(f.value, f.unit) for f in facts] == [("12.5", "%"), ("40300", "美元")]


def test_more_nearly_and_at_least_are_kept_as_qualifiers() -> None:
    facts = told("来自超过 30 个城市的近 800 名法官和 90 多名书记员，以及至少四十所法院。").figures
    assert [(f.value, f.qualifier) for f in facts] == [
        ("30", "MORE_THAN"),
        ("800", "NEARLY"),
        ("90", "MORE_THAN"),
        ("40", "AT_LEAST"),
    ]


def test_the_day_of_counting_is_told() -> None:
    (figure,) = told("截至 2021 年 3 月，名录载有 77 个机构。").figures
    assert (figure.value, figure.as_of) == ("77", "2021-03")


@pytest.mark.parametrize(
    "text",
    [
        "第三次会议审议了第 4 条和第 5/2 号决议。",
        "四个秘书处交换了意见，这三个国家也在其中。",
        "发言者提到两个技术问题和两方面原因。",
        "工作组应当至少举行两次会议。",
        "本处举办了一次讲习班，20国集团参加。",
        "2021年3月5日，会议开始。",
        "其他五个机构未作答复。",
    ],
)
def test_ordinals_dates_definite_groups_and_mandated_numbers_are_none(text: str) -> None:
    assert figures(text) == []


def test_the_evidence_is_the_printed_number() -> None:
    text = "名录载有七十七个机构。"
    (figure,) = told(text).figures
    assert (text[figure.start : figure.end], figure.value, figure.rule) == ("七十七个", "77", "figure.words")


def test_a_sum_that_is_part_of_another_counts_the_same() -> None:
    text = "捐款达到 300,500 美元，来自斐济、秘鲁和联合国开发计划署，其中包括 2032 年的 40,300 美元。"
    assert figures(text) == [("300500", "捐款"), ("40300", "捐款")]


def test_a_sum_of_another_kind_counts_its_own() -> None:
    facts = figures("捐款达到 300,500 美元，会议费用为 40,300 美元。")
    assert [counted for _, counted in facts] == ["捐款", "会议费用"]


def test_a_word_such_as_question_does_not_hide_what_is_counted_behind_it() -> None:
    assert [f.value for f in told("本处提供了两个与采购问题有关的学习单元。").figures] == ["2"]
    assert [f.value for f in told("与会者提出了两个采购问题。").figures] == []


def test_ten_thousands_are_written_out() -> None:
    facts = told("门户网站有35 万多名用户。").figures
    assert [(f.value, f.qualifier, f.counted) for f in facts] == [("350000", "MORE_THAN", "用户")]
