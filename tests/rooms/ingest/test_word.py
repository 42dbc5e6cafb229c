"""Word files give the same structure as text, and a broken or hostile one gives a clear error."""

import pytest
from tests.rooms.ingest.sample_reading import headings, texts
from tests.rooms.ingest.word_files import NAMESPACES, archive, call, paragraph, run, table, word_file

from merida.exchange.ingest.decoding import Source, decode
from merida.exchange.ingest.reading import structure_of
from merida.exchange.ingest.record import Structure
from merida.exchange.ingest.unreadable import UnreadableDocument


def structure(content: bytes) -> Structure:
    return structure_of(decode(content, "a.docx").text)


REPORT = word_file(
    table(("United Nations", "CAC/COSP/WG.4/2034/4")),
    table(("Conference of the States Parties", "Distr.: General"), ("", "20 September 2034"), ("", "Original: English")),
    paragraph("Open-ended Working Group on Sample Records"),
    paragraph("Fourth session"),
    paragraph("Vienna, 6–8 September 2034"),
    paragraph("Report of the Secretariat"),
    paragraph("Introduction", number=(2, 0)),
    paragraph(run("The Conference set up a working group") + call(1) + run(" on records."), number=(1, 0)),
    paragraph("The Working Group was:", style="NumberedTight"),
    paragraph("To advise the Conference;", number=(1, 1)),
    paragraph("To report to it.", number=(1, 1)),
    paragraph("Meetings", number=(2, 0)),
    paragraph("Opening", number=(2, 1)),
    paragraph(run("The meeting was opened ") + f'<w:del>{run("late ")}</w:del><w:ins>{run("on time ")}</w:ins>' + run("by the Chair.") + call(2), number=(1, 0)),
    table(("State", "Year"), ("Fiji", "2008"), ("Palau", "2009")),
    paragraph("The meeting closed.", number=(1, 0)),
    notes={1: "See www.example.org/a.", 2: "A second note."},
    header="CAC/COSP/WG.4/2034/4",
)  # fmt: skip


def test_list_numbers_that_word_does_not_store_are_read() -> None:
    found = texts(structure(REPORT))

    assert {place: found[place] for place in ("1", "2", "2(a)", "2(b)", "3", "4")} == {
        "1": "The Conference set up a working group on records.",
        "2": "The Working Group was:",
        "2(a)": "To advise the Conference;",
        "2(b)": "To report to it.",
        "3": "The meeting was opened on time by the Chair.",
        "4": "The meeting closed.",
    }


def test_numbered_headings_of_word() -> None:
    assert headings(structure(REPORT)) == [
        (1, "I", "Introduction", "1"),
        (1, "II", "Meetings", "3"),
        (2, "A", "Opening", "3"),
    ]


@pytest.mark.parametrize("style", ["Berschrift3", "Section", "SectionTight"])
def test_a_heading_that_counts_as_paragraphs_do_is_one_by_its_style(style: str) -> None:
    content = word_file(
        paragraph("I. Records"),
        paragraph("1. Keeping of records", style=style),
        paragraph("1. Records were kept in good order throughout the year."),
        paragraph("2. Use of records", style=style),
        paragraph("2. Records were used."),
        paragraph("The list was:"),
        paragraph("(a) Records of courts"),
        paragraph("3. Loss of records", style=style),
        paragraph("3. None was lost."),
    )
    found = structure(content)

    assert headings(found) == [
        (1, "I", "Records", "1"),
        (3, "1", "Keeping of records", "1"),
        (3, "2", "Use of records", "2"),
        (3, "3", "Loss of records", "3"),
    ]
    assert [p.number for p in found.paragraphs] == ["1", "2", "3"]


