"""A checklist as a .docx in the layout of documents of the United Nations (WordprocessingML, ISO/IEC 29500).

Written as text, not as a tree: 2,800 questions with 900,000 words take about a second. Headings carry the styles of
the programs, so that their outline and list of contents work; the list of contents is a field that holds its lines
already. Right-to-left text is marked paragraph by paragraph and run by run. The same checklist gives the same bytes.
"""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from merida.exchange.outputs.checklist import RIGHT_TO_LEFT, TAGS, Chapter, Checklist, Entry, Grid, Said

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OFFICE = "http://schemas.openxmlformats.org"
_R = f"{_OFFICE}/officeDocument/2006/relationships"
_SPACES = f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" xmlns:r="{_R}"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TURNS: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # letters written from right to left
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that the archive format knows
_QUICK = 4  # of the levels of packing: half the time of the usual one for a tenth more bytes
_TEXT_WIDTH = 9026  # twentieths of a point: A4 less its margins
_PARTS = {"styles": "styles", "settings": "settings", "header1": "header", "header2": "header", "footer1": "footer"}


def checklist_docx(checklist: Checklist) -> bytes:
    """Return the file."""
    relations = [(kind, f"{name}.xml") for name, kind in _PARTS.items()]
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            [("officeDocument", "word/document.xml")],
            f'<Relationship Id="rId2" Type="{_OFFICE}/package/2006/relationships/metadata/core-properties"'
            ' Target="docProps/core.xml"/>',
        ),
        "docProps/core.xml": _core(checklist),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": _document(checklist),
        "word/styles.xml": _styles(checklist.language),
        "word/settings.xml": f"{_HEAD}<w:settings {_SPACES}><w:compat/>{_theme_languages(checklist)}</w:settings>",
        "word/header1.xml": _header(checklist, checklist.running),
        "word/header2.xml": _header(checklist, ""),
        "word/footer1.xml": _footer(checklist),
    }
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_QUICK) as archive:
        for name, xml in parts.items():
            archive.writestr(ZipInfo(name, _MOMENT), xml.encode(), ZIP_DEFLATED, _QUICK)
    return file.getvalue()


def _document(checklist: Checklist) -> str:
    language = checklist.language
    body = [_masthead(checklist)]
    body += [_p("Banner", line, language) for line in checklist.banners]
    body.append(_p("Title", checklist.title, language))
    if checklist.subtitle:
        body.append(_p("Subtitle", checklist.subtitle, language))
    body += [_fact("Fact", label, value, language) for label, value in checklist.facts]
    body += [_p("BodyText", line, language) for line in checklist.introduction.split("\n") if line]
    body.append(_contents(checklist))
    for number, chapter in enumerate(checklist.chapters, start=1):
        body.append(_chapter(checklist, chapter, number))
    return f"{_HEAD}<w:document {_SPACES}><w:body>{''.join(body)}{_section(language)}</w:body></w:document>"


def _masthead(checklist: Checklist) -> str:
    """The table at the top: the mechanism on one side, symbol, distribution, date and languages on the other."""
    language = checklist.language
    left = _p("SymbolBlock", checklist.organisation, language, bold=True)
    lines = [_p("SymbolBlock", line, language, bold=at == 0) for at, line in enumerate(checklist.symbol_lines)]
    right = "".join(lines) or _p("SymbolBlock", "", language)
    rule = 'w:val="single" w:sz="8" w:space="0" w:color="auto"'
    cells = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{held}</w:tc>'
        for width, held in ((5426, left), (3600, right))
    )
    return (
        f'<w:tbl><w:tblPr>{_mirrored(language)}<w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders><w:top {rule}/><w:bottom {rule}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="5426"/><w:gridCol w:w="3600"/></w:tblGrid>'
        f"<w:tr>{''.join(cells)}</w:tr></w:tbl>"
    )


