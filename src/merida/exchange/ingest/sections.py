"""Documents whose headings count 1, 2, 2.1, 2.2 while their paragraphs have no numbers, as country summaries do."""

import re
from collections.abc import Sequence
from itertools import pairwise

from merida.exchange.ingest import marks
from merida.exchange.ingest.headings import looks_like_title
from merida.exchange.ingest.lines import Line

_SUBSECTION = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})[.．]?\s+(?=\S)")
_FEWEST = 2


def mark_sections(lines: Sequence[Line]) -> None:
    """Give the marks SECTION (2) and SUBSECTION (2.1) to the lines of such a document; leave any other as it is.

    It is told by a heading 2.1 whose nearest number above is a heading 2.
    """
    counted = [(line, section_of(line)) for line in lines]
    counted = [(line, found) for line, found in counted if found is not None]
    opened = [line for (_, above), (line, found) in pairwise(counted) if follows(above, found)]
    if not opened or sum(len(found) == _FEWEST for _, found in counted if found) < _FEWEST:
        return
    last = 0
    for line, found in counted:
        if found is None:
            continue
        if len(found) == 1:
            if found[0] != last + 1:
                continue
            last = found[0]
        elif found[0] != last:
            continue
        set_mark(line, found)


def section_of(line: Line) -> tuple[int, ...] | None:
    """(2,) for a line that may be heading 2, (2, 1) for 2.1, None for any other."""
    if line.mark is not None and line.mark.form == "digit" and not line.mark.dash:
        return (int(line.mark.value.translate(marks.DIGITS)),) if looks_like_title(line.text) else None
    found = _SUBSECTION.match(line.raw) if line.mark is None else None
    if found is None or not looks_like_title(line.raw[found.end() :]):
        return None
    return int(found[1]), int(found[2])


def follows(above: tuple[int, ...] | None, found: tuple[int, ...] | None) -> bool:
    """Whether a heading 2.1 stands below its heading 2."""
    return bool(above and found) and found == (*(above or ())[:1], 1) and len(above or ()) == 1


def set_mark(line: Line, found: tuple[int, ...]) -> None:
    """Read the number that opens a line as a heading's."""
    form = "section" if len(found) == 1 else "subsection"
    end = len(line.raw) - len(line.text)
    if form == "subsection":
        matched = _SUBSECTION.match(line.raw)
        end = matched.end() if matched else end
    line.text = line.raw[end:]
    line.mark = marks.Mark(marks.SECTION, form, ".".join(map(str, found)), end, dash=False)
