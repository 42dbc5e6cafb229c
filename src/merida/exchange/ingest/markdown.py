"""Residue of converters in plain text: links written as ``[text](#)``, addresses in angle brackets, ``#`` headings."""

import re

from merida.exchange.ingest.record import LeftOut

_RESIDUE = re.compile(
    r"\[(?P<text>[^\[\]\n]{1,300})\]\((?P<target>#[^()\s]*|https?://[^()\s]*|)\)"
    r"|<(?P<url>https?://[^<>\s]+)>|^(?P<hash>#{1,6})[ \t]+(?=\S)",
    re.MULTILINE,
)


def without_residue(text: str) -> tuple[str, list[LeftOut]]:
    """The text as it was meant to be read, and what was taken out of it."""
    if "](" not in text and "<http" not in text and "#" not in text:
        return text, []
    left_out: list[LeftOut] = []
    pieces: list[str] = []
    done = line = 0
    for found in _RESIDUE.finditer(text):
        line += text.count("\n", done, found.start())
        kept = found.group("text") or found.group("url") or ""
        left_out.append(
            LeftOut("LINK_MARKS", found.group().replace(kept, "", 1) if kept else found.group().strip(), line + 1)
        )
        pieces += [text[done : found.start()], kept]
        done = found.end()
    return "".join([*pieces, text[done:]]), left_out
