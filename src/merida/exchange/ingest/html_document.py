"""The text of an HTML page in reading order, as lines for the same reading as plain text. No address is ever fetched.

Scripts and styles are no text; what a page hides, its menus and feet, deleted text, what was typed into its fields,
what it embeds, the targets of links and the words for pictures are left out and listed. Nothing of the markup reaches
the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from merida.exchange.ingest.encodings import BYTE_ORDER_MARKS, decode_bytes
from merida.exchange.ingest.lines import HEADED
from merida.exchange.ingest.record import LeftOut, Notice
from merida.exchange.ingest.unreadable import UnreadableDocument

ROW = "\ufdd2"  # opens a row of a table, as in Word files
Element = etree._Element  # noqa: SLF001 (lxml's only name for the type)

_HEAD = 4_096
_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_MARKUP = re.compile(r"<(?:p|div|body|table|h[1-6]|br|span|article|main)\b[^>]*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
# What a page may say that it is written in, as browsers take it: no other codec is ever called by a page.
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u",
    **{f"windows-125{n}": f"cp125{n}" for n in range(9)},
    **{f"iso-8859-{n}": f"iso-8859-{n}" for n in (2, 5, 6, 9, 15)},
}  # fmt: skip
_OF_ONE_BYTE = frozenset(_CODECS.values()) - {"utf-8", "gb18030", "big5"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:\.0*)?(?![.\d])", re.IGNORECASE
)
_NOTE = re.compile(r"(?:_?ftn|fn|footnote|note|endnote)[-_:]?\d+", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_OUR_MARKS = re.compile("[\ufdd0-\ufdef]")  # no characters; the reading of notes and tables marks with them
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NO_TEXT = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math", "canvas"),
        *("audio", "video", "map", "head", "button", "input", "select", "textarea", "datalist", "frame", "frameset"),
    )
)
_EMBEDDED = frozenset(("noscript", "iframe", "object", "applet", "svg", "math", "canvas", "audio", "video"))
_FURNITURE = frozenset(("nav", "footer", "aside", "menu"))
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"),
        *("legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul"),
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_DEEPEST = 200
_TAG = re.compile(r"<[a-zA-Z][^<]*")
_MOST_ATTRIBUTES = 2_000  # of one tag; reading them takes time by their square


@dataclass(slots=True)
class _Reading:
    """A page while it is read: finished lines, the line that is being written, and what was left out."""

    lines: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def close(self) -> None:
        lines = [" ".join(part.split()) for part in "".join(self.open).split("\n")]
        self.open = []
        if any(lines):
            self.lines += [*filter(None, lines), ""]

    def leave_out(self, reason: str, text: str) -> None:
        shown = " ".join(text.split())
        if shown:
            self.left_out.append(LeftOut(reason, shown, len(self.lines) + 1))


def is_html(content: bytes, name: str) -> bool:
    """Whether a file is an HTML page: by its first words, or by its name and some markup."""
    mark = next((codec for start, codec in BYTE_ORDER_MARKS if content.startswith(start)), "")
    head = content[:_HEAD].decode(mark or "latin-1", errors="ignore").lstrip("\ufeffï»¿")
    if _BEGINS.match(head):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and bool(_MARKUP.search(head))


def read_html(content: bytes, name: str) -> tuple[str, str, list[LeftOut], list[Notice]]:
    """Text, encoding, what was left out, notices. Raises UnreadableDocument: no page, or markup nested without end."""
    text, encoding, notices = _decoded(content, name)
    root = _tree(text, name)
    reading = _Reading()
    body = _main_part(root, reading)
    _read(reading, body, depth=0, name=name)
    reading.close()
    return "\n".join(reading.lines), encoding, reading.left_out, notices


def _decoded(content: bytes, name: str) -> tuple[str, str, list[Notice]]:
    declared = _CHARSET.search(content[:_HEAD])
    marked = any(content.startswith(start) for start, _ in BYTE_ORDER_MARKS)
    codec = _CODECS.get(declared[1].decode("ascii").lower(), "") if declared and not marked else ""
    if codec in _OF_ONE_BYTE and _is_utf8(content):
        said = f"The page says that it is in {codec}; its letters are UTF-8 and were read so."
        return content.decode("utf-8"), "utf-8", [Notice("ENCODING", said)]
    if codec:
        try:
            return content.decode(codec), codec, []
        except UnicodeError:
            pass  # the page says wrongly what it is written in: measured as plain text is
    decoded = decode_bytes(content, name)
    return decoded.text, decoded.encoding, [Notice("ENCODING", decoded.reason)] if decoded.reason else []


def _is_utf8(content: bytes) -> bool:
    """Whether letters beyond ASCII are all written as UTF-8 writes them, which hardly happens by chance."""
    try:
        return not content.isascii() and bool(content.decode("utf-8"))
    except UnicodeError:
        return False


def _tree(text: str, name: str) -> Element:
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    plain = _DECLARATION.sub("", text.replace("\x00", ""), count=1)
    for tag in _TAG.finditer(plain):
        if tag.end() - tag.start() > _MOST_ATTRIBUTES and _attributes(tag[0]) > _MOST_ATTRIBUTES:
            what = f"one of its tags has more than {_MOST_ATTRIBUTES:,} attributes; no document has"
            raise UnreadableDocument("NOT_A_DOCUMENT", what, name)
    try:
        root = lxml_html.document_fromstring(plain, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument("NOT_A_DOCUMENT", f"this is no HTML page that can be read: {error}", name) from error
    if any("depth" in str(entry.message).lower() for entry in parser.error_log):
        raise _too_deep(name)
    return root


def _attributes(tag: str) -> int:
    """How many attributes a tag has at most; not exact."""
    return sum(1 for _ in re.finditer(r"\s[^\s=<>\"']+=", tag.partition(">")[0]))


def _too_deep(name: str) -> UnreadableDocument:
    return UnreadableDocument("TOO_DEEP", f"its markup is nested more than {_DEEPEST} deep; no document is", name)


def _main_part(root: Element, reading: _Reading) -> Element:
    """The one main part of a page where it names it; what stands around it is left out and listed."""
    title = root.find(".//title")
    if title is not None:
        reading.leave_out("PAGE_TITLE", title.text or "")
    mains = [one for one in root.iter() if (one.tag == "main" or one.get("role") == "main") and not _is_hidden(one)]
    body = root.find("body")
    whole = body if body is not None else root
    if len(mains) != 1 or not _text(mains[0]).strip():
        return whole
    main = mains[0]
    above = set(main.iterancestors())
    for element in whole.iter():
        if (
            isinstance(element.tag, str)
            and element not in above
            and element is not main
            and element.getparent() in above
        ):
            reading.leave_out("OUTSIDE_MAIN_PART", _text(element) if element.tag not in _NO_TEXT else "")
    return main


def _text(element: Element) -> str:
    """Everything that can be read in an element, hidden or not."""
    parts: list[str] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and one.tag not in _NO_TEXT:
            parts.append(one.text or "")
        elif event == "end" and one is not element:
            parts.append(one.tail or "")
    return _OUR_MARKS.sub("", "".join(parts))


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDING.search(element.get("style") or ""))


def _read(reading: _Reading, element: Element, *, depth: int, name: str) -> None:
    """An element's text and what it holds, block by block."""
    if depth > _DEEPEST:
        raise _too_deep(name)
    reading.open.append(_flat(element.text))
    for child in element:
        if isinstance(child.tag, str):
            _read_child(reading, child, depth=depth + 1, name=name)
        reading.open.append(_flat(child.tail))


