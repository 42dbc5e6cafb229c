"""A checklist as an accessible PDF (tagged, PDF/UA-1), set by Typst, which comes whole inside its wheel.

Nothing is ever shown as an empty box: what the fonts cannot write is written by its number (``[U+1F389]``), and a
whole script without a font is refused with a message. Only freely licensed fonts of a fixed list are used, from the
machine or from a folder of one's own. The same checklist and fonts give the same bytes.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import PIPE
from typing import Any, Final

from merida.exchange.outputs.checklist import TAGS, Checklist, texts_of
from merida.exchange.outputs.typesetting import NO_ENGINE, NO_FONT

MEDIA_TYPE: Final = "application/pdf"
LATIN: Final = ("Noto Serif", "Libertinus Serif")  # the second one comes with Typst: these scripts are always there
ARABIC: Final = ("Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "Scheherazade New")
CHINESE: Final = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC", "Noto Sans SC")
OTHERS: Final = ("Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Sans Math", "DejaVu Sans")
FAMILY: Final = ("Noto Sans ", "Noto Serif ")
SCRIPTS: Final = {"ARABIC": ARABIC, "CJK": CHINESE}  # by the beginning of their characters' names
_PROGRAM = Path(__file__).with_name("typesetting.py")
_KNOWN = frozenset(map(chr, range(0x20, 0x7F))) | {"\n", "\t", "\u00a0"}
_LOOK = 2.0  # seconds
_LONGEST = 900  # seconds; a checklist of full size takes some 16 s of one core


class NoFontError(LookupError):
    """No font of this machine writes the script: ARABIC or CJK (``script``); ``fonts`` are those that would."""

    def __init__(self, script: str) -> None:
        self.script, self.fonts = script, SCRIPTS[script]
        super().__init__(f"no font for {script}: install one of {', '.join(self.fonts)}")


class NoEngineError(LookupError):
    """Typst is not installed beside merida."""


class TooLongError(RuntimeError):
    """The file was not set within the time that there is."""


class GivenUpError(RuntimeError):
    """Who waited for the file wants it no longer."""


def checklist_pdf(checklist: Checklist, *, font_folder: str = "") -> bytes:
    """Return the file. ``font_folder`` holds fonts beside those of the machine. Raises as ``set_pdf`` does."""
    return set_pdf(asked(checklist), font_folder=font_folder)


def asked(checklist: Checklist) -> bytes:
    """Return all that decides what the file shows, as JSON: the same checklist gives the same bytes."""
    signs = frozenset("".join(texts_of(checklist))) - _KNOWN
    told = {
        "checklist": _parts(checklist) | {"region": TAGS[checklist.language][-2:].lower()},
        "signs": sorted(signs),
        "wanted": _wanted(checklist.language),
        "family": FAMILY,
        "scripts": SCRIPTS,
    }
    return json.dumps(told, ensure_ascii=False, default=_parts).encode("utf-8", "replace")


def _parts(value: Any) -> dict[str, Any]:
    """Return a value of ``checklist`` by its fields, one level of it: ``asdict`` copies all of them, level by level."""
    return {name: getattr(value, name) for name in value.__slots__}


def set_pdf(told: bytes, *, font_folder: str = "", goes_on: Callable[[], bool] = lambda: True) -> bytes:
    """Return the file of what ``asked`` returned. ``goes_on`` is asked every other second whether it is still wanted.

    Raises NoFontError, NoEngineError, TooLongError, GivenUpError.
    """
    command = [sys.executable, "-P", str(_PROGRAM), font_folder]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE) as child:  # noqa: S603 (our own program)
        try:
            made, said = _output(child, told, goes_on)
        finally:
            child.kill()  # does nothing where it has ended
    if child.returncode == NO_FONT:
        raise NoFontError(said.decode())
    if child.returncode == NO_ENGINE:
        raise NoEngineError
    if child.returncode:
        raise RuntimeError(said.decode(errors="replace")[-2000:])
    return made


def _output(child: subprocess.Popen[bytes], told: bytes, goes_on: Callable[[], bool]) -> tuple[bytes, bytes]:
    given: bytes | None = told
    for _ in range(int(_LONGEST / _LOOK)):
        try:
            return child.communicate(given, timeout=_LOOK)
        except subprocess.TimeoutExpired:
            given = None  # it is being handed over already
            if not goes_on():
                raise GivenUpError from None
    raise TooLongError


def _wanted(language: str) -> Sequence[str]:
    first = {"ar": (*LATIN, *ARABIC), "zh": (*CHINESE, *LATIN)}.get(language, LATIN)
    return tuple(dict.fromkeys((*first, *LATIN, *ARABIC, *CHINESE, *OTHERS)))
