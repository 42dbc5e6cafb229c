"""What was asked in Chinese: by whom, of whom, and whether it was asked at all."""

from tests.rules.extraction.telling import told


def asked(*texts: str, heading: str = "", items: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    return [(r.at, r.kind, r.addressee) for r in told(*texts, heading=heading, items=items).requests]


def test_what_a_conference_asked_in_a_resolution_is_a_mandate_recalled() -> None:
    assert asked("在该决议中，缔约国会议请各缔约国交流经验，并请秘书处汇编这些经验。") == [
        ("1", "MANDATE_RECALLED", "各缔约国"),
        ("1", "MANDATE_RECALLED", "秘书处"),
    ]


def test_what_a_group_asks_in_its_conclusions_is_a_recommendation() -> None:
    assert asked(
        "工作组鼓励缔约国公布采购数据。工作组请秘书处在有预算外资源的情况下提供培训。", heading="结论和建议"
    ) == [("1", "RECOMMENDATION", "缔约国"), ("1", "RECOMMENDATION", "秘书处")]


def test_a_conclusion_that_asks_nobody_is_one_row_a_paragraph() -> None:
    assert asked("工作组确认公开数据十分重要。工作组强调这项工作应当继续。", heading="结论和建议") == [
        ("1", "CONCLUSION", "")
    ]


def test_may_wish_to_is_a_recommendation() -> None:
    assert asked("工作组似宜着重指出经费问题。委员会不妨请会员国提供数据。") == [
        ("1", "RECOMMENDATION", "工作组"),
        ("1", "RECOMMENDATION", "会员国"),
    ]


def test_lettered_items_are_the_unit_where_the_introduction_asks() -> None:
    assert asked("委员会不妨考虑请会员国：", items=("公布预算；", "培训审计员。")) == [
        ("1(a)", "RECOMMENDATION", "会员国"),
        ("1(b)", "RECOMMENDATION", "会员国"),
    ]


def test_only_the_sentence_before_the_items_decides_what_they_are() -> None:
    assert asked("缔约国会议请秘书处编写报告。本届会议审议下列专题：", items=("采购；", "审计。")) == [
        ("1", "MANDATE_RECALLED", "秘书处")
    ]


def test_what_speakers_ask_for_is_not_what_the_body_asks() -> None:
    assert asked("一名发言者呼吁各国公布预算。主席回顾说，缔约国会议鼓励缔约国交流经验。") == []


def test_conditions_are_kept_as_printed() -> None:
    (request,) = told("缔约国会议请秘书处在有预算外资源的情况下编写指南。").requests
    assert (request.condition, request.rule) == ("在有预算外资源的情况下", "request.mandate")


def test_a_section_on_what_follows_gives_the_outlook() -> None:
    assert asked("秘书处将继续加强合作。", heading="前景") == [("1", "OUTLOOK", "")]


def test_what_a_conference_decided_that_a_body_should_do_is_a_mandate_recalled() -> None:
    assert asked("缔约国会议在该决议中决定工作组应至少举行两次会议。") == [("1", "MANDATE_RECALLED", "工作组")]
    assert asked("缔约国会议在该决议中决定工作组应继续开展工作。") == []
    assert asked("一名发言者回顾说，缔约国会议决定工作组应至少举行两次会议。") == []


def test_may_consider_is_a_recommendation_as_may_wish_to_is() -> None:
    assert asked("在这方面，缔约国可以在拟订计划时考虑其他机制的议题。") == [("1", "RECOMMENDATION", "缔约国")]
    assert asked("一名发言者说，缔约国可以考虑其他机制的议题。") == []


def test_what_can_be_had_on_request_is_no_condition_of_what_is_asked() -> None:
    text = "在同一决议中，缔约国会议请秘书处继续提供信息，说明可应请求提供的各类活动。"
    (request,) = told(text).requests
    assert (request.kind, request.condition) == ("MANDATE_RECALLED", "")
