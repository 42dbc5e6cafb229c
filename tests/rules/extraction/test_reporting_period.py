"""Activities told "in the reporting period": dated by the period that the document itself names, with that said."""

import pytest
from tests.rules.extraction.telling import rows, told, when

COVERS = "本报告介绍秘书处2031年5月至2032年4月期间开展的工作。"


def test_an_activity_of_the_period_has_the_days_of_the_period_and_says_so() -> None:
    (activity,) = told(COVERS, "在本报告所述期间，本处在加纳举办了讲习班。").activities
    assert (activity.at, when(activity), activity.precision) == ("2", "2031-05/2032-04", "PERIOD")
    assert (activity.country, activity.type, activity.rule.split()[0]) == ("GHA", "workshop", "moment.period")


def test_a_document_that_names_no_period_dates_nothing_by_it() -> None:
    assert rows("在本报告所述期间，本处在加纳举办了讲习班。") == []


def test_the_sentence_that_names_the_period_is_no_activity() -> None:
    assert rows("本文件介绍报告所述期间、即2031年5月至2032年4月，在加纳举办的讲习班。") == []


def test_sentences_without_a_date_share_the_period_that_opens_their_paragraph() -> None:
    told_of = rows(
        COVERS,
        "在本报告所述期间，本处支持了若干工作。本处在秘鲁举办了研讨会。本处继续努力。2031年8月，在智利举办了培训班。本处在巴西举办了研讨会。",
    )
    assert told_of == [("2031-05/2032-04", "PER", "seminar"), ("2031-08", "CHL", "training")]


@pytest.mark.parametrize(
    ("language", "covers", "said"),
    [
        (
            "en",
            "This report covers the period from May 2031 to April 2032.",
            "During the reporting period, the Office held a workshop in Ghana.",
        ),
        (
            "fr",
            "Le rapport porte sur la période de mai 2031 à avril 2032.",
            "Pendant la période considérée, un atelier a été organisé au Ghana.",
        ),
        (
            "es",
            "El informe abarca el período de mayo de 2031 a abril de 2032.",
            "En el período examinado se celebró un taller en Ghana.",
        ),
    ],
)
def test_the_period_in_other_languages(language: str, covers: str, said: str) -> None:
    assert rows(covers, said, language=language) == [("2031-05/2032-04", "GHA", "workshop")]


def test_during_a_month_is_a_time_and_since_a_month_is_none() -> None:
    assert rows("2031年8月间，本处在加纳举办了讲习班。") == [("2031-08", "GHA", "workshop")]
    assert rows("2031年8月以来，本处在加纳举办了讲习班。") == []


def test_rome_is_not_in_romania() -> None:
    (activity,) = told("2031年8月，本处在罗马尼亚举办了讲习班。").activities
    assert (activity.country, activity.city) == ("ROU", "")
    (there,) = told("2031年8月，本处在罗马举办了讲习班。").activities
    assert (there.country, there.city) == ("ITA", "Rome")


def test_a_resolution_adopted_at_a_session_is_told_before_what_it_sets_in_motion() -> None:
    text = "会议在2031年8月第三届会议通过的题为“档案保管”的第 3/4 号决议中决定启动筹备工作。"
    assert [type_ for _, _, type_ in rows(text)] == ["resolution_adopted"]


def test_support_to_negotiations() -> None:
    assert rows("2031年8月，本处为该文书的谈判工作提供了专家意见。") == [("2031-08", "", "negotiation_support")]
