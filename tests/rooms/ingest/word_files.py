"""Word files for tests, written part by part: no library stands between the test and what Word stores."""

import io
import zipfile

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
NUMBERING = """<w:numbering {ns}>
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""
STYLES = """<w:styles {ns}>
<w:style w:type="paragraph" w:styleId="Numbered"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="NumberedTight"><w:basedOn w:val="Numbered"/></w:style>
<w:style w:type="paragraph" w:styleId="Berschrift3"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Section"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="SectionTight"><w:basedOn w:val="Section"/></w:style>
</w:styles>"""


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, *, number: tuple[int, int] | None = None, style: str = "") -> str:
    """A paragraph of runs (plain text becomes one), in a list (list, level) or style."""
    inner = content if content.startswith("<") or not content else run(content)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of texts."""
    cells = ["".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in rows]
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def call(identity: int) -> str:
    """The call of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{identity}"/></w:r>'


def word_file(
    *blocks: str, notes: dict[int, str] | None = None, header: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    """A .docx of the blocks."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>",
        "word/numbering.xml": NUMBERING.format(ns=NAMESPACES),
        "word/styles.xml": STYLES.format(ns=NAMESPACES),
    }
    if notes:
        inner = "".join(f'<w:footnote w:id="{n}">{paragraph(text)}</w:footnote>' for n, text in notes.items())
        separator = f'<w:footnote w:id="0" w:type="separator">{paragraph("")}</w:footnote>'
        parts["word/footnotes.xml"] = f"<w:footnotes {NAMESPACES}>{separator}{inner}</w:footnotes>"
    if header:
        parts["word/header1.xml"] = f"<w:hdr {NAMESPACES}>{paragraph(header)}</w:hdr>"
    return archive({name: text.encode() for name, text in parts.items()} | (extra or {}))


def archive(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return buffer.getvalue()
