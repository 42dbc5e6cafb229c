"""What the rules for provisions share in every language: ranges, the Convention that is meant, the mention."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from merida.rules.citations.mention import Mention, Passage
from merida.rules.citations.numerals import number
from merida.rules.citations.reading import Reading
from merida.rules.citations.treaties import ANOTHER, THE_CONVENTION

DIGITS: Final = r"(?:[0-9０-９]{1,3}|[一二三四五六七八九十百]{1,5})"
#: How often a pattern repeats in a list; a longer one is no citation, and every number of it shows the whole list.
MANY: Final = "{0,80}"
RANGE_WORDS: Final = ("至", "到", "to", "-", "–", "—", "à", " a ", " al ", "по", "до", "إلى")
NEAR: Final = 60
_LONGEST_RANGE = 80
_FIRST_NUMBER = re.compile(rf"(?:第\s{{0,6}}|[^\d第]{{0,40}}\s)({DIGITS}|\d{{1,3}})")
_LAST_ARTICLE: Final = {"UNCAC": 71, "UNTOC": 41}  # a higher number cannot be meant where no treaty is named


def left_out(first: int, last: int, between: str) -> list[int]:
    """The numbers that 至, to or a dash between two numbers leaves out."""
    ranged = any(word in between for word in RANGE_WORDS) and last - first <= _LONGEST_RANGE
    return list(range(first + 1, last)) if ranged else []


def letters_left_out(first: str, last: str, between: str) -> list[str]:
    """The letters that a dash or a word between two items leaves out: (a)–(c) leaves out b."""
    if not (first and last):
        return []
    return [chr(value) for value in left_out(ord(first), ord(last), between)]


def spread(numbers: list[int], text: str, places: list[tuple[int, int]]) -> list[int]:
    """The numbers of a list with those that its ranges leave out."""
    spread_out = numbers[:1]
    for position in range(1, len(numbers)):
        between = text[places[position - 1][1] : places[position][0]]
        spread_out += [*left_out(numbers[position - 1], numbers[position], between), numbers[position]]
    return spread_out


def numbered(matches: Iterable[re.Match[str]], letter_of: Callable[[str], str]) -> list[str]:
    """Articles with their paragraphs and items where these stand in brackets: 9 (2) and (3), 7 (1) (a)–(c), 10.

    The matches have the groups article, paragraph, more (a further paragraph), letter and item (a further item).
    """
    found: list[str] = []
    article, paragraph, letter, ended = 0, 0, "", 0
    for match in matches:
        between = match.string[ended : match.start()]
        further = letter_of(match["item"]) if match["item"] else ""
        if further:
            found += [_bracketed(article, paragraph, each) for each in letters_left_out(letter, further, between)]
            letter = further
        elif match["more"]:
            value = int(match["more"])
            found += (
                [_bracketed(article, each, "") for each in left_out(paragraph, value, between)] if paragraph else []
            )
            paragraph, letter = value, letter_of(match["letter"] or "")
        else:
            value = int(match["article"])
            found += [str(each) for each in left_out(article, value, between)] if article and not paragraph else []
            article, paragraph, letter = value, int(match["paragraph"] or 0), letter_of(match["letter"] or "")
        found.append(_bracketed(article, paragraph, letter))
        ended = match.end()
    return found


def _bracketed(article: int, paragraph: int, letter: str) -> str:
    return str(article) + (f"({paragraph})" if paragraph else "") + (f"({letter})" if letter else "")


def meant(reading: Reading, index: int, position: int) -> str:
    """The Convention that is meant where no treaty is named, "" for an article it does not have."""
    code = reading.the_convention(index, position, pointing=THE_CONVENTION)
    first = _FIRST_NUMBER.match(reading.passages[index].text, position)
    value = number(first[1]) if first else None
    return "" if value and value > _LAST_ARTICLE.get(code, value) else code


def is_kept(code: str) -> bool:
    """Whether a code is a treaty's that we keep."""
    return bool(code) and code != ANOTHER


def provision(passage: Passage, key: str, span: tuple[int, int], rule: str) -> Mention:
    """The mention of an article or a chapter."""
    kind = "CHAPTER" if " chapter " in key else "PROVISION"
    return Mention(kind, key, passage.at, *span, passage.text[span[0] : span[1]], rule)
