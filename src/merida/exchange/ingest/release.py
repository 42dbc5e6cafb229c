"""Which reader read a document: the digest of its rules and of the names it knows, and nobody has to count releases.

A change to any module of reading or storing, or to a file of names, makes another reader; a false alarm (a comment
changed) costs one reading of the documents held.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from merida import __version__

ROOT = Path(__file__).resolve().parents[2]
#: New modules and new files of names are found by themselves; a test follows the reader's imports to see that none is
#: missing here.
PARTS = (
    "rules/citations/**/*.py",
    "rules/extraction/**/*.py",
    "exchange/ingest/**/*.py",
    *(
        f"foundation/registry/{name}.py"
        for name in ("days", "mechanism_files", "places", "reference", "reference_tables", "rows", "tables")
    ),
    "data/states.csv",
    "data/*_names.csv",
    "data/extraction/*.csv",
)
_SHOWN = 12


@cache
def reader_release(root: Path = ROOT) -> str:
    """Return the name of the present reader: ``merida 0.1.0 a1b2c3d4e5f6``; a few milliseconds, once a process."""
    digest = hashlib.sha256()
    for path in files_of_reader(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return f"merida {__version__} {digest.hexdigest()[:_SHOWN]}"


def files_of_reader(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files that decide what a document is read as, in an order of their own."""
    for part in PARTS:
        yield from sorted(root.glob(part))
