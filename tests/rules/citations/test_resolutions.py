"""Resolutions and decisions: the body that adopted them, lists and ranges, operative paragraphs, six languages."""

import pytest
from tests.rules.citations.reading_aids import keys, read

UNCAC_ZH = "联合国反腐败公约缔约国会议"
UNTOC_ZH = "联合国打击跨国有组织犯罪公约缔约方会议"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((f"{UNCAC_ZH}通过了第8/8号决议。",), ["COSP 8/8"]),
        ((f"{UNCAC_ZH}通过了第 8/8 决议。",), ["COSP 8/8"]),
        ((f"{UNCAC_ZH}第 5/4 号、第 5/5 号和第 5/6 号决议",), ["COSP 5/4", "COSP 5/5", "COSP 5/6"]),
        ((f"{UNCAC_ZH}第8/1号至第8/4号决议",), ["COSP 8/1", "COSP 8/2", "COSP 8/3", "COSP 8/4"]),
        ((f"{UNTOC_ZH}在第 9/1 号决议中设立机制。",), ["CTOC COP 9/1"]),
        (("在第 9/1 号决议中，《打击跨国有组织犯罪公约》缔约国会议通过了规则。",), ["CTOC COP 9/1"]),
        (("大会第 73/191 号决议",), ["A/RES/73/191"]),
        (("根据安全理事会第 1244(1999)号决议",), ["S/RES/1244(1999)"]),
        (("根据第 2322 (2016) 号决议",), ["S/RES/2322(2016)"]),
        (("经济及社会理事会第 2018/244 号决定",), ["ECOSOC 2018/244"]),
        (("预防犯罪和刑事司法委员会开会。", "根据委员会关于措施的第 27/4 号决议"), ["CCPCJ 27/4"]),
        (("麻醉药品委员会第 61/2 号决议",), ["CND 61/2"]),
        (("大会第 S-32/1 号决议",), ["A/RES/S-32/1"]),
        ((f"{UNCAC_ZH}开会。", "工作组讨论了第 6/1 号决议。"), ["COSP 6/1"]),
        ((f"大会注意到{UNCAC_ZH}，大会又注意到第 8/3 号决议",), ["COSP 8/3"]),
        (("大会题为“审议缔约国会议的工作”的第 72/196 号决议",), ["A/RES/72/196"]),
        (("该决议和同一决议都没有编号。",), []),
        (("第 3/2 号文件和第 5/6 号法律",), []),
        (("第 8/8 号决议",), ["UNKNOWN 8/8"]),
    ],
)
def test_chinese_resolutions_carry_the_body_that_adopted_them(texts, expected):
    assert keys("RESOLUTION", *texts) == expected


def test_the_body_follows_the_convention_of_the_section():
    texts = (
        "# 一 《联合国打击跨国有组织犯罪公约》的工作",
        "根据第 9/1 号决议，缔约方会议设立机制。",
        "# 二 《联合国反腐败公约》的工作",
        "缔约国会议通过了第 7/4 号决议。",
    )
    assert keys("RESOLUTION", *texts) == ["CTOC COP 9/1", "COSP 7/4"]


def test_a_number_keeps_the_body_it_was_given_before():
    texts = (f"{UNCAC_ZH}通过了第 7/4 号决议。", "大会开会。预防犯罪和刑事司法委员会开会。", "根据第 7/4 号决议")
    assert keys("RESOLUTION", *texts) == ["COSP 7/4", "COSP 7/4"]