def _contents(checklist: Checklist) -> str:
    """The list of contents: a field with its lines, which the programs bring up to date with page numbers."""
    language = checklist.language
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    lines = [
        _raw(level, f"{begin if at == 0 else ''}{_link(mark, words, language)}", language)
        for at, (level, mark, words) in enumerate(_marks(checklist))
    ]
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    if not lines:
        return ""
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{_p('TOCHeading', checklist.contents, language)}{''.join(lines)}"
        f"{_raw('BodyText', end, language)}</w:sdtContent></w:sdt>"
    )


def _marks(checklist: Checklist) -> list[tuple[str, str, str]]:
    """Return style, bookmark and words of each line of the contents."""
    found = []
    for number, chapter in enumerate(checklist.chapters, start=1):
        found.append(("TOC1", f"_Toc{number}", chapter.title))
        found += [
            ("TOC2", f"_Toc{number}_{at}", group.heading)
            for at, group in enumerate(chapter.groups, start=1)
            if group.heading
        ]
    return found


def _link(mark: str, words: str, language: str) -> str:
    return f'<w:hyperlink w:anchor="{mark}" w:history="1">{_r(words, language)}</w:hyperlink>'


def _chapter(checklist: Checklist, chapter: Chapter, number: int) -> str:
    language = checklist.language
    out = [_heading(1, chapter.title, chapter.title_language, mark=f"_Toc{number}", key=number * 1000)]
    for at, group in enumerate(chapter.groups, start=1):
        if group.heading:
            out.append(_heading(2, group.heading, language, mark=f"_Toc{number}_{at}", key=number * 1000 + at))
        out += [_entry(checklist, entry, under=2 if group.heading else 1) for entry in group.entries]
    return "".join(out)


def _heading(level: int, words: str, language: str, *, mark: str, key: int) -> str:
    begin, end = f'<w:bookmarkStart w:id="{key}" w:name="{mark}"/>', f'<w:bookmarkEnd w:id="{key}"/>'
    return _raw(f"Heading{level}", f"{begin}{_r(words, language)}{end}", language)


def _entry(checklist: Checklist, entry: Entry, *, under: int) -> str:
    """A question with its answers, one level ``under`` the heading above it: no level of the outline is skipped."""
    language = checklist.language
    outline = "" if under == 2 else f'<w:outlineLvl w:val="{under}"/>'  # noqa: PLR2004 (what the style says)
    out = [
        _p("Heading3", f"{entry.number}. {entry.question}", entry.question_language, more=outline),
        _p("Kind", entry.kind, language),
    ]
    out += [_said(said, language) for said in entry.said]
    if entry.missing:
        out.append(_p("Missing", entry.missing, language))
    if entry.files:
        out.append(_p("Kind", checklist.files_label, language))
        out += [_p("FileLine", line, language) for line in entry.files]
    out += [_p("Provenance", line, language) for line in entry.notes]
    return "".join(out)


def _said(said: Said, language: str) -> str:
    out = [_p("Kind", said.caption, language)] if said.caption else []
    out += [_fact("Fact", label, value, language) for label, value in said.facts]
    if said.grid:
        out.append(_table(said.grid, language))
    out += [_p("Answer", line, said.language) for line in said.text.split("\n") if line.strip()]
    return "".join(out)


def _table(grid: Grid, language: str) -> str:
    width = _TEXT_WIDTH // max(len(grid.heads), 1)
    columns = f'<w:gridCol w:w="{width}"/>' * len(grid.heads)
    head = "".join(_cell(words, width, language, style="TableHead") for words in grid.heads)
    styles = ["TableFigure" if numeric else "TableText" for numeric in grid.numeric]
    lines = [
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(_cell(words, width, language, style=style) for words, style in zip(row, styles, strict=True))
        + "</w:tr>"
        for row in grid.rows
    ]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{_mirrored(language)}<w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"/>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{''.join(lines)}</w:tbl>"
        f"{_p('TableEnd', '', language)}"
    )


