"""What the items of a list ask, on lines of their own and running on in the line of their paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.extraction.telling import told

from merida.rules.extraction.run_on_items import marks, run_on_lists
from merida.rules.extraction.word_lists import grammar

CONCLUDED = {"en": "Conclusions and recommendations", "zh": "结论和建议"}


def asked(
    text: str, *, language: str = "en", items: tuple[str, ...] = (), concluded: bool = True
) -> list[tuple[str, str, str]]:
    """Kind, addressee and words of each request."""
    heading = CONCLUDED[language] if concluded else ""
    found = told(text, language=language, heading=heading, items=items).requests
    return [(r.kind, r.addressee, text[r.start : r.end].strip() if r.at == "1" else r.at) for r in found]


def test_each_item_of_a_line_is_asked_of_whom_the_introduction_asks() -> None:
    assert asked(
        "The Working Group recommended that States parties should: (a) Publish the terms of reference of their bodies; "
        "(b) Share the results of surveys; and (c) Consider a budget of their own. It thanked the host."
    ) == [
        ("RECOMMENDATION", "States parties", "Publish the terms of reference of their bodies"),
        ("RECOMMENDATION", "States parties", "Share the results of surveys"),
        ("RECOMMENDATION", "States parties", "Consider a budget of their own."),
    ]
    assert asked(
        "工作组建议缔约国：(a)公布各机构的职权范围；(b)分享调查结果；以及(c)考虑单独预算。", language="zh"
    ) == [
        ("RECOMMENDATION", "缔约国", "公布各机构的职权范围"),
        ("RECOMMENDATION", "缔约国", "分享调查结果"),
        ("RECOMMENDATION", "缔约国", "考虑单独预算。"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "The Group asked the secretariat, subject to available resources, to: (i) collect laws; (ii) print them within existing resources.",
            "en",
            ["subject to available resources", "within existing resources"],
        ),
        (
            "工作组请秘书处在有预算外资源的情况下：㈠收集法律；㈡在现有资源范围内提出报告。",
            "zh",
            ["在有预算外资源的情况下", "在现有资源范围内"],
        ),
    ],
)
def test_a_condition_holds_for_all_items_but_those_with_their_own(
    text: str, language: str, expected: list[str]
) -> None:
    found = told(text, language=language, heading=CONCLUDED[language]).requests
    assert [one.condition for one in found] == expected


@pytest.mark.parametrize("on_lines", [True, False])
def test_items_may_say_themselves_who_is_asked(on_lines: bool) -> None:
    items = (
        "Requested the secretariat to prepare a paper on sport",
        "Took note of the report",
        "Further encouraged States parties to send information",
    )
    who = [("RECOMMENDATION", "secretariat"), ("RECOMMENDATION", "States parties")]
    if on_lines:
        assert asked("The Working Group:", items=items) == [(*who[0], "1(a)"), (*who[1], "1(c)")]
    else:
        run_on = "; ".join(f"({letter}) {item}" for letter, item in zip("abc", items, strict=True))
        assert asked(f"The Working Group: {run_on}.") == [(*who[0], items[0]), (*who[1], f"{items[2]}.")]


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("It was recommended that: (a) States parties adopt laws; (b) the secretariat train judges.", "en", 0),
        ("The following was agreed: (i) States should adopt laws; (ii) the secretariat should train judges.", "en", 1),
        ("工作组建议：(a)缔约国通过法律；(b)秘书处培训法官。", "zh", 2),
        ("The following recommendations are made: (a) Adopt laws on sport; (b) Donors may fund them.", "en", 3),
        ("工作组提出以下建议：(a)通过体育法；(b)捐助方可提供资金。", "zh", 4),
    ],
)
def test_items_may_begin_with_who_should_act(text: str, language: str, who: int) -> None:
    expected = [
        ["States parties", "secretariat"],
        ["States", "secretariat"],
        ["缔约国", "秘书处"],
        ["", "Donors"],
        ["", "捐助方"],
    ][who]
    assert [(kind, to) for kind, to, _ in asked(text, language=language)] == [("RECOMMENDATION", to) for to in expected]


def test_what_a_conference_asked_item_by_item_are_mandates_and_its_sentence_may_go_on() -> None:
    text = (
        "In its resolution 9/3, the Conference urged States parties: (a) to publish data; (b) to protect reporting "
        "persons; and requested the Secretariat to report on progress."
    )
    assert [(kind, to) for kind, to, _ in asked(text, concluded=False)] == [
        ("MANDATE_RECALLED", "States parties"),
        ("MANDATE_RECALLED", "States parties"),
        ("MANDATE_RECALLED", "Secretariat"),
    ]
    assert asked(text)[1][2] == "to protect reporting persons"


def test_who_may_wish_to_ask_and_who_was_invited() -> None:
    assert [
        to for _, to, _ in asked("The Group may wish to: (a) invite States to nominate experts; (b) adopt it.")
    ] == [
        "States",
        "Group",
    ]
    assert [
        to for _, to, _ in asked("States parties were invited to (a) nominate experts and (b) pay their share.")
    ] == ["States parties"] * 2
    assert asked("States parties were invited to pay. They were also requested to attend.")[-1][:2] == (
        "RECOMMENDATION",
        "States parties",
    )


@pytest.mark.parametrize(
    "text",
    [
        "One speaker asked the secretariat to: (a) translate the guide; and (b) print it.",
        "The guide has two parts: (a) the law of ownership; and (b) the practice of registers.",
        "Training was given on: (a) investigation; (b) protection of witnesses.",
    ],
)
def test_what_speakers_asked_and_what_is_only_listed_is_not_asked_by_the_body(text: str) -> None:
    assert asked(text, concluded=False) == []


def test_a_list_that_asks_nothing_of_anybody_is_one_conclusion() -> None:
    assert [kind for kind, _, _ in asked("The Group took note of reports: (a) on sport; (b) on health.")] == [
        "CONCLUSION"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Pursuant to paragraphs 4, (a), (b) and (c), of the resolution",
        "as article 16, paragraph 1 (a) and (b), requires",
        "第16条第1款(a)项和(b)项",
        "items: (a) one; (c) three",
        "only: (a) one",
    ],
)
def test_letters_of_provisions_and_letters_out_of_order_are_no_list(text: str) -> None:
    assert marks(text) == []


@given(st.lists(st.sampled_from(["(a) ", "(b) ", "(c)", "(i) ", "㈠", ": ", "; ", ". ", "and ", "word ", "请", "会"])))
def test_items_of_lists_lie_in_the_text_one_behind_the_other(pieces: list[str]) -> None:
    text = "".join(pieces)
    for language in ("en", "zh"):
        past = 0
        for one in run_on_lists(text, grammar(language)):
            assert past <= one.begin
            for start, end in one.items:
                assert past <= start <= end <= len(text)
                past = end
