"""Pages that are pictures: what is recognised in them is read as text and said to be recognised."""

import shutil
import stat
import zlib

import pypdfium2 as pdfium
import pytest
from tests.rooms.ingest.pdf_files import column, pdf_file
from tests.rooms.ingest.test_pdf import FIRST, HEAD, REPORT

from merida.exchange.ingest import recognised_pages
from merida.exchange.ingest.reading import read
from merida.exchange.ingest.recognised_pages import Picture, picture_of, pieces_of
from merida.exchange.ingest.unreadable import UnreadableDocument

PAGE = Picture(b"", 2479, 3508, 300 / 72)
COLUMNS = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table(*lines: list[tuple[str, int, int]]) -> str:
    """Write words (text, left, confidence) as Tesseract prints them: each line 50 dots high, 80 below the one before."""
    rows = [COLUMNS]
    for number, line in enumerate(lines, 1):
        top = 300 + 80 * number
        rows.append(f"4\t1\t1\t1\t{number}\t0\t300\t{top}\t1800\t50\t-1\t")
        for place, (text, left, sure) in enumerate(line, 1):
            width = 22 * len(text)
            rows.append(f"5\t1\t1\t1\t{number}\t{place}\t{left}\t{top}\t{width}\t48\t{sure}\t{text}")
    return "\n".join([*rows, ""])


@pytest.fixture
def fresh():
    """Look for the program anew before and after a test."""
    for kept in (recognised_pages.program, recognised_pages.release, recognised_pages._installed):
        kept.cache_clear()
    yield
    for kept in (recognised_pages.program, recognised_pages.release, recognised_pages._installed):
        kept.cache_clear()


@pytest.fixture
def path(fresh, tmp_path, monkeypatch):
    """Return a folder that alone holds the programs of this machine."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(path, *, printed: str = "", fails: bool = False) -> None:
    """Put a Tesseract in the folder that prints a table, whatever it is given."""
    file = path / "tesseract"
    (path / "table.tsv").write_text(printed, encoding="utf-8")
    file.write_text(
        "#!/bin/sh\n"
        'case "$*" in\n'
        "--version) echo 'tesseract 9.9';;\n"
        "--list-langs) printf 'eng\\nfra\\nara\\n';;\n"
        "*'--psm 0'*) echo 'Script: Latin';;\n"
        f"*) {'exit 3' if fails else ''}\nwhile read -r line; do echo \"$line\"; done < '{path / 'table.tsv'}';;\n"
        "esac\n"
    )
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_words_of_a_line_are_one_piece_and_wide_gaps_part_them():
    pieces, sure = pieces_of(
        table([("United", 300, 90), ("Nations", 450, 96), ("CAC/COSP/1", 1600, 84)], [("Geneva", 300, 90)]), PAGE
    )

    assert [piece.text for piece in pieces] == ["United Nations", "CAC/COSP/1", "Geneva"]
    assert pieces[0].left == pytest.approx(72)
    assert pieces[0].base > pieces[2].base
    assert sure == pytest.approx(90)


def test_chinese_characters_are_joined_without_spaces():
    pieces, _ = pieces_of(table([("缔约", 300, 90), ("国", 350, 90), ("2021", 380, 90)]), PAGE)

    assert [piece.text for piece in pieces] == ["缔约国 2021"]


def test_a_table_that_makes_no_sense_gives_nothing():
    assert pieces_of("", PAGE) == ([], 0.0)
    assert pieces_of("5\tx\n5\n4\t\t\t", PAGE) == ([], 0.0)


def test_what_fills_the_rows_of_a_drawn_page_is_left_out():
    picture = picture_of(b"ab..cd..", width=2, height=2, stride=4, points=1)

    assert picture.dots == b"abcd"
    assert picture.as_file() == b"P5\n2 2\n255\nabcd"


def test_recognised_letters_are_read_and_said_to_be_recognised(path):
    words = ("3.", "Fiji", "and", "Palau", "reported", "on", "what", "they", "had", "done")
    starts = [300 + sum(22 * len(word) + 20 for word in words[:at]) for at in range(len(words))]
    program(path, printed=table(list(zip(words, starts, [92] * len(words), strict=True))))
    record = read(pdf_file([*HEAD, *column(FIRST, top=700)], [], scans=(1,)), "a.pdf")
    notices = {notice.code: notice.message for notice in record.structure.notices + record.notices}
    paragraphs = [(p.number, record.page_of(p.line), p.text) for p in record.structure.paragraphs]

    assert paragraphs[-1] == ("3", 2, "Fiji and Palau reported on what they had done")
    assert {mention.key for mention in record.mentions} >= {"FJI", "PLW"}
    assert "page 2 (tesseract 9.9, eng+fra, confidence 92 %)" in notices["RECOGNISED_PAGES"]
    assert "SCANNED_PAGES" not in notices


def test_a_program_that_fails_leaves_the_page_a_scan(path):
    program(path, fails=True)
    with pytest.raises(UnreadableDocument) as error:
        read(pdf_file([], scans=(0,)), "a.pdf")

    assert error.value.what.startswith("this is a scan: 1 of its 1 pages")


def test_without_the_program_a_scan_says_what_to_install(path):
    with pytest.raises(UnreadableDocument) as error:
        read(pdf_file([], scans=(0,)), "a.pdf")

    assert "install Tesseract beside merida" in error.value.what


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_the_program_reads_a_report_that_was_drawn(fresh):
    record = read(drawn(REPORT), "scan.pdf")

    assert record.structure.masthead.symbol == "CAC/COSP/WG.4/2034/4"
    assert [(p.number, record.page_of(p.line)) for p in record.structure.paragraphs] == [("1", 1), ("2", 1), ("3", 2)]
    assert "in which it had been helped by Palau and by the Secretariat." in record.structure.paragraphs[1].text


def drawn(file: bytes) -> bytes:
    """Return a PDF whose pages are pictures of the pages of another."""
    objects: dict[int, bytes] = {}
    kids = []
    for number, page in enumerate(pdfium.PdfDocument(file)):
        bitmap = page.render(scale=200 / 72, grayscale=True)
        picture = picture_of(
            bytes(bitmap.buffer), width=bitmap.width, height=bitmap.height, stride=bitmap.stride, points=842
        )
        packed, at = zlib.compress(picture.dots), 10 + 3 * number
        objects[at] = (
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        ) % (picture.width, picture.height, len(packed), packed)
        objects[at + 1] = b"<< /Length 28 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream"
        objects[at + 2] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I %d 0 R >> >> "
            b"/Contents %d 0 R >>" % (at, at + 1)
        )
        kids.append(b"%d 0 R" % (at + 2))
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in sorted(objects.items()))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Size 99 /Root 1 0 R >>\n%%EOF\n"
