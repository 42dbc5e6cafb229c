"""What a report says about its meeting, in sentences of our own wording."""

import pytest
from tests.rules.extraction.telling import told

from merida.rules.citations.mention import Passage
from merida.rules.extraction.reading import extract


def test_the_agenda_is_the_list_below_its_adoption_and_only_that() -> None:
    passages = [
        Passage("4", "9月2日，工作组通过了下列议程：", "PARAGRAPH"),
        Passage("4(1)", "组织事项：", "ITEM"),
        Passage("4(1)(a)", "会议开幕；", "ITEM"),
        Passage("4(2)", "采购。", "ITEM"),
        Passage("5", "工作组应当：", "PARAGRAPH"),
        Passage("5(a)", "交流经验。", "ITEM"),
    ]
    found = extract(passages, [], language="zh").agenda
    assert [(i.number, i.depth, i.title) for i in found] == [
        ("1", 1, "组织事项"),
        ("1(a)", 2, "会议开幕"),
        ("2", 1, "采购"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "zh",
            "会议由主席 Ana Sample（斐济）和副主席 Ben Sample（帕劳）主持。",
            [("Ana Sample", "FJI", "CHAIR"), ("Ben Sample", "PLW", "VICE_CHAIR")],
        ),
        ("en", "The meeting was chaired by Ana Sample (Fiji).", [("Ana Sample", "FJI", "CHAIR")]),
        (
            "en",
            "The following officers were elected: Chair: Ana Sample (Fiji); Rapporteur: Ben Sample (Palau).",
            [("Ana Sample", "FJI", "CHAIR"), ("Ben Sample", "PLW", "RAPPORTEUR")],
        ),
        ("fr", "La réunion était présidée par Ana Sample (Fidji).", [("Ana Sample", "FJI", "CHAIR")]),
        ("es", "La reunión fue presidida por Ana Sample (Fiji).", [("Ana Sample", "FJI", "CHAIR")]),
    ],
)
def test_officers_with_their_state(language, text, expected) -> None:
    assert [(o.name, o.country, o.role) for o in told(text, language=language).officers] == expected


def test_organisations_that_attended_keep_their_printed_name_and_their_code_where_known() -> None:
    text = "下列政府间组织派观察员出席了会议：欧洲委员会、样本渔业组织（样渔组织）。"
    assert [(o.name, o.organisation) for o in told(text).observers] == [
        ("欧洲委员会", "COE"),
        ("样本渔业组织（样渔组织）", ""),
    ]


def test_topics_of_a_plan_of_work_by_year() -> None:
    text = "工作组建议列入资产申报（《联合国反腐败公约》第八条）作为 2031 年的议题，列入采购作为 2032 年的议题。"
    found = told(text).work_plan
    assert [(p.year, p.provisions, text[p.start : p.end]) for p in found] == [
        ("2031", ("UNCAC 8",), "资产申报（《联合国反腐败公约》第八条）"),
        ("2032", (), "采购"),
    ]


@pytest.mark.parametrize(
    ("text", "addressee", "kind"),
    [
        ("States were requested to publish budgets.", "States", "RECOMMENDATION"),
        ("The Secretariat was invited to report.", "Secretariat", "RECOMMENDATION"),
        (
            "In resolution 6/1 of the Conference, the Secretariat was requested to report.",
            "Secretariat",
            "MANDATE_RECALLED",
        ),
    ],
)
def test_what_was_asked_in_the_passive_is_asked_all_the_same(text, addressee, kind) -> None:
    assert [(r.addressee, r.kind) for r in told(text, language="en").requests] == [(addressee, kind)]


def test_what_speakers_asked_in_the_passive_is_not_what_the_body_asked() -> None:
    assert told("Speakers said that States were invited to pay.", language="en").requests == ()


def test_an_activity_carries_the_programme_and_themes_that_its_words_name() -> None:
    (activity,) = told("2031 年 4 月，在“岛屿廉正”全球方案下在斐济举办了公共采购讲习班。").activities
    assert (activity.programme, activity.themes) == ("“岛屿廉正”全球方案", ("PROCUREMENT",))


def test_a_figure_has_the_themes_of_its_paragraph() -> None:
    (figure,) = told("公共采购门户登载了 1,250 份合同。").figures
    assert figure.themes == ("PROCUREMENT",)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("委员会高兴地注意到，登记册的成员现已达到 77 个。", ["登记册的成员"]),
        ("查明了 18 起案件，其中 90% 已经解决。", ["案件", "案件"]),
        ("收到 3 份和随后的 12 份申报表。", ["申报表", "申报表"]),
        ("该手册自发布以来已被下载了 900 多次。", ["下载"]),
    ],
)
def test_what_is_counted_is_the_noun_wherever_it_stands(text, counted) -> None:
    assert [f.counted for f in told(text).figures] == counted
