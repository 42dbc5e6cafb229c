"""Chinese reports in words that the labelled ones do not use: deeds, places, counts, conditions, who came."""

import pytest
from tests.rules.extraction.telling import rows, told

from merida.exchange.ingest.facts_as_json import plain

CONCLUSIONS = "结论和建议"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年5月，汤加成为《公约》缔约国。", ("2022-05", "TON", "treaty_action")),
        ("本处于2022年6月7日对《财产法》草案进行了书面审查。", ("2022-06-07", "", "legislative_assistance")),
        ("2022年6月，为卢旺达审计署的人员提供了辅导。", ("2022-06", "RWA", "training")),
        ("2022年6月，津巴布韦举办了全国廉正对话。", ("2022-06", "ZWE", "meeting")),
        ("2022年6月20日至22日，专家们对赞比亚进行了国别访问。", ("2022-06-20/2022-06-22", "ZMB", "mission")),
        ("2022年8月，本处在马拉维开展了腐败风险评估。", ("2022-08", "MWI", "scoping")),
        ("2022年6月，小组审定了准则。", ("2022-06", "", "milestone")),
        ("2022年7月，汤加与本处签署了路线图。", ("2022-07", "TON", "agreement")),
        ("2022年7月，汤加签署了《邻里愿景》。", ("2022-07", "TON", "agreement")),
        ("2022年7月，汤加签署了《联合国反腐败公约》。", ("2022-07", "TON", "treaty_action")),
        ("2022年12月，检察官们赴新加坡进行了考察。", ("2022-12", "SGP", "study_visit")),
        ("2022年11月，向冈比亚移交了申报软件。", ("2022-11", "GMB", "technical_assistance")),
        ("2022年，向莱索托派驻了一名顾问并予以支持。", ("2022", "LSO", "technical_assistance")),
    ],
)
def test_what_was_done_is_told_in_many_words(text, expected) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    "text", ["2022年6月，四千名用户访问了本处的网站。", "2022年6月，经与各方协商确定。", "2022年6月的国别访问期间。"]
)
def test_words_that_only_look_like_a_visit_or_a_meeting_tell_nothing(text) -> None:
    assert rows(text) == []


def test_a_workshop_on_assessments_is_a_workshop() -> None:
    assert rows("2022年8月，本处在马拉维开展了风险评估讲习班。") == [("2022-08", "MWI", "workshop")]


def test_the_place_at_the_head_of_a_sentence_holds_for_its_later_dates_without_a_place() -> None:
    assert rows("在不丹，2022年3月为审计署举办了讲习班，5月举办了后续讲习班。") == [
        ("2022-03", "BTN", "workshop"),
        ("2022-05", "BTN", "workshop"),
    ]
    assert rows("在不丹，2022年3月举办了讲习班，5月为马尔代夫当局举办了后续讲习班。")[1] == (
        "2022-05",
        "MDV",
        "workshop",
    )


def test_what_is_included_in_support_was_done_with_the_same_state() -> None:
    assert rows("本处继续支持蒙古执行计划，包括于2022年8月举办了磋商。") == [("2022-08", "MNG", "meeting")]


def test_a_city_says_where_not_the_organiser_from_elsewhere() -> None:
    (activity,) = told("2022年10月，挪威在曼谷主办了会外活动。").activities
    assert (activity.country, activity.city, activity.participants) == ("THA", "Bangkok", ("NOR",))


def test_states_that_attended_elsewhere_are_told_with_the_activity() -> None:
    (activity,) = told("2022年10月在乌干达举行了会议，卢旺达和布隆迪的代表参加了会议。").activities
    assert (activity.country, activity.participants) == ("UGA", ("RWA", "BDI"))


def test_that_country_is_the_one_named_last() -> None:
    assert rows("继2021年11月在斐济举办讲习班之后，2022年2月又在该国举办了研讨会。") == [
        ("2021-11", "FJI", "workshop"),
        ("2022-02", "FJI", "seminar"),
    ]


def test_the_year_of_a_named_day_is_no_time_of_its_own() -> None:
    assert rows("在2022年国际反腐败日之际，本处在乍得启动了宣传工作。") == [("2022-12-09", "TCD", "launch")]


