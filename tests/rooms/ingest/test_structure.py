"""Headings, paragraphs, items and notes of documents in the family's shapes."""

import re

import pytest
from tests.rooms.ingest.sample_reading import headings, sample, sample_text, texts

from merida.exchange.ingest.reading import structure_of
from merida.exchange.ingest.record import Structure


def numbers(structure: Structure) -> list[str]:
    return [p.number for p in structure.paragraphs if p.number]


@pytest.mark.parametrize(
    ("name", "last"),
    [("zh_background", 10), ("zh_report", 12), ("zh_wrapped", 9), ("en_report", 11), ("fr_note", 4), ("es_note", 4), ("ru_note", 4), ("ar_note", 4)],
)  # fmt: skip
def test_paragraphs_run_without_a_gap_past_headings_and_agendas_with_the_same_digits(name: str, last: int) -> None:
    assert numbers(sample(name)) == [str(n) for n in range(1, last + 1)]


def test_four_levels_of_chinese_headings_with_unnumbered_ones() -> None:
    assert headings(sample("zh_background")) == [
        (1, "一", "引言", "1"),
        (1, "二", "开展的工作", "3"),
        (2, "A", "总体情况", "3"),
        (3, "1", "收集资料", "3"),
        (3, "2", "《样本公约》第二章的执行情况", "4"),
        (2, "B", "技术援助", "6"),
        (3, "", "新提出的请求", "6"),
        (3, "1", "讲习班", "7"),
        (4, "(a)", "区域讲习班", "7"),
        (4, "(b)", "国家讲习班", "8"),
        (1, "三", "结论", "9"),
    ]


def test_headings_of_a_hard_wrapped_file_are_whole() -> None:
    assert headings(sample("zh_wrapped"))[5:] == [
        (
            1,
            "三",
            "缔约国会议题为“样本档案的保存”的第 31/2 号决议和工作组 2032 年 4 月举行的会议商定的建议的执行情况",
            "7",
        ),
        (3, "㈠", "档案的编目（《样本公约》第十四条第二款第㈢项和第十五条，以及有关的决议和建议）", "7"),
        (3, "㈡", "档案的开放", "8"),
        (1, "四", "通过报告", "9"),
    ]


def test_english_headings_with_roman_numerals_and_a_summary() -> None:
    assert headings(sample("en_report")) == [
        (0, "", "Summary", ""),
        (1, "I", "Introduction", "1"),
        (1, "II", "Organization of the meeting", "3"),
        (2, "A", "Opening of the meeting", "3"),
        (2, "B", "Adoption of the agenda", "4"),
        (2, "C", "Attendance", "5"),
        (1, "III", "Implementation", "9"),
        (3, "1", "Cataloguing", "9"),
        (3, "2", "Access to records", "10"),
        (4, "", "General discussion", "10"),
        (1, "IV", "Adoption of the report", "11"),
    ]


@pytest.mark.parametrize(
    ("name", "marks"),
    [("fr_note", ["I", "II", "A", "B"]), ("es_note", ["I", "II", "A", "B"]), ("ru_note", ["I", "II", "A", "B"]), ("ar_note", ["أولاً", "ثانياً", "ألف", "باء"])],
)  # fmt: skip
def test_headings_in_the_other_languages(name: str, marks: list[str]) -> None:
    assert [(h.number, h.level) for h in sample(name).headings] == list(zip(marks, [1, 1, 2, 2], strict=True))


def test_places_of_headings_are_their_path() -> None:
    assert [h.at for h in sample("zh_background").headings][5:10] == [
        "h:二.B",
        "h:二.B(u1)",
        "h:二.B.1",
        "h:二.B.1(a)",
        "h:二.B.1(b)",
    ]


def test_a_heading_number_repeated_by_mistake_gets_a_place_of_its_own() -> None:
    text = "一. 引言\n\nA. 背景\n\n1. 工作组举行了会议。\n\nA. 经过\n\n2. 会议通过了议程。\n"

    assert [(h.number, h.at) for h in structure_of(text).headings] == [
        ("一", "h:一"),
        ("A", "h:一.A"),
        ("A", "h:一.A(2)"),
    ]


def test_a_heading_that_carries_the_next_number_is_no_paragraph() -> None:
    text = (
        "一. 引言\n\n1. 授权\n\n1. 工作组是去年设立的。\n\n2. 经过\n\n2. 会议讨论了两个项目。\n\n3. 会议通过了报告。\n"
    )

    assert (numbers(structure_of(text)), [h.title for h in structure_of(text).headings]) == (
        ["1", "2", "3"],
        ["引言", "授权", "经过"],
    )


def test_nested_agenda_inside_a_paragraph() -> None:
    assert [item.at for item in sample("en_report").paragraphs[4].items] == [
        "4(1)", "4(1)(a)", "4(1)(b)", "4(2)", "4(2)(a)", "4(2)(a)(i)", "4(2)(a)(ii)", "4(2)(b)", "4(3)", "4(4)",
    ]  # fmt: skip


