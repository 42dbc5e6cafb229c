"""Names of States and organisations: longest match, false friends refused, words bounded in every script."""

import pytest
from tests.rules.citations.reading_aids import INDEX, keys, read

from merida.rules.citations.names import NameEntry, build_name_index, find_names

FALSE_FRIENDS = [
    ("zh", "支持发展中国家的努力", []),
    ("zh", "继续汇集良好做法国际信息", []),
    ("zh", "与一些拉美国家接触", []),
    ("zh", "提供英文、法文和西班牙文版本", []),
    ("zh", "会议用西班牙语举行", []),
    ("zh", "尼日利亚派团出席", ["NGA"]),
    ("zh", "尼日尔派团出席", ["NER"]),
    ("zh", "巴布亚新几内亚和赤道几内亚", ["PNG", "GNQ"]),
    ("zh", "几内亚比绍、几内亚", ["GNB", "GIN"]),
    ("zh", "南苏丹与苏丹", ["SSD", "SDN"]),
    ("zh", "印度尼西亚与印度", ["IDN", "IND"]),
    ("zh", "索马里与马里", ["SOM", "MLI"]),
    ("zh", "刚果和刚果民主共和国", ["COG", "COD"]),
    ("zh", "撒哈拉以南非洲和东南非洲", []),
    ("zh", "南非代表发言", ["ZAF"]),
    ("zh", "讲习班在墨西哥城举行", []),
    ("zh", "巴拿马城的课程由巴拿马主办", ["PAN"]),
    ("zh", "加勒比海地区各国", []),
    ("zh", "6月5日本组织举行会议，日本出席", ["JPN"]),
    ("zh", "约旦河流域", []),
    ("zh", "专家乍得·某某发言", []),
    ("zh", "重视公共道德国家方案", []),
    ("zh", "中国文化部与中国家庭", ["CHN"]),
    ("zh", "大不列颠及北爱尔兰联合王国", ["GBR"]),
    ("en", "Niger and Nigeria", ["NER", "NGA"]),
    ("en", "Papua New Guinea, Equatorial Guinea, Guinea-Bissau and Guinea", ["PNG", "GNQ", "GNB", "GIN"]),
    ("en", "a Nigerian delegation", []),
    ("en", "the Niger Delta and Lake Chad", []),
    ("en", "Mr. Jordan met Chad's minister", ["TCD"]),
    ("en", "a campus in Atlanta, Georgia", []),
    ("en", "Georgia's law", ["GEO"]),
    ("en", "Dominica; the Dominican Republic", ["DMA", "DOM"]),
    ("en", "South Sudan, Northern Ireland, Mexico City", ["SSD"]),
    ("en", "the Democratic Republic of the Congo and the Congo", ["COD", "COG"]),
    ("en", "KENYA, FRANCE and NIGERIA; UNITED STATES OF AMERICA", ["KEN", "FRA", "NGA", "USA"]),
    ("en", "PAPUA NEW GUINEA\nGuinea-Bissau\nGERMANY", ["PNG", "GNB", "DEU"]),
    ("en", "CHAD\nMr. Michael JORDAN\nMs. CHAD\nA. B. CHINA\nGEORGIA, Anna", ["TCD"]),
    ("en", "THE NIGER DELTA, LAKE CHAD, MEXICO CITY, NORTHERN IRELAND, NEW GUINEA", []),
    ("fr", "CÔTE D’IVOIRE, COTE D'IVOIRE, GUINEE", ["CIV", "CIV", "GIN"]),
    ("ru", "КЕНИЯ И РОССИЙСКАЯ ФЕДЕРАЦИЯ", ["KEN", "RUS"]),
    ("fr", "l’Allemagne, la Côte d’Ivoire et la Guinée-Bissau", ["DEU", "CIV", "GNB"]),
    ("fr", "le golfe de Guinée", []),
    ("es", "Papua Nueva Guinea y la República Dominicana", ["PNG", "DOM"]),
    ("ru", "в Кении, Российской Федерации и Соединенных Штатах Америки", ["KEN", "RUS", "USA"]),
    ("ru", "с Нигером и Нигерией, Объединенными Арабскими Эмиратами", ["NER", "NGA", "ARE"]),
    ("ar", "في مصر والأردن وللأردن", ["EGY", "JOR", "JOR"]),
    ("ar", "الدعم المالي", []),
    ("ar", "جنوب السودان والسودان", ["SSD", "SDN"]),
    ("ar", "بمصر ولنيجيريا", ["EGY", "NGA"]),
    ("ar", "مُؤْتَمَرٌ في مِصْر والسُّودان", ["EGY", "SDN"]),
    ("ar", "في عمّان وعَمَّان وعُمان", ["OMN"]),
    ("ar", "في مِصْرَ وفي الأُرْدُن", ["EGY", "JOR"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), FALSE_FRIENDS)
def test_only_the_states_that_are_named_are_found(language, text, expected):
    assert [match.code for match in find_names(text, index=INDEX, language=language)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("毒罪办与欧洲联盟委员会", ["UNODC", "EU"]),
        ("欧洲委员会反腐败国家集团", ["COE", "GRECO"]),
        ("20 国集团和20国集团", ["G20", "G20"]),
        ("亚太经合组织", ["APEC"]),
        ("贿赂问题工作组开会", ["OECD_WGB", "OECD"]),
        ("该办公室继续工作", []),
        ("与UNODC合作", ["UNODC"]),
    ],
)
def test_organisations_are_found_by_every_chinese_form_and_not_by_the_office(text, expected):
    assert keys("ORGANISATION", text) == expected


