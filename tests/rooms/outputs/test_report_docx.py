"""The file opened again, by another reader and by our own."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merida.exchange.ingest.reading import read
from merida.exchange.outputs.report_docx import Block, Run, Sheet, W, report_docx
from merida.exchange.outputs.report_sheet import printed_item

docx = pytest.importorskip("docx")

SHEET = Sheet(
    title="What was done",
    language="en",
    symbol="CAC/COSP/2021/99",
    symbol_lines=("Distr.: General", "27 November 2026", "Original: English"),
    head_lines=("Sample Conference", "Ninth session"),
    subtitle="Report of the Secretariat",
    blocks=(
        Block(1, (Run("Introduction"),)),
        Block(0, (Run("This report covers a year.", "CAC/COSP/2019/1, para. 4."),)),
        Block(1, (Run("Action"),)),
        Block(2, (Run("Laws"),)),
        Block(3, (Run("Drafting"),)),
        Block(4, (Run("Interests"),)),
        Block(0, (Run("First & foremost <this>."), Run("Then that.", "CAC/COSP/2019/1, para. 5."))),
    ),
)


def opened(sheet=SHEET):
    return docx.Document(io.BytesIO(report_docx(sheet)))


def numbering_of(document, style):
    """Return the numbering that a style uses: the pattern and kind of its level."""
    properties = document.styles[style].element.pPr.numPr
    number, level = properties.numId.val, properties.ilvl.val
    numbering = document.part.numbering_part.element
    abstract = numbering.num_having_numId(number).abstractNumId.val
    path = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']"
    found = numbering.xpath(path)[0]
    name = f"{{{W}}}val"
    return found.find(f"{{{W}}}lvlText").get(name), found.find(f"{{{W}}}numFmt").get(name)


def test_headings_and_paragraphs_stand_in_their_styles():
    assert [(one.style.name, one.text) for one in opened().paragraphs] == [
        ("Masthead", "Sample Conference"),
        ("Masthead", "Ninth session"),
        ("Title", "What was done"),
        ("Subtitle", "Report of the Secretariat"),
        ("Heading 1", "Introduction"),
        ("Numbered Paragraph", "This report covers a year."),
        ("Heading 1", "Action"),
        ("Heading 2", "Laws"),
        ("Heading 3", "Drafting"),
        ("Heading 4", "Interests"),
        ("Numbered Paragraph", "First & foremost <this>. Then that."),
    ]


def test_word_counts_the_numbers_itself_as_the_united_nations_print_them():
    document = opened()

    assert [numbering_of(document, f"Heading {level}") for level in (1, 2, 3, 4)] == [
        ("%1.", "upperRoman"),
        ("%2.", "upperLetter"),
        ("%3.", "decimal"),
        ("(%4)", "lowerLetter"),
    ]
    assert numbering_of(document, "Numbered Paragraph") == ("%1.", "decimal")
    assert numbering_of(opened(Sheet("标题", "zh")), "Heading 1") == ("%1、", "japaneseCounting")


def test_the_symbol_block_stands_in_the_table_at_the_top():
    left, right = opened().tables[0].rows[0].cells

    assert left.text == "United Nations"
    assert right.text == "CAC/COSP/2021/99\nDistr.: General\n27 November 2026\nOriginal: English"


def test_notes_stand_at_the_foot_and_are_called_where_the_sentence_ends():
    document = opened()
    part = next(one for one in document.part.package.iter_parts() if one.partname == "/word/footnotes.xml")

    assert part.blob.count(b"<w:footnote ") == 4  # two separators, two notes
    assert b"CAC/COSP/2019/1, para. 5." in part.blob
    calls = document.element.xpath("//w:footnoteReference")
    assert [one.get(f"{{{W}}}id") for one in calls] == ["1", "2"]
    assert calls[0].getparent().getprevious().text == "This report covers a year."


def test_our_own_reader_reads_it_back():
    few = replace(SHEET, blocks=tuple(one for one in SHEET.blocks if one.level < 3))
    record = read(report_docx(few), "report.docx")

    assert [(one.number, one.text) for one in record.structure.paragraphs] == [
        ("1", "This report covers a year."),
        ("2", "First & foremost <this>. Then that."),
    ]
    assert [(one.number, one.title) for one in record.structure.headings] == [
        ("I", "Introduction"),
        ("II", "Action"),
        ("A", "Laws"),
    ]
    assert [(one.number, one.text) for one in record.structure.footnotes] == [
        ("1", "CAC/COSP/2019/1, para. 4."),
        ("2", "CAC/COSP/2019/1, para. 5."),
    ]


def test_the_same_sheet_gives_the_same_bytes():
    assert report_docx(SHEET) == report_docx(SHEET)


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_makes_a_file_that_opens(text, note):
    sheet = Sheet("t", "en", blocks=(Block(0, (Run(text, note),)),))

    assert len(opened(sheet).paragraphs) == 2


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        ("2", "Agenda item 2", "议程项目2"),
        ("2 (a)", "Agenda item 2 (a)", "议程项目2 (a)"),
        ("Item 2 of the provisional agenda", "Item 2 of the provisional agenda", "Item 2 of the provisional agenda"),
        ("", "", ""),
    ],
)
def test_a_mere_number_is_printed_as_that_of_an_agenda_item(given, english, chinese):
    assert [printed_item(given, chinese_text=each) for each in (False, True)] == [english, chinese]