def test_an_agenda_that_counts_up_to_the_next_paragraph_number() -> None:
    items = {p.number: [item.text for item in p.items if item.depth == 1] for p in sample("zh_report").paragraphs}

    assert items["5"] == ["组织事项：", "档案的编目和开放：", "今后的工作。", "其他事项。", "通过报告。"]


def test_lettered_items_with_and_without_a_dash_before_them() -> None:
    found = texts(sample("zh_report"))

    assert [found["2(a)"], found["3(b)"]] == ["就档案的保存提供咨询意见；", "档案的开放（第九条和第十条）。"]


def test_a_dash_list_stays_in_its_paragraph() -> None:
    assert (
        texts(sample("zh_background"))["5"]
        == "一些国家还说明了遇到的困难：\n- 缺少经过培训的人员\n- 设备陈旧\n- 经费不足"
    )


@pytest.mark.parametrize(
    ("name", "place", "text"),
    [
        ("zh_background", "7", "秘书处于2031年9月举办了一次区域讲习班，四十名档案人员参加了讲习班，其中包括来自六个内陆国家的人员。讲习班的材料可在网上查阅。"),
        ("zh_background", "8", "国家讲习班按照请求举办。与会者查阅了国家档案数据库的演示版本。"),
        ("zh_report", "10", "主席介绍了背景说明(CAC/COSP/WG.4/2034/2)。所有意见均可在线查阅。发言者们认为编目是开放档案的前提，并指出了在没有统一标准的情况下编目工作所遇到的困难。"),
        ("en_report", "1", "In its resolution 31/2, the Conference decided to establish an open-ended working group on sample records to advise and assist the Conference in the implementation of its mandate."),
        ("en_report", "9", "The Chair introduced the item. Documents had been placed on the web page of the Working Group. Several speakers noted that cataloguing was a condition of access, and that it needed anti-corruption safeguards. The need for anti-corruption safeguards was stressed by others as well."),
    ],
)  # fmt: skip
def test_text_cut_by_a_page_or_a_line_is_whole_again(name: str, place: str, text: str) -> None:
    assert texts(sample(name))[place] == text


def test_a_symbol_cut_at_a_line_end_has_no_space_in_it() -> None:
    lines = [
        "1. 秘书处介绍了会议文件，其中一份是关于档案编目的背景文件（CAC/COSP/WG.4/ ",
        "2033/2），另一份是关于档案开放的背景文件。这些文件都张贴在工作组的专题网站",
        "上，供各国在会议之前查阅。发言者们对秘书处编写这些文件表示赞赏，并就今后的",
        "工作提出了若干建议，其中一项建议是编写一份关于电子档案的说明，供下届会议审",
        "议。 ",
    ] * 2
    text = "\n\n".join(lines).replace("1. ", "2. ").replace("2. ", "1. ", 1)

    assert "（CAC/COSP/WG.4/2033/2），" in texts(structure_of(text))["1"]


def test_a_character_that_ends_one_word_and_begins_the_next_is_kept() -> None:
    text = "1. 各国在会议上介绍了本国\n\n国家档案馆的工作。\n\n2. 会议注意到本国的经验。\n\n3. 会议结束。\n"

    assert texts(structure_of(text))["1"] == "各国在会议上介绍了本国国家档案馆的工作。"


def test_running_heads_and_page_numbers_are_out_of_the_text_and_listed() -> None:
    left_out = [(e.reason, e.text.split()[0]) for e in sample("en_report").left_out if e.reason == "RUNNING_HEAD"]

    assert left_out == [
        ("RUNNING_HEAD", "CAC/COSP/WG.4/2034/4"), ("RUNNING_HEAD", "2/3"), ("RUNNING_HEAD", "CAC/COSP/WG.4/2034/4"), ("RUNNING_HEAD", "V.34-01234"),
    ]  # fmt: skip


def test_addresses_left_at_the_foot_of_a_page_are_listed_apart() -> None:
    assert sample("zh_wrapped").page_foot_urls == (
        "http://undocs.org/ch/CAC/COSP/WG.4/2033/2", "http://undocs.org/ch/CAC/COSP/WG.4/2033/3", "http://undocs.org/ch/www.example.org/",
    )  # fmt: skip


def test_link_marks_of_a_converter_are_taken_out_of_the_text() -> None:
    structure = structure_of("1. 见 [CAC/COSP/2031/5](#) 和 <http://example.org/a> 网站。\n\n2. 完。\n")

    assert texts(structure)["1"] == "见 CAC/COSP/2031/5 和 http://example.org/a 网站。"
    assert [e.text for e in structure.left_out] == ["[](#)", "<>"]


