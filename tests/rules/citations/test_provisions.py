"""Articles and chapters: down to the item, tied to the treaty that is meant, never a foreign law's."""

import pytest
from tests.rules.citations.reading_aids import keys, read

BOTH = "PROVISION CHAPTER"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《联合国反腐败公约》第14条", ["UNCAC 14"]),
        ("《联合国反腐败公约》第 9 条第 1 款", ["UNCAC 9(1)"]),
        ("《联合国反腐败公约》第四十六条第十三款", ["UNCAC 46(13)"]),
        ("《联合国反腐败公约》第十三条第一款第㈢项", ["UNCAC 13(1)(c)"]),
        ("《联合国反腐败公约》第 13 条第 1 款(c)项", ["UNCAC 13(1)(c)"]),
        ("《联合国反腐败公约》第 13 条第 1 (c) 款", ["UNCAC 13(1)(c)"]),
        ("《联合国反腐败公约》第十四条第一款和第二款", ["UNCAC 14(1)", "UNCAC 14(2)"]),
        ("《联合国反腐败公约》第七条、第八条和第十一条", ["UNCAC 7", "UNCAC 8", "UNCAC 11"]),
        ("《联合国反腐败公约》第十五条至第十八条", ["UNCAC 15", "UNCAC 16", "UNCAC 17", "UNCAC 18"]),
        ("《联合国反腐败公约》第七条第1至3款", ["UNCAC 7(1)", "UNCAC 7(2)", "UNCAC 7(3)"]),
        ("《联合国反腐败公约》第六十一条第二款（a）项及(b)项", ["UNCAC 61(2)(a)", "UNCAC 61(2)(b)"]),
        ("《联合国反腐败公约》第7条第1款第(一)项至第(三)项", ["UNCAC 7(1)(a)", "UNCAC 7(1)(b)", "UNCAC 7(1)(c)"]),
        ("《联合国反腐败公约》第 5、6 和 9 条", ["UNCAC 5", "UNCAC 6", "UNCAC 9"]),
        ("《联合国反腐败公约》措施（第七条第四款；及第八条第五款）", ["UNCAC 7(4)", "UNCAC 8(5)"]),
        ("《联合国反腐败公约》第二章、第三章和第五章", ["UNCAC chapter II", "UNCAC chapter III", "UNCAC chapter V"]),
        ("《联合国打击跨国有组织犯罪公约》第18条", ["UNTOC 18"]),
        ("《偷运移民议定书》第六条", ["UNTOC_SOM 6"]),
        ("《联合国反腐败公约》缔约国修订了《刑法典》第12条和第15条", []),
        ("《联合国反腐败公约》与该国宪法第三条", []),
        ("《联合国反腐败公约》第三和第四章", ["UNCAC chapter III", "UNCAC chapter IV"]),
        ("《联合国反腐败公约》第二、五章", ["UNCAC chapter II", "UNCAC chapter V"]),
        ("《联合国反腐败公约》和《联合国宪章》第七章", []),
        ("《联合国反腐败公约》第六十三条第七款及议事规则第 2 条第 2 款", ["UNCAC 63(7)", "RULES_OF_PROCEDURE 2(2)"]),
        ("没有提到任何条约的第九条", []),
        ("《联合国反腐败公约》审议；见本报告第三章和下文第二章", []),
        ("《联合国反腐败公约》审议；儿童权利公约第12条", []),
        ("《联合国反腐败公约》审议；根据公约第12条", ["UNCAC 12"]),
        ("《联合国反腐败公约》审议；第10条建议", []),
        ("《联合国反腐败公约》审议；还提到第一百二十五条", []),
        ("《联合国反腐败公约》审议；《议定书》第五条", []),
        ("《某地区渔业公约》第五条", []),
    ],
)
def test_chinese_articles_belong_to_the_instrument_that_is_named(text, expected):
    assert keys(BOTH, text) == expected


def test_the_convention_is_the_one_the_section_is_about():
    texts = (
        "《联合国打击跨国有组织犯罪公约》和《联合国反腐败公约》",
        "# 一 《有组织犯罪公约》",
        "《公约》第十八条",
        "# 二 腐败",
        "# 二.A 《联合国反腐败公约》",
        "《公约》第五十六条（第五条）",
        "# 二.A.1 工具",
        "第二章的规定",
    )
    assert keys(BOTH, *texts) == ["UNTOC 18", "UNCAC 56", "UNCAC 5", "UNCAC chapter II"]


