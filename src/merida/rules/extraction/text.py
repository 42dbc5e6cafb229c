"""A passage with what it names, and its cutting into sentences and clauses."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from merida.rules.citations.mention import Mention, Passage
from merida.rules.extraction.word_lists import Grammar

_CLOSED = re.compile(r"[（(][^（）()]{0,80}[）)]|“[^“”]{0,120}”|《[^《》]{0,120}》")
INSIDE_NAME = "INSIDE_NAME"
_UNION = "EUE"  # the European Union is an organisation here, never a place
_STATES = frozenset({"STATE", "TERRITORY"})
_CITED = frozenset({"RESOLUTION", "PROVISION", "CHAPTER"})
Span = tuple[int, int]
_start = attrgetter("start")
_RUN_IN = frozenset({"PARAGRAPH", "ITEM"})
_AFTER_RUN_IN = (". ", ": ", " – ", " — ")
_THE = len("The ")
_CONDITIONS = 3  # of one request: more than that do not fit where they are kept
_BETWEEN = {"zh": "；", "ar": "؛ "}  # two conditions


class Text(NamedTuple):
    """A passage and its mentions by kind. ``path`` holds the titles of the headings above it, the highest first.

    ``subject`` holds the provisions that the nearest heading cites which cites any; ``home`` is the State that is
    the whole of a heading above, the nearest such, "" where there is none.
    ``introduction`` is the text of the paragraph that a lettered item belongs to, "" elsewhere.
    """

    at: str
    kind: str
    text: str
    path: tuple[str, ...] = ()
    introduction: str = ""
    dates: tuple[Mention, ...] = ()
    states: tuple[Mention, ...] = ()
    organisations: tuple[Mention, ...] = ()
    citations: tuple[Mention, ...] = ()
    fixed: tuple[Span, ...] = ()
    subject: tuple[str, ...] = ()
    home: str = ""


def texts(passages: Iterable[Passage], mentions: Iterable[Mention], grammar: Grammar) -> Iterator[Text]:
    """The passages of a document in reading order, each with its mentions and the headings above it."""
    named: dict[str, list[Mention]] = {}
    for mention in mentions:
        named.setdefault(mention.at, []).append(mention)
    titles: dict[str, str] = {}
    path: tuple[str, ...] = ()
    words: dict[str, str] = {}
    subject: tuple[str, ...] = ()
    home = ""
    for passage in passages:
        if passage.kind == "HEADING" and passage.at.startswith("h:"):
            titles = {at: title for at, title in titles.items() if passage.at.startswith(f"{at}.")}
            titles[passage.at] = passage.text
            path = tuple(titles.values())
            subject = next(filter(None, (_provisions(named.get(at, ())) for at in reversed(titles))), ())
            home = next(
                filter(None, (_only_state(titles[at], named.get(at, ()), grammar) for at in reversed(titles))), ""
            )
        introduction = ""
        if passage.kind == "ITEM":
            introduction = words.get(passage.at.rpartition("(")[0], "")
        words[passage.at] = passage.text
        yield _with_names(passage, (path, introduction, subject, home), named.get(passage.at, ()))


def _run_in(passage: Passage, states: Sequence[Mention]) -> str:
    """The State that opens a paragraph as a heading would ("Bhutan. The Office …"), "" elsewhere."""
    if not states or states[0].start > _THE or passage.kind not in _RUN_IN:
        return ""
    return states[0].key if passage.text.startswith(_AFTER_RUN_IN, states[0].end) else ""


#: What stands above a passage: titles, the paragraph it is an item of, provisions and State of a heading.
Above = tuple[tuple[str, ...], str, tuple[str, ...], str]


def _only_state(title: str, found: Iterable[Mention], grammar: Grammar) -> str:
    """The State whose name is all that a heading says, or whose review it opens; "" for other headings."""
    said = title.strip(" .:：")
    if reviewed := grammar["reviewed_state"].search(said):
        said = reviewed["state"]
    said = said.removeprefix("The ").removeprefix("the ")
    return next((mention.key for mention in found if mention.kind in _STATES and mention.surface == said), "")


def _provisions(found: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.key for mention in found if mention.kind == "PROVISION"))


def _with_names(passage: Passage, above: Above, found: Sequence[Mention]) -> Text:
    path, introduction, subject, home = above
    if not found:
        return Text(passage.at, passage.kind, passage.text, path, introduction, subject=subject, home=home)
    dates: list[Mention] = []
    states: list[Mention] = []
    organisations: list[Mention] = []
    citations: list[Mention] = []
    fixed: list[Span] = []
    for mention in sorted(found, key=_start):
        if not passage.text.startswith(mention.surface, mention.start):
            continue  # a place that is printed twice
        kind = mention.kind
        fixed.append((mention.start, mention.end))
        if kind == "DATE":
            dates.append(mention)
        elif kind in _CITED:
            citations.append(mention)
        elif mention.role == INSIDE_NAME or mention.key == _UNION:
            continue
        elif kind in _STATES:
            states.append(mention)
        elif kind == "ORGANISATION":
            organisations.append(mention)
    fixed.sort()
    home = _run_in(passage, states) or home
    return Text(
        passage.at,
        passage.kind,
        passage.text,
        path,
        introduction,
        tuple(dates),
        tuple(states),
        tuple(organisations),
        tuple(citations),
        tuple(fixed),
        subject,
        home,
    )


def within(mentions: Sequence[Mention], span: Span) -> Sequence[Mention]:
    """The mentions that begin inside a span; they stand in order of place."""
    if not mentions:
        return ()
    low = bisect_left(mentions, span[0], key=_start)
    return mentions[low : bisect_left(mentions, span[1], lo=low, key=_start)]


@lru_cache(maxsize=8)
def sentences(text: str, grammar: Grammar) -> tuple[Span, ...]:
    """Sentences with their closing marks; activities, figures and requests ask in turn for the same passage."""
    found, at = [], 0
    for match in grammar["sentence_end"].finditer(text):
        if match.end() > at:
            found.append((at, match.end()))
        at = match.end()
    if at < len(text):
        found.append((at, len(text)))
    return tuple(found)


@lru_cache(maxsize=32)
def clause_starts(text: str, grammar: Grammar, span: Span) -> tuple[int, ...]:
    """Where the clauses of a sentence begin; marks inside brackets, quotes and titles do not count."""
    closed = [match.span() for match in _CLOSED.finditer(text, *span)]
    starts, index = [span[0]], 0
    for match in grammar["clause_end"].finditer(text, *span):
        while index < len(closed) and closed[index][1] <= match.start():
            index += 1
        inside = index < len(closed) and closed[index][0] < match.start()
        if match.end() < span[1] and not inside:
            starts.append(match.end())
    return tuple(starts)


def clause_of(starts: Sequence[int], place: int) -> int:
    """The index of the clause that holds a place."""
    return max(0, bisect_right(starts, place) - 1)


def conditions_in(text: str, span: Span, grammar: Grammar) -> str:
    """The words that limit what is asked there, as printed: "upon request; subject to available resources"."""
    said = (match.group().strip() for match in grammar.every("condition", text, *span))
    return _BETWEEN.get(grammar.language, "; ").join(list(dict.fromkeys(said))[:_CONDITIONS])
