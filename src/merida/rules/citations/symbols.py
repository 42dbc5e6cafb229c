"""Document symbols, normalised: spaces and line breaks closed, misspelt bodies put right, ``Rev.1`` kept."""

import re
import unicodedata
from typing import Final

from merida.rules.citations.bodies import key_of_symbol
from merida.rules.citations.mention import Mention, Passage

# The first sign stands alone in front, so that the search can leap from one such sign to the next.
_FIRST: Final = "[CСUETDSHFA]"
_SERIES: Final = (
    r"(?:(?<=[CС])(?:[AА][CС]|TOC|CPR|EDAW|ERD|RPD|RC|AT|MW|ED|BD)|(?<=U)(?:NTOC|NODC|NEP)|(?<=E)(?:CE|SCWA|CA)?|"
    r"(?<=T)D?|(?<=D)P|(?<=S)T?|(?<=H)RI|(?<=F)CCC|(?<=A))"
)
_PART = r"[A-Z0-9][A-Za-z0-9.\-]*(?:\(\w{1,12}\))?"
_SYMBOL = re.compile(
    rf"{_FIRST}(?<![A-Za-z0-9_/.:].)(?:{_SERIES}\s?[/／]\s?{_PART}(?:\s?[/／]\s{{0,2}}{_PART})+"
    r"|(?<=[ASE])/\d{2,4}/\d+)"
)
_MISSPELT = {"CSOP": "COSP", "COPS": "COSP", "CPSP": "COSP", "COSOP": "COSP", "UNTOC": "CTOC"}
_WORKING_GROUP = re.compile(r"\b(WG|CN|CONF|AC|CRP|Add|Rev|Corr|SR|EG|NGO|INF|PC|SUB|Sub)\.?\s?(\d)")
_CYRILLIC = str.maketrans("АСЕТ", "ACET")
_SUFFIX = re.compile(r"\s{0,6}(?:和|及|、|,|and|et|y|и|و)\s{0,6}((?:Add|Rev|Corr|Amend)\.\d+)\b")


def normalise_symbol(printed: str) -> str:
    """The symbol as it should be printed; normalising twice changes nothing."""
    text = printed if printed.isascii() else unicodedata.normalize("NFKC", printed).translate(_CYRILLIC)
    parts = "".join(text.split()).rstrip(".-").split("/")
    return _WORKING_GROUP.sub(r"\1.\2", "/".join([_MISSPELT.get(part, part) for part in parts]))


def _mention(passage: Passage, key: str, start: int, end: int, rule: str) -> Mention:
    resolution = key_of_symbol(key)
    kind, rule = ("RESOLUTION", "resolution.symbol") if resolution else ("SYMBOL", rule)
    return Mention(kind, resolution or key, passage.at, start, end, passage.text[start:end], rule)


def symbols(passage: Passage) -> list[Mention]:
    """Symbols of documents in a passage, as printed in ``surface``; a resolution's symbol is a RESOLUTION."""
    text = passage.text
    if "/" not in text and "／" not in text:
        return []
    found = []
    for match in _SYMBOL.finditer(text):
        printed = match.group().rstrip(".-")
        key, end = normalise_symbol(printed), match.start() + len(printed)
        if not any(sign.isdigit() for sign in key):
            continue
        found.append(_mention(passage, key, match.start(), end, "symbol.form" if key == printed else "symbol.mended"))
        addition = _SUFFIX.match(text, end)
        if addition:
            base = re.sub(r"/(?:Add|Rev|Corr|Amend)\.\d+$", "", key)
            found.append(
                _mention(passage, f"{base}/{addition[1]}", addition.start(1), addition.end(1), "symbol.addition")
            )
    return found