def _cell(words: str, width: int, language: str, *, style: str) -> str:
    lines = "".join(_p(style, line, language) for line in words.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{lines}</w:tc>'


def _fact(style: str, label: str, value: str, language: str) -> str:
    return _raw(style, f"{_r(f'{label}: ', language, bold=True)}{_r(value, language)}", language)


def _p(style: str, words: str, language: str, *, bold: bool = False, more: str = "") -> str:
    return _raw(style, _r(words, language, bold=bold) if words else "", language, more=more)


def _raw(style: str, runs: str, language: str, *, more: str = "") -> str:
    turned = "<w:bidi/>" if language in RIGHT_TO_LEFT else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{turned}{more}</w:pPr>{runs}</w:p>'


def _r(words: str, language: str, *, bold: bool = False) -> str:
    """A run of text: its language decides direction, fonts and spelling. The order of properties is the schema's."""
    if language in RIGHT_TO_LEFT and not _TURNS.search(words):
        language = "en"  # UNCAC 5(1): within a line from right to left its marks would change places
    strong = "<w:b/><w:bCs/>" if bold else ""
    fonts = '<w:rFonts w:hint="eastAsia"/>' if language == "zh" else ""
    return f'<w:r><w:rPr>{fonts}{strong}{_RUNS[language]}</w:rPr><w:t xml:space="preserve">{_clean(words)}</w:t></w:r>'


def _clean(words: str) -> str:
    return escape(_NOT_XML.sub("", words) if _NOT_XML.search(words) else words)


def _mirrored(language: str) -> str:
    return "<w:bidiVisual/>" if language in RIGHT_TO_LEFT else ""


def _run_language(language: str) -> str:
    if language in RIGHT_TO_LEFT:
        return f'<w:rtl/><w:lang w:bidi="{TAGS[language]}"/>'
    if language == "zh":
        return '<w:lang w:eastAsia="zh-CN"/>'
    return f'<w:lang w:val="{TAGS[language]}"/>'


_RUNS: Final = {language: _run_language(language) for language in TAGS}


def _section(language: str) -> str:
    margins = " ".join(f'w:{side}="1440"' for side in ("top", "right", "bottom", "left"))
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="rId4"/>'
        '<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId5"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar {margins} w:header="720" w:footer="720" w:gutter="0"/>'
        f"<w:titlePg/>{'<w:bidi/>' if language in RIGHT_TO_LEFT else ''}</w:sectPr>"
    )


def _header(checklist: Checklist, running: str) -> str:
    lines = [_p("Banner", line, checklist.language) for line in checklist.banners]
    lines.append(_p("Header", running, checklist.language))
    return f"{_HEAD}<w:hdr {_SPACES}>{''.join(lines)}</w:hdr>"


def _footer(checklist: Checklist) -> str:
    fields = [f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>' for code in ("PAGE", "NUMPAGES")]
    pages = f'{fields[0]}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{fields[1]}'
    return f"{_HEAD}<w:ftr {_SPACES}>{_raw('Footer', pages, checklist.language)}</w:ftr>"


def _theme_languages(checklist: Checklist) -> str:
    return f'<w:themeFontLang w:val="{TAGS[checklist.language]}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'


def _core(checklist: Checklist) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_clean(f'{checklist.title}, {checklist.subtitle}'.rstrip(', '))}</dc:title>"
        f"<dc:language>{TAGS[checklist.language]}</dc:language></cp:coreProperties>"
    )


