"""A checklist as .docx and .pdf, opened again as other programs open them."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from lxml import etree

from merida.exchange.outputs import checklist_pdf as pdf
from merida.exchange.outputs import typesetting
from merida.exchange.outputs.checklist import Chapter, Checklist, Entry, Grid, Group, Said
from merida.exchange.outputs.checklist_docx import checklist_docx
from merida.exchange.outputs.checklist_pdf import NoEngineError, NoFontError, checklist_pdf

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ARABIC, CHINESE = "تنص المادة على تجريم الرشوة", "《刑法》规定了受贿罪"
GRID = Grid(("", "2024 (cases)"), (("Opened", "7"), ("Closed", "")), (False, True))


def sample(language="en", text="Under the Act.\nSecond line & <b>", said_in="en", banners=("DRAFT",)):
    return Checklist(
        language,
        "Sample survey",
        "Ghana",
        organisation="Review mechanism",
        symbol_lines=("sample/1/GHA", "Distribution: restricted"),
        banners=banners,
        facts=(("Due", "1 May 2030"),),
        contents="Contents",
        running="sample/1/GHA",
        chapters=(
            Chapter(
                "Bribery",
                "en",
                (
                    Group(
                        "UNCAC 15 (a)",
                        (
                            Entry("1", "Is it an offence?", "en", "Law", (Said(said_in, "Draft", (("Laws", "Act 1"),), GRID, text),), ("Taken from elsewhere",), ("a.txt · SHA-256 ab",)),
                            Entry("2", "In practice?", "en", "Practice", missing="Not answered."),
                        ),
                    ),
                ),
            ),
            Chapter("Money", "en", (Group("", (Entry("3", "How?", "en", "Cases", missing="Not answered."),)),)),
        ),
    )  # fmt: skip


def opened(checklist):
    return docx.Document(io.BytesIO(checklist_docx(checklist)))


def outline_level(paragraph) -> int:
    """Return the level a paragraph has in the outline: its own, else that of its style."""
    own = paragraph._p.find(f"{W}pPr/{W}outlineLvl")
    held = own if own is not None else paragraph.style.element.find(f"{W}pPr/{W}outlineLvl")
    return int(held.get(f"{W}val")) + 1


def test_word_reads_headings_answers_and_tables_in_order():
    read = opened(sample())
    lines = [(one.style.name, one.text) for one in read.paragraphs if one.text]
    assert lines == [
        ("Banner", "DRAFT"),
        ("Title", "Sample survey"),
        ("Subtitle", "Ghana"),
        ("Fact", "Due: 1 May 2030"),
        ("Heading 1", "Bribery"),
        ("Heading 2", "UNCAC 15 (a)"),
        ("Heading 3", "1. Is it an offence?"),
        ("Kind of question", "Law"),
        ("Kind of question", "Draft"),
        ("Fact", "Laws: Act 1"),
        ("Answer", "Under the Act."),
        ("Answer", "Second line & <b>"),
        ("Kind of question", "Files"),
        ("File", "a.txt · SHA-256 ab"),
        ("Provenance", "Taken from elsewhere"),
        ("Heading 3", "2. In practice?"),
        ("Kind of question", "Practice"),
        ("Not answered", "Not answered."),
        ("Heading 1", "Money"),
        ("Heading 3", "3. How?"),
        ("Kind of question", "Cases"),
        ("Not answered", "Not answered."),
    ]
    levels = [outline_level(one) for one in read.paragraphs if one.style.name.startswith("Heading")]
    assert levels == [1, 2, 3, 3, 1, 2]  # no level is skipped where a section has no article between
    masthead, figures = read.tables
    assert [cell.text for cell in masthead.rows[0].cells] == [
        "Review mechanism",
        "sample/1/GHA\nDistribution: restricted",
    ]
    assert [[cell.text for cell in row.cells] for row in figures.rows] == [
        ["", "2024 (cases)"],
        ["Opened", "7"],
        ["Closed", ""],
    ]
    assert figures.rows[1].cells[1].paragraphs[0].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT


def test_heads_feet_and_contents_are_fields_that_hold_their_lines():
    read = opened(sample())
    (section,) = read.sections
    assert [one.text for one in section.header.paragraphs] == ["DRAFT", "sample/1/GHA"]
    assert section.different_first_page_header_footer
    assert [one.text for one in section.first_page_header.paragraphs] == ["DRAFT", ""]
    foot = etree.tostring(section.footer._element).decode()
    assert re.findall(r'instr=" (\w+) "', foot) == ["PAGE", "NUMPAGES"]
    contents = read.element.body.find(f"{W}sdt")
    assert [one.text for one in contents.iter(f"{W}t")] == ["Contents", "Bribery", "UNCAC 15 (a)", "Money"]
    assert 'TOC \\o "1-2"' in "".join(one.text for one in contents.iter(f"{W}instrText"))
    marks = {one.get(f"{W}name") for one in read.element.iter(f"{W}bookmarkStart")}
    assert {one.get(f"{W}anchor") for one in contents.iter(f"{W}hyperlink")} == marks


def turned(paragraph):
    return paragraph.find(f"{W}pPr/{W}bidi") is not None


def test_arabic_runs_from_right_to_left_and_a_quotation_in_english_does_not():
    read = opened(sample("ar", ARABIC, "ar"))
    body = read.element.body
    assert body.find(f"{W}sectPr/{W}bidi") is not None
    assert all(one.find(f"{W}tblPr/{W}bidiVisual") is not None for one in body.iter(f"{W}tbl"))
    (answer,) = (one for one in body.iter(f"{W}p") if ARABIC in "".join(one.itertext()))
    assert turned(answer)
    assert answer.find(f"{W}r/{W}rPr/{W}rtl") is not None
    assert answer.find(f"{W}r/{W}rPr/{W}lang").get(f"{W}bidi") == "ar-SA"
    heading = next(one for one in body.iter(f"{W}p") if "UNCAC 15 (a)" in "".join(one.itertext()) and turned(one))
    assert not list(heading.iter(f"{W}rtl"))  # a code keeps its order inside the turned line
    english = opened(sample("ar", "Under the Act.", "en")).element.body
    (answer,) = (one for one in english.iter(f"{W}p") if "".join(one.itertext()).startswith("Under the Act."))
    assert not turned(answer)
    assert not list(answer.iter(f"{W}rtl"))
    assert not list(opened(sample()).element.body.iter(f"{W}bidi"))


def test_chinese_names_its_fonts_and_language():
    with zipfile.ZipFile(io.BytesIO(checklist_docx(sample("zh", CHINESE, "zh")))) as archive:
        styles, body = (archive.read(f"word/{name}.xml").decode() for name in ("styles", "document"))
        core = archive.read("docProps/core.xml").decode()
    assert 'w:eastAsia="SimSun"' in styles
    assert '<w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="zh-CN"/>' in body
    assert "<dc:language>zh-CN</dc:language>" in core


def test_the_same_checklist_gives_the_same_bytes_and_what_xml_forbids_is_left_out():
    assert checklist_docx(sample()) == checklist_docx(sample())
    assert "ab" in [one.text for one in opened(sample(text="a\x00\ud800b")).paragraphs]


fonts_of_all_scripts = pytest.mark.skipif(
    not {"Noto Naskh Arabic", "Noto Serif CJK SC"} <= set(typst.Fonts().families()),
    reason="no fonts for Arabic and Chinese here",
)


def words_of(content):
    read = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in read]


def test_a_pdf_is_tagged_titled_and_has_bookmarks_heads_and_page_numbers():
    made = checklist_pdf(sample(text="\n".join(["A line of the answer."] * 120)))
    read = pypdfium2.PdfDocument(made)
    assert read.is_tagged()
    assert read.get_metadata_dict()["Title"] == "Sample survey"
    assert [(one.level, one.get_title()) for one in read.get_toc()][1:4] == [
        (0, "Bribery"),
        (1, "UNCAC 15 (a)"),
        (2, "1. Is it an offence?"),
    ]
    first, second, *_ = words_of(made)
    assert "DRAFT" in first
    assert "DRAFT" in second
    assert f"2 / {len(read)}" in second
    assert "sample/1/GHA" in second
    assert "Not answered." in words_of(made)[-1]
    assert b"pdfuaid" in made or b"/Lang" in made


@fonts_of_all_scripts
@pytest.mark.parametrize(("language", "text"), [("ar", ARABIC), ("zh", CHINESE)])
def test_a_pdf_holds_arabic_and_chinese_as_text(language, text):
    said = " ".join(words_of(checklist_pdf(sample(language, text, language))))
    found = [sign for sign in dict.fromkeys(text) if sign.isalpha() and sign not in said]
    assert found == []


def test_a_sign_without_a_font_is_written_by_its_number_and_never_as_a_box():
    said = words_of(checklist_pdf(sample(text="well done \U00102345 indeed")))
    assert "well done [U+102345] indeed" in " ".join(said)


def test_without_a_font_for_a_script_it_names_those_that_would_do():
    for script, text, font in (("ARABIC", ARABIC, "Noto Naskh Arabic"), ("CJK", CHINESE, "Noto Serif CJK SC")):
        with pytest.raises(typesetting.ScriptError, match=script):
            typesetting.refuse_whole_scripts(text, {"Libertinus Serif"}, pdf.SCRIPTS)
        typesetting.refuse_whole_scripts(text, {font}, pdf.SCRIPTS)
        assert font in str(NoFontError(script))
    typesetting.refuse_whole_scripts("Это закон, señor: déjà", {"Libertinus Serif"}, pdf.SCRIPTS)
    assert checklist_pdf(sample(text="Это закон, señor: déjà"))


def test_a_missing_engine_and_a_missing_font_come_back_from_the_other_process(monkeypatch, tmp_path):
    program = tmp_path / "typesetting.py"
    monkeypatch.setattr(pdf, "_PROGRAM", program)
    for ending, expected in (("3", NoEngineError), ("4", NoFontError), ("1", RuntimeError)):
        program.write_text(f"import sys; sys.stdin.read(); sys.stderr.write('ARABIC'); sys.exit({ending})")
        with pytest.raises(expected):
            checklist_pdf(sample())


def test_a_text_is_never_read_as_markup():
    said = " ".join(words_of(checklist_pdf(sample(text="#panic() *not bold* $x$ @nobody"))))
    assert "#panic() *not bold* $x$ @nobody" in said
    assert Path(pdf.__file__).with_name("checklist.typ").exists()
