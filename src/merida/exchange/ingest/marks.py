"""The marks that open a line in UN documents, in six languages, as one compiled pattern.

``classify(line)`` looks at the first characters of a stripped line only: a long line costs as much as a short one.
"""

import re
from functools import lru_cache
from typing import NamedTuple

HAN = "一二三四五六七八九十"
ARABIC_ORDINALS = (
    "أولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا حادي عشر|ثاني عشر|ثالث عشر|رابع عشر|خامس عشر"
)
ARABIC_LETTERS = ["ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم", "نون"]
CYRILLIC_TWINS = str.maketrans("АВСЕНІХМ", "ABCEHIXM")
ENCLOSED = (
    {chr(0x3220 + n): n + 1 for n in range(10)}
    | {chr(0x2474 + n): n + 1 for n in range(20)}
    | {chr(0x2460 + n): n + 1 for n in range(20)}
)
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SUPERSCRIPT_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "0123456789" * 3)

#: Kinds of line: what its first characters say it could be (what it is, only its neighbours tell).
PLAIN, DIGIT, NUMERAL, LETTER, PAREN, NOTE, STAR, RULE, LINK, RUNNING = range(10)
PLAIN_NOTE, BULLET, CALLED, ROW, SECTION = range(10, 15)

_arabic_first = [w + "ً?" for w in ARABIC_ORDINALS.split("عشر", maxsplit=1)[0].split()[:10]] + [
    f"{w} عشر" for w in ["حادي", "ثاني", "ثالث", "رابع", "خامس"]
]
SYMBOL = (
    r"(?:A|E|S|ST|CAC|CTOC|UNODC|UNTOC|TD|HRI|CCPR|CEDAW|CERD|CED|CRPD|CRC|CMW|CAT|UNEP|FCCC|DP)/[A-Z0-9][A-Za-z0-9.&()/-]*[A-Za-z0-9)]"
    r"(?:\*{1,3})?"
)
JOB_NUMBER = r"(?:[A-Z]{1,4}[. ]\d{2}-\d{4,6}(?:\s*\([A-Z]\)(?:\s+[A-Z]{2}(?=\s+\d))?)?(?:\s+\d{5,6}){0,3}|\*\d{6,8}\*)"
BARE_JOB_NUMBER = r"\d\d-\d{5} \([A-Z]\)(?: \d{6}){0,2}"  # without the letters of the office

#: What begins a Chinese paragraph whose number stands directly before another one: 5.118个国家, 6.2019年.
GLUED = r"(?:(?:19|20)[0-9]{2}\s?年|[0-9]{1,4}\s?(?:名|位|个(?:国家|缔约国|会员国|成员国)))"

_MARK = re.compile(
    rf"""(?:
      (?P<rule>(?:[_─━—‗]\s?){{4,}}$|-{{5,}}$)
    | (?P<link><?https?://[^\s<>]+>?$)
    | (?P<running>(?:{JOB_NUMBER}|\d{{1,3}}/\d{{1,3}}(?:\s+{JOB_NUMBER})?|[-–—]\s?\d{{1,3}}\s?[-–—]|第\s?\d{{1,3}}\s?页
        |(?:Page|Страница)\s?\d{{1,3}}(?:\s?(?:of|/)\s?\d{{1,3}})?|{JOB_NUMBER}\s+\d{{1,3}}/\d{{1,3}}|{SYMBOL})$)
    | (?P<row>\ufdd2)
    | (?:\ufdd0(?P<called>\d{{1,3}})\ufdd1\s*)
    | (?:(?P<note>[{SUPERSCRIPTS}]+)\s*(?=[^\s。，；：、.,;:）)]))
    | (?:(?P<star>\*{{1,5}})\s*(?=[^\s*]))
    | (?:(?P<plain_note>\d{{1,3}})\s+
        (?=www\.|https?:|见|同上|参见|See\b|Ibid|Voir|Véase|Ibíd|См\.|Там\ же|انظر|المرجع|{SYMBOL}))
    | (?P<dash>[-–—•·●▪◦]\s+)?(?:
        (?P<digit>[0-9٠-٩۰-۹０-９]{{1,4}})\s?(?:[.．、](?![0-9])|[.．](?={GLUED})|[-–](?=\s*[\u0600-\u06ff])|\)(?=\s))\s*
      | (?P<han>[{HAN}]{{1,4}})\s?[.．、]\s*
      | (?P<letter>[IVXL]{{1,6}}|[A-ZА-Я])(?:．|\.(?![A-Za-zÀ-ÿА-я0-9.]))\s*
      | [(（]\s?(?P<paren>[a-z]{{1,4}}|[A-Z]|[{HAN}]{{1,3}}|[0-9٠-٩]{{1,2}}|[أ-ي]{{1,2}}|[а-я])\s?[)）]\s*
      | (?P<enclosed>[㈠-㈩⑴-⒇①-⑳])\s*
      | (?P<bare>[a-z]|[ivx]{{1,5}}|[а-я]|[أ-ي])\)\s+
      | (?P<ordinal>{"|".join(_arabic_first)})\s?[-–—.:]\s*
      | (?P<alif>{"|".join(ARABIC_LETTERS)})\s?[-–—.]\s*
      )
    | (?P<bullet>[-–—•●▪◦]\s+)
    )""",
    re.VERBOSE,
).match

