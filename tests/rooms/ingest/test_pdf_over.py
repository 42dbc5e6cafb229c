"""Beside the lines of a PDF: justified columns, cut words, what lies over the pages."""

from tests.rooms.ingest.pdf_files import Words, column, field, pdf_file

from merida.exchange.ingest.decoding import decode


def test_justified_words_far_apart_do_not_break_two_columns() -> None:
    def justified(x: float, letter: str) -> list[Words]:
        return [
            (f"{letter}{letter}{line}{word}", x + 52 * word, 700 - 14 * line, 11)
            for line in range(8)
            for word in range(4)
        ]

    text = decode(pdf_file([*justified(72, "a"), *justified(330, "b")]), "a.pdf").text
    words = [word for word in text.split() if word[:2] in {"aa", "bb"}]
    assert words == [f"{letter}{letter}{line}{word}" for letter in "ab" for line in range(8) for word in range(4)]


def test_the_short_last_page_of_two_columns_is_read_as_the_one_before() -> None:
    left = [f"left column, line {n} of this long page" for n in range(8)]
    right = [f"right column, line {n} of this long page" for n in range(8)]
    first = [*column(left), *column(right, x=330)]
    last = [*column(["1. The end of the left side"]), *column(["2. The end of the right side"], x=330)]
    text = decode(pdf_file(first, last), "a.pdf").text
    assert "1. The end of the left side\n\n2. The end of the right side" in text


def test_a_word_cut_at_the_end_of_a_line_is_whole_again() -> None:
    lines = ["1. The authorities began to inves-", "tigate an anti-", "corruption case of the region-", "al court."]
    assert decode(pdf_file(column(lines)), "a.pdf").text.strip() == (
        "1. The authorities began to investigate an anti-corruption case of the regional court."
    )


def test_filled_in_fields_are_read_or_listed_and_remarks_listed() -> None:
    remark = b"<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (Please check this) >>"
    over = [field("country", "Sample State", drawn=True), field("hidden", "a secret answer", drawn=False), remark]
    found = decode(pdf_file(column(["1. A paragraph."]), over=over), "a.pdf")
    assert "Sample State" in found.text
    assert {(one.reason, one.text) for one in found.left_out} == {
        ("FORM_FIELD", "hidden: a secret answer"),
        ("REMARK", "Please check this"),
    }


def test_a_page_with_a_table_says_that_its_lines_were_read_across() -> None:
    rows = [
        (cell, x, 700 - 14 * line, 11) for line in range(6) for cell, x in (("Fiji", 72), ("2008", 200), ("yes", 400))
    ]
    codes = {notice.code: notice.message for notice in decode(pdf_file(column(["1. A text."]), rows), "a.pdf").notices}
    assert codes["READ_ACROSS"] == "Tables are read line by line, straight across their cells: page 2."
