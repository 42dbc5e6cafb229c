"""The procedure of a draw, whole numbers and the standard library only.

:func:`standalone_text` joins these modules into the single file that anyone can run without merida. Each module
imports from the earlier ones only, whole names, so that joining is leaving the imports out.
"""

from pathlib import Path

PARTS = ("chance", "limits", "table", "completion", "ceremony", "uniform", "years", "record")
HEAD = '''"""Check a record of a draw by making the draw again: ``python3 verify_draw.py RECORD.json``.

One file, standard library only, whole numbers only. Exit code 0: the record is what the procedure gives for its urn,
rules and seed. 1: it is not, and what differs first is named.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
'''


def standalone_text() -> str:
    """Return the text of the single file ``verify_draw.py``."""
    texts = [(Path(__file__).parent / f"{part}.py").read_text(encoding="utf-8") for part in PARTS]
    return HEAD + "".join(f"\n\n# {number}. {joined(text)}" for number, text in enumerate(texts, 1))


def joined(text: str) -> str:
    """Return a module without its imports; the first line of its docstring becomes the heading."""
    _, docstring, rest = text.split('"""', 2)
    lines = rest.splitlines()
    start = max((place for place, line in enumerate(lines) if line.startswith(("from ", "import "))), default=-1) + 1
    return docstring.splitlines()[0] + "\n" + "\n".join(lines[start:]).rstrip() + "\n"
