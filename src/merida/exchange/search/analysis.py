"""From an entry to what the index keeps of it: surfaces, stems, tags. Pure, the same for every back end."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from merida.exchange.search.entry import PARAGRAPH, PUBLIC, EntryData
from merida.rules.languages.scripts import languages_of
from merida.rules.languages.stemming import stemmer_version
from merida.rules.languages.words import surfaces_and_stems

# Raise it when the analysis changes in a way that the data files below do not show.
ANALYSIS = 4
# One text is searched up to here; PostgreSQL keeps no positions past 16,383. About 60 pages in one paragraph.
LONGEST_TEXT_TOKENS = 15_000
# Stands between title and text, so that no phrase reaches over the border.
BORDER = "¶"
ALL, RESTRICTED = "all", "restricted"
_BRACKETED = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as the index sees it; number is the entry's primary key."""

    number: int
    surfaces: tuple[str, ...]
    stems: tuple[str, ...]
    tags: tuple[str, ...]


def row(number: int, entry: EntryData) -> Row:
    """Return what the index keeps of one entry."""
    surfaces, stems = _text_tokens(entry)
    return Row(number, tuple(surfaces[:LONGEST_TEXT_TOKENS]), tuple(stems[:LONGEST_TEXT_TOKENS]), tuple(tags(entry)))


def _text_tokens(entry: EntryData) -> tuple[list[str], list[str]]:
    language = read_as(entry.language, entry.text or entry.title)
    surfaces, stems = surfaces_and_stems(language, entry.text)
    if entry.kind == PARAGRAPH or not entry.title:
        return surfaces, stems
    title_surfaces, title_stems = surfaces_and_stems(language, entry.title)
    return [*title_surfaces, BORDER, *surfaces], [*title_stems, BORDER, *stems]


def read_as(language: str, text: str) -> str:
    """Return the language to analyse a text in: its own, or when unknown the first that is written in its script."""
    return language or next(iter(languages_of(text)), "")


def tag(letter: str, value: str) -> str:
    """Return a filter value as one token of plain ASCII; "UNCAC 13(1)" under "p" is "p:uncac%2013(1)"."""
    return f"{letter}:{quote(value, safe='()/').lower()}"


def tags(entry: EntryData) -> Iterator[str]:
    """The filters that an entry answers to, each once."""
    yield ALL
    yield tag("k", entry.kind)
    yield from (tag("l", value) for value in (entry.language,) if value)
    yield from (tag("s", state) for state in dict.fromkeys(entry.states))
    yield from (tag("p", provision) for provision in with_parents(entry.provisions))
    yield from (f"y:{year}" for year in (entry.year,) if year is not None)
    yield from (tag("d", document) for document in (entry.document,) if document)
    if entry.visibility != PUBLIC:
        yield RESTRICTED
        yield tag("v", entry.visibility)


def with_parents(provisions: Iterable[str]) -> tuple[str, ...]:
    """Each provision and what it is part of: UNCAC 13(1)(c), UNCAC 13(1), UNCAC 13."""
    found: dict[str, None] = {}
    for provision in provisions:
        part = provision
        while part not in found:
            found[part] = None
            part = _BRACKETED.sub("", part).rstrip()
    return tuple(found)


def article(provision: str) -> str:
    """The provision without paragraph and letter: the grain of the facet."""
    while (shorter := _BRACKETED.sub("", provision).rstrip()) != provision:
        provision = shorter
    return provision


@cache
def analysis_version() -> str:
    """Names everything that an index depends on; an index made under another name must be rebuilt."""
    data = files("merida.data") / "search"
    digest = hashlib.sha256(f"{ANALYSIS} {unicodedata.unidata_version} {stemmer_version()}".encode())
    for name in ("chinese_borders.txt", "families.txt", "small_words.txt"):
        digest.update((data / name).read_bytes())
    return digest.hexdigest()[:16]