def test_the_european_union_and_the_council_of_europe_are_not_confused():
    assert keys(
        "ORGANISATION", "the European Commission, the European Union, the Council of Europe", language="en"
    ) == [
        "EU",
        "EU",
        "COE",
    ]


def test_a_state_inside_an_agencys_name_is_marked_as_inside():
    found = [(m.kind, m.key, m.role, m.rule) for m in read("德国国际合作局在德国举办会议")]
    assert found == [
        ("ORGANISATION", "GIZ", "", "name.organisation"),
        ("STATE", "DEU", "INSIDE_NAME", "name.inside"),
        ("STATE", "DEU", "", "name.state"),
    ]


def test_territories_are_kept_apart_from_states():
    assert [(m.kind, m.key) for m in read("香港和中国")] == [("TERRITORY", "HKG"), ("STATE", "CHN")]


def test_organisation_names_of_russian_are_found_in_every_case():
    text = "подготовлено Управлением Организации Объединенных Наций по наркотикам и преступности"
    assert keys("ORGANISATION", text, language="ru") == ["UNODC"]


def test_arabic_organisations_may_carry_article_and_preposition():
    assert keys("ORGANISATION", "مع إنتربول والإنتربول وبالإنتربول", language="ar") == ["INTERPOL"] * 3


def test_blocked_neighbours_of_the_data_are_respected():
    index = build_name_index([NameEntry("联盟", "ORGANISATION", "x", "zh", ("廉正",), ("队",))])
    assert [m.start for m in find_names("廉正联盟、联盟队、联盟", index=index, language="zh")] == [9]


def test_a_refused_long_name_does_not_hide_a_true_one_inside_it():
    index = build_name_index(
        [NameEntry("甲乙丙丁", "STATE", "AAA", "zh", (), ("戊",)), NameEntry("丙丁", "STATE", "BBB", "zh")]
    )
    assert [m.code for m in find_names("甲乙丙丁戊", index=index, language="zh")] == ["BBB"]


def test_an_unknown_language_is_served_by_all_names():
    assert [m.code for m in find_names("Kenya 与 肯尼亚", index=INDEX, language="xx")] == ["KEN", "KEN"]


def test_an_empty_index_finds_no_state():
    assert find_names("中国 Kenya", index=build_name_index([]), language="zh") == []


def test_a_short_form_that_the_document_defines_counts_from_there_on():
    found = [
        (m.at, m.surface, m.rule)
        for m in read("毒罪中心尚未定义", "联合国毒品和犯罪问题办公室（毒罪问题办）", "毒罪问题办举办讲习班")
    ]
    assert found == [
        ("2", "联合国毒品和犯罪问题办公室", "name.organisation"),
        ("2", "毒罪问题办", "name.short_form"),
        ("3", "毒罪问题办", "name.short_form"),
    ]


def test_a_bracket_that_is_no_short_form_is_not_learned():
    assert keys("ORGANISATION", "欧洲联盟（观察员）出席", "观察员发言") == ["EU"]
