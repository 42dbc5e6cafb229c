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
# The records of two meetings: CERD/C/SR.2327 et 2328), E/C.12/2005/SR.41-43; CERD/C/FRA/CO/20-21 is one document.
_NEXT = re.compile(r"\s{0,3}(?:和|及|、|,|and|et|y|и|و)\s{0,3}(\d{1,4})(?=\s{0,3}[)）])")
_LAST_NUMBER = re.compile(r"(?<=[./])\d{1,4}$")
_SEVERAL = re.compile(r"(?<=SR\.|dd\.)(\d{1,4})[-–](\d{1,4})$")
_LONGEST_STEP = 20
_NUMBERED_BY_YEAR = re.compile(r"[AS]/RES/\d{1,4}")
_YEAR_BEHIND = re.compile(r"\s{1,3}\((?:19|20)\d{2}\)|\s{1,3}\([IVXLS-]{1,8}\)")


def normalise_symbol(printed: str) -> str:
    """The symbol as it should be printed; normalising twice changes nothing."""
    text = printed if printed.isascii() else unicodedata.normalize("NFKC", printed).translate(_CYRILLIC)
    parts = "".join(text.split()).rstrip(".-").split("/")
    return _WORKING_GROUP.sub(r"\1.\2", "/".join([_MISSPELT.get(part, part) for part in parts]))


def _mention(passage: Passage, key: str, start: int, end: int, rule: str) -> Mention:
    resolution = key_of_symbol(key)
    kind, rule = ("RESOLUTION", "resolution.symbol") if resolution else ("SYMBOL", rule)
    return Mention(kind, resolution or key, passage.at, start, end, passage.text[start:end], rule)


def _each_of(key: str) -> list[str]:
    """The documents that a symbol with a range of meetings or addenda names, else the one."""
    several = _SEVERAL.search(key)
    if not several or not 0 < int(several[2]) - int(several[1]) <= _LONGEST_STEP:
        return [key]
    return [f"{key[: several.start()]}{value}" for value in range(int(several[1]), int(several[2]) + 1)]


def _following(text: str, key: str, end: int) -> tuple[str, re.Match[str]] | None:
    """The symbol whose last number alone follows, before the bracket closes: SR.2327 et 2328)."""
    further, last = _NEXT.match(text, end), _LAST_NUMBER.search(key)
    if not further or not last or not 0 < int(further[1]) - int(last.group()) <= _LONGEST_STEP:
        return None
    return key[: last.start()] + further[1], further


def symbols(passage: Passage) -> list[Mention]:
    """Symbols of documents in a passage, as printed in ``surface``; a resolution's symbol is a RESOLUTION."""
    text = passage.text
    if "/" not in text and "／" not in text:
        return []
    found = []
    for match in _SYMBOL.finditer(text):
        printed = match.group().rstrip(".-")
        if _NUMBERED_BY_YEAR.fullmatch(printed) and (year := _YEAR_BEHIND.match(text, match.end())):
            printed += year.group()  # S/RES/1373 (2001), printed with a space as often as without
        key, end = normalise_symbol(printed), match.start() + len(printed)
        if not any(sign.isdigit() for sign in key):
            continue
        rule = "symbol.form" if key == printed else "symbol.mended"
        found += [_mention(passage, each, match.start(), end, rule) for each in _each_of(key)]
        following = _following(text, key, end)
        if following:
            found.append(_mention(passage, following[0], *following[1].span(1), "symbol.following"))
        addition = _SUFFIX.match(text, end)
        if addition:
            base = re.sub(r"/(?:Add|Rev|Corr|Amend)\.\d+$", "", key)
            found.append(
                _mention(passage, f"{base}/{addition[1]}", addition.start(1), addition.end(1), "symbol.addition")
            )
    return found