def test_a_bare_convention_means_the_one_introduced_first():
    assert keys(BOTH, "《联合国反腐败公约》审议", "《公约》第九条；第十条") == ["UNCAC 9", "UNCAC 10"]


def test_that_convention_points_to_the_one_named_just_before():
    texts = ("《联合国反腐败公约》审议", "阿拉伯反腐败公约缔约国会议按照该《公约》第 33 条第 7 款建立机制")
    assert keys(BOTH, *texts) == ["ARABCAC 33(7)"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Firearms Protocol entered into force. The Conference was established under article 32 of the Convention."),
        ("fr", "Le Protocole relatif aux armes à feu est entré en vigueur. La Conférence est instituée par l’article 32 de la Convention."),
        ("fr", "Le Protocole contre la fabrication et le trafic illicites d’armes à feu, et l’article 32 de la Convention."),
        ("zh", "《枪支议定书》生效。缔约方会议由《公约》第三十二条设立。"),
    ],
)  # fmt: skip
def test_the_convention_beside_a_protocol_is_the_one_it_supplements(language, text):
    assert keys(BOTH, text, language=language) == ["UNTOC 32"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("article 9, paragraph 1, of the Convention", ["UNCAC 9(1)"]),
        ("article 13, paragraph 1 (c), of the Convention", ["UNCAC 13(1)(c)"]),
        ("paragraph 3 of article 6 of the Convention", ["UNCAC 6(3)"]),
        ("article 46, paragraphs 13 and 14", ["UNCAC 46(13)", "UNCAC 46(14)"]),
        ("article 7, paragraphs 1 to 3", ["UNCAC 7(1)", "UNCAC 7(2)", "UNCAC 7(3)"]),
        ("article 13, paragraph 1 (a) and (c)", ["UNCAC 13(1)(a)", "UNCAC 13(1)(c)"]),
        ("Article 46 (13)", ["UNCAC 46(13)"]),
        ("(art. 9 (2) and (3))", ["UNCAC 9(2)", "UNCAC 9(3)"]),
        ("(art. 7 (1) (a)–(c))", ["UNCAC 7(1)(a)", "UNCAC 7(1)(b)", "UNCAC 7(1)(c)"]),
        ("arts. 8 (2), 9 (1) and 10", ["UNCAC 8(2)", "UNCAC 9(1)", "UNCAC 10"]),
        ("articles 7, 8 and 11 of the Convention", ["UNCAC 7", "UNCAC 8", "UNCAC 11"]),
        ("articles 15 to 17", ["UNCAC 15", "UNCAC 16", "UNCAC 17"]),
        ("chapters III and IV of the Convention", ["UNCAC chapter III", "UNCAC chapter IV"]),
        ("Chapter VII of the Charter of the United Nations", []),
        ("article 12 of the Criminal Code", []),
        ("article 5 of the Protocol", []),
        ("article 5 of the OECD Convention", []),
        ("chapter II of the present report", []),
        ("article 125 was discussed", []),
        ("article 18 of the Organized Crime Convention", ["UNTOC 18"]),
        (
            "article 18 of the Organized Crime Convention and article 46 of the Convention against Corruption",
            ["UNTOC 18", "UNCAC 46"],
        ),
        ("rule 2, paragraph 2, of the rules of procedure", ["RULES_OF_PROCEDURE 2(2)"]),
    ],
)
def test_english_articles_belong_to_the_instrument_that_is_named(text, expected):
    assert (
        keys(BOTH, "The United Nations Convention against Corruption entered into force.", text, language="en")
        == expected
    )


def test_the_rule_and_the_printed_form_are_kept():
    found = read("《联合国反腐败公约》第九条和第十条")
    assert [(m.key, m.surface, m.rule) for m in found] == [
        ("UNCAC 9", "第九条", "provision.zh.list"),
        ("UNCAC 10", "第十条", "provision.zh.list"),
    ]
