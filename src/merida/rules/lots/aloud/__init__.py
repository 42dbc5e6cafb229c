"""The files that check a record of a draw without merida, short enough to be read to a room: one for each kind of draw.

Each is joined from these modules, whole names imported from earlier ones only. The command runs the same modules.
"""

import ast
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from merida.rules.lots.aloud import whole
from merida.rules.lots.aloud.ceremony import ceremony
from merida.rules.lots.aloud.dealing import staggered
from merida.rules.lots.aloud.start import Stream, WrongError, at
from merida.rules.lots.aloud.walk import walks
from merida.rules.lots.aloud.years import years

FORMAT = "merida-draw/2"
# by the format of a record: the modules of its file in their order, and what they check by the label of their numbers
KINDS: Mapping[str, tuple[tuple[str, ...], Mapping[str, Callable[[Any, Stream], Any]]]] = {
    f"{FORMAT} CEREMONY": (("rules", "ceremony"), {"CEREMONY": ceremony}),
    f"{FORMAT} UNIFORM": (("rules", "walk"), {"UNIFORM": walks}),
    f"{FORMAT} YEARS": (("dealing", "years"), {"YEARS": years}),
    f"{FORMAT} CEREMONY STAGGERED": (
        ("rules", "ceremony", "dealing"),
        {"CEREMONY": ceremony, "YEARS": staggered},
    ),
    f"{FORMAT} UNIFORM STAGGERED": (
        ("rules", "walk", "dealing"),
        {"UNIFORM": walks, "YEARS": staggered},
    ),
}
HEAD = '''"""Check the record of a draw, believing nothing in it: ``python3 verify_draw.py RECORD.json``."""

import contextlib
import hashlib
import json
import struct
import sys
'''
TAIL = """

try:
    with at("record"):
        record = json.load(open(sys.argv[1], "rb"), object_pairs_hook=once)
        check(record, "{kind}", {{{parts}}})
except WrongError as error:
    print(f"WRONG {{error}}")
    sys.exit(1)
print(f"RIGHT {{len(record['pairs'])}} pairs, digest {{record['digest']}}")
"""


def verify(record: Any) -> list[str]:
    """Return what is wrong first in a record of one of these formats; an empty list when it holds."""
    kind = record["format"]
    try:
        with at("record"):
            whole.check(record, kind, KINDS[kind][1])
    except WrongError as error:
        return [str(error)]
    return []


def file_text(kind: str) -> str:
    """Return the text of ``verify_draw.py`` for records of a format."""
    names, parts = KINDS[kind]
    folder = Path(__file__).parent
    modules = [(folder / f"{name}.py").read_text(encoding="utf-8") for name in ("start", *names, "whole")]
    said = ", ".join(f'"{label}": {part.__name__}' for label, part in parts.items())
    headed = [f"\n\n# {number}. {spoken(text)}" for number, text in enumerate(modules, 1)]
    return HEAD + "".join(headed) + TAIL.format(kind=kind, parts=said)


def spoken(text: str) -> str:
    """Return a module without imports, aliases and annotations; the first line of its docstring becomes the heading."""
    tree, lines = ast.parse(text), text.splitlines(keepends=True)
    cuts = list[tuple[int, int, int | None]]()  # line, column from, column to (None: the whole line)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation:
            cuts.append((node.lineno, node.col_offset + len(node.arg), node.annotation.end_col_offset))
        elif isinstance(node, ast.FunctionDef) and node.returns:
            cuts.append((node.returns.lineno, node.returns.col_offset - len(" -> "), node.returns.end_col_offset))
        elif isinstance(node, ast.AnnAssign):
            end = node.annotation.end_col_offset if node.value else None
            cuts.append((node.lineno, node.target.end_col_offset or 0, end))
        elif isinstance(node, ast.Import | ast.ImportFrom) or (isinstance(node, ast.Assign) and node in tree.body):
            cuts.append((node.lineno, 0, None))
    for line, start, end in sorted(cuts, key=lambda cut: cut[:2], reverse=True):
        was = lines[line - 1]
        lines[line - 1] = was[:start] + was[end:] if end is not None else ""
    rest = ("".join(lines[1:]).strip("\n") + "\n").split("  # noqa")
    tidy = rest[0] + "".join(piece[piece.index("\n") :] for piece in rest[1:])
    tidy = re.sub(r"\n{4,}", "\n\n\n", tidy)  # where aliases stood
    tidy = re.sub(r"\n{3,}(?=    def )", "\n\n", tidy)  # where fields stood
    tidy = re.sub(r"^def .*", lambda head: head[0].replace(" = ", "="), tidy, flags=re.MULTILINE)
    return f"{ast.get_docstring(tree)}\n\n\n{tidy}"
