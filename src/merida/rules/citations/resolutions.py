"""Resolutions and decisions with the body that adopted them, lists and ranges expanded, operative paragraph as role."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from merida.rules.citations.bodies import resolution_key
from merida.rules.citations.by_language import ByLanguage
from merida.rules.citations.mention import Mention
from merida.rules.citations.numerals import roman
from merida.rules.citations.reading import Reading

_SPACE = r"[\s\u200e\u200f\u202a-\u202c\u2066-\u2069]{0,6}"
_NUMBER = rf"(?:S-)?\d{{1,4}}{_SPACE}/{_SPACE}\d{{1,3}}(?:{_SPACE}[A-Z](?![A-Za-z]))?"
_OF_YEAR = rf"\d{{1,4}}{_SPACE}[（(]{_SPACE}(?:19|20)\d{{2}}{_SPACE}年?{_SPACE}[）)]"
# Up to the thirtieth session of the General Assembly: 3514 (XXX), 2200 A (XXI), in Arabic 3514 (د - 30).
_OF_SESSION = (
    rf"\d{{1,4}}{_SPACE}(?:[A-Z]{_SPACE})?[（(]{_SPACE}(?:[IVXL]{{1,7}}|د{_SPACE}-{_SPACE}\d{{1,2}}){_SPACE}[）)]"
)
_ANY = rf"(?:{_OF_YEAR}|{_OF_SESSION}|{_NUMBER})"
_ONE = re.compile(_ANY)
_RANGED = re.compile(r"(?<!\w)(?:to|through|à|a|по)(?!\w)|[至到–—-]|إلى")
_OLD = re.compile(r"(\d{1,4}[A-Z]?)[（(](?:([IVXL]+)|د-(\d{1,2}))[）)]")

_ZH_DATED = rf"(?:\d{{4}}{_SPACE}年{_SPACE}\d{{1,2}}{_SPACE}月{_SPACE}\d{{1,2}}{_SPACE}日{_SPACE})?"
_ZH_JOIN = rf"{_SPACE}(?:[、，,]|以及|[和及与至到]|[-–—]){_SPACE}{_ZH_DATED}"
_ZH = re.compile(
    rf"第{_SPACE}{_ANY}{_SPACE}号?(?:(?:决议|决定)?{_ZH_JOIN}第?{_SPACE}{_ANY}{_SPACE}号?){{0,60}}"
    r"\s{0,6}(?:等|各项|两项|三项|这两项)?\s{0,6}(?P<noun>决议|决定)"
)
_ZH_PARAGRAPH = re.compile(
    r"\s{0,6}(?:的)?(?:执行部分)?第\s{0,6}(?P<first>\d+)\s{0,6}(?:[、和至-]\s{0,6}第?\s{0,6}(?P<last>\d+)\s{0,6})?(?:执行)?段"
)

_NOUNS = {
    "en": r"[RrDd](?:(?<=[Rr])esolutions?|(?<=[Dd])ecisions?)\b",
    "fr": r"[RrDd](?:(?<=[Rr])ésolutions?|(?<=[Dd])écisions?)\b",
    "es": r"[RrDd](?:(?<=[Rr])esoluci|(?<=[Dd])ecisi)(?:ón|ones)\b",
    "ru": r"[Рр]е(?:золюци|шени)\w{1,3}\b",
    "ar": r"(?:قرار|مقرر)\w{0,8}",
}
_DECISIONS: Final = ("decision", "décision", "decisi", "решени", "مقرر", "决定")
_AND = r"and |et |y |и |و"
_TO = r"and|to|through|et|à|y|e|a|и|по|إلى"
_DATED = r"(?:,?\s{1,3}(?:of|du|de|от|المؤرخ)\s{1,3}\d{1,2}[^\d,;.]{1,30}\d{4}(?:\s{1,3}года)?)?"
_JOIN = rf"{_DATED}{_SPACE}(?:[,،;]{_SPACE}(?:{_AND})?|(?:{_TO})\s{{1,6}}|و{_SPACE}|[-–]){_SPACE}"


def _head_first(language: str) -> re.Pattern[str]:
    """The noun before its numbers."""
    return re.compile(
        rf"(?P<noun>{_NOUNS[language]})(?P<between>\s{{1,6}}[^\d.;:؛\n]{{1,60}}?)?{_SPACE}(?:№|[Nn][o°º]\.?)?{_SPACE}{_ANY}(?:{_JOIN}{_ANY})*"
    )


_HEAD_FIRST = ByLanguage(_NOUNS, _head_first)
_STEMS = {
    "zh": ("决议", "决定"),
    "en": ("esolution", "ecision"),
    "fr": ("ésolution", "écision"),
    "es": ("esoluci", "ecisi"),
    "ru": ("езолюци", "ешени"),
    "ar": ("قرار", "مقرر"),
}
_PARAGRAPH_NOUN = r"(?:paragraphs?|paragraphes?|párrafos?|пункт\w{0,3}|فقر\w{1,2}|الفقر\w{1,2})"
_PARAGRAPH_NUMBERS = r"\s{1,6}(?P<first>\d+)(?:\s{0,6}(?:to|and|et|à|y|a|и|و|[-–])\s{0,6}(?P<last>\d+))?"
#: What only stands beside the resolution does not belong to it: article 57, paragraph 3, as well as resolution 6/3.
_PARAGRAPH_BEFORE = re.compile(
    rf"{_PARAGRAPH_NOUN}{_PARAGRAPH_NUMBERS}\s{{1,6}}(?:of|de|من)?\s{{0,6}}"
    r"(?!\D*\b(?:and|or|as well as|et|ainsi|y|así|и|или|также)\b)[^\d,،;]{0,30}$"
)
_PARAGRAPH_AFTER = re.compile(
    rf",?\s{{0,6}}(?:in\s{{1,6}})?(?:operative\s{{1,6}})?{_PARAGRAPH_NOUN}{_PARAGRAPH_NUMBERS}"
)
_OWN_NOUN = re.compile("决议|决定")
_REACH = 70


@lru_cache(maxsize=1024)
def _plain(printed: str) -> str:
    text = unicodedata.normalize("NFKC", printed).replace("年", "")
    kept = (sign for sign in text if not sign.isspace() and unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in kept)


def _session(printed: str) -> int:
    return int(re.split(r"[/(]", printed.removeprefix("S-"))[0])


def _between(first: str, last: str) -> list[str]:
    """Numbers that a range leaves out: 8/1 to 8/4 leaves out 8/2 and 8/3; nothing across sessions."""
    if "/" not in first or "/" not in last:
        return []
    (session, low), (other, high) = first.rsplit("/", 1), last.rsplit("/", 1)
    if session != other or not low.isdecimal() or not high.isdecimal():
        return []
    return [f"{session}/{value}" for value in range(int(low) + 1, int(high))]


def _listed(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Every number of a list with its place; numbers that a range leaves out have the place of the joining word."""
    previous: tuple[str, int, int] | None = None
    for match in _ONE.finditer(text, start, end):
        printed = _plain(match.group())
        if previous and _RANGED.search(text, previous[2], match.start()):
            yield from ((inner, previous[2], match.start()) for inner in _between(previous[0], printed))
        previous = (printed, match.start(), match.end())
        yield previous


