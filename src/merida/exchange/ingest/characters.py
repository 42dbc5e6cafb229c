"""Characters that are no text: direction controls, invisible signs, private symbols, other line ends."""

import re
import unicodedata
from collections import Counter

from merida.exchange.ingest.record import LeftOut, Notice
from merida.exchange.ingest.unreadable import UnreadableDocument

_ODD = re.compile(
    r"[\x01-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffd\uf0b7\uf0d7\u00ad]"
)
_SHAPES = re.compile(r"[\ufb50-\ufdcf\ufdf2-\ufdfb\ufe70-\ufefc]+")
_KASHIDA = re.compile(r"(?<=[\u0620-\u064a])\u0640+(?=[\u0620-\u064a])")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: Symbol-font characters that word processors leave in the private area, and what they show.
SYMBOL_FONT = {"\uf0b7": "•", "\uf0d7": "·"}
_KINDS = (
    (
        "\u202d\u202e",
        "DIRECTION_OVERRIDE",
        "a right-to-left or left-to-right override that can show text in another order than it is stored",
    ),
    ("\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200e\u200f", "DIRECTION_CONTROL", "an invisible direction control"),
    ("\u200b\u2060\ufeff\u00ad", "INVISIBLE", "an invisible sign"),
    ("\uf0b7\uf0d7", "PRIVATE_SYMBOL", "a character of a symbol font, read as the sign that it shows"),
    ("\ufffd", "REPLACEMENT", "the sign of a character lost before the file came here"),
)
LARGEST_SHARE_OF_CONTROLS = 0.005


def cleaned(text: str, name: str) -> tuple[str, list[LeftOut], list[Notice]]:
    """The text with one kind of line end and without what is no text, and notices naming every such place by line.

    Lost characters (U+FFFD) stay. Raises UnreadableDocument where control characters show that it is no text.
    """
    text = _LINE_ENDS.sub("\n", text) if _LINE_ENDS.search(text) else text
    text, shaped = unshaped(text)
    if not _ODD.search(text):
        return text, [], shaped
    found: dict[str, list[tuple[str, int]]] = {}
    line = done = 0
    for odd in _ODD.finditer(text):
        line += text.count("\n", done, odd.start())
        done = odd.start()
        found.setdefault(kind_of(odd.group()), []).append((odd.group(), line + 1))
    if len(found.get("CONTROL", ())) > max(3, len(text) * LARGEST_SHARE_OF_CONTROLS):
        where = f"{name}, line {found['CONTROL'][0][1]}"
        raise UnreadableDocument("BINARY", "control characters throughout; this is not a text document", where)
    left_out = [
        LeftOut(k, c, n) for k, places in found.items() if k not in ("REPLACEMENT", "PRIVATE_SYMBOL") for c, n in places
    ]
    notices = [*shaped, *(notice(k, places) for k, places in found.items())]
    return _ODD.sub(lambda odd: kept(odd.group()), text), left_out, notices


def unshaped(text: str) -> tuple[str, list[Notice]]:
    """The text with Arabic letters in place of their printed shapes, which PDF files leave, and a notice of it."""
    first = _SHAPES.search(text)
    if first is None:
        return text, []
    line = text.count("\n", 0, first.start()) + 1
    words = (
        f"Arabic letters are stored by their printed shapes (first in line {line}); read as letters, without kashida."
    )
    letters = _SHAPES.sub(lambda shape: unicodedata.normalize("NFKC", shape.group()), text)
    return _KASHIDA.sub("", letters), [Notice("PRINTED_SHAPES", words, line)]


def kind_of(character: str) -> str:
    """The kind of an odd character."""
    return next((kind for characters, kind, _ in _KINDS if character in characters), "CONTROL")


def kept(character: str) -> str:
    """What stands in the text for an odd character."""
    return "\ufffd" if character == "\ufffd" else SYMBOL_FONT.get(character, "")


def notice(kind: str, places: list[tuple[str, int]]) -> Notice:
    """One notice for all characters of a kind."""
    words = next((words for _, code, words in _KINDS if code == kind), "a control character")
    lines = sorted({line for _, line in places})
    counts = ", ".join(f"U+{ord(c):04X} × {n}" for c, n in sorted(Counter(c for c, _ in places).items()))
    shown = ", ".join(map(str, lines[:10])) + (" …" if len(lines) > 10 else "")  # noqa: PLR2004
    treated = (
        "kept"
        if kind == "REPLACEMENT"
        else "replaced"
        if kind == "PRIVATE_SYMBOL"
        else "left out of the text; the original keeps it"
    )
    return Notice(kind, f"{words[0].upper()}{words[1:]} ({counts}), line {shown}: {treated}.", lines[0])