def test_a_figure_caption_is_neither_heading_nor_paragraph() -> None:
    structure = structure_of(
        "1. 参加者不断增加（见图 1）。\n\n图一\n\n参加一个或两个机制的国家数目\n\n2. 会议注意到这一情况。\n"
    )

    assert ([(c.text, c.after) for c in structure.captions], structure.headings) == (
        [("图一\n参加一个或两个机制的国家数目", "1")],
        (),
    )


def test_a_summary_before_the_first_heading_keeps_its_text() -> None:
    assert [(p.at, p.text) for p in sample("en_report").paragraphs if not p.number] == [
        ("summary", "The present report describes what the Working Group did at its fourth session. It was prepared by the Secretariat.")
    ]  # fmt: skip


def test_a_document_without_numbers_is_kept_and_says_so() -> None:
    structure = sample("en_unnumbered")

    assert [p.at for p in structure.paragraphs] == ["u1", "u2", "u3", "u4"]
    assert [(h.title, h.first_paragraph) for h in structure.headings] == [("Access", "u3")]
    assert [n.code for n in structure.notices] == ["NO_NUMBERED_PARAGRAPHS"]


def test_a_missing_paragraph_is_named() -> None:
    structure = structure_of(
        "1. 会议于星期一开幕。\n\n2. 会议通过了议程。\n\n4. 会议于星期五闭幕，与会者向东道国表示感谢。\n\n5. 报告获得通过。\n"
    )

    assert numbers(structure) == ["1", "2", "4", "5"]
    assert [(n.code, n.message, n.line) for n in structure.notices] == [
        ("PARAGRAPH_MISSING", "No paragraph 3 was found.", 5)
    ]


def test_an_annex_counts_anew() -> None:
    text = "一. 引言\n\n1. 会议通过了指南。\n\n附件一\n\n指南\n\n1. 各国应当保存档案。\n\n2. 各国应当开放档案。\n"

    assert [p.at for p in structure_of(text).paragraphs] == ["1", "annex:1", "annex:2"]


@pytest.mark.parametrize(
    ("before", "after"), [("一. ", "一、"), ("A. ", "A．"), ("1. ", "1．"), ("(a) ", "（a）"), ("\n- ", "\n• ")]
)
def test_other_forms_of_the_same_marks_make_no_difference(before: str, after: str) -> None:
    changed = ("\n" + sample_text("zh_background")).replace(f"\n{before.lstrip()}", f"\n{after.lstrip()}")

    assert headings(structure_of(changed)) == headings(sample("zh_background"))
    assert texts(structure_of(changed)) == texts(sample("zh_background"))


@pytest.mark.parametrize("name", ["zh_background", "zh_report", "en_report"])
def test_more_empty_lines_make_no_difference(name: str) -> None:
    widened = sample_text(name).replace("\n\n", "\n\n\n\n")

    assert headings(structure_of(widened)) == headings(sample(name))
    assert texts(structure_of(widened)) == texts(sample(name))


def wrapped(text: str, width: int, *, doubled: bool) -> str:
    """A document as a converter prints it: lines cut at a width (Chinese counts double), with or without empty lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        current, size = "", 0
        for character in line:
            columns = 2 if character > "\u2e7f" else 1
            if size + columns > width:
                lines.append(current)
                current, size = "", 0
            current, size = current + character, size + columns
        if current or not doubled:
            lines.append(current)
    return ("\n\n" if doubled else "\n").join(lines)


def without_spaces(structure: Structure) -> tuple[object, ...]:
    """What a wrapped file must have in common with the plain one (spaces at line ends are lost in it)."""
    titles = [(h.level, h.number, h.title.replace(" ", ""), h.first_paragraph) for h in structure.headings]
    notes = [(f.number, f.called_in, f.text.replace(" ", "")) for f in structure.footnotes]
    return {at: text.replace(" ", "") for at, text in texts(structure).items()}, titles, notes


@pytest.mark.parametrize("name", ["zh_background", "zh_report"])
@pytest.mark.parametrize(("width", "doubled"), [(72, False), (72, True), (60, True), (84, False)])
def test_wrapping_a_file_makes_no_difference(name: str, width: int, *, doubled: bool) -> None:
    text = sample_text(name)
    more = "秘书处还就此编写了一份详细的说明，并请各国在下届会议之前提出书面意见，以便列入最后报告。"
    longer = re.sub(r"(?m)^(\d+\. .*。)$", rf"\1{more}", text)

    assert without_spaces(structure_of(wrapped(longer, width, doubled=doubled))) == without_spaces(structure_of(longer))


def test_a_hyphen_before_a_capital_joins_two_words() -> None:
    text = "I. Введение\n\n1. Участвовали Лаосская Народно-\nДемократическая Республика и Чад.\n\n2. Другие не участво-\nвали.\n"

    assert [p.text for p in structure_of(text).paragraphs] == [
        "Участвовали Лаосская Народно-Демократическая Республика и Чад.",
        "Другие не участвовали.",
    ]