def _flat(text: str | None) -> str:
    return _SPACES.sub(" ", _OUR_MARKS.sub("", text or ""))


def _read_child(reading: _Reading, child: Element, *, depth: int, name: str) -> None:
    tag = str(child.tag)
    if tag in _NO_TEXT:
        _leave_out_beside(reading, child)
    elif tag == "del":
        reading.leave_out("TRACKED_DELETION", _text(child))
    elif _is_hidden(child):
        reading.leave_out("HIDDEN", _text(child))
    elif tag in _FURNITURE or child.get("role") == "navigation":
        reading.leave_out("PAGE_FURNITURE", _text(child))
    elif tag == "br":
        reading.open.append("\n")
    elif tag == "img":
        reading.leave_out("PICTURE", child.get("alt") or "")
    elif tag == "table":
        _read_table(reading, child, depth=depth, name=name)
    elif tag == "sup":
        reading.open.append(_raised(child))
    elif tag in _BLOCKS:
        reading.close()
        reading.open.append(_mark(child))
        _read(reading, child, depth=depth, name=name)
        reading.close()
    else:
        _leave_out_target(reading, child)
        _read(reading, child, depth=depth, name=name)


def _leave_out_beside(reading: _Reading, element: Element) -> None:
    """What was typed into a field of a form, and what an embedded thing says in words."""
    if element.tag == "input":
        if (element.get("type") or "text").lower() in ("text", "number", "date", "email", "url", "tel", "search"):
            reading.leave_out("FORM_FIELD", element.get("value") or "")
    elif element.tag == "select":
        chosen = (option for option in element.iter("option") if option.get("selected") is not None)
        reading.leave_out("FORM_FIELD", ", ".join(_text(option) for option in chosen))
    elif element.tag == "textarea":
        reading.leave_out("FORM_FIELD", element.text or "")
    elif element.tag in _EMBEDDED:
        reading.leave_out("EMBEDDED", "".join(str(text) for text in element.itertext()))