def test_notes_and_tracked_changes_inside_a_table() -> None:
    change = f"<w:del>{run('2007')}</w:del><w:ins>{run('2008')}</w:ins>"
    row = f"<w:tr><w:tc>{paragraph(run('Fiji') + call(1))}</w:tc><w:tc>{paragraph(run('in ') + change)}</w:tc></w:tr>"
    content = word_file(
        paragraph("1. The table says when."),
        f"<w:tbl><w:tblPr/>{row}<w:tr><w:tc>{paragraph('Palau')}</w:tc><w:tc>{paragraph('in 2009')}</w:tc></w:tr></w:tbl>",
        paragraph(run("2. The text goes on.") + call(2)),
        notes={1: "As printed.", 2: "A second note."},
    )
    source = decode(content, "a.docx")
    found = structure_of(source.text)

    assert texts(found) == {
        "1": "The table says when.",
        "t1": "Fiji | in 2008\nPalau | in 2009",
        "2": "The text goes on.",
    }
    assert [(f.number, f.called_in, f.text) for f in found.footnotes] == [
        ("1", "t1", "As printed."),
        ("2", "2", "A second note."),
    ]
    assert [(e.reason, e.text) for e in source.left_out] == [("TRACKED_DELETION", "2007")]


def test_footnotes_of_word_are_tied_exactly() -> None:
    found = structure(REPORT)

    assert [(f.number, f.called_in, f.text) for f in found.footnotes] == [
        ("1", "1", "See www.example.org/a."),
        ("2", "3", "A second note."),
    ]
    assert [(c.note, c.start) for c in found.paragraphs[0].calls] == [
        ("1", len("The Conference set up a working group"))
    ]


def test_the_masthead_stands_in_tables() -> None:
    head = structure(REPORT).masthead

    assert (head.symbol, head.date, head.distribution, head.session, head.body) == (
        "CAC/COSP/WG.4/2034/4", "2034-09-20", "General", "4", "Open-ended Working Group on Sample Records",
    )  # fmt: skip


def test_a_table_in_the_body_is_a_text_of_its_own() -> None:
    assert [(p.at, p.text) for p in structure(REPORT).paragraphs if not p.number] == [
        ("t1", "State | Year\nFiji | 2008\nPalau | 2009")
    ]


def test_deletions_and_page_headers_are_left_out_and_listed() -> None:
    source = decode(REPORT, "a.docx")

    assert [(e.reason, e.text) for e in source.left_out] == [
        ("TRACKED_DELETION", "late "),
        ("PAGE_HEADER", "CAC/COSP/WG.4/2034/4"),
    ]


def test_moved_text_boxes_fields_and_alternatives_are_read_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{paragraph('2. In a box.')}</w:txbxContent></wps:txbx>"
    content = word_file(
        paragraph(
            run("1. Moved ") + f"<w:moveFrom>{run('here ')}</w:moveFrom><w:moveTo>{run('there ')}</w:moveTo>"
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>once</w:t><w:noBreakHyphen/><w:t>only.</w:t></w:r>"
            f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        ),
        f"<w:sdt><w:sdtContent>{paragraph('3. In a control.')}</w:sdtContent></w:sdt>",
    )  # fmt: skip

    assert texts(structure(content)) == {"1": "Moved there once-only.", "2": "In a box.", "3": "In a control."}


