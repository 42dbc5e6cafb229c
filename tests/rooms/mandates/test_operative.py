"""Reading who is asked what, under which condition, by when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.mandates.made_up import TEXT

from merida.cooperation.mandates.operative import OperativeTextError, operative_paragraphs


def asked(text, language="en"):
    return [
        (one.number, one.addressee, one.condition, one.due) for one in operative_paragraphs(text, language=language)
    ]


def test_each_paragraph_and_item_says_who_is_asked_under_which_condition_by_when():
    assert asked(TEXT) == [
        ("1", "", "", None),
        ("2", "STATES", "", None),
        ("2", "SECRETARIAT", "EXTRABUDGETARY", None),
        ("3(a)", "SECRETARIAT", "", None),
        ("3(b)", "SECRETARIAT", "EXISTING_RESOURCES", date(2021, 6, 1)),
    ]
    found = operative_paragraphs(TEXT, language="en")
    assert found[3].due_words == "to the Conference at its ninth session"
    assert found[4].text == "To write a guide no later than 1 June 2021, within existing resources."
    assert found[2].condition_words == "subject to the availability of extrabudgetary resources"


def test_the_same_in_chinese():
    text = "样本会议，\n1. 欢迎各国所做的工作；\n2. 请秘书处在有预算外资源的前提下，于2021年6月1日之前编写清单；\n3. 促请缔约国：\n（a）应请求分享经验。"

    assert asked(text, "zh") == [
        ("1", "", "", None),
        ("2", "SECRETARIAT", "EXTRABUDGETARY", date(2021, 6, 1)),
        ("3(a)", "STATES", "ON_REQUEST", None),
    ]


def test_items_that_run_on_in_one_line_are_items():
    text = (
        "1. Requests the secretariat, subject to the availability of extrabudgetary resources, to (a) help States; "
        "(b) write a guide no later than 1 June 2021; and (c) report."
    )
    assert asked(text) == [
        ("1(a)", "SECRETARIAT", "EXTRABUDGETARY", None),
        ("1(b)", "SECRETARIAT", "EXTRABUDGETARY", date(2021, 6, 1)),
        ("1(c)", "SECRETARIAT", "EXTRABUDGETARY", None),
    ]
    assert operative_paragraphs(text, language="en")[0].text == "help States;"
    chinese = "1. 请秘书处：（a）编写清单；（b）举办讲习班；以及（c）提出报告。"
    assert [one[:2] for one in asked(chinese, "zh")] == [(f"1({letter})", "SECRETARIAT") for letter in "abc"]


def test_letters_of_a_provision_are_no_items():
    text = "1. Urges States to apply article 13, paragraph 1 (a), (b) and (c), and to: (b) share it; (c) read it."
    assert [one.number for one in operative_paragraphs(text, language="en")] == ["1"]


def test_a_paragraph_over_several_lines_is_one():
    (one,) = operative_paragraphs("1. Requests the Secretariat\nto write\na guide.", language="en")

    assert one.text == "Requests the Secretariat to write a guide."


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        (" ", "en", "EMPTY"),
        ("No numbers here", "en", "NO_NUMBERS"),
        ("1. x", "fr", "LANGUAGE"),
        ("1. x" * 200_000, "en", "TOO_LONG"),
    ],
)
def test_what_cannot_be_read_says_why(text, language, code):
    with pytest.raises(OperativeTextError) as refused:
        operative_paragraphs(text, language=language)
    assert refused.value.code == code


@given(
    st.text(alphabet=st.sampled_from("12.(a) \nRequests the Secretariat请秘书处、：:于2021年6月1日前"), max_size=300),
    st.sampled_from(["en", "zh"]),
)
def test_any_text_is_read_or_refused(text, language):
    try:
        found = operative_paragraphs(text, language=language)
    except OperativeTextError:
        return
    assert all(one.number and one.text is not None for one in found)
