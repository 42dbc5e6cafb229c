"""PDF files give the same structure as text, with pages; what has no text to read is named for what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rooms.ingest.pdf_files import Words, column, pdf_file
from tests.rooms.ingest.sample_reading import texts

from merida.exchange.ingest.decoding import decode
from merida.exchange.ingest.how_far import listening
from merida.exchange.ingest.pdf_layout import Piece, rows_of
from merida.exchange.ingest.reading import read
from merida.exchange.ingest.unreadable import UnreadableDocument

HEAD: list[Words] = [
    ("United Nations", 72, 800, 11), ("CAC/COSP/WG.4/2034/4", 400, 800, 11),
    ("Conference of the States Parties", 72, 780, 11), ("Distr.: General", 400, 780, 11),
    ("20 September 2034", 400, 767, 11), ("Original: English", 400, 754, 11),
]  # fmt: skip
FIRST = [
    "1. The Conference noted with appreciation the report of the Secretariat on the",
    "work carried out and asked that it be continued in the coming years, as far as",
    "resources allow.",
    "",
    "2. Fiji said that it had set up an office for the recovery of assets and that the",
    "first cases were before the courts, in which it had been helped by Palau and by",
]
SECOND = ["the Secretariat.", "", "3. The meeting closed with the thanks of the Chair to all who had taken part in it."]
NOTE: list[Words] = [("1", 72, 112, 6), ("See www.example.org/a.", 78, 109, 9)]
REPORT = pdf_file(
    [*HEAD, *column(FIRST, top=700), ("1", 134, 678, 6), *NOTE, ("1/2", 300, 40, 9)],
    [*column(SECOND), ("2/2", 300, 40, 9)],
)
LEFT = [
    "In the first column of the page there", "are lines that fill it from end to end", "and that go on in the next line, so the",
    "reading must not run across the gap to", "the second column, where other things", "are told about other States and their",
    "experience with the recovery of assets",
]  # fmt: skip
RIGHT = [
    "and this is where the sentence goes on", "after the last line of the first column", "as people read it, and not across both",
    "of them. The second column goes on for", "some lines about the return of assets", "to the States from which they had been",
    "taken in the years before the meeting.",
]  # fmt: skip


def refused(content: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as error:
        decode(content, "a.pdf")
    return error.value


def codes(content: bytes) -> dict[str, str]:
    return {notice.code: notice.message for notice in decode(content, "a.pdf").notices}


def test_masthead_paragraphs_and_notes_of_a_pdf() -> None:
    record = read(REPORT, "a.pdf")
    head = record.structure.masthead
    assert (head.symbol, head.date, head.original_language) == ("CAC/COSP/WG.4/2034/4", "2034-09-20", "en")
    assert {place: words for place, words in texts(record.structure).items() if place in "123"} == {
        "1": "The Conference noted with appreciation the report of the Secretariat on the work carried out and asked that "
        "it be continued in the coming years, as far as resources allow.",
        "2": "Fiji said that it had set up an office for the recovery of assets and that the first cases were before the "
        "courts, in which it had been helped by Palau and by the Secretariat.",
        "3": "The meeting closed with the thanks of the Chair to all who had taken part in it.",
    }
    assert [(note.number, note.text) for note in record.structure.footnotes] == [("1", "See www.example.org/a.")]


def test_every_paragraph_knows_the_page_that_it_begins_on() -> None:
    record = read(REPORT, "a.pdf")
    assert {p.number: record.page_of(p.line) for p in record.structure.paragraphs} == {"1": 1, "2": 1, "3": 2}
    assert {row["at"]: row["page"] for row in record.as_json()["paragraphs"]} == {"1": 1, "2": 1, "3": 2}
    assert read(b"1. No pages here.", "a.txt").page_of(1) == 0


def test_page_numbers_and_running_heads_are_left_out_and_listed() -> None:
    pages = [
        [("Sample Records", 72, 820, 9), *column([f"{n}. A text."], top=760), (f"{n}/4", 300, 40, 9)]
        for n in (1, 2, 3, 4)
    ]
    source = decode(pdf_file(*pages), "a.pdf")
    assert source.text.split("\n\n") == ["1. A text.", "2. A text.", "3. A text.", "4. A text.\n"]
    assert [entry.text for entry in source.left_out] == [
        text for n in (1, 2, 3, 4) for text in ("Sample Records", f"{n}/4")
    ]


def test_two_columns_are_read_one_after_the_other_and_said_so() -> None:
    title = ("A title over both of the columns of this page, printed large", 72, 800, 15)
    content = pdf_file([title, *column(LEFT), *column(RIGHT, x=320)])
    assert " ".join(decode(content, "a.pdf").text.split()) == " ".join([title[0], *LEFT, *RIGHT])
    assert codes(content)["TWO_COLUMNS"] == "Read as two columns: page 1."


def test_a_table_is_not_taken_for_two_columns() -> None:
    rows = [f"{name} and more" for name in ("Fiji", "Palau", "Tonga", "Samoa", "Nauru", "Niue", "Tuvalu")]
    content = pdf_file([*column(rows), *column(["2008"] * len(rows), x=320)])
    assert "Fiji and more   2008" in decode(content, "a.pdf").text
    assert "TWO_COLUMNS" not in codes(content)


def test_a_table_over_two_pages_keeps_every_row_in_order() -> None:
    rows = [("State", "Year"), ("Fiji", "2008"), ("Palau", "2009"), ("Tonga", "2010"), ("Samoa", "2011")]

    def printed(part: list[tuple[str, str]], top: float) -> list[Words]:
        return [
            (cell, x, top - 14 * line, 11)
            for line, row in enumerate(part)
            for cell, x in zip(row, (72, 320), strict=True)
        ]

    content = pdf_file(
        [("1. The table says when States joined.", 72, 780, 11), *printed(rows[:3], 740)],
        [*printed(rows[3:], 780), ("2. The text goes on after the table.", 72, 700, 11)],
    )
    found = read(content, "a.pdf").structure
    whole = " ".join(found.paragraphs[0].text.split())
    assert whole.endswith(" ".join(" ".join(row) for row in rows))
    assert [p.number for p in found.paragraphs] == ["1", "2"]


def test_a_scan_is_recognised_as_one() -> None:
    error = refused(pdf_file([], [], scans=(0, 1)))
    assert (error.code, error.where) == ("SCAN", "a.pdf")
    assert error.what.startswith("this is a scan: 2 of its 2 pages are pictures")


def test_pages_that_are_pictures_are_named_where_others_have_text() -> None:
    content = pdf_file(column(FIRST), [], [], column(SECOND), [], scans=(1, 2, 4))
    assert codes(content)["SCANNED_PAGES"] == "Pictures without a text layer, not read: page 2–3, 5."


def test_text_under_a_picture_is_a_text_layer() -> None:
    assert "SCANNED_PAGES" not in codes(pdf_file(column(FIRST), scans=(0,)))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf_file(column(FIRST), locked=True), "ENCRYPTED"),
        (pdf_file(column(FIRST))[:900], "BROKEN_PDF"),
        (b"%PDF-1.7\nrubbish", "BROKEN_PDF"),
        (pdf_file([]), "EMPTY"),
        (pdf_file([("\ue001\ue002\ue003\ue004\uf8f0", 72, 700, 11)]), "NO_LETTERS"),
    ],
)
def test_what_cannot_be_read_is_named(content: bytes, code: str) -> None:
    assert refused(content).code == code


def test_five_hundred_pages_are_read_and_too_many_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf_file(*[column([f"{n}. A paragraph."]) for n in range(1, 501)])
    record = read(content, "a.pdf")
    assert [(p.number, record.page_of(p.line)) for p in record.structure.paragraphs] == [
        (str(n), n) for n in range(1, 501)
    ]
    monkeypatch.setattr("merida.exchange.ingest.pdf_document.MOST_PAGES", 499)
    assert refused(content).what == "the PDF has 500 pages; at most 499 are read: hand it in in parts"


def test_chinese_goes_on_without_a_space_and_arabic_from_the_right() -> None:
    chinese = ["1. 缔约国会议第十届会议注意到秘书处关于预防腐败的报告，并请", "秘书处继续这项工作。"]
    assert decode(pdf_file(column(chinese, size=12)), "a.pdf").text.strip() == "".join(chinese)
    words = "مكافحة الفساد في الدول الأطراف"
    printed = words[::-1]  # as a page is drawn: the last letter stands first from the left
    assert decode(pdf_file(column([printed], size=12)), "a.pdf").text.strip() == words


@given(
    st.lists(
        st.builds(
            Piece,
            st.text(alphabet="abc مك中1 ", min_size=1, max_size=9),
            st.floats(0, 500),
            st.floats(501, 600),
            st.floats(0, 800),
            st.floats(1, 30),
        ),
        max_size=30,
    )
)
def test_no_letter_is_lost_or_told_twice(pieces: list[Piece]) -> None:
    rows, _ = rows_of(pieces)
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    found = sorted("".join(row.text for row in rows).translate(raised).replace(" ", ""))
    assert found == sorted("".join(piece.text for piece in pieces).replace(" ", ""))


def test_who_waits_for_a_long_file_hears_each_page_and_nobody_else_does() -> None:
    content = pdf_file(*(column([f"{number}. A paragraph of its own."]) for number in (1, 2, 3)))
    heard: list[tuple[int, int]] = []
    with listening(lambda done, pages: heard.append((done, pages))):
        decode(content, "a.pdf")
    decode(content, "a.pdf")
    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3)]
