"""Which heading of a report an activity belongs under. The scheme is data: ``data/drafting/headings.csv``.

A heading that a person chose holds. Otherwise the headings of the document that tells the activity decide, the nearest
first; where none of them says anything, the words of the activity, its provisions and organisations do; then its type.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from merida.rules.drafting.records import Done

USUAL = "COORDINATION"
COMPUTED = frozenset({"FRAMEWORK", "CONCLUSIONS"})  # sections about all records; no single activity belongs there
LANGUAGES = ("en", "zh")
PROVISION, ORGANISATION = 2.0, 2.0
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ROOM = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=\d)|(?<=\d)\s+(?=[\u4e00-\u9fff])")


class SchemeError(ValueError):
    """A row of the scheme that cannot be; the text names it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the scheme. ``level`` 1 is the highest; ``parent`` is "" there."""

    code: str
    parent: str
    level: int
    titles: Mapping[str, str]
    types: frozenset[str]
    organisations: frozenset[str]
    provisions: tuple[str, ...]
    terms: Mapping[str, re.Pattern[str] | None]


@cache
def scheme() -> Mapping[str, Heading]:
    """The headings by code, in the order in which a report has them. Raises SchemeError."""
    text = (files("merida.data") / "drafting" / "headings.csv").read_text(encoding="utf-8")
    found: dict[str, Heading] = {}
    for row in csv.DictReader(io.StringIO(text)):
        parent = row["parent"]
        if parent and parent not in found:
            raise SchemeError(f"headings.csv: {row['code']}: the parent {parent!r} does not stand above it")
        found[row["code"]] = Heading(
            code=row["code"],
            parent=parent,
            level=found[parent].level + 1 if parent else 1,
            titles={code: row[f"title_{code}"] for code in LANGUAGES},
            types=frozenset(_parts(row["types"], ";")),
            organisations=frozenset(_parts(row["organisations"], ";")),
            provisions=tuple(_parts(row["provisions"], ";")),
            terms={code: _pattern(_parts(row[f"terms_{code}"], "|"), code) for code in LANGUAGES},
        )
    return found


def _parts(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def _pattern(terms: Sequence[str], language: str) -> re.Pattern[str] | None:
    if not terms:
        return None
    either = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    return re.compile(either if language == "zh" else rf"\b(?:{either})", re.IGNORECASE)


def above(code: str) -> list[str]:
    """The heading and those above it, the highest first. Raises KeyError for a code that the scheme lacks."""
    found = [code]
    while scheme()[found[0]].parent:
        found.insert(0, scheme()[found[0]].parent)
    return found


def place(done: Done) -> tuple[str, str]:
    """The code of the heading an activity belongs under, and why: PERSON, TITLE, WORDS, TYPE or USUAL."""
    if done.heading in scheme():
        return done.heading, "PERSON"
    for title in reversed(done.titles):
        code = of_title(title)
        if code:
            return code, "TITLE"
    code = _by_words(done)
    if code:
        return code, "WORDS"
    by_type = next((one.code for one in scheme().values() if done.type in one.types), "")
    return (by_type, "TYPE") if by_type else (USUAL, "USUAL")


@lru_cache(maxsize=4096)
def of_title(title: str) -> str:
    """The heading of the scheme that a document's heading means, "" where it means none of them."""
    return _best((one.code, _said(one, title)) for one in scheme().values() if one.code not in COMPUTED)


def _by_words(done: Done) -> str:
    open_to_all = (one for one in scheme().values() if one.code not in COMPUTED)
    return _best((one.code, _said(one, done.words) + _cited(one, done)) for one in open_to_all)


def _said(heading: Heading, text: str) -> float:
    """How strongly a text speaks of a heading: the length of its terms found there, each counted once."""
    language = "zh" if _HAN.search(text) else "en"
    pattern = heading.terms[language]
    if pattern is None:
        return 0.0
    found = {match.group().casefold() for match in pattern.finditer(_ROOM.sub("", text))}
    return sum(len(term) if language == "zh" else len(term) / 4 for term in found)


def _cited(heading: Heading, done: Done) -> float:
    near = any(_covers(wide, narrow) for wide in heading.provisions for narrow in done.provisions)
    return PROVISION * near + ORGANISATION * bool(heading.organisations.intersection(done.organisations))


def _covers(wide: str, narrow: str) -> bool:
    return narrow == wide or narrow.startswith(f"{wide}(")


def _best(scores: Iterable[tuple[str, float]]) -> str:
    """The code of the highest score; of equal ones the earlier. "" where nothing scored."""
    best, highest = "", 0.0
    for code, score in scores:
        if score > highest:
            best, highest = code, score
    return best