_KIND = {
    "rule": RULE, "link": LINK, "running": RUNNING, "called": CALLED, "note": NOTE, "star": STAR,
    "plain_note": PLAIN_NOTE, "digit": DIGIT, "han": NUMERAL, "letter": LETTER, "paren": PAREN, "enclosed": PAREN,
    "bare": PAREN, "ordinal": NUMERAL, "alif": LETTER, "bullet": BULLET, "row": ROW,
}  # fmt: skip
#: First characters with which a mark can begin; everything else is a plain line without asking the pattern.
STARTERS = frozenset(
    "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９()（-–—•·●▪◦*_─━‗<\ufdd0\ufdd2第"
    + HAN
    + SUPERSCRIPTS
    + "".join(ENCLOSED)
    + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    + "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯабвгдежзиклмнопрстуфхцчшэюя"
    + "أبتثجحخدذرزسشصضطظعغفقكلمنهوياحخ"
)


class Mark(NamedTuple):
    """What opens a line: its kind, the kind of mark (``digit``, ``han`` …), its value and where the text begins."""

    kind: int
    form: str
    value: str
    end: int
    dash: bool


def classify(line: str) -> Mark | None:
    """The mark that opens ``line`` (stripped), or None for a plain line."""
    if line[0] not in STARTERS:
        return None
    found = _MARK(line)
    if found is None:
        return None
    form = found.lastgroup or ""
    return Mark(_KIND[form], form, found.group(form), found.end(), found.group("dash") is not None)


@lru_cache(maxsize=512)
def ordinal_of(form: str, value: str) -> int:
    """The number that a heading's mark stands for (``二`` 2, ``IV`` 4, ``C`` 3); 0 where it has none."""
    if form == "han":
        return han_number(value)
    if form == "digit":
        return int(value.translate(DIGITS))
    if form == "ordinal":
        return next((n for n, word in enumerate(_arabic_first, 1) if re.fullmatch(word, value)), 0)
    if form == "alif":
        return ARABIC_LETTERS.index(value) + 1
    if form == "letter":
        return ord(value.translate(CYRILLIC_TWINS)[0]) - 64 if len(value) == 1 else roman_number(value)
    return 0


def han_number(value: str) -> int:
    """一 to 九十九 (also 廿 and 卅) as a number; 0 for anything else."""
    tens, ten, ones = value.partition("十")
    digit = {c: n for n, c in enumerate(HAN[:9], 1)}
    if not ten:
        return digit.get(value, 0)
    return digit.get(tens, 1 if not tens else -90) * 10 + (digit.get(ones, 0) if ones else 0)


def roman_number(value: str) -> int:
    """A Roman numeral in capitals as a number; 0 for anything else."""
    total = previous = 0
    for character in reversed(value):
        worth = {"I": 1, "V": 5, "X": 10, "L": 50}.get(character, 0)
        if not worth:
            return 0
        total += worth if worth >= previous else -worth
        previous = max(previous, worth)
    return total