def _paragraph_role(match: re.Match[str] | None) -> str:
    if not match:
        return ""
    return f"§{match['first']}" + (f"-{match['last']}" if match["last"] else "")


def _operative_paragraph(text: str, start: int, end: int, language: str) -> str:
    if language == "zh":
        return _paragraph_role(_ZH_PARAGRAPH.match(text, end))
    before = _PARAGRAPH_BEFORE.search(text, max(0, start - _REACH), start)
    return _paragraph_role(_PARAGRAPH_AFTER.match(text, end) or before)


def _key(reading: Reading, index: int, span: tuple[int, int], printed: str) -> str:
    """Key of one number; the body stays ``UNKNOWN`` when the document does not say."""
    old = _OLD.fullmatch(printed)
    if old:
        return resolution_key(_old_body(reading, index, span), f"{old[1]}({old[2] or roman(int(old[3]))})")
    if "(" in printed:
        return resolution_key("SC", printed)
    if printed.startswith("S-"):
        return resolution_key("GA", printed)
    body = reading.body_of(index, span, session=_session(printed), printed=printed)
    if body:
        reading.remembered.setdefault(printed, body)
    return resolution_key(body or "UNKNOWN", printed)


def _old_body(reading: Reading, index: int, span: tuple[int, int]) -> str:
    """The Economic and Social Council where it is the last body named, else the General Assembly: both number so."""
    named = [body.code for body in reading.bodies_in(index) if body.start < span[1]]
    return "ECOSOC" if named[-1:] == ["ECOSOC"] else "GA"


def resolutions(reading: Reading, index: int) -> list[Mention]:
    """Resolutions and decisions named with a number in one passage; "the same resolution" names none."""
    passage, language = reading.passages[index], reading.language if reading.language in _STEMS else "en"
    text = passage.text
    if not any(map(text.__contains__, _STEMS[language])):
        return []
    found: list[Mention] = []
    for match in (_ZH if language == "zh" else _HEAD_FIRST[language]).finditer(text):
        paragraph = _operative_paragraph(text, match.start(), match.end(), language)
        numbers = list(_listed(text, match.start(), match.end()))
        nouns = [own.span() for own in _OWN_NOUN.finditer(text, *match.span())]
        rule = f"resolution.{language}." + ("list" if len(numbers) > 1 else "one")
        for printed, start, end in numbers:
            is_last = end == numbers[-1][2]
            first, last = _span(match, start, end, alone_or_last=is_last)
            role = _role(_noun_behind(match, nouns, end), paragraph if is_last else "")
            key = _key(reading, index, match.span(), printed)
            found.append(Mention("RESOLUTION", key, passage.at, first, last, text[first:last], rule, role))
    return found


def _noun_behind(match: re.Match[str], nouns: list[tuple[int, int]], end: int) -> str:
    """The noun nearest behind a number of a list, else the list's own."""
    nearest = bisect_left(nouns, (end, end))
    return match.string[slice(*nouns[nearest])] if nearest < len(nouns) else match["noun"].lower()


def _role(noun: str, paragraph: str) -> str:
    """``DECISION`` where the noun says so, and the operative paragraph."""
    is_decision = any(stem in noun for stem in _DECISIONS)
    return f"DECISION {paragraph}".strip() if is_decision else paragraph


def _span(match: re.Match[str], start: int, end: int, *, alone_or_last: bool) -> tuple[int, int]:
    """A single citation is shown whole with its noun, a number of a list on its own."""
    whole = _ONE.search(match.string, match.start(), match.end())
    if alone_or_last and whole and whole.start() == start:
        return match.span()
    return start, end