def test_an_entity_or_document_type_is_refused() -> None:
    hostile = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {NAMESPACES}><w:body>{paragraph("&x;")}</w:body></w:document>'

    with pytest.raises(UnreadableDocument) as raised:
        decode(archive({"word/document.xml": hostile.encode()}), "a.docx")
    assert (raised.value.code, raised.value.where) == ("NOT_A_DOCUMENT", "a.docx, word/document.xml")


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (REPORT[: len(REPORT) // 2], "BROKEN_ARCHIVE", "a.docx"),
        (archive({"word/document.xml": b"<w:document"}), "BROKEN_ARCHIVE", "a.docx, word/document.xml"),
        (archive({"xl/workbook.xml": b"<x/>"}), "NOT_A_DOCUMENT", "a.docx"),
        (word_file(paragraph("1. a"), extra={"word/media/image1.bin": bytes(30 << 20)}), "ZIP_BOMB", "a.docx, word/media/image1.bin"),
        (archive({"word/document.xml": b"<x/>"} | {f"m{n}": b"" for n in range(2100)}), "ZIP_BOMB", "a.docx"),
        (word_file(paragraph("")), "EMPTY", "a.docx"),
    ],
)  # fmt: skip
def test_broken_and_hostile_archives_are_refused(content: bytes, code: str, where: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        decode(content, "a.docx")

    assert (raised.value.code, raised.value.where) == (code, where)


def test_a_member_with_broken_bytes_is_named() -> None:
    content = bytearray(word_file(paragraph("1. " + "The meeting was opened. " * 50)))
    start = content.index(b"word/document.xml") + 60
    content[start : start + 8] = bytes(8)

    with pytest.raises(UnreadableDocument) as raised:
        decode(bytes(content), "a.docx")
    assert (raised.value.code, raised.value.where) == ("BROKEN_ARCHIVE", "a.docx, word/document.xml")


def controlled(inner: str) -> str:
    """A content control around rows, cells or paragraphs."""
    return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def cell(*blocks: str) -> str:
    """A cell of blocks."""
    return f"<w:tc>{''.join(blocks)}</w:tc>"


def read_after_first(*blocks: str, extra: dict[str, bytes] | None = None) -> Source:
    return decode(word_file(paragraph("A paragraph.", number=(1, 0)), *blocks, extra=extra), "a.docx")


def lines_after_first(*blocks: str) -> list[str]:
    return [line.removeprefix("\ufdd2") for line in read_after_first(*blocks).text.splitlines() if line][1:]


def test_rows_and_cells_in_content_controls_are_read_and_deleted_rows_are_not() -> None:
    row = f"<w:tr>{cell(paragraph('Fiji'))}{controlled(cell(paragraph('2008')))}</w:tr>"
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell(paragraph("Palau"))}{cell(paragraph("2009"))}</w:tr>'
    assert lines_after_first(f"<w:tbl><w:tblPr/>{controlled(row)}{gone}</w:tbl>") == ["Fiji | 2008"]


def test_a_text_box_and_a_table_inside_a_cell_are_read_once() -> None:
    inner = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{inner}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    row = cell(paragraph(run("Before.") + box), table(("one", "two"), ("three", "four"))) + cell(paragraph("Beside."))
    found = lines_after_first(f"<w:tbl><w:tblPr/><w:tr>{row}</w:tr></w:tbl>")
    assert found == ["Before. In a box. one | two three | four | Beside."]


def test_what_is_no_text_is_listed() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>for nobody</w:t></w:r>"
    picture = '<w:r><w:drawing><wp:docPr xmlns:wp="{}" id="1" name="Picture 1" descr="A chart"/></w:drawing></w:r>'
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    comment = f'<w:comments {NAMESPACES}><w:comment w:id="0" w:author="Reviewer">{paragraph("Sure?")}</w:comment></w:comments>'
    found = read_after_first(
        paragraph(run("Shown") + hidden + picture.format(drawing) + run(" text.")),
        '<w:moveFrom w:id="2">' + paragraph("moved away") + "</w:moveFrom>",
        "<w:altChunk/>",
        extra={"word/comments.xml": comment.encode()},
    )
    assert "Shown text." in found.text
    assert [(one.reason, one.text) for one in found.left_out] == [
        ("HIDDEN", "for nobody"),
        ("PICTURE", "A chart"),
        ("TRACKED_DELETION", "moved away"),
        ("CARRIED_PART", "A part in another format, which Word would put here."),
        ("COMMENT", "Reviewer: Sure?"),
    ]


def test_a_formula_is_text() -> None:
    math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>a + b</m:t></m:r></m:oMath>'
    assert lines_after_first(paragraph(run("The sum ") + math + run(" is meant."))) == ["The sum a + b is meant."]