def _raised(element: Element) -> str:
    text = "".join(_text(element).split())
    return text.translate(_RAISED) if re.fullmatch(r"\[?\d{1,3}\]?", text) else text


def _leave_out_target(reading: _Reading, element: Element) -> None:
    """The address behind a link, where it is not what is read; one within the page says nothing."""
    target = (element.get("href") or "").strip() if element.tag == "a" else ""
    if target and not target.startswith("#") and target not in _text(element):
        reading.leave_out("LINK_TARGET", target)


def _mark(element: Element) -> str:
    """The sign that a browser prints before an entry of a list; of a heading the one that tells it as such."""
    if element.tag in _HEADINGS:
        return HEADED
    parent = element.getparent()
    if element.tag != "li" or parent is None:
        return ""
    if parent.tag != "ol":
        return "• "
    number = _number_in_list(element, parent)
    if _NOTE.fullmatch(element.get("id") or ""):
        return str(number).translate(_RAISED) + " "
    nested = any(one.tag == "li" for one in parent.iterancestors())
    return _printed(number, parent.get("type") or "", nested=nested)


def _number_in_list(element: Element, parent: Element) -> int:
    number = _whole(parent.get("start"), 1) - 1
    for entry in parent.iterchildren("li"):
        number = _whole(entry.get("value"), number + 1)
        if entry is element:
            break
    return number


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def _printed(number: int, kind: str, *, nested: bool) -> str:
    letter = chr(ord("a") + (number - 1) % 26)
    roman = _ROMAN[number] if 0 < number < len(_ROMAN) else str(number)
    shown = {"a": f"({letter})", "A": f"{letter.upper()}.", "i": f"({roman})", "I": f"{roman.upper()}."}.get(kind)
    return f"{shown or (f'({number})' if nested else f'{number}.')} "


def _read_table(reading: _Reading, table: Element, *, depth: int, name: str) -> None:
    """A table of one column as lines, any other as one line per row; a table inside a cell is read with it."""
    reading.close()
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    if all(len(list(_cells(row))) <= 1 for row in rows):
        _read(reading, table, depth=depth, name=name)
        reading.close()
        return
    for caption in table.iterchildren("caption"):
        reading.open.append(_flat(_text(caption)))
        reading.close()
    for row in rows:
        if _is_hidden(row):
            reading.leave_out("HIDDEN", _text(row))
            continue
        cells = [_cell(reading, cell, depth=depth + 2, name=name) for cell in _cells(row)]
        if any(cells):
            reading.lines.append(ROW + " | ".join(cells))
    reading.lines.append("")


def _cells(row: Element) -> Iterator[Element]:
    return row.iterchildren("td", "th")


def _cell(reading: _Reading, cell: Element, *, depth: int, name: str) -> str:
    if _is_hidden(cell):
        reading.leave_out("HIDDEN", _text(cell))
        return ""
    inner = _Reading()
    _read(inner, cell, depth=depth, name=name)
    inner.close()
    reading.left_out += inner.left_out
    return " ".join(line.removeprefix(ROW).removeprefix(HEADED) for line in inner.lines if line)
