"""Message catalogues: kept as text (``.po``), compiled where they are used; the repository holds the text only."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Compile the catalogues whose text is newer than what was compiled; return what was written.

    Raises babel.messages.pofile.PoFileError on a catalogue that cannot be read.
    """
    return [_compile(path) for path in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _stale(path)]


def _stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compile(path: Path) -> Path:
    with path.open("rb") as source:
        catalogue = read_po(source, abort_invalid=True)
    part = path.with_suffix(f".{os.getpid()}.part")  # its own: two programs may start at once
    with part.open("wb") as target:
        write_mo(target, catalogue)
    part.replace(path.with_suffix(".mo"))
    return path.with_suffix(".mo")
