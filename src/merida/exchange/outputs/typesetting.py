"""Sets one PDF with Typst and ends: run as a process of its own, because Typst keeps what it set in memory.

Reads what is to be set as JSON (of ``checklist_pdf.asked``), takes the folder of fonts as its argument, writes the
PDF; ends with ``NO_ENGINE`` where Typst is missing, with ``NO_FONT`` and the script's name where no font writes a
script. Imports nothing of merida.
"""

import json
import sys
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

NO_ENGINE, NO_FONT = 3, 4
_SETTING = Path(__file__).with_name("checklist.typ")
_MOST_STRANGE = 400  # characters looked for one by one
_PROBE = b"""#let d = json("checklist.json")
#set document(title: "x", date: none)
#set text(font: d.fonts, fallback: false)
#for sign in d.signs { sign + " " }
"""


class ScriptError(LookupError):
    """No font writes the script."""


def typeset(asked: dict[str, Any], folder: str = "") -> bytes:
    """Return the PDF, with the fonts of ``folder`` beside the machine's. Raises ScriptError, ImportError."""
    import typst  # noqa: PLC0415

    fonts = typst.Fonts(include_system_fonts=True, font_paths=[folder] if folder else [])
    families = frozenset(fonts.families())
    refuse_whole_scripts(asked["signs"], families, asked["scripts"])
    chosen = [each for each in asked["wanted"] if each in families]
    strange = _strange(fonts, chosen, asked["signs"])
    if strange:  # another script: the other fonts of the same free family, which would be slow for every file
        chosen += sorted(each for each in families - set(chosen) if each.startswith(tuple(asked["family"])))
        strange = _strange(fonts, chosen, strange)
    table = str.maketrans({each: f"[U+{ord(each):04X}]" for each in strange})
    return _compiled(_SETTING.read_bytes(), fonts, _written(asked["checklist"], table) | {"fonts": chosen})


def refuse_whole_scripts(signs: Collection[str], families: Collection[str], scripts: dict[str, Sequence[str]]) -> None:
    """Raise ScriptError where there are signs of a script and none of its fonts."""
    for script, known in scripts.items():
        if not set(known) & set(families) and any(unicodedata.name(each, "").startswith(script) for each in signs):
            raise ScriptError(script)


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
    return [_written(each, table) for each in value] if isinstance(value, list) else value


def main() -> int:
    """Set what stands on standard input."""
    try:
        sys.stdout.buffer.write(typeset(json.load(sys.stdin.buffer), *sys.argv[1:2]))
    except ImportError:
        return NO_ENGINE
    except ScriptError as error:
        sys.stderr.write(str(error))
        return NO_FONT
    return 0


if __name__ == "__main__":
    sys.exit(main())