def test_a_planned_year_that_somebody_should_keep_is_no_time_of_something_done() -> None:
    assert rows("工作组应在2024年举行两次会议。") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("出席的分别有25名、31名和18名审计员。", [("25", "审计员"), ("31", "审计员"), ("18", "审计员")]),
        ("九个办事处中有四个已通过守则。", [("9", "办事处"), ("4", "办事处")]),
        ("其12个成员中有7个批准了预算。", [("12", "成员"), ("7", "成员")]),
        ("平台的用户达到5,000人，与上一年相比增加了12%。", [("5000", "平台的用户"), ("12", "平台的用户")]),
        ("会议在线举行，200余人参加，其中女性占48%。", [("200", "人"), ("48", "女性")]),
        ("为40名审计员举办了9次在线课程。", [("40", "审计员"), ("9", "在线课程")]),
        ("收到了19份提交件。", [("19", "提交件")]),
        ("该课程由24个单元组成。已有二十余个国家加入。", [("24", "单元"), ("20", "国家")]),
        ("培训了约二百名检察官和近百名法官，其中45%为女性。", [("200", "检察官"), ("100", "法官"), ("45", "女性")]),
        ("本处在2022年为600多人举办了活动。", [("600", "人")]),
        ("共有1 250名审计员和12\u00a0300名教师参加。", [("1250", "审计员"), ("12300", "教师")]),
    ],
)
def test_what_is_counted_is_found_in_lists_shares_and_comparisons(text, expected) -> None:
    assert [(figure.value, figure.counted) for figure in told(text).figures] == expected


def test_a_definite_group_of_which_no_part_is_told_is_no_figure() -> None:
    assert list(told("该署与其12个成员合作。").figures) == []


def test_each_request_of_a_sentence_has_its_own_condition() -> None:
    text = "小组建议缔约国酌情设立登记册，并请秘书处在不增加费用的情况下汇编资料。"
    assert [(r.addressee, r.condition) for r in told(text, heading=CONCLUSIONS).requests] == [
        ("缔约国", "酌情"),
        ("秘书处", "在不增加费用的情况下"),
    ]


def test_each_request_of_an_english_sentence_has_its_own_condition() -> None:
    text = "The Working Group encouraged States to share data, upon request, and requested the Secretariat to help."
    assert [(r.addressee, r.condition) for r in told(text, language="en", heading="Conclusions").requests] == [
        ("States", "upon request"),
        ("Secretariat", ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工作组强调缔约国必须公布审计报告。", ("RECOMMENDATION", "缔约国", "")),
        ("有必要加强各机关之间的协调。", ("CONCLUSION", "", "")),
        ("应向秘书处提供充足资源。", ("CONCLUSION", "", "")),
        ("所有缔约国都应当公布预算。", ("RECOMMENDATION", "所有缔约国", "")),
        ("工作组建议主席团审议该事项。", ("RECOMMENDATION", "主席团", "")),
        ("鼓励缔约国、签署国和其他利益攸关方提供资料。", ("RECOMMENDATION", "缔约国、签署国和其他利益攸关方", "")),
    ],
)
def test_what_is_needed_of_whom(text, expected) -> None:
    assert [(r.kind, r.addressee, r.condition) for r in told(text, heading=CONCLUSIONS).requests] == [expected]


def test_what_a_resolution_entrusts_is_a_mandate_with_its_condition() -> None:
    (request,) = told("大会第70/2号决议授权秘书处召开会议，但须视可获得的经费而定。").requests
    assert (request.kind, request.addressee, request.condition) == ("MANDATE_RECALLED", "秘书处", "视可获得的经费而定")


def test_the_word_for_others_is_no_speaker() -> None:
    asked = told("小组鼓励会员国和其他捐助方捐款；请秘书处予以协调。", heading=CONCLUSIONS).requests
    assert [r.addressee for r in asked] == ["会员国和其他捐助方", "秘书处"]
    asked = told("小组鼓励会员国捐款；她还请秘书处予以协调。", heading=CONCLUSIONS).requests
    assert [r.addressee for r in asked] == ["会员国"]


def test_what_speakers_find_necessary_is_no_conclusion() -> None:
    assert list(told("有必要加强协调，一名发言者说。", heading=CONCLUSIONS).requests) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("世界海关组织和国际刑警组织也派代表出席了会议。", ["WCO", "INTERPOL"]),
        ("欧洲联盟这一组织作为《公约》缔约方派代表出席了会议。", ["EU"]),
        ("世界银行的代表也出席了本次会议。", ["WORLD_BANK"]),
        ("世界银行的代表出席了2021年6月3日举行的区域会议并作了发言。", []),
    ],
)
def test_organisations_that_attended_are_found_without_a_list(text, expected) -> None:
    assert [observer.organisation for observer in told(text).observers] == expected


def test_the_first_sign_of_a_passage_is_printed_as_a_place() -> None:
    (observer,) = told("世界海关组织也派代表出席了会议。").observers
    assert plain(observer)["start"] == 0