def _styles(language: str) -> str:
    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/>'
    tags = f'<w:lang w:val="{TAGS[language if language != "ar" else "en"]}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="20"/><w:szCs w:val="22"/>{tags}</w:rPr>'
        "</w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    rule = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
    sides = "".join(f"<w:{side} {rule}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = (
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f"{_HEAD}<w:styles {_SPACES}>{defaults}{''.join(_style(*one) for one in _STYLES)}{grid}</w:styles>"


_KEPT = "<w:keepNext/>"
# Identifier, name, size in half points, bold, italic, properties of the paragraph in the order of the schema.
_STYLES: Final[Sequence[tuple[str, str, int, str, str]]] = (
    ("Normal", "Normal", 20, "", ""),
    ("BodyText", "Body Text", 20, "", '<w:jc w:val="both"/>'),
    ("Title", "Title", 28, "b", '<w:spacing w:before="360" w:after="120"/>'),
    ("Subtitle", "Subtitle", 24, "b", '<w:spacing w:after="240"/>'),
    ("SymbolBlock", "Symbol Block", 20, "", '<w:spacing w:before="40" w:after="40"/>'),
    ("Banner", "Banner", 20, "b", '<w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>'),
    (
        "Heading1",
        "heading 1",
        28,
        "b",
        f'{_KEPT}<w:keepLines/><w:spacing w:before="480" w:after="160"/><w:outlineLvl w:val="0"/>',
    ),
    (
        "Heading2",
        "heading 2",
        24,
        "b",
        f'{_KEPT}<w:keepLines/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="1"/>',
    ),
    (
        "Heading3",
        "heading 3",
        20,
        "b",
        f'{_KEPT}<w:keepLines/><w:spacing w:before="240" w:after="60"/><w:outlineLvl w:val="2"/>',
    ),
    ("Kind", "Kind of question", 18, "i", f'{_KEPT}<w:spacing w:after="60"/>'),
    ("Fact", "Fact", 20, "", '<w:spacing w:after="60"/>'),
    ("Answer", "Answer", 20, "", '<w:jc w:val="both"/>'),
    ("Missing", "Not answered", 20, "i", ""),
    ("Provenance", "Provenance", 18, "i", '<w:spacing w:after="60"/>'),
    ("FileLine", "File", 18, "", '<w:spacing w:after="40"/>'),
    ("TableHead", "Table Head", 18, "b", '<w:spacing w:before="20" w:after="20"/>'),
    ("TableText", "Table Text", 18, "", '<w:spacing w:before="20" w:after="20"/>'),
    ("TableFigure", "Table Figure", 18, "", '<w:spacing w:before="20" w:after="20"/><w:jc w:val="right"/>'),
    ("TableEnd", "Table End", 8, "", '<w:spacing w:after="60"/>'),
    ("TOCHeading", "TOC Heading", 24, "b", f'{_KEPT}<w:spacing w:before="360" w:after="120"/>'),
    ("TOC1", "toc 1", 20, "", '<w:spacing w:after="60"/>'),
    ("TOC2", "toc 2", 20, "", '<w:spacing w:after="40"/><w:ind w:left="284"/>'),
    ("Header", "header", 17, "b", ""),
    ("Footer", "footer", 17, "", '<w:jc w:val="center"/>'),
)


def _style(code: str, name: str, size: int, faces: str, paragraph: str) -> str:
    based = ' w:default="1"' if code == "Normal" else ""
    parent = "" if code == "Normal" else '<w:basedOn w:val="Normal"/>'
    face = "".join(f"<w:{each}/><w:{each}Cs/>" for each in faces)
    return (
        f'<w:style w:type="paragraph"{based} w:styleId="{code}"><w:name w:val="{name}"/>{parent}<w:qFormat/>'
        f'<w:pPr>{paragraph}</w:pPr><w:rPr>{face}<w:sz w:val="{size}"/><w:szCs w:val="{size + 2}"/></w:rPr></w:style>'
    )


def _relations(found: Iterable[tuple[str, str]], more: str = "") -> str:
    each = (
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target={quoteattr(target)}/>'
        for number, (kind, target) in enumerate(found, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(each)}{more}</Relationships>'


def _content_types() -> str:
    parts = {"document": "document.main", **_PARTS}
    named = (
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORDS}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{''.join(named)}</Types>"
    )
