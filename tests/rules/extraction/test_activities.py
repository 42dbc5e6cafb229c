"""Activities in Chinese: which dates count, what belongs to each, which State is the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.extraction.telling import rows, told, when

from merida.rules.citations.mention import Mention, Passage
from merida.rules.extraction.reading import extract


def test_every_date_of_a_clause_opens_a_group_and_shares_the_verb() -> None:
    assert rows("本处于2021年3月在加纳、2021年4月在秘鲁和智利为审计员举办培训班。") == [
        ("2021-03", "GHA", "training"),
        ("2021-04", "PER", "training"),
        ("2021-04", "CHL", "training"),
    ]


def test_a_clause_that_is_only_a_place_belongs_to_the_date_behind_it() -> None:
    assert rows("在肯尼亚，2021年5月，本处举办了研讨会，随后举办了青年夏令营。") == [
        ("2021-05", "KEN", "seminar"),
        ("2021-05", "KEN", "camp"),
    ]


def test_and_also_in_begins_another_activity_of_the_same_date() -> None:
    assert rows("2021年6月，本处在丹麦参加了年度论坛，并向冰岛警方介绍了新手册。") == [
        ("2021-06", "DNK", "conference"),
        ("2021-06", "ISL", "presentation"),
    ]


def test_and_with_a_word_that_points_back_is_the_same_activity() -> None:
    assert rows("2021年6月，本处代表出席了审计长会议，并向该会议通报了近况。") == [("2021-06", "", "meeting")]


def test_a_list_after_a_colon_is_cut_at_its_semicolons_and_keeps_the_deed() -> None:
    assert rows(
        "2021年7月，本处在下列活动上作了介绍：在越南举行的审计大会；太平洋监察员年会；在蒙古举行的税务论坛。"
    ) == [
        ("2021-07", "VNM", "presentation"),
        ("2021-07", "", "presentation"),
        ("2021-07", "MNG", "presentation"),
    ]


def test_the_same_month_and_the_same_day_are_inherited() -> None:
    told_here = told(
        "2021年9月8日，本处在芬兰举办讲习班。同一天，本处在挪威参加了研讨会。同月，本处在瑞典举办培训。"
    ).activities
    assert [(when(a), a.precision, a.country) for a in told_here] == [
        ("2021-09-08", "DAY", "FIN"),
        ("2021-09-08", "INHERITED", "NOR"),
        ("2021-09", "INHERITED", "SWE"),
    ]


def test_a_month_without_a_year_takes_the_year_read_before() -> None:
    assert rows("2021年2月，本处在秘鲁举办讲习班。5月在智利举行的会议上介绍了手册。") == [
        ("2021-02", "PER", "workshop"),
        ("2021-05", "CHL", "presentation"),
    ]


def test_a_named_day_takes_the_year_that_lies_nearest() -> None:
    here = told("2021年11月，本处在秘鲁举办讲习班。在国际反腐败日，蒙古推出了网上课程。").activities
    assert [(when(a), a.precision, a.country, a.type) for a in here] == [
        ("2021-11", "MONTH", "PER", "workshop"),
        ("2021-12-09", "NAMED_DAY", "MNG", "launch"),
    ]


def test_dates_that_only_bound_something_are_no_activities() -> None:
    assert rows("截至2021年2月，名录载有60个机构的信息。") == []
    assert rows("这项安排一直持续至2021年6月。") == []
    assert rows("本文涵盖报告所述期间，即2020年11月至2021年2月的工作。") == []
    assert rows("2021年6月至9月期间的工作另行报告。") == []


def test_replies_received_by_a_day_are_reporting() -> None:
    assert rows("本文反映截至2021年4月2日和9日分别由11个和12个国家提供的信息。") == [
        ("2021-04-02", "", "reporting"),
        ("2021-04-09", "", "reporting"),
    ]


def test_a_bare_year_counts_only_with_something_held_or_published() -> None:
    assert rows("2021年，本处在秘鲁举行了两次会议。") == [("2021", "PER", "meeting")]
    assert rows("手册预计将于2021年出版。") == []
    assert rows("2021年的工作计划已获通过。") == []


def test_states_helped_together_stand_for_one_row_and_respectively_for_one_each() -> None:
    together = told("2021年3月，本处向秘鲁和智利的检察官提供了培训课程。").activities
    assert [(a.country, set(a.participants)) for a in together] == [("", {"PER", "CHL"})]
    assert [country for _, country, _ in rows("2021年3月，本处分别向秘鲁和智利提供了立法支持。")] == ["PER", "CHL"]


def test_people_from_states_and_givers_are_not_the_place() -> None:
    first = told("2021年3月，本处在秘鲁向来自智利和巴西的检察官提供了培训课程。").activities
    assert [(a.country, a.basis, set(a.participants)) for a in first] == [("PER", "PLACE", {"CHL", "BRA"})]
    assert rows("2021年3月，在挪威的支持下，本处在加纳举办讲习班。") == [("2021-03", "GHA", "workshop")]
    assert rows("2021年3月，本处参加了在日本财务省在蒙古组织的讲习班。") == [("2021-03", "MNG", "workshop")]


def test_as_many_cities_as_dates_pair_up() -> None:
    here = told("各机构于2021年6月和10月在日内瓦和东京举行了通报会。").activities
    assert [(when(a), a.country, a.city, a.basis) for a in here] == [
        ("2021-06", "CHE", "Geneva", "CITY"),
        ("2021-10", "JPN", "Tokyo", "CITY"),
    ]


def test_what_is_only_hoped_for_does_not_give_the_type() -> None:
    assert rows("2021年3月，本处在加纳举办了讲习班，旨在启动国家培训课程。") == [("2021-03", "GHA", "workshop")]
    assert rows("2021年3月，本处在加纳参加了题为“培训课程的未来”的会议。") == [("2021-03", "GHA", "meeting")]


def test_items_of_an_agenda_report_nothing() -> None:
    facts = told("3月1日，工作组通过了以下议程：", items=("组织事项；", "2021年9月会议所提建议的执行情况。"))
    assert [a.at for a in facts.activities] == []


def test_every_activity_names_its_rules_and_its_evidence() -> None:
    text = "会议先行。2021年3月，本处在加纳举办了讲习班。"
    (activity,) = told(text).activities
    assert activity.rule == "moment.month type.event.workshop place.place"
    assert text[activity.start : activity.end] == "2021年3月，本处在加纳举办了讲习班。"


def test_accession_in_brackets_belongs_to_the_state_in_them() -> None:
    assert rows("共有90个国家成为缔约国（帕劳于2021年加入）。") == [("2021", "PLW", "treaty_action")]


@given(
    st.lists(
        st.sampled_from(list("在于与向为和、，；。：（）“”《》年月日至 2021年3月同月秘鲁会议并随后截至")), max_size=60
    )
)
def test_any_text_is_read_without_error(pieces: list[str]) -> None:
    text = "".join(pieces)
    dates = [Mention("DATE", "2021-03", "1", at, at + 1, text[at : at + 1], "date.zh") for at in range(0, len(text), 7)]
    passages = [Passage("1", text, "PARAGRAPH")]
    for activity in extract(passages, dates, language="zh").activities:
        assert 0 <= activity.start <= activity.end <= len(text)


def test_a_heading_that_is_a_state_places_what_names_none() -> None:
    def placed(heading: str, text: str) -> list[tuple[str, str]]:
        return [(a.country, a.basis) for a in told(text, language="en", heading=heading).activities]

    assert placed("The Gambia", "In May 2031 the Office held a workshop.") == [("GMB", "HEADING")]
    assert placed("The Gambia", "In May 2031 the Office held a workshop in Ghana.") == [("GHA", "PLACE")]
    assert placed("Support to the Gambia and others", "In May 2031 the Office held a workshop.") == [("", "")]


def test_a_list_of_ways_after_a_colon_does_not_change_what_was_done() -> None:
    assert rows("2021年，本处以多种方式向该区域提供了技术援助：协助起草法律，举办审计讲习班，以及支持培训法官。") == [
        ("2021", "", "technical_assistance")
    ]


def test_what_is_written_for_others_is_published_not_help() -> None:
    assert rows("本处继续支持该工作组，在2021年还联合编写了一份关于追回资产的范围文件。") == [
        ("2021", "", "publication")
    ]


def test_a_guide_that_is_released_is_published_and_a_network_is_launched() -> None:
    assert rows("2021年5月，两机构发布了题为《档案入门》的指南。", "2021年6月，两机构启动了档案网络。") == [
        ("2021-05", "", "publication"),
        ("2021-06", "", "launch"),
    ]


def test_what_is_told_one_by_one_is_not_counted_once_more_as_a_sum() -> None:
    assert rows(
        "本处于2021年举办了三个审计讲习班。第一个讲习班是3月在基多举办的；第二个讲习班是5月在达喀尔举办的。"
    ) == [
        ("2021-03", "ECU", "workshop"),
        ("2021-05", "SEN", "workshop"),
    ]
    assert rows("2021年举行了两次网络会议。在肯尼亚举行的会议上讨论了引渡。在秘鲁举行的会议上交流了经验。") == [
        ("2021", "KEN", "meeting"),
        ("2021", "PER", "meeting"),
    ]
    assert rows("本处于2021年举办了三个讲习班。与会者对此表示欢迎。") == [("2021", "", "workshop")]


def test_an_event_without_a_place_is_told_of_the_state_that_the_sentence_before_worked_with() -> None:
    (here,) = told("本处与加纳审计署合作编写手册。2021年1月举行了第一次研讨会，讨论手册内容。").activities
    assert (here.country, here.basis) == ("GHA", "SENTENCE_BEFORE")
    assert rows("本处与加纳审计署合作编写手册。2021年1月举行了审计网络年会。") == [("2021-01", "", "meeting")]
    assert rows("本处与加纳和秘鲁审计署合作编写手册。2021年1月举行了第一次研讨会。") == [("2021-01", "", "seminar")]


def test_dates_and_states_told_respectively_pair_up() -> None:
    assert rows("本处于2021年3月和5月分别在加纳和秘鲁举办了讲习班。") == [
        ("2021-03", "GHA", "workshop"),
        ("2021-05", "PER", "workshop"),
    ]
    assert len(rows("本处于2021年3月和5月在加纳和秘鲁举办了讲习班。")) == len(("GHA", "PER")) * 2


def test_the_state_that_a_visit_goes_to_is_its_place() -> None:
    (here,) = told("2021年5月，本处组织智利法官赴西班牙考察访问。").activities
    assert (here.country, here.basis) == ("ESP", "PLACE")


def test_the_date_of_a_resolution_is_not_that_of_what_it_speaks_of() -> None:
    assert rows("大会在2021年5月3日第75/1号决议中决定召开会议。") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In the week of 10 March 2021, the Office held a workshop in Ghana."),
        ("en", "A workshop was held in Ghana in the week beginning on Monday, 8 March 2021."),
        ("zh", "秘书处在2021年3月10日当周在加纳举办了讲习班。"),
        ("fr", "Un atelier a été organisé au Ghana la semaine du 10 mars 2021."),
        ("es", "La semana del 10 de marzo de 2021 se celebró un taller en Ghana."),
        ("ru", "На неделе с 10 марта 2021 года в Гане был проведен семинар."),
    ],
)
def test_a_day_that_only_says_which_week_it_was_is_known_to_its_month(language: str, text: str) -> None:
    assert [(a.date_from, a.precision, a.country) for a in told(text, language=language).activities] == [
        ("2021-03", "MONTH", "GHA")
    ]
