"""Good practices: who told them, for which article, and where the words stand; never the words themselves made up."""

from tests.rules.extraction.telling import told

HEADING_ZH = "采购中的廉正（《联合国反腐败公约》第九条）"
HEADING_EN = "Procurement (article 9 of the United Nations Convention against Corruption)"


def practices(*texts: str, language: str = "zh", heading: str = HEADING_ZH):
    return [
        (p.at, p.states + p.organisations, p.provisions, p.rule)
        for p in told(*texts, language=language, heading=heading).practices
    ]


def test_a_panellist_of_a_state_tells_a_practice_for_the_article_of_the_heading() -> None:
    assert practices("来自斐济的一名讨论小组成员介绍了该国设立的网上招标系统。") == [
        ("1", ("FJI",), ("UNCAC 9",), "practice.named")
    ]


def test_an_article_that_the_paragraph_cites_goes_before_that_of_the_heading() -> None:
    text = "来自斐济的一名讨论小组成员介绍说，该国根据《联合国反腐败公约》第八条通过了行为守则。"
    assert practices(text)[0][2] == ("UNCAC 8",)


def test_speakers_without_a_name_are_told_as_such_and_only_their_sentences_are_cited() -> None:
    first = "会议继续进行。"
    text = first + "一些发言者报告称，本国建立了中标公司登记册。"
    (practice,) = told(text, heading=HEADING_ZH).practices
    assert (practice.states, text[practice.start : practice.end]) == ((), text[len(first) :])


def test_wishes_thanks_and_the_chair_tell_no_practice() -> None:
    assert practices("一名发言者强调必须建立登记册。", "主席介绍了秘书处编写的背景说明。") == []


def test_outside_a_discussion_nothing_is_taken_for_a_practice() -> None:
    assert practices("一些发言者报告称，本国建立了登记册。", heading="会议开幕") == []


def test_a_heading_that_says_so_makes_its_paragraphs_practices() -> None:
    assert practices("Officers rotate every three years.", language="en", heading="Good practices") == [
        ("1", (), (), "practice.heading")
    ]


def test_practices_are_told_in_english_too() -> None:
    text = "A panellist from Fiji described the online tender portal that had been established."
    assert practices(text, language="en", heading=HEADING_EN) == [("1", ("FJI",), ("UNCAC 9",), "practice.named")]


def test_a_programme_of_the_own_country_is_a_practice_and_an_important_role_is_none() -> None:
    assert practices("一名发言者报告了本国培训采购人员的方案。", "发言者指出了审计机构的重要作用和框架。") == [
        ("1", (), ("UNCAC 9",), "practice.told")
    ]