def test_decisions_and_operative_paragraphs_are_told_by_the_role():
    texts = (f"{UNCAC_ZH}第 8/8 号决议第 22 段，第 8/1 号决定，第 7/4 号决议第 3 至 5 段",)
    assert [(m.key, m.role) for m in read(*texts)] == [
        ("COSP 8/8", "§22"),
        ("COSP 8/1", "DECISION"),
        ("COSP 7/4", "§3-5"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "In its resolution 8/8, the Conference of the States Parties asked for it.", ["COSP 8/8"]),
        (
            "en",
            "resolutions 5/4, 5/5 and 5/6 of the Conference of the States Parties",
            ["COSP 5/4", "COSP 5/5", "COSP 5/6"],
        ),
        ("en", "Conference of the States parties resolutions 8/1 to 8/3", ["COSP 8/1", "COSP 8/2", "COSP 8/3"]),
        ("en", "General Assembly resolution 73/191", ["A/RES/73/191"]),
        ("en", "The Assembly recalled Security Council resolution 1244 (1999).", ["S/RES/1244(1999)"]),
        (
            "en",
            "See S/RES/1244 (1999), S/RES/1373(2001) and A/RES/2625 (XXV).",
            ["S/RES/1244(1999)", "S/RES/1373(2001)", "A/RES/2625(XXV)"],
        ),
        ("en", "Economic and Social Council decision 2018/244", ["ECOSOC 2018/244"]),
        ("en", "see A/RES/73/191 and E/RES/2018/15", ["A/RES/73/191", "ECOSOC 2018/15"]),
        ("en", "the same resolution of the Conference", []),
        ("fr", "Les résolutions 5/4 et 5/5 de la Conférence des États parties", ["COSP 5/4", "COSP 5/5"]),
        ("fr", "la résolution 73/191 de l’Assemblée générale", ["A/RES/73/191"]),
        ("es", "En su resolución 8/8, la Conferencia de los Estados Parte pidió", ["COSP 8/8"]),
        ("es", "la resolución 1244 (1999) del Consejo de Seguridad", ["S/RES/1244(1999)"]),
        ("ru", "в резолюциях 5/4, 5/5 и 5/6 Конференции государств-участников", ["COSP 5/4", "COSP 5/5", "COSP 5/6"]),
        ("ru", "в резолюции 73/191 Генеральной Ассамблеи", ["A/RES/73/191"]),
        ("ar", "قرار الجمعية العامة 73/191", ["A/RES/73/191"]),
        ("ar", "قرارات مؤتمر الدول الأطراف 5/4 و5/5 و5/6", ["COSP 5/4", "COSP 5/5", "COSP 5/6"]),
    ],
)
def test_resolutions_of_the_other_languages(language, text, expected):
    assert keys("RESOLUTION", text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The Conference of the States Parties recalled resolutions 6/1 of 6 November 2015 and 8/2 of 9 May 2019.",
        ),
        (
            "fr",
            "La Conférence des États parties a rappelé ses résolutions 6/1 du 6 novembre 2015 et 8/2 du 9 mai 2019.",
        ),
        ("es", "La Conferencia de los Estados Partes recordó sus resoluciones 6/1, de 6 de noviembre de 2015, y 8/2."),
        (
            "ru",
            "Конференция государств – участников напомнила резолюции 6/1 от 6 ноября 2015 года и 8/2 от 9 мая 2019 года.",
        ),
    ],
)
def test_dates_between_the_resolutions_of_a_list_do_not_end_it(language, text):
    assert keys("RESOLUTION", text, language=language) == ["COSP 6/1", "COSP 8/2"]


def test_a_resolution_in_arabic_digits_has_the_key_of_the_same_resolution():
    assert keys("RESOLUTION", "مؤتمر الدول الأطراف، في قراره ٣/٢", language="ar") == ["COSP 3/2"]


def test_a_list_may_mix_resolutions_and_decisions():
    found = read(f"{UNCAC_ZH}第8/1、8/2号决议以及第8/3号决定")
    assert [(m.key, m.role) for m in found] == [("COSP 8/1", ""), ("COSP 8/2", ""), ("COSP 8/3", "DECISION")]


@pytest.mark.parametrize(
    "text",
    [
        "In paragraph 22 of resolution 8/8 of the Conference of the States Parties",
        "The Conference of the States Parties, in its resolution 8/8, paragraph 22,",
    ],
)
def test_english_operative_paragraphs_stand_before_or_behind(text):
    assert [(m.key, m.role) for m in read(text, language="en")] == [("COSP 8/8", "§22")]


def test_every_mention_of_a_list_names_its_own_number():
    found = read(f"{UNCAC_ZH}第 5/4 号、第 5/5 号决议")
    assert [(m.surface, m.rule) for m in found] == [("5/4", "resolution.zh.list"), ("5/5", "resolution.zh.list")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Convention against Corruption: article 57, paragraph 3, as well as resolution 6/3 of the Conference of the States Parties"),
        ("en", "The Convention against Corruption: article 57, paragraph 3 (c) and resolution 6/3 of the Conference of the States Parties"),
        ("es", "La Convención contra la Corrupción: el artículo 57, párrafo 3 c), así como la resolución 6/3 de la Conferencia"),
        ("fr", "La Convention contre la corruption: l’article 57, paragraphe 3 c), ainsi que la résolution 6/3 de la Conférence"),
    ],
)  # fmt: skip
def test_a_paragraph_of_an_article_is_not_one_of_the_resolution_beside_it(language, text):
    assert [(m.key, m.role) for m in read(text, language=language) if m.kind == "RESOLUTION"] == [("COSP 6/3", "")]
