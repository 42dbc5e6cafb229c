"""Many documents for ``merida read``: folders and lists, a share of them, one line of JSON each, to be gone on with."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset({".txt", ".docx", ".pdf", ".html", ".htm"})
WITHIN = 1  # the first share


class NoShareError(ValueError):
    """Not written as ``2/8``; the text says what is."""


@dataclass(frozen=True, slots=True)
class Share:
    """The ``part``-th of ``parts`` shares of documents, told by the name: the same on every machine and every run."""

    part: int = WITHIN
    parts: int = 1

    def holds(self, name: str) -> bool:
        """Whether a document of this name belongs to the share."""
        if self.parts == 1:
            return True
        number = int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big")
        return number % self.parts == self.part - 1


def share_of(text: str) -> Share:
    """Read ``2/8``. Raises NoShareError."""
    part, stroke, parts = text.partition("/")
    if not stroke or not (part.isdecimal() and parts.isdecimal()) or not 1 <= int(part) <= int(parts):
        raise NoShareError(f"{text!r} is no share; 2/8 is the second of eight")
    return Share(int(part), int(parts))


def files_of(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield each document with its name: of a folder all that can be read, by their way below it, in order of name."""
    for path in paths:
        if not path.is_dir():
            yield path.name, path
            continue
        for folder, below, files in os.walk(path):
            below.sort()
            for file in sorted(files):
                found = Path(folder, file)
                if found.suffix.lower() in SUFFIXES:
                    yield found.relative_to(path).as_posix(), found


def listed(path: Path) -> Iterator[Path]:
    """Yield the paths that a file lists, one a line; a relative one lies beside the list. Raises OSError."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield path.parent / line.strip()


class Lines:
    """A file of JSON lines that grows: what it holds already is not read again."""

    def __init__(self, path: Path) -> None:
        """Open the file. A last line that was cut short is taken away. Raises OSError, ValueError for another file."""
        self.done: set[str] = set()
        whole = 0
        if path.exists():
            with path.open("rb") as held:
                for line in held:
                    if not line.endswith(b"\n"):
                        break
                    self.done.add(_name_in(line, path))
                    whole += len(line)
            if whole < path.stat().st_size:
                os.truncate(path, whole)
        self._file = path.open("a", encoding="utf-8")

    def add(self, name: str, record: dict[str, object]) -> None:
        """Write a document down."""
        self._file.write(json.dumps({"file": name, **record}, ensure_ascii=False) + "\n")
        self._file.flush()
        self.done.add(name)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _name_in(line: bytes, path: Path) -> str:
    try:
        return str(json.loads(line)["file"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: holds a line that merida read did not write; name another file") from error
