"""Bytes become text with proof, or an error that names the place."""

import pytest

from merida.exchange.ingest.decoding import decode
from merida.exchange.ingest.unreadable import UnreadableDocument

ZH = "缔约国会议决定设立工作组，就公约的执行情况提供咨询意见。各国提供了资料。\n" * 6
ZH_TRADITIONAL = "會議決定設立工作組，為締約國會議提供諮詢意見。各國報告了公約的執行情況。\n" * 6
RU = (
    "Конференция постановила учредить рабочую группу. Государства-участники представили сведения о принятых мерах.\n"
    * 6
)
AR = "قرر المؤتمر إنشاء فريق عامل لكي يقدم إليه المشورة. وقدمت الدول الأطراف معلومات عن التدابير المتخذة.\n" * 6
FR = "La Conférence a décidé de créer un groupe de travail. Les États parties ont présenté des renseignements.\n" * 6
ES = "La Conferencia decidió establecer un grupo de trabajo. También pidió más información sobre América Latina.\n" * 6


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (ZH, "utf-8", "utf-8"), (ZH, "utf-8-sig", "utf-8"), (ZH, "utf-16", "utf-16"), (RU, "utf-16-be", None), (ZH, "gb18030", "gb18030"),
        (ZH, "gb2312", "gb18030"), (ZH_TRADITIONAL, "big5", "big5"), (RU, "cp1251", "cp1251"), (RU, "koi8-r", "koi8-r"), (AR, "cp1256", "cp1256"),
        (FR, "cp1252", "cp1252"), (ES, "latin-1", "cp1252"), (RU, "iso8859-5", "iso8859-5"), (RU, "cp866", "cp866"), (AR, "iso8859-6", "iso8859-6"),
        ("La Comisión examinó el artículo 5º de la Convención.¹ Los países así lo decidieron en su reunión.¹\n", "cp1252", "cp1252"),
        ("Le Groupe de travail a examiné la situation des États parties et l’a jugée bonne.¹\n", "cp1252", "cp1252"),
        ("联合国\n1. 缔约国会议审议了加纳的报告。\n2. 会议注意到第8/8号决议。\n", "gb18030", "gb18030"),
    ],
)  # fmt: skip
def test_every_usual_encoding_is_read_to_the_same_text(text: str, encoding: str, found: str | None) -> None:
    content = text.encode(encoding) if found else b"\xfe\xff" + text.encode(encoding)
    source = decode(content, "a.txt")

    assert (source.text, source.encoding) == (text, found or "utf-16")


@pytest.mark.parametrize(("text", "encoding"), [(ZH, "gb18030"), (RU, "koi8-r"), (FR, "cp1252")])
def test_an_encoding_that_is_not_proved_is_stated_with_its_reason(text: str, encoding: str) -> None:
    notice = decode(text.encode(encoding), "a.txt").notices[0]

    assert (notice.code, notice.message.startswith(f"Read as {encoding}: no valid UTF-8, and ")) == ("ENCODING", True)


def test_a_proved_encoding_needs_no_notice() -> None:
    assert decode(ZH.encode(), "a.txt").notices == ()


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (b"", "EMPTY", "a.txt"), (b" \r\n\t\n", "EMPTY", "a.txt"), (b"\xef\xbb\xbf", "EMPTY", "a.txt"),
        (b"%PDF-1.7\n", "BROKEN_PDF", "a.txt"), (b"\xd0\xcf\x11\xe0rest", "BINARY", "a.txt, byte 0"),
        (b"line\nnext\x00line", "NUL", "a.txt, line 2, byte 9"), ("plain text".encode("utf-16-le"), "NUL", "a.txt, line 1, byte 1"),
        (ZH.encode()[:-2], "CUT_SHORT", "a.txt, line 6, byte 650"),
        (ZH.encode() + "会议".encode("gb18030"), "MIXED_ENCODING", "a.txt, line 7, byte 654"),
        (ZH.encode() + ZH.encode("gb18030"), "MIXED_ENCODING", "a.txt, line 7, byte 654"),
        (RU.encode("mac-cyrillic"), "UNKNOWN_ENCODING", "a.txt, line 1, byte 0"),
        (b"\xff\xfea\x00\x00\xd8\x00\x00", "MIXED_ENCODING", "a.txt, line 1, byte 4"),
        (b"caf\x81 and \xe9t\x8d\x8f\x90", "UNKNOWN_ENCODING", "a.txt, line 1, byte 3"),
        (b"\x01\x02\x03\x04" * 50, "BINARY", "a.txt, line 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(content: bytes, code: str, where: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        decode(content, "a.txt")

    assert (raised.value.code, raised.value.where) == (code, where)


def test_a_file_over_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(UnreadableDocument, match=r"a\.txt: the file has 3 MB; at most 2 MB are read"):
        decode(b"a" * (3 << 20), "a.txt", largest=2 << 20)


def test_direction_overrides_leave_the_text_and_are_named_with_their_line() -> None:
    source = decode("first line\nsafe \u202egnp.exe\u202c end\n".encode(), "a.txt")

    assert source.text == "first line\nsafe gnp.exe end\n"
    assert [(n.code, n.line) for n in source.notices] == [("DIRECTION_OVERRIDE", 2), ("DIRECTION_CONTROL", 2)]
    assert [(e.reason, e.text, e.line) for e in source.left_out] == [
        ("DIRECTION_OVERRIDE", "\u202e", 2),
        ("DIRECTION_CONTROL", "\u202c", 2),
    ]


def test_a_middle_dot_of_a_symbol_font_is_read_as_one() -> None:
    source = decode("拉乌尔\uf0d7沃伦".encode(), "a.txt")

    assert (source.text, [n.code for n in source.notices]) == ("拉乌尔·沃伦", ["PRIVATE_SYMBOL"])


def test_a_lost_character_stays_and_is_named() -> None:
    source = decode("会\ufffd议".encode(), "a.txt")

    assert (source.text, [(n.code, n.line) for n in source.notices]) == ("会\ufffd议", [("REPLACEMENT", 1)])


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x0c", "\x0b", "\x85"])
def test_all_line_ends_are_one(end: str) -> None:
    assert decode(f"1. a{end}2. b".encode(), "a.txt").text == "1. a\n2. b"


def test_arabic_letters_stored_by_their_printed_shapes_are_read_as_letters() -> None:
    source = decode("١- ﺣﻀﺮﺕ ﺍﻷﺭﺩﻥ ﻭﻣﺼـﺮ.".encode(), "a.txt")

    assert (source.text, [notice.code for notice in source.notices]) == ("١- حضرت الأردن ومصر.", ["PRINTED_SHAPES"])
