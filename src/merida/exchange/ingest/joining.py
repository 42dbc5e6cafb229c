"""Putting cut text together again: over a page break or a hard wrap, in Chinese and in scripts with spaces."""

import re
from collections.abc import Callable

#: Chinese characters and full-width punctuation, beside which a line break stands for nothing.
_WIDE = re.compile(r"[\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d]")
_HYPHENATED = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010]$")
_PREFIXES = frozenset(
    [
        "anti",
        "non",
        "co",
        "pre",
        "post",
        "self",
        "multi",
        "inter",
        "sub",
        "vice",
        "ex",
        "socio",
        "cross",
        "well",
        "high",
        "low",
        "long",
        "short",
        "follow",
        "open",
        "anti",
        "contre",
        "non",
        "sous",
        "vice",
        "peut",
        "celui",
        "ceux",
        "celle",
        "celles",
        "ci",
        "socio",
        "анти",
        "экс",
        "вице",
        "мульти",
        "финансово",
        "социально",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")
#: Characters that are doubled in ordinary words; a doubled one over a break is not a slip.
_DOUBLED = frozenset("人天年日月事处种往常刚渐仅多大小好各个家步层条件样次点回句声时代节段看想试谈研问说")


def is_wide(character: str) -> bool:
    """Whether no space belongs beside this character at a line's end."""
    return "\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" or "\uf900" <= character <= "\ufaff"


def join(before: str, after: str, *, occurs: Callable[[str], bool]) -> str:
    """Two halves of a cut text as one. ``occurs`` tells whether a word stands elsewhere in the document."""
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if is_wide(last) or is_wide(first):
        return before + after
    if last in "/（(" or (last == "”" and not after[0].isalnum()):
        return before + after
    if last in "-\u2010\u00ad":
        return join_hyphenated(before, after, occurs=occurs)
    return f"{before} {after}"


def join_hyphenated(before: str, after: str, *, occurs: Callable[[str], bool]) -> str:
    """A hyphen at a line's end stays where it joins words (anti-corruption), and goes where it cut one (imple-mented).

    What the document prints elsewhere decides; without that, a part that is a word or prefix of its own.
    """
    start, rest = _HYPHENATED.search(before), _WORD.match(after)
    if not start or not rest:
        return before + after
    left, right = start.group(1), rest.group()
    if right[0].isupper() and not left.isupper():  # Народно-Демократическая: no word is cut before a capital
        return before + after
    joins = occurs(f"{left}-{right}") or left.casefold() in _PREFIXES or (occurs(f" {left} ") and occurs(f" {right} "))
    if before[-1] == "\u00ad" or occurs(left + right) or not joins:
        return before[:-1] + after
    return before + after


def repeats_over_break(before: str, after: str, *, text: str) -> bool:
    """Whether a Chinese character stands twice over a page break by mistake (立法数 | 数据库).

    Only where the two characters before the break are found nowhere else in the document, so that 国家 | 家庭 stays.
    """
    last = before[-1:]
    if not last or last != after[:1] or not "\u4e00" <= last <= "\u9fff" or last in _DOUBLED:
        return False
    return text.count(before[-2:]) == 1 and last * 2 not in text
