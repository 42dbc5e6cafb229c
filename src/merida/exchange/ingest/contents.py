"""The table of contents of a document: dotted lines with page numbers, which repeat headings and are none."""

import re
from collections.abc import Sequence

from merida.exchange.ingest.lines import Line

TITLE = re.compile(
    r"(?:Contents|Table of contents|Table des matières|Sommaire|Índice|Contenido|Содержание|目录|المحتويات)\**\s*$",
    re.IGNORECASE,
)
_PAGES = r"[0-9٠-٩]{1,4}(?:\s?[-–—]\s?[0-9٠-٩]{1,4})?"
_DOTTED = re.compile(rf"(?:(?:\.\s?){{5}}|[…⋯]{{2}}|[·・]{{5}})\s*{_PAGES}(?:\s+{_PAGES})?$")
_END = 60
_FIGURES = frozenset("0123456789٠١٢٣٤٥٦٧٨٩")
#: How many lines may stand between two dotted ones (a title over several lines, a running head).
_BETWEEN = 4
_SEARCHED = 400


def contents_span(lines: Sequence[Line]) -> tuple[int, int]:
    """First and last index of the table of contents; (-1, -2) without one."""
    dotted = [
        index
        for index, line in enumerate(lines[:_SEARCHED])
        if line.raw[-1] in _FIGURES and _DOTTED.search(line.raw[-_END:])
    ]
    if not dotted:
        return -1, -2
    last = dotted[0]
    for index in dotted:
        if index - last > _BETWEEN:
            break
        last = index
    titled = next((i for i in range(dotted[0], max(-1, dotted[0] - _BETWEEN), -1) if TITLE.match(lines[i].raw)), None)
    if titled is None and last == dotted[0]:
        return -1, -2
    return dotted[0] if titled is None else titled, last
