"""Lines of a PDF that run otherwise than from left to right: Arabic, letters from above, pages and notes that are turned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.ingest.pdf_files import Turned, Words, column, pdf_file

from merida.exchange.ingest.decoding import decode
from merida.exchange.ingest.pdf_right_to_left import as_read, one_glyph, with_brackets

SIZE = 12


def read_text(content: bytes) -> str:
    return " ".join(decode(content, "a.pdf").text.split())


@pytest.mark.parametrize("backwards", [False, True])
def test_arabic_is_read_from_the_right_however_its_words_are_stored(*, backwards: bool) -> None:
    words: list[Words] = [("فارطألا", 100, 780, 12), ("لودلا", 190, 780, 12), (".1", 256, 780, 12)]
    assert read_text(pdf_file(words[::-1] if backwards else words)) == "1. الدول الأطراف"


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("رارق 9/3 يف", "في 9/3 قرار"),
        (".2024 هينوي 30", "30 يونيه 2024."),
        ("نع UNODC WG.9 باتك", "كتاب UNODC WG.9 عن"),
        ("2023-2019 نم", "من 2019-2023"),
        ("CAC/COSP/2021/4", "CAC/COSP/2021/4"),
        ("12 30", "30 12"),
    ],
)
def test_numbers_and_latin_words_keep_their_own_order(shown: str, read: str) -> None:
    assert as_read(list(shown), from_right=True) == read


def test_an_arabic_name_in_an_english_line_is_read_from_the_right() -> None:
    assert as_read(list("The name ةهازن تيب of 3"), from_right=False) == "The name بيت نزاهة of 3"


def test_lam_stands_before_the_alif_that_it_is_joined_to() -> None:
    assert [one_glyph(pair) for pair in ("ال", "لا", "أل", "\u064eب")] == ["لا", "لا", "لأ", "ب\u064e"]


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ([")أ( البند"], ["(أ) البند"]),
        (["(أ) البند"], ["(أ) البند"]),
        (["الاتفاقية )UNCAC) في"], ["الاتفاقية (UNCAC) في"]),
        ([")أ( البند", "النص (وهو"], ["(أ) البند", "النص )وهو"]),
        (["Only (English", "lines)"], ["Only (English", "lines)"]),
    ],
)
def test_brackets_open_before_they_close(stored: list[str], read: list[str]) -> None:
    assert with_brackets(stored) == read


def test_upright_letters_from_above_are_read_column_by_column_from_the_right() -> None:
    lines = ("ABCDEFGHIJKLMNO", "PQRSTUVWXYZ.")
    page: list[Words] = [
        (letter, 500 - 20 * line, 780 - SIZE * at, SIZE)
        for line, text in enumerate(lines)
        for at, letter in enumerate(text)
    ]
    assert read_text(pdf_file(page)) == " ".join(lines)


@pytest.mark.parametrize(("degrees", "step"), [(90, 20), (270, -20)])
def test_a_page_that_is_turned_is_turned_back(degrees: int, step: int) -> None:
    texts = ["1. The first paragraph stands on a turned page.", "2. The second stands beside it."]
    up = 100 if degrees == 90 else 700
    page: list[Turned] = [(text, 300 + step * at, up, SIZE, degrees) for at, text in enumerate(texts)]
    assert read_text(pdf_file(page)) == " ".join(texts)


def test_a_stamp_across_the_page_is_left_out_and_listed() -> None:
    stamp: Turned = ("DRAFT of May", 200, 300, 40, 45)
    found = decode(pdf_file([*column(["1. A paragraph of the text, across which a stamp is set."]), stamp]), "a.pdf")
    assert found.text.strip() == "1. A paragraph of the text, across which a stamp is set."
    assert [(one.reason, one.text) for one in found.left_out] == [("TURNED_TEXT", "DRAFT of May")]


@given(
    st.lists(st.sampled_from(["a", "B", "م", "كـ", "1", "23", " ", ".", "/", "(", ")", "-"]), max_size=20),
    st.booleans(),
)
def test_nothing_is_lost_or_told_twice(shown: list[str], from_right: bool) -> None:
    assert sorted(as_read(shown, from_right=from_right)) == sorted("".join(shown))
