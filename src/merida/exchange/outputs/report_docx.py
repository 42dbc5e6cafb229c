"""A report as a .docx in the layout of documents of the United Nations, written part by part (WordprocessingML).

Headings and paragraphs carry numbers that Word counts itself, so that a person who inserts one has nothing to renumber:
I, A, 1, (a) for headings (一、 in Chinese), 1, 2, 3 for paragraphs. The symbol block stands at the top right, notes at
the foot of the page. The same sheet gives the same bytes: no clock, no names of people.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from lxml.builder import ElementMaker

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
Node = Any  # an element of lxml; its maker by names is not typed
_E = ElementMaker(namespace=W, nsmap={"w": W, "r": R})
PARAGRAPHS, HEADINGS = "1", "2"  # numberings
_FIRST_NOTE = 1  # 0 and -1 are the separators that Word wants
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that the archive format knows


@dataclass(frozen=True, slots=True)
class Run:
    """A sentence and the note called at its end; ``note`` "" where there is none."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` 1 to 4) or a numbered paragraph (``level`` 0)."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed: ``symbol_lines`` at the top right, ``head_lines`` above the title; ``language`` en or zh."""

    title: str
    language: str
    symbol: str = ""
    symbol_lines: tuple[str, ...] = ()
    head_lines: tuple[str, ...] = ()
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()


def report_docx(sheet: Sheet) -> bytes:
    """The file."""
    notes: list[str] = []
    body = _body(sheet, notes)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations((("officeDocument", "word/document.xml"),)),
        "word/_rels/document.xml.rels": _relations(
            (
                ("styles", "styles.xml"),
                ("numbering", "numbering.xml"),
                ("footnotes", "footnotes.xml"),
                ("settings", "settings.xml"),
                ("header", "header1.xml"),
                ("footer", "footer1.xml"),
            )
        ),
        "word/document.xml": body,
        "word/styles.xml": _styles(sheet.language),
        "word/numbering.xml": _numbering(sheet.language),
        "word/footnotes.xml": _footnotes(notes),
        "word/settings.xml": _settings(),
        "word/header1.xml": _E.hdr(_p(_r(sheet.symbol), style="Header")),
        "word/footer1.xml": _E.ftr(_p(_field("PAGE"), style="Footer")),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, element in parts.items():
            xml = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), xml, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _body(sheet: Sheet, notes: list[str]) -> Node:
    body = _E.body(_symbol_block(sheet))
    for line in sheet.head_lines:
        body.append(_p(_r(line), style="Masthead"))
    body.append(_p(_r(sheet.title), style="Title"))
    if sheet.subtitle:
        body.append(_p(_r(sheet.subtitle), style="Subtitle"))
    for block in sheet.blocks:
        body.append(_block(block, notes, sheet.language))
    body.append(
        _E.sectPr(
            _E.headerReference({_w("type"): "default", f"{{{R}}}id": "rId5"}),
            _E.footerReference({_w("type"): "default", f"{{{R}}}id": "rId6"}),
            _E.pgSz({_w("w"): "11906", _w("h"): "16838"}),
            _E.pgMar({_w(name): "1440" for name in ("top", "bottom", "left", "right")} | {_w("header"): "720"}),
            _E.titlePg(),
        )
    )
    return _E.document(body)


def _symbol_block(sheet: Sheet) -> Node:
    """The table at the top: left the organisation, right the symbol, distribution, date and languages."""
    lines = [_p(_r(sheet.symbol, bold=True), style="SymbolBlock")] if sheet.symbol else []
    lines += [_p(_r(line), style="SymbolBlock") for line in sheet.symbol_lines] or [_p(style="SymbolBlock")]
    organisation = "联合国" if sheet.language == "zh" else "United Nations"
    border = {_w("val"): "single", _w("sz"): "8", _w("space"): "0", _w("color"): "auto"}
    return _E.tbl(
        _E.tblPr(
            _E.tblW({_w("w"): "5000", _w("type"): "pct"}),
            _E.tblBorders(_E.top(border), _E.bottom(border)),
            _E.tblLayout({_w("type"): "fixed"}),
        ),
        _E.tblGrid(_E.gridCol({_w("w"): "5400"}), _E.gridCol({_w("w"): "3600"})),
        _E.tr(_cell([_p(_r(organisation, bold=True), style="SymbolBlock")], 5400), _cell(lines, 3600)),
    )


def _cell(lines: Sequence[Node], width: int) -> Node:
    return _E.tc(_E.tcPr(_E.tcW({_w("w"): str(width), _w("type"): "dxa"})), *lines)


def _block(block: Block, notes: list[str], language: str) -> Node:
    style = f"Heading{block.level}" if block.level else "NumberedParagraph"
    runs: list[Node] = []
    for at, run in enumerate(block.runs):
        between = " " if at and language != "zh" else ""
        runs.append(_r(f"{between}{run.text}"))
        if run.note:
            notes.append(run.note)
            runs.append(_note_call(_FIRST_NOTE - 1 + len(notes)))
    return _p(*runs, style=style)


def _note_call(number: int) -> Node:
    return _E.r(_E.rPr(_E.rStyle({_w("val"): "FootnoteReference"})), _E.footnoteReference({_w("id"): str(number)}))


def _footnotes(notes: Sequence[str]) -> Node:
    separators = [
        _E.footnote({_w("type"): kind, _w("id"): str(number)}, _p(_E.r(getattr(_E, mark)())))
        for number, kind, mark in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    ]
    written = [
        _E.footnote(
            {_w("id"): str(number)},
            _p(
                _E.r(_E.rPr(_E.rStyle({_w("val"): "FootnoteReference"})), _E.footnoteRef()),
                _r(f" {text}"),
                style="FootnoteText",
            ),
        )
        for number, text in enumerate(notes, start=_FIRST_NOTE)
    ]
    return _E.footnotes(*separators, *written)


def _numbering(language: str) -> Node:
    first = ("japaneseCounting", "%1、") if language == "zh" else ("upperRoman", "%1.")
    levels = (first, ("upperLetter", "%2."), ("decimal", "%3."), ("lowerLetter", "(%4)"))
    headings = [
        _level(at, kind, text, style=f"Heading{at + 1}", left=0 if at == 0 else 567 * min(at, 2))
        for at, (kind, text) in enumerate(levels)
    ]
    return _E.numbering(
        _E.abstractNum(
            {_w("abstractNumId"): "0"},
            _E.multiLevelType({_w("val"): "singleLevel"}),
            _level(0, "decimal", "%1.", style="NumberedParagraph", left=0),
        ),
        _E.abstractNum({_w("abstractNumId"): "1"}, _E.multiLevelType({_w("val"): "multilevel"}), *headings),
        _E.num({_w("numId"): PARAGRAPHS}, _E.abstractNumId({_w("val"): "0"})),
        _E.num({_w("numId"): HEADINGS}, _E.abstractNumId({_w("val"): "1"})),
    )


def _level(at: int, kind: str, text: str, *, style: str, left: int) -> Node:
    return _E.lvl(
        {_w("ilvl"): str(at)},
        _E.start({_w("val"): "1"}),
        _E.numFmt({_w("val"): kind}),
        _E.pStyle({_w("val"): style}),
        _E.suff({_w("val"): "tab"}),
        _E.lvlText({_w("val"): text}),
        _E.lvlJc({_w("val"): "left"}),
        _E.pPr(_E.ind({_w("left"): str(left), _w("firstLine"): "0"})),
    )


def _styles(language: str) -> Node:
    tag = "zh-CN" if language == "zh" else "en-GB"
    fonts = {_w(name): "Times New Roman" for name in ("ascii", "hAnsi", "cs")} | {_w("eastAsia"): "SimSun"}
    defaults = _E.docDefaults(
        _E.rPrDefault(
            _E.rPr(
                _E.rFonts(fonts),
                _E.sz({_w("val"): "20"}),
                _E.lang({_w("val"): "en-GB", _w("eastAsia"): tag}),
            )
        ),
        _E.pPrDefault(_E.pPr(_E.spacing({_w("after"): "120", _w("line"): "240", _w("lineRule"): "auto"}))),
    )
    return _E.styles(
        defaults,
        _style("Normal", "Normal", default=True),
        _style("Title", "Title", bold=True, size=28, before=360),
        _style("Subtitle", "Subtitle", bold=True, size=22),
        _style("SymbolBlock", "Symbol Block", after=40),
        _style("Masthead", "Masthead", bold=True, size=22),
        *(_style(f"Heading{at}", f"heading {at}", bold=True, size=size, level=at) for at, size in _SIZES),
        _style("NumberedParagraph", "Numbered Paragraph", number=PARAGRAPHS, justified=True),
        _style("FootnoteText", "footnote text", size=17, after=0),
        _style("Header", "header", bold=True, size=17),
        _style("Footer", "footer", size=17),
        _E.style(
            {_w("type"): "character", _w("styleId"): "FootnoteReference"},
            _E.name({_w("val"): "footnote reference"}),
            _E.rPr(_E.vertAlign({_w("val"): "superscript"})),
        ),
    )


_SIZES: Final = ((1, 28), (2, 24), (3, 20), (4, 20))


def _style(
    code: str,
    name: str,
    *,
    default: bool = False,
    bold: bool = False,
    size: int = 20,
    level: int = 0,
    number: str = "",
    justified: bool = False,
    before: int = 0,
    after: int = 120,
) -> Node:
    paragraph = _E.pPr()
    if level:
        paragraph.append(_E.keepNext())
    if level or number:
        at, which = (level - 1, HEADINGS) if level else (0, number)
        paragraph.append(_E.numPr(_E.ilvl({_w("val"): str(at)}), _E.numId({_w("val"): which})))
    paragraph.append(_E.spacing({_w("before"): str(before or (240 if level else 0)), _w("after"): str(after)}))
    if justified:
        paragraph.append(_E.jc({_w("val"): "both"}))
    if level:
        paragraph.append(_E.outlineLvl({_w("val"): str(level - 1)}))
    run = _E.rPr(*([_E.b()] if bold else []), _E.sz({_w("val"): str(size)}))
    kind = {_w("type"): "paragraph", _w("styleId"): code} | ({_w("default"): "1"} if default else {})
    based = [] if default else [_E.basedOn({_w("val"): "Normal"})]
    return _E.style(kind, _E.name({_w("val"): name}), *based, _E.qFormat(), paragraph, run)


def _settings() -> Node:
    kept = [_E.footnote({_w("id"): number}) for number in ("-1", "0")]
    return _E.settings(_E.footnotePr(*kept), _E.compat())


def _p(*runs: Node, style: str = "") -> Node:
    properties = [_E.pPr(_E.pStyle({_w("val"): style}))] if style else []
    return _E.p(*properties, *runs)


def _r(text: str, *, bold: bool = False) -> Node:
    written = _E.t(_printable(text), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    return _E.r(_E.rPr(_E.b()), written) if bold else _E.r(written)


def _field(code: str) -> Node:
    return _E.fldSimple({_w("instr"): code}, _E.r(_E.t("1")))


def _printable(text: str) -> str:
    """The text without signs that XML forbids."""
    return "".join(
        sign
        for sign in text
        if sign in "\t\n" or " " <= sign < "\ud800" or "\ue000" <= sign <= "\ufffd" or sign >= "\U00010000"
    )


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def _relations(found: Sequence[tuple[str, str]]) -> Node:
    maker = ElementMaker(namespace=f"{PACKAGE}/relationships", nsmap={None: f"{PACKAGE}/relationships"})
    return maker.Relationships(
        *(
            maker.Relationship(Id=f"rId{number}", Type=f"{R}/{kind}", Target=target)
            for number, (kind, target) in enumerate(found, start=1)
        )
    )


def _content_types() -> Node:
    maker = ElementMaker(namespace=f"{PACKAGE}/content-types", nsmap={None: f"{PACKAGE}/content-types"})
    parts = {
        "document": "document.main",
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "settings": "settings",
        "header1": "header",
        "footer1": "footer",
    }
    return maker.Types(
        maker.Default(Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"),
        maker.Default(Extension="xml", ContentType="application/xml"),
        *(
            maker.Override(PartName=f"/word/{name}.xml", ContentType=f"{_KIND}.{kind}+xml")
            for name, kind in parts.items()
        ),
    )
