"""A checklist as an accessible PDF (tagged, PDF/UA-1), set by Typst, which comes whole inside its wheel.

Nothing is ever shown as an empty box: what the fonts cannot write is written by its number (``[U+1F389]``), and a
whole script without a font is refused with a message. Only freely licensed fonts of a fixed list are used, from the
machine or from a folder of one's own. The same checklist and fonts give the same bytes. Typst is loaded with the first
PDF: it takes as much memory as the rest of merida.
"""

import json
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from merida.exchange.outputs.checklist import TAGS, Checklist, texts_of

if TYPE_CHECKING:
    import typst

MEDIA_TYPE: Final = "application/pdf"
LATIN: Final = ("Noto Serif", "Libertinus Serif")  # the second one comes with Typst: these scripts are always there
ARABIC: Final = ("Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "Scheherazade New")
CHINESE: Final = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC", "Noto Sans SC")
OTHERS: Final = ("Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Sans Math", "DejaVu Sans")
FAMILY: Final = ("Noto Sans ", "Noto Serif ")
SCRIPTS: Final = {"ARABIC": ARABIC, "CJK": CHINESE}  # by the beginning of their characters' names
_SETTING = Path(__file__).with_name("checklist.typ")
_KNOWN = frozenset(map(chr, range(0x20, 0x7F))) | {"\n", "\t", "\u00a0"}
_MOST_STRANGE = 400  # characters looked for one by one


class NoFontError(LookupError):
    """No font of this machine writes the script: ARABIC or CJK (``script``); ``fonts`` are those that would."""

    def __init__(self, script: str) -> None:
        self.script, self.fonts = script, SCRIPTS[script]
        super().__init__(f"no font for {script}: install one of {', '.join(self.fonts)}")


class NoEngineError(LookupError):
    """Typst is not installed beside merida."""


def checklist_pdf(checklist: Checklist, *, font_folder: str = "") -> bytes:
    """Return the file. ``font_folder`` holds fonts beside those of the machine. Raises NoFontError, NoEngineError."""
    fonts, families = _fonts(font_folder)
    chosen = [each for each in _wanted(checklist.language) if each in families]
    signs = frozenset("".join(set().union(*map(set, texts_of(checklist))))) - _KNOWN
    _refuse_whole_scripts(signs, families)
    strange = _strange(fonts, chosen, sorted(signs))
    if strange:  # another script: the other fonts of the same free family, which would be slow for every file
        chosen += sorted(each for each in families - set(chosen) if each.startswith(FAMILY))
        strange = _strange(fonts, chosen, strange)
    held = _written(asdict(checklist), str.maketrans({each: f"[U+{ord(each):04X}]" for each in strange}))
    held |= {"fonts": chosen, "region": TAGS[checklist.language][-2:].lower()}
    return _compiled(_SETTING.read_bytes(), fonts, held)


def _wanted(language: str) -> Sequence[str]:
    first = {"ar": (*LATIN, *ARABIC), "zh": (*CHINESE, *LATIN)}.get(language, LATIN)
    return tuple(dict.fromkeys((*first, *LATIN, *ARABIC, *CHINESE, *OTHERS)))


@lru_cache(maxsize=4)
def _fonts(folder: str) -> tuple["typst.Fonts", frozenset[str]]:
    try:
        import typst  # noqa: PLC0415
    except ImportError as error:
        raise NoEngineError from error
    found = typst.Fonts(include_system_fonts=True, font_paths=[folder] if folder else [])
    return found, frozenset(found.families())


def _refuse_whole_scripts(signs: Collection[str], families: Collection[str]) -> None:
    for script, known in SCRIPTS.items():
        if not set(known) & set(families) and any(unicodedata.name(each, "").startswith(script) for each in signs):
            raise NoFontError(script)


def _strange(fonts: "typst.Fonts", chosen: Sequence[str], signs: Sequence[str]) -> list[str]:
    """Return the characters that none of the fonts writes, found by setting ever smaller halves of them."""
    found: list[str] = []
    waiting = [list(signs)]
    while waiting:
        part = waiting.pop()
        if not part or _writes(fonts, chosen, part):
            continue
        if len(part) == 1 or len(found) > _MOST_STRANGE:
            found += part
        else:
            waiting += [part[: len(part) // 2], part[len(part) // 2 :]]
    return found


_PROBE = b"""#let d = json("checklist.json")
#set document(title: "x", date: none)
#set text(font: d.fonts, fallback: false)
#for sign in d.signs { sign + " " }
"""


def _writes(fonts: "typst.Fonts", chosen: Sequence[str], signs: Sequence[str]) -> bool:
    try:
        _compiled(_PROBE, fonts, {"fonts": list(chosen), "signs": list(signs)})
    except RuntimeError as error:  # of which Typst's own errors are
        if "could not be displayed" in str(error):
            return False
        raise
    return True


def _compiled(setting: bytes, fonts: "typst.Fonts", held: dict[str, Any]) -> bytes:
    import typst  # noqa: PLC0415

    files: Any = {"main": setting, "checklist.json": json.dumps(held, ensure_ascii=False).encode("utf-8", "replace")}
    made = typst.compile(files, font_paths=fonts, format="pdf", pdf_standards=["ua-1"], timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("Typst returned no file")
    return made


def _written(value: Any, table: dict[int, str]) -> Any:
    """Return a value with every text in it rewritten by ``table``."""
    if isinstance(value, str):
        return value.translate(table) if table else value
    if isinstance(value, dict):
        return {key: _written(each, table) for key, each in value.items()}
    if isinstance(value, Iterable):
        return [_written(each, table) for each in value]
    return value
